"""Charts of the body on paper: one beside its words, or those of a course side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.papers import BodyPicture, BodyPictures, LegendEntry

from .columns import Column, Paragraph, set_column
from .drawing import draw_drawing, fit_drawings
from .flow import CELL, CellRow, Piece, TextPiece, Unparted
from .paper_parts import BODY, SMALL, heading
from .text import prose

_FIELD: Final = "body chart"
_WIDE: Final = 150.0
_HIGH: Final = 178.0
"""Of one chart in points."""
_ABREAST: Final = 4
_SAMPLE_WIDE: Final = 18.0
_SAMPLE_HIGH: Final = 11.0
_ENTRY_GAP: Final = 14.0
_MOST_BESIDE: Final = 220.0
"""Words that are longer than this stand below their chart, where they may go on overleaf."""


@dataclass(frozen=True, slots=True)
class ChartRow(Unparted):
    """Charts side by side, each in its cell with its title above it."""

    drawings: tuple[Drawing, ...]
    titles: tuple[Column, ...]
    cell: float
    beside: Column | None = None
    """Words to the right of the only chart."""
    before: float = 4.0
    keeps: bool = False
    repeats: tuple[Piece, ...] = ()

    @property
    def _head(self) -> float:
        return max((title.height + 4 for title in self.titles), default=0.0)

    @property
    def height(self) -> float:
        """Of the titles with the charts."""
        return self._head + _HIGH + 4

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw titles, charts and what stands beside them."""
        wide = min(_WIDE, self.cell - 4 * CELL)
        fits = fit_drawings(self.drawings, wide, _HIGH, SMALL)
        for n, (drawing, placed) in enumerate(zip(self.drawings, fits, strict=True)):
            left = x + n * self.cell
            if self.titles:
                self.titles[n].draw(canvas, left, top)
            draw_drawing(canvas, drawing, placed, left, top - self._head - _HIGH, size=SMALL)
        if self.beside is not None:
            self.beside.draw(canvas, x + _WIDE + 20, top - self._head - 8)


@dataclass(frozen=True, slots=True)
class LegendRow(Unparted):
    """Patterns with their meaning, in a line."""

    entries: tuple[tuple[Drawing, Column], ...]
    before: float = 3.0
    keeps: bool = True
    repeats: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        """Of the samples or their words, whichever is more."""
        return max((words.height for _sample, words in self.entries), default=0.0) + 3

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw each sample with its words behind it."""
        for sample, words in self.entries:
            placed = fit_drawings((sample,), _SAMPLE_WIDE, _SAMPLE_HIGH, SMALL)[0]
            middle = top - words.height / 2
            draw_drawing(canvas, sample, placed, x, middle - _SAMPLE_HIGH / 2)
            words.draw(canvas, x + _SAMPLE_WIDE + 4, top)
            x += _entry_width(words)


def _entry_width(words: Column) -> float:
    return _SAMPLE_WIDE + 4 + words.width + _ENTRY_GAP


def body_pieces(content: BodyPictures, width: float) -> Iterator[Piece]:
    """The charts under their heading; nothing where no visit said where it hurts."""
    if not content.pictures:
        return
    yield heading(content.title, width)
    if content.note:
        yield TextPiece(_small(content.note, width), before=2.0, keeps=True)
    yield from _legend_rows(content.legend, width)
    if len(content.pictures) == 1 and not content.pictures[0].title:
        yield from _one(content.pictures[0], width)
        return
    cell = width / _ABREAST
    for start in range(0, len(content.pictures), _ABREAST):
        row = content.pictures[start : start + _ABREAST]
        titles = tuple(_bold(picture.title, cell - CELL) for picture in row)
        yield ChartRow(tuple(p.drawing for p in row), titles, cell, keeps=True)
        said = tuple(_words(picture, cell - 2 * CELL) for picture in row)
        yield CellRow(said, tuple(n * cell for n in range(len(row))), width, line=False)


def _one(picture: BodyPicture, width: float) -> Iterator[Piece]:
    beside = _words(picture, width - _WIDE - 20, BODY)
    fits = beside.height <= _MOST_BESIDE - 30
    yield ChartRow((picture.drawing,), (), _WIDE + CELL, beside if fits else None)
    if not fits:
        yield TextPiece(_words(picture, width, BODY), before=3.0)


def _words(picture: BodyPicture, width: float, size: float = SMALL) -> Column:
    paragraphs = []
    for fact in picture.sides:
        label = prose(f"{fact.label}:", _FIELD, bold=True)
        paragraphs.append(Paragraph(label + prose(fact.text, _FIELD), size, before=2.0))
    if picture.change:
        paragraphs.append(Paragraph(prose(picture.change, _FIELD), size, before=4.0))
    return set_column(paragraphs, width)


def _legend_rows(entries: Sequence[LegendEntry], width: float) -> Iterator[Piece]:
    """As many lines as the meanings need."""
    row: list[tuple[Drawing, Column]] = []
    used = 0.0
    for entry in entries:
        words = _one_line(entry.words)
        if row and used + _entry_width(words) > width:
            yield LegendRow(tuple(row))
            row, used = [], 0.0
        row.append((entry.sample, words))
        used += _entry_width(words)
    if row:
        yield LegendRow(tuple(row))


def _one_line(text: str) -> Column:
    column = _small(text, float("inf"))
    return replace(column, width=max(row.line.ems * SMALL for row in column.rows))


def _small(text: str, width: float) -> Column:
    return set_column([Paragraph(prose(text, _FIELD), SMALL)], width)


def _bold(text: str, width: float) -> Column:
    return set_column([Paragraph(prose(text, _FIELD, bold=True), SMALL)], width)
