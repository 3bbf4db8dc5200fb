"""Renders the recovery sheet: a key in large letters, and what it is for."""

from __future__ import annotations

from typing import Final

from clinic_desktop.domain.papers import RecoverySheet

from .columns import Paragraph, set_column
from .flow import BoxPiece, Piece, TextPiece, write_paper
from .page import paper_named
from .paper_parts import BODY, title_pieces
from .text import prose

_KEY: Final = 21.0
"""Points: letters that are copied by hand, years later."""


def render_recovery(content: RecoverySheet, paper: str = "a4") -> bytes:
    """The sheet as a PDF on `a4` or `letter` paper. Raises UnprintableText, and ChartError for an
    unknown paper."""
    sheet = paper_named(paper)
    width = sheet.inner_width
    said = [Paragraph(prose(line, "text"), BODY + 2, before=5.0) for line in content.sentences]
    key = [Paragraph(prose(line, "key", bold=True), _KEY, before=6.0) for line in content.key]
    pieces: tuple[Piece, ...] = (
        *title_pieces(content.head, width),
        TextPiece(set_column(said, width), before=8.0),
        BoxPiece(set_column(key, width - 18), width, False),
    )
    return write_paper(sheet, content.head, pieces)
