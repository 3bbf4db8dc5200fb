"""A line of text to type in, in a painted frame like the form's own fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import BETWEEN, CLEAR, RING
from ui.typeface import BODY, font

from .drawing import State, draw_frame, draw_ring


class FramedLine(QWidget):
    """Frame, focus ring and error edge around a line; `line` is where one types."""

    def __init__(self, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setObjectName(name)
        self.line.setFrame(False)
        self.line.setFont(font(BODY))
        # The frame paints the ground: another one for a line that is locked.
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, CLEAR)
        self.line.setPalette(palette)
        self.line.installEventFilter(self)
        self._error = False
        self.setFixedHeight(height + 2 * RING)
        self.setFocusProxy(self.line)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(RING + BETWEEN, RING + 2, RING + BETWEEN, RING + 2)
        self._layout.addWidget(self.line)

    def set_inset(self, left: int, right: int) -> None:
        """Keep room for signs and remarks inside the frame, in px."""
        self._layout.setContentsMargins(RING + left, RING + 2, RING + right, RING + 2)

    def set_error(self, error: bool) -> None:
        """Show that what was typed cannot be understood; the words stand beside it."""
        if error != self._error:
            self._error = error
            self.update()

    @property
    def has_error(self) -> bool:
        """Whether what was typed could not be understood."""
        return self._error

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._passes_on(event)
        return super().eventFilter(watched, event)

    def _passes_on(self, event: QKeyEvent) -> bool:
        """With no typing to take back, undo and redo are the visit's."""
        from PySide6.QtGui import QKeySequence  # only here: the entrance stands sooner

        undo = event.matches(QKeySequence.StandardKey.Undo) and not self.line.isUndoAvailable()
        redo = event.matches(QKeySequence.StandardKey.Redo) and not self.line.isRedoAvailable()
        if undo or redo:
            event.ignore()
        return undo or redo

    def control(self) -> QRectF:
        """The frame's outer edge."""
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.line.hasFocus()
        if focus:
            draw_ring(painter, self.control(), theme().tokens.accent)
        locked = self.line.isReadOnly()
        state = State(locked=locked, error=self._error, enabled=self.isEnabled())
        draw_frame(painter, self.control(), state, theme().tokens)
