"""A window that was let go and then closes is not destroyed inside its own closing, which waits."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.work.worker import Worker


def test_what_was_let_go_before_a_wait_is_still_there_after_it(qtbot: QtBot) -> None:
    """Where no loop ran yet, one begun for the wait would destroy it: a crash at the close of a
    window with a save pending."""
    let_go, end = QObject(), threading.Event()
    let_go.deleteLater()
    QTimer.singleShot(0, end.set)  # only while the window stays alive
    assert Worker("patience").do(lambda: end.wait(60))
    assert isValid(let_go)
