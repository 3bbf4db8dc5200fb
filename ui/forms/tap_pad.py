"""Counts a beat by taps: nothing is charted before it is taken."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from clinic_desktop.domain.cadence import Estimate, Tapping
from clinic_desktop.services.words.translation import _, ngettext
from ui.style import theme
from ui.tokens import RADIUS, Tokens
from ui.typeface import BODY, CAPTION, TITLE, font, text_width
from ui.widgets.accessibility import Described, install_interfaces, is_escape, tell_value
from ui.widgets.announcing import announce
from ui.widgets.buttons import draw_key_cap, key_cap_width
from ui.widgets.keys import TAP_KEY, shown_key
from ui.widgets.marks import draw_warning

WIDTH: Final = 364
HEIGHT: Final = 116
_EDGE: Final = 12
_MOST_DOTS: Final = 24
_BEAT: Final = 5.0
_TAKE: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Clock = Callable[[], float]
"""Seconds that only ever go forward."""


class TapPad(Described):
    """Stands under a field while somebody taps; the keyboard elsewhere throws the count away.

    T, Space or a click is one landing of the same foot. Return takes the rate, Escape throws it
    away, Delete begins anew.
    """

    accessible_role = QAccessible.Role.Button
    taken = Signal(int)
    """Steps a minute."""
    closed = Signal()
    """It is about to go, and the keyboard with it."""

    def __init__(
        self, low: float, high: float, parent: QWidget, clock: Clock = time.perf_counter
    ) -> None:
        """`low` and `high` are the range of the field, in steps a minute."""
        super().__init__(parent)
        install_interfaces()
        self.setObjectName("tap_pad")
        self.setAccessibleName(_("Cadence by tapping, each time the same foot lands"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(WIDTH, HEIGHT)
        self._low, self._high, self._clock = low, high, clock
        self._tapping = Tapping()
        self._closing = False
        self._field: QWidget | None = None
        self.hide()

    # ------------------------------------------------------------------ opening and closing
    def open_under(self, field: QWidget, control: QRectF) -> None:
        """Show it below a control of a field, above it where the window ends; begin to count."""
        window = field.window()
        corner = field.mapTo(window, control.toRect().bottomLeft() + QPoint(0, 4))
        if corner.y() + HEIGHT > window.height():
            corner.setY(max(0, corner.y() - HEIGHT - round(control.height()) - 8))
        corner.setX(max(0, min(corner.x(), window.width() - WIDTH)))
        self.move(corner)
        self._field = field
        self._tapping = Tapping()
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.tap()

    def close_pad(self) -> None:
        """Throw the count away; the keyboard goes back, unless it went elsewhere."""
        if self.isHidden() or self._closing:
            return
        self._closing = True
        if self.hasFocus():
            # Before it hides: else Qt would give the keyboard to whatever comes next.
            self.closed.emit()
        self.hide()
        self._tapping = Tapping()
        self._closing = False

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_pad()

    # ------------------------------------------------------------------ counting
    @property
    def estimate(self) -> Estimate | None:
        """What the taps come to; None while there are too few."""
        return self._tapping.estimate

    @property
    def problem(self) -> str:
        """Why the rate cannot be taken, in words; empty where it can."""
        found = self.estimate
        if found is None:
            return _("{n} more").format(n=self._tapping.missing)
        if not self._low <= found.steps_a_minute <= self._high:
            said = _("outside {low} to {high}: not the same foot each time?")
            return said.format(low=round(self._low), high=round(self._high))
        return ""

    def tap(self) -> None:
        """One landing."""
        self._tapping = self._tapping.tapped(self._clock())
        tell_value(self)
        self.update()

    def take(self) -> None:
        """Hand the rate on; where it cannot be taken, say why and go on counting."""
        found = self.estimate
        if found is None or self.problem:
            announce(self, self.value_words())
            return
        rate = found.steps_a_minute
        self.close_pad()
        self.taken.emit(rate)

    @override
    def is_pressed_whole(self) -> bool:
        return True

    @override
    def press(self) -> None:
        self.tap()

    @override
    def more_words(self) -> str:
        keys = ", ".join(f"{shown_key(key)} {does}" for key, does in _keys())
        return f"{_counted()}. {keys}"

    @override
    def value_words(self) -> str:
        found = self.estimate
        taps = len(self._tapping.taps)
        count = ngettext("{n} tap", "{n} taps", taps).format(n=taps)
        if found is None:
            return f"{count}, {self.problem}"
        rate = _("{rate} steps/min, give or take {error}").format(
            rate=found.steps_a_minute, error=found.give_or_take
        )
        words = (rate, steadiness_words()[found.steadiness], count, self.problem)
        return ", ".join(word for word in words if word)

    # ------------------------------------------------------------------ what the user does
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            # A key held down is no beat.
            return
        if event.key() == Qt.Key.Key_Space or event.text().upper() == TAP_KEY:
            self.tap()
        elif event.key() in _TAKE:
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_pad()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._tapping = Tapping()
            self.update()
        else:
            event.ignore()

    @override
    def event(self, event: QEvent) -> bool:
        """Esc is the pad's own here, not the window's."""
        if is_escape(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab leaves the count, and goes on from the field."""
        self.close_pad()
        return self._field is not None and self._field.focusNextPrevChild(next)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.tap()

    # ------------------------------------------------------------------ painting
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(shown.accent, 2))
        painter.setBrush(shown.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        self._paint_rate(painter, shown)
        self._paint_beats(painter, shown)
        painter.setFont(font(CAPTION))
        painter.setPen(shown.grey)
        painter.drawText(QPointF(_EDGE, 78), _counted())
        x = float(_EDGE)
        for key, does in _keys():
            draw_key_cap(painter, x, 98, key, shown)
            x += key_cap_width(key) + 5
            painter.setFont(font(CAPTION))
            painter.setPen(shown.ink2)
            painter.drawText(QPointF(x, 102), does)
            x += text_width(does, CAPTION) + 12
        painter.end()

    def _paint_rate(self, painter: QPainter, shown: Tokens) -> None:
        found, x = self.estimate, float(_EDGE)
        rate = str(found.steps_a_minute) if found else "\N{EN DASH}"
        painter.setFont(font(TITLE, True))
        painter.setPen(shown.ink if found else shown.grey)
        painter.drawText(QPointF(x, 32), rate)
        x += text_width(rate, TITLE, True) + 6
        words = [_("steps/min")]
        if found is not None:
            words.append("\N{PLUS-MINUS SIGN}" + str(found.give_or_take))
            words.append(steadiness_words()[found.steadiness])
        painter.setFont(font(BODY))
        painter.setPen(shown.ink2)
        said = "  ".join(words)
        painter.drawText(QPointF(x, 32), said)
        if self.problem:
            x += text_width(said, BODY) + 12
            if found is not None:
                self._paint_problem(painter, shown)
                return
            painter.setPen(shown.grey)
            painter.drawText(QPointF(x, 32), self.problem)

    def _paint_problem(self, painter: QPainter, shown: Tokens) -> None:
        draw_warning(painter, QPointF(_EDGE + 6, 52), shown.danger, shown.surface)
        painter.setFont(font(CAPTION))
        painter.setPen(shown.danger)
        painter.drawText(QPointF(_EDGE + 18, 56), self.problem)

    def _paint_beats(self, painter: QPainter, shown: Tokens) -> None:
        """A dot a tap, each as far from the one before as it came later."""
        if self.problem and self.estimate is not None:
            return
        taps = self._tapping.taps[-_MOST_DOTS:]
        if not taps:
            return
        length = max(taps[-1] - taps[0], 1e-6)
        room = min(WIDTH - 2.0 * _EDGE - _BEAT, (len(taps) - 1) * 26.0)
        painter.setPen(QPen(shown.line, 1))
        painter.drawLine(QPointF(_EDGE, 52), QPointF(WIDTH - _EDGE, 52))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shown.accent)
        for tap in taps:
            x = _EDGE + _BEAT / 2 + room * (tap - taps[0]) / length
            painter.drawEllipse(QPointF(x, 52), _BEAT / 2, _BEAT / 2)


