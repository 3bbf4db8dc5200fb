"""The commands `copy` and `retention`: a patient's own copy, and who was not seen for years."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.services.course.courses import local_day
from clinic_desktop.services.papers.own_copies import make_own_copy, unfilled_in, write_own_copy
from clinic_desktop.services.visit.entries import past_retention

from .credentials import credentials_in
from .open_desk import OpenDesk
from .terminal import complain, say


def copy(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write a patient's own copy into a new folder, and say which. Raises NotFound, ChartError."""
    desk = open_desk(arguments.profile, credentials=credentials_in(arguments))
    files = make_own_copy(desk, arguments.patient, arguments.paper)
    say(str(write_own_copy(files, arguments.out, arguments.patient)))
    unfilled = unfilled_in(files)
    if unfilled:
        complain(unfilled)


def retention(arguments: Namespace, open_desk: OpenDesk) -> None:
    """List by number who was last seen more than so many years ago; nothing is removed."""
    desk = open_desk(arguments.profile, credentials=credentials_in(arguments))
    found = past_retention(desk.open_record, local_day(desk.act()), arguments.years)
    for entry in found:
        say(f"{entry.number:06d}  {entry.latest_on.isoformat()}")
    say(f"{len(found)} in all.")
