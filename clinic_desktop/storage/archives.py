"""One backup as one file: packed, and read back with everything in it proven."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import hmac
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag

from clinic_desktop.domain.backups import BackupContent
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.words.translation import _

from .keys import VaultKeys
from .own_files import LARGEST_TOGETHER, OwnFiles, unpacked
from .places import RECORD, make_folder
from .reading_back import read_back
from .sealing import sealed, unsealed

_MANIFEST: Final = "manifest.json"
_VAULT: Final = "vault.json"
_OWN: Final = "clinic.sealed"
_OWN_FILES: Final = "own files"
"""For what their key is."""
"""Settings, logo and own rules, encrypted."""
_FIRST: Final = "clinic-desktop-backup/1"
_FORMAT: Final = "clinic-desktop-backup/2"
_MEMBERS: Final = {
    _FIRST: (RECORD, _VAULT, _MANIFEST),
    _FORMAT: (RECORD, _VAULT, _MANIFEST, _OWN),
}
"""What is in a backup; the first format had nothing beside the record."""
_BLOCK: Final = 1 << 20
_LARGEST_TEXT: Final = 1_000_000
_LARGEST_SEALED: Final = LARGEST_TOGETHER + _LARGEST_TEXT
NOT_WHOLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    InvalidTag,
)
"""What reading an archive raises that is damaged, by where the damage is."""


def pack(
    part: Path, record: Path, vault: Path, content: BackupContent, own: OwnFiles, keys: VaultKeys
) -> None:
    """Write a record's copy, the keys' file and the clinic's own files into one file. Raises
    OSError."""
    own_files = sealed(own.packed(), keys, _OWN_FILES, _OWN)
    manifest = {
        "format": _FORMAT,
        "made_at": content.made_at.isoformat(),
        "patients": content.patients,
        "visits": content.visits,
        "last_signed": content.last_signed.isoformat() if content.last_signed else None,
        "schema": content.schema,
        "audit_seq": content.audit_seq,
        "files": content.files,
        "record_sha256": _digest(record),
        "vault_sha256": _digest(vault),
        "own_sha256": hashlib.sha256(own_files).hexdigest(),
    }
    manifest["mac"] = _mac(manifest, keys)
    with part.open("xb") as file:
        # Stored as it is: what is encrypted does not grow smaller.
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.write(record, RECORD)
            archive.write(vault, _VAULT)
            archive.writestr(_OWN, own_files)
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o600)


def unpack(
    file: Path, folder: Path, keys: VaultKeys, *, keep: bool = True
) -> tuple[BackupContent, dict[str, bytes]]:
    """Unpack the record into a folder, open it and compare it with what the manifest says; gives
    what is in the backup, and the clinic's own files.

    Raises RecordUnavailable for what is damaged or another clinic's, OSError, one of `NOT_WHOLE`.
    """
    make_folder(folder)
    with zipfile.ZipFile(file) as archive:
        manifest = _manifest(archive, file, keys)
        members = _MEMBERS.get(manifest["format"], ())
        if sorted(archive.namelist()) != sorted(members):
            raise RecordUnavailable(bad(file))
        vault = _text(archive, _VAULT, _LARGEST_TEXT)
        if hashlib.sha256(vault).hexdigest() != manifest["vault_sha256"]:
            raise RecordUnavailable(bad(file))
        own: dict[str, bytes] = {}
        if _OWN in members:
            own_files = _text(archive, _OWN, _LARGEST_SEALED)
            if hashlib.sha256(own_files).hexdigest() != manifest["own_sha256"]:
                raise RecordUnavailable(bad(file))
            own = unpacked(unsealed(own_files, keys, _OWN_FILES, _OWN))
        copy = folder / RECORD
        if _extracted(archive, RECORD, copy) != manifest["record_sha256"]:
            raise RecordUnavailable(bad(file))
    made_at = dt.datetime.fromisoformat(manifest["made_at"])
    content = replace(read_back(copy, keys, made_at=made_at), files=len(own))
    if not keep:
        copy.unlink()
    if content != _promised(manifest):
        raise RecordUnavailable(bad(file))
    return content, own


def vault_in(file: Path) -> bytes:
    """The keys' file as it stands in a backup. Raises RecordUnavailable."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _text(archive, _VAULT, _LARGEST_TEXT)
    except (OSError, *NOT_WHOLE) as problem:
        raise RecordUnavailable(not_used(file, problem)) from problem


# -------------------------------------------------------------------- parts of it
def _manifest(archive: zipfile.ZipFile, file: Path, keys: VaultKeys) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(_text(archive, _MANIFEST, _LARGEST_TEXT))
        mac = manifest.pop("mac")
    except (ValueError, KeyError, AttributeError, RecursionError) as problem:
        raise RecordUnavailable(bad(file)) from problem
    if not (isinstance(mac, str) and hmac.compare_digest(mac, _mac(manifest, keys))):
        raise RecordUnavailable(_foreign(file))
    return manifest


def _promised(manifest: Mapping[str, Any]) -> BackupContent:
    last = manifest["last_signed"]
    return BackupContent(
        dt.datetime.fromisoformat(manifest["made_at"]),
        manifest["patients"],
        manifest["visits"],
        dt.datetime.fromisoformat(last) if last else None,
        manifest["schema"],
        manifest["audit_seq"],
        manifest.get("files", 0),
    )


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


def _text(archive: zipfile.ZipFile, member: str, most: int) -> bytes:
    with archive.open(member) as source:
        content = source.read(most + 1)
    if len(content) > most:
        raise zipfile.BadZipFile(member)
    return content


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _mac(manifest: Mapping[str, Any], keys: VaultKeys) -> str:
    text = json.dumps(manifest, sort_keys=True).encode()
    return hmac.digest(keys.backup, text, "sha256").hex()


# -------------------------------------------------------------------- words
def bad(file: Path) -> str:
    """That a file is no backup, or damaged."""
    return _("{name} is damaged or not a backup, and is not used.").format(name=file.name)


def not_used(file: Path, problem: BaseException) -> str:
    """Why a file was not used: what the computer refused must not be taken for damage."""
    # A damaged archive sends the library to places that no file has.
    if not isinstance(problem, OSError) or problem.errno in (None, errno.EINVAL):
        return bad(file)
    said = _("{name} could not be used: {reason}.")
    return said.format(name=file.name, reason=problem.strerror or type(problem).__name__)


def _foreign(file: Path) -> str:
    return _("{name} is of another clinic, or was changed, and is not used.").format(name=file.name)
