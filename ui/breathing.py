"""Lets the window live between two pieces of what is built in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication


class _Breath:
    """How many turns are under way, one within another, and what waits for their end."""

    def __init__(self) -> None:
        self.deep = 0
        self.put_off: list[Callable[[], object]] = []


_breath: Final = _Breath()


def breathe() -> None:
    """One turn of the event loop: what is in sight is painted, and what came from beside the window
    is told. What is typed waits: it comes where the keyboard is once everything stands."""
    _breath.deep += 1
    try:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    finally:
        _breath.deep -= 1
    if not _breath.deep:
        put_off, _breath.put_off = _breath.put_off, []
        for act in put_off:
            QTimer.singleShot(0, act)


def put_off(act: Callable[[], object]) -> bool:
    """Whether something is being built just now; the act then waits until it stands. For what
    closes the window or the record: half a page can be neither finished nor shown."""
    if _breath.deep and act not in _breath.put_off:
        _breath.put_off.append(act)
    return _breath.deep > 0
