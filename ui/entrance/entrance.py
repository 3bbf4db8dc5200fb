"""What stands before the record: signing in, or making the clinic. Shows nothing of any patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError, RecordBehind, RecordUnavailable
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.clinic.sample_folder import sample_hint
from clinic_desktop.services.words.translation import LANGUAGES, _, in_use
from ui.tokens import INSET
from ui.typeface import TITLE
from ui.widgets.buttons import Button, Look
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.message_bar import MessageBar
from ui.widgets.program_name import PROGRAM, ProgramName
from ui.work.background import Background
from ui.work.strip import WorkStrip
from ui.work.trying import Trying

from .form import CARD_WIDTH, EntranceForm, arrange
from .sample_strip import SampleLink

if TYPE_CHECKING:
    # Imported when first needed: the door stands sooner without them.
    from clinic_desktop.domain.backups import BackupContent
    from clinic_desktop.services.access.clinic_port import Opened
    from clinic_desktop.services.access.session import Session

    from .new_clinic import NewClinicPage
    from .recovery import RecoveryPage
    from .rescue import RescuePage


class Entrance(QMainWindow):
    """The window while nobody is signed in, or while it is locked."""

    entered = Signal(object)
    """Somebody signed in: the session."""
    language_asked = Signal(str)
    """The window shall speak another language."""

    def __init__(
        self, door: FrontDoor, hindrance: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        """`hindrance` says in words what closing would lose; empty where nothing."""
        super().__init__(parent)
        self._door = door
        self._hindrance = hindrance
        self._told = ""
        self.setWindowTitle(PROGRAM)
        self.setMinimumSize(1024, 700)
        self.resize(1280, 800)
        self.pages = QStackedWidget(self)
        self.work = Background(self)
        """What is done while nobody is signed in."""
        self.sign_in = SignInPage(door, self.work, self)
        self.work.began.connect(lambda: self.sign_in.setEnabled(False))
        self.work.ended.connect(self._on_work_ended)
        self.sign_in.entered.connect(self.entered)
        self.pages.addWidget(_centred(self.sign_in))
        self.recovery: RecoveryPage | None = None
        self.recovery_at = 0
        """Which page it is."""
        self.sign_in.forgotten.clicked.connect(self._on_forgotten)
        self.rescue: RescuePage | None = None
        self._rescue_at = 0
        self.sign_in.rescue_asked.connect(self._on_rescue_asked)
        self.messages = MessageBar(self)
        self.work.news.connect(self.messages.show_message)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._languages())
        column.addWidget(self.pages, 1)
        column.addWidget(SampleLink(door.folder, self))
        column.addWidget(WorkStrip(self.work, self))
        column.addWidget(self.messages)
        self.setCentralWidget(middle)
        self.new_clinic: NewClinicPage | None = None
        if not door.clinic_exists:
            from .new_clinic import NewClinicPage

            self.new_clinic = NewClinicPage(door, self)
            self.new_clinic.entered.connect(self.entered)
            self.pages.setCurrentIndex(self.pages.addWidget(_centred(self.new_clinic)))

    def _languages(self) -> QHBoxLayout:
        """The other languages, each by its own name."""
        line = QHBoxLayout()
        line.setContentsMargins(INSET, 8, INSET, 0)
        line.addStretch(1)
        for code, name in LANGUAGES.items():
            if code != in_use():
                link = Button(name, Look.LINK, 24, self)
                link.setObjectName(f"speak_{code}")
                link.clicked.connect(partial(self.language_asked.emit, code))
                line.addWidget(link)
        return line

    def show_like(self, other: Entrance) -> None:
        """Come to the page where another entrance is, about the same session."""
        self.sign_in.begin(other.sign_in.locked)
        if other.recovery is not None and other.pages.currentIndex() == other.recovery_at:
            self._on_forgotten()
        elif other.pages.currentIndex() == 0:
            self.pages.setCurrentIndex(0)

    def ask(self, locked: Session | None = None) -> None:
        """Ask who it is; where it was locked, whoever was there stands in the field already."""
        self.pages.setCurrentIndex(0)
        self.sign_in.begin(locked)
        self.show()
        self.raise_()
        self.activateWindow()
        self.sign_in.take_focus()

    def _on_forgotten(self) -> None:
        if self.recovery is None:
            from .recovery import RecoveryPage

            self.recovery = RecoveryPage(self._door, self)
            self.recovery_at = self.pages.addWidget(_centred(self.recovery))
            self.recovery.left.connect(self.ask)
            self.recovery.recovered.connect(self._on_recovered)
        self.pages.setCurrentIndex(self.recovery_at)
        self.recovery.begin(self.sign_in.name)

    def _on_recovered(self, name: str) -> None:
        self.ask()
        self.sign_in.begin_as(name, _("The new passphrase is yours: please sign in with it."))

    def _on_work_ended(self) -> None:
        """The lines can be typed into again; the keyboard went elsewhere meanwhile."""
        self.sign_in.setEnabled(True)
        if self.sign_in.isVisible():
            self.sign_in.take_focus()

    def _on_rescue_asked(self, backup: dt.datetime | None) -> None:
        """See what a damaged record still holds; name and passphrase stand where they were."""
        if self.rescue is None:
            from .rescue import RescuePage

            self.rescue = RescuePage(self.work, self._door.now, self)
            self._rescue_at = self.pages.addWidget(_centred(self.rescue))
            self.rescue.left.connect(lambda: self.pages.setCurrentIndex(0))
            self.rescue.restore_asked.connect(self._on_restore_instead)
            self.rescue.put_in_use.connect(self._on_rescued)
        self.pages.setCurrentIndex(self._rescue_at)
        self.rescue.begin(self.sign_in.opener(), backup)

    def _on_restore_instead(self) -> None:
        self.pages.setCurrentIndex(0)
        self.sign_in.restore_newest()

    def _on_rescued(self, words: str) -> None:
        self.pages.setCurrentIndex(0)
        self.sign_in.go_on(words)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        hindrance = self._hindrance()
        if hindrance and hindrance != self._told:
            self._told = hindrance
            self.sign_in.form.say(hindrance)
            event.ignore()
            return
        self.work.cancel()
        self.work.wait()
        event.accept()


class SignInPage(Card):
    """Name and passphrase; after locking the same two."""

    entered = Signal(object)
    rescue_asked = Signal(object)
    """The record is damaged: what can be saved? With when the newest backup was made, or None."""

    def __init__(self, door: FrontDoor, work: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._door, self._work = door, work
        self.locked: Session | None = None
        """Whose window waits behind it."""
        self.setFixedWidth(CARD_WIDTH)
        self._title = Label(_("Sign in"), TITLE, bold=True)
        self.form = EntranceForm(self)
        self._name = self.form.add_line("sign_in_name", _("Name"))
        self._passphrase = self.form.add_secret("sign_in_passphrase", _("Passphrase"))
        self._name.returnPressed.connect(self._passphrase.setFocus)
        self._passphrase.returnPressed.connect(self.sign_in)
        self.button = Button(_("Sign in"), Look.SOLID, parent=self)
        self.button.setObjectName("sign_in")
        self.button.clicked.connect(self.sign_in)
        self.trying = Trying(self.button, _("Signing in…"), (self._name, self._passphrase))
        self.restore_button = self._way_out("restore_newest", self.restore_newest)
        self.see_button = self._way_out("see_rescue", self._see_rescue, Look.PLAIN)
        self.see_button.setText(_("See what can be saved…"))
        self._newest: dt.datetime | None = None
        """When the newest backup was made."""
        self.go_on_button = self._way_out("go_on_anyway", lambda: self.sign_in(accept_loss=True))
        self.go_on_button.setText(_("Go on with what is there"))
        self.forgotten = Button(_("Forgotten"), Look.LINK, 24, self)
        self.forgotten.setObjectName("forgotten")
        ways = ((self.restore_button, self.see_button), (self.go_on_button,))
        arrange(self, self._title, None, self.form, self.button, self.forgotten, ways=ways)
        self.begin(None)

    def _way_out(self, name: str, does: Callable[[], object], look: Look = Look.DANGER) -> Button:
        button = Button("", look, parent=self)
        button.setObjectName(name)
        button.clicked.connect(lambda: does())
        button.hide()
        return button

    def begin(self, locked: Session | None) -> None:
        """Ask anew."""
        self.locked = locked
        self._title.setText(_("Locked") if locked else _("Sign in"))
        self._passphrase.clear()
        self.form.say("")
        if locked is not None:
            self._name.setText(locked.login)
        elif self._door.clinic_exists:
            self._fill_only_name()
        hint = sample_hint(self._door.folder)
        if hint:
            self.form.tell(hint)

    def _fill_only_name(self) -> None:
        try:
            logins = self._door.logins()
        except ChartError as problem:
            self.form.say(str(problem))
            return
        self._name.setText(logins[0] if len(logins) == 1 else "")

    @property
    def name(self) -> str:
        """What stands in the name's line."""
        return self._name.text().strip()

    def begin_as(self, name: str, words: str) -> None:
        """Ask somebody who was just given a passphrase."""
        self._name.setText(name)
        self.form.tell(words)
        self.take_focus()

    def take_focus(self) -> None:
        """The passphrase where the name stands already."""
        (self._passphrase if self._name.text().strip() else self._name).setFocus()

    def sign_in(self, *, accept_loss: bool = False) -> None:
        """Let her in, or say beside the fields why not; what stands in them stays."""
        name, passphrase = self._name.text().strip(), self._passphrase.text()
        if not name or not passphrase:
            self.form.say(_("Please give name and passphrase."))
            return
        door = self._door
        locked = self.locked if self.locked is not None and self.locked.is_login(name) else None

        def open_up() -> Session | _Shut:
            try:
                if locked is None:
                    return door.sign_in(name, passphrase, accept_loss=accept_loss)
                locked.unlock(passphrase)
            except RecordUnavailable as problem:
                return _Shut(problem, _newest_backup(door, name, passphrase))
            return locked

        self.trying.start(open_up, self._on_tried, self._on_refused, _shut_again)

    def _on_refused(self, problem: ChartError) -> None:
        self.form.say(str(problem))
        self._passphrase.selectAll()
        self._passphrase.setFocus()

    def _on_tried(self, found: Session | _Shut) -> None:
        if isinstance(found, _Shut):
            self._offer_ways_out(found)
            return
        self._passphrase.clear()
        self.form.say("")
        self._hide_ways_out()
        self.entered.emit(found)

    def _hide_ways_out(self) -> None:
        for button in (self.restore_button, self.see_button, self.go_on_button):
            button.hide()

    # ------------------------------------------------------------------ a record that does not open
    def _offer_ways_out(self, found: _Shut) -> None:
        """The passphrase was right, the record was not: the newest backup, or what is there."""
        self.form.say(str(found.problem))
        self.go_on_button.setVisible(isinstance(found.problem, RecordBehind))
        self.see_button.show()
        self._newest = found.backup
        if found.backup is not None:
            from clinic_desktop.services.safety.backup_words import moment_words

            words = _("Restore the backup of {moment}")
            self.restore_button.setText(words.format(moment=moment_words(found.backup)))
            self.restore_button.show()

    def _see_rescue(self) -> None:
        self.rescue_asked.emit(self._newest)

    def opener(self) -> Callable[[], Opened]:
        """Opens the keys with name and passphrase as they stand; called beside the window."""
        door, name, passphrase = self._door, self.name, self._passphrase.text()
        return lambda: door.opened(name, passphrase)

    def restore_newest(self) -> None:
        """Put the newest good backup in use and go on with it."""
        from clinic_desktop.services.safety import safekeeping

        opened, clock = self.opener(), self._door.now
        self._work.start(
            lambda: safekeeping.restore_newest(opened(), clock()),
            self._on_restored,
            self.form.say,
            lambda: _("The backup is being put in use…"),
        )

    def _on_restored(self, content: BackupContent) -> None:
        from clinic_desktop.services.safety.backup_words import content_words

        self.go_on(content_words(content))

    def go_on(self, in_use: str) -> None:
        """Sign in to what was just put in use, with what stands in the lines."""
        self._hide_ways_out()
        self.form.tell(_("In use now: {content}").format(content=in_use))
        self.sign_in()


class _Shut(NamedTuple):
    """The passphrase was right, the record does not open."""

    problem: RecordUnavailable
    backup: dt.datetime | None
    """Of when the newest backup is."""


def _newest_backup(door: FrontDoor, name: str, passphrase: str) -> dt.datetime | None:
    try:
        found = door.opened(name, passphrase).backups()
    except ChartError:
        return None
    return found[0][1] if found else None


def _shut_again(found: Session | _Shut) -> None:
    """Nobody waits for it any more."""
    if not isinstance(found, _Shut):
        found.lock()


def _centred(card: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setSpacing(12)
    column.addStretch(2)
    for widget in (ProgramName(card), card):
        row = QHBoxLayout()  # no alignment: a card is as high as its wrapped lines need
        row.addStretch(1)
        row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    column.addStretch(3)
    return page
