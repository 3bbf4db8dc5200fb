"""What was just done, in one quiet line, with the way to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import INSET, RING, Tokens
from ui.typeface import BODY, font

from .announcing import announce
from .buttons import Button, Look


class Toast(QWidget):
    """One act at a time; it stays until it is taken back, another takes its place, or the page is
    left: nobody has to be quick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._undo: Callable[[], object] | None = None
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFont(font(BODY))
        self.undo = _ToastButton(_("Undo"), self)
        self.undo.setObjectName("toast_undo")
        self.undo.clicked.connect(self._take_back)
        self.dismiss = _ToastButton(_("Dismiss"), self)
        self.dismiss.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET, 4, INSET - RING, 4)
        line.addWidget(self.words, 1)
        line.addWidget(self.undo)
        line.addWidget(self.dismiss)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_act(self, words: str, undo: Callable[[], object] | None) -> None:
        """Say what was done; `undo` takes it back, where that can be."""
        self._undo = undo
        self.undo.setVisible(undo is not None)
        self.words.setText(words)
        self.show()
        announce(self, words)

    def leave_page(self) -> None:
        """Somebody goes to another page: what cannot be taken back has been read."""
        if self._undo is None:
            self.hide()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _dress(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, theme().tokens.on_tip)
        self.words.setPalette(palette)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().tokens.tip)


class _ToastButton(Button):
    """A link on the toast's own ground."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(label, Look.LINK, 20, parent)

    @override
    def _colors(self, shown: Tokens) -> tuple[QColor, QColor, QColor]:
        return shown.tip, shown.tip, shown.tip_accent

    @override
    def _ring(self, shown: Tokens) -> QColor:
        return shown.tip_accent
