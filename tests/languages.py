"""Whether a text that should be Spanish has English left in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LIST: Final = """
the and of is are was were be been with without not to for or from this that these those it its
has have had at by on in into as if then than but only all any each one two some more less most
when what which who how why where while until before after since between again
pain back leg legs knee hip foot nerve tendon muscle week weeks day days hour hours visit visits
test tests tested side sides right left yes answer answers asked open closed recorded charted
finding findings pattern patterns suggested sign signs signed draft course note letter report
sheet page clinician patient name born age date better worse same change changed new gone home
dose times reason goal number measure measures value first last next later now today
"""
ENGLISH: Final = frozenset(_LIST.split())
"""Words of which hardly an English sentence has none, and which no Spanish one has."""
_PLACES: Final = re.compile(r"\{\w*\}")
_WORDS: Final = re.compile(r"[^\W\d_]+")


def english_in(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """The English words of a text, but for what is allowed: names of studies, what people wrote."""
    text = _PLACES.sub(" ", text)
    for known in sorted(allowed, key=len, reverse=True):
        if known:
            text = text.replace(known, " ")
    return [word for word in _WORDS.findall(text) if word.lower() in ENGLISH]
