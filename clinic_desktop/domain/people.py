"""The people who work with the program."""

from __future__ import annotations

from dataclasses import dataclass

from .access import Role


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

    @property
    def signature_name(self) -> str:
        """Name and credentials as they stand on screen and paper."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
