"""Work that takes time, beside the window: one at a time, with how far it is, and cancelled at
will."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from threading import Event
from time import monotonic
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services import progress
from clinic_desktop.services.words.translation import _

from .breathing import put_off
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
    outcome = Signal(str)
    """What came of it, where whoever asked for it is gone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: Callable[[], str] = str
        self._asked = _Asked(_nobody, _nobody, None)
        self._busy = False
        self._stop = Event()
        self._stand = (0, 0)
        self._begun = 0.0
        self._dropped = False

    @property
    def words(self) -> str:
        """What is being done, for people, in the language of now."""
        return self._words()

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
        words: Callable[[], str] = str,
        told: Callable[[Any], str] | None = None,
    ) -> bool:
        """Begin; False where something is being done already, and then nothing else is. `then` is
        told what came of it, or `failed` in words why nothing did. `words` say what is being done,
        `told` what came of it, for the window, where the page that asked is gone by then."""
        if self._busy:
            return False
        self._words, self._busy, self._dropped = words, True, False
        self._asked = _Asked(then, failed, told)
        self._stand, self._begun = (0, 0), monotonic()
        self._stop.clear()
        labourer().run(lambda: self._work(work), self._on_end)
        self.began.emit()
        return True

    def cancel(self) -> None:
        """Ask it to stop, with nothing half made; `failed` is told that it did."""
        self._stop.set()

    def pass_on(self, like: Callable[[QObject], QObject | None]) -> None:
        """Have what comes of it told to the like of whoever asked, in a window that was built
        again."""
        asked = self._asked
        then, failed = _method_of(like, asked.then), _method_of(like, asked.failed)
        self._asked = _Asked(then, failed, asked.told)

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

    def _on_end(self, result: Callable[[], object]) -> None:
        # What is being built just now may be who is to be told.
        if put_off(partial(self._on_end, result)):
            return
        self._busy = False
        asked, self._asked = self._asked, _Asked(_nobody, _nobody, None)
        if not self._dropped:
            self._tell(result, asked)
        if isValid(self):
            self.ended.emit()

    def _tell(self, result: Callable[[], object], asked: _Asked) -> None:
        try:
            found = result()
        except progress.Cancelled:
            problem = _("Cancelled; nothing was left half done.")
        except ChartError as fault:
            problem = str(fault)
        else:
            if is_there(asked.then):
                asked.then(found)
            elif asked.told is not None and isValid(self):
                self.outcome.emit(asked.told(found))
            return
        if is_there(asked.failed):
            asked.failed(problem)
        elif isValid(self):
            self.news.emit(problem)


class _Asked(NamedTuple):
    """Who is told what came of the work, as in `Background.start`."""

    then: Callable[[Any], object]
    failed: Callable[[str], object]
    told: Callable[[Any], str] | None


def _nobody(_told: object) -> None:
    """Nothing is under way."""


def _method_of(
    like: Callable[[QObject], QObject | None], told: Callable[[Any], object]
) -> Callable[[Any], object]:
    """The same method of the like of whose it is; as it is where there is none."""
    owner = getattr(told, "__self__", None)
    other = like(owner) if isinstance(owner, QObject) else None
    method: Callable[[Any], object] = getattr(other, told.__name__, told)
    return method
