"""What may stand in a text of the chart: no character that hides, or turns what is read around."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 20_000
"""Characters: a note of some eight pages."""

_TURNING: Final = "\u202a-\u202e\u2066-\u2069"
"""They turn the direction of what follows: a dose of 12 could be read as 21."""
_IN_NO_TEXT: Final = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_TURNING}]"
"""Those, control characters but newline and tab, and halves of surrogate pairs."""
_JOINERS: Final = "\u200c\u200d"
"""Without ink too, but Persian and Indian names are spelt with them."""
_LINE_ENDS: Final = "\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]"


def composed(text: str) -> str:
    """The text with each letter in one piece with its accent (NFC), as all texts are kept."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unfit_in_text(text: str) -> str | None:
    """The first character that may stand in no text; None where there is none."""
    found = re.search(_IN_NO_TEXT, text)
    return found.group() if found else None


def unfit_in_name(text: str) -> str | None:
    """The first character that may stand in no name: there nothing is invisible, and no line ends.

    Two patients whose names look the same must be the same to the search.
    """
    return next((c for c in text if _is_unseen(c)), None)


def _is_unseen(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in {"Cc", "Cs", "Zl", "Zp"} or (kind == "Cf" and character not in _JOINERS)


def character_name(character: str) -> str:
    """A character by its name and number: `RIGHT-TO-LEFT OVERRIDE (U+202E)`."""
    half = unicodedata.category(character) == "Cs"
    name = unicodedata.name(character, "half a character" if half else "a control character")
    return f"{name} (U+{ord(character):04X})"


def cleared(text: str) -> str:
    """A text from another program as it may be pasted into a chart: its line ends are newlines,
    and what may stand in no text, which nobody saw there either, is gone."""
    return composed(re.sub(_IN_NO_TEXT, "", re.sub(_LINE_ENDS, "\n", text)))
