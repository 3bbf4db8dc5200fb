"""Harms pages of a clinic's record by what stands on them, and puts it together again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlcipher3  # type: ignore[import-untyped]

from clinic_desktop.domain.rescues import RescueReport
from clinic_desktop.services.safety.rescuing import rescue
from clinic_desktop.services.safety.safekeeping import check
from clinic_desktop.storage.cipher_pages import PAGE, Pages
from clinic_desktop.storage.damaged_record import DamagedRecord
from clinic_desktop.storage.kept_log import log_of
from clinic_desktop.storage.keys import VaultKeys
from clinic_desktop.storage.places import Places
from clinic_desktop.storage.trees import Gap, Tree, walk
from clinic_desktop.storage.vault import Vault
from tests.faults.oracle import door_of, now
from tests.records import PASSPHRASE

KEYED = {
    "findings": 3,
    "notes": 2,
    "retests": 2,
    "plan_items": 3,
    "answers": 1,
    "users": 1,
    "addenda": 2,
}
"""How many columns are the key of tables whose rows have no number of their own."""


def keys_of(profile: Path) -> VaultKeys:
    """The keys of a clinic of Anna's."""
    return Vault(profile / "vault.json").unlock("anna", PASSPHRASE).keys


def pages_of(profile: Path, *tables: str) -> list[int]:
    """Every page of these tables, their roots first."""
    file = Places(profile).record()
    damaged = DamagedRecord(file, keys_of(profile))
    found: list[int] = []
    for table in tables:
        pages = _Noting(file, log_of(file), keys_of(profile))
        root = damaged._roots[table]  # noqa: SLF001 - nothing else shows it
        assert not any(isinstance(row, Gap) for row in walk(pages, Tree(root, KEYED.get(table, 0))))
        found += pages.read_ones
    return found


class _Noting(Pages):
    """Notes which pages are read."""

    def __init__(self, record: Path, log: Path, keys: VaultKeys) -> None:
        super().__init__(record, log, keys)
        self.read_ones: list[int] = []

    def read(self, number: int) -> bytes | None:
        self.read_ones.append(number)
        return super().read(number)


def harm(profile: Path, *pages: int) -> None:
    """Flip a bit on each of some pages."""
    file = Places(profile).record()
    content = bytearray(file.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 2000] ^= 1
    file.write_bytes(content)


@contextmanager
def past_the_program(profile: Path) -> Iterator[sqlcipher3.Connection]:
    """As somebody with the keys, and without triggers in the way."""
    keys = keys_of(profile)
    connection = sqlcipher3.connect(str(Places(profile).record()), isolation_level=None)
    with closing(connection):
        connection.execute(f"PRAGMA key = \"x'{(keys.database + keys.salt).hex()}'\"").close()
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _name, sql in triggers:
            connection.execute(sql)


def rescued(profile: Path) -> RescueReport:
    """Put a clinic's record together and in use."""
    return rescue(door_of(profile).opened("anna", PASSPHRASE), now())


def faults_of(profile: Path) -> tuple[str, ...]:
    """What a check of everything finds."""
    return check(door_of(profile).opened("anna", PASSPHRASE)).faults
