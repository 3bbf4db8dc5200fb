"""Plain words on the window, in a size and a tone of the scale."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from .style import theme
from .typeface import BODY, font


class Label(QLabel):
    """Text that keeps its tone when the scheme changes."""

    def __init__(
        self, text: str = "", size: int = BODY, bold: bool = False, tone: str = "ink",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self._tone = tone
        # Names and notes may hold what looks like markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, bold))
        # Else a ground in the role of fields would have the text follow that role's ink.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        theme().changed.connect(self._dress)
        self._dress()

    def set_tone(self, tone: str) -> None:
        """Show the text in the colour of another token."""
        if tone != self._tone:
            self._tone = tone
            self._dress()

    def _dress(self) -> None:
        color: QColor = getattr(theme().tokens, self._tone)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.setPalette(palette)


class Ground(QWidget):
    """A widget filled with one of the tokens."""

    def __init__(self, tone: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setAutoFillBackground(True)
        theme().changed.connect(self._dress)
        self._dress()

    def set_tone(self, tone: str) -> None:
        """Fill it with another of the tokens."""
        if tone != self._tone:
            self._tone = tone
            self._dress()

    def _dress(self) -> None:
        color: QColor = getattr(theme().tokens, self._tone)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, color)
        self.setPalette(palette)
        self.update()
