"""Tells when somebody is at the computer: keys and pointer in any window of the program."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

_SIGNS: Final = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class SignsOfLife(QObject):
    """Watches each window from when it first has the focus.

    What the system sends comes through the window, before the widgets. Watching the application
    instead would call Python for each event of each object, and the first object that Python does
    not know yet would make PySide build every class and enum it has.
    """

    seen = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        # Installing a filter anew only moves it to the front.
        if window is not None:
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.seen.emit()
            # The sign that came too late locked the window away: it reaches nothing in there.
            return isinstance(watched, QWindow) and not watched.isVisible()
        return False
