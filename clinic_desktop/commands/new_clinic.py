"""The command `new-clinic`: a clinic without a window."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.services.access.new_user import NewUser

from .credentials import passphrase_in
from .open_desk import OpenDesk
from .terminal import say


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Make the clinic with its first clinician. Raises ChartError where there is one already or
    the passphrase is not taken, RecordUnavailable."""
    door = open_desk.front_door(arguments.profile)
    user = NewUser(arguments.user, arguments.user, arguments.credentials)
    door.refuse_second_clinic()
    session = door.make_clinic(Clinic(arguments.name), user, passphrase_in(arguments, twice=True))
    session.lock()
    say(f"The clinic is there; {session.user.name} signs in.")
