"""The boxes of the home-plan sheet: each knows its height before it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.figures.drawing import Drawing

from . import shapes
from .columns import Column
from .drawing import draw_drawing, fit_drawings
from .handout_panel import PAD
from .page import Facing, bookmark
from .text import Prose, draw_word

GAP: Final = 6.0
SIGN: Final = 54.0
_STOP_PICTURE: Final = 62.0
_SCALE: Final = 11
_SCALE_OK: Final = 4
"""Cells of the pain scale, and those within the rule: 0 to 3 of 10 (clinical facts, section 5)."""
_SCALE_HEIGHT: Final = 1.67
"""Of the pain scale, as a multiple of its digits' size."""
_NOTE_LINE: Final = 22.0


class Part(Protocol):
    """A piece of the sheet across a given width, in points."""

    @property
    def height(self) -> float:
        """The least height that holds it."""

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw it into a place at least as high as it needs."""


@dataclass(frozen=True, slots=True)
class Head:
    """The sheet's title, with who it is for beside it."""

    row: Facing

    @property
    def height(self) -> float:
        return self.row.height

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        self.row.draw(canvas, x, top)


@dataclass(frozen=True, slots=True)
class Box:
    """Columns of text beside each other in a box; the first begins with the box's title."""

    columns: tuple[Column, ...]
    pad: float = PAD
    line: float = 0.9
    edge: Color = shapes.EDGE
    fill: Color | None = None

    @property
    def height(self) -> float:
        return max(column.height for column in self.columns) + 2 * self.pad - 4

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        shapes.box(canvas, x, top, width, height, self.fill, self.edge, self.line)
        bookmark(canvas, self.columns[0].rows[0].paragraph.text, top)
        at = x + self.pad + self.line
        for column in self.columns:
            column.draw(canvas, at, top - self.pad + 2)
            at += column.width + 2 * self.pad


@dataclass(frozen=True, slots=True)
class StopPart:
    """The stop box: an octagon, what to leave alone, and a drawing of it, crossed out."""

    sign: Prose
    column: Column
    signs: float = 1.0
    drawing: Drawing | None = None

    @property
    def height(self) -> float:
        return max(self.column.height, SIGN * self.signs) + 2 * PAD - 4

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        shapes.box(canvas, x, top, width, height, shapes.ALARM_TINT, shapes.INK, 2.2)
        bookmark(canvas, self.column.rows[0].paragraph.text, top)
        middle, size = top - height / 2, SIGN * self.signs
        shapes.stop_sign(canvas, self.sign, x + 10 + size / 2, middle, size)
        self.column.draw(canvas, x + stop_indent(self.signs), middle + self.column.height / 2)
        if self.drawing is not None:
            wide, high = _STOP_PICTURE * self.signs, float(int(size + 4))
            (placed,) = fit_drawings((self.drawing,), wide, high)
            draw_drawing(canvas, self.drawing, placed, x + width - wide - 8, middle - high / 2)


def stop_indent(signs: float) -> float:
    """Where the words of the stop box begin, behind the sign."""
    return SIGN * signs + 24


def stop_outdent(signs: float) -> float:
    """Where they end, before the drawing."""
    return _STOP_PICTURE * signs + 16


@dataclass(frozen=True, slots=True)
class TickRow:
    """One line of the grid: what to tick off."""

    label: Column
    least: float = 20.5

    @property
    def height(self) -> float:
        return max(self.label.height + 5, self.least)


@dataclass(frozen=True, slots=True)
class Ticks:
    """A grid to tick: a column for each day, a row for each thing to do."""

    title: Column
    days: tuple[tuple[Prose, Prose], ...]
    """Weekday and day of the month."""
    rows: tuple[TickRow, ...]
    size: float

    @property
    def _head(self) -> float:
        return max(self.title.height, 2.3 * self.size) + 3

    @property
    def height(self) -> float:
        return self._head + sum(row.height for row in self.rows) + 13

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        shapes.box(canvas, x, top, width, height)
        bookmark(canvas, self.title.rows[0].paragraph.text, top)
        left, inner = x + PAD, width - 2 * PAD
        step = (inner - self.title.width) / len(self.days)
        centres = [left + self.title.width + (n + 0.5) * step for n in range(len(self.days))]
        stretch = (height - self.height) / max(len(self.rows), 1)
        top -= 7
        self.title.draw(canvas, left, top)
        for centre, (weekday, day) in zip(centres, self.days, strict=True):
            draw_word(canvas, weekday, centre, top - self.size * 0.6, self.size, 0.5)
            draw_word(canvas, day, centre, top - self.size * 1.75, self.size, 0.5)
        top -= self._head
        for line in self.rows:
            shapes.rule(canvas, left, top, inner)
            middle = top - (line.height + stretch) / 2
            line.label.draw(canvas, left, middle + line.label.height / 2)
            for centre in centres:
                shapes.tick_box(canvas, centre, middle, min(14.0 * self.size / 12, step - 5))
            top -= line.height + stretch


