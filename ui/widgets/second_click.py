"""The second press of a double click counts only where the first one was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override


class SecondClick(QObject):
    """Watches one window. Who opens a patient by a double click must chart nothing with the second
    press, which finds the visit where the list was; nor park what the first press added."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pressed: tuple[QWidget | None, QWidget | None] = (None, None)
        """What was pressed the last time, and the time before."""
        self._astray = False
        """Whether the press that is being held reaches nothing."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)

    def _watch(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            # Before the widgets; installing a filter anew only moves it to the front.
            handle.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress:
            # The window is told of the second press both as this and as a double click.
            self._pressed, self._astray = (_under(event), self._pressed[0]), False
        elif kind is QEvent.Type.MouseButtonDblClick:
            now, before = self._pressed
            self._astray = before is None or before is not now or not isValid(before)
            return self._astray
        elif kind is QEvent.Type.MouseButtonRelease:
            return self._astray
        return False


def _under(event: QEvent) -> QWidget | None:
    assert isinstance(event, QMouseEvent)
    return QApplication.widgetAt(event.globalPosition().toPoint())
