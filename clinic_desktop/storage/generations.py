"""Generations of a record: each made beside the one in use, and marked until it takes its place.

One that was begun by a process that is gone, and was never put in use, still has its mark; only
such a one is ever taken away.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.whole_files import flush_folder, replace_file

from .places import Places, make_folder

_AS_ONE: Final = 2.0
"""Seconds: so far apart two processes may see the same beginning, where a clock was put right."""
MARK: Final = "not-in-use"
"""A file in a generation that no `CURRENT` has named yet: which process is making it."""


def begin_generation(places: Places) -> str:
    """Make the folder of a new generation, marked as not in use. Raises RecordUnavailable, OSError.

    Only then is anything put into it.
    """
    clear_unfinished(places)
    name = places.next_generation()
    folder = places.folder / name
    make_folder(folder)
    try:
        replace_file(folder / MARK, json.dumps(_this_process()).encode() + b"\n")
    except BaseException:  # without its mark it would stay for good
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return name


def put_in_use(places: Places, name: str) -> None:
    """Make a new generation the one in use, in one step. Raises OSError; then it is or is not."""
    flush_folder(places.folder / name)
    flush_folder(places.folder)
    places.use(name)
    _unmark(places.folder / name)


def give_up(places: Places, name: str) -> bool:
    """Take a new generation away, unless it is the one in use; then give True: only making the
    switch durable at once was refused."""
    if is_in_use(places, name):
        _unmark(places.folder / name)
        return True
    _take_away(places.folder / name)
    return False


def is_in_use(places: Places, name: str) -> bool:
    """Whether it is the one in use."""
    with suppress(RecordUnavailable):
        return places.generation() == name
    return False


def clear_unfinished(places: Places) -> int:
    """Take away what processes that are gone had begun and never put in use; gives how many."""
    try:
        current = places.generation()
    except RecordUnavailable:  # nobody knows which is needed
        return 0
    gone = 0
    for mark in places.folder.glob(f"gen-*/{MARK}"):
        if mark.parent.name == current:  # stopped between the switch and this
            _unmark(mark.parent)
        elif not _is_being_made(mark):
            _take_away(mark.parent)
            gone += 1
    for folder in places.folder.glob("gen-*"):
        if folder.name != current and _was_never_marked(folder):
            _take_away(folder)
            gone += 1
    return gone


def _was_never_marked(folder: Path) -> bool:
    """Whether somebody was stopped between making the folder and marking it: it holds nothing else.
    One who is at just that now is refused, and tries again."""
    with suppress(OSError):
        return all(path.name == f"{MARK}.part" for path in folder.iterdir())
    return False


def _take_away(folder: Path) -> None:
    """Remove a generation; the mark goes last, so that what is left of a half removal has it."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != MARK:
                path.unlink()
        shutil.rmtree(folder)


def _unmark(folder: Path) -> None:
    with suppress(OSError):  # the next start tries again
        (folder / MARK).unlink()
        flush_folder(folder)


def _this_process() -> dict[str, float]:
    import psutil  # only where a generation is made

    return {"pid": os.getpid(), "began": psutil.Process().create_time()}


def _is_being_made(mark: Path) -> bool:
    """Whether the process that a mark names still runs; a number is given again, a beginning not.
    A mark that says nothing was cut off as it was written, before anything else was."""
    import psutil  # only where there is such a generation

    try:
        said = json.loads(mark.read_bytes())
        began = psutil.Process(int(said["pid"])).create_time()
        return abs(began - float(said["began"])) < _AS_ONE
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return False
