"""One transaction on the record: everything in it becomes durable together, or nothing does."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from clinic_desktop.domain.audit import AuditCheck, AuditEntry, AuditHead, AuditQuery, Deed
from clinic_desktop.domain.courses import CourseFacts, Standing
from clinic_desktop.domain.differences import Change, as_json, changes
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.people import User
from clinic_desktop.domain.referrals import LetterDraft, Referral
from clinic_desktop.domain.signing import Seal
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum, Patient, Visit
from clinic_desktop.services.entries_port import PatientEntry
from clinic_desktop.services.ports import (
    Act,
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

from . import (
    answers,
    audit,
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
from .anchor import Anchor
from .audit import NO_CHANGE, AuditTrail, AuditWriter


class SqlUnitOfWork:
    """The record as the use cases see it, described in `services.ports.UnitOfWork`."""

    def __init__(self, session: Session, trail: AuditTrail, anchor: Anchor | None = None) -> None:
        """`trail` says in whose name the audit trail is written, and with which key; its head is
        noted outside the record, where there is an anchor."""
        self._anchor = anchor
        self._session = session
        self._trail = trail
        self._audit = AuditWriter(session, trail)

    def __enter__(self) -> Self:
        # The transaction begins here, so that one who will write waits here and not half way.
        try:
            self._session.connection()
        except BaseException:  # whatever it was, the connection goes back to where it came from
            self._session.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        try:
            self._session.commit()
        except RecordUnavailable:
            if not self._came_about():
                raise
        if self._anchor is not None and self._audit.written is not None:
            self._anchor.write(self._audit.written)

    def _came_about(self) -> bool:
        """Whether a commit that failed is in the record all the same, and durable now.

        Where the disk fails at its very end nobody can tell, and to do it again could do it twice.
        Its last entry in the trail is its own: no other has that hash.
        """
        written = self._audit.written
        if written is None:  # nothing that could not be done twice
            return False
        self._session.close()
        engine = self._session.get_bind().execution_options(begin="")
        try:
            with Session(engine) as fresh:
                if audit.hash_at(fresh, written.seq) != written.hash:
                    return False
                # Out of the log, which the disk did not take, into the file.
                moved = fresh.connection().exec_driver_sql("PRAGMA wal_checkpoint").one()
                return bool(moved[1] == moved[2])
        except RecordUnavailable:
            return False

    # ---------------------------------------------------------------- patients
    def add_patient(self, patient: Patient, act: Act) -> int:
        number = patients.add(self._session, patient, act)
        self._audit.note(Deed.PATIENT_ADDED, act, changes(None, patient), number=number)
        return number

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

    def count_patients(self) -> int:
        return patients.count(self._session)

    # ---------------------------------------------------------------- entries that were wrong
    def merge_patients(self, kept: int, other: int, act: Act, reason: str) -> None:
        entries.merge(self._session, kept, other, act)
        into = (Change("merged_into", None, as_json(kept)),)
        self._audit.note(Deed.PATIENTS_MERGED, act, into, number=other, reason=reason)

    def part_patients(self, other: int, act: Act, reason: str) -> None:
        kept = patients.row_of(self._session, other).number
        entries.part(self._session, other, act)
        apart = (Change("merged_into", as_json(kept), None),)
        self._audit.note(Deed.PATIENTS_PARTED, act, apart, number=other, reason=reason)

    def merged_into(self, number: int) -> tuple[int, ...]:
        return entries.merged_into(self._session, number)

    def remove_patient(self, number: int, act: Act, reason: str) -> None:
        entries.set_removed(self._session, number, reason, act)
        self._audit.note(Deed.PATIENT_REMOVED, act, NO_CHANGE, number=number, reason=reason)

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
    def add_course(self, number: int, facts: CourseFacts, act: Act) -> int:
        course_id = visits.add_course(self._session, number, facts, act)
        said = changes(None, facts) or NO_CHANGE
        self._audit.note(Deed.COURSE_OPENED, act, said, number=number)
        return course_id

    def change_course(self, course_id: int, facts: CourseFacts, act: Act) -> None:
        row = courses.row_of(self._session, course_id)
        changed = changes(translate.facts_of(row), facts)
        visits.change_course(self._session, course_id, facts, act)
        self._audit.note(Deed.COURSE_CHANGED, act, changed, number=row.number)

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

    def add_visit(self, course_id: int, visit: Visit, act: Act) -> int:
        visit_id = visits.add(self._session, course_id, visit, act)
        self._audit.note(Deed.VISIT_BEGUN, act, changes(None, visit), visit_id=visit_id)
        return visit_id

    def change_visit(self, visit_id: int, before: Visit, after: Visit, act: Act) -> None:
        visits.change(self._session, visit_id, before, after, act)
        self._audit.note(Deed.VISIT_CHANGED, act, changes(before, after), visit_id=visit_id)

    def visits_on(self, day: dt.date) -> tuple[DraftSummary, ...]:
        return courses.visits_on(self._session, day)

    def drafts(self, limit: int = 20) -> tuple[DraftSummary, ...]:
        return courses.drafts(self._session, limit)

    # ---------------------------------------------------------------- what the rules said
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

    def sign_visit(self, seal: Seal, act: Act) -> None:
        signatures.sign_visit(self._session, seal, act)
        self._audit.note(Deed.VISIT_SIGNED, act, _sealed(seal), visit_id=seal.visit_id)

    def add_addendum(self, addendum: Addendum, seal: Seal, act: Act) -> None:
        signatures.add_addendum(self._session, addendum, seal, act)
        added = (*changes(None, addendum), *_sealed(seal))
        self._audit.note(Deed.ADDENDUM_ADDED, act, added, visit_id=seal.visit_id)

    def keep_addendum_draft(self, visit_id: int, author: str, text: str, act: Act) -> None:
        signatures.keep_draft(self._session, visit_id, author, text, act)

    def addendum_draft(self, visit_id: int, author: str) -> str:
        return signatures.draft(self._session, visit_id, author)

    # ---------------------------------------------------------------- referrals
    def add_referral(self, referral: Referral, act: Act) -> int:
        referral_id = referrals.add(self._session, referral, act)
        opened = changes(None, referral)
        self._audit.note(Deed.REFERRAL_OPENED, act, opened, visit_id=referral.visit_id)
        return referral_id

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
    def keep_letter_draft(self, draft: LetterDraft, act: Act) -> None:
        letter_drafts.keep(self._session, draft, act)

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
    def add_user(self, user: User, public_key: bytes, act: Act) -> None:
        users.add(self._session, user, public_key, act)
        key = Change("public_key", None, as_json(public_key.hex()))
        self._audit.note(Deed.USER_ADDED, act, (*changes(None, user), key))

    def change_user(self, user: User, act: Act) -> None:
        changed = changes(self.user(user.id), user)
        users.change(self._session, user, act)
        self._audit.note(Deed.USER_CHANGED, act, changed, reason=user.id)

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

    # ---------------------------------------------------------------- the audit trail
    def note_act(
        self,
        deed: Deed,
        act: Act,
        *,
        number: int | None = None,
        visit_id: int | None = None,
        subject: str = "",
        reason: str = "",
    ) -> None:
        looked = (Change(subject, None, None),)
        self._audit.note(deed, act, looked, number=number, visit_id=visit_id, reason=reason)

    def audit_entries(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        return audit.entries(self._session, query)

    def audit_users(self) -> tuple[tuple[str, str], ...]:
        return audit.users(self._session)

    def field_history(self, visit_id: int, names: tuple[str, ...] = ()) -> tuple[AuditEntry, ...]:
        return audit.history(self._session, visit_id, names)

    def audit_head(self) -> AuditHead:
        return audit.head(self._session)

    def audit_hash_at(self, seq: int) -> str | None:
        """The hash of the entry with this number, for the anchor."""
        return audit.hash_at(self._session, seq)

    def check_audit(self, expected: AuditHead | None = None) -> AuditCheck:
        return audit.verify(self._session, self._trail.key, expected)


def _sealed(seal: Seal) -> tuple[Change, ...]:
    """Which content was signed, and with which key."""
    return (
        Change("digest", None, as_json(seal.digest)),
        Change("public_key", None, as_json(seal.public_key.hex())),
    )
