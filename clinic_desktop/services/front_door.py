"""The way into a clinic's record: making the clinic, signing in, and the lock."""

from __future__ import annotations

import datetime as dt
import platform
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clinic_desktop.domain.access import Action, Role
from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import (
    ChartError,
    NotFound,
    RecordUnavailable,
    Refused,
    WrongPassphrase,
)
from clinic_desktop.domain.people import User
from clinic_desktop.domain.signing_in import same_login

from .access_words import refusal
from .clinic_port import ClinicFiles, Opened, OpenedRecord
from .clinic_settings import begin_settings
from .guarding import guard
from .passphrases import why_refused
from .ports import Act, Clock, OpenRecord, Signer, UnitOfWork
from .translation import _
from .window_habits import WindowHabits


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """How somebody signs in without a window."""

    passphrase: Callable[[], str]
    """Asks for it only when it is needed."""
    login: str | None = None
    """None where only one can sign in."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who is given a way in."""

    login: str
    name: str
    credentials: str = ""
    role: Role = Role.THERAPIST
    administers: bool = False


class Session:
    """Somebody who signed in; the record is open to them until it is locked."""

    def __init__(
        self, door: FrontDoor, user: User, login: str, opened: Opened, record: OpenedRecord
    ) -> None:
        self.user = user
        self.login = login
        self._door = door
        self.backed_up = -1
        """How many entries the trail had when this session last made a backup."""
        self._id = uuid.uuid4().hex[:12]
        """Tells one sign-in from another in the audit trail."""
        self._opened: Opened | None = opened
        self._record: OpenedRecord | None = self._in_own_name(record)
        self.begin: OpenRecord = guard(self._begin, user, door.now)
        """Begins a unit of work in which this user may do what the role allows. Raises
        RecordUnavailable while the record is locked."""
        self.forget: Callable[[], None] = lambda: None
        """Lets go of what else was kept in memory of the charts; the lock calls it."""
        self.note(Deed.SIGNED_IN)

    def _in_own_name(self, record: OpenedRecord) -> OpenedRecord:
        record.write_as(self.user, platform.node(), self._id)
        return record

    def is_login(self, name: str) -> bool:
        """Whether it is the name of whoever signed in here."""
        return same_login(self.login, name)

    @property
    def opened(self) -> Opened:
        """What the passphrase opened. Raises RecordUnavailable while it is locked."""
        if self._opened is None:
            raise RecordUnavailable(_("The record is locked. Please sign in again."))
        return self._opened

    @property
    def clinic(self) -> str:
        """Names the clinic for good; it stands in each signature."""
        return self.opened.clinic

    @property
    def folder(self) -> Path:
        """Where the clinic's files lie."""
        return self._door.folder

    @property
    def window_habits(self) -> WindowHabits:
        """How the window behaves on this computer."""
        return self._door.window_habits

    def now(self) -> dt.datetime:
        """What time it is."""
        return self._door.now()

    def entries(self) -> int:
        """How many entries the audit trail has: it grows with each change. Raises
        RecordUnavailable."""
        with self._begin() as work:
            return work.audit_head().seq

    def act(self) -> Act:
        """What is done now, by this user."""
        return Act(self.user.signature_name, self._door.now())

    @property
    def locked(self) -> bool:
        """Whether the passphrase is needed before anything else."""
        return self._record is None

    def _begin(self, *, writing: bool = False) -> UnitOfWork:
        if self._record is None:
            raise RecordUnavailable(_("The record is locked. Please sign in again."))
        return self._record.begin(writing=writing)

    def note(self, deed: Deed, reason: str = "") -> None:
        """Enter in the audit trail what was done beside the charts. Raises RecordUnavailable."""
        if self._record is None:
            raise RecordUnavailable(_("The record is locked. Please sign in again."))
        with self._record.begin(writing=True) as work:
            work.note_act(deed, self.act(), reason=reason)
            work.commit()

    def lock(self) -> None:
        """Close the record and drop the keys; asks nothing."""
        if self._record is None:
            return
        with suppress(RecordUnavailable):  # a lock waits for nothing
            self.note(Deed.LOCKED)
        self._record.close()
        self._record = self._opened = None
        self.forget()

    def unlock(self, passphrase: str) -> None:
        """Go on as the same user. Raises WrongPassphrase, RecordUnavailable."""
        opened = self._door.opened(self.login, passphrase)
        self._record = self._in_own_name(opened.open_record())
        self._opened = opened
        self.note(Deed.SIGNED_IN)

    def take_over(self, other: Session) -> None:
        """Go on with what the same user opened in another session, which then is locked."""
        if other.user.id != self.user.id:
            raise ValueError("a session goes on only with its own user's keys")
        self._record, self._opened = other._record, other._opened
        other._record = other._opened = None

    def logins(self) -> tuple[str, ...]:
        """The names that can sign in."""
        return self._door.logins()

    def new_recovery_key(self) -> str:
        """A fresh recovery key, which opens nothing yet."""
        return self._door.files.new_recovery_key()

    @property
    def recoverable(self) -> bool:
        """Whether there is a recovery sheet."""
        return self._door.files.recoverable

    def signer(self, passphrase: str) -> Signer:
        """One's own signature, for one act; the passphrase is asked for again. Raises
        WrongPassphrase."""
        return self._door.opened(self.login, passphrase).signer


