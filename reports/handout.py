"""Renders the home-plan sheet: one page where it can be, the same bytes for one content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.documents import SIZE_MARK, Handout
from clinic_desktop.domain.errors import NamesTooLong

from .handout_panel import LongPanel, Panel
from .handout_parts import GAP, Part, Stack, stack_height
from .handout_setting import Arrangement, Room, Setting, setting
from .handout_text import stamp
from .page import Frame, paper_named, write_pdf
from .pictures import logo_of
from .text import prose
from .type_sizes import BODY_SIZES, TypeSizes

_FREE: Final = 8.0
"""Height left over at a size before the next larger one is not tried, in points."""
_MOST_STRETCH: Final = 90.0
"""Spare height that goes into one exercise's panel: its drawings grow."""
_FEWEST: Final = 2
"""Pages of a sheet that is not on one."""
_MOST_NOTES: Final = 190.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A part at its place: how far below the top of the page, and how high it is drawn."""

    part: Part
    down: float
    height: float


Page = tuple[Placed, ...]


def render_handout(content: Handout, paper: str = "a4") -> bytes:
    """The sheet as a PDF on `a4` or `letter` paper.

    Raises UnprintableText for a character that the typeface does not have, and NamesTooLong for an
    unknown paper, a logo that is no picture or a text too long for any page.
    """
    sheet = paper_named(paper)
    ready = setting(content, sheet.inner_width)
    text, sizes = ready.text, TypeSizes(BODY_SIZES[content.text_size][-1])
    frame = Frame(
        sheet,
        text.clinic,
        text.phone,
        text.identity,
        partial(stamp, content),
        logo_of(content.clinic.logo),
        prose(content.clinic.sample, "sample", bold=True) if content.clinic.sample else None,
        sizes.clinic,
    )
    pages = pages_of(ready, content.text_size, frame.room)

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
        SIZE_MARK.format(size=content.text_size),
    )


def pages_of(ready: Setting, text_size: int, room: float) -> tuple[Page, ...]:
    """What stands where on each page of a given height. Raises NamesTooLong."""
    sizes = tuple(map(TypeSizes, BODY_SIZES[text_size]))
    return _one_page(ready, sizes, room) or _several_pages(ready, sizes, room)


def _one_page(ready: Setting, sizes: Sequence[TypeSizes], room: float) -> tuple[Page, ...]:
    """The sheet on one page at the largest size that leaves air; empty where none will do."""
    least = sizes[-1]
    # What is lowest at the smallest size is so, or nearly so, at the others.
    ways = [ready.lowest(panel, least) for panel in ready.panels]
    # What does not fit at the smallest size fits at none.
    tight = stack_height(_parts_of_one_page(ready, least, Room.TIGHT, ways))
    if tight > room:
        brief = _parts_of_one_page(ready, least, Room.BRIEF)
        spare = room - stack_height(brief)
        return (_filled(brief, ready, least, spare),) if spare >= 0 else ()
    # What the patient says back may cost a little of the size, never a page and never words.
    kept = ready.say_back(least).height + GAP
    if tight + kept > room:
        kept = 0.0
    size = _largest(ready, sizes, room - kept, ways)
    for way in (Room.EASY, Room.TIGHT):
        parts = _parts_of_one_page(ready, size, way, ways)
        spare = room - stack_height(parts)
        if spare >= kept:
            return (_filled(parts, ready, size, spare),)
    return ()


def _largest(
    ready: Setting, sizes: Sequence[TypeSizes], room: float, ways: Sequence[Arrangement]
) -> TypeSizes:
    """The largest size at which the sheet fits a page and leaves air; the smallest does fit."""
    first, last = 0, len(sizes) - 1
    while first < last:
        middle = (first + last) // 2
        parts = _parts_of_one_page(ready, sizes[middle], Room.TIGHT, ways)
        if stack_height(parts) + _FREE <= room:
            last = middle
        else:
            first = middle + 1
    return sizes[last]


def _parts_of_one_page(
    ready: Setting, sizes: TypeSizes, way: Room, ways: Sequence[Arrangement] = ()
) -> list[Part]:
    known = zip_longest(ready.panels, ways)
    panels = [ready.panel(panel, sizes, way, arranged) for panel, arranged in known]
    top = [*ready.copy_mark(sizes), ready.head(sizes), *ready.stop(sizes, way), *panels]
    if ready.wide_ticks or sizes.large:
        return [*top, *ready.ticks(sizes, whole=True), ready.safety(sizes, with_pain_rule=True)]
    return [*top, ready.foot(sizes)]


def _filled(parts: Sequence[Part], ready: Setting, sizes: TypeSizes, spare: float) -> Page:
    """Spare height holds what the patient says back and lets the drawings grow; what is then left
    becomes lines for notes."""
    say_back = ready.say_back(sizes)
    last = [say_back] if say_back.height + GAP <= spare else []
    spare -= sum(part.height + GAP for part in last)
    heights = _stretched(parts, spare)
    left = spare - (sum(heights) - sum(part.height for part in parts)) - GAP
    notes = ready.notes(sizes)
    if left >= notes.height:
        parts, heights = [*parts, notes], [*heights, min(left, _MOST_NOTES)]
    return _stacked([*parts, *last], [*heights, *(part.height for part in last)])


def _stretched(parts: Sequence[Part], spare: float) -> list[float]:
    """Heights of parts with spare height shared out among the panels that can use it."""
    heights = [part.height for part in parts]
    growing = [
        (at, min(part.most - part.height, _MOST_STRETCH))
        for at, part in enumerate(parts)
        if isinstance(part, Panel)
    ]
    # Those that can use least come first, and leave the rest to the others.
    growing.sort(key=lambda panel: panel[1])
    for number, (at, most) in enumerate(growing):
        share = min(most, spare / (len(growing) - number))
        heights[at] += share
        spare -= share
    return heights


def _stacked(parts: Sequence[Part], heights: Sequence[float]) -> Page:
    placed, down = [], 0.0
    for part, height in zip(parts, heights, strict=True):
        placed.append(Placed(part, down, height))
        down += height + GAP
    return tuple(placed)


def _several_pages(ready: Setting, sizes: Sequence[TypeSizes], room: float) -> tuple[Page, ...]:
    """The sheet over pages, at the largest size that needs no more of them than the smallest, and
    has as many exercises on the first one."""
    ways = list(_ways(ready, sizes[0], room))
    if not any(len(way.pages) == _FEWEST for way in ways):
        ways += _ways(ready, sizes[-1], room)
    fewest = min((len(way.pages) for way in ways), default=0)
    least = (way for way in _ways(ready, sizes[-1], room) if way.count == fewest)
    best = max(map(_ease, least), default=None)
    for size in sizes:
        few = [way for way in _ways(ready, size, room) if way.count == fewest]
        easiest = max(few, key=_ease, default=None)
        if easiest is not None and (best is None or _ease(easiest) >= best):
            return easiest.pages
    raise NamesTooLong("sheet")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to lay the sheet over pages."""

    room: Room
    pages: tuple[Page, ...]

    @property
    def count(self) -> int:
        """Of its pages."""
        return len(self.pages)


