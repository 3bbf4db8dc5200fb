"""Lets the window live between two pieces of what is built in one go."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication


def breathe() -> None:
    """One turn of the event loop: what is in sight is painted, and what came from beside the window
    is told. What is typed waits: it comes where the keyboard is once everything stands."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
