"""What all painted inputs have in common: frame, ring, keys, error, lock."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.values import Value
from ui.tokens import RING
from ui.widgets.accessibility import Described, install_interfaces, tell_value
from ui.widgets.announcing import announce
from ui.widgets.drawing import State

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
RETURN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Input(Described):
    """A field that charts one value. It speaks up only for what the user does.

    The widget is `RING` larger than its control on all sides, so that the focus ring has room.
    """

    edited = Signal(object)
    """The value the user entered, as typed or chosen; None is "back to not charted"."""
    same_requested = Signal()
    """The user says: the same as last time, tested again."""
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._value: Value | None = None
        self._error = ""
        self._last_words = ""
        self._locked = False
        self._hovered = False
        self._pointed = False

    # ------------------------------------------------------------------ what it shows
    def value(self) -> Value | None:
        """What it shows as charted."""
        return self._value

    def show_value(self, value: Value | None) -> None:
        """Show what is charted. Never emits."""
        if value != self._value:
            self._value = value
            self.update(self.control().toAlignedRect())
            tell_value(self)

    def set_error(self, text: str | None) -> None:
        """Say what is wrong with what was entered; None or empty when nothing is."""
        if (text or "") != self._error:
            self._error = text or ""
            self.update()
            if self.described_error():
                announce(self, self.described_error())

    @override
    def described_error(self) -> str:
        return self._error

    def set_last_words(self, words: str) -> None:
        """Say what the grey column beside the field says of last time."""
        self._last_words = words

    @override
    def more_words(self) -> str:
        return self._last_words

    def set_locked(self, locked: bool) -> None:
        """Make it readable only, as in a signed visit, or editable again."""
        if locked != self._locked:
            self._locked = locked
            self.update()

    @override
    def is_locked(self) -> bool:
        return self._locked

    def control(self) -> QRectF:
        """The control itself, without the room for the ring."""
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    def height_in(self, width: int) -> int:
        """Height of the control when it is as wide as asked."""
        raise NotImplementedError

    def frame_state(self) -> State:
        """What the frame has to say now."""
        return State(
            hover=self._hovered,
            locked=self._locked,
            enabled=self.isEnabled(),
            error=bool(self.described_error()),
        )

    # ------------------------------------------------------------------ what the user does
    def choose(self, value: Value | None) -> None:
        """The user has settled on a value."""
        if self._locked:
            return
        self._pointed = False
        self.show_value(value)
        self.show_at_once()
        self.edited.emit(value)

    def show_at_once(self) -> None:
        """Paint the field now: what it means for rules and panel takes longer than a frame."""
        if self.isVisible():
            self.repaint()

    def presses(self, event: QKeyEvent) -> bool:
        """Whether a key presses what arrows point at: Space does. Return does only after an arrow:
        one too many, as when the chart was opened by it, must chart nothing and goes on."""
        if event.key() == Qt.Key.Key_Space:
            return True
        return event.key() in RETURN and self._pointed

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key without Ctrl, Alt or Meta asks; False where it asks nothing of this."""
        if event.text() == "=":
            self.same_requested.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.choose(None)
        elif event.key() in RETURN:
            self.focusNextPrevChild(True)
        else:
            return False
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = event.modifiers() & _COMMANDS
        if command or self._locked or not self.take_key(event):
            event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._pointed = False
        self.update()
        self.focus_changed.emit(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        self.focus_changed.emit(False)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._set_hovered(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hovered(event.position())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(QPointF(-1, -1))

    def _set_hovered(self, at: QPointF) -> None:
        hovered = self.control().contains(at) and not self._locked
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
