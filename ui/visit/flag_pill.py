"""The pill in the banner that says a red flag is open."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import CHIP, RADIUS, RING
from ui.typeface import BODY, baseline, font, metrics
from ui.widgets.drawing import ERROR_LINE, draw_ring
from ui.widgets.marks import draw_warning


class FlagPill(QAbstractButton):
    """Sign and words on the ground of a red flag; leads to the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("open_flag")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        words = round(metrics(BODY, True).horizontalAdvance(self.text()))
        return QSize(words + 40 + 2 * RING, CHIP + 2 * RING)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        control = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        if self.hasFocus():
            draw_ring(painter, control, shown.accent)
        painter.setPen(QPen(shown.danger, ERROR_LINE))
        painter.setBrush(shown.danger_tint)
        half = ERROR_LINE / 2
        painter.drawRoundedRect(control.adjusted(half, half, -half, -half), RADIUS, RADIUS)
        middle = QPointF(RING + 16, self.height() / 2)
        draw_warning(painter, middle, shown.danger, shown.danger_tint)
        painter.setFont(font(BODY, True))
        painter.setPen(shown.danger)
        painter.drawText(QPointF(RING + 28, baseline(self.height(), BODY, True)), self.text())
