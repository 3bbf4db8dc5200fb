"""Draws a drawing list on paper: vectors only, words set like every other text of the project."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, xObjectName
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.figures.drawing import Box, Curve, Drawing, Label, Path, Point
from clinic_desktop.domain.figures.fitting import LABEL_POINTS, Fit, fit_together, label_box, leader
from clinic_desktop.domain.figures.palette import PALETTE, Token

from .text import break_lines, draw_line, prose

_ONE_LINE: Final = float("inf")
_ROUND: Final = 1
_SMALL: Final = 9
_KEPT: Final = 128
"""Drawings of which the PDF is kept: those of all items, in the sizes of one paper."""


@cache
def _color(token: Token) -> str:
    """The three numbers of a colour as a page has them."""
    return " ".join(f"{part:.3f}" for part in HexColor(PALETTE[token]).rgb())


def label_width(label: Label, size: float = LABEL_POINTS) -> float:
    """Width of a label's words in points. Raises UnprintableText."""
    lines = break_lines(prose(label.text, "label of a drawing", label.bold), size, _ONE_LINE)
    return max(line.ems for line in lines) * size


@lru_cache(maxsize=_KEPT)
def fit_drawings(
    drawings: tuple[Drawing, ...], width: float, height: float, size: float = LABEL_POINTS
) -> tuple[Fit, ...]:
    """Where drawings lie, each in such a rectangle of points: one scale, one height of ground.

    `size` is that of the words on them, in points.
    """
    return fit_together(drawings, width, height, partial(label_width, size=size), size)


def draw_drawing(
    canvas: Canvas,
    drawing: Drawing,
    placed: Fit,
    x: float,
    y: float,
    size: float = LABEL_POINTS,
) -> None:
    """Draw a fitted drawing; `x`, `y` is the lower left corner of its rectangle in points."""
    canvas.saveState()
    canvas.translate(x, y)
    form = form_of(drawing, placed)
    if not canvas.hasForm(form.name):
        # A form made by the canvas would be compressed anew for every paper: longer than all else.
        document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
        document.Reference(form.stream(), xObjectName(form.name))
    canvas.doForm(form.name)
    for label in placed.labels(drawing):
        _draw_label(canvas, label, placed, size)
    canvas.restoreState()


@dataclass(frozen=True, slots=True)
class _Form:
    """All paths of a drawing as a piece of PDF, compressed once and used on paper after paper."""

    name: str
    content: bytes
    box: Box

    def stream(self) -> PDFStream:
        """The form as an object of one paper."""
        entries = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Form"),
            "BBox": PDFArray([round(edge, 1) for edge in self.box]),
            "Resources": PDFDictionary({}),
            "Filter": PDFName("FlateDecode"),
        }
        return PDFStream(PDFDictionary(entries), self.content)


@lru_cache(maxsize=_KEPT)
def form_of(drawing: Drawing, placed: Fit) -> _Form:
    """The same drawing goes onto sheet after sheet, so what was made of it is kept."""
    paths = (mark for mark in drawing.marks if isinstance(mark, Path))
    drawn = [f"{_ROUND} J {_ROUND} j", *(_operators(path, placed) for path in paths)]
    content = zlib.compress("\n".join(drawn).encode("ascii"), _SMALL)
    left, low, right, top = drawing.bounds
    box = Box(*placed.point(Point(left, low)), *placed.point(Point(right, top)))
    return _Form(f"drawing-{hashlib.sha256(content).hexdigest()[:16]}", content, box.grown(2))


def _operators(mark: Path, placed: Fit) -> str:
    """A path as the operators of a page: colours and line, the runs, what to paint."""
    parts = []
    if mark.fill is not None:
        parts.append(f"{_color(mark.fill)} rg")
    if mark.stroke is not None:
        weight = placed.weight(mark)
        dashes = " ".join(f"{part * weight:.2f}" for part in mark.dash)
        parts.append(f"{_color(mark.stroke)} RG {weight:.2f} w [{dashes}] 0 d")
    scale, left, bottom = placed.scale, placed.left, placed.bottom

    def at(point: Point) -> str:
        return f"{left + point[0] * scale:.2f} {bottom + point[1] * scale:.2f}"

    for run in mark.runs:
        parts.append(f"{at(run.start)} m")
        for step in run.steps:
            if isinstance(step, Curve):
                parts.append(f"{at(step.first)} {at(step.second)} {at(step.end)} c")
            else:
                parts.append(f"{at(step.end)} l")
        if run.closed:
            parts.append("h")
    parts.append("B" if mark.fill and mark.stroke else "f" if mark.fill else "S")
    return "\n".join(parts)


def _draw_label(canvas: Canvas, label: Label, placed: Fit, size: float) -> None:
    width = label_width(label, size)
    for path in leader(label, width, placed, size):
        canvas.addLiteral(_operators(path, placed))
    box = label_box(label, width, placed.scale, size)
    x, y = placed.point(Point(box.left, (box.bottom + box.top) / 2))
    canvas.setFillColor(HexColor(PALETTE[label.token]))
    words = prose(label.text, "label of a drawing", label.bold)
    for line in break_lines(words, size, _ONE_LINE):
        draw_line(canvas, line, x, y, size)
