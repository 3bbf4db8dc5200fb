"""Where copies of visits lie that were saved while the clinic's folder was away.

It is noted on this computer outside that folder, so that they are offered when it is back. No
patient is named in it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clinic_desktop.services.whole_files import replace_file

FILE_NAME: Final = "copies-elsewhere.json"
LARGEST_FILE: Final = 100_000
"""Bytes; a line has some hundred."""
MOST_NOTED: Final = 20
_KEYS: Final = frozenset({"clinic", "path", "at"})


@dataclass(frozen=True, slots=True)
class CopyElsewhere:
    """A copy that was saved from this computer."""

    clinic: str
    """The clinic's id."""
    path: Path
    at: dt.datetime


def note_copy(copy: CopyElsewhere) -> None:
    """Note a copy. Where that cannot be written it is not offered; Ctrl+O takes it in all the
    same."""
    others = [one for one in _noted() if one.path != copy.path]
    _write((*others, copy)[-MOST_NOTED:])


def copies_of(clinic: str) -> tuple[CopyElsewhere, ...]:
    """The copies of a clinic that are where they were saved, the oldest first. May wait for a
    disk."""
    return tuple(one for one in _noted() if one.clinic == clinic and one.path.is_file())


def forget_copy(path: Path) -> None:
    """Offer a copy no more: it was taken in, or is not needed. The file stays."""
    noted = _noted()
    left = [one for one in noted if one.path != path]
    if len(left) < len(noted):
        _write(left)


def _file() -> Path:
    import platformdirs  # only where there is something to note or to look for

    return platformdirs.user_state_path("clinic-desktop", appauthor=False) / FILE_NAME


def _noted() -> tuple[CopyElsewhere, ...]:
    """What is noted; nothing where that cannot be read."""
    try:
        with _file().open("rb") as file:
            given = json.loads(file.read(LARGEST_FILE))
    except (OSError, ValueError, RecursionError):
        return ()
    rows = given if isinstance(given, list) else []
    return tuple(one for row in rows if (one := _copy_in(row)) is not None)


def _copy_in(row: object) -> CopyElsewhere | None:
    if not isinstance(row, dict) or set(row) != _KEYS:
        return None
    if not all(isinstance(value, str) for value in row.values()):
        return None
    try:
        at = dt.datetime.fromisoformat(row["at"])
    except ValueError:
        return None
    return CopyElsewhere(row["clinic"], Path(row["path"]), at) if at.tzinfo else None


def _write(copies: Iterable[CopyElsewhere]) -> None:
    rows = [
        {"clinic": one.clinic, "path": str(one.path), "at": one.at.isoformat()} for one in copies
    ]
    with suppress(OSError):
        _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(_file(), json.dumps(rows).encode())
