"""The one door through which text reaches a paper: checked, measured, broken into lines, drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.errors import UnprintableText
from clinic_desktop.domain.texts import unfit_in_text

from .fonts import CAP_HEIGHT, ems, face, printable, space

_NEW_LINES: Final = frozenset("\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_HYPHENS: Final = frozenset("\u2010\u2011")
_VARIANTS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Behind a character, they ask for another shape of it; this typeface has one of each."""
_NO_BREAK: Final = "\u00a0"
_KEPT: Final = 2048
"""Texts, and texts broken into lines, that are kept: the fixed words of a few papers."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in one face, with its width as a multiple of the font size."""

    text: str
    bold: bool
    ems: float


@dataclass(frozen=True, slots=True, eq=False)
class Prose:
    """Text that has passed the check: the words of each line that the writer ended.

    One is equal to itself only: so what was made of it can be found again at no cost.
    """

    lines: tuple[tuple[Word, ...], ...] = ((),)

    def __add__(self, other: Prose) -> Prose:
        """The other text right behind this one, after a space."""
        return joint(self, other)


@lru_cache(maxsize=_KEPT)
def joint(text: Prose, other: Prose) -> Prose:
    """One text right behind another."""
    joint = (*text.lines[-1], *other.lines[0])
    return Prose((*text.lines[:-1], joint, *other.lines[1:]))


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn, with its width as a multiple of the font size."""

    words: tuple[Word, ...]
    ems: float


@lru_cache(maxsize=_KEPT)
def prose(text: str, field: str, bold: bool = False) -> Prose:
    """Plain text made ready for paper; line ends are kept, `<` and `&` are just characters.

    Raises UnprintableText, naming the field, for a character that the typeface does not have.
    """
    return Prose(
        tuple(
            tuple(Word(word, bold, ems(word, bold)) for word in line.split(" ") if word)
            for line in checked(text, field).split("\n")
        )
    )


def checked(text: str, field: str) -> str:
    """The text with white space and hyphens of one kind, composed, and printable to the last mark.

    Raises UnprintableText.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    glyphs = printable()
    if set(plain) <= glyphs:
        return plain
    plain = "".join(map(_plain, plain))
    missing = "".join(dict.fromkeys(c for c in plain if c not in glyphs and c != "\n"))
    if missing:
        raise UnprintableText(field, missing)
    return plain


def _plain(character: str) -> str:
    if character in _NEW_LINES:
        return "\n"
    if character in _HYPHENS:
        return "-"
    kind = unicodedata.category(character)
    if character == "\t" or (kind == "Zs" and character != _NO_BREAK):
        return " "
    # Zero-width marks and the like have no ink of their own. What turns the text around is not
    # left out in silence: on screen it may have read otherwise.
    without_ink = kind == "Cf" or character in _VARIANTS
    return "" if without_ink and not unfit_in_text(character) else character


@lru_cache(maxsize=_KEPT)
def break_lines(text: Prose, size: float, width: float) -> tuple[Line, ...]:
    """The lines of a text in points; a word too long for a line is broken, nothing sticks out."""
    room = width / size
    return tuple(line for words in text.lines for line in _filled(words, room))


def _filled(words: tuple[Word, ...], room: float) -> Iterator[Line]:
    line: list[Word] = []
    used = 0.0
    for word in words:
        for piece in (word,) if word.ems <= room else _pieces(word, room):
            step = piece.ems + (space(line[-1].bold) if line else 0.0)
            if line and used + step > room:
                yield Line(tuple(line), used)
                line, used, step = [], 0.0, piece.ems
            line.append(piece)
            used += step
    yield Line(tuple(line), used)


def _pieces(word: Word, room: float) -> Iterator[Word]:
    """A word broken so that each piece fills a line as far as it goes; at least a letter each."""
    start, used = 0, 0.0
    for end, character in enumerate(word.text):
        step = ems(character, word.bold)
        if end > start and used + step > room:
            yield Word(word.text[start:end], word.bold, used)
            start, used = end, 0.0
        used += step
    yield Word(word.text[start:], word.bold, used)


def draw_line(canvas: Canvas, line: Line, x: float, middle: float, size: float) -> None:
    """Draw a line from `x` on, its capitals centred on the height `middle`."""
    pen = canvas.beginText(x, middle - CAP_HEIGHT * size / 2)
    at = 0
    while at < len(line.words):
        bold = line.words[at].bold
        end = at
        while end < len(line.words) and line.words[end].bold == bold:
            end += 1
        run = " ".join(word.text for word in line.words[at:end])
        pen.setFont(face(bold).fontName, size)
        pen.textOut(run + " " if end < len(line.words) else run)
        at = end
    canvas.drawText(pen)


def draw_word(
    canvas: Canvas, text: Prose, x: float, middle: float, size: float, align: float = 0.0
) -> None:
    """Draw a short text in one line; `x` is its left end, centre or right end (0, 0.5, 1)."""
    for line in break_lines(text, size, float("inf")):
        draw_line(canvas, line, x - align * line.ems * size, middle, size)