def _counted() -> str:
    return _("each time the same foot lands; counted twice, as steps of both")


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        (TAP_KEY, _("tap")), ("Return", _("take it")), ("Esc", _("throw away")),
        ("Del", _("anew")),
    )  # fmt: skip


class LineTaps(QObject):
    """Lets a line that takes beats a minute be filled by taps, as the field of the form is."""

    def __init__(self, line: QLineEdit, low: float, high: float) -> None:
        super().__init__(line)
        self.clock: Clock = time.perf_counter
        self._line, self._low, self._high = line, low, high
        self._pad: TapPad | None = None
        line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.text().upper() != TAP_KEY or self._line.isReadOnly():
            return False
        if not event.isAutoRepeat():
            self.open_pad()
        return True

    def open_pad(self) -> None:
        """Count by taps; the key that asks for it is the first of them."""
        if self._pad is None:
            self._pad = TapPad(self._low, self._high, self._line.window(), self.clock)
            self._pad.taken.connect(self._on_taken)
            self._pad.closed.connect(self._on_closed)
            self._line.destroyed.connect(self._pad.deleteLater)
        self._pad.open_under(self._line, QRectF(self._line.rect()))

    def _on_taken(self, rate: int) -> None:
        self._line.setText(str(rate))
        self._line.textEdited.emit(str(rate))

    def _on_closed(self) -> None:
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)


def steadiness_words() -> dict[str, str]:
    """How even the taps were, in words."""
    return {
        "steady": _("steady"),
        "fair": _("fairly steady"),
        "uneven": _("uneven: tap on"),
    }
