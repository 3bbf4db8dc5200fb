"""Draws a drawing list on paper: vectors only, words set like every other text of the project."""

from __future__ import annotations

from functools import cache
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from clinic_desktop.domain.figures.drawing import Curve, Drawing, Label, Path, Point
from clinic_desktop.domain.figures.fitting import LABEL_POINTS, Fit, fit, label_box, leader
from clinic_desktop.domain.figures.palette import PALETTE, Token

from .text import break_lines, draw_line, prose

_ONE_LINE: Final = float("inf")
_NON_ZERO: Final = 1
_ROUND: Final = 1


@cache
def _color(token: Token, grey: bool) -> Color:
    return HexColor(PALETTE[token].shown(grey))


def label_width(label: Label, size: float = LABEL_POINTS) -> float:
    """Width of a label's words in points. Raises UnprintableText."""
    lines = break_lines(prose(label.text, "label of a drawing", label.bold), size, _ONE_LINE)
    return max(line.ems for line in lines) * size


def fit_drawing(
    drawing: Drawing, width: float, height: float, largest: float = float("inf")
) -> Fit:
    """Where a drawing lies in a rectangle of points."""
    return fit(drawing, width, height, label_width, LABEL_POINTS, largest)


def draw_drawing(
    canvas: Canvas, drawing: Drawing, placed: Fit, x: float, y: float, grey: bool = False
) -> None:
    """Draw a fitted drawing; `x`, `y` is the lower left corner of its rectangle in points."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setLineCap(_ROUND)
    canvas.setLineJoin(_ROUND)
    for mark in drawing.marks:
        if isinstance(mark, Path):
            _draw_path(canvas, mark, placed, grey)
        else:
            _draw_label(canvas, mark, placed, grey)
    canvas.restoreState()


def _draw_path(canvas: Canvas, mark: Path, placed: Fit, grey: bool) -> None:
    if mark.fill is not None:
        canvas.setFillColor(_color(mark.fill, grey))
    if mark.stroke is not None:
        weight = placed.weight(mark)
        canvas.setStrokeColor(_color(mark.stroke, grey))
        canvas.setLineWidth(round(weight, 3))
        canvas.setDash([round(part * weight, 3) for part in mark.dash])
    canvas.drawPath(
        _traced(canvas, mark, placed),
        fill=int(mark.fill is not None),
        stroke=int(mark.stroke is not None),
        fillMode=_NON_ZERO,
    )


def _traced(canvas: Canvas, mark: Path, placed: Fit) -> PDFPathObject:
    path = canvas.beginPath()
    scale, left, bottom = placed.scale, placed.left, placed.bottom
    for run in mark.runs:
        path.moveTo(left + run.start.x * scale, bottom + run.start.y * scale)
        for step in run.steps:
            if isinstance(step, Curve):
                (ax, ay), (bx, by), (cx, cy) = step
                path.curveTo(
                    left + ax * scale, bottom + ay * scale,
                    left + bx * scale, bottom + by * scale,
                    left + cx * scale, bottom + cy * scale,
                )  # fmt: skip
            else:
                path.lineTo(left + step.end.x * scale, bottom + step.end.y * scale)
        if run.closed:
            path.close()
    return path


def _draw_label(canvas: Canvas, label: Label, placed: Fit, grey: bool) -> None:
    width = label_width(label)
    for path in leader(label, width, placed):
        _draw_path(canvas, path, placed, grey)
    box = label_box(label, width, placed.scale, LABEL_POINTS)
    x, y = placed.point(Point(box.left, (box.bottom + box.top) / 2))
    canvas.setFillColor(_color(label.token, grey))
    words = prose(label.text, "label of a drawing", label.bold)
    for line in break_lines(words, LABEL_POINTS, _ONE_LINE):
        draw_line(canvas, line, x, y, LABEL_POINTS)


class FigureFlowable(Flowable):
    """A drawing in a frame of given width and height, in points."""

    def __init__(
        self,
        drawing: Drawing,
        width: float,
        height: float,
        grey: bool = False,
        largest: float = float("inf"),
    ) -> None:
        super().__init__()
        self.width, self.height = width, height
        self._drawing, self._grey = drawing, grey
        self._placed = fit_drawing(drawing, width, height, largest)

    def wrap(self, room_across: float, room_down: float) -> tuple[float, float]:
        """The size that it takes, whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it on the canvas of its page."""
        draw_drawing(self.canv, self._drawing, self._placed, 0, 0, self._grey)
