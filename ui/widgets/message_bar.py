"""What went wrong, in words, on a bar at the foot of the window; the chart above it stays."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import BETWEEN, INSET

from .announcing import announce
from .buttons import Button, Look
from .labels import Label


class MessageBar(QWidget):
    """One message at a time, with details to copy where there are some; gone when dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._details = ""
        self.words = Label(bold=True, tone="danger", parent=self)
        self.words.setWordWrap(True)
        self.copy = Button(_("Copy details"), Look.LINK, 20, self)
        self.copy.clicked.connect(self._copy)
        self.dismiss = Button(_("Dismiss"), Look.LINK, 20, self)
        self.dismiss.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET, BETWEEN, INSET, BETWEEN)
        line.addWidget(self.words, 1)
        line.addWidget(self.copy)
        line.addWidget(self.dismiss)
        self.hide()

    def show_message(self, words: str, details: str = "") -> None:
        """Show a message; the details may hold no patient data."""
        self._details = details
        self.words.setText(words)
        self.copy.setVisible(bool(details))
        self.show()
        announce(self, words)

    def carried(self) -> object:
        """What it says; nothing while it is away."""
        return None if self.isHidden() else (self.words.text(), self._details)

    def take_carried(self, said: object) -> None:
        """Go on saying it, in the words in which it was said."""
        if isinstance(said, tuple):
            self.show_message(*said)

    @property
    def details(self) -> str:
        """What "Copy details" copies."""
        return self._details

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.danger_tint)
        painter.fillRect(0, 0, self.width(), 1, theme().tokens.danger)
