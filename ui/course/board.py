"""The board of visits: a column each, with what was found, tried, kept and dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import INSET, RADIUS, TEXT_LINE
from ui.typeface import BODY, CAPTION, HEADING, draw_text, wrapped
from ui.widgets.accessibility import Described, install_interfaces, tell_value
from ui.widgets.accessible_parts import Part
from ui.widgets.announcing import announce
from ui.widgets.drawing import draw_ring

LEAST: Final = 232
"""Width of the narrowest column."""
MOST: Final = 4
"""Columns beside each other where there is room; the others are a step away."""
GAP: Final = 12
_BOX, _HEAD, _CAPTION = 12, 48, 20


@dataclass(frozen=True, slots=True)
class VisitColumn:
    """One visit on the board."""

    title: str
    day: str
    cells: tuple[tuple[str, tuple[str, ...]], ...]
    """Each with its caption and its lines."""

    @property
    def spoken(self) -> str:
        """The whole column as text."""
        said = (f"{caption}: {'; '.join(lines)}." for caption, lines in self.cells)
        return " ".join((f"{self.title}, {self.day}.", *said))


class Board(Described):
    """Columns side by side, the newest in sight; Left and Right step through the visits."""

    shifted = Signal()
    """Other columns are in sight, or another one has the mark."""

    accessible_role = QAccessible.Role.List

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.setObjectName("board")
        self.setAccessibleName(_("Board of visits"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.columns: tuple[VisitColumn, ...] = ()
        self.at = 0
        """The visit that is read out, 0 for the first."""
        self._first = 0

    def show_columns(self, columns: tuple[VisitColumn, ...]) -> None:
        """Show the visits; a longer course goes to its newest."""
        if columns == self.columns:
            return
        longer = len(columns) != len(self.columns)
        self.columns = columns
        if longer:
            self.at = len(columns) - 1
        self._keep_in_sight()
        self._fit()

    # ------------------------------------------------------------------ in words
    @override
    def value_words(self) -> str:
        return self.columns[self.at].spoken if self.columns else ""

    @override
    def parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(
                self.columns[n].spoken, self._column_box(n), QAccessible.Role.ListItem,
                on=n == self.at,
            )
            for n in self.in_sight
        )  # fmt: skip

    @override
    def part_in_focus(self) -> int | None:
        return self.at - self._first if self.columns else None

    @override
    def press_part(self, place: int) -> None:
        self.step_to(self._first + place)

    def _describe(self) -> None:
        keys = _("Left and Right step through the visits.")
        self.setAccessibleDescription(f"{self.value_words()} {keys}")

    @property
    def in_sight(self) -> range:
        """The places of the visits whose columns are on screen."""
        return range(self._first, min(self._first + self._fitting(), len(self.columns)))

    # ------------------------------------------------------------------ stepping
    def step_to(self, visit: int) -> None:
        """Read out another visit and bring it in sight; beyond the ends it stays."""
        visit = min(max(visit, 0), len(self.columns) - 1)
        if visit != self.at:
            self.at = visit
            announce(self, self.value_words())
            tell_value(self)
        self._keep_in_sight()
        self._fit()

    def _keep_in_sight(self) -> None:
        fitting = self._fitting()
        self._first = min(max(self._first, self.at - fitting + 1), self.at)
        self._first = max(0, min(self._first, len(self.columns) - fitting))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        places = {
            Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.columns) - 1,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in places and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.step_to(places[key])
        else:
            event.ignore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for visit in self.in_sight:
            if self._column_box(visit).contains(event.position()):
                self.step_to(visit)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        across = event.angleDelta().x()
        if across:
            self.step_to(self.at + (1 if across < 0 else -1))
        else:
            event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # ------------------------------------------------------------------ measures
    def _fitting(self) -> int:
        room = self.width() - 2 * INSET
        return max(1, min(MOST, (room + GAP) // (LEAST + GAP), max(len(self.columns), 3)))

    def _wide(self) -> float:
        fitting = self._fitting()
        return (self.width() - 2 * INSET - GAP * (fitting - 1)) / fitting

    def _column_box(self, visit: int) -> QRectF:
        wide = self._wide()
        x = INSET + (visit - self._first) * (wide + GAP)
        return QRectF(x, 4, wide, self.height() - 8)

    def _heights(self) -> list[int]:
        """Of the rows: the same in every column on screen, so that the eye can go across."""
        rows = max((len(column.cells) for column in self.columns), default=0)
        heights = [0] * rows
        for visit in self.in_sight:
            for row, (_caption, lines) in enumerate(self.columns[visit].cells):
                heights[row] = max(heights[row], self._cell_height(lines))
        return heights

    def _cell_height(self, lines: tuple[str, ...]) -> int:
        room = self._wide() - 2 * _BOX
        return _CAPTION + sum(len(wrapped(t, room)) * TEXT_LINE + 2 for t in lines) + 10

    def _fit(self) -> None:
        self.setFixedHeight(max(_HEAD + sum(self._heights()) + 16, 80))
        self._describe()
        self.update()
        self.shifted.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._keep_in_sight()
            self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(800, self.height())

    # ------------------------------------------------------------------ painting
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heights = self._heights()
        for visit in self.in_sight:
            self._paint_column(painter, visit, heights)
        painter.end()

    def _paint_column(self, painter: QPainter, visit: int, heights: list[int]) -> None:
        shown, column = theme().tokens, self.columns[visit]
        box = self._column_box(visit).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(shown.line, 1))
        painter.setBrush(shown.surface)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if visit == self.at:
            edge = self._column_box(visit).toRect()
            painter.fillRect(edge.left(), edge.top(), edge.width(), 3, shown.accent)
            if self.hasFocus():
                draw_ring(painter, box, shown.accent)
        x, top = box.left() + _BOX, box.top() + 6
        draw_text(painter, x, top, (column.title,), shown.ink, HEADING, True, line=22)
        draw_text(painter, x, top + 20, (column.day,), shown.ink2, CAPTION, line=18)
        top = box.top() + _HEAD
        for (caption, lines), high in zip(column.cells, heights, strict=False):
            line = self._column_box(visit).toRect().adjusted(1, 0, -1, 0)
            painter.fillRect(line.left(), round(top), line.width(), 1, shown.line)
            draw_text(painter, x, top + 2, (caption,), shown.grey, CAPTION, line=_CAPTION)
            y = top + _CAPTION
            for text in lines:
                broken = wrapped(text, box.width() + 1 - 2 * _BOX)
                draw_text(painter, x, y, broken, shown.ink, BODY)
                y += len(broken) * TEXT_LINE + 2
            top += high
