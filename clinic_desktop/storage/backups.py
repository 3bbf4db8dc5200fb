"""Backups of one clinic: made from the open record, read back before they count, thinned by age."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import hmac
import json
import os
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clinic_desktop.domain.backups import BackupContent, to_be_thinned
from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.translation import _
from clinic_desktop.services.whole_files import flush_folder

from .keys import VaultKeys
from .places import RECORD, Places, make_folder
from .reading_back import read_back

ENDING: Final = ".clinic-backup"
UNTESTED: Final = ".untested"
"""A file of this ending has not been read back, and is never taken for a backup."""
_MANIFEST: Final = "manifest.json"
_VAULT: Final = "vault.json"
_MEMBERS: Final = (RECORD, _VAULT, _MANIFEST)
_FORMAT: Final = "clinic-desktop-backup/1"
_NAME: Final = re.compile(r"clinic-(\d{8}T\d{6}Z)(?:-\d+)?" + re.escape(ENDING))
_SCRATCH: Final = "work-"
_BLOCK: Final = 1 << 20
_LARGEST_TEXT: Final = 1_000_000
_GIVEN_UP: Final = dt.timedelta(hours=1)
"""So old, what somebody works in was left by a process that died."""
_NOT_WHOLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)
"""What the library raises over an archive that is damaged, by where the damage is."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a folder."""

    file: Path
    made_at: dt.datetime
    """From its name, in UTC."""


def make_backup(
    record: Path, vault: Path, into: Path, keys: VaultKeys, now: dt.datetime
) -> tuple[Path, BackupContent]:
    """Copy the record as it stands at one moment, with the keys' file, into one file; on return it
    was read back and is whole.

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
        with _scratch(into) as scratch:
            copy = scratch / RECORD
            content = read_back(record, keys, copy_to=copy, made_at=now)
            _pack(part, copy, vault, content, keys)
            found = _unpacked(part, scratch / "again", keys)
            if found != content:
                raise ChartError(_("What was written does not read back as what was there."))
        part.replace(target)
        flush_folder(into)
    except (OSError, *_NOT_WHOLE, ChartError) as problem:
        with suppress(OSError):
            part.unlink()
        raise RecordUnavailable(_failed(problem)) from problem
    return target, content


def drill(file: Path, keys: VaultKeys, scratch_in: Path) -> BackupContent:
    """Restore a backup into a folder that is thrown away, and say what came of it.

    Raises RecordUnavailable where it is damaged, cut or of another clinic.
    """
    make_folder(scratch_in)
    try:
        with _scratch(scratch_in) as scratch:
            return _unpacked(file, scratch, keys)
    except (OSError, *_NOT_WHOLE) as problem:
        raise RecordUnavailable(_not_used(file, problem)) from problem


def restore(
    file: Path, keys: VaultKeys, places: Places, look: Callable[[Path], object] = lambda _: None
) -> BackupContent:
    """Put a backup's record in use: as a new generation beside the old one, switched to in one
    step. Nothing is written over a file that may be open; the old generation stays.

    `look` is given the new generation's file before it is switched to, and may raise. Raises
    RecordUnavailable; then the record in use is what it was.
    """
    generation = places.next_generation()
    folder = places.folder / generation
    make_folder(folder)
    try:
        content = _unpacked(file, folder, keys, keep=True)
        look(folder / RECORD)
        flush_folder(folder)
        flush_folder(places.folder)
        places.use(generation)
    except BaseException as problem:  # no half generation stays behind, whatever it was
        if _in_use(places, generation):  # only making the switch durable at once was refused
            if isinstance(problem, OSError):
                return content
            raise
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(problem, (OSError, *_NOT_WHOLE)):
            raise RecordUnavailable(_not_used(file, problem)) from problem
        raise
    return content


def _in_use(places: Places, generation: str) -> bool:
    with suppress(RecordUnavailable):
        return places.generation() == generation
    return False


def vault_in(file: Path) -> bytes:
    """The keys' file as it stands in a backup. Raises RecordUnavailable."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _text(archive, _VAULT)
    except (OSError, *_NOT_WHOLE) as problem:
        raise RecordUnavailable(_not_used(file, problem)) from problem


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


