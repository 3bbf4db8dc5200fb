"""A framed ground that holds a list or a form on the home page."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import RADIUS, RING
from ui.typeface import CAPTION, draw_text, text_width

from .buttons import draw_key_cap, key_cap_width
from .marks import draw_dashed_box


class FlushRow(QHBoxLayout):
    """Controls in a row that begins where words begin: the first one's ring stands outside."""

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect.adjusted(-RING, 0, 0, 0))


def flush(*controls: QWidget) -> FlushRow:
    """Such a row, with room behind the controls."""
    row = FlushRow()
    row.setSpacing(8)
    for control in controls:
        row.addWidget(control)
    row.addStretch(1)
    return row


class Card(QWidget):
    """White, with a thin line around it; dashed and without ground where it is a free place."""

    def __init__(self, dashed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dashed = dashed
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        if self._dashed:
            draw_dashed_box(painter, QRectF(self.rect()), shown.edge)
            return
        painter.setPen(QPen(shown.line, 1))
        painter.setBrush(shown.surface)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS, RADIUS)


class KeyCap(QWidget):
    """A key cap with what the key does beside it."""

    def __init__(self, key: str, does: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._does = key, does
        self.setAccessibleName(f"{key} {does}".strip())
        self.setFixedSize(self._wide(), 22)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _wide(self) -> int:
        words = text_width(self._does, CAPTION) + 7 if self._does else 0
        return round(key_cap_width(self._key) + words) + 2

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        right = draw_key_cap(painter, 0, 11, self._key, shown)
        draw_text(painter, right + 6, 0, (self._does,), shown.grey, CAPTION, line=22)
