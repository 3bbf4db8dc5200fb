"""What there is to do in a clinic that was just made; each line goes once it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.access import Action
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.translation import _
from ui.tokens import BETWEEN
from ui.typeface import TITLE
from ui.widgets.buttons import LINK_INSET, Look, button_for
from ui.widgets.card import Card
from ui.widgets.labels import Label


class FirstSteps(Card):
    """The first patient, the recovery sheet, and where to look around; nothing where all is
    done."""

    patient_asked = Signal()
    recovery_asked = Signal()
    manual_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("first_steps")
        self._desk = desk
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(BETWEEN)
        self._lines.setColumnStretch(1, 1)
        words = _("Without it, a forgotten passphrase loses the record: print it today.")
        self._recovery = self._line(
            "first_recovery", _("Recovery sheet"), words, self.recovery_asked
        )
        words = _("Ctrl+N. A visit begins at once; the red-flag screen comes before any plan.")
        self._patient = self._line("first_patient", _("First patient"), words, self.patient_asked)
        words = _(
            "A day from start to signing in a few pages: F1. On a field, F1 tells of its test."
        )
        self._manual = self._line("first_manual", _("Manual"), words, self.manual_asked)
        column = QVBoxLayout()
        column.setContentsMargins(16 - LINK_INSET, 12, 16, 16 - LINK_INSET)
        column.setSpacing(8)
        title = Label(_("To begin with"), TITLE, bold=True)
        title.setContentsMargins(LINK_INSET, 0, 0, 0)
        column.addWidget(title)
        column.addLayout(self._lines)
        self.column.addLayout(column)
        self.hide()

    def _line(self, name: str, words: str, why: str, asked: SignalInstance) -> tuple[QWidget, ...]:
        link = button_for(name, words, asked.emit, Look.LINK, self, 24)
        said = Label(why, tone="ink2", parent=self)
        said.setWordWrap(True)
        row = self._lines.rowCount()
        self._lines.addWidget(link, row, 0)
        self._lines.addWidget(said, row, 1)
        return link, said

    def show_steps(self, any_patient: bool) -> None:
        """Show what is still to be done by who is signed in."""
        desk, session = self._desk, self._desk.session
        enters = not any_patient and desk.may(Action.CHANGE_PATIENTS)
        prints = (
            session is not None
            and not session.locked
            and desk.may(Action.MANAGE_USERS)
            and not session.recoverable
            and not desk.clinic.sample
        )
        for shown, line in ((prints, self._recovery), (enters, self._patient)):
            for part in line:
                part.setVisible(shown)
        for part in self._manual:
            part.setVisible(enters)
        self.setVisible(session is not None and (enters or prints))
