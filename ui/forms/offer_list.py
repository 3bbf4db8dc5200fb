"""A list beside a text that offers what may be meant; the keyboard stays in the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.typeface import BODY, CAPTION, baseline, elided, font, text_width
from ui.widgets.accessibility import Described
from ui.widgets.accessible_parts import Part
from ui.widgets.announcing import announce
from ui.widgets.buttons import draw_key_cap, key_cap_width

MOST_LINES: Final = 8
"""Shown at once; the arrows bring the others."""
WIDTH: Final = 420
NONE: Final = -1
_LINE, _EDGE, _INSET, _GAP = 26, 4, 12, 10


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list."""

    name: str
    words: str = ""
    """What stands in grey behind it."""
    key: str = ""
    """A key that takes it, at its right."""

    @property
    def spoken(self) -> str:
        """Everything the line shows."""
        return ": ".join(part for part in (self.name, self.words) if part)


class OfferList(Described):
    """Lines over the page, one of them marked or none; it never has the keyboard."""

    accessible_role = QAccessible.Role.List

    def __init__(self, name: str, text: QWidget, picked: Callable[[int], object]) -> None:
        """`picked` is told the place of a line that was clicked."""
        super().__init__(text.window())
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._text = text
        self._picked = picked
        self._lines: tuple[Offer, ...] = ()
        self._at = NONE
        self._top = 0
        text.destroyed.connect(self.deleteLater)

    @property
    def lines(self) -> tuple[Offer, ...]:
        """What can be taken, the best first."""
        return self._lines

    @property
    def marked(self) -> int:
        """The place of the line that is taken by the key; `NONE` while none is."""
        return self._at

    def show_lines(self, lines: tuple[Offer, ...], at: int = 0) -> None:
        """Offer these; `at` is marked first. Where it stands is asked for next."""
        self._lines, self._at, self._top = lines, at, 0
        self._say()

    def place_below(self, anchor: QRect) -> None:
        """Stand below a place of the window, or above it where the window ends."""
        high, inside = self._high(), self._text.window().rect()
        width = min(WIDTH, inside.width() - 2 * _EDGE)
        left = max(_EDGE, min(anchor.left(), inside.right() - width - _EDGE))
        top = anchor.bottom() + 2
        if top + high > inside.bottom():
            top = max(0, anchor.top() - high - 2)
        self._show_at(QRect(left, top, width, high))

    def place_above(self, corner: QPoint, width: int) -> None:
        """Stand above a place of the window, as for a line at its foot."""
        high = self._high()
        self._show_at(QRect(corner.x(), max(0, corner.y() - high), width, high))

    def _show_at(self, box: QRect) -> None:
        self.setGeometry(box)
        self.raise_()
        self.show()
        self.update()

    def _high(self) -> int:
        return min(len(self._lines), MOST_LINES) * _LINE + 2 * _EDGE

    def step(self, by: int) -> None:
        """Mark the line above or below."""
        first = 0 if by > 0 else len(self._lines) - 1
        self._at = first if self._at == NONE else (self._at + by) % len(self._lines)
        self._top = min(self._top, self._at)
        self._top = max(self._top, self._at - MOST_LINES + 1)
        self._say(at_once=True)
        self.update()

    def _say(self, at_once: bool = False) -> None:
        count = len(self._lines)
        if self._at == NONE:
            said = _("{n} to choose from; Down goes to the first").format(n=count)
        else:
            said = _("{name}, {n} of {most}").format(
                name=self._lines[self._at].spoken, n=self._at + 1, most=count
            )
        if said != self.accessibleName():
            self.setAccessibleName(said)
            announce(self._text, said, politely=not at_once)

    @override
    def parts(self) -> tuple[Part, ...]:
        shown = self._lines[self._top : self._top + MOST_LINES]
        return tuple(
            Part(line.spoken, self._box(n), QAccessible.Role.ListItem, line.key,
                 self._top + n == self._at)
            for n, line in enumerate(shown)
        )  # fmt: skip

    @override
    def press_part(self, place: int) -> None:
        self._picked(self._top + place)

    def _box(self, place: int) -> QRectF:
        return QRectF(1, _EDGE + place * _LINE, self.width() - 2, _LINE)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int((event.position().y() - _EDGE) // _LINE)
        if 0 <= place < len(self.parts()):
            self.press_part(place)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), shown.surface)
        for n, line in enumerate(self._lines[self._top : self._top + MOST_LINES]):
            self._paint_line(painter, self._box(n), line, self._top + n == self._at)
        if len(self._lines) > MOST_LINES:
            track = self.height() - 2 * _EDGE
            share = track / len(self._lines)
            top, high = _EDGE + self._top * share, MOST_LINES * share
            painter.fillRect(QRectF(self.width() - 6, top, 4, high), shown.edge)
        painter.setPen(QPen(shown.edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_line(self, painter: QPainter, box: QRectF, line: Offer, marked: bool) -> None:
        shown = theme().tokens
        if marked:
            painter.fillRect(box, shown.accent_tint)
            painter.fillRect(QRectF(1, box.top(), 2, _LINE), shown.accent)
        right = box.right() - _INSET
        if line.key:
            right -= key_cap_width(line.key)
            draw_key_cap(painter, right, box.center().y(), line.key, shown)
            right -= _GAP
        base = box.top() + baseline(_LINE)
        name = elided(line.name, right - _INSET, BODY, marked)
        painter.setFont(font(BODY, marked))
        painter.setPen(shown.ink if marked else shown.ink2)
        painter.drawText(QPointF(_INSET, base), name)
        left = _INSET + text_width(name, BODY, marked) + _GAP
        if line.words and right - left > 3 * _GAP:
            painter.setFont(font(CAPTION))
            painter.setPen(shown.ink2 if marked else shown.grey)
            painter.drawText(QPointF(left, base), elided(line.words, right - left, CAPTION))
