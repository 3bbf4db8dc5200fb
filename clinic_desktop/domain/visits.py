"""A patient, the visits of one course of care, and what was charted, tried and planned in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .courses import CourseFacts
from .values import NO_INFORMATION, Key, Side, Value

Findings = Mapping[Key, Value]
"""What was charted in one visit. A key that is not there was not charted: never "no", never
"negative"."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the chart is about. All but the name may be unknown."""

    name: str
    birth_date: dt.date | None = None
    age: int | None = None
    """Whole years at the last visit; only where the birth date is not known."""
    sex: str | None = None
    """One of `SEXES`."""
    language: str | None = None
    """Language of the handout, as in `en`."""

    def age_on(self, day: dt.date) -> int | None:
        """Whole years on a day, from the birth date where it is known, else the age as given."""
        if self.birth_date is None:
            return self.age
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


SEXES = ("female", "male", "other", "unknown")


@dataclass(frozen=True, slots=True)
class Retest:
    """One comparable sign before and after one treatment, in the visit it was done."""

    treatment: str
    """A plan item's id, or `other` with a note."""
    test: str
    side: Side | None = None
    before: float | None = None
    after: float | None = None
    """In the unit of the test. Both, or neither and a verdict."""
    verdict: str | None = None
    """`better`, `same` or `worse`, where no numbers were noted."""
    note: str | None = None
    dose: str | None = None
    """How much of the treatment was given, in the clinician's words: `2 x 10`."""
    minutes: float | None = None
    """From the value before to the value after, the treatment between them included."""

    @property
    def sign(self) -> Key:
        """What was tested before and after."""
        return Key(self.test, self.side)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What was given, while no sign was taken again after it yet."""

    treatment: str
    """A plan item's id, or `other` with a note."""
    note: str | None = None
    dose: str | None = None
    minutes: float | None = None
    """As in `Retest`."""


LONGEST_TREATMENT = 240
"""Minutes: what lies further apart is another visit, or a slip of the finger."""
MOST_SIGNS = 3
"""Comparable signs of a visit: one to three (design, section 4)."""


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan item the clinician chose, with what she changed in it for this patient."""

    item: str
    dose: str | None = None
    """Her own dose; None for the usual one."""
    side: str | None = None
    """`right`, `left` or `both`; None for the side that hurts."""
    words: str | None = None
    """A line of her own for this patient, printed with the item."""
    drawing: str | None = None
    """One of the item's other drawings, with the words that go with it; None for the usual one."""


PLAN_SIDES = ("right", "left", "both")
ADHERENCE = ("all", "most", "some", "none")
"""How much of an item was done, as for the whole plan in `adherence.home_plan`."""


@dataclass(frozen=True, slots=True)
class FlagResolution:
    """The clinician's written reason why an open red flag no longer stands."""

    flag: str
    reason: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of the patient-specific functional scale, 0 (unable) to 10 (as before)."""

    activity: str
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What the clinician made of the suggestion."""

    pattern: str | None = None
    agree: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Addendum:
    """A correction or addition to a signed visit; `at` is kept as it was given (ISO 8601)."""

    at: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: an immutable value; every change makes a new one."""

    date: dt.date
    findings: Findings = field(default_factory=dict)
    retests: tuple[Retest, ...] = ()
    plan: tuple[PlanChoice, ...] = ()
    parked: tuple[PlanChoice, ...] = ()
    resolved_flags: tuple[FlagResolution, ...] = ()
    notes_on: Mapping[str, str] = field(default_factory=dict)
    """Remarks by finding id, for instance why a test could not be done."""
    psfs: tuple[Activity, ...] = ()
    decision: Decision | None = None
    addenda: tuple[Addendum, ...] = ()
    signed: bool | None = None
    """None where nothing was said of it; True is "signed elsewhere" until this clinic signs."""
    adherence: Mapping[str, str] = field(default_factory=dict)
    """How much of the last sheet was done, one of `ADHERENCE` by plan item id; an item that was
    not asked about is not there."""
    signs: tuple[Key, ...] = ()
    """The comparable signs chosen to be taken again after each treatment, at most `MOST_SIGNS`."""
    activities: tuple[str, ...] = ()
    """The names of all the patient's own activities in their order, where one of them has no
    score yet; empty where `psfs` says it all."""
    begun: Treatment | None = None
    """The treatment after which no sign was taken again yet; None where there is none."""

    def charted(self, key: Key, value: Value | None) -> Visit:
        """The visit with one finding charted, or back to not charted with None."""
        findings = dict(self.findings)
        if value is None:
            findings.pop(key, None)
        else:
            findings[key] = value
        return replace(self, findings=findings)


@dataclass(frozen=True, slots=True)
class Case:
    """One patient's course of care, oldest visit first; at least one visit."""

    patient: Patient
    visits: tuple[Visit, ...]
    course: CourseFacts = field(default_factory=CourseFacts)

    @property
    def last(self) -> Visit:
        """The visit the suggestion is for."""
        return self.visits[-1]

    @property
    def goal(self) -> str | None:
        """The goal in the patient's words: the course's own, else as it was charted last."""
        return self.course.goal or self._last_said("complaint.goal")

    @property
    def side(self) -> str | None:
        """The side that is treated: the course's own, else as it was charted last."""
        said = self.course.side or self._last_said("complaint.side")
        return None if said in NO_INFORMATION else said

    def _last_said(self, finding: str) -> str | None:
        key = Key(finding)
        said = (visit.findings.get(key) for visit in reversed(self.visits))
        return next((words for words in said if isinstance(words, str) and words.strip()), None)
