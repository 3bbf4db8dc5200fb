"""The patient's own copy: asks for a folder, and has it made beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.translation import _
from ui.widgets.buttons import Button
from ui.work.background import Background


class OwnCopyButton(Button):
    """Of one patient at a time: `number` is set by whoever shows it."""

    told = Signal(str)
    """Where the copy is."""
    failed = Signal(str)
    """Why there is none; empty takes that away."""

    def __init__(self, desk: Desk, work: Background, parent: QWidget) -> None:
        super().__init__(_("Copy for the patient…"), parent=parent)
        self.setObjectName("own_copy")
        self._desk, self._work = desk, work
        self.number = 0
        self.clicked.connect(self._ask_where)

    def _ask_where(self) -> None:
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(places)
        path = QFileDialog.getExistingDirectory(self, _("Folder for the copy"), folder)
        if path:
            self.copy_to(Path(path))

    def copy_to(self, place: Path) -> None:
        """Write the patient's own copy into a new folder in a place, and say so."""
        desk, number = self._desk, self.number

        def write() -> tuple[str, str]:
            # Only here: the papers' makers take their time to load.
            from clinic_desktop.services.papers.own_copies import (
                make_own_copy,
                unfilled_in,
                write_own_copy,
            )

            files = make_own_copy(desk, number)
            return write_own_copy(files, place, number).name, unfilled_in(files)

        begun = self._work.start(write, self._on_copied, self._on_failed, _copying, _copied_words)
        self.failed.emit("" if begun else _("Something else is being done; please wait for it."))

    def _on_copied(self, copied: tuple[str, str]) -> None:
        words = _copied_words(copied)
        # Its sheet may have been put away meanwhile.
        (self.told if self.isVisible() else self._work.outcome).emit(words)

    def _on_failed(self, problem: str) -> None:
        (self.failed if self.isVisible() else self._work.news).emit(problem)


def _copying() -> str:
    return _("The patient's copy is being made.")


def _copied_words(copied: tuple[str, str]) -> str:
    """Where the copy is, and what is still to fill in in it."""
    folder, unfilled = copied
    said = _("The copy is in the folder {name}.").format(name=folder)
    return f"{said} {unfilled}".strip()
