"""Heads, facts, sentences, tables and flag boxes of the clinician's papers as pieces of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from clinic_desktop.domain.papers import Fact, FlagBox, PaperHead, Part, Table, TableRow

from . import shapes
from .columns import Paragraph, set_column
from .flow import CELL, BoxPiece, CellRow, Heading, Piece, TextPiece
from .text import prose

TITLE: Final = 18.0
HEAD: Final = 12.5
BODY: Final = 10.0
SMALL: Final = 9.0
"""Sizes of type in points: for a colleague's eyes, not for a patient's fridge door."""
_WHO: Final = ("patient's name", "clinician's name")
"""Who is in the lines below the title, the patient first."""
_LOW: Final = 40.0
"""Points: a row of a table that is lower than this is one of a list."""
LABEL: Final = 0.24
"""Part of the width that the labels of facts take."""


def title_pieces(head: PaperHead, width: float) -> Iterator[Piece]:
    """The paper's title, and under it what it is about."""
    yield TextPiece(
        set_column([Paragraph(prose(head.title, "title", bold=True), TITLE)], width), keeps=True
    )
    lines = [
        Paragraph(prose(line, _WHO[min(place, 1)]), BODY, before=1.0)
        for place, line in enumerate(head.who)
        if line
    ]
    yield TextPiece(set_column(lines, width), before=3.0)


def part_pieces(
    part: Part,
    head: PaperHead,
    width: float,
    shares: Sequence[float] = (),
    label: float = LABEL,
) -> Iterator[Piece]:
    """A part under its heading; nothing where the part is empty."""
    if part.empty:
        return
    yield heading(part.title, width)
    again = (heading(head.continued.format(title=part.title), width, before=0.0),)
    for line in part.lines:
        column = set_column([Paragraph(prose(line, part.title), BODY)], width)
        yield TextPiece(column, before=2.0, repeats=again)
    for fact in part.facts:
        before = 3.0 if part.lines and fact is part.facts[0] else 0.0
        yield replace(fact_row(fact, part.title, width, label, again), before=before)
    if part.table:
        yield from table_pieces(part.table, part.title, width, again, shares)


def heading(title: str, width: float, before: float = 11.0) -> Heading:
    """The heading of a part."""
    column = set_column([Paragraph(prose(title, "heading", bold=True), HEAD)], width)
    return Heading(column, width, before)


def fact_row(
    fact: Fact, field: str, width: float, label: float, again: tuple[Piece, ...]
) -> CellRow:
    """A label and its text side by side."""
    left = width * label
    return CellRow(
        (
            set_column([Paragraph(prose(fact.label, field, bold=True), BODY)], left - CELL),
            set_column([Paragraph(prose(fact.text, field), BODY)], width - left - CELL),
        ),
        (0.0, left + CELL),
        width,
        line=False,
        repeats=again,
    )


def table_pieces(
    table: Table,
    field: str,
    width: float,
    again: tuple[Piece, ...] = (),
    shares: Sequence[float] = (),
) -> Iterator[Piece]:
    """The head of a table and its rows; head and group name stand again on a further page."""
    count = len(table.heads)
    parts = tuple(shares) or (0.44, *((0.56 / (count - 1),) * (count - 1)))
    widths = [width * part for part in parts]
    head = _row(TableRow(table.heads), field, widths, width, bold=True)
    yield replace(head, before=3.0, repeats=again)
    group: tuple[Piece, ...] = ()
    for place, row in enumerate(table.rows):
        if row.cells[0]:
            group = ()
        repeats = (*again, head, *group)
        shown = _row(row, field, widths, width)
        # A low row is not left alone at the foot of a page, nor the last one on the next.
        alone = shown.height < _LOW and place in (0, len(table.rows) - 2)
        keeps = bool(row.remark) or (alone and place < len(table.rows) - 1)
        yield replace(shown, repeats=repeats, keeps=keeps, line=not row.remark)
        if row.remark:
            yield replace(_remark(row.remark, field, width), repeats=repeats)
        if row.cells[0]:
            group = (_row(TableRow(row.cells[:1]), field, widths, width),)


def _row(
    row: TableRow, field: str, widths: Sequence[float], width: float, bold: bool = False
) -> CellRow:
    lefts = [sum(widths[:n]) for n in range(len(row.cells))]
    cells = []
    for n, text in enumerate(row.cells):
        last = n == len(row.cells) - 1
        wide = (width - lefts[n] if last else widths[n]) - 2 * CELL
        cells.append(set_column([Paragraph(prose(text, field, bold=bold), SMALL)], wide))
    return CellRow(
        tuple(cells),
        tuple(left + CELL for left in lefts),
        width,
        shapes.PANEL if bold else None,
        keeps=bold,
    )


def _remark(text: str, field: str, width: float) -> CellRow:
    column = set_column([Paragraph(prose(text, field), SMALL)], width - 4 * CELL)
    return CellRow((column,), (3 * CELL,), width)


def flag_pieces(flags: Sequence[FlagBox], width: float) -> Iterator[Piece]:
    """Open red flags in boxes, the grave ones in the colour of alarm and with a thick edge."""
    for flag in flags:
        lines = [Paragraph(prose(flag.title, "red flag", bold=True), BODY + 1)]
        lines += [
            Paragraph(prose(text, "red flag"), BODY, before=1.5)
            for text in (flag.action, flag.because)
            if text
        ]
        yield BoxPiece(set_column(lines, width - 18), width, flag.grave)


def remark_pieces(texts: Sequence[str], width: float) -> Iterator[Piece]:
    """Small lines below the status."""
    for text in texts:
        yield TextPiece(set_column([Paragraph(prose(text, "status"), SMALL)], width), before=1.0)


def status_piece(text: str, width: float) -> TextPiece:
    """A line that stands out below the title."""
    column = set_column([Paragraph(prose(text, "status", bold=True), BODY)], width)
    return TextPiece(column, before=4.0)
