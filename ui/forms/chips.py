"""The set input: chips switched one by one, and "none of these", so that none is an answer."""

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
from ui.tokens import CHIP, RING, Tokens
from ui.typeface import BODY, baseline, elided, font, text_width
from ui.widgets.accessibility import tell_part
from ui.widgets.accessible_parts import Part
from ui.widgets.drawing import State, draw_frame, draw_ring
from ui.widgets.marks import draw_tick
from ui.widgets.tips import tip_text

from .base import Input
from .words import Option, none_of_these, not_charted

_GAP, _LINE_GAP, _PADDING, _TICK = 8, 4, 10, 16


def _chip_width(label: str) -> float:
    """Wide enough for the bold word with its tick, so that nothing moves when it is chosen."""
    return round(text_width(label, BODY, True) + _TICK + 2 * _PADDING)


class SetInput(Input):
    """Any number of choices. Keys 1 to 9 switch, arrows move, Space switches, 0 says none."""

    accessible_role = QAccessible.Role.Grouping
    picture_width = 0
    """Of the small picture before the word of each choice, with the gap behind it."""

    def __init__(self, options: tuple[Option, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = options
        self._labels = (*(option.label for option in options), none_of_these())
        self._chips: tuple[QRectF, ...] = ()
        self._cursor = 0
        self._under = -1

    # ------------------------------------------------------------------ what it shows
    @override
    def value_words(self) -> str:
        if self._value is None:
            return not_charted()
        chosen = self._chosen()
        return ", ".join(o.spoken for o in self.options if o.value in chosen) or none_of_these()

    @override
    def parts(self) -> tuple[Part, ...]:
        names = (*(o.spoken for o in self.options), none_of_these())
        keys = (*(o.key for o in self.options), "0")
        return tuple(
            Part(name, chip, QAccessible.Role.CheckBox, key, self._is_on(place))
            for place, (name, key, chip) in enumerate(zip(names, keys, self._chips, strict=False))
        )

    @override
    def part_in_focus(self) -> int | None:
        return self._cursor

    @override
    def press_part(self, place: int) -> None:
        if not self.is_locked():
            self._cursor = place
            self._switch(place)

    def _chosen(self) -> frozenset[str]:
        return frozenset(self._value) if isinstance(self._value, tuple) else frozenset()

    def _is_on(self, place: int) -> bool:
        if place == len(self.options):
            return self._value == ()
        return self.options[place].value in self._chosen()

    @override
    def height_in(self, width: int) -> int:
        return round(self._places(width)[-1].bottom() - RING)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._chips = self._places(round(self.control().width()))

    def _places(self, width: int) -> tuple[QRectF, ...]:
        x = y = 0.0
        found = []
        for place, label in enumerate(self._labels):
            picture = self.picture_width if place < len(self.options) else 0
            wide = min(_chip_width(label) + picture, width)
            if x and x + wide > width:
                x, y = 0.0, y + CHIP + _LINE_GAP
            found.append(QRectF(RING + x, RING + y, wide, CHIP))
            x += wide + _GAP
        return tuple(found)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weak = self.is_locked() or not self.isEnabled()
        for place, chip in enumerate(self._chips):
            self._draw_chip(painter, place, chip, shown, weak)
        if self.hasFocus() and self._chips:
            draw_ring(painter, self._chips[self._cursor], shown.accent)
        painter.end()

    def _draw_chip(
        self, painter: QPainter, place: int, chip: QRectF, shown: Tokens, weak: bool
    ) -> None:
        on = self._is_on(place)
        state = State(hover=place == self._under, locked=weak, chosen=on)
        draw_frame(painter, chip, state, shown)
        picture = self.picture_width if place < len(self.options) else 0
        spare = 12 + (_TICK if on else 0) + picture
        label = elided(self._labels[place], chip.width() - spare, BODY, on)
        ink = shown.ink if on else shown.disabled if weak else shown.ink2
        taken = text_width(label, BODY, on) + (_TICK if on else 0) + picture
        x = chip.left() + (chip.width() - taken) / 2
        if on:
            draw_tick(painter, QPointF(x + 5, chip.center().y()), ink)
            x += _TICK
        if picture:
            self.draw_picture(painter, self.options[place].value, QPointF(x, chip.center().y()))
            x += picture
        painter.setPen(ink)
        painter.setFont(font(BODY, on))
        painter.drawText(QPointF(x, chip.top() + baseline(CHIP)), label)

    def draw_picture(self, painter: QPainter, word: str, left: QPointF) -> None:
        """Draw the small picture of a choice from the middle of its left edge on."""

    # ------------------------------------------------------------------ what the user does
    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if self.presses(event):
            self._switch(self._cursor)
            return True
        if event.text() == "0":
            self._switch(len(self.options))
            return True
        for place, option in enumerate(self.options):
            if option.key and option.key == event.text():
                self._cursor = place
                self._switch(place)
                return True
        return self._move(event.key()) or super().take_key(event)

    def _move(self, key: int) -> bool:
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -1 if key == Qt.Key.Key_Left else 1
            self._cursor = min(max(self._cursor + step, 0), len(self._chips) - 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            target = self._next_line(-1 if key == Qt.Key.Key_Up else 1)
            if target is None:
                return False
            self._cursor = target
        else:
            return False
        self._pointed = True
        tell_part(self)
        self.update()
        return True

    def _next_line(self, step: int) -> int | None:
        """The nearest chip one line up or down; None at the edge, where the next field follows."""
        here = self._chips[self._cursor]
        line = here.top() + step * (CHIP + _LINE_GAP)
        there = [place for place, chip in enumerate(self._chips) if chip.top() == line]
        middle = here.center().x()
        return min(there, key=lambda p: abs(self._chips[p].center().x() - middle), default=None)

    def _switch(self, place: int) -> None:
        if place == len(self.options):
            self.choose(None if self._value == () else ())
            return
        chosen = self._chosen() ^ {self.options[place].value}
        # The last chip switched off leaves the question open: "none" is an answer of its own.
        kept = tuple(option.value for option in self.options if option.value in chosen)
        self.choose(kept or None)

    def _place_at(self, at: QPointF) -> int:
        return next((n for n, chip in enumerate(self._chips) if chip.contains(at)), -1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or place < 0 or self.is_locked():
            event.ignore()
            return
        self.press_part(place)

    @override
    def _set_hovered(self, at: QPointF) -> None:
        under = -1 if self.is_locked() else self._place_at(at)
        if under != self._under:
            self._under = under
            self.setToolTip(self._tip(under) if under >= 0 else "")
            self.update()

    def _tip(self, place: int) -> str:
        last = place == len(self.options)
        return tip_text(self._labels[place], "0" if last else self.options[place].key)
