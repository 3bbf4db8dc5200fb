"""Files of a clinic are harmed, cut, swapped, put back or taken away: it is noticed, or harmless.

Lines 24 to 30, 32 and 33 of reliability.md, section 7; each damage by a seed that stands here. What
was counted is printed at the end of the run (`record_property`).
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.safety.safekeeping import back_up, check, restore_newest
from clinic_desktop.storage.places import Places
from clinic_desktop.storage.vault_file import twin_of
from tests.faults.oracle import Ledger, copy_of, door_of, look, now, save_on, signed_in, told
from tests.records import PASSPHRASE, make_clinic

pytestmark = pytest.mark.timeout(3600)

LEDGER = Ledger({1: 12, 2: 12})
PAGE = 4096
Harm = Callable[[bytes, random.Random], bytes]
Record = Callable[[str, object], None]
Tries = Callable[[int, int], int]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic with two visits, closed, with a backup; nobody changes it."""
    base = tmp_path_factory.mktemp("damage") / "base"
    make_clinic(base)
    with signed_in(base) as session:
        save_on(session, lambda *_: None, 24)
        back_up(session)
    return base


@pytest.fixture(scope="module")
def crashed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The same after a crash, with changes that are in the log only; and how many entries the
    audit trail had by then."""
    crashed = tmp_path_factory.mktemp("crashed") / "clinic"
    working = tmp_path_factory.mktemp("working") / "clinic"
    shutil.copytree(base, working)
    with signed_in(working) as session:
        save_on(session, lambda *_: None, 30)
        shutil.copytree(working, crashed)
        entries = session.entries()
    (Places(crashed).record().parent / "record.db-shm").unlink()
    return crashed, entries


# -------------------------------------------------------------------- harms
def flipped(content: bytes, chance: random.Random) -> bytes:
    """One bit."""
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def four_bytes(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) - 4)
    return content[:at] + chance.randbytes(4) + content[at + 4 :]


def zeroed(content: bytes, chance: random.Random) -> bytes:
    """A sector."""
    at = chance.randrange(len(content) // 512) * 512
    return content[:at] + bytes(512) + content[at + 512 :]


def swapped(content: bytes, chance: random.Random) -> bytes:
    """Two pages."""
    one, other = sorted(chance.sample(range(len(content) // PAGE), 2))
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def beginning(content: bytes, chance: random.Random) -> bytes:
    """In the first sixteen bytes, where other files of this kind keep their salt."""
    return flipped(content[:16], chance) + content[16:]


def noticed(profile: Path, ledger: Ledger) -> bool:
    """Whether somebody is told; where nobody is, everything must be as it was."""
    try:
        faults = check(door_of(profile).opened("anna", PASSPHRASE)).faults
    except ChartError as problem:
        faults = (str(problem),)
    if faults:
        assert all(fault.strip() for fault in faults)
        return True
    look(profile, ledger)
    return False


@pytest.mark.parametrize("harm", [flipped, four_bytes, zeroed, swapped, cut, beginning])
def test_a_damaged_record_is_noticed(
    base: Path, profile: Path, tries: Tries, record_property: Record, harm: Harm
) -> None:
    chance, count = random.Random(24), tries(8, 300)
    found = 0
    for _turn in range(count):
        record = Places(copy_of(base, profile)).record()
        record.write_bytes(harm(record.read_bytes(), chance))
        found += noticed(profile, LEDGER)
    name = harm.__name__.replace("_", " ")
    record_property(f"record {name}: tried", count)
    record_property(f"record {name}: noticed (the others harmless)", found)


def test_a_record_harmed_in_its_first_bytes_opens_by_the_salt_in_the_keys(
    base: Path, profile: Path
) -> None:
    """Only the salt is there, and the keys' file has it too."""
    record = Places(copy_of(base, profile)).record()
    content = record.read_bytes()
    record.write_bytes(bytes(16) + content[16:])
    look(profile, LEDGER)


COUNTED = re.compile(r"ends at number (\d+), and (\d+) were written, so (\d+) are missing")


def missing_in(profile: Path, entries: int) -> int:
    """How many entries the next opening says are missing; it must be right. 0 where none are."""
    said = told(lambda: door_of(profile).sign_in("anna", PASSPHRASE).lock())
    if not said:
        return 0
    numbers = COUNTED.search(said)
    assert numbers is not None, said
    found, noted, missing = map(int, numbers.groups())
    record = door_of(profile).opened("anna", PASSPHRASE).open_record(accept_loss=True)
    try:
        with record.begin() as work:
            assert work.audit_head().seq == found
    finally:
        record.close()
    assert noted == entries
    assert missing == noted - found > 0
    return missing


@pytest.mark.parametrize("harm", [flipped, zeroed, cut])
def test_what_is_lost_with_the_log_is_counted(
    crashed: tuple[Path, int], profile: Path, tries: Tries, record_property: Record, harm: Harm
) -> None:
    """SQLite says nothing of it: it takes the log up to the damage and drops the rest."""
    base, entries = crashed
    chance, count = random.Random(27), tries(8, 300)
    found = 0
    for _turn in range(count):
        log = Places(copy_of(base, profile)).record().with_name("record.db-wal")
        before = log.read_bytes()
        log.write_bytes(harm(before, chance))
        missing = missing_in(profile, entries)
        assert missing or log.read_bytes() == before or harm is zeroed
        found += bool(missing)
    record_property(f"log {harm.__name__}: noticed, with the right count", f"{found} of {count}")
    assert found == count


def test_a_crash_by_itself_loses_nothing(crashed: tuple[Path, int], profile: Path) -> None:
    base, entries = crashed
    assert missing_in(copy_of(base, profile), entries) == 0
    look(profile, LEDGER)


