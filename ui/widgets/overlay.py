"""What lies over the whole window for a moment and gives the keyboard back where it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.style import theme
from ui.tokens import RADIUS, VEIL

from .letters import give_letters


class Overlay(QWidget):
    """A card over its parent. No dialog: the window stays one, and its keys go on working."""

    focus_lost = Signal()
    """What had the keyboard before is gone; please give it to something else."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.hide()
        self.card = QWidget(self)
        self._came_from: QWidget | None = None
        parent.installEventFilter(self)
        theme().changed.connect(self.update)

    def open(self) -> None:
        """Show it and take the keyboard."""
        self._came_from = QApplication.focusWidget()
        give_letters(self.card)
        self._fit()
        self.show()
        self.raise_()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to what is typed into."""
        # As for a menu: a number half typed behind it goes on where it was.
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> bool:
        """Put it away and give the keyboard back; False where it was not open."""
        if self.isHidden():
            return False
        back, self._came_from = self._came_from, None
        known = back is not None and isValid(back) and back.isVisible()
        if back is not None and known:
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        if not known:
            self.focus_lost.emit()
        return True

    def place_card(self) -> None:
        """Lay the card out in the room there is."""
        raise NotImplementedError

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.place_card()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_up()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        veil = QColor(shown.ground)
        veil.setAlpha(VEIL)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(shown.edge, 1))
        painter.setBrush(shown.surface)
        box = QRectF(self.card.geometry()).adjusted(-0.5, -0.5, 0.5, 0.5)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
