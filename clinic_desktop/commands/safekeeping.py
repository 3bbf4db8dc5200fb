"""The commands `backup`, `restore`, `rescue` and `check`."""

from __future__ import annotations

from argparse import Namespace
from contextlib import AbstractContextManager
from pathlib import Path

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.safety import rescuing, safekeeping
from clinic_desktop.services.safety.backup_words import content_words
from clinic_desktop.services.safety.rescue_words import report_lines

from .credentials import passphrase_in
from .open_desk import OpenDesk
from .terminal import complain, say


def backup(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Make a backup in a folder and read it back. Raises Refused, RecordUnavailable."""
    door = open_desk.front_door(arguments.profile)
    door.refuse_no_clinic()
    session = door.sign_in(arguments.user, passphrase_in(arguments))
    try:
        made = safekeeping.back_up(session, arguments.to)
    finally:
        session.lock()
    say(f"{made.file}: {content_words(made.content)}")


def restore(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Try a backup and say what is in it; with `--replace` put it in use.

    Where there is no clinic yet, it becomes the backup's. Raises Refused, WrongPassphrase,
    RecordUnavailable, also where a window is open on it.
    """
    door = open_desk.front_door(arguments.profile)
    file: Path = arguments.file
    passphrase = passphrase_in(arguments)
    if not door.clinic_exists:
        if not arguments.replace:
            raise ChartError("there is no clinic here; --replace makes the one in the backup")
        if arguments.user is None:
            raise ChartError("please say who signs in: --user NAME")
        with _no_window(door):
            content = safekeeping.restore_onto_new_computer(door, file, arguments.user, passphrase)
        say(f"The clinic is there again: {content_words(content)}")
        return
    opened = door.opened(door.one_login(arguments.user), passphrase)
    if arguments.replace:
        with _no_window(door):
            content = safekeeping.restore_backup(opened, file, door.now())
        say(f"In use now: {content_words(content)} What was in use stays beside it.")
    else:
        say(f"The backup is good: {content_words(opened.drill(file))} Nothing was changed.")


def rescue(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Say what a damaged record still holds; with `--replace` put that in use. Raises Refused,
    WrongPassphrase, RecordUnavailable."""
    door = open_desk.front_door(arguments.profile)
    door.refuse_no_clinic()
    opened = door.opened(door.one_login(arguments.user), passphrase_in(arguments))
    if arguments.replace:
        with _no_window(door):
            report = rescuing.rescue(opened, door.now())
    else:
        report = rescuing.rescue_drill(opened, door.now())
    for line in report_lines(report):
        say(line)
    if arguments.replace:
        say("This is in use now. The damaged file stays beside it.")
    else:
        say("Nothing was changed; --replace puts this in use.")


def _no_window(door: FrontDoor) -> AbstractContextManager[None]:
    """See `ui.single.no_window`: what is typed at a window belongs to the record that it opened."""
    from ui.single import no_window  # only here: the commands need no Qt

    return no_window(door.folder)


def check(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Look at everything that can be wrong, and say the first lines of what is."""
    door = open_desk.front_door(arguments.profile)
    door.refuse_no_clinic()
    report = safekeeping.check(
        door.opened(door.one_login(arguments.user), passphrase_in(arguments))
    )
    for fault in report.faults:
        complain(fault)
    for remark in report.remarks:
        say(remark)
    if report.faults:
        return 1
    say(
        f"All is well: {report.entries} entries of the audit trail,"
        f" {report.signatures} signatures verify."
    )
    return 0
