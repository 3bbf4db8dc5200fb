"""A clinic to look around in: invented runners in a folder of their own, made and removed whole."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import resources
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Visit
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.course.courses import begin_course, close_course
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.handouts import make_handout
from clinic_desktop.services.papers.kinds import HANDOUT
from clinic_desktop.services.record import keep_document, register_patient, save_visit, start_visit
from clinic_desktop.services.visit.signing import Pen, sign_visit
from clinic_desktop.services.whole_files import reason_of
from clinic_desktop.services.words.translation import _

from .sample_folder import LOGIN, PASSPHRASE, SAMPLE_FOLDER
from .settings import SAMPLE
from .settings_writing import write_settings

CASES: Final = ("finn", "cleo", "ada", "dan", "eve", "ben")
"""The files of the runners, in the order in which they came."""
WRITTEN_FOR: Final = dt.date(2026, 3, 23)
"""What is today in the files; all their dates move with it."""
NEXT_VISIT: Final = Key("plan.next_visit")
_MORNING: Final = dt.time(10, 42)


@dataclass(slots=True)
class _Course:
    """A runner of the sample, as far as they have been charted."""

    case: Case
    number: int = 0
    course: int = 0


def sample_cases(desk: Desk, today: dt.date) -> tuple[Case, ...]:
    """The invented runners, as if they had come in the weeks before a day."""
    files = (resources.data(f"sample/{name}.json") for name in CASES)
    known = desk.plan_library.items
    return tuple(moved(read_case(file, desk.catalogue, known), today) for file in files)


def moved(case: Case, today: dt.date) -> Case:
    """A case with its dates as far from today as in its file they are from `WRITTEN_FOR`."""
    by = today - WRITTEN_FOR
    facts = case.course
    return replace(
        case,
        visits=tuple(_moved_visit(visit, by) for visit in case.visits),
        course=replace(
            facts,
            opened=facts.opened + by if facts.opened else None,
            closing=replace(facts.closing, on=facts.closing.on + by) if facts.closing else None,
        ),
    )


def _moved_visit(visit: Visit, by: dt.timedelta) -> Visit:
    following = visit.findings.get(NEXT_VISIT)
    if isinstance(following, str):
        coming = dt.date.fromisoformat(following) + by
        visit = visit.charted(NEXT_VISIT, coming.isoformat())
    return replace(visit, date=visit.date + by)


def make_sample(
    folder: Path,
    front_door: Callable[[Path], FrontDoor],
    desk_of: Callable[[Session, Path], Desk],
) -> None:
    """Make the sample clinic in a folder. It is made beside it and moved there whole: where that is
    not done, or another was quicker, nothing of it stays.

    Raises ChartError, RecordUnavailable.
    """
    make_folder_for(folder)
    with tempfile.TemporaryDirectory(prefix="sample-", dir=folder.parent) as scratch:
        made = Path(scratch) / SAMPLE_FOLDER
        door = front_door(made)
        clinic = Clinic(_("Sample clinic"), "555 0100", _("1 Example Street"))
        session = door.make_clinic(clinic, NewUser(LOGIN, _("Sam Sample"), "PT"), PASSPHRASE)
        try:
            write_settings(made, {"clinic": {SAMPLE: True}})
            _chart_all(desk_of(session, made), door.now())
        finally:
            session.lock()
        try:
            made.rename(folder)
        except OSError as problem:
            if not folder.exists():
                raise ChartError(f"{folder.name}: {reason_of(problem)}") from None


def make_folder_for(folder: Path) -> None:
    """Make the folder that a sample's folder stands in. Raises ChartError."""
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise ChartError(f"{folder.parent.name}: {reason_of(problem)}") from None


# ---------------------------------------------------------------------- charting
def _chart_all(desk: Desk, now: dt.datetime) -> None:
    """Chart every visit on its own day, in the order of the days: as the record would have it."""
    assert desk.signer is not None
    assert desk.user is not None
    pen = Pen(desk.user, desk.signer(PASSPHRASE), desk.clinic_id)
    courses = [_Course(case) for case in sample_cases(desk, now.astimezone().date())]
    for course in sorted(courses, key=lambda course: course.case.visits[0].date):
        _enter(desk, course, now)
    for course, place in _by_day(courses):
        _chart(desk, course, place, pen, now)
    for course in courses:
        closing = course.case.course.closing
        if closing is not None:
            act = _act(desk, closing.on, now)
            close_course(desk.open_record, act, course.course, closing.outcome, closing.note)


def _by_day(courses: list[_Course]) -> Iterator[tuple[_Course, int]]:
    every = [(course, place) for course in courses for place in range(len(course.case.visits))]
    return iter(sorted(every, key=lambda one: one[0].case.visits[one[1]].date))


def _act(desk: Desk, day: dt.date, now: dt.datetime) -> Act:
    """What is done on a day's morning, and never later than now."""
    return Act(desk.who, min(now, dt.datetime.combine(day, _MORNING).astimezone()))


def _enter(desk: Desk, course: _Course, now: dt.datetime) -> None:
    case = course.case
    act = _act(desk, case.visits[0].date, now)
    course.number = register_patient(desk.open_record, act, case.patient)
    facts = replace(case.course, closing=None)
    course.course = begin_course(desk.open_record, act, course.number, facts)


def _chart(desk: Desk, course: _Course, place: int, pen: Pen, now: dt.datetime) -> None:
    """One visit: begun, charted, its sheet kept where there is a plan, signed where it was."""
    visit = course.case.visits[place]
    act, asks = _act(desk, visit.date, now), desk.asks_what_follows
    visit_id = start_visit(desk.open_record, act, course.course, visit.date, asks)
    begun = Visit(visit.date, signed=False)
    charted = replace(visit, signed=False)
    case = replace(course.case, visits=(*course.case.visits[:place], charted))
    suggestion = desk.suggest(case)
    answer = suggestion.short
    save_visit(desk.open_record, act, visit_id, begun, charted, answer, asks)
    if not visit.signed:
        return
    if visit.plan:
        sheet = make_handout(
            case, suggestion, desk.plan_library, desk.clinic, desk.who, course.number
        )
        content = desk.render_handout(sheet, "a4")
        keep_document(desk.open_record, act, visit_id, HANDOUT, content)
    sign_visit(desk.open_record, act, pen, visit_id, charted, answer)
