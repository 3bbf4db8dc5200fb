"""The choice input: one of more choices than fit side by side, in a list that opens beneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import FIELD
from ui.typeface import BODY, baseline, elided, font
from ui.widgets.accessibility import Described, is_escape, tell_part
from ui.widgets.accessible_parts import Part
from ui.widgets.buttons import draw_key_cap
from ui.widgets.drawing import draw_frame, draw_ring
from ui.widgets.marks import draw_chevron

from .base import Input
from .words import Option, not_charted

_LINE, _EDGE, _WORD_X = 28, 4, 40
_CHEVRON = 26
"""Room at the right edge for the sign that a list opens."""


class ChoiceInput(Input):
    """One choice of six or more. Keys 1 to 9 choose at once; Space opens the list."""

    accessible_role = QAccessible.Role.ComboBox

    def __init__(self, options: tuple[Option, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = options
        self._list: ChoiceList | None = None

    @override
    def value_words(self) -> str:
        option = self._option()
        return option.spoken if option else not_charted()

    @override
    def dress_state(self, state: QAccessible.State) -> None:
        state.expandable = True
        state.expanded = self.opened_list() is not None
        state.collapsed = not state.expanded

    @override
    def is_pressed_whole(self) -> bool:
        return not self.is_locked()

    @override
    def press(self) -> None:
        self.open_list()

    def _option(self) -> Option | None:
        return next((o for o in self.options if o.value == self._value), None)

    @override
    def height_in(self, width: int) -> int:
        return FIELD

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        state = self.frame_state()
        weak = state.locked or not state.enabled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        control = self.control()
        if self.hasFocus():
            draw_ring(painter, control, shown.accent)
        draw_frame(painter, control, state, shown)
        option = self._option()
        if option:
            painter.setFont(font(BODY, True))
            painter.setPen(shown.ink)
            base = control.top() + baseline(control.height())
            label = elided(option.label, control.width() - 12 - _CHEVRON, BODY, True)
            painter.drawText(QPointF(control.left() + 12, base), label)
        if not weak:
            at = QPointF(control.right() - 14, control.center().y())
            draw_chevron(painter, at, shown.ink2)
        painter.end()

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        for option in self.options:
            if option.key and option.key == event.text():
                self.choose(option.value)
                return True
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.open_list()
            return True
        return super().take_key(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = self.control().contains(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or not inside or self.is_locked():
            event.ignore()
            return
        self.open_list()

    def opened_list(self) -> ChoiceList | None:
        """The list while it is open."""
        return self._list if self._list is not None and self._list.isVisible() else None

    def open_list(self) -> None:
        """Open the list of choices under the field."""
        if self._list is None:
            self._list = ChoiceList(self.options, self)
            self._list.chosen.connect(self.choose)
        self._list.open_under(self, self.value())


class ChoiceList(Described):
    """The opened list: each choice with its key. It closes when the keyboard goes elsewhere."""

    accessible_role = QAccessible.Role.List
    chosen = Signal(object)

    def __init__(self, options: tuple[Option, ...], field: ChoiceInput) -> None:
        super().__init__(field.window())
        self.setAccessibleName(field.accessibleName())
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._field = field
        self._options = options
        self._cursor = 0
        self._value: object = None
        field.destroyed.connect(self.deleteLater)

    @override
    def parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(o.spoken, self._line(n), QAccessible.Role.ListItem, o.key, o.value == self._value)
            for n, o in enumerate(self._options)
        )

    @override
    def part_in_focus(self) -> int | None:
        return self._cursor

    @override
    def press_part(self, place: int) -> None:
        self._choose(place)

    def open_under(self, field: ChoiceInput, value: object) -> None:
        """Show the list below a field, or above it where the window ends."""
        self._value = value
        values = [option.value for option in self._options]
        self._cursor = values.index(value) if value in values else 0
        control = field.control().toRect()
        height = len(self._options) * _LINE + 2 * _EDGE
        corner = field.mapTo(field.window(), control.bottomLeft() + QPoint(0, 2))
        if corner.y() + height > field.window().height():
            corner.setY(max(0, corner.y() - height - control.height() - 4))
        self.setGeometry(corner.x(), corner.y(), control.width(), height)
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_list(self) -> None:
        """Put the list away; the keyboard goes back to the field."""
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    @override
    def event(self, event: QEvent) -> bool:
        """Esc is the list's own while it is open, not the window's."""
        if is_escape(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hide()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes on from the field, as if the list had not been open."""
        self.close_list()
        return self._field.focusNextPrevChild(next)

    def _line(self, place: int) -> QRectF:
        return QRectF(1, _EDGE + place * _LINE, self.width() - 2, _LINE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), shown.surface)
        for place, option in enumerate(self._options):
            line = self._line(place)
            chosen = option.value == self._value
            if chosen or place == self._cursor:
                painter.fillRect(line, shown.accent_tint if chosen else shown.hover)
            if place == self._cursor:
                painter.fillRect(QRectF(1, line.top(), 2, _LINE), shown.accent)
            if option.key:
                draw_key_cap(painter, 12, line.center().y(), option.key, shown)
            painter.setFont(font(BODY, chosen))
            painter.setPen(shown.ink if chosen else shown.ink2)
            base = line.top() + baseline(_LINE)
            painter.drawText(QPointF(_WORD_X, base), option.label)
        painter.setPen(QPen(shown.edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _choose(self, place: int) -> None:
        self.close_list()
        self.chosen.emit(self._options[place].value)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [option.key for option in self._options]
        if event.text() and event.text() in keys:
            self._choose(keys.index(event.text()))
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._cursor)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._point_at((self._cursor + step) % len(self._options))
        elif event.key() == Qt.Key.Key_Escape:
            self.close_list()
        else:
            event.ignore()

    def _point_at(self, place: int) -> None:
        if place != self._cursor:
            self._cursor = place
            tell_part(self)
            self.update()

    def _place_at(self, at: QPointF) -> int | None:
        lines = range(len(self._options))
        return next((place for place in lines if self._line(place).contains(at)), None)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None:
            self._point_at(place)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None:
            self._choose(place)
