"""The papers of the visit that is open: made, kept in the record, named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.papers import Paper
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.services.papers.file_copies import CopyMaker, keep_with_copy
from clinic_desktop.services.papers.handouts import SheetLook, make_handout, sheet_language
from clinic_desktop.services.papers.kinds import HANDOUT
from clinic_desktop.services.papers.open_places import OpenPlace, Written, open_on_paper
from clinic_desktop.services.papers.parts import PaperSource
from clinic_desktop.services.record import keep_once, note_paper
from clinic_desktop.services.visit.chart_texts import fields_of_course
from clinic_desktop.services.whole_files import hand_out
from ui.forms.next_visit import next_visit_of
from ui.visit.chart import OpenChart
from ui.work.worker import writer

KIND: Final = HANDOUT


@dataclass(frozen=True, slots=True)
class Sheet:
    """The very bytes that are shown, saved, printed and kept."""

    content: bytes
    paper: str
    copied: Callable[[bytes], bytes] | None = None
    """Makes the file copy of these bytes, where they are in another language than the clinician's.
    """
    places: tuple[OpenPlace, ...] = ()
    """What a phrase leaves to fill in on it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A paper with everything that is needed to draw it: nothing in it changes any more."""

    render: Callable[[], bytes]
    paper: str
    copied: Callable[[bytes], bytes] | None = None
    places: tuple[OpenPlace, ...] = ()
    """Both as in `Sheet`."""

    def made(self) -> Sheet:
        """Draw it; may run in a thread of its own. Raises ChartError."""
        return Sheet(self.render(), self.paper, self.copied, self.places)


def handout_of(chart: OpenChart, look: SheetLook) -> Handout:
    """The home plan of the visit as it stands on screen, in the language of the look, else in
    the patient's.

    Raises Withheld and InvalidValue, each with its reason.
    """
    desk, editor = chart.desk, chart.model.editor
    return make_handout(
        editor.case,
        editor.suggestion,
        desk.library_in(look.language or language_of(chart)),
        desk.clinic,
        desk.who,
        chart.number,
        next_visit_of(chart.model),
        look.text_size,
    )


def language_of(chart: OpenChart) -> str:
    """The language of a patient's sheet where nobody chose one: the patient's where it is known,
    else the window's."""
    return sheet_language(chart.patient, usual=chart.desk.plan_library.language)


def sheet_job(chart: OpenChart, content: Handout, paper: str) -> Job:
    """The patient's sheet, ready to be drawn, and its file copy where there is one."""
    render, copied = chart.desk.render_handout, None
    if copy_language(chart, content) is not None:
        look = SheetLook(paper, chart.desk.plan_library.language)
        maker = CopyMaker(handout_of(chart, look), content.language)
        copied = partial(maker.render, render, paper=paper)
    places = open_on_paper(content, _fields(chart))
    return Job(partial(render, content, paper), paper, copied, places)


def copy_language(chart: OpenChart, content: Handout) -> str | None:
    """The name of the clinician's language, where the patient's sheet is in another one."""
    library = chart.desk.plan_library
    if content.language == library.language:
        return None
    return library.sheet.languages[LANGUAGES.index(library.language)]


def paper_job(chart: OpenChart, content: Paper, paper: str, written: Iterable[Written] = ()) -> Job:
    """One of the clinician's papers, ready to be drawn; `written` are texts of its own."""
    places = open_on_paper(content, (*written, *_fields(chart)))
    return Job(partial(chart.desk.render_paper, content, paper), paper, places=places)


def _fields(chart: OpenChart) -> Iterator[Written]:
    """What is written in the course; a signed visit cannot be filled in any more."""
    editor, desk = chart.model.editor, chart.desk
    for one in fields_of_course(editor.case, desk.catalogue, desk.text, desk.plan_library):
        yield replace(one, at="") if chart.model.locked else one


def paper_source(chart: OpenChart) -> PaperSource:
    """What the clinician's papers are made with."""
    desk = chart.desk
    return PaperSource(
        desk.catalogue,
        desk.text,
        desk.plan_library,
        desk.retest_bands(),
        desk.clinic,
        desk.who,
        chart.number,
    )


# ---------------------------------------------------------------------- leaving the house
def note_leaving(chart: OpenChart, deed: Deed, kind: str = KIND, reason: str = "") -> None:
    """Enter that a paper is printed or saved, before it is. Raises Refused."""
    desk = chart.desk
    writer().do(
        lambda: note_paper(desk.open_record, desk.act(), chart.visit_id, kind, deed, reason)
    )


def keep_sheet(chart: OpenChart, sheet: Sheet, kind: str = KIND) -> int:
    """Keep a paper that leaves the house in the record, with its file copy; gives its id.

    The same bytes again are no second paper.
    """
    desk = chart.desk

    def keep() -> int:
        opened, act, visit_id = desk.open_record, desk.act(), chart.visit_id
        if sheet.copied is not None:
            copy = sheet.copied(sheet.content)
            return keep_with_copy(opened, act, visit_id, sheet.content, copy)
        return keep_once(opened, act, visit_id, kind, sheet.content)

    return writer().do(keep)


def save_sheet(chart: OpenChart, sheet: Sheet, path: Path, kind: str = KIND) -> None:
    """Write a paper to a file and keep it in the record.

    Raises ChartError where the file cannot be written, RecordUnavailable where it cannot be kept.
    """
    write_sheet(sheet, path)
    keep_sheet(chart, sheet, kind)


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write a paper to a file. Raises ChartError."""
    writer().do(lambda: hand_out(path, sheet.content))


def proposed_name(chart: OpenChart, word: str = "home-plan") -> str:
    """A file name without the patient's name: number and date of the visit."""
    return f"{word}-{chart.number:06d}-{chart.model.visit.date.isoformat()}.pdf"
