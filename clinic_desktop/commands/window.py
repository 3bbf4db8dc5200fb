"""No command: opens the window."""

from __future__ import annotations

import gc
from argparse import Namespace
from importlib import import_module
from typing import TYPE_CHECKING

from .credentials import Credentials, credentials_in, signs_in
from .open_desk import OpenDesk

if TYPE_CHECKING:
    from clinic_desktop.services.access.front_door import FrontDoor
    from clinic_desktop.services.access.session import Session


def run(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Show the window until it is closed."""
    # What is imported stays: until the window stands, looking for garbage only takes time. The
    # first work beside the window has it looked for again.
    gc.disable()
    try:
        return _show(arguments, open_desk)
    finally:
        gc.enable()


def _show(arguments: Namespace, open_desk: OpenDesk) -> int:
    door = open_desk.front_door(arguments.profile, at_a_window=True)
    session = _signed_in(door, credentials_in(arguments)) if signs_in(arguments) else None
    # Only here: the commands need no Qt, and some of them run where there is none.
    from ui import application

    return application.run(door, lambda who: open_desk.desk_of(who, arguments.profile), session)


def _signed_in(door: FrontDoor, given: Credentials) -> Session:
    """Whoever the command line says, let in while the window is imported: a passphrase is made
    dear to try, and that costs time."""
    from concurrent.futures import ThreadPoolExecutor

    passphrase = given.passphrase()
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(door.sign_in, given.login, passphrase)
        import_module("ui.application")
        import_module("ui.main_window")
        return coming.result()
