"""What is done with the record: one verb a function, each one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.errors import (
    ChartError,
    DuplicatePatient,
    RecordUnavailable,
    Refused,
    SignedVisit,
)
from clinic_desktop.domain.suggestion import ShortAnswer, Suggestion
from clinic_desktop.domain.texts import LONGEST_NAME, character_name, composed, unfit_in_name
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.domain.visits import Case, Patient, Visit

from .course.courses import check_end, completed, local_day, new_facts
from .course.standings import Judge, bears_on_standing, renew_standing
from .ports import OpenRecord, UnitOfWork
from .stored import DraftSummary, KeptDocument, KeptPaper, PatientSummary, StoredCourse
from .words.translation import _


# -------------------------------------------------------------------- patients
def register_patient(open_record: OpenRecord, act: Act, patient: Patient) -> int:
    """Enter a new patient and give the number.

    Raises DuplicatePatient for one of the same name and birth date, ChartError for a blank name or
    a birth to come.
    """
    patient = _checked(patient, act)
    with open_record(writing=True) as work:
        known = work.same_person(patient.name, patient.birth_date)
        if known is not None:
            raise DuplicatePatient(known)
        number = work.add_patient(patient, act)
        work.commit()
    return number


def correct_patient(open_record: OpenRecord, act: Act, number: int, patient: Patient) -> None:
    """Put a patient's details right. Raises like `register_patient`, and NotFound."""
    patient = _checked(patient, act)
    with open_record(writing=True) as work:
        before = work.patient(number)
        if before == patient:
            return
        if (before.name, before.birth_date) != (patient.name, patient.birth_date):
            known = work.same_person(patient.name, patient.birth_date)
            if known not in (None, number):
                raise DuplicatePatient(known)
        work.change_patient(number, patient, act)
        work.commit()


def speak_to(
    open_record: OpenRecord, act: Act, number: int, language: str, usual: str = LANGUAGES[0]
) -> bool:
    """Note in which language a patient is spoken to, and say whether that is news: the usual one
    is none where nothing was noted yet. Raises NotFound."""
    with open_record(writing=True) as work:
        before = work.patient(number)
        if before.language == language:
            return False
        # The usual one too: it may be another by the next sheet, and hers stays.
        work.change_patient(number, replace(before, language=language), act)
        work.commit()
    return (before.language or usual) != language


def find_patients(
    open_record: OpenRecord, text: str, limit: int = 20
) -> tuple[PatientSummary, ...]:
    """Find as typed, by words of the name, number or birth date; nothing typed: the most recent."""
    with open_record() as work:
        return work.find_patients(text, limit)


def alike_patients(
    open_record: OpenRecord, text: str, limit: int = 20
) -> tuple[PatientSummary, ...]:
    """Where nobody is called as typed: those whose names differ by a slip or two. To be shown as
    such, and never taken for whom was meant."""
    with open_record() as work:
        return work.alike_patients(text, limit)


def _checked(patient: Patient, act: Act) -> Patient:
    name = composed(patient.name).strip()
    if not name:
        raise ChartError(_("A patient needs a name."))
    stranger = unfit_in_name(name)
    if stranger is not None:
        said = _("The name holds {character}, which nobody sees. Please type the name again.")
        raise ChartError(said.format(character=character_name(stranger)))
    if len(name) > LONGEST_NAME:
        raise ChartError(_("A name has {n} letters at most.").format(n=LONGEST_NAME))
    if patient.birth_date is not None and patient.birth_date > act.at.date():
        raise ChartError(_("The birth date is in the future."))
    return replace(patient, name=name)


# -------------------------------------------------------------------- visits
def unsigned_drafts(open_record: OpenRecord, limit: int = 20) -> tuple[DraftSummary, ...]:
    """Visits that nobody signed, oldest first."""
    with open_record() as work:
        return work.drafts(limit)


def visits_on(open_record: OpenRecord, day: dt.date) -> tuple[DraftSummary, ...]:
    """All visits of a day, in the order in which they were begun."""
    with open_record() as work:
        return work.visits_on(day)


def open_chart(open_record: OpenRecord, act: Act, number: int) -> StoredCourse:
    """A patient's newest course of care, opened now where there is none. Raises NotFound."""
    with open_record() as work:
        course = work.newest_course(number)
    if course is not None:
        return course
    with open_record(writing=True) as work:
        course = work.newest_course(number)
        if course is None:
            course = work.course(work.add_course(number, new_facts(local_day(act)), act))
            work.commit()
    return course


