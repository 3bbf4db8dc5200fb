"""Work that takes time, beside the window: one at a time, its end told in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.domain.errors import ChartError

LOOK_MS: Final = 30


@cache
def _worker() -> ThreadPoolExecutor:
    """One thread: backups wait for each other. It touches no widget."""
    return ThreadPoolExecutor(1, thread_name_prefix="safekeeping")


class Background(QObject):
    """Runs one thing at a time."""

    done = Signal(object)
    """What came of it."""
    failed = Signal(str)
    """Why nothing did, in words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: Future[object] | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._running is not None

    def start(self, work: Callable[[], object]) -> None:
        """Begin; while something is being done, nothing else is."""
        if self._running is None:
            self._running = _worker().submit(work)
            self._look.start()

    def wait(self) -> None:
        """Until what was begun is done; nothing is told of it."""
        running, self._running = self._running, None
        self._look.stop()
        if running is not None:
            running.exception()

    def _on_look(self) -> None:
        running = self._running
        if running is None or not running.done():
            return
        self._running = None
        self._look.stop()
        try:
            result = running.result()
        except ChartError as problem:
            self.failed.emit(str(problem))
            return
        self.done.emit(result)
