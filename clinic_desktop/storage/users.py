"""The people who sign in, and the keys by which what they signed is checked."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.people import User
from clinic_desktop.services.words.translation import _

from .patients import stamp
from .rows import UserKeyRow, UserRow, table_of

_USERS: Final = table_of(UserRow)
_ONE: Final = select(_USERS).where(_USERS.c.id == bindparam("user"))


def add(session: Session, user: User, public_key: bytes, act: Act) -> None:
    """Enter somebody with the key they sign with."""
    row = UserRow(id=user.id)
    _fill(row, user, act)
    session.add(row)
    session.flush()
    add_key(session, user.id, public_key, act)


def change(session: Session, user: User, act: Act) -> None:
    """Write somebody's details as they now are. Raises NotFound."""
    _fill(_row(session, user.id), user, act)
    session.flush()


def add_key(session: Session, user_id: str, public_key: bytes, act: Act) -> None:
    """A new key to sign with; earlier ones stay, or earlier signatures could not be checked."""
    session.add(UserKeyRow(user_id=user_id, public_key=public_key, **stamp(act)))
    session.flush()


def one(session: Session, user_id: str) -> User:
    """Raises NotFound."""
    # Asked of each unit of work, so in the shortest way.
    row = session.connection().execute(_ONE, {"user": user_id}).first()
    if row is None:
        raise NotFound(_("There is no such user."))
    return _user(row)


def everybody(session: Session) -> tuple[User, ...]:
    """All who are or were users, by name."""
    return tuple(_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.name)))


def owner_of_key(session: Session, public_key: bytes) -> str | None:
    """Id of the user whose key it is or was."""
    return session.scalar(select(UserKeyRow.user_id).where(UserKeyRow.public_key == public_key))


def _row(session: Session, user_id: str) -> UserRow:
    row = session.get(UserRow, user_id)
    if row is None:
        raise NotFound(_("There is no such user."))
    return row


def _fill(row: UserRow, user: User, act: Act) -> None:
    row.name, row.credentials, row.role = user.name, user.credentials, user.role.value
    row.active, row.administers = user.active, user.administers
    for name, value in stamp(act).items():
        setattr(row, name, value)


def _user(row: Any) -> User:
    return User(row.id, row.name, row.credentials, Role(row.role), row.active, row.administers)
