"""Frames, focus rings and segments as every painted control draws them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from ui.tokens import RADIUS, Tokens

CHOSEN_LINE, ERROR_LINE, RING_LINE = 1.25, 1.5, 2.0


class State(NamedTuple):
    """What a control's frame has to say."""

    hover: bool = False
    locked: bool = False
    enabled: bool = True
    error: bool = False
    chosen: bool = False


def draw_frame(painter: QPainter, control: QRectF, state: State, shown: Tokens) -> None:
    """Fill and edge of a control; `control` is its outer rectangle on whole px.

    Smooth corners are the dearest part of a paint, and most controls are alike: each frame is
    painted once and copied.
    """
    size = (control.width(), control.height())
    ratio = painter.device().devicePixelRatioF()
    painter.drawImage(control.topLeft(), _frame_picture(size, state, shown, ratio))


def blank_picture(size: tuple[float, float], ratio: float) -> QImage:
    """A see-through picture for a screen with so many pixels to a px."""
    width, height = (max(1, round(length * ratio)) for length in size)
    picture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


@lru_cache(maxsize=128)
def _frame_picture(size: tuple[float, float], state: State, shown: Tokens, ratio: float) -> QImage:
    picture = blank_picture(size, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_frame(painter, QRectF(0, 0, *size), state, shown)
    painter.end()
    return picture


def _draw_frame(painter: QPainter, control: QRectF, state: State, shown: Tokens) -> None:
    weak = state.locked or not state.enabled
    fill = shown.raised if weak else shown.hover if state.hover else shown.surface
    edge, width = (shown.line, 1.0) if weak else (shown.edge, 1.0)
    if state.chosen:
        fill = shown.surface if weak else shown.accent_tint
        edge, width = (shown.edge if weak else shown.accent), CHOSEN_LINE
    if state.error:
        edge, width = shown.danger, ERROR_LINE
    painter.setPen(QPen(edge, width))
    painter.setBrush(fill)
    half = width / 2
    painter.drawRoundedRect(control.adjusted(half, half, -half, -half), RADIUS, RADIUS)


def draw_ring(painter: QPainter, control: QRectF, color: QColor) -> None:
    """The focus ring: 2 wide, 1 clear of the control."""
    painter.setPen(QPen(color, RING_LINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(control.adjusted(-2, -2, 2, 2), RADIUS + 2, RADIUS + 2)


def segment_path(cell: QRectF, corners: tuple[bool, bool, bool, bool]) -> QPainterPath:
    """A segment's outline; round only where it lies in a corner of its control.

    Corners run clockwise from the upper left.
    """
    path = QPainterPath()
    left, top, right, bottom = cell.left(), cell.top(), cell.right(), cell.bottom()
    radii = [RADIUS if corner else 0.0 for corner in corners]
    path.moveTo(left + radii[0], top)
    for radius, corner, start in (
        (radii[1], (right, top), 90),
        (radii[2], (right, bottom), 0),
        (radii[3], (left, bottom), 270),
        (radii[0], (left, top), 180),
    ):
        if not radius:
            path.lineTo(*corner)
            continue
        x = corner[0] - (2 * radius if corner[0] == right else 0)
        y = corner[1] - (2 * radius if corner[1] == bottom else 0)
        path.arcTo(x, y, 2 * radius, 2 * radius, start, -90)
    path.closeSubpath()
    return path
