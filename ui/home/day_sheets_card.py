"""All sheets of today in one go, written into one folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.translation import _, ngettext
from ui.papers.choices import PaperChoice
from ui.tokens import RING
from ui.typeface import CAPTION, TITLE
from ui.widgets.buttons import button_for
from ui.widgets.card import flush
from ui.widgets.labels import Label
from ui.work.background import Background

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without it.
    from clinic_desktop.services.papers.day_sheets import LeftOut, SheetsWritten
    from clinic_desktop.services.papers.handouts import SheetLook


class DaySheets(QWidget):
    """Asks for a folder, and names who was left out; how far it is stands at the window's foot."""

    finished = Signal()
    """All that could be made is made, or it was cancelled."""

    def __init__(
        self,
        desk: Desk,
        work: Background,
        looks: Mapping[int, SheetLook],
        parent: QWidget | None = None,
    ) -> None:
        """`looks` are those that were chosen for a sheet, by visit, as they then are."""
        super().__init__(parent)
        self._desk, self._work, self._looks = desk, work, looks
        self._folder = ""
        words = _("Save the day's sheets…")
        self.start = button_for("day_sheets", words, self._ask_where, parent=self, height=28)
        self.paper = PaperChoice(self)
        self.paper.setObjectName("day_sheets_paper")
        self.paper.show_value(desk.paper_habits.now.paper)
        self.said = Label(tone="ink2", parent=self)
        self.said.setObjectName("day_sheets_said")
        self.said.setWordWrap(True)
        self.left_out = Label(size=CAPTION, tone="ink2", parent=self)
        self.left_out.setObjectName("day_sheets_left_out")
        self.left_out.setWordWrap(True)
        self._arrange()
        work.began.connect(self._enable)
        work.ended.connect(self._enable)
        for part in (self.said, self.left_out):
            part.hide()

    def take_desk(self, desk: Desk) -> None:
        """Make the next sheets for the clinic as it now calls itself."""
        self._desk = desk

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(RING, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("Today's sheets"), TITLE, bold=True))
        for control in (self.paper, self.start):
            column.addLayout(flush(control))
        for part in (self.said, self.left_out):
            column.addWidget(part)

    # ------------------------------------------------------------------ doing
    def _ask_where(self) -> None:
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(places)
        path = QFileDialog.getExistingDirectory(self, _("Folder for the day's sheets"), folder)
        if path:
            self.make_into(Path(path))

    def make_into(self, folder: Path) -> None:
        """Make all sheets of today's visits that may be printed into a folder."""
        desk, paper, looks = self._desk, str(self.paper.value()), dict(self._looks)
        today = desk.clock().astimezone().date()

        def make() -> SheetsWritten:
            # Only here: what makes papers takes its time to load.
            from clinic_desktop.services.papers.day_sheets import write_sheets_of_day

            return write_sheets_of_day(desk, today, folder, paper, looks)

        told = partial(_told, folder=folder.name)
        if self._work.start(make, self._on_done, self._fail, _making, told):
            self._folder = folder.name
            self._say(_making())
            self.left_out.hide()

    def _enable(self) -> None:
        self.start.setEnabled(not self._work.busy)

    def _on_done(self, found: SheetsWritten) -> None:
        self.left_out.setText(_left_out_words(found.left_out))
        self.left_out.setVisible(bool(found.left_out))
        self._say(_done_words(found, self._folder))
        self.finished.emit()

    def _fail(self, problem: str) -> None:
        self._say(problem, bad=True)
        self.finished.emit()

    # ------------------------------------------------------------------ saying
    def carried(self) -> object:
        """The folder that sheets are being written into."""
        return self._folder

    def take_carried(self, folder: object) -> None:
        """Name the same folder when they are there."""
        self._folder = str(folder)

    def _say(self, words: str, bad: bool = False) -> None:
        self.said.set_tone("danger" if bad else "ink2")
        self.said.setText(words)
        self.said.show()


def _making() -> str:
    return _("Today's sheets are being made.")


def _told(found: SheetsWritten, folder: str) -> str:
    """All of it in words, for the window whose page is gone."""
    return "\n".join(
        part for part in (_done_words(found, folder), _left_out_words(found.left_out)) if part
    )


def _done_words(found: SheetsWritten, folder: str) -> str:
    if found.cancelled:
        said = _("Cancelled after {n} of {all} sheets; those are written and kept.")
        return said.format(n=found.written, all=found.of)
    return summary(found.written, folder) if found.of else _("No sheet to print today.")


def _left_out_words(left_out: tuple[LeftOut, ...]) -> str:
    lines = [f"{one.name}: {one.reason}" for one in left_out]
    return "\n".join((_("Left out:"), *lines)) if lines else ""


def summary(written: int, folder: str) -> str:
    """How many sheets were written, and where."""
    said = ngettext(
        "{n} sheet in {folder}, and kept in the record.",
        "{n} sheets in {folder}, and kept in the record.",
        written,
    )
    return said.format(n=written, folder=folder)
