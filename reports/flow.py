"""Pieces that flow down pages: what is too long goes on, table heads are repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, Protocol, TypeAlias

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.errors import NamesTooLong, TooLargeToPrint
from clinic_desktop.domain.papers import PaperHead

from . import shapes
from .columns import Column
from .page import Frame, Paper, write_pdf
from .text import Prose, prose

LEAST_ROOM: Final = 240.0
"""Points between head and foot below which names and addresses have taken the page over."""
SCRAP: Final = 90.0
"""Points on a last page below which the pages before it are set closer, where that saves it."""
CLOSER: Final = 0.55
"""Part of the usual free height above each piece that is then left."""
AIR: Final = 3.6
"""Free height in a row of a table, half of it above the text."""
CELL: Final = 4.0
"""Free width on either side of a cell's text."""


class Piece(Protocol):
    """Something across the page that knows its height and can be parted where it may be."""

    @property
    def before(self) -> float:
        """Free height above it, in points; none at the top of a page."""

    @property
    def height(self) -> float: ...

    @property
    def least(self) -> float:
        """Height of what must stand together where it begins."""

    @property
    def keeps(self) -> bool:
        """Whether it never stands last on a page."""

    @property
    def repeats(self) -> tuple[Piece, ...]:
        """What stands above it again where it comes first on a page."""

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """What fits into a height, and the rest; None where it cannot be parted so."""

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it with its upper left corner at `x`, `top`."""


class Unparted(Piece, Protocol):
    """A piece that is never parted."""

    __slots__ = ()

    @property
    def least(self) -> float:
        return self.height

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        return None


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A column of text."""

    column: Column
    before: float = 0.0
    keeps: bool = False
    repeats: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        return self.column.height

    @property
    def least(self) -> float:
        rows = self.column.rows
        # Three lines are never parted, so that none stands alone.
        return sum(row.before + row.height for row in (rows if len(rows) < 4 else rows[:2]))

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        here, rest = self.column.split(room)
        if not here.rows:
            return None
        return replace(self, column=here), replace(self, column=rest, before=0.0)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        self.column.draw(canvas, x, top)


@dataclass(frozen=True, slots=True)
class Heading(Unparted):
    """The name of a part, with a line under it."""

    column: Column
    width: float
    before: float = 11.0
    keeps: bool = True
    repeats: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        return self.column.height + 5

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        self.column.draw(canvas, x, top)
        shapes.rule(canvas, x, top - self.column.height - 1.5, self.width, shapes.INK, 0.9)


@dataclass(frozen=True, slots=True)
class CellRow:
    """A row of a table: cells beside each other, each in its own width."""

    cells: tuple[Column, ...]
    lefts: tuple[float, ...]
    """Where each cell's text begins, from the left edge."""
    width: float
    fill: Color | None = None
    line: bool = True
    before: float = 0.0
    keeps: bool = False
    repeats: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        return max((cell.height for cell in self.cells), default=0.0) + AIR

    @property
    def least(self) -> float:
        first = max((sum(r.before + r.height for r in c.rows[:3]) for c in self.cells), default=0)
        return min(self.height, first + AIR)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        parted = [cell.split(room - AIR) for cell in self.cells]
        if not any(here.rows for here, _ in parted):
            return None
        here = replace(self, cells=tuple(here for here, _ in parted))
        return here, replace(self, cells=tuple(rest for _, rest in parted))

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        if self.fill is not None:
            canvas.setFillColor(self.fill)
            canvas.rect(x, top - self.height, self.width, self.height, stroke=0, fill=1)
            canvas.setFillColor(shapes.INK)
        for cell, left in zip(self.cells, self.lefts, strict=True):
            cell.draw(canvas, x + left, top - AIR / 2)
        if self.line:
            shapes.rule(canvas, x, top - self.height, self.width)


@dataclass(frozen=True, slots=True)
class BoxPiece:
    """A column of text in a box; a long one goes on in a box of its own."""

    column: Column
    width: float
    grave: bool
    before: float = 6.0
    keeps: bool = False
    repeats: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        return self.column.height + 12

    @property
    def least(self) -> float:
        return min(self.height, sum(row.height for row in self.column.rows[:3]) + 12)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        here, rest = self.column.split(room - 12)
        if not here.rows:
            return None
        return replace(self, column=here), replace(self, column=rest)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        fill = shapes.ALARM_TINT if self.grave else None
        edge, line = (shapes.ALARM, 1.8) if self.grave else (shapes.EDGE, 0.9)
        shapes.box(canvas, x, top, self.width, self.height, fill, edge, line)
        self.column.draw(canvas, x + 9, top - 6)


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece at its place, measured down from the top of the page's content."""

    piece: Piece
    down: float


