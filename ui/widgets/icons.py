"""The project's own icons: one stroke on one grid, drawn in the colour of a token.

An icon stands only where a word stands beside it, or is its tooltip.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

import resources
from ui.tokens import RADIUS

GRID: Final = 16
"""Side of an icon, in px of its own and of the window."""
STROKE: Final = 1.5
_STEPS: Final = re.compile(r"([MLCZ])((?:\s*-?[\d.]+)*)")


@cache
def icon_path(name: str) -> QPainterPath:
    """The line of an icon. Raises FileNotFoundError for a name that no icon has."""
    drawn = QPainterPath()
    for steps in re.findall(r'<path d="([^"]*)"', resources.text(f"icons/{name}.svg")):
        for command, numbers in _STEPS.findall(steps):
            _step(drawn, command, list(map(float, numbers.split())))
    return drawn


def _step(drawn: QPainterPath, command: str, numbers: list[float]) -> None:
    points = [QPointF(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
    match command:
        case "M":
            drawn.moveTo(points[0])
        case "L":
            drawn.lineTo(points[0])
        case "C":
            drawn.cubicTo(*points)
        case _:
            drawn.closeSubpath()


def draw_icon(painter: QPainter, name: str, middle: QPointF, color: QColor) -> None:
    """Draw an icon round a point, which is brought to a whole px: its lines stay crisp."""
    painter.save()
    painter.translate(round(middle.x()) - GRID / 2, round(middle.y()) - GRID / 2)
    _stroke(painter, name, color)
    painter.restore()


def _stroke(painter: QPainter, name: str, color: QColor) -> None:
    pen = QPen(color, STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon_path(name))


def draw_mark(painter: QPainter, box: QRectF, fill: QColor, ink: QColor) -> None:
    """The program's own mark: a leg that bends, on a square."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    scale = box.width() / GRID
    painter.drawRoundedRect(box, RADIUS * scale / 2, RADIUS * scale / 2)
    painter.translate(box.topLeft())
    painter.scale(scale, scale)
    _stroke(painter, "leg", ink)
    painter.restore()
