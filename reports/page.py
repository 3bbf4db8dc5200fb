"""The page that all papers share: sizes, header, footer with page numbers, the file's data."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.errors import ChartError

from .columns import Column, Paragraph, set_column
from .fonts import face
from .pictures import LOGO_GAP, Logo
from .shapes import INK, rule
from .text import Prose, break_lines, checked

HEADER_SIZE: Final = 15.0
FOOTER_SIZE: Final = 12.0
SAMPLE_SIZE: Final = 11.0
SAMPLE_DOWN: Final = 15.0
"""From the upper edge of the paper: in the margin, where every printer can reach."""
_RULE_GAP: Final = 6.0
_FACING_GAP: Final = 16.0
_FOOT: Final = 18.0
"""Below the last line of the footer: a quarter of an inch, which every printer can reach."""
_MOST_PAGES: Final = 999


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper size and its margin, in points."""

    width: float
    height: float
    margin: float

    @property
    def inner_width(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.margin


PAPERS: Final = {"a4": Paper(595.276, 841.89, 34.0), "letter": Paper(612.0, 792.0, 30.0)}


def paper_named(name: str) -> Paper:
    """A paper by its name. Raises ChartError for one that is not known."""
    try:
        return PAPERS[name]
    except KeyError:
        raise ChartError(f"the paper is one of {', '.join(PAPERS)}") from None


FACING_RIGHT: Final = 0.6
"""The part of a line that the text at the right margin may take."""


@dataclass(frozen=True, slots=True)
class Facing:
    """Two texts on one height, one at each margin; both wrap where they must."""

    left: Column
    right: Column

    @property
    def height(self) -> float:
        """Of the taller of the two, in points."""
        return max(self.left.height, self.right.height)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it with its upper left corner at `x`, `top`."""
        self.left.draw(canvas, x, top - (self.height - self.left.height) / 2)
        right = top - (self.height - self.right.height) / 2
        self.right.draw(canvas, x + self.left.width, right)


def facing(left: Sequence[Paragraph], right: Sequence[Paragraph], width: float) -> Facing:
    """Set two texts side by side: the right one as wide as it likes, up to three fifths."""
    natural = [
        line.ems * paragraph.size
        for paragraph in right
        for line in break_lines(paragraph.text, paragraph.size, width * FACING_RIGHT)
    ]
    # A hair of room, so that a line measured once more breaks at the same place.
    right_width = max(natural, default=0.0) + 0.01
    left_column = set_column(left, width - right_width - _FACING_GAP)
    return Facing(
        Column(left_column.rows, width - right_width),
        set_column(right, right_width),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a paper shows above and below its content."""

    paper: Paper
    clinic: Prose
    phone: Prose
    identity: Prose
    """Who the paper is about, by two identifiers."""
    stamp: Callable[[int, int], Prose]
    """Date and page, from the number of the page and how many there are."""
    logo: Logo | None = None
    """Before the clinic's name."""
    sample: Prose | None = None
    """Above all else on each page of a clinic whose patients are invented."""
    header_size: float = HEADER_SIZE
    footer_size: float = FOOTER_SIZE
    _header: Facing = field(init=False)
    _footer_height: float = field(init=False)

    def __post_init__(self) -> None:
        width = self.paper.inner_width - self._beside_logo
        header = facing(
            [Paragraph(self.clinic, self.header_size)],
            [Paragraph(self.phone, self.header_size, align=1.0)],
            width,
        )
        object.__setattr__(self, "_header", header)
        tallest = self._footer(_MOST_PAGES, _MOST_PAGES).height + _RULE_GAP
        object.__setattr__(self, "_footer_height", tallest)

    @property
    def top(self) -> float:
        """Where content begins, in points from the lower edge of the paper."""
        return self._header_top - self._header_height - 2 * _RULE_GAP + 2

    @property
    def _header_height(self) -> float:
        return max(self._header.height, self.logo.height if self.logo else 0.0)

    @property
    def _beside_logo(self) -> float:
        return self.logo.width + LOGO_GAP if self.logo else 0.0

    @property
    def _header_top(self) -> float:
        # The capitals of the first line stand at the margin.
        return self.paper.height - self.paper.margin + 4

    @property
    def bottom(self) -> float:
        """Where content must end."""
        return _FOOT + self._footer_height + 5

    @property
    def room(self) -> float:
        """Height for content on a page."""
        return self.top - self.bottom

    def draw(self, canvas: Canvas, number: int, pages: int) -> None:
        """Draw header and footer of one page."""
        x, width = self.paper.margin, self.paper.inner_width
        canvas.setFillColor(INK)
        if self.sample:
            mark = set_column([Paragraph(self.sample, SAMPLE_SIZE, align=0.5)], width)
            mark.draw(canvas, x, self.paper.height - SAMPLE_DOWN)
        top = self._header_top
        height = self._header_height
        if self.logo:
            self.logo.draw(canvas, x, top - (height - self.logo.height) / 2)
        self._header.draw(canvas, x + self._beside_logo, top - (height - self._header.height) / 2)
        rule(canvas, x, top - height - _RULE_GAP / 2, width, INK, 1.4)
        foot = self.bottom - 5
        rule(canvas, x, foot, width, INK, 0.7)
        self._footer(number, pages).draw(canvas, x, foot - _RULE_GAP)

    def _footer(self, number: int, pages: int) -> Facing:
        return facing(
            [Paragraph(self.identity, self.footer_size)],
            [Paragraph(self.stamp(number, pages), self.footer_size, align=1.0)],
            self.paper.inner_width,
        )


def write_pdf(
    paper: Paper,
    language: str,
    title: str,
    author: str,
    pages: Sequence[Callable[[Canvas], None]],
    keywords: str = "",
) -> bytes:
    """The bytes of a PDF, a function for each page; nothing in them depends on clock or machine."""
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(paper.width, paper.height),
        invariant=1,
        pageCompression=1,
        lang=language,
        # Else each page names a Helvetica that it neither uses nor embeds.
        initialFontName=face(bold=False).fontName,  # type: ignore[arg-type]  # a stub says float
    )
    canvas.setTitle(checked(title, "title"))
    canvas.setAuthor(checked(author, "clinic name"))
    canvas.setCreator("Clinic Desktop")
    if keywords:
        canvas.setKeywords(keywords)
    # The window's title bar shows the title, not the file's name.
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bookmark(canvas: Canvas, title: Prose, top: float) -> None:
    """An entry in the reader's list of contents that leads to this height of the page."""
    # In a list nothing has to be kept on one line.
    words = " ".join(word.text for line in title.lines for word in line).replace("\u00a0", " ")
    words = words.partition(" __")[0].rstrip(":")  # a line to write on is no part of a name
    key = f"page {canvas.getPageNumber()} at {top:.1f} {words}"
    canvas.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)
    canvas.addOutlineEntry(words, key)
