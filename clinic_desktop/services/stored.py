"""What the record gives back: values, each with where it stands in the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from clinic_desktop.domain.courses import CourseFacts, Standing
from clinic_desktop.domain.referrals import LetterDraft, Referral
from clinic_desktop.domain.signing import Seal
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Case, Patient, Visit


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """One line of the home page's list."""

    number: int
    patient: Patient
    problem: str | None
    """The side of the newest course: its own, else the `complaint.side` charted last in it."""
    last_visit: dt.date | None
    alike: bool = False
    """Found by a name that differs from what was typed by a slip or two."""


@dataclass(frozen=True, slots=True)
class StoredVisit:
    """A visit as it stands in the record."""

    id: int
    visit: Visit
    first_entry: dt.datetime | None = None
    last_entry: dt.datetime | None = None
    """When something was first and last typed into it, in UTC."""
    signed_here: bool = False
    """Whether this clinic signed it; then a signature must be there."""


@dataclass(frozen=True, slots=True)
class StoredCourse:
    """A course of care as it stands in the record, visits oldest first (it may have none yet)."""

    id: int
    number: int
    """The patient's number."""
    patient: Patient
    visits: tuple[StoredVisit, ...] = ()
    facts: CourseFacts = field(default_factory=CourseFacts)
    standing: Standing = field(default_factory=Standing)
    opened_as: int | None = None
    """The number it was opened under, where that entry was merged into the patient's since."""

    @property
    def signed_number(self) -> int:
        """The number that its signatures name."""
        return self.opened_as or self.number

    @property
    def whole(self) -> Case | None:
        """The course with all its visits; None before the first."""
        visits = tuple(stored.visit for stored in self.visits)
        return Case(self.patient, visits, self.facts) if visits else None

    def case_up_to(self, visit_id: int) -> Case:
        """The course as the visit of this id sees it: itself last, only earlier ones before it.

        Raises KeyError where the visit is not of this course.
        """
        ids = [stored.id for stored in self.visits]
        if visit_id not in ids:
            raise KeyError(visit_id)
        seen = self.visits[: ids.index(visit_id) + 1]
        return Case(self.patient, tuple(s.visit for s in seen), self.facts)


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A visit on the home page, in short: one not signed, one of today, or one that somebody adds
    to."""

    number: int
    patient: Patient
    visit_id: int
    visit_ordinal: int
    """1 for the first visit of its course."""
    date: dt.date
    addendum: bool = False
    """Whether it is signed, and what is not finished is an addendum to it."""


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A course of care in short, for a list."""

    id: int
    number: int
    """The patient's number."""
    patient: Patient
    facts: CourseFacts
    standing: Standing
    visits: int
    first_visit: dt.date | None
    last_visit: dt.date | None
    newest_id: int | None
    """The id of its newest visit."""
    side: str | None
    """The course's own, else the `complaint.side` charted last."""


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A paper kept in the record with its digest, so that a reprint gives the same bytes."""

    id: int
    kind: str
    sha256: str
    made_at: dt.datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A kept paper with the visit that it came from."""

    visit_id: int
    date: dt.date
    """Of the visit."""
    document: KeptDocument


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What the rules said of a visit when it was last changed."""

    number: int
    """The patient's number."""
    course_id: int
    visit_id: int
    date: dt.date
    answer: ShortAnswer


@dataclass(frozen=True, slots=True)
class KeptSeal:
    """A signature in the record, and what it shows by itself."""

    seal: Seal
    genuine: bool
    """Whether it was made with its key over its content."""
    owner: str | None
    """Id of the user whose key it is or was; None for a key that nobody here has."""


@dataclass(frozen=True, slots=True)
class StoredReferral:
    """A referral as it stands in the record, with whom it is about."""

    id: int
    number: int
    """The patient's number."""
    name: str
    referral: Referral


@dataclass(frozen=True, slots=True)
class StoredLetterDraft:
    """A letter that is being typed, with whom it is about and when it was typed last."""

    number: int
    """The patient's number."""
    name: str
    changed_at: dt.datetime
    draft: LetterDraft
