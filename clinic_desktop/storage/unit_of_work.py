"""The record as the use cases see it: what is written, each with its entries in the trail."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.courses import CourseFacts, Standing
from clinic_desktop.domain.differences import Change, as_json, changes
from clinic_desktop.domain.people import User
from clinic_desktop.domain.referrals import LetterDraft, Referral
from clinic_desktop.domain.signing import Seal
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum, Patient, Visit
from clinic_desktop.services.stored import (
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
from clinic_desktop.services.visit.entries_port import PatientEntry

from . import (
    answers,
    course_lists,
    courses,
    documents,
    entries,
    letter_drafts,
    patients,
    referrals,
    search,
    signatures,
    translate,
    users,
    visits,
)
from .audit import NO_CHANGE
from .settling import writes
from .transaction import Transaction


class SqlUnitOfWork(Transaction):
    """The record as the use cases see it, described in `services.ports.UnitOfWork`."""

    # ---------------------------------------------------------------- patients
    @writes
    def add_patient(self, patient: Patient, act: Act) -> int:
        number = patients.add(self._session, patient, act)
        self._audit.note(Deed.PATIENT_ADDED, act, changes(None, patient), number=number)
        return number

    @writes
    def change_patient(self, number: int, patient: Patient, act: Act) -> None:
        changed = changes(self.patient(number), patient)
        patients.change(self._session, number, patient, act)
        self._audit.note(Deed.PATIENT_CHANGED, act, changed, number=number)

    def patient(self, number: int) -> Patient:
        return translate.patient_of(patients.row_of(self._session, number))

    def same_person(self, name: str, birth_date: dt.date | None) -> int | None:
        return patients.same_person(self._session, name, birth_date)

    def find_patients(self, text: str, limit: int = 20) -> tuple[PatientSummary, ...]:
        return search.find_patients(self._session, text, limit)

    def alike_patients(self, text: str, limit: int = 20) -> tuple[PatientSummary, ...]:
        """See `services.ports`."""
        return search.alike_patients(self._session, text, limit)

    def count_patients(self) -> int:
        return patients.count(self._session)

    # ---------------------------------------------------------------- entries that were wrong
    @writes
    def merge_patients(self, kept: int, other: int, act: Act, reason: str) -> None:
        entries.merge(self._session, kept, other, act)
        into = (Change("merged_into", None, as_json(kept)),)
        self._audit.note(Deed.PATIENTS_MERGED, act, into, number=other, reason=reason)

    @writes
    def part_patients(self, other: int, act: Act, reason: str) -> None:
        kept = patients.row_of(self._session, other).number
        entries.part(self._session, other, act)
        apart = (Change("merged_into", as_json(kept), None),)
        self._audit.note(Deed.PATIENTS_PARTED, act, apart, number=other, reason=reason)

    def merged_into(self, number: int) -> tuple[int, ...]:
        return entries.merged_into(self._session, number)

    @writes
    def remove_patient(self, number: int, act: Act, reason: str) -> None:
        entries.set_removed(self._session, number, reason, act)
        self._audit.note(Deed.PATIENT_REMOVED, act, NO_CHANGE, number=number, reason=reason)

    @writes
    def restore_patient(self, number: int, act: Act) -> None:
        entries.set_removed(self._session, number, None, act)
        self._audit.note(Deed.PATIENT_RESTORED, act, NO_CHANGE, number=number)

    def removed_why(self, number: int) -> str | None:
        return entries.removed_why(self._session, number)

    def removed_patients(self) -> tuple[PatientEntry, ...]:
        return entries.removed(self._session)

    def has_signed(self, number: int) -> bool:
        return entries.has_signed(self._session, number)

    def born_alike(self) -> tuple[tuple[PatientEntry, PatientEntry], ...]:
        return entries.born_alike(self._session)

    def unseen_since(self, day: dt.date) -> tuple[PatientEntry, ...]:
        return entries.unseen_since(self._session, day)

    @writes
    def move_visit(self, visit_id: int, course_id: int, act: Act, reason: str) -> None:
        before = self.course_of_visit(visit_id)
        entries.move_visit(self._session, visit_id, course_id, act)
        after = self.course(course_id)
        # Once in the trail of each of the two patients.
        moved = (Change("patient", as_json(before.number), as_json(after.number)),)
        for number in dict.fromkeys((before.number, after.number)):
            self._audit.note(
                Deed.VISIT_MOVED, act, moved, number=number, visit_id=visit_id, reason=reason
            )

    # ---------------------------------------------------------------- courses and visits
    @writes
    def add_course(self, number: int, facts: CourseFacts, act: Act) -> int:
        course_id = visits.add_course(self._session, number, facts, act)
        said = changes(None, facts) or NO_CHANGE
        self._audit.note(Deed.COURSE_OPENED, act, said, number=number)
        return course_id

    @writes
    def change_course(self, course_id: int, facts: CourseFacts, act: Act) -> None:
        row = courses.row_of(self._session, course_id)
        changed = changes(translate.facts_of(row), facts)
        visits.change_course(self._session, course_id, facts, act)
        self._audit.note(Deed.COURSE_CHANGED, act, changed, number=row.number)

    @writes
    def keep_standing(self, course_id: int, standing: Standing) -> None:
        visits.keep_standing(self._session, course_id, standing)

    def courses_due(self, until: dt.date, limit: int = 50) -> tuple[CourseSummary, ...]:
        return course_lists.due(self._session, until, limit)

    def courses_at_a_standstill(self, limit: int = 50) -> tuple[CourseSummary, ...]:
        return course_lists.at_a_standstill(self._session, limit)

    def course_summaries(self, number: int) -> tuple[CourseSummary, ...]:
        return course_lists.of_patient(self._session, number)

    def courses(self, number: int) -> tuple[StoredCourse, ...]:
        return courses.of_patient(self._session, number)

    def newest_course(self, number: int) -> StoredCourse | None:
        return courses.newest(self._session, number)

    def course(self, course_id: int) -> StoredCourse:
        return courses.one(self._session, course_id)

    def course_of_visit(self, visit_id: int) -> StoredCourse:
        return courses.of_visit(self._session, visit_id)

    @writes
    def add_visit(self, course_id: int, visit: Visit, act: Act) -> int:
        visit_id = visits.add(self._session, course_id, visit, act)
        self._audit.note(Deed.VISIT_BEGUN, act, changes(None, visit), visit_id=visit_id)
        return visit_id

    @writes
    def change_visit(self, visit_id: int, before: Visit, after: Visit, act: Act) -> None:
        visits.change(self._session, visit_id, before, after, act)
        self._audit.note(Deed.VISIT_CHANGED, act, changes(before, after), visit_id=visit_id)

    def visits_on(self, day: dt.date) -> tuple[DraftSummary, ...]:
        return courses.visits_on(self._session, day)

    def drafts(self, limit: int = 20) -> tuple[DraftSummary, ...]:
        return courses.drafts(self._session, limit)

    # ---------------------------------------------------------------- what the rules said
    @writes
    def keep_answer(self, visit_id: int, answer: ShortAnswer, act: Act) -> None:
        answers.keep(self._session, visit_id, answer, act)

    def answers(self, *, signed_only: bool) -> tuple[KeptAnswer, ...]:
        return answers.all_of(self._session, signed_only=signed_only)

    # ---------------------------------------------------------------- signing
    def seals(self, course_id: int) -> tuple[KeptSeal, ...]:
        return signatures.of_course(self._session, course_id)

    def signed_courses(self) -> Mapping[int, int]:
        return signatures.courses_signed(self._session)

    def course_answers(self, course_id: int) -> Mapping[int, ShortAnswer]:
        return signatures.answers_of_course(self._session, course_id)

    @writes
    def sign_visit(self, seal: Seal, act: Act) -> None:
        signatures.sign_visit(self._session, seal, act)
        self._audit.note(Deed.VISIT_SIGNED, act, _sealed(seal), visit_id=seal.visit_id)

    @writes
    def add_addendum(self, addendum: Addendum, seal: Seal, act: Act) -> None:
        signatures.add_addendum(self._session, addendum, seal, act)
        added = (*changes(None, addendum), *_sealed(seal))
        self._audit.note(Deed.ADDENDUM_ADDED, act, added, visit_id=seal.visit_id)

    @writes
    def keep_addendum_draft(self, visit_id: int, author: str, text: str, act: Act) -> None:
        signatures.keep_draft(self._session, visit_id, author, text, act)

    def addendum_draft(self, visit_id: int, author: str) -> str:
        return signatures.draft(self._session, visit_id, author)

    def addenda_begun(self, author: str) -> tuple[DraftSummary, ...]:
        return signatures.addenda_begun(self._session, author)

    # ---------------------------------------------------------------- referrals
    @writes
    def add_referral(self, referral: Referral, act: Act) -> int:
        referral_id = referrals.add(self._session, referral, act)
        opened = changes(None, referral)
        self._audit.note(Deed.REFERRAL_OPENED, act, opened, visit_id=referral.visit_id)
        return referral_id

    @writes
    def change_referral(self, referral_id: int, referral: Referral, act: Act) -> None:
        changed = changes(self.referral(referral_id), referral)
        referrals.change(self._session, referral_id, referral, act)
        self._audit.note(Deed.REFERRAL_CHANGED, act, changed, visit_id=referral.visit_id)

    def referral(self, referral_id: int) -> Referral:
        return referrals.one(self._session, referral_id)

    def referrals_of(self, course_id: int) -> tuple[StoredReferral, ...]:
        return referrals.of_course(self._session, course_id)

    def referrals_waiting(self) -> tuple[StoredReferral, ...]:
        return referrals.waiting(self._session)

    # ---------------------------------------------------------------- letters being typed
    @writes
    def keep_letter_draft(self, draft: LetterDraft, act: Act) -> None:
        letter_drafts.keep(self._session, draft, act)

    @writes
    def drop_letter_draft(self, visit_id: int, flag: str | None, act: Act) -> None:
        kept = [one for one in self.letter_drafts(visit_id) if one.flag == flag]
        letter_drafts.drop(self._session, visit_id, flag)
        for one in kept:
            self._audit.note(Deed.LETTER_DRAFT_DROPPED, act, changes(one, None), visit_id=visit_id)

    def letter_drafts(self, visit_id: int) -> tuple[LetterDraft, ...]:
        return letter_drafts.of_visit(self._session, visit_id)

    def all_letter_drafts(self) -> tuple[StoredLetterDraft, ...]:
        return letter_drafts.all_of(self._session)

    # ---------------------------------------------------------------- papers
    @writes
    def keep_document(self, visit_id: int, kind: str, content: bytes, act: Act) -> int:
        document_id = documents.keep(self._session, visit_id, kind, content, act)
        kept = Change(kind, None, as_json({"sha256": hashlib.sha256(content).hexdigest()}))
        self._audit.note(Deed.DOCUMENT_KEPT, act, (kept,), visit_id=visit_id)
        return document_id

    def documents(self, visit_id: int) -> tuple[KeptDocument, ...]:
        return documents.of_visit(self._session, visit_id)

    def document_content(self, document_id: int) -> bytes:
        return documents.content(self._session, document_id)

    # ---------------------------------------------------------------- users
    @writes
    def add_user(self, user: User, public_key: bytes, act: Act) -> None:
        users.add(self._session, user, public_key, act)
        key = Change("public_key", None, as_json(public_key.hex()))
        self._audit.note(Deed.USER_ADDED, act, (*changes(None, user), key))

    @writes
    def change_user(self, user: User, act: Act) -> None:
        changed = changes(self.user(user.id), user)
        users.change(self._session, user, act)
        self._audit.note(Deed.USER_CHANGED, act, changed, reason=user.id)

    @writes
    def add_user_key(self, user_id: str, public_key: bytes, act: Act) -> None:
        users.add_key(self._session, user_id, public_key, act)
        key = Change("public_key", None, as_json(public_key.hex()))
        self._audit.note(Deed.USER_CHANGED, act, (key,), reason=user_id)

    def user(self, user_id: str) -> User:
        return users.one(self._session, user_id)

    def users(self) -> tuple[User, ...]:
        return users.everybody(self._session)

    def owner_of_key(self, public_key: bytes) -> str | None:
        return users.owner_of_key(self._session, public_key)


def _sealed(seal: Seal) -> tuple[Change, ...]:
    """Which content was signed, and with which key."""
    return (
        Change("digest", None, as_json(seal.digest)),
        Change("public_key", None, as_json(seal.public_key.hex())),
    )
