"""The vault's file: written twice, each copy whole or not at all and with a checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.whole_files import replace_file
from clinic_desktop.services.words.translation import _

from .passphrase_cost import Cost

FORMAT: Final = "clinic-desktop-vault/1"
LARGEST: Final = 1_000_000
"""Bytes; a thousand users take half of that."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One user's way into the vault."""

    id: str
    """The user's."""
    login: str
    cost: Cost
    salt: bytes
    master: bytes
    """The vault's master key, sealed."""
    signing: bytes
    """The user's signing key, sealed: nobody else can sign as them."""


@dataclass(frozen=True, slots=True)
class VaultContent:
    """What the file says: nothing in it opens the record without a passphrase."""

    vault: str
    """Names the clinic for good, in hexadecimal digits."""
    salt: bytes
    """The record's, in case its own first bytes are damaged."""
    slots: tuple[Slot, ...]
    recovery: bytes
    """The master key, sealed behind the recovery key; empty while there is none."""
    generation: int = 0
    """Counts the times it was written."""


def twin_of(file: Path) -> Path:
    """The second copy's place."""
    return file.with_suffix(".twin.json")


def vault_is_at(file: Path) -> bool:
    """Whether there is a vault here, whatever state it is in."""
    return file.exists() or twin_of(file).exists()


def logins_in(file: Path) -> tuple[str, ...]:
    """The names that can sign in, in the order in which they were entered. Raises
    RecordUnavailable."""
    return tuple(slot.login for slot in read_vault(file).slots)


def read_vault(file: Path) -> VaultContent:
    """The newer of the two copies; one that is damaged, missing or older is put right.

    Raises RecordUnavailable where neither can be read.
    """
    copies = {path: _read(path) for path in (file, twin_of(file))}
    whole = [content for content in copies.values() if content is not None]
    if not whole:
        raise RecordUnavailable(
            _(
                "The file with this clinic's keys is missing or damaged. Please put back"
                " {name} from a backup; without it nothing can be read."
            ).format(name=file.name)
        )
    newest = max(whole, key=lambda content: content.generation)
    for path, content in copies.items():
        if content != newest:
            with suppress(OSError):  # read-only media: reading goes on
                replace_file(path, _written(newest))
    return newest


def whole_copies(file: Path) -> int:
    """How many of the two copies are there and whole."""
    return sum(_read(path) is not None for path in (file, twin_of(file)))


def write_vault(file: Path, content: VaultContent) -> VaultContent:
    """Write both copies as the next generation. Raises RecordUnavailable; then both are as they
    were: who is told that nothing changed must not be asked for what is new."""
    content = replace(content, generation=content.generation + 1)
    try:
        replace_file(file, _written(content))
    except OSError as problem:
        if _read(file) != content:
            raise RecordUnavailable(
                _("The keys could not be written: {reason}.").format(
                    reason=problem.strerror or type(problem).__name__
                )
            ) from problem
    with suppress(OSError):  # the next reading puts it right
        replace_file(twin_of(file), _written(content))
    return content


# -------------------------------------------------------------------- as text
def _written(content: VaultContent) -> bytes:
    body = {
        "format": FORMAT,
        "generation": content.generation,
        "vault": content.vault,
        "salt": content.salt.hex(),
        "recovery": content.recovery.hex(),
        "slots": [
            asdict(slot)
            | {"salt": slot.salt.hex(), "master": slot.master.hex(), "signing": slot.signing.hex()}
            for slot in content.slots
        ],
    }
    return json.dumps(body | {"sha256": _digest(body)}, indent=1).encode() + b"\n"


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> VaultContent | None:
    """The copy at a place; None where it is not there, not whole or not of this format."""
    try:
        with path.open("rb") as file:
            body = json.loads(file.read(LARGEST))
        if body.pop("sha256") != _digest(body) or body["format"] != FORMAT:
            return None
        return VaultContent(
            vault=body["vault"],
            salt=bytes.fromhex(body["salt"]),
            slots=tuple(_slot(slot) for slot in body["slots"]),
            recovery=bytes.fromhex(body["recovery"]),
            generation=body["generation"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _slot(entry: Mapping[str, Any]) -> Slot:
    return Slot(
        id=entry["id"],
        login=entry["login"],
        cost=Cost(**entry["cost"]),
        salt=bytes.fromhex(entry["salt"]),
        master=bytes.fromhex(entry["master"]),
        signing=bytes.fromhex(entry["signing"]),
    )
