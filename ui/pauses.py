"""Uses the pauses in somebody's work for what no change of theirs shall wait for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from .reception import Reception
from .work.worker import writer

PAUSE_MS: Final = 2_000
"""So long nothing was written."""


class Pauses(QObject):
    """After each change that a pause follows, the record's log goes into its file: it is nearly
    always empty, and no change waits for that."""

    def __init__(self, reception: Reception, pause_ms: int = PAUSE_MS) -> None:
        super().__init__(reception)
        self._reception = reception
        self._nothing_left = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self.use)
        writer().settled.connect(self._on_settled)

    def _on_settled(self) -> None:
        """Something was written; our own last look, which found nothing left, counts as nothing."""
        if self._nothing_left:
            self._nothing_left = False
        else:
            self._timer.start()

    @property
    def is_due(self) -> bool:
        """Whether something was written since the last pause that was used."""
        return self._timer.isActive()

    def use(self) -> None:
        """There is a pause."""
        self._timer.stop()
        session = self._reception.session
        if session is not None and not session.locked and not writer().busy:
            writer().run(session.checkpoint, self._on_done)

    def _on_done(self, result: Callable[[], bool]) -> None:
        self._nothing_left = not result() and not writer().busy
