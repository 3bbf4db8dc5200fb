"""An exercise on the home-plan sheet: its head, its drawings, and its words beside and below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from . import shapes
from .columns import Column, Paragraph, set_column
from .handout_pictures import Block
from .page import Facing, bookmark, facing
from .text import Prose
from .type_sizes import TypeSizes

PAD: Final = 9.0
BETWEEN: Final = 10.0
"""From the drawings to the words."""
_ROW_GAP: Final = 6.0


@dataclass(frozen=True, slots=True)
class PanelHead:
    """The grey bar of an exercise: number, name and what it is for."""

    number: Prose
    title: Prose
    row: Facing
    signs: float = 1.0

    @property
    def height(self) -> float:
        """In points."""
        return max(self.row.height, 2 * shapes.DISC * self.signs) + 6

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw it as the head of a panel."""
        bookmark(canvas, self.number + self.title, top)
        shapes.title_bar(canvas, x, top, width, self.height)
        middle = top - self.height / 2
        shapes.disc(canvas, self.number, x + 7, middle, self.signs)
        self.row.draw(canvas, x + head_indent(self.signs), middle + self.row.height / 2)


def head_indent(signs: float) -> float:
    """Where the words of a panel's head begin, behind the number."""
    return 14 + 2 * shapes.DISC * signs


def panel_head(
    number: Prose, title: Prose, purpose: Prose, width: float, sizes: TypeSizes
) -> PanelHead:
    """Set the bar of an exercise; a long purpose goes below the name."""
    inner = width - head_indent(sizes.signs) - PAD
    name = Paragraph(title, sizes.name)
    beside = facing([name], [Paragraph(purpose, sizes.small, align=1.0)], inner)
    if len(beside.left.rows) > 1 or len(beside.right.rows) > 1:
        both = set_column([name, Paragraph(purpose, sizes.small)], inner)
        beside = Facing(both, Column((), 0.0))
    return PanelHead(number, title, beside, sizes.signs)


@dataclass(frozen=True, slots=True)
class Panel:
    """An exercise: drawings on the left, words on the right, and what did not fit there below."""

    head: PanelHead
    pictures: Block | None
    words: Column
    below: tuple[tuple[Column, ...], ...] = ()
    """Rows of texts beside each other across the panel."""

    @property
    def height(self) -> float:
        """The least that holds it."""
        least = self.pictures.least if self.pictures else 0.0
        return self._frame + max(self.words.height, least)

    @property
    def most(self) -> float:
        """The height from which on its drawings do not grow any more."""
        most = self.pictures.most if self.pictures else 0.0
        return self._frame + max(self.words.height, most)

    @property
    def blank(self) -> float:
        """Height that stays empty below its drawings, however large they get."""
        return max(0.0, self.words.height - self.pictures.most) if self.pictures else 0.0

    @property
    def _frame(self) -> float:
        """Head, margins and what stands below."""
        return self.head.height + 2 * PAD - 5 + self._below

    @property
    def _below(self) -> float:
        rows = sum(_tallest(row) for row in self.below)
        return rows + _ROW_GAP * (len(self.below) + 1) - 2 if self.below else 0.0

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw it into a place at least as high as it needs."""
        shapes.box(canvas, x, top, width, height)
        self.head.draw(canvas, x, top, width)
        left, body = x + PAD, height - self._frame
        top -= self.head.height + PAD - 3
        beside = left
        if self.pictures:
            self.pictures.draw(canvas, left, top, body)
            self.pictures.draw_dividers(canvas, left, top, body)
            beside = left + self.pictures.width + 2 * BETWEEN
            shapes.upright(canvas, beside - BETWEEN, top, body)
        self.words.draw(canvas, beside, top)
        self._draw_below(canvas, left, top - body, width - 2 * PAD)

    def _draw_below(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        top -= _ROW_GAP / 2
        for row in self.below:
            shapes.rule(canvas, x, top, width)
            top -= _ROW_GAP / 2
            at = x
            for number, column in enumerate(row):
                column.draw(canvas, at, top)
                at += column.width + 2 * BETWEEN
                if number + 1 < len(row):
                    shapes.upright(canvas, at - BETWEEN, top, _tallest(row))
            top -= _tallest(row) + _ROW_GAP / 2


def _tallest(row: Sequence[Column]) -> float:
    return max(column.height for column in row)


@dataclass(frozen=True, slots=True)
class LongPanel:
    """An exercise that outgrows a page: its drawings, then one column that goes on over pages."""

    head: PanelHead
    more: PanelHead
    """The head on the pages after the first."""
    pictures: Block | None
    column: Column

    @property
    def height(self) -> float:
        """Of all that is left of it."""
        return self._before + self.column.height + PAD

    @property
    def _before(self) -> float:
        drawings = self.pictures.least + PAD if self.pictures else 0.0
        return self.head.height + PAD - 2 + drawings

    def split(self, room: float) -> tuple[LongPanel, LongPanel]:
        """What fits into a height, and the rest."""
        here, rest = self.column.split(room - self._before - PAD)
        after = replace(self, head=self.more, pictures=None, column=rest)
        return replace(self, column=here), after

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw it into a place at least as high as it needs."""
        shapes.box(canvas, x, top, width, height)
        self.head.draw(canvas, x, top, width)
        if self.pictures:
            high = self.pictures.least
            place = top - self.head.height - PAD + 2
            self.pictures.draw(canvas, x + PAD, place, high)
            self.pictures.draw_dividers(canvas, x + PAD, place, high)
        self.column.draw(canvas, x + PAD, top - self._before)