def start_visit(
    open_record: OpenRecord, act: Act, course_id: int, date: dt.date, asks: Judge | None = None
) -> int:
    """The id of the day's visit: the unsigned one if there is one, else a new one, empty.

    Raises NotFound, ChartError for a new visit in a closed course.
    """
    with open_record(writing=True) as work:
        course = work.course(course_id)
        for stored in reversed(course.visits):
            if stored.visit.date == date and not stored.visit.signed:
                return stored.id
        if course.facts.is_closed:
            raise ChartError(_("This course is closed. Open it again, or begin a new one."))
        visit_id = work.add_visit(course_id, Visit(date, signed=False), act)
        renew_standing(work, work.course(course_id), asks)
        work.commit()
    return visit_id


def save_visit(
    open_record: OpenRecord,
    act: Act,
    visit_id: int,
    before: Visit,
    after: Visit,
    answer: ShortAnswer | None = None,
    asks: Judge | None = None,
) -> dt.datetime:
    """Write what changed in a visit, with what the rules say of it and where its course now stands,
    and say when; on return it is durable.

    Raises NotFound, SignedVisit, RecordUnavailable where it could not be written.
    """
    if before.signed:
        raise SignedVisit(_("This visit is signed and stays as it is."))
    with open_record(writing=True) as work:
        work.change_visit(visit_id, before, after, act)
        if answer is not None:
            work.keep_answer(visit_id, answer, act)
        if bears_on_standing(before, after):
            renew_standing(work, work.course_of_visit(visit_id), asks)
        work.commit()
    return act.at


# -------------------------------------------------------------------- whole cases
def chart_case(
    open_record: OpenRecord,
    act: Act,
    case: Case,
    number: int | None = None,
    suggest: Callable[[Case], Suggestion] | None = None,
    asks: Judge | None = None,
) -> int:
    """Store a course of care, with what the rules say of each visit, and give the patient's number.

    Without a number as a new patient: raises DuplicatePatient for one of the same name and birth
    date. With one, its visits are added to that patient's newest course, or to a new one where that
    is closed: raises NotFound, and ChartError where the record has visits of these dates already.
    """
    # A visit that was signed elsewhere is closed once all of it stands, the answer too.
    opened = [replace(visit, signed=visit.signed and None) for visit in case.visits]
    ahead = _answers_ahead(case, opened, suggest) if number is None and suggest else ()
    with open_record(writing=True) as work:
        if number is None:
            known = work.same_person(case.patient.name, case.patient.birth_date)
            if known is not None:
                raise DuplicatePatient(known)
            number = work.add_patient(case.patient, act)
            course_id = work.add_course(number, case.course, act)
        else:
            course_id = _course_for_more(work, act, case, number)
        added = [work.add_visit(course_id, visit, act) for visit in opened]
        course = work.course(course_id)
        if suggest is not None:
            for visit_id in _to_be_answered(course, added):
                seen = course.case_up_to(visit_id)
                known_answer = next((said for about, said in ahead if about == seen), None)
                work.keep_answer(visit_id, known_answer or suggest(seen).short, act)
        for visit_id, before, after in zip(added, opened, case.visits, strict=True):
            if before != after:
                work.change_visit(visit_id, before, after, act)
        renew_standing(work, course, asks)
        work.commit()
    return number


def _answers_ahead(
    case: Case, visits: Sequence[Visit], suggest: Callable[[Case], Suggestion]
) -> tuple[tuple[Case, ShortAnswer], ...]:
    """What the rules say of each visit of a new patient, found before anybody else must wait."""
    cases = (Case(case.patient, tuple(visits[:n]), case.course) for n in range(1, len(visits) + 1))
    return tuple((one, suggest(one).short) for one in cases)


def _to_be_answered(course: StoredCourse, added: Collection[int]) -> Iterator[int]:
    """The added visits, and those after them that are still open: they are read with more now. What
    was said of a signed one stays."""
    reached = False
    for stored in course.visits:
        reached = reached or stored.id in added
        if stored.id in added or (reached and not stored.visit.signed):
            yield stored.id


def export_case(open_record: OpenRecord, act: Act, number: int, course: int | None = None) -> Case:
    """The case of `exported_course`. Raises what that raises."""
    found = exported_course(open_record, act, number, course)
    return found.case_up_to(found.visits[-1].id)


