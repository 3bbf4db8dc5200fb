"""The patient's own copy of the chart: every course as a case file, and what is read on paper."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services import progress
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.stored import StoredCourse
from clinic_desktop.services.visit.chart_texts import fields_of_course
from clinic_desktop.services.whole_files import hand_out, reason_of
from clinic_desktop.services.words.translation import _

from .course_reports import make_course_report
from .open_places import OpenPlace, open_in, unfilled_words
from .parts import PaperSource
from .visit_notes import make_visit_note


@dataclass(frozen=True, slots=True)
class CopyFile:
    """One file of the copy; its name holds numbers and days, and nobody's name."""

    name: str
    content: bytes
    of_visit: bool = False
    """Whether it is the note of a visit, by which it is told how far the copy is."""
    places: tuple[OpenPlace, ...] = ()
    """What phrases leave to fill in in a course; told with its report."""


def make_own_copy(desk: Desk, number: int, paper: str = "a4") -> tuple[CopyFile, ...]:
    """All files of a patient's own copy: for each course the case file, the course report and the
    note of each visit, and the papers that were kept. It stands in the audit trail before it is
    handed out.

    Raises NotFound, ChartError where there is no visit or a paper cannot be printed.
    """
    with desk.open_record() as work:
        courses = [course for course in work.courses(number) if course.visits]
    if not courses:
        raise ChartError(_("This patient has no visit yet."))
    visits = sum(len(course.visits) for course in courses)
    files: list[CopyFile] = []
    for place, course in enumerate(courses, start=1):
        for file in _course_files(desk, course, place, paper):
            files.append(file)
            progress.step(sum(one.of_visit for one in files), visits)
    last = courses[-1].visits[-1].id
    with desk.open_record(writing=True) as work:
        reason = _("the patient's own copy")
        work.note_act(Deed.CHART_EXPORTED, desk.act(), number=number, visit_id=last, reason=reason)
        work.commit()
    return tuple(files)


def write_own_copy(files: Sequence[CopyFile], place: Path, number: int) -> Path:
    """Write the files into a new folder of their own in a place, and give it. Raises ChartError;
    then, and where it is stopped, there is none.

    The folder bears the patient's number; where there is one of that name it is not touched.
    """
    folder = place / f"copy-{number:06d}"
    try:
        folder.mkdir(mode=0o700)
    except OSError as problem:
        raise ChartError(f"{folder.name}: {reason_of(problem)}") from None
    try:
        for done, file in enumerate(files):
            progress.step(done, len(files))
            hand_out(folder / file.name, file.content)
    except BaseException:  # half a copy looks like a whole one, whatever it was
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def unfilled_in(files: Sequence[CopyFile]) -> str:
    """What is still to fill in in a copy, in a sentence; blank where nothing is."""
    return unfilled_words(place for file in files for place in file.places)


def _course_files(desk: Desk, course: StoredCourse, place: int, paper: str) -> Iterator[CopyFile]:
    source = PaperSource(
        desk.catalogue,
        desk.text,
        desk.plan_library,
        desk.retest_bands(),
        desk.clinic,
        desk.who,
        course.number,
    )
    checked = check_course(desk.open_record, course.id, desk.clinic_id)
    found = tuple(checked[stored.id] for stored in course.visits)
    whole = course.case_up_to(course.visits[-1].id)
    yield CopyFile(f"course-{place}.json", write_case(whole, found))
    report = make_course_report(whole, desk.suggest(whole), source, found)
    places = open_in(fields_of_course(whole, desk.catalogue, desk.text))
    yield CopyFile(f"course-{place}-report.pdf", desk.render_paper(report, paper), places=places)
    for nth, stored in enumerate(course.visits, start=1):
        case = course.case_up_to(stored.id)
        note = make_visit_note(case, desk.suggest(case), source, checked[stored.id])
        name = f"course-{place}-visit-{nth}-{stored.visit.date.isoformat()}"
        yield CopyFile(f"{name}-note.pdf", desk.render_paper(note, paper), of_visit=True)
        yield from _kept(desk, stored.id, name)


def _kept(desk: Desk, visit_id: int, name: str) -> Iterator[CopyFile]:
    """The papers that left the house, the very bytes. Raises ChartError for a damaged one."""
    with desk.open_record() as work:
        for nth, document in enumerate(work.documents(visit_id), start=1):
            content = work.document_content(document.id)
            if hashlib.sha256(content).hexdigest() != document.sha256:
                raise ChartError(_("This paper is damaged in the record and is not shown."))
            yield CopyFile(f"{name}-kept-{nth}-{document.kind}.pdf", content)