def test_a_log_that_is_gone_and_an_older_file_are_counted(
    base: Path, crashed: tuple[Path, int], profile: Path
) -> None:
    folder, entries = crashed
    log = Places(copy_of(folder, profile)).record().with_name("record.db-wal")
    log.unlink()
    assert missing_in(profile, entries) > 30
    copy_of(folder, profile)
    log.unlink()
    shutil.copy(Places(base).record(), Places(profile).record())
    assert missing_in(profile, entries) > 30


def test_pages_of_an_older_file_are_noticed(base: Path, profile: Path) -> None:
    """Each page is genuine, and together they are no record."""
    copy_of(base, profile)
    record = Places(profile).record()
    old = record.read_bytes()
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 24)
    new = record.read_bytes()
    chance = random.Random(28)
    changed = [
        at for at in range(PAGE, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]
    ]
    for at in chance.sample(changed, min(8, len(changed))):
        record.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        assert noticed(profile, Ledger({1: 12, 2: 12, 3: 12, 4: 12})), at


# -------------------------------------------------------------------- the note outside
def test_a_damaged_note_is_told_and_half_of_one_is_enough(
    base: Path, profile: Path, tries: Tries, record_property: Record
) -> None:
    chance, count, asked = random.Random(30), tries(12, 500), 0
    for _turn in range(count):
        anchor = Places(copy_of(base, profile)).anchor
        anchor.write_bytes(flipped(anchor.read_bytes(), chance))
        said = told(lambda: door_of(profile).sign_in("anna", PASSPHRASE).lock())
        assert said == "" or "note beside the record" in said
        asked += bool(said)
    record_property("note outside flipped: opened by its other half", f"{count - asked} of {count}")
    for harmed in (b"", b"\xff" * 1024):
        copy_of(base, profile)
        Places(profile).anchor.write_bytes(harmed)
        assert "gone or damaged" in told(lambda: door_of(profile).sign_in("anna", PASSPHRASE))
    Places(profile).anchor.unlink()
    assert "gone or damaged" in told(lambda: door_of(profile).sign_in("anna", PASSPHRASE))
    door_of(profile).sign_in("anna", PASSPHRASE, accept_loss=True).lock()
    look(profile, LEDGER)


# -------------------------------------------------------------------- keys, CURRENT, backups
def test_damaged_keys_are_put_right_from_their_twin_or_told(
    base: Path, profile: Path, tries: Tries, record_property: Record
) -> None:
    chance, count, told_of = random.Random(29), tries(10, 300), 0
    for turn in range(count):
        vault = Places(copy_of(base, profile)).vault
        harm = chance.choice((flipped, cut, four_bytes))
        harmed = harm(vault.read_bytes(), chance)
        (vault if turn % 2 else twin_of(vault)).write_bytes(harmed)
        look(profile, LEDGER)
        assert vault.read_bytes() == twin_of(vault).read_bytes() == base_vault(base)
        for path in (vault, twin_of(vault)):
            path.write_bytes(harmed)
        said = told(lambda: door_of(profile).sign_in("anna", PASSPHRASE).lock())
        assert said == "" or "keys" in said
        told_of += bool(said)
    record_property("keys harmed: put right from the twin", count)
    record_property("keys harmed in both copies: told", told_of)


def base_vault(base: Path) -> bytes:
    return Places(base).vault.read_bytes()


@pytest.mark.parametrize("content", ["gen-0009\n", "", "gen-0001/../x\n", "\xff", None])
def test_a_pointer_to_nowhere_is_told_and_nothing_fresh_is_made(
    base: Path, profile: Path, content: str | None
) -> None:
    pointer = copy_of(base, profile) / "CURRENT"
    pointer.unlink()
    if content is not None:
        pointer.write_bytes(content.encode("latin-1"))
    assert told(lambda: door_of(profile).sign_in("anna", PASSPHRASE))
    assert not (profile / "gen-0009").exists()


@pytest.mark.parametrize("size", [0, 1, PAGE, None])
def test_an_emptied_record_never_passes_for_a_fresh_one(
    base: Path, profile: Path, size: int | None
) -> None:
    record = Places(copy_of(base, profile)).record()
    record.unlink() if size is None else record.write_bytes(bytes(size))
    assert told(lambda: door_of(profile).sign_in("anna", PASSPHRASE))
    assert not record.exists() or record.stat().st_size == size


def test_a_pointer_back_to_the_generation_before_a_restore_is_noticed(
    base: Path, profile: Path
) -> None:
    copy_of(base, profile)
    restore_newest(door_of(profile).opened("anna", PASSPHRASE), now())
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 3)
    Places(profile).use("gen-0001")
    assert told(lambda: door_of(profile).sign_in("anna", PASSPHRASE))


@pytest.mark.parametrize("harm", [flipped, four_bytes, zeroed, cut])
def test_a_damaged_backup_is_never_put_in_use(
    base: Path, profile: Path, tries: Tries, record_property: Record, harm: Harm
) -> None:
    """Or the damage lies where nothing is kept, and what it holds is what was backed up."""
    chance, count, refused = random.Random(33), tries(12, 500), 0
    opened = door_of(copy_of(base, profile)).opened("anna", PASSPHRASE)
    (file, _made_at) = opened.backups()[0]
    good = file.read_bytes()
    content = opened.drill(file)
    for _turn in range(count):
        file.write_bytes(harm(good, chance))
        try:
            found = opened.drill(file)
        except RecordUnavailable as problem:
            said = str(problem)
        else:
            assert found == content
            continue
        assert "not used" in said
        refused += 1
    record_property(
        f"backup {harm.__name__}: refused (the others harmless)", f"{refused} of {count}"
    )
