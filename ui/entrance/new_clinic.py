"""The first start: the clinic is made, with its first clinician."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.passphrases import SHORTEST, why_refused
from clinic_desktop.services.words.translation import _
from ui.widgets.buttons import Look, button_for
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.work.trying import Trying

from .form import CARD_WIDTH, EntranceForm, arrange

if TYPE_CHECKING:
    from clinic_desktop.services.access.session import Session


class NewClinicPage(Card):
    """The first start: the clinic for its papers, the first clinician, the passphrase."""

    entered = Signal(object)

    def __init__(self, door: FrontDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._door = door
        self.setFixedWidth(CARD_WIDTH)
        self.form = form = EntranceForm(self)
        self._clinic = form.add_line("clinic_name", _("Clinic's name"), _("stands on each paper"))
        self._phone = form.add_line(
            "clinic_phone", _("Phone"), _("for the patient's sheet; can wait")
        )
        self._address = form.add_line("clinic_address", _("Address"), _("can wait"))
        form.add_gap()
        self._name = form.add_line("user_name", _("Your name"), _("as on what you sign"))
        self._letters = form.add_line(
            "user_credentials", _("Credentials"), _("for instance PT; can wait")
        )
        form.add_gap()
        self._passphrase = form.add_secret(
            "new_passphrase",
            _("Passphrase"),
            _("{count} characters or more").format(count=SHORTEST),
        )
        self._again = form.add_secret("new_passphrase_again", _("Once more"))
        form.chain(self.make)
        for line in (self._passphrase, self._again, self._name, self._clinic):
            line.textEdited.connect(lambda _text: self._judge())
        self.button = button_for("make_clinic", _("Make the clinic"), self.make, Look.SOLID, self)
        lines = (self._clinic, self._phone, self._address, self._name, self._letters)
        secrets = (self._passphrase, self._again)
        self.trying = Trying(self.button, _("The clinic is being made…"), (*lines, *secrets))
        intro = Label(
            _(
                "The record lies on this computer only, encrypted. Whoever has no passphrase sees"
                " nothing, and nobody can reset it for you: the home page then leads you to a"
                " recovery sheet to print. Four or five words that do not go together make a good"
                " passphrase."
            ),
            tone="ink2",
        )
        intro.setWordWrap(True)
        self.reveal = button_for(
            "reveal_passphrase", _("Show the passphrase"), self._reveal, Look.LINK, self, height=28
        )
        arrange(self, _("Your clinic"), intro, form, self.button, self.reveal)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The cursor is where typing begins."""
        super().showEvent(event)
        if not self._clinic.text():
            self._clinic.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reveal(self) -> None:
        """Show what is typed in place of dots, or hide it again."""
        hidden = self._passphrase.echoMode() is QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        for line in (self._passphrase, self._again):
            line.setEchoMode(mode)
        self.reveal.setText(_("Hide the passphrase") if hidden else _("Show the passphrase"))

    def _judge(self) -> None:
        """Say beside the passphrase what is wrong with it as it is typed."""
        given = self._passphrase.text()
        names = (self._name.text(), self._clinic.text())
        wrong = why_refused(given, names) if given else None
        self.form.remark(self._passphrase, wrong, good=_("good") if given else "")
        again = self._again.text()
        differs = _("not the same yet") if again and again != given else None
        self.form.remark(self._again, differs, good=_("the same") if again else "")
        self.form.say("")

    def make(self) -> None:
        """Make the clinic, or say why not."""
        if self._again.text() != self._passphrase.text():
            self.form.say(_("The two passphrases are not the same."))
            return
        clinic = Clinic(self._clinic.text().strip(), self._phone.text(), self._address.text())
        name = self._name.text()
        user = NewUser(name, name, self._letters.text())
        door, passphrase = self._door, self._passphrase.text()
        self.trying.start(
            lambda: door.make_clinic(clinic, user, passphrase),
            self._on_made,
            lambda problem: self.form.say(str(problem)),
        )

    def _on_made(self, session: Session) -> None:
        self._passphrase.clear()
        self._again.clear()
        self.entered.emit(session)
