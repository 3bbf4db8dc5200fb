"""Plain words on the window, in a size and a tone of the scale."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from ui.style import theme
from ui.typeface import BODY, elided, font

LEAST_WORDS: Final = 72
"""Px that are left of words where there is no room for them; pointing at them shows the whole."""


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

    @override
    def minimumSizeHint(self) -> QSize:
        """Words on one line may be shortened where there is no room for all of them."""
        least = super().minimumSizeHint()
        if self.wordWrap() or "\n" in self.text():
            return least
        return QSize(min(least.width(), LEAST_WORDS), least.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect().width()
        if self.wordWrap() or self.sizeHint().width() <= self.width() or "\n" in self.text():
            super().paintEvent(event)
            return
        font = self.font()
        words = elided(self.text(), room, font.pixelSize(), font.bold())
        flags = Qt.AlignmentFlag.AlignVCenter.value
        if self.buddy() is not None:
            flags |= Qt.TextFlag.TextShowMnemonic.value
        self.style().drawItemText(
            QPainter(self), self.contentsRect(), flags, self.palette(), self.isEnabled(), words,
            self.foregroundRole(),
        )  # fmt: skip

    def of(self, field: QWidget) -> Label:
        """Name a field: a reader says so, and Alt with the label's letter goes there."""
        self.setText(self.text().replace("&", "&&"))
        self.setBuddy(field.focusProxy() or field)
        return self

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


class Told(Label):
    """What came of something: takes no room until there is something to tell."""

    def __init__(
        self, size: int = BODY, bold: bool = False, tone: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__("", size, bold, tone, parent)
        self.setWordWrap(True)
        self.hide()

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setVisible(bool(text))


class Ground(QWidget):
    """A widget filled with one of the tokens."""

    def __init__(
        self, tone: str = "surface", parent: QWidget | None = None, rule: Qt.Edge | None = None
    ) -> None:
        """`rule` is the edge, upper or lower, on which a line parts it from what is next."""
        super().__init__(parent)
        self._tone, self._rule = tone, rule
        self.setAutoFillBackground(True)
        theme().changed.connect(self._dress)
        self._dress()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._rule is not None:
            y = 0 if self._rule is Qt.Edge.TopEdge else self.height() - 1
            QPainter(self).fillRect(0, y, self.width(), 1, theme().tokens.line)

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
