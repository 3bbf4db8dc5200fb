"""All sheets of today in one go: made in a process of its own, written into one folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.translation import _, ngettext
from clinic_desktop.services.whole_files import hand_out

from .forms.buttons import Button, Look
from .labels import Label
from .paper_choices import PaperChoice
from .typeface import CAPTION, TITLE

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without it.
    from clinic_desktop.services.day_sheets import DaySheet, LeftOut, Made, SheetProcess

LOOK_MS: Final = 50
"""How often the window looks whether the next sheet is ready."""


class DaySheets(QWidget):
    """Asks for a folder, shows how far it is, can be cancelled, and names who was left out."""

    finished = Signal()
    """All that could be made is made, or it was cancelled."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder = Path()
        self._process: SheetProcess | None = None
        self._sheets: tuple[DaySheet, ...] = ()
        self._left_out: list[LeftOut] = []
        self._done = 0
        self.start = Button(_("Save the day's sheets…"), height=28, parent=self)
        self.start.setObjectName("day_sheets")
        self.start.clicked.connect(self._ask_where)
        self.cancel = Button(_("Cancel"), Look.LINK, 20, self)
        self.cancel.setObjectName("cancel_day_sheets")
        self.cancel.clicked.connect(self.stop)
        self.paper = PaperChoice(self)
        self.paper.setObjectName("day_sheets_paper")
        self.paper.show_value(desk.paper_habits.now.paper)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.said = Label(tone="ink2", parent=self)
        self.said.setObjectName("day_sheets_said")
        self.said.setWordWrap(True)
        self.left_out = Label(size=CAPTION, tone="ink2", parent=self)
        self.left_out.setObjectName("day_sheets_left_out")
        self.left_out.setWordWrap(True)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._arrange()
        for part in (self.cancel, self.bar, self.said, self.left_out):
            part.hide()

    def take_desk(self, desk: Desk) -> None:
        """Make the next sheets for the clinic as it now calls itself."""
        self._desk = desk

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.start)
        line.addWidget(self.cancel)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("Today's sheets"), TITLE, bold=True))
        column.addWidget(self.paper)
        column.addLayout(line)
        for part in (self.bar, self.said, self.left_out):
            column.addWidget(part)

    # ------------------------------------------------------------------ doing
    def _ask_where(self) -> None:
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(places)
        path = QFileDialog.getExistingDirectory(self, _("Folder for the day's sheets"), folder)
        if path:
            self.make_into(Path(path))

    @property
    def is_running(self) -> bool:
        """Whether sheets are being made."""
        return self._process is not None

    def make_into(self, folder: Path) -> None:
        """Make all sheets of today's visits that may be printed into a folder."""
        if self._process is not None:
            return
        from clinic_desktop.services.day_sheets import sheets_of_day

        self._folder, self._done = folder, 0
        today = self._desk.clock().astimezone().date()
        try:
            self._sheets, left_out = sheets_of_day(self._desk, today)
        except ChartError as problem:
            self._say(str(problem), bad=True)
            return
        self._left_out = list(left_out)
        self._show_left_out()
        if not self._sheets:
            self._say(_("No sheet to print today."))
            self.finished.emit()
            return
        self._begin()

    def _begin(self) -> None:
        from clinic_desktop.services.day_sheets import SheetProcess

        count = len(self._sheets)
        render, paper = self._desk.render_handout, str(self.paper.value())
        self._process = SheetProcess(render, self._sheets, paper)
        self._process.start()
        self.start.setEnabled(False)
        self.cancel.show()
        self.bar.setRange(0, count)
        self.bar.setValue(0)
        self.bar.show()
        self._say(_("Sheet 1 of {n} …").format(n=count))
        self._look.start()

    def _on_look(self) -> None:
        process = self._process
        if process is None:
            return
        try:
            made = process.next_made()
        except ChartError as problem:
            self._end(str(problem), bad=True)
            return
        if made is None:
            return
        self._take(made)
        if process.done:
            self._end(self._summary())
            return
        at = made.place + 2
        self._say(_("Sheet {at} of {n} …").format(at=at, n=len(self._sheets)))

    def _take(self, made: Made) -> None:
        sheet = self._sheets[made.place]
        self.bar.setValue(made.place + 1)
        problem = made.problem
        if not problem:
            try:
                self._write(sheet, made)
            except ChartError as fault:
                problem = str(fault)
        if problem:
            from clinic_desktop.services.day_sheets import LeftOut

            self._left_out.append(LeftOut(sheet.number, sheet.content.patient, problem))
            self._show_left_out()
        else:
            self._done += 1

    def _write(self, sheet: DaySheet, made: Made) -> None:
        """Write a sheet and keep it, like every paper that leaves the house. Raises ChartError."""
        from clinic_desktop.services.day_sheets import keep_day_sheet
        from clinic_desktop.services.papers import HANDOUT
        from clinic_desktop.services.record import note_paper

        day = sheet.content.date.isoformat()
        path = self._folder / f"home-plan-{sheet.number:06d}-{day}.pdf"
        desk = self._desk
        note_paper(desk.open_record, desk.act(), sheet.visit_id, HANDOUT, Deed.PAPER_SAVED)
        hand_out(path, made.content)
        keep_day_sheet(self._desk, sheet, made)

    def stop(self) -> None:
        """Cancel; what is written stays."""
        if self._process is not None:
            said = ngettext(
                "Cancelled after {n} of {all} sheets; it is written and kept.",
                "Cancelled after {n} of {all} sheets; those are written and kept.",
                self._done,
            )
            self._end(said.format(n=self._done, all=len(self._sheets)))

    def _end(self, words: str, bad: bool = False) -> None:
        self._look.stop()
        if self._process is not None:
            self._process.stop()
        self._process = None
        self.start.setEnabled(True)
        self.cancel.hide()
        self.bar.hide()
        self._say(words, bad)
        self.finished.emit()

    # ------------------------------------------------------------------ saying
    def _summary(self) -> str:
        said = ngettext(
            "{n} sheet in {folder}, and kept in the record.",
            "{n} sheets in {folder}, and kept in the record.",
            self._done,
        )
        return said.format(n=self._done, folder=self._folder.name)

    def _show_left_out(self) -> None:
        lines = [f"{one.name}: {one.reason}" for one in self._left_out]
        self.left_out.setText("\n".join((_("Left out:"), *lines)) if lines else "")
        self.left_out.setVisible(bool(lines))

    def _say(self, words: str, bad: bool = False) -> None:
        self.said.set_tone("danger" if bad else "ink2")
        self.said.setText(words)
        self.said.show()
