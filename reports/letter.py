"""Renders the referral letter: the one paper that prints over an open red flag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clinic_desktop.domain.papers import ReferralLetter

from .columns import Paragraph, set_column
from .flow import BoxPiece, Piece, TextPiece, write_paper
from .page import paper_named
from .paper_parts import BODY, part_pieces, title_pieces
from .text import prose

_GRAVE: Final = frozenset({"E", "S", "U"})
_LABEL: Final = 0.34
"""Part of the width for names of findings, so that most of them stand in one line."""


def render_letter(content: ReferralLetter, paper: str = "a4") -> bytes:
    """The letter as a PDF on `a4` or `letter` paper.

    Raises UnprintableText for a character that the typeface does not have, and ChartError for an
    unknown paper or names that leave no room.
    """
    sheet = paper_named(paper)
    return write_paper(sheet, content.head, tuple(_pieces(content, sheet.inner_width)))


def _pieces(content: ReferralLetter, width: float) -> Iterator[Piece]:
    head = content.head
    yield from title_pieces(head, width)
    to = prose(content.to.label, "recipient", bold=True) + prose(content.to.text, "recipient")
    yield TextPiece(set_column([Paragraph(to, BODY + 1)], width), before=8.0)
    urgency = Paragraph(prose(content.urgency, "urgency", bold=True), BODY + 2)
    yield BoxPiece(set_column([urgency], width - 18), width, content.level in _GRAVE)
    for part in (
        content.reason,
        content.findings,
        content.negatives,
        content.not_recorded,
        content.told,
    ):
        yield from part_pieces(part, head, width, label=_LABEL)
    closing = [
        Paragraph(prose(line, "clinic", bold=n == 0), BODY, before=2.0)
        for n, line in enumerate(content.closing)
    ]
    yield TextPiece(set_column(closing, width), before=12.0, keeps=True)
    label = prose(f"{content.signature.label}: ________________________________", "signature")
    known = ", ".join(part for part in (content.signature.text, head.date) if part)
    name = prose(known, "clinician's name")
    signed = [Paragraph(label, BODY), Paragraph(name, BODY, before=2.0)]
    yield TextPiece(set_column(signed, width), before=24.0)
