"""Watches over the saving of the visit on screen: tells how it stands, and tries again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.services.safety.copies_elsewhere import forget_copy
from ui.work.worker import SAY_AFTER_MS, writer

from .banner import Banner
from .chart import OpenChart
from .note_area import NoteArea
from .set_aside import ask_and_keep

RETRY_MS: Final = 1000
"""How often a change that could not be stored is tried again."""


class Saving(QObject):
    """One for each visit page; it goes on when the page is left with something unsaved."""

    done = Signal()
    """Everything is in the record."""

    def __init__(self, chart: OpenChart, note: NoteArea, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._chart, self._note, self._banner = chart, note, banner
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._try_again)
        # What is saved at once is only told when it is.
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SAY_AFTER_MS)
        self._patience.timeout.connect(banner.show_saving)
        chart.model.saved.connect(self._on_known)
        chart.about.changed.connect(self._on_known)
        note.kept.connect(self._on_known)
        self._copies: list[Path] = []
        """Where copies of the visit were kept while it could not be saved."""
        banner.can_copy = chart.desk.session is not None
        banner.copy_asked.connect(self._on_copy_asked)

    @property
    def problem(self) -> str:
        """Why something of the visit or its course is not in the record yet; empty where nothing
        hindered it."""
        problem = self._chart.model.editor.save_state.problem
        return problem or self._chart.about.problem or self._note.problem

    @property
    def pending(self) -> bool:
        """Whether something is not acknowledged yet."""
        return self._chart.pending or self._note.pending

    def show(self) -> None:
        """Say in the banner how it stands."""
        state = self._chart.model.editor.save_state
        beside = self._chart.about.problem or self._note.problem
        self._banner.show_saved(replace(state, problem=beside) if beside else state)
        if self.problem and not self._retry.isActive():
            self._retry.start()
        if not self._chart.pending or self.problem:
            self._patience.stop()
        elif not self._patience.isActive() and not self._banner.says_saving:
            self._patience.start()

    def flush(self) -> None:
        """Have everything written, and wait until it is known what came of it."""
        self._chart.settle()
        self.show()

    def _on_copy_asked(self) -> None:
        session = self._chart.desk.session
        if session is not None:
            kept = ask_and_keep(self._banner, self._chart, session)
            self._copies += [kept] if kept is not None else []

    def _on_known(self) -> None:
        self.show()
        if not self.pending and not self.problem:
            self._retry.stop()
            for copy in self._copies:  # it need not be offered any more
                writer().run(partial(forget_copy, copy), lambda _done: None)
            self._copies = []
            self.done.emit()

    def _try_again(self) -> None:
        self._chart.model.editor.try_saving()
        self._chart.about.flush()
        self._on_known()
