"""Somebody who is given a way in."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.words.translation import _


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who is given a way in."""

    login: str
    name: str
    credentials: str = ""
    role: Role = Role.THERAPIST
    administers: bool = False


def checked_user(user: NewUser) -> NewUser:
    """Somebody new with names as they are kept. Raises ChartError for a blank one."""
    login, name = " ".join(user.login.split()), " ".join(user.name.split())
    if not name:
        raise ChartError(_("Please say who you are: your name stands on what you sign."))
    return NewUser(login or name, name, user.credentials.strip(), user.role, user.administers)
