"""Puts wrong entries right: two of one person, one made by mistake, a visit on another's chart."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Final

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import ChartError, SignedVisit
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Case, Patient
from clinic_desktop.services.course.courses import local_day, new_facts
from clinic_desktop.services.course.standings import Judge, renew_standing
from clinic_desktop.services.ports import OpenRecord, UnitOfWork
from clinic_desktop.services.stored import PatientSummary, StoredCourse
from clinic_desktop.services.words.translation import _

from .entries_port import PatientEntry

_LOOKED_AT: Final = 20
"""Entries of one birth date that are compared while a chart is opened."""
ALIKE: Final = 0.8
"""How much of two names must be the same letters in the same order, of 1, to be asked about."""


# -------------------------------------------------------------------- two entries of one person
def merge_patients(
    open_record: OpenRecord, act: Act, kept: int, other: int, reason: str = ""
) -> None:
    """Let two entries be one person from now on: the other number finds the kept one.

    No course and no signature is touched, so it can be undone by `part_patients`. Raises NotFound,
    ChartError where they are one already or one was removed.
    """
    with open_record(writing=True) as work:
        for number in (kept, other):
            if work.removed_why(number) is not None:
                raise ChartError(_("An entry that was removed is not merged. Bring it back first."))
        merged = work.merged_into(other)
        if kept == other or kept in merged or other in work.merged_into(kept):
            raise ChartError(_("These two are one patient already."))
        work.merge_patients(kept, other, act, reason.strip())
        work.commit()


def part_patients(open_record: OpenRecord, act: Act, other: int, reason: str = "") -> None:
    """Take a merge back: each number stands for itself again. Raises NotFound."""
    with open_record(writing=True) as work:
        work.part_patients(other, act, reason.strip())
        work.commit()


def likely_duplicates(open_record: OpenRecord) -> tuple[tuple[PatientEntry, PatientEntry], ...]:
    """Pairs of entries that may be one person: one birth date and a similar name, or one name and
    a birth date that is missing. Nothing is merged by itself."""
    with open_record() as work:
        pairs = work.born_alike()
    return tuple(pair for pair in pairs if names_alike(pair[0].patient, pair[1].patient))


def perhaps_the_same(
    open_record: OpenRecord, number: int, patient: Patient
) -> PatientSummary | None:
    """Another entry that may be the same person: born on one day, with a similar name."""
    if patient.birth_date is None:
        return None
    with open_record() as work:
        born = work.find_patients(patient.birth_date.isoformat(), _LOOKED_AT)
    alike = (one for one in born if one.number != number)
    return next((one for one in alike if names_alike(one.patient, patient)), None)


def names_alike(one: Patient, two: Patient) -> bool:
    """Whether two names may be of one person: accents, case and order of the words apart, one holds
    the other's words, or most letters are the same."""
    words, others = _plain_words(one.name), _plain_words(two.name)
    if set(words) <= set(others) or set(others) <= set(words):
        return True
    return SequenceMatcher(None, " ".join(words), " ".join(others)).ratio() >= ALIKE


