"""Writes small files so that, whatever happens, they are the old ones or the new ones."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from clinic_desktop.domain.errors import ChartError


class CannotWrite(ChartError):
    """An output that could not be written, with the reason."""


def hand_out(name: str | Path, content: bytes) -> None:
    """Write a file that leaves the record to where the user said, whole or not at all.

    What stood there before stays until then, and only a file is ever replaced. For nobody else to
    read. Raises CannotWrite, which says the name as it was given, of a Path only its last part.
    """
    said = name if isinstance(name, str) else name.name
    try:
        _hand_out(Path(os.path.realpath(name)), content)
    except OSError as problem:
        raise CannotWrite(f"{said}: {reason_of(problem)}") from None
    except ValueError:  # a name that no file can have
        raise CannotWrite(f"{said!r}: is not a file name") from None


def _hand_out(path: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(0, "is there already and is no file")
    # A name of its own, made for its owner only: nobody can have put anything there before.
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as file:
            _write_and_read_back(file, content)
        Path(beside).replace(path)
    except BaseException:  # also when stopped by hand: no half file stays
        with suppress(OSError):
            Path(beside).unlink()
        raise
    with suppress(OSError):  # not every system lets a folder be opened for that
        flush_folder(path.parent)


def reason_of(problem: OSError) -> str:
    """What the system says of its number, in lower case and without a path; in our own, what we
    say."""
    own = problem.strerror or type(problem).__name__
    reason = os.strerror(problem.errno) if problem.errno else own
    return reason[:1].lower() + reason[1:]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole: whatever happens, it is the old one or the new one. Raises OSError.

    Qt's own safe file once replaced a good file by a short one on a full disk; this one reads back
    what it wrote before it takes the old one's place.
    """
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            _write_and_read_back(file, content)
        part.replace(path)
    except BaseException:  # also when stopped by hand: no half file stays
        with suppress(OSError):
            part.unlink()
        raise
    flush_folder(path.parent)


def _write_and_read_back(file: BinaryIO, content: bytes) -> None:
    """Raises OSError where the file does not hold what was written."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    if file.read() != content:
        raise OSError(0, "does not hold what was written")


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system has a way to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
