"""What every command is given: a way to open the desk, and the case file it was named."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefile import LARGEST_FILE, read_case
from clinic_desktop.services.desk import Desk

from .files import read_input


class OpenDesk(Protocol):
    """Opens the desk; what it stands on is loaded when it is first used."""

    def __call__(self, profile: Path | None = None, *, record: bool = True) -> Desk:
        """The desk on the record in a folder, else on the usual one, or on none at all.

        Raises ChartError for settings in that folder that cannot be read.
        """


def case_in(name: str, desk: Desk) -> Case:
    """The case in a file, or on standard input for `-`. Raises BadCaseFile."""
    content = read_input(name, LARGEST_FILE)
    return read_case(content, desk.catalogue, desk.plan_library.items)
