"""Backups of one clinic: made from the open record, read back before they count, thinned by age."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from clinic_desktop.domain.backups import BackupContent, to_be_thinned
from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.progress import Cancelled, step
from clinic_desktop.services.whole_files import flush_folder
from clinic_desktop.services.words.translation import _

from .archives import NOT_WHOLE, not_used, pack, unpack
from .generations import begin_generation, give_up, put_in_use
from .keys import VaultKeys
from .own_files import gathered, put_back
from .places import RECORD, Places, make_folder
from .reading_back import read_back

ENDING: Final = ".clinic-backup"
UNTESTED: Final = ".untested"
"""A file of this ending has not been read back, and is never taken for a backup."""
_NAME: Final = re.compile(r"clinic-(\d{8}T\d{6}Z)(?:-\d+)?" + re.escape(ENDING))
_SCRATCH: Final = "work-"
_GIVEN_UP: Final = dt.timedelta(hours=1)
"""So old, what somebody works in was left by a process that died."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a folder."""

    file: Path
    made_at: dt.datetime
    """From its name, in UTC."""


def make_backup(
    record: Path, vault: Path, into: Path, keys: VaultKeys, now: dt.datetime
) -> tuple[Path, BackupContent]:
    """Copy the record as it stands at one moment, with the keys' file and what the clinic made
    beside it, into one file; on return it was read back and is whole.

    Raises RecordUnavailable, saying what failed; then no file that looks like a backup is there.
    """
    make_folder(into)
    now = now.astimezone(dt.UTC)
    try:
        target = _free_name(into, now)
    except OSError as problem:
        raise RecordUnavailable(_failed(problem)) from problem
    part = target.with_name(target.name + UNTESTED)
    try:
        with scratch_folder(into) as scratch:
            copy = scratch / RECORD
            own = gathered(vault.parent)
            step(0, 3)
            content = read_back(record, keys, copy_to=copy, made_at=now)
            content = replace(content, files=len(own.contents), left_out=own.left_out)
            step(1, 3)
            pack(part, copy, vault, content, own, keys)
            step(2, 3)
            found, files = unpack(part, scratch / "again", keys, keep=False)
            if found != content or files != own.contents:
                raise ChartError(_("What was written does not read back as what was there."))
        part.replace(target)
        with suppress(OSError):  # it is there and whole; at worst a power cut takes its name
            flush_folder(into)
    except (OSError, *NOT_WHOLE, ChartError, Cancelled) as problem:
        with suppress(OSError):
            part.unlink()
        if isinstance(problem, Cancelled):
            raise
        raise RecordUnavailable(_failed(problem)) from problem
    return target, content


def drill(file: Path, keys: VaultKeys, scratch_in: Path) -> BackupContent:
    """Restore a backup into a folder that is thrown away, and say what came of it.

    Raises RecordUnavailable where it is damaged, cut or of another clinic.
    """
    make_folder(scratch_in)
    try:
        with scratch_folder(scratch_in) as scratch:
            return unpack(file, scratch, keys, keep=False)[0]
    except (OSError, *NOT_WHOLE) as problem:
        raise RecordUnavailable(not_used(file, problem)) from problem


def restore(
    file: Path,
    keys: VaultKeys,
    places: Places,
    now: dt.datetime,
    look: Callable[[Path], object] = lambda _: None,
) -> BackupContent:
    """Put a backup's record in use: as a new generation beside the old one, switched to in one
    step. Nothing is written over a file that may be open; the old generation stays. Then the
    clinic's own files are put back, those that stood there beside.

    `look` is given the new generation's file before it is switched to, and may raise. Raises
    RecordUnavailable; then the record in use is what it was.
    """
    try:
        name = begin_generation(places)
    except OSError as problem:
        raise RecordUnavailable(not_used(file, problem)) from problem
    folder = places.folder / name
    own: dict[str, bytes] = {}
    try:
        content, own = unpack(file, folder, keys)
        look(folder / RECORD)
        put_in_use(places, name)
    except BaseException as problem:  # no half generation stays behind, whatever it was
        if not give_up(places, name):
            if isinstance(problem, (OSError, *NOT_WHOLE)):
                raise RecordUnavailable(not_used(file, problem)) from problem
            raise
        if not isinstance(problem, OSError):
            raise
    try:
        return replace(content, kept_in=put_back(places.folder, own, now))
    except OSError as problem:  # the record is in use: that is not taken back
        return replace(content, not_put_back=problem.strerror or type(problem).__name__)


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """The backups in a folder by their names, newest first; whether they are whole is not looked
    at."""
    try:
        names = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return ()
    found = [Backup(path, _moment(path.name)) for path in names]
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.file.name), reverse=True))


def thin(folder: Path, now: dt.datetime) -> int:
    """Delete backups that age has made too many, and what an interrupted one left; gives how many.

    Called only after a new one was read back, so that the newest good one always stays.
    """
    backups = backups_in(folder)
    going = to_be_thinned((backup.made_at for backup in backups), now.astimezone(dt.UTC))
    old = [backup.file for backup in backups if backup.made_at in going]
    for file in (*old, *folder.glob(f"*{UNTESTED}")):
        with suppress(OSError):
            file.unlink()
    for scratch in folder.glob(f"{_SCRATCH}*"):
        with suppress(OSError):
            if scratch.stat().st_mtime < (now - _GIVEN_UP).timestamp():
                shutil.rmtree(scratch, ignore_errors=True)
    return len(old)


# -------------------------------------------------------------------- names and words
@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A folder of our own that is gone afterwards; what is in it is encrypted too."""
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder, ignore_cleanup_errors=True) as at:
        yield Path(at)


def _free_name(folder: Path, now: dt.datetime) -> Path:
    stem = f"clinic-{now:%Y%m%dT%H%M%SZ}"
    names = [f"{stem}{ENDING}", *(f"{stem}-{count}{ENDING}" for count in range(2, 100))]
    taken = {path.name.removesuffix(UNTESTED) for path in folder.iterdir()}
    return next(folder / name for name in names if name not in taken)


def _moment(name: str) -> dt.datetime:
    found = _NAME.fullmatch(name)
    assert found is not None
    return dt.datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)


def _failed(problem: BaseException) -> str:
    reason = getattr(problem, "strerror", None) or str(problem)
    return _("The backup was not made: {reason}").format(reason=reason)
