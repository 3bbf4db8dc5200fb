"""The panel's lines below each other; only what differs from the last time is touched."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clinic_desktop.domain.values import Key
from ui.style import theme

from .flag_widgets import FlagRow, ResolveRow
from .row_base import RowWidget, holds_focus
from .row_widgets import AskRow, DividerRow, FoldRow, HeadingRow, WordsRow
from .rows import (
    Ask,
    Choice,
    Divider,
    Flag,
    Fold,
    Heading,
    Resolve,
    Row,
    Slot,
    Why,
    Words,
    is_news,
)
from .slot_widgets import ChoiceRow, SlotRow
from .why import WhyRow

WIDGETS: Final[dict[type[Any], type[RowWidget[Any]]]] = {
    Ask: AskRow,
    Choice: ChoiceRow,
    Divider: DividerRow,
    Flag: FlagRow,
    Fold: FoldRow,
    Heading: HeadingRow,
    Resolve: ResolveRow,
    Slot: SlotRow,
    Why: WhyRow,
    Words: WordsRow,
}
"""The widget that shows each sort of row."""

SIDE = 10
"""Between the panel's edge and its rows; with a row's own 6 the text stands 16 in."""
FULL_WIDTH: Final = (Flag,)
"""Rows whose ground reaches from edge to edge."""

AIR, ABOVE = 8, 2
"""Below a ground that reaches from edge to edge and below all; above the first row."""
MOST_FRESH: Final = 8
"""Rows that are marked one by one; bars all the way down would say nothing."""
FRESH_MS: Final = 1500
"""How long what has changed stays marked, in ms."""

_Place = tuple[type[Any], str, int]


class RowStack(QWidget):
    """Shows a list of rows and keeps each row's widget as long as the row is there."""

    followed = Signal(Key)
    acted = Signal(str, str)
    stepped = Signal(QWidget)
    """The keyboard moved to this widget, which should be in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: list[_Place] = []
        self._widgets: dict[_Place, RowWidget[Any]] = {}
        self._heights: dict[_Place, tuple[int, int]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.touched = 0
        """Rows made, changed or removed so far: what a change costs."""
        self._fresh: tuple[_Place, ...] = ()
        self._changed: list[_Place] = []
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(FRESH_MS)
        self._fade.timeout.connect(lambda: self._mark(()))

    def show_rows(self, rows: tuple[Row, ...], mark: bool) -> tuple[Row, ...]:
        """Show these rows in this order and give those that are new or other.

        `mark` marks them for a moment.
        """
        self._changed = []
        seen: Counter[tuple[type[Any], str]] = Counter()
        order: list[_Place] = []
        for row in rows:
            kind = type(row), row.id
            place = (*kind, seen[kind])
            seen[kind] += 1
            order.append(place)
            self._show(place, row)
        for gone in set(self._widgets) - set(order):
            self._remove(gone)
        if order != self._order or len(self._heights) < len(order):
            self._order = order
            self._arrange()
        if mark and self._changed:
            self._mark(self._worth_marking())
        return tuple(self._widgets[place].row for place in self._changed)

    def _worth_marking(self) -> tuple[_Place, ...]:
        """What changed; where nearly everything is new, only what somebody would look for."""
        if len(self._changed) <= MOST_FRESH:
            return tuple(self._changed)
        return tuple(place for place in self._changed if is_news(self._widgets[place].row))

    def _mark(self, fresh: tuple[_Place, ...]) -> None:
        """Mark these rows and no others: a bar beside each, which moves nothing."""
        if fresh != self._fresh:
            self._fresh = fresh
            self.update(0, 0, SIDE, self.height())
        if fresh:
            self._fade.start()

    @property
    def fresh(self) -> tuple[Row, ...]:
        """The rows that are marked as changed, top to bottom."""
        return tuple(self._widgets[p].row for p in self._order if p in self._fresh)

    def _show(self, place: _Place, row: Row) -> None:
        widget = self._widgets.get(place)
        if widget is None:
            widget = WIDGETS[place[0]](row, self)
            widget.refresh()
            widget.followed.connect(self.followed)
            widget.acted.connect(self.acted)
            self._widgets[place] = widget
            widget.show()
        elif not widget.show_row(row):
            return
        self._heights.pop(place, None)
        self.touched += 1
        if row.plain:
            self._changed.append(place)

    def _remove(self, place: _Place) -> None:
        widget = self._widgets.pop(place)
        self._heights.pop(place, None)
        widget.hide()
        widget.deleteLater()
        self.touched += 1

    def _arrange(self) -> None:
        top, before = 0, None
        for place in self._order:
            widget = self._widgets[place]
            full = place[0] in FULL_WIDTH
            after_full = before is None or before in FULL_WIDTH
            if full is not after_full:
                top += ABOVE if before is None else AIR
            before = place[0]
            side = 0 if place[0] in FULL_WIDTH else SIDE
            width = self.width() - 2 * side
            known = self._heights.get(place)
            if known is None or known[0] != width:
                known = (width, widget.height_for(width))
                self._heights[place] = known
            widget.setGeometry(side, top, width, known[1])
            top += known[1]
        stops = self.stops()
        for above, below in pairwise(stops):
            QWidget.setTabOrder(above, below)
        self.setFixedHeight(top + AIR)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._heights.clear()
            self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Move the keyboard to the next or previous stop."""
        stops = self.stops()
        here = next((n for n, stop in enumerate(stops) if stop.hasFocus()), None)
        if here is not None and 0 <= here + by < len(stops):
            stops[here + by].setFocus(Qt.FocusReason.TabFocusReason)
            self.stepped.emit(stops[here + by])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place in self._fresh:
            widget = self._widgets.get(place)
            if widget is not None:
                bar = QRect(5, widget.y() + 2, 3, widget.height() - 4)
                painter.fillRect(bar, theme().tokens.accent)

    # ------------------------------------------------------------------ staying where one reads
    def anchor(self, top: int) -> tuple[QWidget, int] | None:
        """The row that must not move when others come and go, and where it stands.

        The one with the keyboard or under the pointer; else the first that is whole below `top`.
        """
        rows = [self._widgets[place] for place in self._order if place[0] is not Divider]
        held = next((row for row in rows if holds_focus(row)), None)
        held = held or next((row for row in rows if row.underMouse()), None)
        if held is None and top > 0:
            held = next((row for row in rows if row.y() >= top), None)
        return (held, held.y()) if held is not None else None

    def asked_row(self) -> Row | None:
        """The row that the therapist means: with the keyboard, else under the pointer."""
        rows = [self._widgets[place] for place in self._order]
        meant = next((row for row in rows if holds_focus(row)), None)
        meant = meant or next((row for row in rows if row.underMouse()), None)
        return meant.row if meant is not None else None

    def holds(self, row: QWidget) -> bool:
        """Whether the row is still there."""
        return any(row is widget for widget in self._widgets.values())

    # ------------------------------------------------------------------ keyboard
    def stops(self) -> list[QWidget]:
        """What takes the keyboard, top to bottom: links, and what stands on lines."""
        found: list[QWidget] = []
        for place in self._order:
            row = self._widgets[place]
            inside = row.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            found += [
                widget
                for widget in (row, *inside)
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.isHidden()
            ]
        return found

    def widget_of(self, kind: type[Any], row_id: str) -> RowWidget[Any] | None:
        """The widget that shows a row, where the row is there."""
        return self._widgets.get((kind, row_id, 0))

    def first_stop(self) -> QWidget | None:
        """The topmost of what takes the keyboard."""
        return next(iter(self.stops()), None)
