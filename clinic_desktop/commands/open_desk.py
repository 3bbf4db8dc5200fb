"""What every command is given: a way to open the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # The window starts sooner without what stands on the desk.
    from pathlib import Path

    from clinic_desktop.services.access.front_door import FrontDoor
    from clinic_desktop.services.access.session import Session
    from clinic_desktop.services.desk import Desk

    from .credentials import Credentials


class OpenDesk(Protocol):
    """Opens the desk; what it stands on is loaded when it is first used."""

    def __call__(
        self,
        profile: Path | None = None,
        *,
        own_folder: bool = True,
        knowledge: Path | None = None,
        credentials: Credentials | None = None,
    ) -> Desk:
        """The desk with the settings and rules in a clinic's folder, else in the usual one, or with
        the shipped ones alone; on its record where somebody signs in.

        The clinic's own rules are those in `knowledge`, else in the folder. Raises ChartError for
        settings that cannot be read, and like `FrontDoor.sign_in`.
        """

    def front_door(self, profile: Path | None = None, *, at_a_window: bool = False) -> FrontDoor:
        """The way into the record in a folder, else in the usual one. At a window nobody is kept
        waiting for long where another process is writing."""

    def desk_of(self, session: Session, profile: Path | None = None) -> Desk:
        """The desk of somebody who signed in. Raises ChartError for settings that cannot be
        read."""
