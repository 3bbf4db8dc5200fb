"""Each call of our own code that writes a file fails in turn: it is the old one or the new one.

Lines 15 to 19 of reliability.md, section 7, for the keys, the count of wrong passphrases, the note
outside the record, papers handed out, backups, restores and the move to a new computer. As a rule
each call fails in one way, taken in turn, and of those of a backup every third; with `--long` each
call in each way. What was counted is printed at
the end of the run (`record_property`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.errors import WrongPassphrase
from clinic_desktop.services.access import people
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.services.safety.rescuing import rescue
from clinic_desktop.services.whole_files import hand_out
from clinic_desktop.storage.backups import UNTESTED, backups_in
from clinic_desktop.storage.generations import MARK
from clinic_desktop.storage.places import Places
from tests.faults.failing import HARMS, Fault, failing
from tests.faults.oracle import (
    ANOTHER,
    Ledger,
    door_of,
    good_backups,
    look,
    now,
    save_on,
    signed_in,
    told,
)
from tests.records import PASSPHRASE, make_clinic

pytestmark = pytest.mark.timeout(3600)

STOPPED = "stopped by hand"
Record = Callable[[str, object], None]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A clinic in which something was charted, and its ledger; each try works on a copy."""
    base = tmp_path / "base"
    make_clinic(base)
    with signed_in(base) as session:
        save_on(session, lambda *_: None, 5)
    return base


LEDGER = Ledger({1: 5})


