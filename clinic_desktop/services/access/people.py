"""Who works with the program: entered, changed, let in again, and no longer let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import ChartError, NotFound
from clinic_desktop.domain.people import User
from clinic_desktop.domain.signing_in import same_login
from clinic_desktop.services.words.translation import _

from .front_door import FrontDoor
from .guarding import require
from .new_user import NewUser, checked_user
from .passphrases import why_refused
from .session import Session


def people(session: Session) -> tuple[User, ...]:
    """All who are or were users, by name."""
    with session.begin() as work:
        return work.users()


def login_of(session: Session, user: User) -> str:
    """The name with which somebody signs in; empty for one who no longer can."""
    return session.opened.login_of(user.id) or ""


def add_person(session: Session, new: NewUser, passphrase: str) -> User:
    """Give somebody a way in, with a first passphrase that they change themselves.

    Raises Refused, ChartError for a name that is taken or a passphrase that is not,
    RecordUnavailable.
    """
    session.require(Action.MANAGE_USERS)
    new = checked_user(new)
    _refuse_weak(passphrase, new.login, new.name)
    if any(same_login(login, new.login) for login in session.logins()):
        raise ChartError(_("Somebody signs in with this name already."))
    begun = _begun(session, new)
    if begun is not None:
        let_in_again(session, begun, new.login, passphrase)
        return begun
    user_id, public_key = session.opened.add_user(new.login, passphrase)
    user = User(user_id, new.name, new.credentials, new.role, administers=new.administers)
    try:
        with session.begin(writing=True) as work:
            work.add_user(user, public_key, session.act())
            work.commit()
    except BaseException:  # a way in for somebody whom the record does not know
        session.opened.remove_user(user_id)
        raise
    return user


def _begun(session: Session, new: NewUser) -> User | None:
    """The same person, in the record without a way in: nobody could tell what came of the try."""
    told = (new.name, new.credentials, new.role, new.administers)
    for user in people(session):
        known = (user.name, user.credentials, user.role, user.administers)
        if user.active and known == told and not login_of(session, user):
            return user
    return None


def change_person(session: Session, user: User) -> None:
    """Put somebody's name, credentials or role right. Raises Refused, NotFound, ChartError where
    nobody would be left to look after the clinic, RecordUnavailable."""
    session.require(Action.MANAGE_USERS)
    with session.begin(writing=True) as work:
        _refuse_last(work.users(), user)
        work.change_user(user, session.act())
        work.commit()


def let_go(session: Session, user: User) -> None:
    """Somebody left: no way in any more; what they charted and signed stays theirs. Raises as
    `change_person`, and ChartError for oneself."""
    if user.id == session.user.id:
        raise ChartError(_("Nobody can take away their own way in."))
    change_person(session, replace(user, active=False))
    session.opened.remove_user(user.id)


def let_in_again(session: Session, user: User, login: str, passphrase: str) -> None:
    """A new passphrase for somebody who forgot theirs, or who comes back. They sign with a new key
    from now on: the old one went with the old passphrase.

    Raises Refused, ChartError for a passphrase that is not taken, RecordUnavailable.
    """
    session.require(Action.MANAGE_USERS)
    login = " ".join(login.split()) or user.name
    _refuse_weak(passphrase, login, user.name)
    public_key = session.opened.reset_user(user.id, login, passphrase)
    with session.begin(writing=True) as work:
        work.add_user_key(user.id, public_key, session.act())
        if not user.active:
            work.change_user(replace(user, active=True), session.act())
        work.commit()


def change_own_passphrase(session: Session, old: str, new: str) -> None:
    """Take another passphrase; nothing in the record is encrypted anew. Raises WrongPassphrase,
    ChartError for one that is not taken, RecordUnavailable."""
    session.signer(old)  # whoever sits at an open window is not yet its user
    _refuse_weak(new, session.login, session.user.name)
    session.opened.change_passphrase(new)


# -------------------------------------------------------------------- the recovery sheet
def new_recovery_key(session: Session) -> str:
    """A key for the recovery sheet; it opens nothing before it was typed back. Raises Refused."""
    session.require(Action.MANAGE_USERS)
    return session.new_recovery_key()


def keep_recovery_key(session: Session, shown: str, typed: str) -> None:
    """Let the key on the sheet open the clinic, once it was read off it. Raises Refused,
    ChartError where it was mistyped, RecordUnavailable."""
    session.require(Action.MANAGE_USERS)
    if "".join(typed.upper().split()).replace("-", "") != "".join(shown.split()):
        raise ChartError(
            _("This is not what stands on the sheet. Please compare letter by letter.")
        )
    session.opened.make_recoverable(typed)


def recover(door: FrontDoor, key: str, login: str, passphrase: str) -> None:
    """Give somebody who administers a new passphrase by the recovery sheet. Raises WrongPassphrase
    for a key that does not open, ChartError, RecordUnavailable."""
    door.refuse_no_clinic()
    opened = door.files.recover(key)
    record = opened.open_record()
    try:
        with record.begin(writing=True) as work:
            user = _named(work.users(), opened.login_of, login)
            _refuse_weak(passphrase, login, user.name)
            require(user, Action.MANAGE_USERS)
            public_key = opened.reset_user(user.id, login, passphrase)
            work.add_user_key(user.id, public_key, door.act_of(user))
            work.commit()
    finally:
        record.close()


def _named(users: tuple[User, ...], login_of: Callable[[str], str | None], login: str) -> User:
    for user in users:
        if same_login(login_of(user.id) or user.name, login):
            return user
    raise NotFound(_("There is no such user."))


def _refuse_weak(passphrase: str, *names: str) -> None:
    why = why_refused(passphrase, names)
    if why is not None:
        raise ChartError(why)


def _refuse_last(users: tuple[User, ...], changed: User) -> None:
    """Raise ChartError where nobody would be left who can let others in."""
    after = [changed if user.id == changed.id else user for user in users]
    if not any(user.may(Action.MANAGE_USERS) for user in after):
        raise ChartError(_("Somebody must be left who looks after users and backups."))
