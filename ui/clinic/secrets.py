"""One's own passphrase, and the recovery sheet of the clinic."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.access import people
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.recovery_sheets import make_recovery_sheet
from clinic_desktop.services.whole_files import hand_out
from clinic_desktop.services.words.translation import _
from ui.entrance.form import EntranceForm, arrange
from ui.widgets.buttons import button_for
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.work.trying import Trying


class PassphraseCard(Card):
    """The old passphrase, and the new one twice."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self.form = EntranceForm(self)
        self._old = self.form.add_secret("old_passphrase", _("Now"))
        self._new = self.form.add_secret("changed_passphrase", _("From now on"))
        self._again = self.form.add_secret("changed_passphrase_again", _("Once more"))
        self.form.chain(self.change)
        self.button = button_for("change_passphrase", _("Change"), self.change, parent=self)
        lines = (self._old, self._new, self._again)
        self.trying = Trying(self.button, _("One moment…"), lines)
        arrange(self, _("Your passphrase"), None, self.form, self.button)

    def change(self) -> None:
        """Change it, or say why not."""
        if self._new.text() != self._again.text():
            self.form.say(_("The two passphrases are not the same."))
            return
        session, old, new = self._session, self._old.text(), self._new.text()
        self.trying.start(
            lambda: people.change_own_passphrase(session, old, new),
            self._on_changed,
            lambda problem: self.form.say(str(problem)),
        )

    def _on_changed(self, _done: object) -> None:
        for line in (self._old, self._new, self._again):
            line.clear()
        self.form.tell(_("Changed. Nothing else in the record had to be."))


class RecoveryCard(Card):
    """Makes the sheet, and takes its key back as it is read off: only then it opens anything."""

    def __init__(self, desk: Desk, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._session = desk, session
        self._key = ""
        self._state = Label(tone="ink2", parent=self)
        self._state.setWordWrap(True)
        self.form = EntranceForm(self)
        self._typed = self.form.add_line("recovery_key", _("Key on it"), _("as you read it off"))
        self._typed.returnPressed.connect(self.keep)
        self.make_button = button_for(
            "make_recovery_sheet", _("Save a new sheet…"), self._ask_where, parent=self
        )
        self.keep_button = button_for(
            "keep_recovery_sheet", _("It is printed: use it"), self.keep, parent=self
        )
        self.trying = Trying(self.keep_button, _("One moment…"), (self._typed,))
        arrange(
            self, _("Recovery sheet"), self._state, self.form, self.make_button, self.keep_button
        )
        self.refresh()

    def refresh(self) -> None:
        """Say whether there is a sheet."""
        words = (
            _("There is a sheet. A new one makes it useless.")
            if self._session.recoverable
            else _("There is no sheet yet: if the passphrase is forgotten, the record is lost.")
        )
        self._state.setText(words)
        self.keep_button.setEnabled(bool(self._key))

    def take_desk(self, desk: Desk) -> None:
        """Make sheets for the clinic as it now calls itself."""
        self._desk = desk

    def _ask_where(self) -> None:
        name = _("recovery-sheet") + ".pdf"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save the sheet"), name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Make a key and write its sheet; print it, then delete the file."""
        try:
            key = people.new_recovery_key(self._session)
            day = self._desk.clock().astimezone().date()
            sheet = make_recovery_sheet(self._desk.clinic, key, day)
            hand_out(path, self._desk.render_paper(sheet, "a4"))
        except ChartError as problem:
            self.form.say(str(problem))
            return
        self._key = key
        self.refresh()
        self.form.tell(_("Print it, type the key from the paper, then delete the file."))
        self._typed.setFocus()

    def keep(self) -> None:
        """Take the key into use, once it was typed as it stands on the paper."""
        if not self._key:
            self.form.say(_("Please save a new sheet first."))
            return
        session, key, typed = self._session, self._key, self._typed.text()
        self.trying.start(
            lambda: people.keep_recovery_key(session, key, typed),
            self._on_kept,
            lambda problem: self.form.say(str(problem)),
        )

    def _on_kept(self, _done: object) -> None:
        self._key = ""
        self._typed.clear()
        self.refresh()
        self.form.tell(_("The sheet opens the clinic from now on. Lock it away."))
