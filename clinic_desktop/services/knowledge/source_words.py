"""Where a finding comes from and how sure that is, in words: `Deville 2000 [S]` is a code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from clinic_desktop.services.words.translation import _

_MARK: Final = re.compile(r"\s*\[(A|S2|S|M|P)\]")
_SUREST_FIRST: Final = ("S", "A", "S2", "M", "P", "")
_SAID_BY_THE_MARK: Final = ("", "textbook", "proposal", "article", "history taking")


def source_lines(
    sources: Iterable[str], called: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The sources of findings, each once: a line for each degree of sureness, the surest first.

    `called` are the names that a language has for some of them.
    """
    named: dict[str, dict[str, None]] = {mark: {} for mark in _SUREST_FIRST}
    for part in (one.strip() for source in sources for one in source.split(";")):
        found = _MARK.search(part)
        mark = found[1] if found else ""
        name = _MARK.sub("", part).strip().removesuffix(": proposal").removeprefix("article, ")
        named[mark][(called or {}).get(name, name)] = None
    return tuple(_line(mark, tuple(names)) for mark, names in named.items() if names)


def _line(mark: str, names: tuple[str, ...]) -> str:
    told = ", ".join(name for name in names if name not in _SAID_BY_THE_MARK)
    words = _mark_words()[mark]
    return _("{mark}: {sources}").format(mark=words, sources=told) if told else f"{words}."


def _mark_words() -> dict[str, str]:
    return {
        "A": _("The article, experience of one clinic"),
        "S": _("Read in the source itself"),
        "S2": _("Second-hand, read in a summary"),
        "M": _("Textbook knowledge, not yet reviewed"),
        "P": _("This app's proposal, no study behind it"),
        "": _("Also"),
    }