def _ease(way: _Way) -> tuple[bool, bool, int]:
    """An exercise on the first page comes first, then nothing left out, then more exercises."""
    panels = sum(isinstance(placed.part, Panel | LongPanel) for placed in way.pages[0])
    return panels > 0, way.room is not Room.BRIEF, panels


def _ways(ready: Setting, sizes: TypeSizes, room: float) -> Iterable[_Way]:
    """The sheet over pages in several ways, the best to read first; those that cannot be, not."""
    call, news = ready.wide_call_box(sizes), ready.news(sizes)
    feet: tuple[tuple[Part, list[Part]], ...] = (
        (ready.safety(sizes, with_pain_rule=True), []),
        (Stack((news, call)), []),
        (call, [news]),
    )
    for way in Room:
        panels = [ready.panel(panel, sizes, way) for panel in ready.panels]
        for foot, after in feet:
            pages = _flowed(ready, sizes, room, panels, foot, after, ready.stop(sizes, way))
            if pages:
                yield _Way(way, pages)


def _flowed(
    ready: Setting,
    sizes: TypeSizes,
    room: float,
    panels: Sequence[Panel],
    foot: Part,
    after: Sequence[Part],
    stop: Sequence[Part],
) -> tuple[Page, ...]:
    """Exercises from page to page; when to call stands at the foot of the first one.

    `after` is what comes last of all. Empty where there is no room for it or the foot.
    """
    page: list[Part] = [*ready.copy_mark(sizes), ready.head(sizes), *stop]
    waiting: list[Part] = []
    for panel, part in zip(ready.panels, panels, strict=True):
        if not waiting and stack_height([*page, part, foot]) <= room:
            page.append(part)
        else:
            waiting += [part] if part.height <= room else [ready.long_panel(panel, sizes)]
    waiting += ready.ticks(sizes, whole=True)
    waiting += after
    spare = room - stack_height([*page, foot])
    too_high = any(part.height > room for part in waiting if not isinstance(part, LongPanel))
    if spare < 0 or too_high:
        return ()
    first = _stacked(page, _stretched(page, spare))
    last = Placed(foot, room - foot.height, foot.height)
    *between, end = _following(waiting, room)
    return (
        (*first, last),
        *(_stacked(parts, _stretched(parts, room - stack_height(parts))) for parts in between),
        _filled(end, ready, sizes, room - stack_height(end)),
    )


def _following(parts: Sequence[Part], room: float) -> list[list[Part]]:
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
    return [page for page in pages if page]


def _fits(page: Sequence[Part], part: Part, room: float) -> bool:
    return stack_height([*page, part]) <= room
