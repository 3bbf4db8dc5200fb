"""How long a clinic's own words may be, so that what is printed stays readable on its page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from clinic_desktop.domain.documents import SheetWords
from clinic_desktop.domain.plans import PlanItemText

from .plan_words import SAID
from .toml_entries import EntryFault, check_filled, check_fillings

MOST_STEPS: Final = 8
LONGEST: Final = {"name": 60, "short": 24, "drawn_as": 24, "purpose": 100, "note": 2000}
"""Characters of an item's words; of the others `LONGEST_LINE`."""
LONGEST_LINE: Final = 200
LONGEST_LABEL: Final = 24
LONGEST_SHEET_WORD: Final = 3
"""The fixed words of the sheet: so many times as long as those that ship, or `LEAST_ROOM`."""
LEAST_ROOM: Final = 24
MOST_REASONS: Final = 6
_COLUMN: Final = {"weekday_letters": 3, "months": 6, "weekdays": 6, "stop_sign": 8, "pain_ok": 10}
"""Characters of what stands in a narrow place."""


def check_item_lengths(text: PlanItemText, place: str) -> None:
    """Refuse words of an item that are too long for the sheet. Raises EntryFault."""
    if len(text.steps) > MOST_STEPS:
        raise EntryFault(f"{place}.steps", f"has more than {MOST_STEPS} steps")
    for name in (*SAID, "note", "drawn_as"):
        said = getattr(text, name)
        for part in (said,) if isinstance(said, str) else said:
            _check(f"{place}.{name}", part, LONGEST.get(name, LONGEST_LINE))
    for name, side in text.sides.items():
        _check(f"{place}.sides.{name}", side, LONGEST["short"] * 2)
    for name, drawn in text.drawings.items():
        check_item_lengths(drawn, f"{place}.drawings.{name}")


def check_sheet_lengths(words: SheetWords, shipped: SheetWords, said: Collection[str]) -> None:
    """Refuse fixed words that would not fit their place. Raises EntryFault."""
    for name in said:
        place, anew, usual = f"sheet.{name}", getattr(words, name), getattr(shipped, name)
        if isinstance(anew, str):
            room = max(LONGEST_SHEET_WORD * len(usual), LEAST_ROOM)
            _check(place, anew, _COLUMN.get(name, room))
            continue
        if len(anew) > max(len(usual), MOST_REASONS):
            raise EntryFault(place, f"has more than {MOST_REASONS} lines")
        room = max(LONGEST_SHEET_WORD * max(map(len, usual)), LEAST_ROOM)
        for part in anew:
            _check(place, part, _COLUMN.get(name, room))


def check_label(place: str, text: str) -> None:
    """Refuse a word on a drawing that is empty, long, or waits to be filled. Raises EntryFault."""
    check_filled(place, text)
    check_fillings(place, text, ())
    _check(place, text, LONGEST_LABEL)


def _check(place: str, text: str, most: int) -> None:
    if len(text) > most:
        raise EntryFault(place, f"has more than {most} characters")
    if not text.isprintable():
        raise EntryFault(place, "holds a line break or another sign that is no text")
