"""The program's mark and name, as they stand over the entrance."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.style import theme
from ui.typeface import NAME, baseline, font

from .icons import draw_mark

PROGRAM: Final = "Clinic Desktop"
_MARK, _GAP = 32, 12


class ProgramName(QWidget):
    """As wide as the card that it stands over."""

    def __init__(self, card: QWidget) -> None:
        super().__init__()
        self.setFixedSize(card.width(), _MARK)
        self.setAccessibleName(PROGRAM)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        draw_mark(painter, QRectF(0, 0, _MARK, _MARK), shown.accent, shown.on_accent)
        painter.setFont(font(NAME, bold=True))
        painter.setPen(shown.ink)
        painter.drawText(QPointF(_MARK + _GAP, baseline(_MARK, NAME, bold=True)), PROGRAM)
