"""What is drawn on paper beside text: boxes, signs, scales; all of it vectors that survive grey."""

from __future__ import annotations

import math
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from .text import Prose, draw_word

INK: Final = HexColor("#1b2330")
EDGE: Final = HexColor("#6b7684")
DIVIDER: Final = HexColor("#cdd3d9")
PANEL: Final = HexColor("#f1f3f5")
ALARM: Final = HexColor("#a5191e")
ALARM_TINT: Final = HexColor("#fdf0ee")
CALM_TINT: Final = HexColor("#d5ebdb")
HATCH: Final = HexColor("#d98f8a")
WHITE: Final = HexColor("#ffffff")

RADIUS: Final = 5.0
DISC: Final = 9.0
RING: Final = 7.3
DIGIT: Final = 11.0
"""Font size of digits in discs and rings: nothing on the sheet is smaller."""


def box(
    canvas: Canvas,
    x: float,
    top: float,
    width: float,
    height: float,
    fill: Color | None = None,
    edge: Color = EDGE,
    line: float = 0.9,
) -> None:
    """A rounded box whose line lies inside the given size."""
    canvas.setStrokeColor(edge)
    canvas.setLineWidth(line)
    if fill is not None:
        canvas.setFillColor(fill)
    canvas.roundRect(
        x + line / 2,
        top - height + line / 2,
        width - line,
        height - line,
        RADIUS,
        fill=int(fill is not None),
    )
    canvas.setFillColor(INK)


def title_bar(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
    """The grey head of a panel, with round corners above and square ones below."""
    left, right, low, high = x + 0.45, x + width - 0.45, top - height, top - 0.45
    path = canvas.beginPath()
    path.moveTo(left, low)
    path.lineTo(left, high - RADIUS)
    path.arcTo(left, high - 2 * RADIUS, left + 2 * RADIUS, high, 180, -90)
    path.lineTo(right - RADIUS, high)
    path.arcTo(right - 2 * RADIUS, high - 2 * RADIUS, right, high, 90, -90)
    path.lineTo(right, low)
    path.close()
    canvas.setFillColor(PANEL)
    canvas.setStrokeColor(EDGE)
    canvas.setLineWidth(0.9)
    canvas.drawPath(path, fill=1, stroke=1)
    canvas.setFillColor(INK)


def rule(
    canvas: Canvas, x: float, y: float, width: float, color: Color = DIVIDER, line: float = 0.7
) -> None:
    """A level line."""
    canvas.setStrokeColor(color)
    canvas.setLineWidth(line)
    canvas.line(x, y, x + width, y)


def upright(canvas: Canvas, x: float, top: float, height: float) -> None:
    """A thin upright line between two columns."""
    canvas.setStrokeColor(DIVIDER)
    canvas.setLineWidth(0.7)
    canvas.line(x, top, x, top - height)


def stop_sign(canvas: Canvas, word: Prose, x: float, y: float, size: float) -> None:
    """A red octagon with a word in it; `x`, `y` is its centre."""
    for part, fill, edge, line in ((1.0, ALARM, INK, 1.6), (0.91, ALARM, WHITE, 1.4)):
        canvas.setFillColor(fill)
        canvas.setStrokeColor(edge)
        canvas.setLineWidth(line)
        radius = part * size / 2 / math.cos(math.pi / 8)
        path = canvas.beginPath()
        for corner in range(8):
            angle = math.pi / 8 + corner * math.pi / 4
            point = (x + radius * math.cos(angle), y + radius * math.sin(angle))
            (path.lineTo if corner else path.moveTo)(*point)
        path.close()
        canvas.drawPath(path, fill=1, stroke=1)
    canvas.setFillColor(WHITE)
    width = sum(part.ems for part in word.lines[0]) or 1.0
    draw_word(canvas, word, x, y, min(16.5, size * 0.78 / width), 0.5)
    canvas.setFillColor(INK)


def disc(canvas: Canvas, number: Prose, x: float, middle: float, scale: float = 1.0) -> None:
    """A white number on a dark disc; `x` is its left end."""
    radius = DISC * scale
    canvas.setFillColor(INK)
    canvas.circle(x + radius, middle, radius, stroke=0, fill=1)
    canvas.setFillColor(WHITE)
    draw_word(canvas, number, x + radius, middle, DIGIT * scale, 0.5)
    canvas.setFillColor(INK)


def ring(canvas: Canvas, number: Prose, x: float, middle: float, scale: float = 1.0) -> None:
    """A number in a ring; `x` is its left end."""
    radius = RING * scale
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1)
    canvas.circle(x + radius + 0.5, middle, radius, stroke=1, fill=0)
    draw_word(canvas, number, x + radius + 0.5, middle, DIGIT * scale, 0.5)


def bullet(canvas: Canvas, x: float, middle: float, size: float) -> None:
    """A small square."""
    side = size * 0.33
    canvas.rect(x, middle - side / 2, side, side, stroke=0, fill=1)


def tick_box(canvas: Canvas, x: float, middle: float, side: float) -> None:
    """An empty square to tick; `x` is its centre."""
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.1)
    canvas.rect(x - side / 2, middle - side / 2, side, side, stroke=1, fill=0)


def hatched(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
    """A rectangle hatched from lower left to upper right."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, top - height, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setStrokeColor(HATCH)
    canvas.setLineWidth(0.8)
    step, at = 6.0, x - height
    while at < x + width:
        canvas.line(at, top - height, at + height, top)
        at += step
    canvas.restoreState()
