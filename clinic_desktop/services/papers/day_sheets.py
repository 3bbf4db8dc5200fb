"""All sheets of a day: which are to be printed, which are left out and why, and the making of them
in a process of its own."""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Final

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services import progress
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import note_paper, open_chart, speak_to, visits_on
from clinic_desktop.services.traces import fault_report
from clinic_desktop.services.traces import install as install_traces
from clinic_desktop.services.visit.chart_texts import fields_of
from clinic_desktop.services.whole_files import hand_out
from clinic_desktop.services.words.translation import _, in_use, install

from .file_copies import CopyMaker, Render, keep_with_copy
from .handouts import SheetLook, make_handout, sheet_language
from .kinds import HANDOUT
from .open_places import open_on_paper, unfilled_words
from .text_sizes import size_for

READY: Final = "ready"
A_LOOK: Final = 0.1
"""Seconds after which it is looked whether it is to be stopped."""
NO_LOOKS: Final[Mapping[int, SheetLook]] = MappingProxyType({})
"""Nobody chose how a sheet looks."""
STOP_SECONDS: Final = 5.0
"""How long a cancelled process may take to end by itself before it is ended."""


@dataclass(frozen=True, slots=True)
class DaySheet:
    """One sheet to be made."""

    number: int
    """The patient's number."""
    visit_id: int
    content: Handout
    copy: CopyMaker | None = None
    """For the file copy, where the sheet is in another language than the clinician's."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit of the day without a sheet."""

    number: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """What came back for one sheet: its bytes, or why there are none."""

    place: int
    """In the list that was asked for, from 0."""
    content: bytes = b""
    copy: bytes = b""
    """The file copy; empty where none is needed."""
    problem: str = ""


def sheets_of_day(
    desk: Desk, day: dt.date, looks: Mapping[int, SheetLook] = NO_LOOKS
) -> tuple[tuple[DaySheet, ...], tuple[LeftOut, ...]]:
    """The sheets of a day's visits, and the visits that are left out. `looks` are those that were
    chosen, by visit: a sheet is in the language and size in which it was seen.

    A visit without a plan of its own is left out, and so is everything that may not be printed: an
    open red flag, an unfinished screen, items that wait. Raises RecordUnavailable.
    """
    sheets: list[DaySheet] = []
    left_out: list[LeftOut] = []
    for found in visits_on(desk.open_record, day):
        name = found.patient.name
        try:
            look = looks.get(found.visit_id)
            sheets.append(_sheet(desk, found.number, found.visit_id, look))
        except ChartError as problem:
            left_out.append(LeftOut(found.number, name, str(problem)))
    return tuple(sheets), tuple(left_out)


def _sheet(desk: Desk, number: int, visit_id: int, look: SheetLook | None) -> DaySheet:
    course = open_chart(desk.open_record, desk.act(), number)
    if visit_id not in {stored.id for stored in course.visits}:
        raise ChartError(_("This visit belongs to an earlier course of care."))
    case = course.case_up_to(visit_id)
    suggestion = desk.suggest(case)
    if not case.last.plan and suggestion.status != "red_flag":
        raise ChartError(_("No plan was chosen."))
    asked, usual = look.language if look else None, desk.plan_library.language
    library = desk.library_in(sheet_language(case.patient, asked, usual))
    size = look.text_size if look else size_for(desk, course)
    content = make_handout(case, suggestion, library, desk.clinic, desk.who, number, text_size=size)
    written = fields_of(case.last, desk.catalogue, desk.text, desk.plan_library)
    unfilled = unfilled_words(open_on_paper(content, written))
    if unfilled:
        # Nobody looks at these before they are handed out.
        raise ChartError(unfilled)
    if library.language == desk.plan_library.language:
        return DaySheet(number, visit_id, content)
    same = make_handout(case, suggestion, desk.plan_library, desk.clinic, desk.who, number)
    return DaySheet(number, visit_id, content, CopyMaker(same, library.language))


@dataclass(frozen=True, slots=True)
class SheetsWritten:
    """What came of all sheets of a day."""

    written: int
    of: int
    left_out: tuple[LeftOut, ...]
    cancelled: bool = False
    """Whether it was stopped; what is written by then is whole, and kept."""


