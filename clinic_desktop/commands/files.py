"""Reads what a command is given."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import BadCaseFile
from clinic_desktop.services.whole_files import reason_of

STANDARD_INPUT: Final = "-"


def read_input(name: str, most: int) -> bytes:
    """The bytes of a file, or of standard input for `-`, and no more than one past `most`.

    Raises BadCaseFile where it cannot be read: there is no case in it either way.
    """
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(most + 1)
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except OSError as problem:
        raise BadCaseFile([f"{name}: {reason_of(problem)}"]) from None
    except ValueError:  # a name that no file can have
        raise BadCaseFile([f"{name!r}: is not a file name"]) from None
