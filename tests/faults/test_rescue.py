"""What can be saved of a damaged record is saved: byte for byte as it was, or not at all.

Lines 24, 26, 27 and 33 of reliability.md, section 7; each damage by a seed that stands here. What
was counted is printed at the end of the run (`record_property`).
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.services.safety.rescuing import rescue
from clinic_desktop.services.safety.safekeeping import back_up, check
from clinic_desktop.storage.blank_record import Layout
from clinic_desktop.storage.cipher_pages import PAGE, Pages
from clinic_desktop.storage.damaged_record import DamagedRecord
from clinic_desktop.storage.engine import record_engine
from clinic_desktop.storage.kept_log import log_of
from clinic_desktop.storage.keys import VaultKeys
from clinic_desktop.storage.places import Places
from clinic_desktop.storage.trees import Gap, Tree, free_pages, rows_on, walk
from tests.faults.oracle import copy_of, door_of, now, save_on, signed_in
from tests.faults.test_damage import cut, flipped, four_bytes, swapped, zeroed
from tests.records import PASSPHRASE
from tests.storage.released.making import HERE

pytestmark = pytest.mark.timeout(3600)

Harm = Callable[[bytes, random.Random], bytes]
Record = Callable[[str, object], None]
Tries = Callable[[int, int], int]
Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic with signed and unsigned visits and a paper, a backup, and more charted since."""
    base = tmp_path_factory.mktemp("rescue") / "base"
    shutil.copytree(HERE / sorted(p.name for p in HERE.iterdir() if p.name.isdigit())[-1], base)
    with signed_in(base) as session:
        save_on(session, lambda *_: None, 60)
        back_up(session)
        save_on(session, lambda *_: None, 14)
    return base


def keys_of(profile: Path) -> VaultKeys:
    opened = door_of(profile).files.unlock("anna", PASSPHRASE)
    keys: VaultKeys = opened._opened.keys  # type: ignore[attr-defined]  # noqa: SLF001 - past it
    return keys


def layouts_and_rows(profile: Path, file: Path) -> tuple[dict[str, Layout], Tables]:
    """What stands in a record, read by SQLite itself."""
    from clinic_desktop.storage.blank_record import BlankRecord

    engine = record_engine(file, keys_of(profile))
    try:
        with engine.connect() as connection:
            blank = BlankRecord(connection)
            tables = {name: list(blank.rows(layout)) for name, layout in blank.layouts.items()}
            return dict(blank.layouts), tables
    finally:
        engine.dispose()


def rows_read(profile: Path, layouts: dict[str, Layout]) -> Tables:
    """What the rescue reads of the damaged files, before anything stands in for the rest."""
    damaged = DamagedRecord(Places(profile).record(), keys_of(profile))
    gaps: dict[str, list[Gap]] = {name: [] for name in layouts}
    rows = {name: list(damaged.rows(layout, gaps[name])) for name, layout in layouts.items()}
    loose = damaged.loose(layouts, gaps)
    return {name: found + loose.get(name, []) for name, found in rows.items()}


@pytest.fixture(scope="module")
def truth(base: Path) -> tuple[dict[str, Layout], Tables]:
    return layouts_and_rows(base, Places(base).record())


@pytest.mark.parametrize("harm", [flipped, four_bytes, zeroed, swapped, cut])
def test_what_is_read_is_what_was_written(
    base: Path,
    truth: tuple[dict[str, Layout], Tables],
    profile: Path,
    tries: Tries,
    record_property: Record,
    harm: Harm,
) -> None:
    """Never another row, and never one twice; of an undamaged page every one."""
    chance, count = random.Random(24), tries(12, 400)
    layouts, tables = truth
    whole = sum(map(len, tables.values()))
    copy_of(base, profile)
    file = Places(profile).record()
    good = file.read_bytes()
    found = 0
    for _turn in range(count):
        file.write_bytes(harm(good, chance))
        for name, rows in rows_read(profile, layouts).items():
            assert len(rows) == len(set(rows)), name
            assert set(rows) <= set(tables[name]), name
            found += len(rows)
    name = harm.__name__.replace("_", " ")
    record_property(f"rescue, {name}: tried", count)
    record_property(f"rescue, {name}: rows read, all as written", f"{found} of {whole * count}")


class Nonsense:
    """Pages that are genuine, and some of which hold what nobody wrote."""

    def __init__(self, whole: Pages, chance: random.Random) -> None:
        self.numbers = whole.numbers
        self._pages = {number: whole.read(number) or bytes(PAGE) for number in whole.numbers}
        for number in chance.sample(list(whole.numbers), 6):
            page = bytearray(self._pages[number])
            for _byte in range(chance.choice((1, 8, 400))):
                page[chance.randrange(PAGE)] = chance.randrange(256)
            self._pages[number] = bytes(page)

    def read(self, number: int) -> bytes | None:
        return self._pages.get(number)


