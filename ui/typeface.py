"""The one typeface in its two weights, and figures set in cells of one width."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pkgutil import get_data
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter

from .tokens import BODY as BODY
from .tokens import CAPTION as CAPTION
from .tokens import HEADING as HEADING
from .tokens import NAME as NAME
from .tokens import TEXT_LINE
from .tokens import TITLE as TITLE

FAMILY: Final = "Atkinson Hyperlegible"
_PACKAGE: Final = "fontpkg_atkinson_hyperlegible"


@cache
def load_typeface() -> str:
    """Make the typeface known to Qt once and give its family name."""
    for weight in ("Regular", "Bold"):
        data = get_data(_PACKAGE, f"files/AtkinsonHyperlegible-{weight}.ttf")
        assert data is not None, _PACKAGE
        QFontDatabase.addApplicationFontFromData(data)
    return FAMILY


@cache
def font(size: int = BODY, bold: bool = False) -> QFont:
    """The typeface at a size of the scale, in px."""
    made = QFont(load_typeface())
    made.setPixelSize(size)
    made.setBold(bold)
    return made


@cache
def metrics(size: int = BODY, bold: bool = False) -> QFontMetricsF:
    """Measures of `font(size, bold)`."""
    return QFontMetricsF(font(size, bold))


@cache
def text_width(text: str, size: int = BODY, bold: bool = False) -> float:
    """Width of a text in px. For the words of the window: each is kept, so never for free text."""
    return metrics(size, bold).horizontalAdvance(text)


@cache
def baseline(height: float, size: int = BODY, bold: bool = False) -> float:
    """Where the baseline of one line stands that is centred in a height, on a whole px."""
    measured = metrics(size, bold)
    return round((height + measured.capHeight()) / 2)


@cache
def figure_cell(size: int, bold: bool = False) -> float:
    """Width of the widest figure: the cell in which each figure is centred."""
    return max(text_width(figure, size, bold) for figure in "0123456789")


def figures_width(text: str, size: int, bold: bool = False) -> float:
    """Width of a text whose figures stand in cells."""
    cell = figure_cell(size, bold)
    return sum(cell if char.isdigit() else text_width(char, size, bold) for char in text)


def draw_figures(
    painter: QPainter, right: float, base: float, text: str, size: int, bold: bool = False
) -> None:
    """Draw a number so that it ends at `right`, each figure in a cell as wide as the widest."""
    painter.setFont(font(size, bold))
    cell = figure_cell(size, bold)
    x = right - figures_width(text, size, bold)
    for char in text:
        own = text_width(char, size, bold)
        width = cell if char.isdigit() else own
        painter.drawText(QPointF(x + (width - own) / 2, base), char)
        x += width


@contextmanager
def in_full() -> Iterator[None]:
    """Shorten nothing meanwhile, as to learn what a shortened text says."""
    global _shortens
    _shortens = False
    try:
        yield
    finally:
        _shortens = True


_shortens = True


def elided(text: str, width: float, size: int = BODY, bold: bool = False) -> str:
    """The text, shortened with an ellipsis where it is wider than `width`; pointing at it shows the
    whole (`whole_texts`)."""
    measured = metrics(size, bold)
    # Measuring costs a twentieth of shortening, and most texts fit.
    if not _shortens or measured.horizontalAdvance(text) <= width:
        return text
    return measured.elidedText(text, Qt.TextElideMode.ElideRight, width)


def wrapped(text: str, width: float, size: int = BODY, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text broken between words to fit a width; a longer word stands by itself."""
    measured = metrics(size, bold)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measured.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def draw_text(
    painter: QPainter, x: float, top: float, lines: tuple[str, ...], color: QColor,
    size: int = BODY, bold: bool = False, line: float = TEXT_LINE,
) -> None:  # fmt: skip
    """Draw lines below each other; `top` is the upper edge of the first line's place."""
    painter.setFont(font(size, bold))
    painter.setPen(color)
    base = baseline(line, size, bold)
    for place, text in enumerate(lines):
        painter.drawText(QPointF(x, top + place * line + base), text)
