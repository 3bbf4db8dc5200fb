"""The segmented input: a few choices side by side, one of which is charted, or none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import RING, Tokens
from ui.typeface import BODY, baseline, font, text_width
from ui.viewmodels.reading import MINUS

from .base import Input
from .drawing import CHOSEN_LINE, draw_frame, draw_ring, segment_path
from .tips import tip_text
from .words import Option, not_charted

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
        QPointF(rect.left() + (rect.width() - text_width(label, BODY, bold)) / 2, base)
        for bold in (False, True)
    ]
    return Cell(rect, segment_path(outline, corners), starts[0], starts[1])


class SegmentedInput(Input):
    """Result, answer or short choice. Its keys choose at once; arrows move and Space chooses."""

    accessible_role = QAccessible.Role.ComboBox

    def __init__(
        self, options: tuple[Option, ...], rows: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.options = options
        self.rows = rows
        self._labels = tuple(option.label for option in options)
        self._places = {option.value: place for place, option in enumerate(options)}
        self._cells: tuple[Cell, ...] = ()
        self._cursor = 0
        self._under = -1

    # ------------------------------------------------------------------ what it shows
    @override
    def value_words(self) -> str:
        place = self._chosen()
        return not_charted() if place is None else self.options[place].spoken

    @override
    def show_value(self, value: object) -> None:
        if value == self._value:
            return
        before = self._chosen()
        super().show_value(value if isinstance(value, str) else None)
        after = self._chosen()
        if after is not None:
            self._cursor = after
        if before is None and after is None:
            self.update()

    @override
    def height_in(self, width: int) -> int:
        return theme().density.field * self.rows

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        control = self.control()
        self._cells = lay_out(self._labels, self.rows, control.width(), control.height())

    def _chosen(self) -> int | None:
        return self._places.get(self._value) if isinstance(self._value, str) else None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        state = self.frame_state()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        control = self.control()
        if state.focus:
            draw_ring(painter, control, shown.accent)
        draw_frame(painter, control, state, shown)
        weak = state.locked or not state.enabled
        chosen = self._chosen()
        self._draw_ground(painter, shown, chosen, weak)
        painter.setFont(font(BODY))
        painter.setPen(shown.disabled if weak else shown.ink2)
        for place, cell in enumerate(self._cells):
            if place != chosen:
                painter.drawText(cell.plain, self._labels[place])
        if chosen is not None:
            painter.setFont(font(BODY, True))
            painter.setPen(shown.ink)
            painter.drawText(self._cells[chosen].bold, self._labels[chosen])
        if state.focus and not weak:
            self._draw_cursor(painter, shown)
        painter.end()

    def _draw_ground(
        self, painter: QPainter, shown: Tokens, chosen: int | None, weak: bool
    ) -> None:
        """Hovered segment, lines between segments, chosen segment."""
        if 0 <= self._under < len(self._cells) and not weak and self._under != chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shown.hover)
            painter.drawRect(self._cells[self._under].rect.adjusted(1, 1, -1, -1))
        control = self.control()
        painter.setPen(QPen(shown.line, 1))
        for cell in self._cells:
            if cell.rect.left() > control.left():
                x = cell.rect.left() - 0.5
                painter.drawLine(
                    QPointF(x, cell.rect.top() + 1), QPointF(x, cell.rect.bottom() - 1)
                )
            elif cell.rect.top() > control.top():
                y = cell.rect.top() - 0.5
                painter.drawLine(QPointF(control.left() + 1, y), QPointF(control.right() - 1, y))
        if chosen is not None:
            painter.setPen(QPen(shown.edge if weak else shown.accent, CHOSEN_LINE))
            painter.setBrush(shown.surface if weak else shown.accent_tint)
            painter.drawPath(self._cells[chosen].path)

    def _draw_cursor(self, painter: QPainter, shown: Tokens) -> None:
        rect = self._cells[self._cursor].rect
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shown.accent)
        painter.drawRect(QRectF(rect.left() + 6, rect.bottom() - 5, rect.width() - 12, 2))

    # ------------------------------------------------------------------ what the user does
    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self.options[self._cursor].value)
            return True
        if self._move(event.key()):
            return True
        typed = event.text()
        if typed.isalpha() and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        for option in self.options:
            if typed and option.key == typed.lower().replace(MINUS, "-"):
                self.choose(option.value)
                return True
        return super().take_key(event)

    def _move(self, key: int) -> bool:
        length = -(-len(self.options) // self.rows)
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self.rows > 1:
            steps |= {Qt.Key.Key_Up: -length, Qt.Key.Key_Down: length}
        step = steps.get(key)
        if step is None:
            return False
        target = self._cursor + step
        if not 0 <= target < len(self.options):
            # Up and down go on to the next field; left and right stop at the end.
            return abs(step) == 1
        self._cursor = target
        self.update()
        return True

    def _place_at(self, at: QPointF) -> int:
        return next((n for n, cell in enumerate(self._cells) if cell.rect.contains(at)), -1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or place < 0 or self._locked:
            event.ignore()
            return
        self._cursor = place
        self.choose(self.options[place].value)

    @override
    def _set_hovered(self, at: QPointF) -> None:
        under = -1 if self._locked else self._place_at(at)
        if under != self._under:
            self._under = under
            self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(QPointF(event.pos()))
            if place >= 0:
                option = self.options[place]
                QToolTip.showText(event.globalPos(), tip_text(option.spoken, option.key), self)
            return True
        return super().event(event)
