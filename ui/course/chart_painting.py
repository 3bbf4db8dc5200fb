"""Paints a series on the window, on the geometry that the paper has too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from clinic_desktop.domain.papers import ChartText
from clinic_desktop.domain.plotting import (
    Plot,
    axis_values,
    numbered,
    plot_of,
    steps_of,
    verdict_at,
)
from clinic_desktop.domain.trends import Series, Trend
from clinic_desktop.domain.values import Side
from clinic_desktop.services.words.finding_words import number_words
from ui.style import theme
from ui.typeface import CAPTION, draw_text, figures_width, text_width

AXIS: Final = 34.0
"""Room for the figures left of the plot."""
FOOT: Final = 20.0
"""Room for the numbers of the visits below it."""
MARK: Final = 4.0
"""Half the width of a mark."""
KEY_LINE: Final = 20.0
"""Height of the line that tells right from left."""
_DASHES: Final = (4.0, 2.5)


@dataclass(frozen=True, slots=True)
class Look:
    """How the trend of a side is painted: told apart by shape and by dashes too."""

    color: QColor
    dashed: bool = False
    square: bool = False


def look_of(side: Side | None) -> Look:
    """Right: dots and a whole line; left: open squares and dashes; no side: as right, in ink."""
    shown = theme().tokens
    if side is Side.LEFT:
        return Look(shown.caution, dashed=True, square=True)
    return Look(shown.accent if side is Side.RIGHT else shown.ink)


def plot_in(series: Series, box: QRectF) -> Plot:
    """The series' geometry in a box of the window. Heights count from its foot upwards."""
    width, height = box.width() - AXIS, box.height() - FOOT
    return plot_of(series, box.left() + AXIS, 0.0, width, height)


def paint_plot(painter: QPainter, series: Series, box: QRectF, at: int | None) -> None:
    """Bands, axes, target and trends; `at` is the visit that is pointed out."""
    plot = plot_in(series, box)
    floor = box.bottom() - FOOT
    for trend in series.trends:
        _paint_band(painter, plot, floor, trend)
    _paint_axes(painter, plot, floor, series)
    if at is not None:
        painter.setPen(QPen(theme().tokens.accent, 1.5))
        x = plot.across(at)
        painter.drawLine(QPointF(x, floor - plot.height), QPointF(x, floor + 4))
    if series.target:
        y = floor - plot.up(series.target.value)
        pen = QPen(theme().tokens.ink2, 1.5)
        pen.setDashPattern([6.0, 2.0, 1.5, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.x, y), QPointF(plot.x + plot.width, y))
    for trend in series.trends:
        _paint_trend(painter, plot, floor, series, trend)


def _paint_band(painter: QPainter, plot: Plot, floor: float, trend: Trend) -> None:
    if trend.band is None:
        return
    look = look_of(trend.side)
    top, foot = floor - plot.up(trend.band.high), floor - plot.up(trend.band.low)
    tint = QColor(look.color)
    tint.setAlphaF(0.11)
    painter.fillRect(QRectF(plot.x, top, plot.width, foot - top), tint)
    pen = QPen(look.color, 0.75)
    pen.setDashPattern([5.0, 3.0] if look.dashed else [1.5, 3.0])
    painter.setPen(pen)
    for y in (top, foot):
        painter.drawLine(QPointF(plot.x, y), QPointF(plot.x + plot.width, y))


def _paint_axes(painter: QPainter, plot: Plot, floor: float, series: Series) -> None:
    shown = theme().tokens
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(shown.edge, 1))
    painter.drawRect(QRectF(plot.x, floor - plot.height, plot.width, plot.height))
    for value in axis_values(series):
        y, words = floor - plot.up(value), number_words(value)
        painter.setPen(QPen(shown.edge, 1))
        painter.drawLine(QPointF(plot.x - 3, y), QPointF(plot.x, y))
        left = plot.x - 6 - text_width(words, CAPTION)
        draw_text(painter, left, y - 8, (words,), shown.ink2, CAPTION, line=16)
    painter.setPen(QPen(shown.edge, 1))
    for visit in range(len(plot.places)):
        x = plot.across(visit)
        painter.drawLine(QPointF(x, floor), QPointF(x, floor + 3))
    for visit in numbered(plot, 20):
        words = str(visit + 1)
        left = plot.across(visit) - figures_width(words, CAPTION) / 2
        draw_text(painter, left, floor + 4, (words,), shown.ink2, CAPTION, line=16)


def _paint_trend(painter: QPainter, plot: Plot, floor: float, series: Series, trend: Trend) -> None:
    look, charted = look_of(trend.side), dict(trend.charted)
    points = {at: QPointF(plot.across(at), floor - plot.up(v)) for at, v in charted.items()}
    for at, later in steps_of(trend):
        _paint_step(painter, points[at], points[later], look, _calm(series, trend, later))
    for at, point in points.items():
        paint_mark(painter, point, look, _calm(series, trend, at))


def _calm(series: Series, trend: Trend, visit: int) -> bool:
    """Whether a value is within the error: it is painted in grey, as no change."""
    return verdict_at(series, trend, visit) == "same"


def _paint_step(painter: QPainter, start: QPointF, end: QPointF, look: Look, calm: bool) -> None:
    pen = QPen(theme().tokens.grey if calm else look.color, 1.75)
    if look.dashed:
        pen.setDashPattern(list(_DASHES))
    painter.setPen(pen)
    painter.drawLine(start, end)


def paint_mark(painter: QPainter, at: QPointF, look: Look, calm: bool = False) -> None:
    """The mark of a value: a dot, or an open square for the left; grey within the error."""
    shown = theme().tokens
    color = shown.grey if calm else look.color
    painter.setPen(QPen(color, 1.75))
    box = QRectF(at.x() - MARK, at.y() - MARK, 2 * MARK, 2 * MARK)
    if look.square:
        painter.setBrush(shown.surface)
        painter.drawRect(box)
    else:
        painter.setBrush(color)
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))


def paint_key(painter: QPainter, content: ChartText, x: float, top: float) -> None:
    """Which mark and which line is the right, and which the left."""
    names = {Side.RIGHT: content.right, Side.LEFT: content.left}
    for trend in content.series.trends:
        if trend.side is None:
            return
        look, middle = look_of(trend.side), top + KEY_LINE / 2
        _paint_step(painter, QPointF(x, middle), QPointF(x + 26, middle), look, calm=False)
        paint_mark(painter, QPointF(x + 13, middle), look)
        name = names[trend.side]
        draw_text(painter, x + 32, top, (name,), theme().tokens.ink2, CAPTION, line=KEY_LINE)
        x += 32 + text_width(name, CAPTION) + 20