class FrontDoor:
    """Lets people into the record of one clinic."""

    def __init__(self, files: ClinicFiles, folder: Path, clock: Clock) -> None:
        self.files = files
        self.folder = folder
        self.now = clock

    @cached_property
    def window_habits(self) -> WindowHabits:
        """How the window behaves on this computer, whoever signs in."""
        return WindowHabits(self.folder)

    @property
    def clinic_exists(self) -> bool:
        """Whether there is a clinic to sign in to; else one must be made."""
        return self.files.exists

    def logins(self) -> tuple[str, ...]:
        """The names that can sign in."""
        return self.files.logins()

    def act_of(self, user: User) -> Act:
        """What is done now, by somebody."""
        return Act(user.signature_name, self.now())

    def refuse_second_clinic(self) -> None:
        """Raise ChartError where there is a clinic already."""
        if self.files.exists:
            raise ChartError(_("There is a clinic in this folder already."))

    def refuse_no_clinic(self) -> None:
        """Raise ChartError where there is no clinic yet."""
        if not self.files.exists:
            raise ChartError(
                _("There is no clinic in this folder yet. Open the window, or use new-clinic.")
            )

    def make_clinic(self, clinic: Clinic, user: NewUser, passphrase: str) -> Session:
        """Make a clinic with its first user, who looks after it too.

        Raises ChartError for a passphrase that is not taken, a missing name, or where there is a
        clinic already; RecordUnavailable.
        """
        self.refuse_second_clinic()
        user = checked_user(user)
        if not clinic.name.strip():
            raise ChartError(_("Please give the clinic's name: it stands on every sheet."))
        refusal = why_refused(passphrase, (user.login, user.name, clinic.name))
        if refusal is not None:
            raise ChartError(refusal)
        opened, record = self.files.create(user.login, passphrase)
        first = User(opened.user, user.name, user.credentials, user.role, administers=True)
        try:
            with record.begin(writing=True) as work:
                act = Act(first.name, self.now())
                work.add_user(first, opened.signer.public_key, act)
                work.commit()
            begin_settings(self.folder, clinic)
            self.files.keep()
        except BaseException:  # nothing may stay open behind a clinic that did not come about
            record.close()
            raise
        return Session(self, first, user.login, opened, record)

    def sign_in(self, login: str | None, passphrase: str, *, accept_loss: bool = False) -> Session:
        """Let somebody in; without a name the only one there is.

        Raises WrongPassphrase, ChartError where a wait is on or the name is needed,
        RecordUnavailable; RecordBehind where something is missing in the record, unless somebody
        who may restore accepts that.
        """
        self.refuse_no_clinic()
        login = self.one_login(login)
        before = self.files.attempts(login)
        opened = self.opened(login, passphrase)
        record = opened.open_record(accept_loss=accept_loss)
        try:
            with record.begin() as work:
                user = work.user(opened.user)
            if not user.active:
                raise WrongPassphrase(wrong_passphrase())
            if accept_loss and not user.may(Action.RESTORE):
                raise Refused(refusal(user.role, Action.RESTORE))
        except NotFound:
            record.close()
            raise WrongPassphrase(wrong_passphrase()) from None
        except BaseException:  # whatever it was, the file does not stay open
            record.close()
            raise
        session = Session(self, user, login, opened, record)
        if before.last is not None and before.failed:
            # Nobody could write them down while the record was closed.
            words = _("{count} wrong passphrases for this name before, the last at {moment}.")
            moment = before.last.isoformat(timespec="seconds")
            session.note(Deed.SIGN_IN_FAILED, words.format(count=before.failed, moment=moment))
        if accept_loss:
            session.note(Deed.RESTORED, _("Gone on with a record in which entries are missing."))
        return session

    def one_login(self, login: str | None) -> str:
        """The name as given, else the only one there is. Raises ChartError where it is needed."""
        if login is not None:
            return login
        logins = self.files.logins()
        if len(logins) != 1:
            raise ChartError(_("More than one can sign in here: please say who."))
        return logins[0]

    def opened(self, login: str, passphrase: str) -> Opened:
        """What a passphrase opens. Raises WrongPassphrase, ChartError while a wait is on."""
        wait = self.files.attempts(login).wait(self.now())
        if wait:
            raise ChartError(_wait_in_words(wait.total_seconds()))
        try:
            opened = self.files.unlock(login, passphrase)
        except WrongPassphrase:
            self.files.count_attempt(login, self.now(), right=False)
            raise WrongPassphrase(wrong_passphrase()) from None
        self.files.count_attempt(login, self.now(), right=True)
        return opened


def wrong_passphrase() -> str:
    """The same words for a name that is not known: which of the two is wrong is nobody's guess."""
    return _("This name and passphrase do not go together.")


def _wait_in_words(seconds: float) -> str:
    wait = f"{max(1, round(seconds))} s" if seconds < 90 else f"{round(seconds / 60)} min"
    return _("Too many wrong passphrases. The next one is taken in {wait}.").format(wait=wait)


def checked_user(user: NewUser) -> NewUser:
    """Somebody new with names as they are kept. Raises ChartError for a blank one."""
    login, name = " ".join(user.login.split()), " ".join(user.name.split())
    if not name:
        raise ChartError(_("Please say who you are: your name stands on what you sign."))
    return NewUser(login or name, name, user.credentials.strip(), user.role, user.administers)
