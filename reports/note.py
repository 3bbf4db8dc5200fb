"""Renders the visit note: one visit as it was charted, the same bytes for one content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clinic_desktop.domain.papers import VisitNote

from .body import body_pieces
from .flow import Piece, write_paper
from .page import paper_named
from .paper_parts import flag_pieces, part_pieces, remark_pieces, status_piece, title_pieces

_FINDINGS: Final = (0.27, 0.27, 0.23, 0.23)
"""Parts of the width: test, finding, right, left."""
_PLAIN: Final = (0.27, 0.73)
"""The same for a tab in which nothing has sides."""


def render_note(content: VisitNote, paper: str = "a4") -> bytes:
    """The note as a PDF on `a4` or `letter` paper.

    Raises UnprintableText for a character that the typeface does not have, and ChartError for an
    unknown paper or names that leave no room.
    """
    sheet = paper_named(paper)
    return write_paper(sheet, content.head, tuple(_pieces(content, sheet.inner_width)))


def _pieces(content: VisitNote, width: float) -> Iterator[Piece]:
    head = content.head
    yield from title_pieces(head, width)
    yield status_piece(content.status, width)
    yield from remark_pieces(content.signing, width)
    yield from flag_pieces(content.alarms, width)
    yield from flag_pieces(content.flags, width)
    for part in (content.addenda, content.told, content.flags_resolved):
        yield from part_pieces(part, head, width)
    for part in (content.suggestion, content.decision, content.changes, content.retests):
        yield from part_pieces(part, head, width)
    yield from part_pieces(content.plan, head, width, (0.34, 0.66))
    yield from body_pieces(content.body, width)
    for part in content.findings:
        plain = part.table is not None and len(part.table.heads) == 2
        yield from part_pieces(part, head, width, _PLAIN if plain else _FINDINGS)
    yield from part_pieces(content.not_recorded, head, width)