def _plain_words(name: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return sorted(plain.replace("-", " ").replace(",", " ").split())


# -------------------------------------------------------------------- an entry made by mistake
def remove_entry(open_record: OpenRecord, act: Act, number: int, reason: str) -> None:
    """Take an entry that was made by mistake out of every list, with the reason.

    It can be brought back. Raises NotFound, ChartError without a reason, and where anything of it
    is signed: what is signed has no removal.
    """
    reason = reason.strip()
    if not reason:
        raise ChartError(_("Please say why the entry was a mistake: the reason is kept."))
    with open_record(writing=True) as work:
        if work.has_signed(number):
            raise ChartError(_("A signed visit is in this chart; what is signed is not removed."))
        if work.merged_into(number):
            raise ChartError(_("Another entry was merged into this one. Part them first."))
        work.remove_patient(number, act, reason)
        work.commit()


def restore_entry(open_record: OpenRecord, act: Act, number: int) -> None:
    """Bring a removed entry back. Raises NotFound."""
    with open_record(writing=True) as work:
        work.restore_patient(number, act)
        work.commit()


def removed_entries(open_record: OpenRecord) -> tuple[PatientEntry, ...]:
    """What was removed, with the reasons, the newest first."""
    with open_record() as work:
        return work.removed_patients()


# -------------------------------------------------------------------- a visit on another's chart
def move_visit(
    open_record: OpenRecord,
    act: Act,
    visit_id: int,
    number: int,
    reason: str = "",
    suggest: Callable[[Case], Suggestion] | None = None,
    asks: Judge | None = None,
) -> int:
    """Put a visit that was charted on the wrong patient into the right one's open course; gives the
    course it was in.

    With it go what was typed into it, its papers and its letters; the rules answer both courses
    anew. Raises NotFound, SignedVisit for a signed one, ChartError where it is the patient's own.
    """
    with open_record(writing=True) as work:
        before = work.course_of_visit(visit_id)
        date = _unsigned_date(before, visit_id)
        if before.number == work_number(work, number):
            raise ChartError(_("This visit is this patient's already."))
        target = _open_course(work, act, number)
        work.move_visit(visit_id, target, act, reason.strip())
        for course_id in (before.id, target):
            _answer_anew(work, act, work.course(course_id), date, suggest, asks)
        work.commit()
    return before.id


def take_back(
    open_record: OpenRecord,
    act: Act,
    visit_id: int,
    course_id: int,
    suggest: Callable[[Case], Suggestion] | None = None,
    asks: Judge | None = None,
) -> None:
    """Put a moved visit back into the course it came from. Raises NotFound, SignedVisit."""
    with open_record(writing=True) as work:
        before = work.course_of_visit(visit_id)
        date = _unsigned_date(before, visit_id)
        work.move_visit(visit_id, course_id, act, _("taken back"))
        for course in (before.id, course_id):
            _answer_anew(work, act, work.course(course), date, suggest, asks)
        work.commit()


def work_number(work: UnitOfWork, number: int) -> int:
    """The number that stands for a patient whose entry may have been merged. Raises NotFound."""
    course = work.newest_course(number)
    return course.number if course is not None else number


def _unsigned_date(course: StoredCourse, visit_id: int) -> dt.date:
    visit = next(stored.visit for stored in course.visits if stored.id == visit_id)
    if visit.signed:
        raise SignedVisit(
            _("This visit is signed and stays where it is. Say in an addendum whose it is.")
        )
    return visit.date


def _open_course(work: UnitOfWork, act: Act, number: int) -> int:
    course = work.newest_course(number)
    if course is None or course.facts.is_closed:
        return work.add_course(number, new_facts(local_day(act)), act)
    return course.id


def _answer_anew(
    work: UnitOfWork,
    act: Act,
    course: StoredCourse,
    since: dt.date,
    suggest: Callable[[Case], Suggestion] | None,
    asks: Judge | None,
) -> None:
    """Let the rules answer the open visits that are read with other visits now."""
    for stored in course.visits:
        if suggest is not None and stored.visit.date >= since and not stored.visit.signed:
            work.keep_answer(stored.id, suggest(course.case_up_to(stored.id)).short, act)
    renew_standing(work, course, asks)


# -------------------------------------------------------------------- how long charts are kept
def past_retention(open_record: OpenRecord, today: dt.date, years: int) -> tuple[PatientEntry, ...]:
    """Patients who were last seen more than so many years ago, as a report: nothing is removed.

    How long a chart must be kept is for the clinic to know; the law differs from place to place.
    Raises ChartError for no years.
    """
    if not 1 <= years <= today.year - 1900:
        raise ChartError(_("The number of years is from 1 on."))
    # The last of February of a leap year counts from the first of March.
    leap = (today.month, today.day) == (2, 29)
    day = today.replace(year=today.year - years, **({"month": 3, "day": 1} if leap else {}))
    with open_record() as work:
        return work.unseen_since(day)
