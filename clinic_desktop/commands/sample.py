"""The command `sample`: a clinic of invented runners to look around in, and its end."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.sample_folder import (
    LOGIN,
    PASSPHRASE,
    SAMPLE_FOLDER,
    is_sample,
    remove_sample,
)

from .open_desk import OpenDesk
from .terminal import say


def run(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Open the window on the sample clinic, made now where there is none; or remove it.

    Raises ChartError, RecordUnavailable.
    """
    real = open_desk.front_door(arguments.profile)
    folder = real.folder / SAMPLE_FOLDER
    if arguments.remove:
        say("The sample clinic is removed." if remove_sample(folder) else "There was none.")
        return 0
    from ui import application

    if not folder.exists():
        from clinic_desktop.services.clinic.sample_clinic import make_sample

        make_sample(folder, open_desk.front_door, open_desk.desk_of)
    if not is_sample(folder):
        raise ChartError(f"{folder.name}: holds a clinic that is no sample")
    door = open_desk.front_door(folder, at_a_window=True)
    with suppress(ChartError):  # it looks and speaks as the real one, where that can be told
        door.window_habits.remember(real.window_habits.now)
    session = door.sign_in(LOGIN, PASSPHRASE)
    status = application.run(door, lambda who: open_desk.desk_of(who, folder), session)
    if status == application.SAMPLE_UNWANTED:
        remove_sample(folder)
        return 0
    return status
