"""Somebody who comes to the computer of a clinic, and the windows that stand then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from typing_extensions import override

from clinic_desktop.bootstrap import _DeskOpener
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import PASSPHRASE, QUICK
from tests.settled import all_done
from ui.main_window import MainWindow
from ui.reception import Reception


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


class AtTheEnd(QWidget):
    """Closes a window at the end of a test and lets it go, where it is still there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window

    @override
    def close(self) -> bool:
        # What was let go before must be gone: while a window closes it waits, and others go then.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if isValid(self._window):
            self._window.close()
        if isValid(self._window):  # closing waits for what is under way, and may let it go
            self._window.deleteLater()
        return super().close()


class Arrival:
    """Somebody who comes to the computer."""

    def __init__(self, profile: Path, qtbot: QtBot) -> None:
        self.clock = Clock()
        self.opener = _DeskOpener()
        self.door = FrontDoor(FolderOfClinic(profile, QUICK), profile, self.clock)
        self.reception = Reception(
            self.door, lambda who: self.opener.desk_of(who, profile), self.clock
        )
        self._qtbot = qtbot
        self._at_the_end: list[AtTheEnd] = []
        self._close_at_the_end(self.reception.entrance)
        self.reception.opened.connect(self._close_at_the_end)
        self.reception.open()

    def _close_at_the_end(self, window: QWidget) -> None:
        self._at_the_end.append(AtTheEnd(window))
        self._qtbot.addWidget(self._at_the_end[-1])

    @property
    def window(self) -> MainWindow:
        assert self.reception.window is not None
        return self.reception.window

    def types(self, name: str, text: str) -> None:
        line = self.reception.entrance.findChild(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        line.clear()
        QTest.keyClicks(line, text)

    def returns(self, name: str) -> None:
        line = self.reception.entrance.findChild(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        QTest.keyClick(line, Qt.Key.Key_Return)
        all_done()

    def signs_in(self, passphrase: str = PASSPHRASE, name: str = "anna") -> None:
        self.types("sign_in_name", name)
        self.types("sign_in_passphrase", passphrase)
        self.returns("sign_in_passphrase")

    def is_told(self) -> str:
        page = self.reception.entrance.pages.currentWidget()
        assert page is not None
        labels = page.findChildren(QLabel, "entrance_problem")
        return next(label.text() for label in labels if isinstance(label, QLabel))


def visible_windows() -> set[str]:
    return {type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible()}
