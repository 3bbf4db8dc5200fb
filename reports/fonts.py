"""The one typeface of every paper: Atkinson Hyperlegible, regular and bold, embedded as subsets."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_PACKAGE: Final = "fontpkg_atkinson_hyperlegible"
_FILES: Final = {False: "AtkinsonHyperlegible-Regular", True: "AtkinsonHyperlegible-Bold"}

CAP_HEIGHT: Final = 0.668
"""Height of a capital in this face, as a part of the font size."""


@cache
def face(bold: bool) -> TTFont:
    """The regular or the bold face, loaded once a process."""
    name = _FILES[bold]
    content = files(_PACKAGE).joinpath("files", f"{name}.ttf").read_bytes()
    font = TTFont(name, io.BytesIO(content))
    pdfmetrics.registerFont(font)
    return font


@cache
def printable() -> frozenset[str]:
    """Every character that both faces can draw, and that is one: a typeface also has shapes for
    soft hyphens and line ends, which would put ink where nothing was typed."""
    both = map(chr, face(False).face.charToGlyph.keys() & face(True).face.charToGlyph)
    return frozenset(c for c in both if not unicodedata.category(c).startswith("C"))


@cache
def space(bold: bool) -> float:
    """Width of a space as a multiple of the font size."""
    return ems(" ", bold)


def ems(text: str, bold: bool) -> float:
    """Width of a text as a multiple of the font size."""
    return float(face(bold).stringWidth(text, 1))
