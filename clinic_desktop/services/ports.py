"""What the use cases need from outside: a record to read and write, a signer, a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import TracebackType
from typing import Protocol, Self

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.courses import CourseFacts, Standing
from clinic_desktop.domain.people import User
from clinic_desktop.domain.referrals import LetterDraft, Referral
from clinic_desktop.domain.signing import Seal
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum, Patient, Visit

from .audit.port import AuditedWork
from .stored import (
    CourseSummary,
    DraftSummary,
    KeptAnswer,
    KeptDocument,
    KeptSeal,
    PatientSummary,
    StoredCourse,
    StoredLetterDraft,
    StoredReferral,
)
from .visit.entries_port import EntriesWork


class UnitOfWork(AuditedWork, EntriesWork, Protocol):
    """One transaction on the record. Leaving the block without `commit` undoes everything."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None:
        """Make everything durable. Raises RecordUnavailable when that cannot be done now."""

    # patients
    def add_patient(self, patient: Patient, act: Act) -> int:
        """Store a new patient and give the number that now stands for them."""

    def change_patient(self, number: int, patient: Patient, act: Act) -> None:
        """Correct a patient's details. Raises NotFound."""

    def patient(self, number: int) -> Patient:
        """Raises NotFound."""

    def same_person(self, name: str, birth_date: dt.date | None) -> int | None:
        """Number of a patient with this name (case folded, spaces joined) and birth date."""

    def find_patients(self, text: str, limit: int = 20) -> tuple[PatientSummary, ...]:
        """Find as typed: words of the name in any order by prefix, number, or birth date.

        Empty text gives the most recent.
        """

    def alike_patients(self, text: str, limit: int = 20) -> tuple[PatientSummary, ...]:
        """Patients whose names differ from what was typed by a slip or two, the nearest first."""
        ...

    def count_patients(self) -> int: ...

    # courses and visits
    def add_course(self, number: int, facts: CourseFacts, act: Act) -> int:
        """Open a course of care for a patient and give its id. Raises NotFound."""

    def change_course(self, course_id: int, facts: CourseFacts, act: Act) -> None:
        """Write what a course is about, its end too. Raises NotFound."""

    def keep_standing(self, course_id: int, standing: Standing) -> None:
        """Keep where a course stands, in place of what was kept before. Raises NotFound."""

    def courses_due(self, until: dt.date, limit: int = 50) -> tuple[CourseSummary, ...]:
        """Open courses whose next visit is planned on or before a day, by that day."""

    def courses_at_a_standstill(self, limit: int = 50) -> tuple[CourseSummary, ...]:
        """Open courses that stand still, by the newest visit, the longest ago first; then those of
        which that is not known yet."""

    def course_summaries(self, number: int) -> tuple[CourseSummary, ...]:
        """The patient's courses in short, oldest first. Raises NotFound."""

    def courses(self, number: int) -> tuple[StoredCourse, ...]:
        """The patient's courses, oldest first. Raises NotFound."""

    def newest_course(self, number: int) -> StoredCourse | None:
        """The course opened last, None for a patient without one. Raises NotFound."""

    def course(self, course_id: int) -> StoredCourse:
        """Raises NotFound."""

    def course_of_visit(self, visit_id: int) -> StoredCourse:
        """The course that a visit is of. Raises NotFound."""

    def add_visit(self, course_id: int, visit: Visit, act: Act) -> int:
        """Store a new visit, ordered by date and then by entry, and give its id."""

    def change_visit(self, visit_id: int, before: Visit, after: Visit, act: Act) -> None:
        """Write what differs between two states of a visit, and nothing else. Raises NotFound."""

    def drafts(self, limit: int = 20) -> tuple[DraftSummary, ...]:
        """Visits that nobody signed, oldest first."""

    def visits_on(self, day: dt.date) -> tuple[DraftSummary, ...]:
        """All visits of a day, signed or not, in the order in which they were begun."""

    # what the rules said
    def keep_answer(self, visit_id: int, answer: ShortAnswer, act: Act) -> None:
        """Keep what the rules say of a visit as it now stands, in place of what they said before.

        Raises NotFound.
        """

    def answers(self, *, signed_only: bool) -> tuple[KeptAnswer, ...]:
        """The kept answers by patient and date; a visit from before they were kept has none."""

    # signing
    def seals(self, course_id: int) -> tuple[KeptSeal, ...]:
        """The signatures of a course's visits and addenda, by visit and place."""

    def signed_courses(self) -> Mapping[int, int]:
        """The courses with a visit that this clinic signed, each with its patient's number."""

    def course_answers(self, course_id: int) -> Mapping[int, ShortAnswer]:
        """The kept answers of a course by visit."""

    def sign_visit(self, seal: Seal, act: Act) -> None:
        """Keep a visit's signature and close the visit; nothing in it changes from then on.

        Raises NotFound, SignedVisit for one that is signed.
        """

    def add_addendum(self, addendum: Addendum, seal: Seal, act: Act) -> None:
        """Add a signed addendum to a signed visit, and forget its author's draft of it.

        Raises NotFound for a visit that is not there or not signed.
        """

    def keep_addendum_draft(self, visit_id: int, author: str, text: str, act: Act) -> None:
        """Keep what a user (by id) has typed for an addendum so far; a blank is forgotten."""

    def addendum_draft(self, visit_id: int, author: str) -> str:
        """What a user has typed for an addendum and not added; empty where there is nothing."""

    def addenda_begun(self, author: str) -> tuple[DraftSummary, ...]:
        """The visits to which a user (by id) has typed an addendum and not added it."""

    # referrals
    def add_referral(self, referral: Referral, act: Act) -> int:
        """Store a referral and give its id. Raises NotFound for an unknown visit."""

    def change_referral(self, referral_id: int, referral: Referral, act: Act) -> None:
        """Write a referral as it now stands. Raises NotFound."""

    def referral(self, referral_id: int) -> Referral:
        """Raises NotFound."""

    def referrals_of(self, course_id: int) -> tuple[StoredReferral, ...]:
        """Oldest first."""

    def referrals_waiting(self) -> tuple[StoredReferral, ...]:
        """Those without an answer, oldest first."""

    # letters being typed
    def keep_letter_draft(self, draft: LetterDraft, act: Act) -> None:
        """Keep a letter as it now stands. Raises NotFound for an unknown visit."""

    def drop_letter_draft(self, visit_id: int, flag: str | None, act: Act) -> None:
        """Take a letter's draft out: it was sent, or discarded."""

    def letter_drafts(self, visit_id: int) -> tuple[LetterDraft, ...]:
        """The drafts of a visit; the one typed last comes last."""

    def all_letter_drafts(self) -> tuple[StoredLetterDraft, ...]:
        """Every draft, oldest first."""

    # papers
    def keep_document(self, visit_id: int, kind: str, content: bytes, act: Act) -> int: ...
    def documents(self, visit_id: int) -> tuple[KeptDocument, ...]: ...
    def document_content(self, document_id: int) -> bytes: ...

    # users
    def add_user(self, user: User, public_key: bytes, act: Act) -> None:
        """Enter somebody with the key (32 bytes, Ed25519) that they sign with."""

    def change_user(self, user: User, act: Act) -> None:
        """Write somebody's details as they now are. Raises NotFound."""

    def add_user_key(self, user_id: str, public_key: bytes, act: Act) -> None:
        """A new key to sign with, beside the earlier ones."""

    def user(self, user_id: str) -> User:
        """Raises NotFound."""

    def users(self) -> tuple[User, ...]:
        """All who are or were users, by name."""

    def owner_of_key(self, public_key: bytes) -> str | None:
        """Id of the user whose key it is or was, None for nobody's."""


class OpenRecord(Protocol):
    """Begins a unit of work; the one thing that use cases are given to reach the record."""

    def __call__(self, *, writing: bool = False) -> UnitOfWork:
        """One that will write says so: it waits its turn at once, and what it reads stays true."""


class Signer(Protocol):
    """Somebody's own key, as far as it signs: the key itself never leaves where it is kept."""

    @property
    def public_key(self) -> bytes:
        """Ed25519, 32 bytes."""

    def sign(self, content: bytes) -> bytes:
        """The signature over a content, 64 bytes."""


class ConfirmSigner(Protocol):
    """Gives the key of whoever is signed in, once she has shown again that it is she."""

    def __call__(self, passphrase: str) -> Signer:
        """Raises ChartError, in words, where this is not her passphrase."""


class Clock(Protocol):
    """Tells the time, so that tests can tell it what time it is."""

    def __call__(self) -> dt.datetime:
        """Now, aware, in UTC."""
