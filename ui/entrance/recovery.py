"""The way in for somebody who forgot the passphrase: the recovery sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.access import people
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.words.translation import _
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.work.trying import Trying

from .form import CARD_WIDTH, EntranceForm, arrange


class RecoveryPage(Card):
    """The key off the sheet, who it is, and a new passphrase."""

    recovered = Signal(str)
    """There is a new passphrase: the name it goes with."""
    left = Signal()

    def __init__(self, door: FrontDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._door = door
        self.setFixedWidth(CARD_WIDTH)
        self.form = EntranceForm(self)
        self._name = self.form.add_line("recover_name", _("Name"))
        self._key = self.form.add_line("recover_key", _("Key"), _("off the recovery sheet"))
        self._new = self.form.add_secret("recover_passphrase", _("New passphrase"))
        self._again = self.form.add_secret("recover_passphrase_again", _("Once more"))
        self.form.chain(self.recover)
        self.button = button_for("recover", _("Use the sheet"), self.recover, Look.SOLID, self)
        lines = (self._name, self._key, self._new, self._again)
        self.trying = Trying(self.button, _("One moment…"), lines)
        back = Button(_("Back"), parent=self)
        back.clicked.connect(self.left)
        intro = Label(
            _(
                "Somebody who looks after the clinic can give you a new passphrase. Where that is"
                " you, the recovery sheet opens the record."
            ),
            tone="ink2",
        )
        intro.setWordWrap(True)
        arrange(self, _("Forgotten passphrase"), intro, self.form, self.button, back)

    def begin(self, name: str) -> None:
        """Start with the name that stood where one signs in."""
        self._name.setText(name)
        for line in (self._key, self._new, self._again):
            line.clear()
        self.form.say("")
        (self._key if name else self._name).setFocus()

    def recover(self) -> None:
        """Take the new passphrase, or say why not."""
        if self._new.text() != self._again.text():
            self.form.say(_("The two passphrases are not the same."))
            return
        name = self._name.text().strip()
        door, key, new = self._door, self._key.text(), self._new.text()
        self.trying.start(
            lambda: people.recover(door, key, name, new),
            lambda _done: self._on_recovered(name),
            self._on_refused,
        )

    def _on_refused(self, problem: ChartError) -> None:
        self.form.say(str(problem) or _("This key does not open the record."))

    def _on_recovered(self, name: str) -> None:
        self.begin("")
        self.recovered.emit(name)
