"""Small charts of a series: bands, target, right and left by shape and by colour, gaps, table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.papers import ChartText
from clinic_desktop.domain.trends import Band, Series, Trend
from clinic_desktop.domain.values import Side

from . import shapes
from .columns import Column, Paragraph, set_column
from .flow import Piece
from .text import Prose, draw_word, prose

MINUS: Final = "\N{MINUS SIGN}"
GAP_MARK: Final = "\N{EN DASH}"
SIZE: Final = 8.0
"""Type in a chart and in the table beside it, in points."""
SENTENCE: Final = 9.0
TITLE: Final = 10.5

RIGHT: Final = HexColor("#1f4e8c")
LEFT: Final = HexColor("#9a4a00")
RIGHT_TINT: Final = HexColor("#dfe8f4")
LEFT_TINT: Final = HexColor("#f6e6d6")
TARGET: Final = HexColor("#2d6a3e")

PLOT_HEIGHT: Final = 88.0
_AXIS: Final = 24.0
"""Room for the figures left of the plot."""
_FOOT: Final = 14.0
_PLOT_SHARE: Final = 0.5
_BETWEEN: Final = 12.0
"""Between the plot, the table and the sentences."""
_ROW: Final = 10.5
_MOST_BESIDE: Final = 16
"""Rows of the table in one of its columns; more visits make more columns."""
_MOST_COLUMNS: Final = 2
_DOT: Final = 2.8
_PAD: Final = 8.0
"""Between the plot's edge and its first and last visit."""


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


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle of a drawing and how values and visits lie in it, in points."""

    x: float
    foot: float
    width: float
    height: float
    low: float
    high: float
    places: tuple[float, ...]
    """Of each visit, from the left edge."""

    def up(self, value: float) -> float:
        """The height of a value on the page; what is beyond the range lies on its edge."""
        part = (value - self.low) / (self.high - self.low)
        return self.foot + min(max(part, 0.0), 1.0) * self.height

    def across(self, visit: int) -> float:
        """Where a visit lies on the page."""
        return self.x + self.places[visit]


def visit_places(days: Sequence[int], width: float) -> tuple[float, ...]:
    """Where visits lie on a line of a width, by their days; those of one day still lie apart."""
    steps = [max(later - day, 0) for day, later in pairwise(days)]
    if not steps:
        return (width / 2,)
    least = sum(steps) / (3 * len(steps)) or 1.0
    steps_wide = [max(step, least) for step in steps]
    whole = sum(steps_wide)
    room = width - 2 * _PAD
    places, at = [_PAD], 0.0
    for step in steps_wide:
        at += step
        places.append(_PAD + room * at / whole)
    return tuple(places)


@dataclass(frozen=True, slots=True)
class ChartPiece:
    """A title, the plot with its legend, and to its right the table and the sentences."""

    content: ChartText
    title: Column
    legend: Column
    sentences: Column
    table: tuple[tuple[Prose, ...], ...]
    """Its head, then its rows; empty where they follow below as a table of their own."""
    width: float
    before: float = 9.0
    keeps: bool = False
    repeats: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        if self._beside:
            return self._head + max(self._plot_side, self._table_height, self.sentences.height) + 4
        whole = max(self._plot_side, self._table_height)
        return self._head + whole + 3 + self.sentences.height + 4

    @property
    def least(self) -> float:
        return self.height

    @property
    def _head(self) -> float:
        return self.title.height + 4

    @property
    def _beside(self) -> bool:
        """Whether the sentences have the place beside the table."""
        return has_one_column(len(self.table))

    @property
    def _plot_side(self) -> float:
        return PLOT_HEIGHT + _FOOT + _marks_height(self.content) + self.legend.height

    @property
    def _table_height(self) -> float:
        return (self._deep + 1) * _ROW if self.table else 0.0

    @property
    def _deep(self) -> int:
        """Rows in one column of the table."""
        rows = len(self.table) - 1
        return -(-rows // (1 if self._beside else _MOST_COLUMNS))

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        return None

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        self.title.draw(canvas, x, top)
        top -= self._head
        wide = plot_width(self.width) if self.table else self.width
        draw_plot(canvas, self.content, x, top, wide)
        foot = top - PLOT_HEIGHT - _FOOT
        _draw_marks(canvas, self.content, x, foot)
        self.legend.draw(canvas, x, foot - _marks_height(self.content))
        if self.table:
            self._draw_table(canvas, x + wide + _BETWEEN, top)
        if self._beside:
            self.sentences.draw(canvas, x + self.width - beside_width(self.width), top)
        else:
            whole = max(self._plot_side, self._table_height)
            self.sentences.draw(canvas, x, top - whole - 3)

    def _draw_table(self, canvas: Canvas, x: float, top: float) -> None:
        head, rows, deep = self.table[0], self.table[1:], self._deep
        wide = beside_width(self.width)
        for column in range(-(-len(rows) // deep)):
            left = x + column * (wide + _BETWEEN)
            block = (head, *rows[column * deep : (column + 1) * deep])
            for line, cells in enumerate(block):
                middle = top - (line + 0.5) * _ROW
                _draw_cells(canvas, cells, left, middle, wide)
                y = top - (line + 1) * _ROW
                shapes.rule(canvas, left, y, wide, shapes.DIVIDER if line else shapes.INK)


def has_one_column(rows: int) -> bool:
    """Whether a table with its head is no higher than the plot beside it."""
    return 0 < rows <= int((PLOT_HEIGHT + _FOOT) / _ROW)


def plot_width(width: float) -> float:
    """Of a plot with a table beside it."""
    return width * _PLOT_SHARE


def beside_width(width: float) -> float:
    """Of each of the two columns to the right of a plot."""
    return (width * (1 - _PLOT_SHARE) - 2 * _BETWEEN) / _MOST_COLUMNS


def _draw_cells(
    canvas: Canvas, cells: Sequence[Prose], x: float, middle: float, width: float
) -> None:
    """Visit and day at the left, the values at the right, one under the other."""
    draw_word(canvas, cells[0], x, middle, SIZE)
    draw_word(canvas, cells[1], x + 14, middle, SIZE)
    share = min(30.0, width * 0.25)
    for n, cell in enumerate(reversed(cells[2:])):
        draw_word(canvas, cell, x + width - n * share, middle, SIZE, 1.0)


def _marks_height(content: ChartText) -> float:
    return 12.0 if content.series.trends[0].side else 0.0


def _draw_marks(canvas: Canvas, content: ChartText, x: float, top: float) -> None:
    """Which mark and which line is the right, and which the left."""
    names = {Side.RIGHT: content.right, Side.LEFT: content.left}
    for trend in content.series.trends:
        if trend.side is None:
            return
        style, middle = STYLES[trend.side], top - 5
        canvas.saveState()
        canvas.setStrokeColor(style.color)
        canvas.setLineWidth(1.3)
        canvas.setDash(list(style.dashes))
        canvas.line(x, middle, x + 22, middle)
        canvas.setDash([])
        _draw_mark(canvas, x + 11, middle, style)
        canvas.restoreState()
        name = prose(names[trend.side], "measure", bold=True)
        draw_word(canvas, name, x + 27, middle, SIZE)
        x += 27 + sum(word.ems for word in name.lines[0]) * SIZE + 16


# ---------------------------------------------------------------------- setting
def chart_piece(content: ChartText, width: float) -> ChartPiece:
    """Set a chart across a width."""
    unit = content.unit
    title = f"{content.title} ({unit})" if unit else content.title
    tabled = len(content.days) <= _MOST_BESIDE * _MOST_COLUMNS
    table = tuple(table_rows(content)) if tabled else ()
    room = beside_width(width) if has_one_column(len(table)) else width
    return ChartPiece(
        content,
        set_column([Paragraph(prose(title, "measure", bold=True), TITLE)], width),
        set_column(
            [Paragraph(prose(_legend(content), "measure"), SIZE)],
            plot_width(width) if tabled else width,
        ),
        set_column(
            [Paragraph(prose(s, "measure"), SENTENCE, before=3.0) for s in content.sentences], room
        ),
        table,
        width,
    )


def table_rows(content: ChartText) -> Iterator[tuple[Prose, ...]]:
    """Every visit with its values; a dash where it has none."""
    for n, cells in enumerate(plain_rows(content)):
        yield tuple(prose(cell, "measure", bold=n == 0) for cell in cells)


def plain_rows(content: ChartText) -> Iterator[tuple[str, ...]]:
    """The head and the rows of the table as plain texts: visit, day, values."""
    trends = content.series.trends
    names = {Side.RIGHT: content.right, Side.LEFT: content.left, None: ""}
    yield (content.visit, "", *(names[trend.side] for trend in trends))
    for at, day in enumerate(content.days):
        yield (str(at + 1), day, *(number(trend.values[at]) for trend in trends))


def number(value: float | None) -> str:
    """A value as it stands in the table; a dash for a gap, never a nought."""
    return GAP_MARK if value is None else f"{round(value, 1):g}".replace("-", MINUS)


def _legend(content: ChartText) -> str:
    return "; ".join(text for text in (content.band, content.target, content.gap) if text)


# ---------------------------------------------------------------------- drawing
def draw_plot(canvas: Canvas, content: ChartText, x: float, top: float, width: float) -> None:
    """Draw axes, bands, target and trends into a place `PLOT_HEIGHT` high."""
    series = content.series
    days = [day.toordinal() for day in series.days]
    inner = width - _AXIS
    plot = Plot(
        x + _AXIS, top - PLOT_HEIGHT + 4, inner, PLOT_HEIGHT - 8, series.low, series.high,
        visit_places(days, inner),
    )  # fmt: skip
    for trend in series.trends:
        if trend.band:
            _draw_band(canvas, plot, trend.band, STYLES[trend.side])
    _draw_axes(canvas, plot, series, x)
    _draw_visits(canvas, plot, len(days))
    if series.target:
        _draw_target(canvas, plot, series.target.value)
    for trend in series.trends:
        _draw_trend(canvas, plot, trend, STYLES[trend.side])


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
    middle = (series.low + series.high) / 2
    canvas.setStrokeColor(shapes.EDGE)
    canvas.setLineWidth(0.7)
    canvas.rect(plot.x, plot.foot, plot.width, plot.height, stroke=1, fill=0)
    for value in (series.low, middle, series.high):
        y = plot.up(value)
        canvas.setStrokeColor(shapes.EDGE)
        canvas.setLineWidth(0.5)
        canvas.line(plot.x - 3, y, plot.x, y)
        draw_word(canvas, prose(number(value), "measure"), plot.x - 5, y, SIZE, 1.0)


def _draw_visits(canvas: Canvas, plot: Plot, count: int) -> None:
    """A tick for each visit, and its number where there is room."""
    free = plot.x - 20
    for visit in range(count):
        at = plot.across(visit)
        canvas.setStrokeColor(shapes.EDGE)
        canvas.setLineWidth(0.5)
        canvas.line(at, plot.foot, at, plot.foot - 3)
        if at - free >= 13:
            name = prose(str(visit + 1), "measure")
            draw_word(canvas, name, at, plot.foot - 8, SIZE, 0.5)
            free = at


def _draw_target(canvas: Canvas, plot: Plot, value: float) -> None:
    y = plot.up(value)
    canvas.saveState()
    canvas.setStrokeColor(TARGET)
    canvas.setLineWidth(1.3)
    canvas.setDash([7.0, 2.0, 1.5, 2.0])
    canvas.line(plot.x, y, plot.x + plot.width, y)
    canvas.restoreState()


def _draw_trend(canvas: Canvas, plot: Plot, trend: Trend, style: Style) -> None:
    canvas.saveState()
    canvas.setStrokeColor(style.color)
    canvas.setLineWidth(1.3)
    canvas.setDash(list(style.dashes))
    for (at, value), (later, after) in pairwise(trend.charted):
        if later == at + 1:  # a visit between that has no value is a gap, not a line
            canvas.line(plot.across(at), plot.up(value), plot.across(later), plot.up(after))
    canvas.setDash([])
    for at, value in trend.charted:
        _draw_mark(canvas, plot.across(at), plot.up(value), style)
    canvas.restoreState()


def _draw_mark(canvas: Canvas, x: float, y: float, style: Style) -> None:
    canvas.setLineWidth(1.3)
    if style.square:
        canvas.setFillColor(shapes.WHITE)
        canvas.rect(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT, stroke=1, fill=1)
    else:
        canvas.setFillColor(style.color)
        canvas.circle(x, y, _DOT, stroke=1, fill=1)
