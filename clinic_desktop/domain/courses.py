"""What a course of care is about: reason, side, goal, planned visits, beginning and end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

USUAL_VISITS: Final = 3
"""Planned visits where nobody said otherwise: usually it is over in about three (article)."""
MOST_PLANNED: Final = 52
"""The most visits that can be planned: one a week for a year."""

COURSE_SIDES: Final = ("right", "left", "both")

OUTCOMES: Final = ("goals_met", "partly_met", "no_change", "referred", "stopped_coming", "other")
"""How a course of care can end (our own standard terms, proposal)."""


@dataclass(frozen=True, slots=True)
class GoalNumber:
    """The goal in a figure: a measure of the catalogue and the value to reach, in its unit."""

    measure: str
    value: float


@dataclass(frozen=True, slots=True)
class Closing:
    """How and when a course of care ended."""

    on: dt.date
    outcome: str
    """One of `OUTCOMES`."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What was said of a course beside its visits; nothing said is None, never a guess."""

    reason: str | None = None
    """Why the patient came, in a few words."""
    side: str | None = None
    """One of `COURSE_SIDES`."""
    goal: str | None = None
    """In the patient's words."""
    target: GoalNumber | None = None
    planned_visits: int | None = None
    opened: dt.date | None = None
    closing: Closing | None = None
    """None while the course is open."""

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self.closing is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record keeps of where a course stands, so that a list of all need read no visit."""

    next_visit: dt.date | None = None
    """Planned at the newest visit; None where none is, or another visit has come since."""
    stands_still: bool | None = False
    """Whether the third visit is reached without a real change, and nobody has answered what
    follows; None where nobody has looked yet."""
