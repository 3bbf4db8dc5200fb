"""A chart as a piece of a page: title, plot with its legend, the table beside it, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.papers import ChartText
from clinic_desktop.domain.values import Side

from . import shapes
from .columns import Column, Paragraph, set_column
from .flow import Piece, Unparted
from .plots import PLOT_FOOT, PLOT_HEIGHT, SIZE, STYLES, draw_mark, draw_plot, number
from .text import Prose, draw_word, prose

SENTENCE: Final = 9.0
TITLE: Final = 10.5

_PLOT_SHARE: Final = 0.5
_BETWEEN: Final = 12.0
"""Between the plot, the table and the sentences."""
_ROW: Final = 10.5
_MOST_BESIDE: Final = 16
"""Rows of the table in one of its columns; more visits make more columns."""
_MOST_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class ChartPiece(Unparted):
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
    def _head(self) -> float:
        return self.title.height + 4

    @property
    def _beside(self) -> bool:
        """Whether the sentences have the place beside the table."""
        return has_one_column(len(self.table))

    @property
    def _plot_side(self) -> float:
        return PLOT_HEIGHT + PLOT_FOOT + _marks_height(self.content) + self.legend.height

    @property
    def _table_height(self) -> float:
        return (self._deep + 1) * _ROW if self.table else 0.0

    @property
    def _deep(self) -> int:
        """Rows in one column of the table."""
        rows = len(self.table) - 1
        return -(-rows // (1 if self._beside else _MOST_COLUMNS))

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        self.title.draw(canvas, x, top)
        top -= self._head
        wide = plot_width(self.width) if self.table else self.width
        draw_plot(canvas, self.content.series, x, top, wide)
        foot = top - PLOT_HEIGHT - PLOT_FOOT
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
    return 0 < rows <= int((PLOT_HEIGHT + PLOT_FOOT) / _ROW)


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
        draw_mark(canvas, x + 11, middle, style)
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
    series, trends = content.series, content.series.trends
    names = {Side.RIGHT: content.right, Side.LEFT: content.left, None: ""}
    yield (content.visit, "", *(names[trend.side] for trend in trends))
    for at, day in enumerate(content.days):
        yield (
            str(at + 1),
            day,
            *(number(trend.values[at], series, series.decimals) for trend in trends),
        )


def _legend(content: ChartText) -> str:
    return "; ".join(
        text for text in (content.band, content.calm, content.target, content.gap) if text
    )
