"""A paper before it leaves the house: what can be changed on the left, the very pages beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.clinic_settings import remember_papers
from clinic_desktop.services.papers.open_places import OpenPlace, unfilled_words
from clinic_desktop.services.record import kept_papers, paper_content
from clinic_desktop.services.stored import KeptPaper
from clinic_desktop.services.whole_files import CannotWrite
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, ngettext
from ui.tokens import BANNER, INSET, RING
from ui.visit.chart import OpenChart
from ui.widgets.announcing import announce
from ui.widgets.buttons import Look, button_for
from ui.widgets.dates import time_text
from ui.widgets.labels import Ground, Label
from ui.widgets.scrolling import SlimScrollArea

from .choices import PaperChoice
from .identity import Identity
from .kept_list import KeptList
from .page_maker import Drawn, PageMaker, draw, drawn, paper_maker
from .page_view import PageView
from .pdf_pages import paper_of
from .printing import print_pages
from .sheet import Job, Sheet, keep_sheet, note_leaving, proposed_name, save_sheet, write_sheet
from .unfilled import Unfilled
from .withheld import Withheld, withheld_title

PAUSE_MS: Final = 300
"""A pause this long in typing, and the pages are made anew."""
SIDE, NARROW_SIDE = 392, 344
WIDE_FROM: Final = 1200
"""Window width from which on the left column is at its full width."""


class PaperPreview(QWidget):
    """Shows, saves and prints one paper of the visit; what leaves is kept in the record.

    Subclasses say what the paper is (`job`), and put what can be changed into `column`.
    """

    closed = Signal()
    kept_changed = Signal()
    """A paper was kept."""
    place_asked = Signal(str)
    """What a phrase left open is to be filled in where it stands, as in `OpenPlace.at`; not here.
    """
    also_kept: tuple[str, ...] = ()
    """Further kinds of papers among those that are listed as kept."""

    def __init__(
        self, chart: OpenChart, title: str, kind: str, file_word: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.chart = chart
        self._title, self._kind, self._word = title, kind, file_word
        self.sheet: Sheet | None = None
        self.kept: KeptPaper | None = None
        """The kept paper on screen; None while it is the one that is being made."""
        self.paper = PaperChoice(self)
        self.paper.show_value(chart.desk.paper_habits.now.paper)
        self.paper.edited.connect(lambda _paper: self.refresh_now())
        made = partial(button_for, parent=self)
        self.save = made(f"save_{kind}", _("Save as…"), self._ask_where)
        self.print = made(f"print_{kind}", _("Print"), self._ask_printer, Look.SOLID)
        self.back = made("back", _("Back"), self.closed.emit).with_icon("back")
        self.present = made("present", _("Back to this visit's"), self.show_present)
        self.note = Label(tone="ink2", parent=self)
        self.note.setWordWrap(True)
        self.papers = KeptList(f"kept_{kind}", self)
        self.papers.opened.connect(self.show_kept)
        self.unfilled = Unfilled(self)
        self.unfilled.asked.connect(self.go_to_place)
        self._noticed: tuple[OpenPlace, ...] = ()
        """What is open on the paper, and was told before it was to leave."""
        self.column = QVBoxLayout()
        self.column.addWidget(self.unfilled)
        self._pages = PageView(self)
        self._maker = PageMaker(self)
        self._maker.made.connect(self._on_made)
        self._maker.failed.connect(self._show_withheld)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        self._arrange()
        self.present.hide()

    def _arrange(self) -> None:
        self._side = SlimScrollArea(parent=self)
        ground = Ground("surface")
        ground.setLayout(self.column)
        self.column.setContentsMargins(INSET, INSET, INSET, INSET)
        self.column.setSpacing(12)
        self._side.setWidget(ground)
        self._withheld = Withheld(self)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._side)
        edge = Ground("line", self)  # where high contrast makes all grounds one
        edge.setFixedWidth(1)
        body.addWidget(edge)
        body.addWidget(self._withheld, 1)
        body.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addLayout(body, 1)

    def _head(self) -> QWidget:
        head = Ground("surface", self, Qt.Edge.BottomEdge)
        head.setFixedHeight(BANNER)
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, INSET - RING, 0)
        line.setSpacing(8)
        line.addWidget(Identity(self.chart, self._title, head), 3)
        line.addWidget(self.note, 2)
        for widget in (self.present, self.back, self.save, self.print):
            line.addWidget(widget)
        return head

    def take_focus(self) -> None:
        """Give the keyboard to what is to be done next."""
        (self.print if self.sheet else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ for subclasses
    def job(self) -> Job:
        """The paper as it now stands. Raises ChartError with the reason where there is none."""
        raise NotImplementedError

    def flush(self) -> None:
        """Hand on text that is still being typed."""

    def go_to_place(self, at: str) -> None:
        """Give the keyboard to the field in which something is still to fill in."""
        field = self.findChild(QWidget, at)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.place_asked.emit(at)

    def remark(self) -> str:
        """What is to be known of the paper on screen."""
        count = len(self._pages.pages.images)
        return "" if count == 1 else ngettext("{n} page", "{n} pages", count).format(n=count)

    def kept_beside(self) -> str:
        """What is kept beside the paper, as a further sentence after a space."""
        return ""

    # ------------------------------------------------------------------ making
    def make(self) -> None:
        """Make the paper at once as the visit stands, or say why there is none."""
        self.flush()
        self._pause.stop()
        self._maker.drop()
        self._to_present()
        try:
            job = self.job()
            made = paper_maker().do(lambda: draw(job))
        except ChartError as problem:
            self._show_withheld(str(problem))
        else:
            self._on_made(made)

    def refresh(self) -> None:
        """Make the paper anew as soon as typing pauses; nobody waits for it."""
        self._pause.start()

    def refresh_now(self) -> None:
        """Make the paper anew without waiting for a pause, and without anybody waiting for it."""
        self._pause.stop()
        self._begin()

    @property
    def is_behind(self) -> bool:
        """Whether what is on screen is not yet what was typed."""
        return self._pause.isActive() or self._maker.busy

    def settle(self) -> None:
        """Bring what is on screen up to what was typed, at once."""
        if self.kept is None:
            self.flush()
            if self.is_behind:
                self.make()

    def _begin(self) -> None:
        self.flush()
        self._pause.stop()
        self._to_present()
        try:
            job = self.job()
        except ChartError as problem:
            self._maker.drop()
            self._show_withheld(str(problem))
        else:
            self._maker.start(job)

    def _on_made(self, made: Drawn) -> None:
        if self.kept is None:
            self._show(made)
            self.say(self.remark())

    def _show(self, made: Drawn) -> None:
        self.sheet = made.sheet
        self.unfilled.show_places(made.sheet.places)
        self._withheld.hide()
        self._pages.show()
        self.save.setEnabled(True)
        self.print.setEnabled(True)
        self._pages.show_pages(made.images)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(made.words)

    def _show_withheld(self, reason: str) -> None:
        self.sheet = None
        self.unfilled.show_places(())
        self._withheld.show_reason(reason, bool(self.chart.model.suggestion.red_flags))
        self.setAccessibleName(withheld_title())
        self.setAccessibleDescription(reason)
        self._withheld.show()
        self._pages.hide()
        self.say("")
        self.save.setEnabled(False)
        self.print.setEnabled(False)

    def text(self) -> str:
        """The words of the paper, or why there is none."""
        return self.accessibleDescription()

    # ------------------------------------------------------------------ kept papers
    def show_papers(self) -> None:
        """List what the record keeps of this kind."""
        desk = self.chart.desk
        try:
            kinds = (self._kind, *self.also_kept)
            self.papers.show_papers(kept_papers(desk.open_record, self.chart.course, *kinds))
        except ChartError as problem:
            self.say(str(problem), bad=True)

    def show_kept(self, paper: KeptPaper) -> None:
        """Show a paper as it was printed then."""
        self.flush()
        self._pause.stop()
        self._maker.drop()
        try:
            content = paper_content(self.chart.desk.open_record, paper.document)
        except ChartError as problem:
            self.say(str(problem), bad=True)
            return
        self.kept = paper
        self._show(paper_maker().do(lambda: drawn(Sheet(content, paper_of(content)))))
        at = paper.document.made_at
        said = _("Kept on {day} at {time}: printed again, the bytes are the same.")
        day = date_words(at.astimezone().date())
        self.say(said.format(day=day, time=time_text(at)))
        self.present.show()

    def carried(self) -> object:
        """The kept paper on screen, if one is."""
        return self.kept

    def take_carried(self, kept: object) -> None:
        """Show the same kept paper."""
        if isinstance(kept, KeptPaper):
            self.show_kept(kept)

    def show_present(self) -> None:
        """Go back from a kept paper to the one that is being made."""
        self.make()

    def _to_present(self) -> None:
        self.kept = None
        self.present.hide()
        self.papers.choose_none()

    # ------------------------------------------------------------------ leaving the house
    def may_leave(self) -> bool:
        """Whether all that is still to fill in was told; else it is told now, once for the same."""
        self.settle()
        places = self.unfilled.places
        if places == self._noticed:
            return True
        self._noticed = places
        if places:
            said = _("{open} Once more lets it go as it stands.")
            self.say(said.format(open=unfilled_words(places)), bad=True)
            announce(self, self.note.text())
        return not places

    def _ask_where(self) -> None:
        if not self.may_leave():
            return
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(places)
        proposed = str(Path(folder) / proposed_name(self.chart, self._word))
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as"), proposed, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the paper to a file, keep it in the record, and say so."""
        self.settle()
        if self.sheet is None:
            return
        try:
            note_leaving(self.chart, Deed.PAPER_SAVED, self._kind)
            if self.kept is None:
                save_sheet(self.chart, self.sheet, path, self._kind)
            else:
                write_sheet(self.sheet, path)
        except CannotWrite as problem:
            failed = _("The file was not written.")
            note_leaving(self.chart, Deed.PAPER_SAVED, self._kind, failed)
            self.say(str(problem), bad=True)
        except ChartError as problem:
            self.say(str(problem), bad=True)
        else:
            self.say(_("Saved, and kept in the record.") + self.kept_beside())
            self._after_keeping()

    def _ask_printer(self) -> None:
        if not self.may_leave():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the paper, keep it in the record, and say so."""
        self.settle()
        if self.sheet is None:
            return
        try:
            note_leaving(self.chart, Deed.PAPER_PRINTED, self._kind)
        except ChartError as problem:
            self.say(str(problem), bad=True)
            return
        sheet = self.sheet
        if not paper_maker().do(lambda: print_pages(printer, sheet)):
            failed = _("The printer did not take the pages.")
            note_leaving(self.chart, Deed.PAPER_PRINTED, self._kind, failed)
            self.say(_("The printer did not take the pages; nothing was kept."), bad=True)
            return
        try:
            if self.kept is None:
                keep_sheet(self.chart, self.sheet, self._kind)
        except ChartError as problem:
            self.say(_("Printed, but not kept: {problem}").format(problem=problem), bad=True)
        else:
            self.say(_("Printed, and kept in the record.") + self.kept_beside())
            self._after_keeping()

    def _after_keeping(self) -> None:
        if self.kept is None:
            self.show_papers()
            self.remember()
        self.kept_changed.emit()

    def remember(self) -> None:
        """The paper that was taken is the clinic's usual one from now on."""
        habits = self.chart.desk.paper_habits
        try:
            taken = replace(habits.now, paper=str(self.paper.value()))
            remember_papers(self.chart.desk.session, habits, taken)
        except ChartError as problem:
            said = _("{done} The paper was not remembered: {problem}")
            self.say(said.format(done=self.note.text(), problem=problem))

    def say(self, words: str, bad: bool = False) -> None:
        """Say something beside the title."""
        self.note.set_tone("danger" if bad else "ink2")
        self.note.setText(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(SIDE if self.width() >= WIDE_FROM else NARROW_SIDE)
