"""What is built in pieces: the window lives between two of them, and nothing takes it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication


class _Building:
    """How much is being built, one within another, and what waits until it stands."""

    def __init__(self) -> None:
        self.deep = 0
        self.put_off: list[Callable[[], object]] = []


_building: Final = _Building()


def breathe() -> None:
    """One turn of the event loop: what is in sight is painted, and what came from beside the window
    is told. What is typed waits: it comes where the keyboard is once everything stands."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


@contextmanager
def in_one_go() -> Iterator[None]:
    """Around what breathes: what asked in `put_off` is done after it."""
    _building.deep += 1
    try:
        yield
    finally:
        _building.deep -= 1
        if not _building.deep:
            put_off, _building.put_off = _building.put_off, []
            for act in put_off:
                QTimer.singleShot(0, act)


def put_off(act: Callable[[], object]) -> bool:
    """Whether something is being built just now; the act then waits until it stands. For what
    closes the window or the record: half a page can be neither finished nor shown."""
    if _building.deep and act not in _building.put_off:
        _building.put_off.append(act)
    return _building.deep > 0
