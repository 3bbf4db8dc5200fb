"""Asks for the passphrase once more before something is signed; a line on the page, no dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.access.access_words import refusal
from clinic_desktop.services.clinic.sample_folder import PASSPHRASE as SAMPLE_PASSPHRASE
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.visit.signing import Pen
from clinic_desktop.services.words.translation import _
from ui.tokens import CHIP, RING
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.work.trying import Trying

FIELD_WIDTH = 220


class SignPrompt(QWidget):
    """Passphrase, a button that signs, a way out, and why it did not work."""

    confirmed = Signal(object)
    """A Pen, once the passphrase was right."""
    left = Signal()
    resized = Signal()
    """It says something else, and may want another height."""

    def __init__(self, desk: Desk, name: str, verb: str, parent: QWidget | None = None) -> None:
        """`name` begins the widgets' names; `verb` stands on the button."""
        super().__init__(parent)
        self._desk = desk
        self._frame = FramedLine(f"{name}_passphrase", CHIP - 4, self)
        self._frame.setFixedWidth(FIELD_WIDTH)
        self.passphrase = self._frame.line
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        if desk.clinic.sample:
            self.passphrase.setPlaceholderText(SAMPLE_PASSPHRASE)
        self.passphrase.setAccessibleName(_("Your passphrase"))
        self.passphrase.returnPressed.connect(self._confirm)
        self.passphrase.textEdited.connect(lambda _typed: self.say(""))
        self._who = Label(tone="ink2", parent=self)
        self.button = button_for(
            f"{name}_confirm", verb, self._confirm, Look.SOLID, self, height=CHIP
        )
        self.trying = Trying(self.button, _("Checking…"), (self.passphrase,))
        leave = button_for(
            f"{name}_leave", _("Not now"), self.left.emit, Look.LINK, self, height=20
        )
        self._said = Label(tone="danger", parent=self)
        self._said.setWordWrap(True)
        self._said.hide()
        self._arrange(leave)

    def _arrange(self, leave: Button) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self._who, self._frame, self.button, leave):
            line.addWidget(widget)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(RING, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._said)

    def begin(self, action: Action) -> None:
        """Stand ready for one signature; where it cannot be given, say why in place of asking."""
        why = hindrance(self._desk, action)
        for widget in (self._frame, self.button):
            widget.setVisible(not why)
        user = self._desk.user
        asked = "" if why or user is None else _("Passphrase of {name}")
        self._who.setText(asked.format(name=user.signature_name if user else ""))
        self._who.of(self.passphrase)
        self._who.setVisible(not why)
        self.passphrase.clear()
        self.say(why, calm=True)

    def take_focus(self) -> None:
        """Give the keyboard to what is to be done next."""
        target = self.passphrase if self._frame.isVisibleTo(self) else self
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say(self, words: str, calm: bool = False) -> None:
        """Say why it did not work; nothing clears it."""
        self._said.set_tone("ink2" if calm else "danger")
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self._frame.set_error(bool(words) and not calm)
        self.resized.emit()
        if words:
            announce(self, words)

    def said(self) -> str:
        """What it says."""
        return self._said.text()

    def _confirm(self) -> None:
        desk = self._desk
        if desk.signer is None or desk.user is None:
            return
        asked, user, typed = desk.signer, desk.user, self.passphrase.text()
        if not typed:  # no try is spent on a Return too many
            self.say(_("Please give your passphrase."))
            self.take_focus()
            return
        self.trying.start(
            lambda: Pen(user, asked(typed), desk.clinic_id),
            self._on_right,
            self._on_wrong,
            lambda _pen: None,
        )

    def _on_wrong(self, problem: ChartError) -> None:
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say(str(problem))

    def _on_right(self, pen: Pen) -> None:
        # What was typed is needed no more, whatever comes of it.
        self.passphrase.clear()
        self.confirmed.emit(pen)


def hindrance(desk: Desk, action: Action) -> str:
    """Why nothing can be signed at this desk now, in words; empty where it can."""
    if desk.user is None or desk.signer is None:
        return _("Signing needs somebody who is signed in; nobody is at this desk.")
    if not desk.user.may(action):
        return refusal(desk.user.role, action)
    return ""
