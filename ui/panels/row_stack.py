"""The panel's lines below each other; only what differs from the last time is touched."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clinic_desktop.domain.values import Key

from .flag_widgets import FlagRow, ResolveRow
from .row_base import RowWidget
from .row_widgets import AskRow, DividerRow, FoldRow, HeadingRow, WordsRow
from .rows import Ask, Choice, Divider, Flag, Fold, Heading, Resolve, Row, Slot, Words
from .slot_widgets import ChoiceRow, SlotRow

WIDGETS: Final[dict[type[Any], type[RowWidget[Any]]]] = {
    Ask: AskRow,
    Choice: ChoiceRow,
    Divider: DividerRow,
    Flag: FlagRow,
    Fold: FoldRow,
    Heading: HeadingRow,
    Resolve: ResolveRow,
    Slot: SlotRow,
    Words: WordsRow,
}
"""The widget that shows each sort of row."""

SIDE = 10
"""Between the panel's edge and its rows; with a row's own 6 the text stands 16 in."""
FULL_WIDTH: Final = (Flag,)
"""Rows whose ground reaches from edge to edge."""

AIR = 8
"""Above the first row, and below a ground that reaches from edge to edge."""

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

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows in this order."""
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
            top += AIR if full is not after_full else 0
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
