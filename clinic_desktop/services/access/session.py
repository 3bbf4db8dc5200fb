"""Somebody who signed in: the record is open to them, in their name, until it is locked."""

from __future__ import annotations

import datetime as dt
import platform
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.errors import RecordUnavailable, Refused, WrongPassphrase
from clinic_desktop.domain.people import User
from clinic_desktop.domain.signing_in import same_login
from clinic_desktop.services.clinic.window_habits import WindowHabits
from clinic_desktop.services.ports import OpenRecord, Signer, UnitOfWork
from clinic_desktop.services.words.translation import _

from .access_words import standing_changed
from .clinic_port import Opened, OpenedRecord
from .guarding import guard, require

if TYPE_CHECKING:
    from .front_door import FrontDoor


class Session:
    """Somebody who signed in; the record is open to them until it is locked."""

    def __init__(
        self, door: FrontDoor, user: User, login: str, opened: Opened, record: OpenedRecord
    ) -> None:
        self.user = user
        """As the record has them by now, as far as that was looked at."""
        self.signed_in_as = user.standing
        self.login = login
        self._door = door
        self.backed_up = -1
        """How many entries the trail had when this session last made a backup."""
        self._id = uuid.uuid4().hex[:12]
        """Tells one sign-in from another in the audit trail."""
        self._opened: Opened | None = opened
        self._record: OpenedRecord | None = self._in_own_name(record)
        self.put_out: Callable[[str], object] = lambda _why: None
        """Told, in whichever thread it shows, why whoever is signed in must sign in anew."""
        self.begin: OpenRecord = guard(self._begin, user, door.now, self._on_changed)
        """Begins a unit of work in which this user may do what the role allows. Raises
        RecordUnavailable while the record is locked."""
        self.forget: Callable[[], None] = lambda: None
        """Lets go of what else was kept in memory of the charts; the lock calls it."""
        self.note(Deed.SIGNED_IN)

    def _on_changed(self, user: User) -> None:
        if user.standing != self.user.standing:
            self.user = user
            self.put_out(standing_changed(user))

    def require(self, action: Action) -> None:
        """Raise Refused where this user may not do what is done beside the record, as the record
        says by now. Raises RecordUnavailable."""
        with self.begin():
            pass  # looks what standing they have
        try:
            require(self.user, action)
        except Refused as problem:
            self.note(Deed.REFUSED, str(problem))
            raise

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

    def checkpoint(self) -> bool:
        """In a pause, put the record's log into its file; False where there was nothing to do, or
        it could not be done: the next change tells why."""
        with suppress(RecordUnavailable):
            return self._record is not None and self._record.checkpoint()
        return False

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
        """Go on as the same user. Raises WrongPassphrase, RecordUnavailable, Refused for somebody
        whose standing became another: they sign in anew."""
        opened = self._door.opened(self.login, passphrase)
        record = opened.open_record()
        try:
            with record.begin() as work:
                now = work.user(self.user.id)
            if now.standing != self.user.standing:
                self._on_changed(now)
                raise Refused(standing_changed(now))
        except BaseException:  # whatever it was, the file does not stay open
            record.close()
            raise
        self._record = self._in_own_name(record)
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
        try:
            return self._door.opened(self.login, passphrase).signer
        except WrongPassphrase:  # whose it would be is no secret here
            raise WrongPassphrase(_("This is not your passphrase.")) from None