def write_sheets_of_day(
    desk: Desk,
    day: dt.date,
    folder: Path,
    paper: str,
    looks: Mapping[int, SheetLook] = NO_LOOKS,
) -> SheetsWritten:
    """Make the sheets of a day's visits in a process of its own, write each into a folder and keep
    it. Tells how far it is, and can be stopped between two sheets.

    Raises RecordUnavailable, and ChartError where the process ended early.
    """
    sheets, left_out = sheets_of_day(desk, day, looks)
    missing, written = list(left_out), 0
    if not sheets:
        return SheetsWritten(0, 0, left_out)
    process = SheetProcess(desk.render_handout, sheets, paper)
    process.start()
    try:
        while not process.done:
            progress.step(written + len(missing) - len(left_out), len(sheets))
            made = process.next_made(A_LOOK)
            if made is None:
                continue
            problem = made.problem or _written(desk, sheets[made.place], made, folder)
            written += not problem
            if problem:
                sheet = sheets[made.place]
                missing.append(LeftOut(sheet.number, sheet.content.patient, problem))
    except progress.Cancelled:
        return SheetsWritten(written, len(sheets), tuple(missing), cancelled=True)
    finally:
        process.stop()
    return SheetsWritten(written, len(sheets), tuple(missing))


def _written(desk: Desk, sheet: DaySheet, made: Made, folder: Path) -> str:
    """Write a sheet and keep it, like every paper that leaves the house; gives in words why that
    could not be."""
    day = sheet.content.date.isoformat()
    path = folder / f"home-plan-{sheet.number:06d}-{day}.pdf"
    try:
        note_paper(desk.open_record, desk.act(), sheet.visit_id, HANDOUT, Deed.PAPER_SAVED)
        hand_out(path, made.content)
        keep_day_sheet(desk, sheet, made)
        speak_to(desk.open_record, desk.act(), sheet.number, sheet.content.language)
    except ChartError as problem:
        return str(problem)
    return ""


def keep_day_sheet(desk: Desk, sheet: DaySheet, made: Made) -> int:
    """Keep a sheet of the day that was made, with its file copy, and give its id. The same bytes
    again are no second paper. Raises NotFound, RecordUnavailable."""
    return keep_with_copy(desk.open_record, desk.act(), sheet.visit_id, made.content, made.copy)


class SheetProcess:
    """Makes sheets one after the other in a process that holds nothing but them.

    It neither opens the record nor writes files: what is made comes back as bytes. It is given one
    sheet at a time, when it asks for it: a pipe that nobody reads from would hold the window up.
    """

    def __init__(self, render: Render, sheets: Sequence[DaySheet], paper: str) -> None:
        """`render` is a function of a module, so that the process finds it by its name."""
        # Spawn: a copy of this process would take over its window and its open record.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        what = (theirs, render, paper, in_use())
        self._process = context.Process(target=_make_all, args=what, daemon=True)
        self._theirs: Connection | None = theirs
        self._sheets = tuple(sheets)
        self._sent = 0
        self._left = len(self._sheets)

    def start(self) -> None:
        """Begin."""
        self._process.start()
        # Only the other side holds it open from now on: its end is then noticed here.
        if self._theirs is not None:
            self._theirs.close()
            self._theirs = None

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self._left == 0

    def next_made(self, seconds: float = 0.0) -> Made | None:
        """The next sheet that is ready, None where none is within the time.

        Raises ChartError where the process ended before its work was done.
        """
        try:
            if self.done or not self._ours.poll(seconds):
                return None
            made = self._ours.recv()
            self._send_next()
        except (EOFError, OSError):
            self._left = 0
            raise ChartError(_("Making the sheets ended early; please try again.")) from None
        if not isinstance(made, Made):
            return None  # it only said that it is there
        self._left -= 1
        return made

    def _send_next(self) -> None:
        if self._sent < len(self._sheets):
            self._ours.send((self._sent, self._sheets[self._sent]))
            self._sent += 1

    def stop(self) -> None:
        """End it, whether its work is done or not; sheets that did not come back are not made."""
        self._left = 0
        self._ours.close()
        if self._theirs is not None:
            self._theirs.close()
        if self._process.pid is None:
            return
        if self._process.is_alive():
            self._process.terminate()
        self._process.join(STOP_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def _make_all(ours: Connection, render: Render, paper: str, language: str) -> None:
    """What the process does, until nobody asks any more; it says why not in a language."""
    install_traces()
    install(language)
    # Who asked may have gone or cancelled: then nobody wants the rest.
    with suppress(EOFError, OSError):
        ours.send(READY)
        while True:
            place, sheet = ours.recv()
            try:
                content = render(sheet.content, paper)
                copy = sheet.copy.render(render, content, paper) if sheet.copy else b""
                made = Made(place, content, copy)
            except ChartError as problem:
                made = Made(place, problem=str(problem))
            except Exception as fault:  # its text may name a patient, and would be printed
                logging.getLogger(__name__).error(
                    "a sheet could not be made\n%s", fault_report(type(fault), fault.__traceback__)
                )
                said = _("Something went wrong in the program ({kind}).")
                made = Made(place, problem=said.format(kind=type(fault).__name__))
            ours.send(made)
