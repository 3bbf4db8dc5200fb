"""The pill in the banner that says a red flag is open."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from .marks import draw_warning
from .style import theme
from .tokens import RADIUS
from .typeface import BODY, baseline, font, metrics


class FlagPill(QAbstractButton):
    """Sign and words on the ground of a red flag; leads to the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("open_flag")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(metrics(BODY, True).horizontalAdvance(self.text())) + 40, 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.setPen(QPen(shown.accent if self.hasFocus() else shown.danger, 1.5))
        painter.setBrush(shown.danger_tint)
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        middle = QPointF(16, self.height() / 2)
        draw_warning(painter, middle, shown.danger, shown.danger_tint)
        painter.setFont(font(BODY, True))
        painter.setPen(shown.danger)
        painter.drawText(QPointF(28, baseline(self.height(), BODY, True)), self.text())