# -------------------------------------------------------------------- one file
def _pack(part: Path, record: Path, vault: Path, content: BackupContent, keys: VaultKeys) -> None:
    manifest = {
        "format": _FORMAT,
        "made_at": content.made_at.isoformat(),
        "patients": content.patients,
        "visits": content.visits,
        "last_signed": content.last_signed.isoformat() if content.last_signed else None,
        "schema": content.schema,
        "audit_seq": content.audit_seq,
        "record_sha256": _digest(record),
        "vault_sha256": _digest(vault),
    }
    manifest["mac"] = _mac(manifest, keys)
    with part.open("xb") as file:
        # Stored as it is: what is encrypted does not grow smaller.
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.write(record, RECORD)
            archive.write(vault, _VAULT)
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o600)


def _unpacked(file: Path, folder: Path, keys: VaultKeys, *, keep: bool = False) -> BackupContent:
    """Unpack the record into a folder, open it and compare it with what the manifest says."""
    make_folder(folder)
    with zipfile.ZipFile(file) as archive:
        if sorted(archive.namelist()) != sorted(_MEMBERS):
            raise RecordUnavailable(_bad(file))
        try:
            manifest = json.loads(_text(archive, _MANIFEST))
            mac = manifest.pop("mac")
        except (ValueError, KeyError, AttributeError, RecursionError) as problem:
            raise RecordUnavailable(_bad(file)) from problem
        if not (isinstance(mac, str) and hmac.compare_digest(mac, _mac(manifest, keys))):
            raise RecordUnavailable(_foreign(file))
        if hashlib.sha256(_text(archive, _VAULT)).hexdigest() != manifest["vault_sha256"]:
            raise RecordUnavailable(_bad(file))
        copy = folder / RECORD
        if _extracted(archive, RECORD, copy) != manifest["record_sha256"]:
            raise RecordUnavailable(_bad(file))
    made_at = dt.datetime.fromisoformat(manifest["made_at"])
    content = read_back(copy, keys, made_at=made_at)
    if not keep:
        copy.unlink()
    last = manifest["last_signed"]
    promised = BackupContent(
        made_at,
        manifest["patients"],
        manifest["visits"],
        dt.datetime.fromisoformat(last) if last else None,
        manifest["schema"],
        manifest["audit_seq"],
    )
    if content != promised:
        raise RecordUnavailable(_bad(file))
    return content


def _extracted(archive: zipfile.ZipFile, member: str, to: Path) -> str:
    """Write a member to a file of our own name; gives its digest."""
    digest = hashlib.sha256()
    with archive.open(member) as source, to.open("xb") as target:
        to.chmod(0o600)
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _text(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as source:
        content = source.read(_LARGEST_TEXT + 1)
    if len(content) > _LARGEST_TEXT:
        raise zipfile.BadZipFile(member)
    return content


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _mac(manifest: Mapping[str, Any], keys: VaultKeys) -> str:
    text = json.dumps(manifest, sort_keys=True).encode()
    return hmac.digest(keys.backup, text, "sha256").hex()


# -------------------------------------------------------------------- names and words
@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
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


def _bad(file: Path) -> str:
    return _("{name} is damaged or not a backup, and is not used.").format(name=file.name)


def _not_used(file: Path, problem: BaseException) -> str:
    """Why a file was not used: what the computer refused must not be taken for damage."""
    # A damaged archive sends the library to places that no file has.
    if not isinstance(problem, OSError) or problem.errno in (None, errno.EINVAL):
        return _bad(file)
    said = _("{name} could not be used: {reason}.")
    return said.format(name=file.name, reason=problem.strerror or type(problem).__name__)


def _foreign(file: Path) -> str:
    return _("{name} is of another clinic, or was changed, and is not used.").format(name=file.name)
