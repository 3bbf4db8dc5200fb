"""A text over the page that is read, copied or saved as it stands."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.whole_files import CannotWrite, hand_out
from clinic_desktop.services.words.translation import _
from ui.typeface import BODY, TITLE, font

from .announcing import announce
from .buttons import Button, button_for
from .card import KeyCap, flush
from .labels import Label
from .overlay import Overlay
from .scrolling import SlimScrollBar

WIDTH, MARGIN = 760, 48
"""Of the card, and what stays free above and below it."""


class TextSheet(Overlay):
    """Heading, the text, and what can be done with it; Esc puts it away."""

    def __init__(self, name: str, heading: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setAccessibleName(heading)
        self.intro = Label(parent=self.card)
        self.intro.setWordWrap(True)
        self.text = QPlainTextEdit(self.card)
        self.text.setObjectName(f"{name}_text")
        self.text.setAccessibleName(heading)
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.setFont(font(BODY))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(8)
        bar = SlimScrollBar(Qt.Orientation.Vertical, self.text)
        bar.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.text.setVerticalScrollBar(bar)
        self.text.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.said = Label(tone="ink2", parent=self.card)
        self.said.setObjectName(f"{name}_said")
        self.said.setWordWrap(True)
        made = partial(button_for, parent=self.card, height=28)
        self.copy_button = made(f"{name}_copy", _("Copy"), self.copy_text)
        self.save_button = made(f"{name}_save", _("Save…"), self._ask_where)
        self._arrange(heading)

    def _arrange(self, heading: str) -> None:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label(heading, TITLE, bold=True), 1)
        head.addWidget(KeyCap("Esc", _("back"), self.card))
        column.addLayout(head)
        column.addWidget(self.intro)
        column.addWidget(self.text, 1)
        row = flush(*self._buttons())
        row.insertWidget(row.count() - 1, self.said, 1)
        column.addLayout(row)

    def _buttons(self) -> tuple[Button, ...]:
        return (self.copy_button, self.save_button)

    @override
    def take_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def place_card(self) -> None:
        width, high = min(WIDTH, self.width() - 32), self.height() - 2 * MARGIN
        self.card.setGeometry((self.width() - width) // 2, MARGIN, width, high)
        self.update()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks in the sheet alone."""
        stops = [
            self.text,
            *(button for button in self._buttons() if button.isEnabled() and button.isVisible()),
        ]
        now = next((place for place, stop in enumerate(stops) if stop.hasFocus()), -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(now + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    # ------------------------------------------------------------------ doing
    def copy_text(self) -> None:
        """Put the whole text on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.say(_("Copied."))

    def save_to(self, path: Path) -> None:
        """Write what is shown, and nothing else, to a file."""
        try:
            hand_out(path, (self.text.toPlainText() + "\n").encode())
        except CannotWrite as problem:
            self.say(str(problem), "danger")
        else:
            self.say(_("Saved as {name}.").format(name=path.name))

    def _ask_where(self) -> None:
        name = f"{self.objectName()}.txt"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save"), name, "Text (*.txt)")
        if path:
            self.save_to(Path(path))

    def say(self, words: str, tone: str = "ink2") -> None:
        """Say what came of it."""
        self.said.set_tone(tone)
        self.said.setText(words)
        announce(self, words)