def test_pages_that_hold_nonsense_are_gaps_and_stop_nothing(
    base: Path, tries: Tries, record_property: Record
) -> None:
    """As an older page in the place of a newer one, or a fault of ours: it ends, and says no more
    than a gap."""
    chance, count, gaps = random.Random(25), tries(40, 2000), 0
    file, keys = Places(base).record(), keys_of(base)
    whole = Pages(file, log_of(file), keys)
    roots = DamagedRecord(file, keys)._roots  # noqa: SLF001 - nothing else shows it
    for _turn in range(count):
        pages: Any = Nonsense(whole, chance)
        for root in (1, *roots.values()):
            for keyed_by in (0, 1, 2, 3):
                found = list(walk(pages, Tree(root, keyed_by)))
                gaps += sum(isinstance(one, Gap) for one in found)
        free_pages(pages)
        for number in pages.numbers:
            rows_on(pages, number)
    record_property("rescue, pages of nonsense: tried", count)
    assert gaps


# -------------------------------------------------------------------- the whole rescue
@pytest.fixture(scope="module")
def crashed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after a crash, with some forty changes that are in the log only."""
    crashed = tmp_path_factory.mktemp("crashed") / "clinic"
    working = tmp_path_factory.mktemp("working") / "clinic"
    shutil.copytree(base, working)
    with signed_in(working) as session:
        save_on(session, lambda *_: None, 36)
        shutil.copytree(working, crashed)
    (Places(crashed).record().parent / "record.db-shm").unlink()
    return crashed


@pytest.fixture(scope="module")
def all_of_it(crashed: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    copy = tmp_path_factory.mktemp("truth") / "clinic"
    shutil.copytree(crashed, copy)
    return layouts_and_rows(copy, Places(copy).record())[1]


def on_the_log(harm: Harm) -> Harm:
    """The same harm, done to the log."""

    def harmed(content: bytes, chance: random.Random) -> bytes:
        return harm(content, chance)

    harmed.__name__ = f"log_{harm.__name__}"
    return harmed


LOG_HARMS = [on_the_log(harm) for harm in (flipped, zeroed, cut)]
CHARTED = ("findings", "notes", "retests", "plan_items", "documents", "addenda", "signatures")
STAMPS = 2
"""Who changed a row and when stand at its end: the trail names its own writer."""


@pytest.mark.parametrize("harm", [flipped, zeroed, swapped, cut, *LOG_HARMS])
def test_what_is_put_together_is_what_was_charted_or_says_that_it_is_not(
    crashed: Path,
    all_of_it: Tables,
    profile: Path,
    tries: Tries,
    record_property: Record,
    harm: Harm,
) -> None:
    """Every row of the new record is a row of the old one; a visit that lacks some is named; the
    pages, tables, references, trail and signatures of the new record hold."""
    chance, count = random.Random(26), tries(2, 60)
    saved = asked = 0
    for _turn in range(count):
        file = Places(copy_of(crashed, profile)).record()
        harmed = log_of(file) if harm in LOG_HARMS else file
        harmed.write_bytes(harm(harmed.read_bytes(), chance))
        before = {path: path.read_bytes() for path in (file, log_of(file))}
        report = rescue(door_of(profile).opened("anna", PASSPHRASE), now())
        assert all(path.read_bytes() == content for path, content in before.items())
        touched = {visit.visit_id for visit in report.touched}
        _layouts, found = layouts_and_rows(profile, Places(profile).record())
        for name in CHARTED:
            of_visit = 1 if name == "documents" else 0
            then = {row[: len(row) - STAMPS] for row in all_of_it[name]}
            there = {row[: len(row) - STAMPS] for row in found[name]}
            # A log that ends early gives the record of a moment before; that is told as a hole.
            assert there <= then or (harm in LOG_HARMS and report.holes), name
            if harm not in LOG_HARMS:
                assert {row[of_visit] for row in then - there} <= touched, name
            saved += len(there & then)
            asked += len(then)
        faults = check(door_of(profile).opened("anna", PASSPHRASE)).faults
        unexplained = sum(not hole.unreadable for hole in report.holes)
        assert len(faults) == unexplained + len(report.broken), faults
        assert not unexplained
    name = harm.__name__.replace("_", " ")
    record_property(f"put together, {name}: tried", count)
    record_property(f"put together, {name}: charted rows saved", f"{saved} of {asked}")
