"""The chart that is open: one patient's course, one of its visits, and how it is stored."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.errors import InvalidValue, NotFound, RecordUnavailable
from clinic_desktop.domain.signing import State, Validity
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.course.courses import (
    change_course,
    check_end,
    checked,
    course_of_visit,
    courses_of,
)
from clinic_desktop.services.course.words import visit_of
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.letter_drafts import letter_drafts_of
from clinic_desktop.services.record import (
    count_papers,
    kept_papers,
    open_chart,
    save_visit,
    start_visit,
)
from clinic_desktop.services.safety.verifying import check_course, check_visit
from clinic_desktop.services.stored import StoredCourse, StoredVisit
from clinic_desktop.services.visit.editing import VisitEditor
from clinic_desktop.services.words.dates import day_and_month
from clinic_desktop.services.words.translation import _
from ui.viewmodels.course import CourseModel
from ui.viewmodels.visit import VisitViewModel
from ui.work.worker import writer

from .rail import VisitEntry

if TYPE_CHECKING:
    from clinic_desktop.services.course.adherence import LastSheet

HANDOUT: Final = "handout"
"""Under which kind the record keeps a patient's sheet."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is told of a chart beside the visit on screen."""

    papers: dict[str, int]
    letters_begun: int
    courses: tuple[int, ...]
    """The ids of the patient's courses, oldest first."""
    validities: dict[int, Validity]


@dataclass(frozen=True, slots=True)
class OpenChart:
    """A visit on screen with everything that is told about it."""

    desk: Desk
    course: StoredCourse
    visit_id: int
    model: VisitViewModel
    about: CourseModel
    """What is said of the course, as it now stands on screen."""
    validities: dict[int, Validity]
    """What the visits' signatures are worth, by visit, as far as they were looked at: the one on
    screen when it was opened, the others in a quiet moment."""

    @property
    def validity(self) -> Validity:
        """What the signature of the visit on screen is worth."""
        return self.validities[self.visit_id]

    @property
    def validities_shown(self) -> tuple[Validity, ...]:
        """The same of each visit up to the one on screen, looked at once. Raises ChartError."""
        if len(self.validities) < len(self.course.visits):
            return self.validities_now()
        return tuple(self.validities[s.id] for s in self.course.visits[: self.ordinal])

    def validities_now(self) -> tuple[Validity, ...]:
        """The same anew, of each visit up to the one on screen. Raises ChartError."""
        return self.take_validities(writer().do(self._check))

    def _check(self) -> dict[int, Validity]:
        return check_course(self.desk.open_record, self.course.id, self.desk.clinic_id)

    def take_validities(self, found: dict[int, Validity]) -> tuple[Validity, ...]:
        """Take on what the signatures are worth. Raises NotFound."""
        self.validities.update(found)
        if any(stored.id not in found for stored in self.course.visits):
            # Moved to another patient since this page was opened.
            raise NotFound(_("This visit is not in this course any more."))
        return tuple(found[stored.id] for stored in self.course.visits[: self.ordinal])

    def look_around(self) -> Around:
        """What the rail tells beside the visit; slow where many visits are signed, and no hurry.
        Raises ChartError."""
        opened = self.desk.open_record
        return Around(
            count_papers(opened, self.course),
            len(letter_drafts_of(opened, self.visit_id)),
            tuple(course.id for course in courses_of(opened, self.number)),
            self._check(),
        )

    @property
    def pending(self) -> bool:
        """Whether something of the visit or its course is not acknowledged yet."""
        return self.model.editor.save_state.pending or self.about.pending

    def settle(self) -> None:
        """Have everything written that is not in the record yet, and wait until it is known what
        came of it; the window stays alive."""
        self.model.editor.try_saving()
        self.about.flush()
        writer().settle()

    @property
    def stored(self) -> StoredVisit:
        """The visit on screen as it stood in the record when it was opened."""
        return self.course.visits[self.ordinal - 1]

    @property
    def number(self) -> int:
        """The patient's number."""
        return self.course.number

    @property
    def patient(self) -> Patient:
        """Who the chart is about."""
        return self.course.patient

    @property
    def today(self) -> dt.date:
        """The day at this desk."""
        return self.desk.clock().astimezone().date()

    @property
    def ordinal(self) -> int:
        """1 for the first visit of the course."""
        return [stored.id for stored in self.course.visits].index(self.visit_id) + 1

    @property
    def visit_words(self) -> str:
        """Which visit it is: `visit 2 of 3`."""
        said = visit_of(self.ordinal, self.about.facts)
        closed = self.about.facts.is_closed
        return _("{visit}, course closed").format(visit=said) if closed else said

    def entries(self, today: dt.date) -> tuple[VisitEntry, ...]:
        """The course's visits for the rail."""
        return tuple(
            VisitEntry(
                stored.id,
                place,
                day_and_month(stored.visit.date),
                _state_word(stored, today, self.validities.get(stored.id)),
                stored.id == self.visit_id,
            )
            for place, stored in enumerate(self.course.visits, 1)
        )

    def last_sheet(self) -> LastSheet | None:
        """The sheet that the patient went home with before this visit, with its doses in the
        language of the window; None where there was none or the record does not answer now."""
        # Only here: the plan tab is built while nobody waits.
        from clinic_desktop.services.course.adherence import last_sheet

        if self.ordinal == 1:
            return None
        ids = [stored.id for stored in self.course.visits]
        try:
            kept = kept_papers(self.desk.open_record, self.course, HANDOUT)
            with_sheet = {ids.index(paper.visit_id) for paper in kept}
            case = self.model.editor.case
            return last_sheet(case, with_sheet, self.desk.suggest, self.desk.plan_library)
        except (InvalidValue, RecordUnavailable):
            return None

    def may_begin(self, today: dt.date) -> bool:
        """Whether there is no visit of today yet, and the course is open for one."""
        return not self.about.facts.is_closed and all(
            s.visit.date != today or s.visit.signed for s in self.course.visits
        )


