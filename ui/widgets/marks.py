"""Small drawn shapes: tick, warning sign, diamond, chevron, arrow. Never letters of a font."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

STROKE = 1.75


def stroke_pen(color: QColor, width: float = STROKE) -> QPen:
    """The pen of all shapes: round ends and joins."""
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _polyline(painter: QPainter, color: QColor, width: float, *points: tuple[float, float]) -> None:
    painter.setPen(stroke_pen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def draw_tick(painter: QPainter, center: QPointF, color: QColor) -> None:
    """A tick, 10 wide."""
    x, y = center.x(), center.y()
    _polyline(painter, color, STROKE, (x - 5, y + 0.5), (x - 1.5, y + 4), (x + 5, y - 4))


def draw_chevron(painter: QPainter, center: QPointF, color: QColor, down: bool = True) -> None:
    """A chevron, 9 wide, pointing down or to the right."""
    x, y = center.x(), center.y()
    if down:
        _polyline(painter, color, STROKE, (x - 4.5, y - 2.25), (x, y + 2.25), (x + 4.5, y - 2.25))
    else:
        _polyline(painter, color, STROKE, (x - 2.25, y - 4.5), (x + 2.25, y), (x - 2.25, y + 4.5))


def draw_arrow(painter: QPainter, center: QPointF, color: QColor) -> None:
    """An arrow to the right, 12 long."""
    x, y = center.x(), center.y()
    _polyline(painter, color, 1.5, (x - 6, y), (x + 6, y))
    _polyline(painter, color, 1.5, (x + 2, y - 4), (x + 6, y), (x + 2, y + 4))


def draw_warning(
    painter: QPainter, center: QPointF, color: QColor, hole: QColor, size: float = 11
) -> None:
    """A filled warning triangle with its mark left open in the colour beneath."""
    x, y, half = center.x(), center.y(), size / 2
    path = QPainterPath(QPointF(x, y - half))
    path.lineTo(x + half, y + half - 1)
    path.lineTo(x - half, y + half - 1)
    path.closeSubpath()
    painter.setPen(stroke_pen(color, 1.5))
    painter.setBrush(color)
    painter.drawPath(path)
    painter.setPen(stroke_pen(hole, 1.5))
    painter.drawLine(QPointF(x, y - half * 0.3), QPointF(x, y + half * 0.25))
    painter.drawPoint(QPointF(x, y + half * 0.62))


def draw_diamond(painter: QPainter, center: QPointF, color: QColor) -> None:
    """The diamond that says "differs from last time"."""
    x, y = center.x(), center.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    points = ((x, y - 3.5), (x + 3.5, y), (x, y + 3.5), (x - 3.5, y))
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))


def draw_dashed_box(painter: QPainter, rect: QRectF, color: QColor, radius: float = 4) -> None:
    """The frame of a free place: dashes of 4, gaps of 3."""
    pen = QPen(color, 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