def exported_course(
    open_record: OpenRecord, act: Act, number: int, course: int | None = None
) -> StoredCourse:
    """The patient's newest course that has visits, or the one of a place among them, 1 the oldest.
    It stands in the audit trail before it is handed out.

    Raises NotFound, ChartError where there is none.
    """
    with open_record() as work:
        with_visits = [found for found in work.courses(number) if found.visits]
    if not with_visits:
        raise ChartError(_("This patient has no visit yet."))
    place = len(with_visits) if course is None else course
    if not 1 <= place <= len(with_visits):
        said = _("This patient has {n} courses of care with visits, so there is no course {place}.")
        if len(with_visits) == 1:
            said = _(
                "This patient has 1 course of care with visits, so there is no course {place}."
            )
        raise ChartError(said.format(n=len(with_visits), place=place))
    found = with_visits[place - 1]
    with open_record(writing=True) as work:
        work.note_act(Deed.CHART_EXPORTED, act, number=number, visit_id=found.visits[-1].id)
        work.commit()
    return found


def _course_for_more(work: UnitOfWork, act: Act, case: Case, number: int) -> int:
    """The course that a file's visits go into; what it leaves open the file may say."""
    course = work.newest_course(number)
    here = {stored.visit.date for course in work.courses(number) for stored in course.visits}
    doubled = sorted({visit.date.isoformat() for visit in case.visits if visit.date in here})
    if doubled:
        raise ChartError(
            _("The record of this patient has visits of these dates already: {dates}.").format(
                dates=", ".join(doubled)
            )
        )
    if course is None or course.facts.is_closed:
        return work.add_course(number, case.course, act)
    facts = completed(course.facts, case)
    if facts != course.facts:
        check_end(course, facts)
        work.change_course(course.id, facts, act)
    return course.id


# -------------------------------------------------------------------- papers
def note_paper(
    open_record: OpenRecord, act: Act, visit_id: int, kind: str, deed: Deed, reason: str = ""
) -> None:
    """Enter in the audit trail that a paper is printed or saved, before it is. Raises Refused.

    While nothing can be written it goes on: what is needed beside a patient comes first, and
    whoever keeps the paper then says that it could not be kept.
    """
    try:
        with open_record(writing=True) as work:
            work.note_act(deed, act, visit_id=visit_id, subject=kind, reason=reason)
            work.commit()
    except Refused:
        raise
    except RecordUnavailable:  # what is needed beside a patient comes first
        pass


def keep_document(
    open_record: OpenRecord, act: Act, visit_id: int, kind: str, content: bytes
) -> int:
    """Keep a paper as it was printed and give its id. Raises NotFound."""
    with open_record(writing=True) as work:
        document_id = work.keep_document(visit_id, kind, content, act)
        work.commit()
    return document_id


def keep_once(open_record: OpenRecord, act: Act, visit_id: int, kind: str, content: bytes) -> int:
    """Keep a paper, and give its id; where the newest one of its kind from this visit has the very
    bytes, it is that one. Raises NotFound."""
    digest = hashlib.sha256(content).hexdigest()
    with open_record(writing=True) as work:
        kept = [document for document in work.documents(visit_id) if document.kind == kind]
        if kept and kept[-1].sha256 == digest:
            return kept[-1].id
        document_id = work.keep_document(visit_id, kind, content, act)
        work.commit()
    return document_id


def kept_papers(
    open_record: OpenRecord, course: StoredCourse, *kinds: str
) -> tuple[KeptPaper, ...]:
    """The papers of some kinds from all visits of a course, newest first."""
    with open_record() as work:
        found = [
            KeptPaper(stored.id, stored.visit.date, document)
            for stored in course.visits
            for document in work.documents(stored.id)
            if document.kind in kinds
        ]
    return tuple(sorted(found, key=lambda paper: paper.document.id, reverse=True))


def count_papers(open_record: OpenRecord, course: StoredCourse) -> dict[str, int]:
    """How many papers of each kind the record keeps from a course; a kind without any is not
    there."""
    with open_record() as work:
        kinds = [doc.kind for stored in course.visits for doc in work.documents(stored.id)]
    return {kind: kinds.count(kind) for kind in kinds}


def paper_content(open_record: OpenRecord, document: KeptDocument) -> bytes:
    """The bytes of a kept paper, as they were printed. Raises NotFound, and ChartError where they
    are not the ones that were kept."""
    with open_record() as work:
        content = work.document_content(document.id)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ChartError(_("This paper is damaged in the record and is not shown."))
    return content
