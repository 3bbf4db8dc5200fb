"""A scroll area with a slim bar, as the form and the panel use it."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QScrollBar, QWidget
from typing_extensions import override

from ui.style import theme

_WIDTH, _THUMB, _SHORTEST = 10, 4, 32
_ROOM = 12
"""Kept in sight above and below what has the keyboard, in px."""


class SlimScrollBar(QScrollBar):
    """A scroll bar that is only its thumb: 4 wide, in the grey of captions."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 2 * _SHORTEST)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        reach = self.maximum() - self.minimum()
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(self.backgroundRole()))
        if reach > 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            track = self.height() - 8
            length = max(_SHORTEST, track * self.pageStep() / (reach + self.pageStep()))
            top = 4 + (track - length) * (self.value() - self.minimum()) / reach
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().tokens.edge)
            painter.drawRoundedRect(QRectF(_WIDTH - 6, top, _THUMB, length), 2, 2)
        painter.end()


class SlimScrollArea(QScrollArea):
    """Scrolls upright only; its content is as wide as itself and stands on `ground`."""

    def __init__(
        self, ground: QPalette.ColorRole = QPalette.ColorRole.Base, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = SlimScrollBar(Qt.Orientation.Vertical, self)
        bar.setBackgroundRole(ground)
        self.setVerticalScrollBar(bar)
        self.viewport().setBackgroundRole(ground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        _keep_in_sight()


@cache
def _keep_in_sight() -> None:
    """From now on bring what has the keyboard into sight, however it came there; once in a
    process, for a page that is going would still be asked."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.focusChanged.connect(_on_focus)


def _on_focus(_old: QWidget | None, now: QWidget | None) -> None:
    if now is None or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return  # nothing moves away from under a click
    _bring(now)
    # What the keyboard left may fold or grow, and move what it went to.
    QTimer.singleShot(0, now, lambda: _bring(now) if now.hasFocus() else None)


def _bring(now: QWidget) -> None:
    around = now.parentWidget()
    while around is not None:
        sheet = around.widget() if isinstance(around, SlimScrollArea) else None
        if isinstance(around, SlimScrollArea) and sheet is not None:
            # The whole control: Qt would be content with the line that its cursor is on.
            room = min(now.height() // 2 + _ROOM, around.viewport().height() // 2)
            middle = now.mapTo(sheet, now.rect().center())
            around.ensureVisible(middle.x(), middle.y(), 0, room)
        around = around.parentWidget()
