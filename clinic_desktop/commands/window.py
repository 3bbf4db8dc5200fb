"""No command: opens the window."""

from __future__ import annotations

import gc
from argparse import Namespace

from .credentials import credentials_in, signs_in
from .open_desk import OpenDesk


def run(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Show the window until it is closed."""
    # What is imported stays: until the window stands, looking for garbage only takes time.
    gc.disable()
    # Only here: the commands need no Qt, and some of them run where there is none.
    from ui import application

    door = open_desk.front_door(arguments.profile, at_a_window=True)
    session = None
    if signs_in(arguments):
        given = credentials_in(arguments)
        session = door.sign_in(given.login, given.passphrase())
    return application.run(door, lambda who: open_desk.desk_of(who, arguments.profile), session)
