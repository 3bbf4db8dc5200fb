"""Paragraphs set into a column of known width: its height is known before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from .shapes import bullet, ring
from .text import Line, Prose, break_lines, draw_line

LEADING: Final = 1.17
"""Height of a line as a multiple of its font size."""
LARGEST_NORMAL: Final = 14.0
"""Up to this size of type rings and digits keep theirs; with larger type they grow."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with its size in points, and what stands before it."""

    text: Prose
    size: float
    before: float = 0.0
    """Free height above, in points; none at the top of a column."""
    indent: float = 0.0
    mark: Prose | None = None
    """A number that stands in a ring before it; an empty text stands for a bullet."""
    align: float = 0.0
    """0 left, 1 right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a column."""

    line: Line
    paragraph: Paragraph
    before: float
    first: bool
    """The first line of its paragraph, which carries the mark."""

    @property
    def height(self) -> float:
        """Of the line itself, in points."""
        return self.paragraph.size * LEADING


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below each other, in points."""

    rows: tuple[Row, ...]
    width: float

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return sum(row.before + row.height for row in self.rows)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw the column with its upper left corner at `x`, `top`."""
        for row in self.rows:
            top -= row.before
            middle = top - row.height / 2
            size, indent = row.paragraph.size, row.paragraph.indent
            free = self.width - indent - row.line.ems * size
            if row.first and row.paragraph.mark is not None:
                _draw_mark(canvas, row.paragraph.mark, x, middle, size)
            draw_line(canvas, row.line, x + indent + free * row.paragraph.align, middle, size)
            top -= row.height

    def split(self, room: float) -> tuple[Column, Column]:
        """What fits into a height, and the rest; either may be empty.

        No line of a paragraph is left alone at the foot or the head of a page.
        """
        used = 0.0
        for count, row in enumerate(self.rows):
            used += row.before + row.height
            if used > room:
                return self._cut(self._without_orphans(count))
        return self, replace(self, rows=())

    def _cut(self, count: int) -> tuple[Column, Column]:
        rest = self.rows[count:]
        rest = (replace(rest[0], before=0.0), *rest[1:])
        return replace(self, rows=self.rows[:count]), replace(self, rows=rest)

    def _without_orphans(self, count: int) -> int:
        """The nearest earlier place to cut that leaves two lines on either side, if any does."""
        cut = count
        while cut > 0:
            if self.rows[cut].first or not (self._alone_before(cut) or self._alone_after(cut)):
                return cut
            cut -= 1
        return 0

    def _alone_before(self, cut: int) -> bool:
        return self.rows[cut - 1].first

    def _alone_after(self, cut: int) -> bool:
        return cut + 1 == len(self.rows) or self.rows[cut + 1].first


def set_column(paragraphs: Iterable[Paragraph], width: float) -> Column:
    """Break paragraphs into the lines of a column."""
    rows: list[Row] = []
    for paragraph in paragraphs:
        room = width - paragraph.indent
        for number, line in enumerate(break_lines(paragraph.text, paragraph.size, room)):
            first = number == 0
            before = paragraph.before if first and rows else 0.0
            rows.append(Row(line, paragraph, before, first))
    return Column(tuple(rows), width)


def _draw_mark(canvas: Canvas, mark: Prose, x: float, middle: float, size: float) -> None:
    if mark.lines[0]:
        ring(canvas, mark, x, middle, max(1.0, size / LARGEST_NORMAL))
    else:
        bullet(canvas, x, middle, size)
