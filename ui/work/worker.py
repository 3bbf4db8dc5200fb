"""Threads beside the window's: what one is given is done in order, and told in the window's."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    # Imported with the first work: the entrance stands sooner.
    from concurrent.futures import Future, ThreadPoolExecutor

R = TypeVar("R")
Told = Callable[[Callable[[], Any]], object]

AT_ONCE: Final = 0.04
"""Seconds that somebody who waits just waits: as good as at once, and well below the tenth of a
second from which a window seems to stand still."""
SAY_AFTER_MS: Final = 400
"""A wait that is longer is told; a shorter one would only flicker."""
COLLECT_EVERY_MS: Final = 2000
ONCE_PAINTED_MS: Final = 10
"""Work waits so long for its start: what a key did is painted first, and not beside it."""


class Worker(QObject):
    """One thread. It touches no widget; what came of its work is told where it was asked for."""

    settled = Signal()
    """Nothing is under way any more."""
    waited_for = Signal(bool)
    """Somebody has been waiting for a moment and cannot go on; False when it is over."""
    _ended = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._started = False
        self._waiting: list[tuple[Callable[[], Any], Told]] = []
        self._pending: deque[tuple[Future[Any], Told]] = deque()
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(ONCE_PAINTED_MS)
        self._painted.timeout.connect(self._hand_over)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, thread_name_prefix=self._name)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._waiting or self._pending)

    def run(self, work: Callable[[], R], then: Callable[[Callable[[], R]], object]) -> None:
        """See `services.visit.keeping.Run`: `then` is called by the event loop, or by who waits."""
        self._waiting.append((work, then))
        if not self._painted.isActive():
            self._painted.start()

    def _hand_over(self) -> None:
        self._painted.stop()
        waiting, self._waiting = self._waiting, []
        for work, then in waiting:
            _collector().hold(self)
            future = self._pool.submit(work) if self._has_thread() else _done_here(work)
            self._pending.append((future, then))
            future.add_done_callback(lambda _future: self._ended.emit())

    def _has_thread(self) -> bool:
        """Whether its thread stands; the system may have none left, and then nothing may be given
        to it that would wait for one."""
        if not self._started:
            with suppress(RuntimeError):
                self._pool.submit(int)
                self._started = True
        return self._started

    def do(self, work: Callable[[], R]) -> R:
        """Do it after everything else, wait as in `settle`, and give or raise what comes of it."""
        outcome: list[Callable[[], R]] = []
        self.run(work, outcome.append)
        self._until(lambda: bool(outcome))
        return outcome[0]()

    def settle(self) -> None:
        """Wait until nothing is under way. The window stays alive meanwhile: it is painted, and
        what is typed is kept for the moment after."""
        self._until(lambda: not self.busy)

    def _until(self, reached: Callable[[], bool]) -> None:
        from concurrent.futures import wait

        begun = monotonic()
        while not reached():
            self._hand_over()
            first = self._pending[0][0]
            wait((first,), max(0.0, AT_ONCE - (monotonic() - begun)))
            if not first.done():
                self._stay_alive(first)
            self._tell()

    def _stay_alive(self, future: Future[Any]) -> None:
        """In turns of the loop there is, not in one of its own: in that, Qt would destroy a window
        that was let go before it closed, while its closing waits here."""
        from PySide6.QtCore import QCoreApplication, QEventLoop

        patience = QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(lambda: self.waited_for.emit(True))
        patience.start(SAY_AFTER_MS)
        flags = QEventLoop.ProcessEventsFlag
        try:
            while not future.done():  # its end wakes the loop
                QCoreApplication.processEvents(
                    flags.ExcludeUserInputEvents | flags.WaitForMoreEvents
                )
        finally:
            if not patience.isActive():
                self.waited_for.emit(False)

    def _tell(self) -> None:
        """Tell what came of everything that is done by now, in its order."""
        while self._pending and self._pending[0][0].done():
            future, then = self._pending.popleft()
            if not self._pending:
                _collector().release(self)
            if is_there(then):
                then(future.result)
        if not self.busy:
            self.settled.emit()


def _done_here(work: Callable[[], R]) -> Future[R]:
    """Done by whoever asks, rather than not at all."""
    from concurrent.futures import Future

    future: Future[R] = Future()
    try:
        future.set_result(work())
    except BaseException as problem:  # told to whoever asked, as from a thread
        future.set_exception(problem)
    return future


def is_there(told: Callable[..., object]) -> bool:
    """Whether the widget is still there whose method it is: its page may be gone."""
    owner = getattr(told, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class _Collector(QObject):
    """Has garbage collected in the window's thread only: a collector that runs in another would
    destroy widgets and timers there, which Qt does not bear."""

    def __init__(self) -> None:
        super().__init__()
        self._busy: set[QObject] = set()
        self._now_and_then = QTimer(self)
        self._now_and_then.setInterval(COLLECT_EVERY_MS)
        self._now_and_then.timeout.connect(lambda: gc.collect(1))

    def hold(self, worker: QObject) -> None:
        """A thread begins to work: nothing is collected by itself."""
        if not self._busy:
            gc.disable()
            self._now_and_then.start()
        self._busy.add(worker)

    def release(self, worker: QObject) -> None:
        """It is done."""
        self._busy.discard(worker)
        if not self._busy:
            self._now_and_then.stop()
            # What came up meanwhile goes here and now, not at the thread's next breath.
            gc.collect(0)
            gc.enable()


@cache
def _collector() -> _Collector:
    return _Collector()


@cache
def writer() -> Worker:
    """The one that writes to the record for the window, strictly in order."""
    return Worker("record")


@cache
def locksmith() -> Worker:
    """The one that tries passphrases: each costs a quarter of a second on purpose."""
    return Worker("locksmith")
