"""The desk of the worked example: whose it is, which day it is there, and what it must hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.visits import Case, Visit
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.translation import _

MORNING = dt.time(10, 42)


@dataclass(slots=True)
class DeskClock:
    """A clock that the story sets to the day of a visit."""

    day: dt.date = dt.date(2026, 3, 2)

    def __call__(self) -> dt.datetime:
        return dt.datetime.combine(self.day, MORNING).astimezone()


def demo_desk(desk: Desk, clock: DeskClock) -> Desk:
    """The same desk in an example clinic, on the clock's day."""
    clinic = Clinic(_("Example clinic"), phone="555 0100")
    return replace(desk, clock=clock, who=_("Example therapist"), clinic=clinic)


def differences(stored: Case, published: Case) -> tuple[str, ...]:
    """Where a stored course says other than a published one: places, never values.

    Whether a visit is signed is not compared: the cases leave it open, and a record never does.
    """
    found = [] if stored.patient == published.patient else ["patient"]
    if len(stored.visits) != len(published.visits):
        return (*found, "visits")
    for ours, theirs in zip(stored.visits, published.visits, strict=True):
        found += _different_parts(replace(ours, signed=None), replace(theirs, signed=None))
    return tuple(found)


def _different_parts(ours: Visit, theirs: Visit) -> Iterator[str]:
    for key in sorted({*ours.findings, *theirs.findings}, key=str):
        if ours.findings.get(key) != theirs.findings.get(key):
            yield str(key)
    rest = replace(ours, findings=theirs.findings)
    if rest == theirs:
        return
    for part in ("date", "notes_on", "retests", "plan", "parked", "resolved_flags", "decision"):
        if getattr(ours, part) != getattr(theirs, part):
            yield part
            return
    yield "visit"


def lost_findings(stored: Case, published: Case) -> tuple[str, ...]:
    """Findings of a published course that a stored one has lost or changed since."""
    return tuple(
        str(key)
        for ours, theirs in zip(stored.visits, published.visits, strict=False)
        for key, value in theirs.findings.items()
        if ours.findings.get(key) != value
    )
