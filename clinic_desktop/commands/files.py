"""Reads what a command is given and writes what it makes, and never leaves half a file behind."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import BadCaseFile, ChartError

STANDARD_INPUT: Final = "-"


class CannotWrite(ChartError):
    """An output that could not be written, with the reason."""


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


def write_output(name: str, content: bytes) -> None:
    """Put the content into a file, whole or not at all; what stood there before stays until then.

    Raises CannotWrite.
    """
    try:
        _write(Path(os.path.realpath(name)), content)
    except OSError as problem:
        raise CannotWrite(f"{name}: {reason_of(problem)}") from None
    except ValueError:  # a name that no file can have
        raise CannotWrite(f"{name!r}: is not a file name") from None


def _write(path: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(0, "is there already and is no file")
    # For nobody else to read: mkstemp gives it to its owner only.
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:  # also when stopped by hand: no half file stays
        Path(beside).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make the new name outlast a power cut; not every system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def reason_of(problem: OSError) -> str:
    """What the system says, in lower case, without its number and without a path."""
    reason = problem.strerror or type(problem).__name__
    return reason[:1].lower() + reason[1:]
