"""Renders the course report: summary, visit by visit, charts, review points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clinic_desktop.domain.papers import ChartText, CourseReport, Table, TableRow

from .body import body_pieces
from .charts import chart_piece, plain_rows
from .columns import Paragraph, set_column
from .flow import Piece, TextPiece, write_paper
from .page import paper_named
from .paper_parts import SMALL, flag_pieces, heading, part_pieces, table_pieces, title_pieces
from .text import prose

_VISITS: Final = (0.12, 0.25, 0.28, 0.24, 0.11)
"""Parts of the width: visit, key signs, tried, plan, done."""
_ABREAST: Final = 4
"""Visits beside each other in the table of a long course."""


def render_course(content: CourseReport, paper: str = "a4") -> bytes:
    """The report as a PDF on `a4` or `letter` paper.

    Raises UnprintableText for a character that the typeface does not have, and ChartError for an
    unknown paper or names that leave no room.
    """
    sheet = paper_named(paper)
    return write_paper(sheet, content.head, tuple(_pieces(content, sheet.inner_width)))


def _pieces(content: CourseReport, width: float) -> Iterator[Piece]:
    head = content.head
    yield from title_pieces(head, width)
    yield from flag_pieces((*content.alarms, *content.flags), width)
    for part in (content.summary, content.outcomes, content.flags_resolved):
        yield from part_pieces(part, head, width)
    yield from part_pieces(content.visits, head, width, _VISITS)
    yield from part_pieces(content.signatures, head, width)
    yield from body_pieces(content.body, width)
    yield heading(content.charts_title, width)
    note = set_column([Paragraph(prose(content.charts_note, "progress"), SMALL)], width)
    yield TextPiece(note, before=2.0, keeps=bool(content.charts))
    for chart in content.charts:
        piece = chart_piece(chart, width)
        yield piece
        if not piece.table:
            yield from _long_table(chart, width)
    for part in (content.reviews, content.not_recorded):
        yield from part_pieces(part, head, width)


def _long_table(chart: ChartText, width: float) -> Iterator[Piece]:
    """The table of a course of many visits, a few visits to a row, over as many pages as needed."""
    head, *rows = plain_rows(chart)
    texts = [f"{row[0]}: {row[1]}: {' / '.join(row[2:])}" for row in rows]
    lines = [texts[at : at + _ABREAST] for at in range(0, len(texts), _ABREAST)]
    sides = " / ".join(part for part in head[2:] if part)
    heads = (f"{head[0]}: {sides}" if sides else head[0],) + ("",) * (_ABREAST - 1)
    table = Table(
        heads,
        tuple(TableRow((*line, *("",) * (_ABREAST - len(line)))) for line in lines),
    )
    yield from table_pieces(table, "measure", width, (), (1 / _ABREAST,) * _ABREAST)
