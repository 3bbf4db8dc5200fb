"""How segments share a control, and the picture of a control in one state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from ui.tokens import RING, Tokens
from ui.typeface import BODY, baseline, elided, font, text_width
from ui.widgets.drawing import CHOSEN_LINE, State, blank_picture, draw_frame, segment_path

_LEAST = 36
"""Narrowest segment, so that a sign is as easy to hit as a word."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One segment as laid out: where, its outline, and where its word begins, plain and bold."""

    rect: QRectF
    path: QPainterPath
    plain: QPointF
    bold: QPointF


def widths(labels: tuple[str, ...], width: float) -> tuple[float, ...] | None:
    """Widths of segments for these labels in a control of a width; None where they do not fit."""
    words = [text_width(label, BODY, True) for label in labels]
    if max(words) + 12 <= width / len(words):
        return (width / len(words),) * len(words)
    for padding, least in ((12, _LEAST), (6, 28)):
        wanted = [max(least, word + padding) for word in words]
        spare = width - sum(wanted)
        if spare >= 0:
            return tuple(w + spare / len(words) for w in wanted)
    return None


def fits_in_rows(labels: tuple[str, ...], width: float, rows: int) -> bool:
    """Whether the labels fit into a control of a width when set in so many rows."""
    return all(widths(row, width) is not None for row in _in_rows(labels, rows))


def _in_rows(labels: tuple[str, ...], rows: int) -> list[tuple[str, ...]]:
    length = -(-len(labels) // rows)
    return [labels[start : start + length] for start in range(0, len(labels), length)]


@lru_cache(maxsize=500)
def lay_out(labels: tuple[str, ...], rows: int, width: float, height: float) -> tuple[Cell, ...]:
    """The segments of a control; forms repeat the same few, so each is laid out once."""
    lines = _in_rows(labels, rows)
    high = height / len(lines)
    cells: list[Cell] = []
    for row, line in enumerate(lines):
        x = 0.0
        found = widths(line, width) or (width / len(line),) * len(line)
        for place, (label, wide) in enumerate(zip(line, found, strict=True)):
            left, right = round(x), round(x + wide)
            rect = QRectF(RING + left, RING + row * high, right - left, high)
            cells.append(_cell(rect, label, (row, place), (len(lines), len(line))))
            x += wide
    return tuple(cells)


def _cell(rect: QRectF, label: str, at: tuple[int, int], size: tuple[int, int]) -> Cell:
    first, last = at[1] == 0, at[1] == size[1] - 1
    top, bottom = at[0] == 0, at[0] == size[0] - 1
    # Outlines of neighbours share the line between them.
    outline = rect.adjusted(0.5 if first else 0, 0.5, -0.5, -0.5)
    corners = (first and top, last and top, last and bottom, first and bottom)
    base = rect.top() + baseline(rect.height())
    starts = [
        QPointF(rect.left() + max(3, (rect.width() - text_width(label, BODY, bold)) / 2), base)
        for bold in (False, True)
    ]
    return Cell(rect, segment_path(outline, corners), starts[0], starts[1])


def shown_label(label: str, cell: Cell, *, bold: bool = False) -> str:
    """What fits of a label into its segment; the segment's tooltip has the whole."""
    return elided(label, cell.rect.width() - 4, BODY, bold)


@lru_cache(maxsize=256)
def picture_of(
    labels: tuple[str, ...],
    rows: int,
    size: tuple[float, float],
    chosen: int | None,
    state: State,
    shown: Tokens,
    ratio: float,
) -> QImage:
    """A control in one state. Forms show the same few over and over, so each is painted once."""
    picture = blank_picture(size, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_frame(painter, QRectF(0, 0, *size), state, shown)
    painter.translate(-RING, -RING)
    cells = lay_out(labels, rows, *size)
    weak = state.locked or not state.enabled
    _draw_lines(painter, cells, shown)
    painter.setFont(font(BODY))
    painter.setPen(shown.disabled if weak else shown.ink2)
    for place, cell in enumerate(cells):
        if place != chosen:
            painter.drawText(cell.plain, shown_label(labels[place], cell))
    if chosen is not None:
        painter.setPen(QPen(shown.edge if weak else shown.accent, CHOSEN_LINE))
        painter.setBrush(shown.surface if weak else shown.accent_tint)
        painter.drawPath(cells[chosen].path)
        painter.setFont(font(BODY, True))
        painter.setPen(shown.ink)
        cell = cells[chosen]
        painter.drawText(cell.bold, shown_label(labels[chosen], cell, bold=True))
    painter.end()
    return picture


def _draw_lines(painter: QPainter, cells: tuple[Cell, ...], shown: Tokens) -> None:
    """The lines between segments."""
    painter.setPen(QPen(shown.line, 1))
    for cell in cells:
        rect = cell.rect
        if rect.left() > RING:
            x = rect.left() - 0.5
            painter.drawLine(QPointF(x, rect.top() + 1), QPointF(x, rect.bottom() - 1))
        elif rect.top() > RING:
            y, right = rect.top() - 0.5, max(other.rect.right() for other in cells)
            painter.drawLine(QPointF(RING + 1, y), QPointF(right - 1, y))
