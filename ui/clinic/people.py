"""Who works with the program: a row each, and the lines in which somebody new is entered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.people import User
from clinic_desktop.services.access import people
from clinic_desktop.services.access.access_words import role_name
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.words.translation import _
from ui.entrance.form import EntranceForm
from ui.forms.segments import SegmentedInput
from ui.forms.words import Option
from ui.tokens import BETWEEN, CARD_INSETS, RING
from ui.typeface import TITLE
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.card import Card, flush
from ui.widgets.labels import Label
from ui.work.trying import Trying
from ui.work.worker import writer

ROLE_WIDTH = 460


class PeopleCard(Card):
    """Everybody with their role; somebody new; a new passphrase for who forgot theirs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._again: User | None = None
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(3, 1)
        self.form = EntranceForm(self)
        self._name = self.form.add_line("person_name", _("Name"), _("as on what they sign"))
        self._letters = self.form.add_line("person_credentials", _("Credentials"))
        self._passphrase = self.form.add_secret("person_passphrase", _("First passphrase"))
        self._once_more = self.form.add_secret("person_passphrase_again", _("Once more"))
        self.role = SegmentedInput(_role_options(), parent=self)
        self.role.setObjectName("person_role")
        self.role.setAccessibleName(_("Role"))
        self.role.setFixedSize(ROLE_WIDTH + 2 * RING, 28 + 2 * RING)
        self.form.chain(self.enter)
        self.button = button_for("enter_person", _("Enter"), self.enter, Look.SOLID, self)
        lines = (self._name, self._letters, self._passphrase, self._once_more)
        self.trying = Trying(self.button, _("One moment…"), lines)
        self._heading = Label(_("Somebody new"), bold=True)
        self._arrange()
        self.begin(None)
        self.refresh()

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(*CARD_INSETS)
        column.setSpacing(8)
        column.addWidget(Label(_("People"), TITLE, bold=True))
        column.addLayout(self._rows)
        column.addSpacing(BETWEEN)
        column.addWidget(self._heading)
        column.addLayout(flush(self.role))
        column.addWidget(self.form)
        row = flush(self.button)
        row.insertWidget(1, self.form.problem, 1)
        column.addLayout(row)
        self.column.addLayout(column)

    def refresh(self) -> None:
        """Show everybody as they now are."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, user in enumerate(people.people(self._session)):
            self._show(row, user)

    def _show(self, row: int, user: User) -> None:
        tone = "ink" if user.active else "grey"
        role = role_name(user.role) + (_(", looks after the clinic") if user.administers else "")
        self._rows.addWidget(Label(user.signature_name, tone=tone), row, 0)
        self._rows.addWidget(Label(role, tone="ink2" if user.active else "grey"), row, 1)
        self._rows.addWidget(Label("" if user.active else _("no longer here"), tone="grey"), row, 2)
        again = Button(_("New passphrase"), Look.LINK, 24, self)
        again.setAccessibleName(_("New passphrase for {name}").format(name=user.name))
        again.clicked.connect(lambda: self.begin(user))
        self._rows.addWidget(again, row, 4)
        if user.active and user.id != self._session.user.id:
            leave = Button(_("No longer works here"), Look.LINK, 24, self)
            leave.setAccessibleName(_("{name} no longer works here").format(name=user.name))
            leave.clicked.connect(lambda: self._let_go(user))
            self._rows.addWidget(leave, row, 5)

    # ------------------------------------------------------------------ entering
    def begin(self, again: User | None) -> None:
        """Fill the lines for somebody new, or for somebody who gets a new passphrase."""
        self._again = again
        self._heading.setText(
            _("Somebody new")
            if again is None
            else _("A new passphrase for {name}").format(name=again.name)
        )
        self._name.setText("" if again is None else again.name)
        self._letters.setText("" if again is None else again.credentials)
        self.role.show_value(None if again is None else again.role.value)
        self._passphrase.clear()
        self._once_more.clear()
        self.form.say("")

    def enter(self) -> None:
        """Enter what stands in the lines, or say why not; what stands there stays."""
        role = self.role.value()
        if self._passphrase.text() != self._once_more.text():
            self.form.say(_("The two passphrases are not the same."))
            return
        if not isinstance(role, str):
            self.form.say(_("Please choose the role."))
            return
        name, letters, again = self._name.text(), self._letters.text(), self._again
        session, passphrase = self._session, self._passphrase.text()

        def keep() -> None:
            if again is None:
                people.add_person(session, NewUser(name, name, letters, Role(role)), passphrase)
                return
            changed = replace(
                again, name=name.strip(), credentials=letters.strip(), role=Role(role)
            )
            if changed != again:
                people.change_person(session, changed)
            if passphrase:
                login = people.login_of(session, changed) or changed.name
                people.let_in_again(session, changed, login, passphrase)

        self.trying.start(keep, self._on_entered, lambda problem: self.form.say(str(problem)))

    def _on_entered(self, _done: object) -> None:
        self.begin(None)
        self.refresh()

    def _let_go(self, user: User) -> None:
        try:
            writer().do(lambda: people.let_go(self._session, user))
        except ChartError as problem:
            self.form.say(str(problem))
            return
        self.refresh()


def _role_options() -> tuple[Option, ...]:
    return tuple(
        Option(role.value, role_name(role), role_name(role), str(place))
        for place, role in enumerate(Role, 1)
    )