@dataclass(frozen=True, slots=True)
class PainRule:
    """The pain scale as a picture: tinted up to 3, a thick line, hatched above."""

    title: Column
    digits: tuple[Prose, ...]
    fine: Column
    too_much: Column
    text: Column
    size: float

    @property
    def _labels(self) -> float:
        return max(self.fine.height, self.too_much.height) + 3

    @property
    def height(self) -> float:
        return self.title.height + 4 + self._scale + self._labels + 4 + self.text.height + 15

    @property
    def _scale(self) -> float:
        return _SCALE_HEIGHT * self.size

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        shapes.box(canvas, x, top, width, height)
        bookmark(canvas, self.title.rows[0].paragraph.text, top)
        left, inner = x + PAD, width - 2 * PAD
        top -= 7
        self.title.draw(canvas, left, top)
        top -= self.title.height + 4
        self._draw_scale(canvas, left, top, inner / _SCALE)
        top -= self._scale
        border = left + inner / _SCALE * _SCALE_OK
        self.fine.draw(canvas, left, top - 3)
        self.too_much.draw(canvas, border + 6, top - 3)
        self.text.draw(canvas, left, top - self._labels - 4)

    def _draw_scale(self, canvas: Canvas, left: float, top: float, cell: float) -> None:
        border = left + cell * _SCALE_OK
        canvas.setFillColor(shapes.CALM_TINT)
        canvas.rect(left, top - self._scale, border - left, self._scale, stroke=0, fill=1)
        shapes.hatched(canvas, border, top, cell * (_SCALE - _SCALE_OK), self._scale)
        middle, wide = top - self._scale / 2, self.size * 0.55
        for number, digit in enumerate(self.digits):
            at = left + number * cell
            if number >= _SCALE_OK:
                # The digit stands clear of the hatching.
                canvas.setFillColor(shapes.WHITE)
                canvas.rect(at + cell / 2 - wide, middle - 6, 2 * wide, 12, stroke=0, fill=1)
            canvas.setFillColor(shapes.INK)
            canvas.setStrokeColor(shapes.INK if number < _SCALE_OK else shapes.EDGE)
            canvas.setLineWidth(1 if number < _SCALE_OK else 0.7)
            canvas.rect(at, top - self._scale, cell, self._scale, stroke=1, fill=0)
            draw_word(canvas, digit, at + cell / 2, middle, self.size, 0.5)
        canvas.setStrokeColor(shapes.INK)
        canvas.setLineWidth(2.8)
        canvas.line(border, top + 3, border, top - self._scale - self._labels)


def pain_split(width: float) -> tuple[float, float]:
    """Widths for the words on either side of the thick line of a pain rule this wide."""
    cell = (width - 2 * PAD) / _SCALE
    return cell * _SCALE_OK - 6, cell * (_SCALE - _SCALE_OK) - 6


@dataclass(frozen=True, slots=True)
class Notes:
    """Ruled lines for the patient's own pen."""

    title: Column

    @property
    def height(self) -> float:
        return self.title.height + 2 * _NOTE_LINE + 10

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        shapes.box(canvas, x, top, width, height)
        self.title.draw(canvas, x + PAD, top - 7)
        line = top - 7 - self.title.height - _NOTE_LINE + 4
        while line > top - height + 6:
            shapes.rule(canvas, x + PAD, line, width - 2 * PAD)
            line -= _NOTE_LINE


@dataclass(frozen=True, slots=True)
class SayBack:
    """What the patient says in her own words before she goes, with a square for the clinician."""

    column: Column
    square: float

    @property
    def height(self) -> float:
        return max(self.column.height, self.square) + 2

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        middle = top - self.height / 2
        shapes.tick_box(canvas, x + self.square / 2, middle, self.square)
        self.column.draw(canvas, x + say_back_indent(self.square), middle + self.column.height / 2)


def say_back_indent(square: float) -> float:
    """Where the words behind the square begin."""
    return square + 7


@dataclass(frozen=True, slots=True)
class Band:
    """Parts below each other in two columns; the last of each reaches down to the same foot."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]

    @property
    def height(self) -> float:
        return max(stack_height(self.left), stack_height(self.right))

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        left_width, right_width = band_widths(width)
        for parts, at, wide in (
            (self.left, x, left_width),
            (self.right, x + width - right_width, right_width),
        ):
            y, rest = top, height
            for part in parts:
                tall = rest if part is parts[-1] else part.height
                part.draw(canvas, at, y, wide, tall)
                y, rest = y - tall - GAP, rest - tall - GAP


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts below each other across the sheet, each as high as it needs."""

    parts: tuple[Part, ...]

    @property
    def height(self) -> float:
        return stack_height(self.parts)

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        for part in self.parts:
            part.draw(canvas, x, top, width, part.height)
            top -= part.height + GAP


def balanced(left: tuple[Part, ...], right: tuple[Part, ...], notes: Part) -> Band:
    """A band whose shorter column gets lines to write on, where there is room for some."""
    missing = stack_height(left) - stack_height(right)
    if missing >= notes.height + GAP:
        right = (*right, notes)
    elif -missing >= notes.height + GAP:
        left = (*left, notes)
    return Band(left, right)


def band_widths(width: float) -> tuple[float, float]:
    """Widths of the two columns of a band."""
    left = width * 0.545
    return left, width - left - GAP - 1


def stack_height(parts: Sequence[Part]) -> float:
    """Height of parts below each other."""
    return sum(part.height for part in parts) + GAP * max(len(parts) - 1, 0)
