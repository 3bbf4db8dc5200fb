"""The kinds of pain at one place: chips that show the pattern which the body chart draws."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from typing_extensions import override

from clinic_desktop.domain.figures.body_chart import kind_sample
from ui.style import theme
from ui.widgets.accessibility import is_escape
from ui.widgets.drawing import blank_picture
from ui.widgets.figure_view import chart_color, paint_figure

from .chips import SetInput

_WIDE, _HIGH, _GAP = 22.0, 15.0, 6


class KindInput(SetInput):
    """Its choices are at the same time the legend of the chart. Escape goes back to the chart."""

    left = Signal()
    picture_width = round(_WIDE) + _GAP

    @override
    def draw_picture(self, painter: QPainter, word: str, left: QPointF) -> None:
        ratio = painter.device().devicePixelRatioF()
        at = QPointF(left.x(), left.y() - _HIGH / 2)
        painter.drawImage(at, pattern_picture(word, theme().dark, ratio))

    @override
    def event(self, event: QEvent) -> bool:
        """Esc is this field's own, not the window's."""
        if is_escape(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().take_key(event)


SAMPLE_SCALE: Final = 400.0
"""Px for the figure's height: patterns in the legend are as wide as on the chart."""


@lru_cache(maxsize=64)
def pattern_picture(kind: str, _dark: bool, ratio: float) -> QImage:
    """A piece of a kind's pattern; a blank one for a place of which no kind was said."""
    picture = blank_picture((_WIDE, _HIGH), ratio)
    painter = QPainter(picture)
    sample = kind_sample(kind, _WIDE / SAMPLE_SCALE, _HIGH / SAMPLE_SCALE)
    paint_figure(painter, sample, QRectF(0.5, 0.5, _WIDE - 1, _HIGH - 1), colors=chart_color)
    painter.end()
    return picture
