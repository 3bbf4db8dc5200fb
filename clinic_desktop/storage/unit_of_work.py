"""One transaction on the record: everything in it becomes durable together, or nothing does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from clinic_desktop.domain.courses import CourseFacts, Standing
from clinic_desktop.domain.people import User
from clinic_desktop.domain.referrals import LetterDraft, Referral
from clinic_desktop.domain.signing import Seal
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum, Patient, Visit
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
    course_lists,
    courses,
    documents,
    letter_drafts,
    patients,
    referrals,
    search,
    signatures,
    translate,
    users,
    visits,
)


class SqlUnitOfWork:
    """The record as the use cases see it, described in `services.ports.UnitOfWork`."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
        self._session.commit()

    # ---------------------------------------------------------------- patients
    def add_patient(self, patient: Patient, act: Act) -> int:
        return patients.add(self._session, patient, act)

    def change_patient(self, number: int, patient: Patient, act: Act) -> None:
        patients.change(self._session, number, patient, act)

    def patient(self, number: int) -> Patient:
        return translate.patient_of(patients.row_of(self._session, number))

    def same_person(self, name: str, birth_date: dt.date | None) -> int | None:
        return patients.same_person(self._session, name, birth_date)

    def find_patients(self, text: str, limit: int = 20) -> tuple[PatientSummary, ...]:
        return search.find_patients(self._session, text, limit)

    def count_patients(self) -> int:
        return patients.count(self._session)

    # ---------------------------------------------------------------- courses and visits
    def add_course(self, number: int, facts: CourseFacts, act: Act) -> int:
        return visits.add_course(self._session, number, facts, act)

    def change_course(self, course_id: int, facts: CourseFacts, act: Act) -> None:
        visits.change_course(self._session, course_id, facts, act)

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
        return visits.add(self._session, course_id, visit, act)

    def change_visit(self, visit_id: int, before: Visit, after: Visit, act: Act) -> None:
        visits.change(self._session, visit_id, before, after, act)

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

    def course_answers(self, course_id: int) -> Mapping[int, ShortAnswer]:
        return signatures.answers_of_course(self._session, course_id)

    def sign_visit(self, seal: Seal, act: Act) -> None:
        signatures.sign_visit(self._session, seal, act)

    def add_addendum(self, addendum: Addendum, seal: Seal, act: Act) -> None:
        signatures.add_addendum(self._session, addendum, seal, act)

    def keep_addendum_draft(self, visit_id: int, author: str, text: str, act: Act) -> None:
        signatures.keep_draft(self._session, visit_id, author, text, act)

    def addendum_draft(self, visit_id: int, author: str) -> str:
        return signatures.draft(self._session, visit_id, author)

    # ---------------------------------------------------------------- referrals
    def add_referral(self, referral: Referral, act: Act) -> int:
        return referrals.add(self._session, referral, act)

    def change_referral(self, referral_id: int, referral: Referral, act: Act) -> None:
        referrals.change(self._session, referral_id, referral, act)

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
        letter_drafts.drop(self._session, visit_id, flag)

    def letter_drafts(self, visit_id: int) -> tuple[LetterDraft, ...]:
        return letter_drafts.of_visit(self._session, visit_id)

    def all_letter_drafts(self) -> tuple[StoredLetterDraft, ...]:
        return letter_drafts.all_of(self._session)

    # ---------------------------------------------------------------- papers
    def keep_document(self, visit_id: int, kind: str, content: bytes, act: Act) -> int:
        return documents.keep(self._session, visit_id, kind, content, act)

    def documents(self, visit_id: int) -> tuple[KeptDocument, ...]:
        return documents.of_visit(self._session, visit_id)

    def document_content(self, document_id: int) -> bytes:
        return documents.content(self._session, document_id)

    # ---------------------------------------------------------------- users
    def add_user(self, user: User, public_key: bytes, act: Act) -> None:
        users.add(self._session, user, public_key, act)

    def change_user(self, user: User, act: Act) -> None:
        users.change(self._session, user, act)

    def add_user_key(self, user_id: str, public_key: bytes, act: Act) -> None:
        users.add_key(self._session, user_id, public_key, act)

    def user(self, user_id: str) -> User:
        return users.one(self._session, user_id)

    def users(self) -> tuple[User, ...]:
        return users.everybody(self._session)

    def owner_of_key(self, public_key: bytes) -> str | None:
        return users.owner_of_key(self._session, public_key)
