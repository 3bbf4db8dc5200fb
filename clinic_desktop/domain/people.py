"""The people who work with the program."""

from __future__ import annotations

from dataclasses import dataclass

from .access import Action, Role, may


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in."""

    id: str
    """Given out once; the name may change, this does not."""
    name: str
    credentials: str
    """As printed behind the name, for instance `PT`."""
    role: Role
    active: bool = True
    """Somebody who left stays in the record and may do nothing."""
    administers: bool = False
    """Looks after users and backups beside the own role, as a therapist alone must."""

    def may(self, action: Action) -> bool:
        """Whether this user may do something."""
        return self.active and (
            may(self.role, action) or (self.administers and may(Role.ADMINISTRATOR, action))
        )

    @property
    def standing(self) -> tuple[bool, Role, bool]:
        """What decides what this user may do."""
        return (self.active, self.role, self.administers)

    @property
    def signature_name(self) -> str:
        """Name and credentials as they stand on screen and paper."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
