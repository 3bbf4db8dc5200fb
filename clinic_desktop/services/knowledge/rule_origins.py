"""What every rule must say of itself: its words, its source, its mark, and who has reviewed it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.rulebook import FIRST_VERSION, Origin

from .rule_entries import Sourced

MARKS: Final = ("article", "evidence", "proposal")


def origin_of(file: str, rule: str, entry: Sourced) -> Origin:
    """Where a rule comes from. Raises BrokenKnowledge where it does not say so."""
    if entry.mark not in MARKS:
        raise BrokenKnowledge(f"rules/{file}.toml: {rule}: mark is one of {', '.join(MARKS)}")
    filled(file, rule, source=entry.source)
    by, on = entry.reviewed_by.strip(), entry.reviewed_on.strip()
    if bool(by) != bool(on):
        raise BrokenKnowledge(
            f"rules/{file}.toml: {rule}: a review needs both reviewed_by and reviewed_on"
        )
    try:
        dt.date.fromisoformat(on or "2000-01-01")
    except ValueError:
        raise BrokenKnowledge(
            f"rules/{file}.toml: {rule}: reviewed_on needs a date as in 2026-11-24"
        ) from None
    return Origin(entry.source, entry.mark, entry.since.strip() or FIRST_VERSION, by, on)


def filled(file: str, rule: str, **texts: str) -> None:
    """Raise BrokenKnowledge where a text that will be shown is blank."""
    for name, text in texts.items():
        if not text.strip():
            raise BrokenKnowledge(f"rules/{file}.toml: {rule}: has no {name}")
