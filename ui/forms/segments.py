"""The segmented input: a few choices side by side, one of which is charted, or none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import FIELD, Tokens
from ui.typeface import BODY, font
from ui.viewmodels.reading import MINUS
from ui.widgets.accessibility import tell_part
from ui.widgets.accessible_parts import Part
from ui.widgets.drawing import draw_ring
from ui.widgets.tips import tip_text

from .base import Input
from .segment_layout import Cell, lay_out, picture_of, shown_label
from .words import Option, not_charted


class SegmentedInput(Input):
    """Result, answer or short choice. Its keys choose at once; arrows move and Space chooses."""

    accessible_role = QAccessible.Role.Grouping

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
    def parts(self) -> tuple[Part, ...]:
        chosen = self._chosen()
        return tuple(
            Part(o.spoken, cell.rect, QAccessible.Role.RadioButton, o.key, place == chosen)
            for place, (o, cell) in enumerate(zip(self.options, self._cells, strict=False))
        )

    @override
    def part_in_focus(self) -> int | None:
        return self._cursor

    @override
    def press_part(self, place: int) -> None:
        self._cursor = place
        self.choose(self.options[place].value)

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
        return FIELD * self.rows

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
        control = self.control()
        painter = QPainter(self)
        size = (control.width(), control.height())
        ratio = self.devicePixelRatioF()
        chosen = self._chosen()
        painter.drawImage(
            control.topLeft(),
            picture_of(self._labels, self.rows, size, chosen, state, shown, ratio),
        )
        usable = not state.locked and state.enabled
        if usable and 0 <= self._under < len(self._cells) and self._under != chosen:
            self._draw_hovered(painter, shown)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ring(painter, control, shown.accent)
            if usable:
                self._draw_cursor(painter, shown)
        painter.end()

    def _draw_hovered(self, painter: QPainter, shown: Tokens) -> None:
        cell = self._cells[self._under]
        painter.fillRect(cell.rect.adjusted(2, 2, -2, -2), shown.hover)
        painter.setFont(font(BODY))
        painter.setPen(shown.ink)
        painter.drawText(cell.plain, shown_label(self._labels[self._under], cell))

    def _draw_cursor(self, painter: QPainter, shown: Tokens) -> None:
        rect = self._cells[self._cursor].rect
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shown.accent)
        painter.drawRect(QRectF(rect.left() + 6, rect.bottom() - 5, rect.width() - 12, 2))

    # ------------------------------------------------------------------ what the user does
    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if self.presses(event):
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
        if typed in tuple("123456789") and all(o.key.isalpha() for o in self.options if o.key):
            # Where keys are letters, as in the settings, digits mean places as on other choices.
            for option in self.options[int(typed) - 1 : int(typed)]:
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
        self._pointed = True
        tell_part(self)
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
        self.press_part(place)

    @override
    def _set_hovered(self, at: QPointF) -> None:
        under = -1 if self._locked else self._place_at(at)
        if under != self._under:
            self._under = under
            option = self.options[under] if under >= 0 else None
            self.setToolTip(tip_text(option.spoken, option.key) if option else "")
            self.update()
