"""The clinic behind the charts: settings, backups, people, passphrase and recovery sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.access import Action
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.translation import _
from ui.tokens import BANNER, INSET, RING
from ui.typeface import TITLE
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.labels import Ground, Label
from ui.widgets.letters import give_letters
from ui.widgets.scrolling import SlimScrollArea
from ui.work.background import Background
from ui.work.breathing import breathe

from .backups import BackupsCard
from .entries import EntriesCard
from .people import PeopleCard
from .roles import RolesCard
from .secrets import PassphraseCard, RecoveryCard
from .settings import SettingsCard

WIDEST = 980


class ClinicPage(QWidget):
    """What this user may do for the clinic; what is not part of the role is not there."""

    closed = Signal()
    restore_asked = Signal(object)
    patient_asked = Signal(int)
    about_asked = Signal()
    support_asked = Signal()

    def __init__(
        self, desk: Desk, session: Session, work: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.came_from: tuple[int, int, str] | None = None
        """Patient, visit and section to go back to; home where it is none."""
        self.setObjectName("clinic")
        self.back = button_for("clinic_back", _("Back"), self.closed.emit, parent=self)
        self.back.with_icon("back")
        # In pieces: all of it together, and what is imported for it, would hold the window.
        breathe()
        self.settings = SettingsCard(desk, session, self)
        breathe()
        self.passphrase = PassphraseCard(session, self)
        self.backups: BackupsCard | None = None
        self.people: PeopleCard | None = None
        self.recovery: RecoveryCard | None = None
        if session.user.may(Action.BACK_UP):
            self.backups = BackupsCard(session, work, self)
            self.backups.restore_asked.connect(self.restore_asked)
        if session.user.may(Action.MANAGE_USERS):
            breathe()
            self.people = PeopleCard(session, self)
            self.recovery = RecoveryCard(desk, session, self)
        self.entries: EntriesCard | None = None
        if session.user.may(Action.READ_CHART):
            breathe()
            self.entries = EntriesCard(desk, self)
            self.entries.patient_asked.connect(self.patient_asked)
        breathe()
        self._arrange()

    def _arrange(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(INSET, INSET, INSET, INSET)
        column.setSpacing(12)
        for card in (self.settings, self.backups, self.entries, self.people):
            if card is not None:
                column.addWidget(card)
        column.addWidget(self.passphrase)
        if self.recovery is not None:
            column.addWidget(self.recovery)
        column.addWidget(RolesCard(self))
        breathe()
        column.addStretch(1)
        inside.setMaximumWidth(WIDEST)
        self._scroll = scroll = SlimScrollArea(QPalette.ColorRole.Window, self)
        scroll.setWidgetResizable(True)
        # A page wider than its cards has them in its middle.
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(scroll)
        give_letters(inside)

    def _head(self) -> QWidget:
        head = Ground("surface", self, Qt.Edge.BottomEdge)
        head.setFixedHeight(BANNER)
        line = QHBoxLayout(head)
        line.setContentsMargins(INSET, 0, INSET - RING, 0)
        line.setSpacing(8)
        line.addWidget(Label(_("Clinic"), TITLE, bold=True), 1)
        line.addWidget(self._link("clinic_about", _("About"), self.about_asked))
        line.addWidget(self._link("clinic_support", _("Support report"), self.support_asked))
        line.addSpacing(8)
        line.addWidget(self.back)
        return head

    def _link(self, name: str, words: str, asked: SignalInstance) -> Button:
        return button_for(name, words, asked.emit, Look.LINK, self, height=24)

    def show_setting(self, setting: str) -> None:
        """Give the keyboard to a setting and bring it into sight. Raises KeyError."""
        self._show(self.settings.control_of(setting))

    def show_recovery(self) -> None:
        """Give the keyboard to the recovery sheet, where it is this user's."""
        if self.recovery is not None:
            self._show(self.recovery.make_button)

    def _show(self, control: QWidget) -> None:
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Where everything lies is known only once the page was laid out.
        QTimer.singleShot(0, control, lambda: self._scroll.ensureWidgetVisible(control, 0, 120))

    def take_focus(self) -> None:
        """To the first thing on the page."""
        self.back.setFocus()
