"""The picture behind the chart of the body: figures painted once, marks over them, a ring."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from clinic_desktop.domain.figures.body_chart import site_marks
from clinic_desktop.domain.figures.drawing import Subpath
from clinic_desktop.domain.figures.fitting import Fit
from clinic_desktop.domain.pain import PainMap
from clinic_desktop.services.words.pain_words import body_drawing_without_marks
from clinic_desktop.services.words.translation import in_use
from ui.style import theme
from ui.tokens import RADIUS, RING, Tokens
from ui.widgets.drawing import blank_picture
from ui.widgets.figure_view import chart_color, fit_figure, paint_figure, paint_paths, traced_runs

_CLEAR: Final = 2.5
"""Between a place and the ring round it, in px."""


class Room(NamedTuple):
    """The size of the chart's frame in px, and what is free inside it."""

    width: float
    height: float
    side: int
    top: int
    foot: int

    @property
    def inner(self) -> QRectF:
        """Where the figures stand, in a widget that is larger than the frame by its focus ring."""
        return QRectF(
            RING + self.side,
            RING + self.top,
            self.width - 2 * self.side,
            self.height - self.top - self.foot,
        )


@lru_cache(maxsize=4)
def chart_fit(width: float, height: float) -> Fit:
    """Where the figures lie in a rectangle; marks lie on them and take no more room."""
    return fit_figure(body_drawing_without_marks(), QRectF(0, 0, width, height))


def marked_chart(room: Room, now: PainMap, before: PainMap, shown: Tokens, ratio: float) -> QImage:
    """The chart of a visit, with last time as grey outlines and what could be marked faintly."""
    image = QImage(_empty_chart(room, shown, ratio, in_use()))
    inner = room.inner
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(inner.left(), inner.bottom())
    marks = site_marks(now, before, empty=True)
    paint_paths(painter, marks, chart_fit(inner.width(), inner.height()), chart_color)
    painter.end()
    return image


@lru_cache(maxsize=8)
def _empty_chart(room: Room, shown: Tokens, ratio: float, _language: str) -> QImage:
    """Frame and figures without a mark, as large as the widget: painted once for all visits."""
    image = blank_picture((room.width + 2 * RING, room.height + 2 * RING), ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(shown.line, 1))
    painter.setBrush(shown.surface)
    frame = QRectF(RING + 0.5, RING + 0.5, room.width - 1, room.height - 1)
    painter.drawRoundedRect(frame, RADIUS, RADIUS)
    paint_figure(painter, body_drawing_without_marks(), room.inner, colors=chart_color)
    painter.end()
    return image


def paint_ring(painter: QPainter, run: Subpath, placed: Fit, width: float) -> None:
    """A ring round a place, clear of it; only outside, so that the mark itself stays as it is."""
    path = traced_runs((run,), placed)
    around = QPainterPath()
    around.addRect(path.boundingRect().adjusted(-12, -12, 12, 12))
    painter.setClipPath(around.subtracted(path))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tokens = theme().tokens
    for color, beyond in ((tokens.accent, _CLEAR + width), (tokens.surface, _CLEAR)):
        painter.setPen(QPen(color, 2 * beyond))
        painter.drawPath(path)
