"""Inputs for what is typed: numbers with their unit, and grades of muscle power."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.catalogue import FindingSpec
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.values import Value
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import FIELD, NUMBER_WIDTH, RING, Tokens
from ui.typeface import (
    BODY,
    CAPTION,
    HEADING,
    baseline,
    draw_figures,
    elided,
    figures_width,
    font,
)
from ui.typeface import text_width as width_of
from ui.viewmodels.reading import (
    MINUS,
    could_still_become_valid,
    read_typed,
    shown_number,
    unit_words,
)
from ui.widgets.accessible_parts import NumberHeard
from ui.widgets.drawing import draw_frame, draw_ring
from ui.widgets.keys import TAP_KEY
from ui.widgets.marks import draw_warning

from .base import Input
from .tap_pad import Clock, TapPad
from .words import not_charted

_LONGEST = 7
_BACK_AGAIN = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""After a look at the commands or at another window, what was half typed goes on."""
_PADDING = 12
"""Figures end this far before the frame."""


class TypedInput(Input):
    """A short typed value: figures at the right edge of a frame, unit and error beside it.

    What is typed counts as soon as it can be read. What cannot be read stays as typed.
    """

    accessible_role = QAccessible.Role.EditableText
    allowed = ""
    """Signs that may be typed, beside figures."""

    def __init__(self, spec: FindingSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._unit = unit_words(spec)
        self._text = ""
        self._caret = 0
        self._fresh = True
        """Whether the next key replaces the whole text, as after arriving by Tab."""

    def text_of(self, value: Value) -> str:
        """How a value is typed."""
        raise NotImplementedError

    # ------------------------------------------------------------------ what it shows
    def typed(self) -> str:
        """What stands in the field, readable or not."""
        return self._text

    def unit(self) -> str:
        """What stands behind the field."""
        return self._unit

    def read(self) -> Value | None:
        """What the field says; None while it is blank or cannot be read."""
        try:
            return read_typed(self.spec, self._text)
        except InvalidValue:
            return None

    @override
    def show_value(self, value: Value | None) -> None:
        # Equal also means: unreadable here and not charted there, so what was typed stays.
        if value == self.read():
            self._value = value
            return
        self._text = "" if value is None else self.text_of(value)
        self._caret = len(self._text)
        self._fresh = True
        super().show_value(value)
        self.set_error(None)
        self.update()

    @override
    def value_words(self) -> str:
        if not self._text:
            return not_charted()
        said = self._text.replace(MINUS, "-")
        return f"{said} {self._unit}".strip()

    @override
    def described_error(self) -> str:
        if self.read() is not None or not self.hasFocus():
            return self._error
        # Half a number on its way to a good one is no mistake yet.
        return "" if could_still_become_valid(self.spec, self._text) else self._error

    @override
    def control(self) -> QRectF:
        return QRectF(RING, RING, NUMBER_WIDTH, self.height() - 2 * RING)

    @override
    def height_in(self, width: int) -> int:
        return FIELD

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        state = self.frame_state()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        control = self.control()
        focus = self.hasFocus()
        if focus:
            draw_ring(painter, control, shown.accent)
        draw_frame(painter, control, state, shown)
        right = control.right() - _PADDING
        base = control.top() + baseline(control.height(), HEADING, True)
        if focus and self._fresh and self._text and not state.locked:
            width = figures_width(self._text, HEADING, True)
            painter.fillRect(
                QRectF(right - width - 2, control.top() + 4, width + 4, control.height() - 8),
                shown.accent_tint,
            )
        painter.setPen(shown.ink if state.enabled else shown.disabled)
        draw_figures(painter, right, base, self._text, HEADING, True)
        if focus and not state.locked and not (self._fresh and self._text):
            self._draw_caret(painter, right, shown)
        self._draw_beside(painter, control, shown)
        painter.end()

    def _draw_caret(self, painter: QPainter, right: float, shown: Tokens) -> None:
        x = right - figures_width(self._text[self._caret :], HEADING, True) + 1
        control = self.control()
        painter.fillRect(QRectF(x, control.top() + 5, 1.5, control.height() - 10), shown.ink)

    def _draw_beside(self, painter: QPainter, control: QRectF, shown: Tokens) -> None:
        """Unit, and the error in words; where both do not fit, the error alone."""
        x = control.right() + 8
        base = control.top() + baseline(control.height())
        error = self.described_error()
        room = self.width() - x
        wanted = width_of(error, CAPTION) + 20 if error else 0.0
        unit = width_of(self._unit)
        if unit + (8 + wanted if error else 0) <= room:
            painter.setFont(font(BODY))
            painter.setPen(shown.grey)
            painter.drawText(QPointF(x, base), self._unit)
            x += unit + 10
        if error:
            middle = control.center().y()
            draw_warning(painter, QPointF(x + 6, middle), shown.danger, shown.surface)
            painter.setFont(font(CAPTION))
            painter.setPen(shown.danger)
            painter.drawText(QPointF(x + 16, base), elided(error, self.width() - x - 16, CAPTION))

    def carried(self) -> object:
        """What is typed, readable or not, and where the caret stands."""
        return self._text, self._caret, self._fresh

    def take_carried(self, state: object) -> None:
        """Go on with what was typed into another field for the same finding."""
        assert isinstance(state, tuple)
        text, caret, fresh = state
        if text != self._text and not self.is_locked():
            self._type(text, caret)
        self._caret, self._fresh = caret, fresh

    # ------------------------------------------------------------------ what the user does
    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        elif event.key() == Qt.Key.Key_Delete:
            self._type("", 0)
        elif event.key() == Qt.Key.Key_Backspace:
            self._erase()
        elif not self._move(event.key()):
            return self._take_text(event)
        return True

    def _take_text(self, event: QKeyEvent) -> bool:
        sign = event.text().replace(MINUS, "-")
        if len(sign) == 1 and (sign.isdigit() or sign in self.allowed):
            self._insert(sign)
            return True
        return super().take_key(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._text)
        elif event.matches(QKeySequence.StandardKey.Paste) and not self.is_locked():
            self._paste(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def _paste(self, text: str) -> None:
        plain = text.strip().replace(MINUS, "-")
        kept = "".join(sign for sign in plain if sign.isdigit() or sign in self.allowed)
        # Half of a pasted text would be another value than the one that was copied.
        if kept and kept == plain:
            self._insert(kept)

    def _insert(self, signs: str) -> None:
        before = "" if self._fresh else self._text[: self._caret]
        after = "" if self._fresh else self._text[self._caret :]
        if len(before + signs + after) <= _LONGEST:
            self._type(before + signs + after, len(before + signs))

    def _erase(self) -> None:
        if self._fresh:
            self._type("", 0)
        elif self._caret:
            start = self._text[: self._caret - 1]
            self._type(start + self._text[self._caret :], self._caret - 1)

    def _move(self, key: int) -> bool:
        places = {
            Qt.Key.Key_Left: self._caret - 1,
            Qt.Key.Key_Right: self._caret + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._text),
        }
        target = places.get(Qt.Key(key))
        if target is None:
            return False
        self._fresh = False
        self._caret = min(max(target, 0), len(self._text))
        self.update()
        return True

    def _type(self, text: str, caret: int) -> None:
        self._text = text
        self._caret = caret
        self._fresh = not text
        self._value = self.read()
        self.show_at_once()
        self.edited.emit(text or None)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _BACK_AGAIN:
            self._fresh = True
        super().focusInEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.control().contains(event.position()):
            event.ignore()


class NumberInput(TypedInput):
    """A number in its unit; point or comma, out of range is said beside it.

    Where it is beats a minute, T counts them by taps.
    """

    accessible_role = QAccessible.Role.SpinBox
    clock: Clock = staticmethod(time.perf_counter)
    """From where taps have their time."""

    def __init__(self, spec: FindingSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.allowed = ".,+-" if spec.low < 0 else ".,"
        self._pad: TapPad | None = None

    @override
    def more_words(self) -> str:
        low, high = (shown_number(self.spec, end) for end in (self.spec.low, self.spec.high))
        said = _("{low} to {high} {unit}").format(low=low, high=high, unit=self.unit())
        return f"{said.strip()}. {super().more_words()}".strip()

    @override
    def number(self) -> NumberHeard | None:
        value = self.read()
        typed = float(value) if isinstance(value, int | float) else None
        return NumberHeard(typed, self.spec.low, self.spec.high)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if self.spec.tapped and event.text().upper() == TAP_KEY:
            if not event.isAutoRepeat():
                self.open_pad()
            return True
        return super().take_key(event)

    def open_pad(self) -> None:
        """Count by taps; the key that asks for it is the first of them."""
        if self._pad is None:
            self._pad = TapPad(self.spec.low, self.spec.high, self.window(), self.clock)
            self._pad.taken.connect(self._on_taken)
            self._pad.closed.connect(self._on_pad_closed)
            self.destroyed.connect(self._pad.deleteLater)
        self._pad.open_under(self, self.control())

    def opened_pad(self) -> TapPad | None:
        """The pad while somebody taps."""
        return self._pad if self._pad is not None and self._pad.isVisible() else None

    def _on_taken(self, rate: int) -> None:
        text = self.text_of(rate)
        self._type(text, len(text))

    def _on_pad_closed(self) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def text_of(self, value: Value) -> str:
        return shown_number(self.spec, value)


class GradeInput(TypedInput):
    """Muscle power, 0 to 5, with minus and plus."""

    allowed = "+-"

    @override
    def text_of(self, value: Value) -> str:
        return str(value).replace("-", MINUS)