@pytest.fixture
def each(
    base: Path, tmp_path: Path, request: pytest.FixtureRequest, record_property: Record
) -> Callable[..., Iterator[tuple[Path, Fault, str]]]:
    """Does something with a copy of the clinic, its n-th call failing, for each n and harm; gives
    the copy, the fault and what was said (empty: done)."""
    every = bool(request.config.getoption("--long"))

    def tried(does: Callable[[Path], object], apart: int = 1) -> Iterator[tuple[Path, Fault, str]]:
        struck = 0
        ended: set[str] = set()
        for place in count(step=1 if every else apart):
            harms = HARMS if every else (HARMS[place % len(HARMS)],)
            for harm in harms:
                profile = tmp_path / "clinic"
                shutil.rmtree(profile, ignore_errors=True)
                shutil.copytree(base, profile)
                # Of writes there are fewer than of calls: each in its turn too.
                fault = Fault(place // (1 if every or harm != "short" else 3), harm, profile)
                said = _said(does, profile, fault)
                if not fault.struck:
                    assert said == ""
                    ended.add(harm)
                struck += bool(fault.struck)
                yield profile, fault, said
            if ended >= set(HARMS) or (not every and ended - {"short"}):
                break
        record_property(f"calls that failed: {request.node.name.removeprefix('test_')}", struck)
        assert struck > 2

    return tried


def _said(does: Callable[[Path], object], profile: Path, fault: Fault) -> str:
    try:
        with failing(fault):
            return told(lambda: does(profile))
    except KeyboardInterrupt:
        return STOPPED


def _opens(profile: Path, typed: str) -> bool:
    try:
        door_of(profile).files.unlock("anna", typed)
    except WrongPassphrase:
        return False
    return True


Each = Callable[..., Iterator[tuple[Path, Fault, str]]]


def test_the_keys(each: Each) -> None:
    """One passphrase opens: the new one where the change was acknowledged, the old one where it was
    refused."""

    def change(profile: Path) -> None:
        door_of(profile).files.unlock("anna", PASSPHRASE).change_passphrase(ANOTHER)

    for profile, fault, said in each(change):
        new, old = _opens(profile, ANOTHER), _opens(profile, PASSPHRASE)
        assert new != old, fault
        assert said == STOPPED or new == (said == ""), (fault, said)


def test_a_new_user(each: Each) -> None:
    """Whoever can open the keys is known to the record, and the other way round."""

    def add(profile: Path) -> None:
        with signed_in(profile) as session:
            people.add_person(session, NewUser("ben", "Ben Beispiel", "PT"), ANOTHER)

    for profile, fault, said in each(add, 2):
        with signed_in(profile) as session:
            known = [user.name for user in people.people(session)]
            if said == "":
                assert set(session.logins()) == {"anna", "ben"}, fault
            elif said != STOPPED:
                assert session.logins() == ("anna",), (fault, said)
                assert known == ["Anna Muster"], (fault, said)
        look(profile, LEDGER)


def test_the_count_of_wrong_passphrases(each: Each) -> None:
    """It is written or not; a wrong passphrase opens nothing either way."""

    def guess(profile: Path) -> None:
        with pytest.raises(WrongPassphrase):
            door_of(profile).opened("anna", ANOTHER)

    for profile, fault, said in each(guess):
        failed = door_of(profile).files.attempts("anna").failed
        assert failed in (0, 1), fault
        assert said in ("", STOPPED), (fault, said)
        assert not list(profile.glob("*.part")) or fault.harm != "EIO"


def test_saving_and_the_note_outside(each: Each) -> None:
    """A note that cannot be written costs nothing: what was acknowledged stands, and opens."""
    done: list[int] = []

    def save(profile: Path) -> None:
        done.clear()
        with signed_in(profile) as session:
            save_on(session, lambda _visit, step: done.append(step), 2)

    for profile, fault, said in each(save):
        assert done == [1, 2] or said, fault
        look(profile, Ledger({1: 5} | ({2: done[-1]} if done else {})))


def test_a_paper_that_is_handed_out(each: Each, base: Path) -> None:
    """The file is the old one or the new one, and no half one lies beside it."""
    old, new = b"%PDF old", b"%PDF new" * 5000
    (base / "sheet.pdf").write_bytes(old)

    def out(profile: Path) -> None:
        hand_out(profile / "sheet.pdf", new)

    for profile, fault, said in each(out):
        found = (profile / "sheet.pdf").read_bytes()
        assert found in (old, new), fault
        assert said == STOPPED or (found == new) == (said == ""), (fault, said)
        if fault.harm in ("EIO", "ENOSPC", "short"):
            assert not list(profile.glob(".*.part")), fault


def test_a_backup(each: Each) -> None:
    """What is listed restores; what was refused is not listed, nor told as made."""

    def back_up(profile: Path) -> None:
        with signed_in(profile) as session:
            safekeeping.back_up(session)

    for profile, fault, said in each(back_up, 3):
        listed = good_backups(profile)
        assert said == STOPPED or listed == (said == ""), (fault, said)
        if fault.harm in ("EIO", "ENOSPC", "short"):
            left = list(Places(profile).backups.glob(f"*{UNTESTED}"))
            assert not left, (fault, left)
        look(profile, LEDGER)


def test_a_restore(each: Each, base: Path) -> None:
    """The record in use is whole, the old or the new one; what was refused did not happen, and the
    reason is the true one: a full disk is not a damaged backup."""
    with signed_in(base) as session:
        file = safekeeping.back_up(session).file
        save_on(session, lambda *_: None, 3)

    def restore(profile: Path) -> None:
        opened = door_of(profile).opened("anna", PASSPHRASE)
        safekeeping.restore_backup(opened, profile / "backups" / file.name, now())

    for profile, fault, said in each(restore):
        switched = Places(profile).generation() != "gen-0001"
        assert said == STOPPED or switched == (said == ""), (fault, said)
        assert "damaged" not in said or fault.harm == "short", (fault, said)
        look(profile, LEDGER if switched else Ledger({1: 5, 2: 3}))
        if said == "":
            assert restores_in(profile) == 1


def test_a_rescue(each: Each, base: Path) -> None:
    """The record in use is the damaged one, byte for byte, or what was put together of it."""
    with signed_in(base) as session:
        safekeeping.back_up(session)
        save_on(session, lambda *_: None, 3)
    file = Places(base).record()
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)

    def put_together(profile: Path) -> None:
        rescue(door_of(profile).opened("anna", PASSPHRASE), now())

    for profile, fault, said in each(put_together, 6):
        switched = Places(profile).generation() != "gen-0001"
        assert said == STOPPED or switched == (said == ""), (fault, said)
        assert (profile / "gen-0001" / "record.db").read_bytes() == bytes(content), fault
        if not switched:
            put_together(profile)
        look(profile, Ledger({1: 5, 2: 3}))
        # Where nothing could be removed, what is left is marked: the next start removes it.
        assert sum(not (path / MARK).exists() for path in profile.glob("gen-*")) == 2, fault


def restores_in(profile: Path) -> int:
    """How many restores stand in the audit trail."""
    record = door_of(profile).opened("anna", PASSPHRASE).open_record()
    try:
        with record.begin() as work:
            query = AuditQuery(deeds=frozenset({Deed.RESTORED}), limit=1000)
            return len(work.audit_entries(query))
    finally:
        record.close()


def test_a_clinic_moved_to_a_new_computer(each: Each, base: Path, tmp_path: Path) -> None:
    """It is there whole, or not there and can be tried again."""
    with signed_in(base) as session:
        file = safekeeping.back_up(session, tmp_path / "stick").file
    shutil.rmtree(base)
    base.mkdir()

    def move(profile: Path) -> None:
        safekeeping.restore_onto_new_computer(door_of(profile), file, "anna", PASSPHRASE)

    for profile, fault, said in each(move, 3):
        there = door_of(profile).clinic_exists
        assert said == STOPPED or there == (said == ""), (fault, said)
        if not there:
            move(profile)
        look(profile, LEDGER)
        assert backups_in(Places(profile).backups) == ()
