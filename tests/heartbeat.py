"""A pulse of the window's thread, and gates at which what works beside it waits for the test.

Nothing here looks at a clock: a gate stays shut until the test opens it, so whatever the window
does meanwhile it does while the other thread stands still. A window that waited for it would have
no pulse, and the test would never come to open the gate: it ends by its time limit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QTimer

LIVELY: Final = 20
"""Turns of the event loop after which a window has shown that it lives."""


class Gate:
    """Whoever comes to it waits until it is opened."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._somebody = threading.Event()
        self.came = 0
        """How often somebody came."""
        self._open.set()

    def shut(self) -> None:
        """From now on whoever comes waits."""
        self._somebody.clear()
        self._open.clear()

    def open(self) -> None:
        """Let everybody through."""
        self._open.set()

    def pass_through(self) -> None:
        """Called by what works beside the window."""
        self.came += 1
        self._somebody.set()
        self._open.wait()

    @property
    def is_waited_at(self) -> bool:
        """Whether somebody stands before it."""
        return self._somebody.is_set() and not self._open.is_set()


class SlowRecord:
    """A record that flushes as slowly as its gate."""

    def __init__(self, open_record: Callable[..., Any], gate: Gate) -> None:
        self._open_record, self._gate = open_record, gate

    def __call__(self, *, writing: bool = False) -> _SlowWork:
        return _SlowWork(self._open_record(writing=writing), self._gate)


class _SlowWork:
    """A unit of work whose commit comes by the gate."""

    def __init__(self, work: Any, gate: Gate) -> None:
        self._work, self._gate = work, gate

    def __enter__(self) -> _SlowWork:
        self._work.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._work.__exit__(*error)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._work, name)

    def commit(self) -> None:
        self._gate.pass_through()
        self._work.commit()


def beats(count: int = LIVELY) -> None:
    """Let the event loop turn so often."""
    loop, left = QEventLoop(), [count]
    timer = QTimer()

    def beat() -> None:
        left[0] -= 1
        if left[0] <= 0:
            loop.quit()

    timer.timeout.connect(beat)
    timer.start(1)
    loop.exec()


class Pulse:
    """Counts the turns of the event loop, whoever runs it: also a loop inside a call."""

    def __init__(self, does: Callable[[], object] | None) -> None:
        self.turns = 0
        self.does = does
        """Done once, when it turned often enough."""

    def beat(self) -> None:
        """The loop turned once more."""
        self.turns += 1
        if self.turns >= LIVELY and self.does is not None:
            does, self.does = self.does, None
            does()


@contextmanager
def after_beats(does: Callable[[], object] | None = None) -> Iterator[Pulse]:
    """Have something done once the event loop has turned often enough inside the block."""
    pulse, timer = Pulse(does), QTimer()
    timer.timeout.connect(pulse.beat)
    timer.start(1)
    yield pulse
    timer.stop()