def open_patient(desk: Desk, number: int, visit_id: int | None = None) -> OpenChart:
    """Open a patient's chart at a visit, else at the newest; a course without visits gets today's.

    Raises NotFound, RecordUnavailable.
    """
    return _chart(desk, *writer().do(lambda: _read(desk, number, visit_id)))


def open_today(desk: Desk, number: int, course_id: int | None = None) -> OpenChart:
    """Open today's visit of a patient, begun now where there is none yet, in the newest course
    where none is named.

    Raises NotFound, RecordUnavailable, ChartError for a closed course.
    """
    return _chart(desk, *writer().do(lambda: _begin(desk, number, course_id)))


_Read = tuple[StoredCourse, int, Validity, Suggestion]
"""A course, the visit to be shown, what its signature is worth, and what the rules say."""


def _read(desk: Desk, number: int, visit_id: int | None) -> _Read:
    if visit_id is not None:
        with suppress(NotFound):
            course = course_of_visit(desk.open_record, visit_id)
            if course.number == number:
                return _checked(desk, course, visit_id)
    course = open_chart(desk.open_record, desk.act(), number)
    if not course.visits:
        return _begin(desk, number, course.id)
    return _checked(desk, course, course.visits[-1].id)


def _begin(desk: Desk, number: int, course_id: int | None) -> _Read:
    if course_id is None:
        course_id = open_chart(desk.open_record, desk.act(), number).id
    today = desk.clock().astimezone().date()
    asks = desk.asks_what_follows
    visit_id = start_visit(desk.open_record, desk.act(), course_id, today, asks)
    return _checked(desk, course_of_visit(desk.open_record, visit_id), visit_id)


def _checked(desk: Desk, course: StoredCourse, visit_id: int) -> _Read:
    found = check_visit(desk.open_record, course, visit_id, desk.clinic_id)
    # Here and not in the window's thread: a long course takes the rules their time.
    return course, visit_id, found, desk.suggest(course.case_up_to(visit_id))


def _chart(
    desk: Desk, course: StoredCourse, visit_id: int, found: Validity, answer: Suggestion
) -> OpenChart:
    def save(before: Visit, after: Visit, answer: Suggestion | None) -> dt.datetime:
        short = answer.short if answer is not None else None
        asks = desk.asks_what_follows
        return save_visit(desk.open_record, desk.act(), visit_id, before, after, short, asks)

    def keep(facts: CourseFacts) -> None:
        change_course(desk.open_record, desk.act(), course.id, facts)

    def check(facts: CourseFacts) -> None:
        check_end(course, checked(facts))

    run = writer().run
    case = course.case_up_to(visit_id)
    editor = VisitEditor(case, desk.suggest, save, run=run, answer=answer)
    model = VisitViewModel(editor, desk.catalogue, desk.text)
    model.bands = desk.retest_bands
    about = CourseModel(course.facts, keep, check, run)
    about.changed.connect(lambda: editor.about_course(about.facts))
    # Also where somebody took the mark away and left the signature.
    model.set_locked(found.locked)
    return OpenChart(desk, course, visit_id, model, about, {visit_id: found})


def _state_word(stored: StoredVisit, today: dt.date, found: Validity | None) -> str:
    visit = stored.visit
    if found is not None and found.state is State.NOT_VALID:
        return _("NOT VALID")
    if visit.signed:
        return _("signed") if stored.signed_here else _("elsewhere")
    return _("today") if visit.date == today else _("open")
