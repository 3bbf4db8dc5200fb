"""Where the window stood last: a small file in the clinic's folder, about the screen alone."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from clinic_desktop.services.whole_files import replace_file

FILE_NAME: Final = "window.json"
LARGEST_FILE: Final = 1_000
"""Bytes: it has under a hundred."""
FARTHEST: Final = 100_000
"""Px: no desktop is as wide."""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Place and size in px as the desktop counts them, of the window when it is not maximised."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


def load_place(folder: Path) -> WindowPlace | None:
    """Where the window stood; None where nothing says so that can be read."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            given = json.loads(file.read(LARGEST_FILE))
    except (OSError, ValueError, RecursionError):
        return None
    names = {field.name for field in fields(WindowPlace)}
    if not isinstance(given, dict) or set(given) != names:
        return None
    maximised, numbers = given.pop("maximised"), tuple(given.values())
    if type(maximised) is not bool or not all(map(_is_length, numbers)):
        return None
    return WindowPlace(**given, maximised=maximised)


def _is_length(number: object) -> bool:
    # `true` is a whole number to Python.
    return type(number) is int and abs(number) <= FARTHEST


def save_place(folder: Path, place: WindowPlace) -> None:
    """Keep where the window stands. Where that cannot be written, it comes up as it did before."""
    if place != load_place(folder):
        with suppress(OSError):
            replace_file(folder / FILE_NAME, json.dumps(asdict(place)).encode())
