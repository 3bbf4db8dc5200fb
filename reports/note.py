"""Renders the visit note: one visit as it was charted, the same bytes for one content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clinic_desktop.domain.papers import VisitNote

from .body import body_pieces
from .flow import Piece, emptiest, frame_of, write_paper
from .page import paper_named
from .paper_parts import flag_pieces, part_pieces, remark_pieces, status_piece, title_pieces

_FINDINGS: Final = (0.27, 0.27, 0.23, 0.23)
"""Parts of the width: test, finding, right, left."""
_PLAIN: Final = (0.27, 0.73)
"""The same for a tab in which nothing has sides."""
_EMPTY: Final = 90.0
"""Points at the foot of a page that nobody minds."""


def render_note(content: VisitNote, paper: str = "a4") -> bytes:
    """The note as a PDF on `a4` or `letter` paper.

    Raises UnprintableText for a character that the typeface does not have, and ChartError for an
    unknown paper or names that leave no room.
    """
    sheet = paper_named(paper)
    room = frame_of(sheet, content.head).room
    return write_paper(sheet, content.head, _ordered(content, sheet.inner_width, room))


def _ordered(content: VisitNote, width: float, room: float) -> tuple[Piece, ...]:
    """All of the note; the chart of the body, which is never parted, stands before the findings or
    after a later one of them: wherever it leaves no page half empty."""
    head = content.head
    findings = []
    for part in content.findings:
        plain = part.table is not None and len(part.table.heads) == 2
        findings.append(tuple(part_pieces(part, head, width, _PLAIN if plain else _FINDINGS)))
    before, body = tuple(_before(content, width)), tuple(body_pieces(content.body, width))
    last = tuple(part_pieces(content.not_recorded, head, width))

    def with_body_at(place: int) -> tuple[Piece, ...]:
        parts = (before, *findings[:place], body, *findings[place:], last)
        return tuple(piece for part in parts for piece in part)

    usual = with_body_at(0)
    if not body or emptiest(usual, room) <= _EMPTY:
        return usual
    orders = (with_body_at(place) for place in range(len(findings) + 1))
    return min(orders, key=lambda pieces: max(_EMPTY, emptiest(pieces, room)))


def _before(content: VisitNote, width: float) -> Iterator[Piece]:
    """What comes before the findings."""
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
