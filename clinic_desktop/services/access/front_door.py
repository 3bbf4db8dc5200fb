"""The way into a clinic's record: making the clinic, and signing in."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desktop.domain.errors import ChartError, NotFound, Refused, WrongPassphrase
from clinic_desktop.services.clinic.window_habits import WindowHabits
from clinic_desktop.services.words.translation import _, in_use

if TYPE_CHECKING:
    # What is behind the door is imported when somebody comes in: the door stands sooner.
    from clinic_desktop.domain.acts import Act
    from clinic_desktop.domain.documents import Clinic
    from clinic_desktop.domain.people import User
    from clinic_desktop.services.ports import Clock

    from .clinic_port import ClinicFiles, Opened
    from .new_user import NewUser
    from .session import Session


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

    def get_ready(self) -> None:
        """Import and read what letting somebody in will need; may be done in any thread."""
        from clinic_desktop.services import desk  # noqa: F401
        from clinic_desktop.services.knowledge.catalogue_files import (
            load_catalogue,
            load_catalogue_text,
        )
        from clinic_desktop.services.knowledge.plan_files import load_plan_library
        from clinic_desktop.services.safety import safekeeping  # noqa: F401

        from . import session  # noqa: F401

        self.files.get_ready()
        load_catalogue()
        load_catalogue_text(in_use())
        load_plan_library(in_use())

    def act_of(self, user: User) -> Act:
        """What is done now, by somebody."""
        from clinic_desktop.domain.acts import Act

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
        from clinic_desktop.domain.people import User
        from clinic_desktop.services.clinic.clinic_settings import begin_settings

        from .new_user import checked_user
        from .passphrases import why_refused
        from .session import Session

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
                work.add_user(first, opened.signer.public_key, self.act_of(first))
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
        from clinic_desktop.domain.access import Action
        from clinic_desktop.domain.audit import Deed

        from .access_words import refusal
        from .session import Session

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