@dataclass(slots=True)
class _Sheet:
    """The page that is being filled."""

    room: float
    air: float
    placed: list[Placed] = field(default_factory=list)
    down: float = 0.0
    repeated: bool = False

    @property
    def fresh(self) -> bool:
        return not self.placed or self.repeated

    def put(self, piece: Piece, repeated: bool = False) -> None:
        self.down += piece.before * self.air if self.placed else 0.0
        self.placed.append(Placed(piece, self.down))
        self.down += piece.height
        self.repeated = repeated

    def free(self, piece: Piece) -> float:
        return self.room - self.down - (piece.before * self.air if self.placed else 0.0)


Pages: TypeAlias = tuple[tuple[Placed, ...], ...]


def flow(pieces: Sequence[Piece], room: float, air: float = 1.0) -> Pages:
    """Pieces on pages of a height, in their order; every page has one at least.

    `air` is the part of the free height above each piece that is left.
    """
    pages: list[tuple[Placed, ...]] = []
    sheet = _Sheet(room, air)
    for at, piece in enumerate(pieces):
        if not sheet.fresh and _needed(pieces, at, air) > sheet.room - sheet.down:
            pages, sheet = [*pages, tuple(sheet.placed)], _begun(room, air, piece)
        rest: Piece | None = piece
        while rest is not None and rest.height > sheet.free(rest) + 0.01:
            parted = rest.split(sheet.free(rest))
            if parted is None and sheet.fresh:
                raise TooLargeToPrint()
            if parted is not None:
                sheet.put(parted[0])
                rest = parted[1]
            pages, sheet = [*pages, tuple(sheet.placed)], _begun(room, air, rest)
        if rest is not None:
            sheet.put(rest)
    return (*pages, tuple(sheet.placed))


def without_scrap(pieces: Sequence[Piece], room: float) -> Pages:
    """Pieces on pages; a last page with next to nothing on it is saved where closer will do."""
    pages = flow(pieces, room)
    last = pages[-1][-1]
    if len(pages) == 1 or last.down + last.piece.height > SCRAP:
        return pages
    closer = flow(pieces, room, CLOSER)
    return closer if len(closer) < len(pages) else pages


def emptiest(pieces: Sequence[Piece], room: float) -> float:
    """How much of a page stays empty at most, in points; the last page may end where it likes."""
    pages = without_scrap(pieces, room)[:-1]
    return max((room - page[-1].down - page[-1].piece.height for page in pages), default=0.0)


def _needed(pieces: Sequence[Piece], at: int, air: float) -> float:
    """Height of a piece with what it must not be parted from."""
    height = 0.0
    for piece in pieces[at:]:
        height += piece.before * air + (piece.height if piece.keeps else piece.least)
        if not piece.keeps:
            break
    return height


def _begun(room: float, air: float, piece: Piece) -> _Sheet:
    """A new page with the heads that the piece wants above it."""
    sheet = _Sheet(room, air)
    for head in piece.repeats:
        sheet.put(head, repeated=True)
    return sheet


# -------------------------------------------------------------------- the whole paper
def frame_of(paper: Paper, head: PaperHead) -> Frame:
    """Header and footer of a clinician's paper."""
    return Frame(
        paper,
        clinic=prose(head.clinic.name, "clinic name", bold=True),
        phone=prose(head.call, "clinic phone", bold=True),
        identity=prose(head.identity, "patient's name"),
        stamp=partial(_stamp, head),
        sample=prose(head.clinic.sample, "sample", bold=True) if head.clinic.sample else None,
    )


def _stamp(head: PaperHead, number: int, pages: int) -> Prose:
    page = head.page.format(page=number, pages=pages).replace(" ", "\u00a0")
    date = head.date.replace(" ", "\u00a0")
    return prose(f"{date} \u00a0|\u00a0 {page}", "foot of the page")


def write_paper(paper: Paper, head: PaperHead, pieces: Sequence[Piece]) -> bytes:
    """The bytes of a paper. Raises NamesTooLong where names leave no room for its content."""
    frame = frame_of(paper, head)
    if frame.room < LEAST_ROOM:
        raise NamesTooLong("paper")
    pages = without_scrap(pieces, frame.room)

    def draw(number: int, canvas: Canvas) -> None:
        frame.draw(canvas, number, len(pages))
        for placed in pages[number - 1]:
            placed.piece.draw(canvas, paper.margin, frame.top - placed.down)

    drawers: list[Callable[[Canvas], None]] = [
        partial(draw, number + 1) for number in range(len(pages))
    ]
    return write_pdf(paper, head.language, f"{head.title}, {head.date}", head.clinic.name, drawers)
