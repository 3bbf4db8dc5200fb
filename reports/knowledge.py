"""All rules and plan items on paper, for a clinician who reviews them, with room to sign each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.review import PlanRow, RuleReview, RuleRow, RuleSection
from clinic_desktop.domain.rulebook import Origin

from .columns import Column, Paragraph, set_column
from .page import Frame, paper_named, write_pdf
from .shapes import INK
from .text import Prose, prose

TITLE: Final = "All rules and plan items, for review"
_BODY: Final = 10.0
_SMALL: Final = 9.0
_HEADING: Final = 15.0
_INDENT: Final = 12.0
_GAP: Final = 8.0
_UNSIGNED: Final = "Reviewed by: ______________________  on: ____________"


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stay on one page where they fit on one."""

    column: Column
    heading: bool = False


def render_review(review: RuleReview, paper: str = "a4") -> bytes:
    """The rules as a PDF on `a4` or `letter` paper: the same bytes for the same rules.

    Raises UnprintableText for a character that the typeface does not have, and ChartError for an
    unknown paper.
    """
    sheet = paper_named(paper)
    frame = Frame(
        sheet,
        prose(TITLE, "title", bold=True),
        prose("", "phone"),
        prose(f"Rule set {review.version}", "version"),
        lambda number, pages: prose(f"Page {number} of {pages}", "page"),
    )
    pages = _pages(tuple(_blocks(review, sheet.inner_width)), frame.room)

    def draw(number: int, canvas: Canvas) -> None:
        frame.draw(canvas, number, len(pages))
        canvas.setFillColor(INK)
        top = frame.top
        for block in pages[number - 1]:
            block.column.draw(canvas, sheet.margin, top)
            top -= block.column.height + _GAP

    draws = [partial(draw, number + 1) for number in range(len(pages))]
    return write_pdf(sheet, "en", f"{TITLE}, {review.version}", "Clinic Desktop", draws)


# ---------------------------------------------------------------------- onto pages
def _pages(blocks: Sequence[_Block], room: float) -> list[list[_Block]]:
    pages: list[list[_Block]] = [[]]
    left = room
    for place, block in enumerate(blocks):
        needed = block.column.height
        if block.heading and place + 1 < len(blocks):
            # A heading never stands alone at the foot of a page.
            needed += _GAP + min(blocks[place + 1].column.height, room / 2)
        if needed > left and pages[-1]:
            pages.append([])
            left = room
        rest = block.column
        while rest.height > left:
            here, rest = rest.split(left)
            pages[-1].append(_Block(here))
            pages.append([])
            left = room
        pages[-1].append(_Block(rest))
        left -= rest.height + _GAP
    return pages


# ---------------------------------------------------------------------- what stands on them
def _blocks(review: RuleReview, width: float) -> Iterator[_Block]:
    yield _block(_opening(review), width)
    for section in review.sections:
        yield from _section(section, width)
    yield _heading("Plan items", "The words that the patient reads, and their sources.", width)
    for item in review.plan:
        yield _block(_item(item), width)
    yield _heading(
        "Resting on textbook memory",
        "Textbook, not yet reviewed: written from memory, to be looked up.",
        width,
    )
    for row in review.textbook:
        lines = (_bold(row.id, _BODY), _line(row.what), _line(f"Source: {row.source}", _SMALL))
        yield _block(lines, width)


def _opening(review: RuleReview) -> Iterator[Paragraph]:
    yield _line(
        f"Reviewed by a licensed therapist: {review.reviewed} of {review.rules}. Resting on"
        f" textbook memory, not yet looked up: {len(review.textbook)}, listed at the end.",
        11.0,
    )
    yield _line(
        "The clinical model is clinic experience and is not validated. Article: the published"
        " article says it. Evidence: a study or guideline says it. Proposal: we propose it, and"
        " nobody has tested it.",
        11.0,
    )


def _section(section: RuleSection, width: float) -> Iterator[_Block]:
    yield _heading(section.title, section.note, width)
    for row in section.rows:
        yield _block(_rule(row), width)


def _rule(row: RuleRow) -> Iterator[Paragraph]:
    yield _bold(row.id, _BODY)
    yield _line(row.sentence)
    if row.when:
        yield _line(f"When: {row.when}", _SMALL)
    yield from _origin(row.origin)


def _item(item: PlanRow) -> Iterator[Paragraph]:
    yield _bold(f"{item.name} ({item.id}; {item.kind})", _BODY)
    for label, words in item.lines:
        yield _line(f"{label}: {words}")
    yield from _origin(item.origin)


def _origin(origin: Origin) -> Iterator[Paragraph]:
    yield _line(f"Source: {origin.source} [{origin.mark}; since {origin.since}]", _SMALL)
    signed = f"Reviewed by: {origin.reviewed_by}, {origin.reviewed_on}"
    yield _line(signed if origin.reviewed_by else _UNSIGNED, _SMALL, before=3.0)


def _heading(title: str, note: str, width: float) -> _Block:
    lines = (Paragraph(_prose(title, bold=True), _HEADING), Paragraph(_prose(note), _BODY, 2.0))
    return _Block(set_column(lines, width), heading=True)


def _block(paragraphs: Iterator[Paragraph] | tuple[Paragraph, ...], width: float) -> _Block:
    return _Block(set_column(paragraphs, width))


def _bold(text: str, size: float) -> Paragraph:
    return Paragraph(_prose(text, bold=True), size)


def _line(text: str, size: float = _BODY, before: float = 1.0) -> Paragraph:
    return Paragraph(_prose(text), size, before, indent=_INDENT)


def _prose(text: str, bold: bool = False) -> Prose:
    return prose(text, "rules", bold)
