"""Draws a series: axes, bands, target, and a trend for each side, told apart in grey too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.plotting import (
    Plot,
    axis_values,
    numbered,
    plot_of,
    steps_of,
    verdict_at,
)
from clinic_desktop.domain.trends import Band, Series, Trend
from clinic_desktop.domain.values import Side

from . import shapes
from .text import draw_word, prose

MINUS: Final = "\N{MINUS SIGN}"
GAP_MARK: Final = "\N{EN DASH}"
SIZE: Final = 8.0
"""Type in a chart and in the table beside it, in points."""

RIGHT: Final = HexColor("#1f4e8c")
LEFT: Final = HexColor("#9a4a00")
RIGHT_TINT: Final = HexColor("#dfe8f4")
LEFT_TINT: Final = HexColor("#f6e6d6")
TARGET: Final = HexColor("#2d6a3e")

PLOT_HEIGHT: Final = 88.0
PLOT_FOOT: Final = 14.0
"""Room for the numbers of the visits below the plot."""
_AXIS: Final = 24.0
"""Room for the figures left of the plot."""
_DOT: Final = 2.8


@dataclass(frozen=True, slots=True)
class Style:
    """How the trend of a side is drawn: told apart in grey too, by shape and by dashes."""

    color: Color
    tint: Color
    dashes: tuple[float, ...]
    square: bool


STYLES: Final = {
    Side.RIGHT: Style(RIGHT, RIGHT_TINT, (), square=False),
    Side.LEFT: Style(LEFT, LEFT_TINT, (4.0, 2.5), square=True),
    None: Style(shapes.INK, RIGHT_TINT, (), square=False),
}


def number(value: float | None, series: Series, decimals: int = 1) -> str:
    """A value as it stands in the table; a dash for a gap, never a nought."""
    if value is None:
        return GAP_MARK
    said = f"{round(value, decimals):g}"
    return said.replace("-", MINUS).replace(".", series.decimal_sign)


def draw_plot(canvas: Canvas, series: Series, x: float, top: float, width: float) -> None:
    """Draw axes, bands, target and trends into a place `PLOT_HEIGHT` high."""
    plot = plot_of(series, x + _AXIS, top - PLOT_HEIGHT + 4, width - _AXIS, PLOT_HEIGHT - 8)
    for trend in series.trends:
        if trend.band:
            _draw_band(canvas, plot, trend.band, STYLES[trend.side])
    _draw_axes(canvas, plot, series, x)
    _draw_visits(canvas, plot)
    if series.target:
        _draw_target(canvas, plot, series.target.value)
    for trend in series.trends:
        _draw_trend(canvas, plot, series, trend)


def _draw_band(canvas: Canvas, plot: Plot, band: Band, style: Style) -> None:
    low, high = plot.up(band.low), plot.up(band.high)
    canvas.saveState()
    canvas.setFillColor(style.tint)
    canvas.setFillAlpha(0.75)
    canvas.rect(plot.x, low, plot.width, high - low, stroke=0, fill=1)
    canvas.setFillAlpha(1)
    canvas.setStrokeColor(style.color)
    canvas.setLineWidth(0.4)
    canvas.setDash([1.5, 2.5] if not style.square else [4.0, 2.5])
    canvas.line(plot.x, low, plot.x + plot.width, low)
    canvas.line(plot.x, high, plot.x + plot.width, high)
    canvas.restoreState()


def _draw_axes(canvas: Canvas, plot: Plot, series: Series, x: float) -> None:
    canvas.setStrokeColor(shapes.EDGE)
    canvas.setLineWidth(0.7)
    canvas.rect(plot.x, plot.foot, plot.width, plot.height, stroke=1, fill=0)
    for value in axis_values(series):
        y = plot.up(value)
        canvas.setStrokeColor(shapes.EDGE)
        canvas.setLineWidth(0.5)
        canvas.line(plot.x - 3, y, plot.x, y)
        draw_word(canvas, prose(number(value, series), "measure"), plot.x - 5, y, SIZE, 1.0)


def _draw_visits(canvas: Canvas, plot: Plot) -> None:
    """A tick for each visit, and its number where there is room."""
    canvas.setStrokeColor(shapes.EDGE)
    canvas.setLineWidth(0.5)
    for visit in range(len(plot.places)):
        at = plot.across(visit)
        canvas.line(at, plot.foot, at, plot.foot - 3)
    for visit in numbered(plot, 13):
        name = prose(str(visit + 1), "measure")
        draw_word(canvas, name, plot.across(visit), plot.foot - 8, SIZE, 0.5)


def _draw_target(canvas: Canvas, plot: Plot, value: float) -> None:
    y = plot.up(value)
    canvas.saveState()
    canvas.setStrokeColor(TARGET)
    canvas.setLineWidth(1.3)
    canvas.setDash([7.0, 2.0, 1.5, 2.0])
    canvas.line(plot.x, y, plot.x + plot.width, y)
    canvas.restoreState()


def _draw_trend(canvas: Canvas, plot: Plot, series: Series, trend: Trend) -> None:
    usual = STYLES[trend.side]
    # Within the error nothing has changed: grey as in the window, and thin for a grey printer.
    calm = replace(usual, color=shapes.EDGE)
    styles = {
        at: calm if verdict_at(series, trend, at) == "same" else usual for at, _ in trend.charted
    }
    canvas.saveState()
    canvas.setDash(list(usual.dashes))
    charted = dict(trend.charted)
    for at, later in steps_of(trend):
        canvas.setStrokeColor(styles[later].color)
        canvas.setLineWidth(0.7 if styles[later] is calm else 1.3)
        start, end = plot.up(charted[at]), plot.up(charted[later])
        canvas.line(plot.across(at), start, plot.across(later), end)
    canvas.setDash([])
    for at, value in trend.charted:
        canvas.setStrokeColor(styles[at].color)
        draw_mark(canvas, plot.across(at), plot.up(value), styles[at])
    canvas.restoreState()


def draw_mark(canvas: Canvas, x: float, y: float, style: Style) -> None:
    """The mark of a value: a dot for the right or a single trend, an open square for the left."""
    canvas.setLineWidth(1.3)
    if style.square:
        canvas.setFillColor(shapes.WHITE)
        canvas.rect(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT, stroke=1, fill=1)
    else:
        canvas.setFillColor(style.color)
        canvas.circle(x, y, _DOT, stroke=1, fill=1)
