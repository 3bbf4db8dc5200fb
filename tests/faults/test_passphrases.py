"""Guessing: the wait grows and stays, whatever happens meanwhile; and one passphrase, typed anyhow.

Lines 46 and 47 of reliability.md, section 7. (A clock set back: `test_races_and_clocks.py`.)
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from clinic_desktop.domain.errors import ChartError, WrongPassphrase
from clinic_desktop.domain.signing_in import LONGEST_WAIT
from clinic_desktop.services.access import people
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.storage import passphrase_cost
from clinic_desktop.storage.places import Places
from tests.faults.oracle import ANOTHER, door_of, now, signed_in, told
from tests.records import PASSPHRASE, make_clinic

GUESSES = 20
Record = Callable[[str, object], None]


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = now()

    def __call__(self) -> dt.datetime:
        return self.now


def test_the_wait_after_wrong_passphrases_outlives_restarts_and_a_restored_record(
    tmp_path: Path,
) -> None:
    """Twenty guesses, each as soon as it is taken, by a program that is started anew for each; in
    the middle an older record and the keys' file are put back."""
    profile, clock = tmp_path / "clinic", Clock()
    make_clinic(profile)
    with signed_in(profile) as session:
        file = safekeeping.back_up(session).file
    opened = door_of(profile).opened("anna", PASSPHRASE)
    keys = Places(profile).vault.read_bytes()
    waits: list[dt.timedelta] = []
    for guess in range(GUESSES):
        with pytest.raises(WrongPassphrase):
            door_of(profile, clock).sign_in("anna", ANOTHER)
        waits.append(door_of(profile).files.attempts("anna").wait(clock.now))
        if waits[-1]:
            said = told(lambda: door_of(profile, clock).sign_in("anna", PASSPHRASE))
            assert "Too many wrong passphrases" in said, "the right one waits too"
        if guess == GUESSES // 2:
            safekeeping.restore_backup(opened, file, now())
            Places(profile).vault.write_bytes(keys)
            assert door_of(profile).files.attempts("anna").wait(clock.now) == waits[-1]
        clock.now += waits[-1]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    door_of(profile, clock).sign_in("anna", PASSPHRASE).lock()
    assert door_of(profile).files.attempts("anna").failed == 0


def test_an_unknown_name_costs_the_same_work_as_a_known_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Record
) -> None:
    """So that no time tells who works here: the same derivations, of the same cost, and the same
    words."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    derived: list[tuple[int, int, int]] = []
    real = passphrase_cost.Cost.key

    def key(cost: passphrase_cost.Cost, passphrase: str, salt: bytes) -> bytes:
        derived.append((cost.memory_kib, cost.passes, cost.lanes))
        return real(cost, passphrase, salt)

    monkeypatch.setattr(passphrase_cost.Cost, "key", key)
    seen = {}
    for name in ("anna", "nobody", "anna ", "ANNA", "", "x" * 10_000, "a\0b"):
        derived.clear()
        seen[name] = (told(partial(door_of(profile).opened, name, ANOTHER)), *derived)
    record_property("names tried, each with the same work and words", len(seen))
    assert len(set(seen.values())) == 1, seen


TYPED_ANYHOW = {
    "composed": "zwölf süße Äpfel fielen",
    "with a mark of its own": "twelve\0green apples fell",
    "leading and trailing blanks": "  twelve green apples fell  ",
    "a tab and a line end": "twelve\tgreen apples\nfell",
    "signs of another script": "十二個の緑のりんごが落ちました",
    "a million signs": "twelve green apples " * 50_000,
}


@pytest.mark.parametrize("typed", TYPED_ANYHOW.values(), ids=TYPED_ANYHOW)
def test_one_passphrase_gives_one_result_however_it_is_typed(tmp_path: Path, typed: str) -> None:
    """It is taken and opens from then on, or it is refused in words and the old one opens."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    with signed_in(profile) as session:
        refused = told(lambda: people.change_own_passphrase(session, PASSPHRASE, typed))
    opens = PASSPHRASE if refused else typed
    for _again in range(3):
        for form in ("NFC", "NFD"):
            with signed_in(profile, unicodedata.normalize(form, opens)):
                pass
    for other in (typed[:-1], f"{typed}x", "", PASSPHRASE if not refused else typed):
        with pytest.raises(ChartError):
            door_of(profile).opened("anna", other)
