"""Renders the home-plan sheet: one page where it can be, the same bytes for one content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.errors import ChartError

from .handout_parts import GAP, Band, LongPanel, Panel, Part, stack_height
from .handout_setting import Setting, setting
from .handout_text import stamp
from .page import Frame, paper_named, write_pdf

SIZES: Final = tuple(tenths / 10 for tenths in range(140, 119, -2))
"""Sizes of body type in points, largest first: 12 is the least for clear print."""

_FREE: Final = 24.0
"""Height left over at a size before the next larger one is not tried, in points."""
_MOST_STRETCH: Final = 26.0
"""Spare height that goes into one exercise's panel."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A part at its place: how far below the top of the page, and how high it is drawn."""

    part: Part
    down: float
    height: float


Page = tuple[Placed, ...]


def render_handout(content: Handout, paper: str = "a4") -> bytes:
    """The sheet as a PDF on `a4` or `letter` paper.

    Raises UnprintableText for a character that the typeface does not have, and ChartError for an
    unknown paper or a text too long for any page.
    """
    sheet = paper_named(paper)
    ready = setting(content, sheet.inner_width)
    text = ready.text
    frame = Frame(sheet, text.clinic, text.phone, text.identity, partial(stamp, content))
    pages = _one_page(ready, frame.room) or _several_pages(ready, frame.room)

    def draw(number: int, canvas: Canvas) -> None:
        frame.draw(canvas, number, len(pages))
        for placed in pages[number - 1]:
            top = frame.top - placed.down
            placed.part.draw(canvas, sheet.margin, top, sheet.inner_width, placed.height)

    return write_pdf(
        sheet,
        content.language,
        f"{content.words.title}, {content.words.date(content.date)}",
        content.clinic.name,
        [partial(draw, number + 1) for number in range(len(pages))],
    )


def _lower(size: float) -> float:
    """Type of the boxes below the exercises, a little smaller than theirs."""
    return max(12.0, size - 1)


def _one_page(ready: Setting, room: float) -> tuple[Page, ...]:
    """The sheet on one page at the largest size that leaves air; empty where none will do."""
    for size in SIZES:
        parts = _parts_of_one_page(ready, size)
        spare = room - stack_height(parts)
        if spare >= (_FREE if size > SIZES[-1] else 0):
            return (_filled(parts, ready, spare),)
    return ()


def _parts_of_one_page(ready: Setting, size: float) -> list[Part]:
    low = _lower(size)
    panels = [ready.panel(panel, size) for panel in ready.panels]
    top = [ready.head(), *ready.stop(low), *panels]
    if ready.wide_ticks:
        return [*top, *ready.ticks(whole=True), ready.safety(low, with_pain_rule=True)]
    grid = Band(tuple(ready.ticks(whole=False)), (ready.pain_rule(low),))
    return [*top, grid, ready.safety(low, with_pain_rule=False)]


def _filled(parts: list[Part], ready: Setting, spare: float) -> Page:
    """Spare height becomes lines for notes, or where it is too little, air in the panels."""
    notes = ready.notes()
    if spare - GAP >= notes.height:
        heights = [*(part.height for part in parts), spare - GAP]
        return _stacked([*parts, notes], heights)
    return _stacked(parts, _stretched(parts, spare))


def _stretched(parts: Sequence[Part], spare: float) -> list[float]:
    panels = [part for part in parts if isinstance(part, Panel)]
    each = min(spare / len(panels), _MOST_STRETCH) if panels else 0.0
    return [part.height + (each if isinstance(part, Panel) else 0.0) for part in parts]


def _stacked(parts: Sequence[Part], heights: Sequence[float]) -> Page:
    placed, down = [], 0.0
    for part, height in zip(parts, heights, strict=True):
        placed.append(Placed(part, down, height))
        down += height + GAP
    return tuple(placed)


def _several_pages(ready: Setting, room: float) -> tuple[Page, ...]:
    """The sheet over pages, at the largest size that needs no more of them than the smallest."""
    fewest = _flowed(ready, SIZES[-1], room)
    for size in SIZES:
        pages = _flowed(ready, size, room)
        if len(pages) == len(fewest):
            return pages
    return fewest


def _flowed(ready: Setting, size: float, room: float) -> tuple[Page, ...]:
    """Exercises from page to page; when to call stands at the foot of the first one."""
    safety = ready.safety(_lower(size), with_pain_rule=True)
    page: list[Part] = [ready.head(), *ready.stop(_lower(size))]
    waiting: list[Part] = []
    for panel in ready.panels:
        part = ready.panel(panel, size)
        if not waiting and stack_height([*page, part, safety]) <= room:
            page.append(part)
        else:
            waiting += [part] if part.height <= room else [ready.long_panel(panel, size)]
    waiting += ready.ticks(whole=True)
    spare = room - stack_height([*page, safety])
    if spare < 0:
        raise ChartError("the names or the address are too long for the sheet; please shorten them")
    first = _filled(page, ready, spare)
    foot = Placed(safety, room - safety.height, safety.height)
    return ((*first, foot), *_following(waiting, room))


def _following(parts: Sequence[Part], room: float) -> list[Page]:
    """Parts filled onto pages in their order; only an exercise longer than a page is split."""
    pages: list[list[Part]] = [[]]
    for part in parts:
        rest: Part = part
        while isinstance(rest, LongPanel) and not _fits(pages[-1], rest, room):
            here, rest = rest.split(room - stack_height(pages[-1]) - (GAP if pages[-1] else 0))
            if here.column.rows:
                pages[-1].append(here)
            pages.append([])
        if not _fits(pages[-1], rest, room):
            pages.append([])
        pages[-1].append(rest)
    return [_stacked(page, [part.height for part in page]) for page in pages if page]


def _fits(page: Sequence[Part], part: Part, room: float) -> bool:
    return stack_height([*page, part]) <= room
