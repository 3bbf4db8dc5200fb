"""The text input: free text that is handed on while it is being written."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QWidget
from typing_extensions import override

from clinic_desktop.domain.phrases import open_words
from clinic_desktop.domain.texts import LONGEST_TEXT, cleared, composed
from clinic_desktop.domain.values import Value
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import FIELD, RING, TEXT_LINE
from ui.typeface import BODY, font
from ui.widgets.announcing import announce
from ui.widgets.drawing import State, draw_frame, draw_ring

from .completing import Completing, aid_of
from .open_places import mark_open_places
from .words import not_charted

PAUSE_MS = 400
"""A pause this long ends a piece of typing."""
LONGEST_MS = 800
"""Nothing typed waits longer than this, however fast the typing: within a second it is saved."""


class TextInput(QPlainTextEdit):
    """Free text on one or more lines; it grows with what is written.

    Speaks like every other input, but is Qt's own editor inside, which screen readers and input
    methods know.
    """

    edited = Signal(object)
    same_requested = Signal()
    focus_changed = Signal(bool)
    height_changed = Signal()
    is_aided = True
    """Whether phrases and words are offered in it, where the window has some."""

    def __init__(self, least_lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self._shown: str | None = None
        """What was last shown or handed on, so that only real edits speak up."""
        self._error = ""
        self._last_words = ""
        self._hovered = False
        self._height = 0
        self.completing: Completing | None = None
        """Offers phrases and words; made when it first gets the keyboard."""
        self.setFont(font(BODY))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Lines are wrapped: what lies beyond the edge is a space, after which Qt would pull all
        # lines aside and cut their first letters.
        self.horizontalScrollBar().valueChanged.connect(self._stay_left)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(RING + 8, RING + 4, RING + 4, RING + 2)
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self.document().contentsChanged.connect(self._on_contents)
        theme().changed.connect(self._mark_open)
        self._describe()

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(self.flush)
        return timer

    # ------------------------------------------------------------------ what it shows
    def value(self) -> str | None:
        """The text as it stands, each letter in one piece with its accent; None when it is
        blank."""
        text = composed(self.toPlainText())
        return text if text.strip() else None

    def show_value(self, value: Value | None) -> None:
        """Show what is charted. Text still waiting to be handed on stays. Never emits."""
        text = value.replace("\r\n", "\n") if isinstance(value, str) and value.strip() else None
        if self._waiting() or text == self.value():
            return
        self._shown = text
        self.setPlainText(text or "")
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._describe()
        self._grow()

    def set_error(self, text: str | None) -> None:
        """Say what is wrong with what was entered; None or empty when nothing is."""
        if (text or "") != self._error:
            self._error = text or ""
            self._describe()
            self.update()
            if self._error:
                announce(self, self._error)

    def described_error(self) -> str:
        """What is wrong with what was entered."""
        return self._error

    def set_locked(self, locked: bool) -> None:
        """Make it readable only, as in a signed visit, or editable again."""
        if locked:
            self.flush()
        self.setReadOnly(locked)
        self.update()

    def set_last_words(self, words: str) -> None:
        """Say what the grey column beside the field says of last time."""
        if words != self._last_words:
            self._last_words = words
            self._describe()

    def is_locked(self) -> bool:
        """Whether it can only be read."""
        return self.isReadOnly()

    def value_words(self) -> str:
        """What is charted, in words."""
        return self.value() or not_charted()

    def _describe(self) -> None:
        blank = not_charted() if self.value() is None else ""
        places = ", ".join(open_words(self.toPlainText()))
        unfilled = _("Not filled in: {places}").format(places=places) if places else ""
        said = (self._error, blank, unfilled, self._last_words)
        self.setAccessibleDescription(". ".join(part for part in said if part))

    def control(self) -> QRectF:
        """The control itself, without the room for the ring."""
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    def height_in(self, width: int) -> int:
        """Height of the control for its text when it is as wide as asked."""
        if self.width() != width + 2 * RING:
            self.resize(width + 2 * RING, max(self.height(), 30))
        lines = round(self.document().size().height())
        lines = max(lines, self._least_lines)
        return FIELD if lines == 1 else lines * self._line() + 8

    def _line(self) -> int:
        """Height of a line; Qt rounds it up, and a field a pixel too low would scroll."""
        return max(TEXT_LINE - 2, math.ceil(QFontMetricsF(self.font()).height()))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._paint_frame()
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._claim_shortcut(event)
        return super().event(event)

    def _claim_shortcut(self, event: QKeyEvent) -> bool:
        """Undo is the editor's while it has something to undo, else the visit's."""
        undo = event.matches(QKeySequence.StandardKey.Undo)
        redo = event.matches(QKeySequence.StandardKey.Redo)
        document = self.document()
        spent = (undo and not document.isUndoAvailable()) or (
            redo and not document.isRedoAvailable()
        )
        if spent:
            event.ignore()
            return False
        return super().event(event)

    def _paint_frame(self) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            draw_ring(painter, self.control(), shown.accent)
        state = State(
            hover=self._hovered and not self.hasFocus(),
            locked=self.isReadOnly(),
            enabled=self.isEnabled(),
            error=bool(self._error),
        )
        draw_frame(painter, self.control(), state, shown)
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()
        # Before it had its size, the cursor at the end may have pulled the text up.
        self.verticalScrollBar().setValue(0)

    def _stay_left(self) -> None:
        self.horizontalScrollBar().setValue(0)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Qt sends no word of a size that was given just while it began to show the field: text
        # and frame would keep the width of before.
        QApplication.sendEvent(self, QResizeEvent(self.size(), self.size()))
        super().resizeEvent(QResizeEvent(self.viewport().size(), QSize()))
        self._grow()

    def _grow(self) -> None:
        wanted = self.height_in(self.width() - 2 * RING)
        if wanted != self._height:
            self._height = wanted
            self.height_changed.emit()

    # ------------------------------------------------------------------ what the user does
    def _waiting(self) -> bool:
        return self.value() != self._shown

    def _offer(self) -> None:
        aid = aid_of(self)
        if aid is not None:
            self.completing = Completing(self, aid)
            self.completing.refused.connect(self.set_error)

    def _mark_open(self) -> None:
        """Mark what a phrase leaves to fill in."""
        mark_open_places(self)

    def _on_contents(self) -> None:
        self._mark_open()
        if not self._waiting():
            return
        self._grow()
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Hand on what was typed now: before the window closes or locks, or the keyboard leaves."""
        self._pause.stop()
        self._longest.stop()
        if self._waiting():
            self._shown = self.value()
            self._describe()
            self.edited.emit(self._shown)
        else:
            # As it stands when it is left, whatever happened to its marks meanwhile.
            self._mark_open()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop: what may stand in no text, and nobody sees, stays behind."""
        text = cleared(source.text())
        if len(self.toPlainText()) + len(text) > LONGEST_TEXT:
            self.set_error(_("{n} letters at most: nothing was put in").format(n=LONGEST_TEXT))
            return
        self.set_error(None)
        self.insertPlainText(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._least_lines == 1 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.completing is not None and self.completing.rest:
            painter = QPainter(self.viewport())
            self.completing.paint(painter)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.completing is None and self.is_aided:
            self._offer()
        self.update()
        self.focus_changed.emit(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
        self.update()
        self.focus_changed.emit(False)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)
