"""Work that takes time, beside the window: one at a time, with how far it is, and cancelled at
will."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Event
from time import monotonic
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services import progress
from clinic_desktop.services.translation import _

from .worker import Worker, is_there

ESTIMATE_AFTER: Final = 2.0
"""Seconds of work from which on a guess of what is left is worth telling."""


@cache
def labourer() -> Worker:
    """One thread: what takes time waits for each other. It touches no widget."""
    return Worker("work")


class Stand(NamedTuple):
    """How far the work is."""

    done: int = 0
    of: int = 0
    """0 as long as nothing is known."""
    seconds_left: float | None = None
    """A guess by what was done so far; None as long as that says nothing."""


class Background(QObject):
    """Runs one thing at a time, and tells how it stands to who asks."""

    began = Signal()
    ended = Signal()
    """It is over, and whoever asked for it was told what came of it."""
    news = Signal(str)
    """Why nothing came of it, where whoever asked for it is gone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        """What is being done, for people."""
        self._busy = False
        self._stop = Event()
        self._stand = (0, 0)
        self._begun = 0.0
        self._dropped = False

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._busy

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._busy and self._stop.is_set()

    @property
    def stand(self) -> Stand:
        """How far it is."""
        done, of = self._stand
        passed = monotonic() - self._begun
        if not 0 < done < of or passed < ESTIMATE_AFTER:
            return Stand(done, of)
        return Stand(done, of, passed / done * (of - done))

    def start(
        self,
        work: Callable[[], object],
        then: Callable[[Any], object],
        failed: Callable[[str], object],
        words: str = "",
    ) -> bool:
        """Begin; False where something is being done already, and then nothing else is. `then` is
        told what came of it, or `failed` in words why nothing did."""
        if self._busy:
            return False
        self.words, self._busy, self._dropped = words, True, False
        self._stand, self._begun = (0, 0), monotonic()
        self._stop.clear()
        labourer().run(lambda: self._work(work), lambda result: self._on_end(result, then, failed))
        self.began.emit()
        return True

    def cancel(self) -> None:
        """Ask it to stop, with nothing half made; `failed` is told that it did."""
        self._stop.set()

    def wait(self) -> None:
        """Until what was begun is done; nothing is told of it."""
        if self._busy:
            self._dropped = True
            labourer().settle()

    def _work(self, work: Callable[[], object]) -> object:
        """In the thread that works."""
        with progress.told_to(self):
            progress.step(0, 0)
            return work()

    def on_step(self, done: int, of: int) -> None:
        """See `services.progress.Listener`."""
        self._stand = (done, of)

    def wants_it_stopped(self) -> bool:
        """See `services.progress.Listener`."""
        return self._stop.is_set()

    def _on_end(
        self,
        result: Callable[[], object],
        then: Callable[[object], object],
        failed: Callable[[str], object],
    ) -> None:
        self._busy = False
        if not self._dropped:
            self._tell(result, then, failed)
        if isValid(self):
            self.ended.emit()

    def _tell(
        self,
        result: Callable[[], object],
        then: Callable[[object], object],
        failed: Callable[[str], object],
    ) -> None:
        try:
            found = result()
        except progress.Cancelled:
            problem = _("Cancelled; nothing was left half done.")
        except ChartError as fault:
            problem = str(fault)
        else:
            if is_there(then):
                then(found)
            return
        if is_there(failed):
            failed(problem)
        elif isValid(self):
            self.news.emit(problem)
