"""Who may come in: passphrases that change, people who come and go, and the recovery sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.errors import ChartError, Refused, WrongPassphrase
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import record
from clinic_desktop.services.access import people
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.session import Session
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import PASSPHRASE, QUICK, file_of, make_clinic

ANOTHER = "seven grey geese flew"


@pytest.fixture
def door(tmp_path: Path) -> FrontDoor:
    """A clinic whose therapist Anna looks after it too."""
    make_clinic(tmp_path)
    now = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)
    return FrontDoor(FolderOfClinic(tmp_path, QUICK), tmp_path, lambda: now)


@pytest.fixture
def anna(door: FrontDoor) -> Iterator[Session]:
    """Anna, signed in."""
    session = door.sign_in("anna", PASSPHRASE)
    yield session
    session.lock()


def opens(door: FrontDoor, login: str, passphrase: str) -> bool:
    try:
        door.sign_in(login, passphrase).lock()
    except WrongPassphrase:
        return False
    return True


def test_another_passphrase_leaves_the_record_as_it_is_and_the_old_one_opens_nothing(
    door: FrontDoor, anna: Session, tmp_path: Path
) -> None:
    number = record.register_patient(anna.begin, anna.act(), Patient("Case A"))
    anna.lock()
    before = file_of(tmp_path).read_bytes()
    key = anna.user
    anna.unlock(PASSPHRASE)
    signer = anna.signer(PASSPHRASE).public_key
    with pytest.raises(WrongPassphrase):
        people.change_own_passphrase(anna, "whoever sits here", ANOTHER)
    with pytest.raises(ChartError, match="15 characters"):
        people.change_own_passphrase(anna, PASSPHRASE, "short")
    people.change_own_passphrase(anna, PASSPHRASE, ANOTHER)
    assert anna.signer(ANOTHER).public_key == signer, "signatures stay the same person's"
    anna.lock()
    assert not opens(door, "anna", PASSPHRASE)
    again = door.sign_in("anna", ANOTHER)
    assert again.user == key
    assert record.find_patients(again.begin, "case")[0].number == number
    again.lock()
    # Only what signing in writes has changed in it: nothing was encrypted anew.
    after = file_of(tmp_path).read_bytes()
    pages = range(0, len(before), 4096)
    same = sum(before[at : at + 4096] == after[at : at + 4096] for at in pages)
    assert same > 0.8 * len(pages)


def test_an_assistant_comes_charts_and_leaves(door: FrontDoor, anna: Session) -> None:
    ben = people.add_person(anna, NewUser("ben", "Ben", role=Role.ASSISTANT), ANOTHER)
    with pytest.raises(ChartError, match="already"):
        people.add_person(anna, NewUser("BEN", "Another Ben"), ANOTHER)
    session = door.sign_in("ben", ANOTHER)
    assert session.user == ben
    with pytest.raises(Refused):
        people.add_person(session, NewUser("x", "X"), ANOTHER)
    with pytest.raises(Refused):
        people.let_go(session, anna.user)
    session.lock()
    people.let_go(anna, ben)
    assert not opens(door, "ben", ANOTHER)
    assert [user.name for user in people.people(anna) if user.active] == ["Anna Muster"]
    people.let_in_again(anna, replace(ben, active=False), "ben", PASSPHRASE + " again")
    assert opens(door, "ben", PASSPHRASE + " again")


def test_somebody_is_always_left_who_lets_others_in(anna: Session) -> None:
    with pytest.raises(ChartError, match="their own"):
        people.let_go(anna, anna.user)
    with pytest.raises(ChartError, match="must be left"):
        people.change_person(anna, replace(anna.user, administers=False))
    people.change_person(anna, replace(anna.user, credentials="PT, DPT"))
    assert people.people(anna)[0].signature_name == "Anna Muster, PT, DPT"


def test_the_recovery_sheet_lets_somebody_in_who_forgot_the_passphrase(
    door: FrontDoor, anna: Session
) -> None:
    assert not anna.recoverable
    key = people.new_recovery_key(anna)
    letters = key.replace(" ", "")
    wrong = ("B" if letters[5] != "B" else "C").join((letters[:5], letters[6:]))
    with pytest.raises(ChartError, match="on the sheet"):
        people.keep_recovery_key(anna, key, wrong)
    people.keep_recovery_key(anna, key, letters.lower())
    assert door.files.recoverable
    before = anna.signer(PASSPHRASE).public_key
    anna.lock()
    with pytest.raises(WrongPassphrase):
        people.recover(door, wrong, "anna", ANOTHER)
    people.recover(door, key, "anna", ANOTHER)
    assert not opens(door, "anna", PASSPHRASE)
    again = door.sign_in("anna", ANOTHER)
    assert again.signer(ANOTHER).public_key != before, "nobody signs with a key they do not hold"
    with again.begin() as work:
        assert work.owner_of_key(before) == again.user.id, "what was signed still verifies"
    again.lock()


def test_an_earlier_sheet_opens_nothing_any_more(door: FrontDoor, anna: Session) -> None:
    old, new = people.new_recovery_key(anna), people.new_recovery_key(anna)
    people.keep_recovery_key(anna, old, old)
    people.keep_recovery_key(anna, new, new)
    with pytest.raises(WrongPassphrase):
        people.recover(door, old, "anna", ANOTHER)


def test_wrong_passphrases_stand_in_the_trail_once_somebody_can_write_it(door: FrontDoor) -> None:
    for _turn in range(2):
        assert not opens(door, "anna", "whoever tries here")
    session = door.sign_in("anna", PASSPHRASE)
    with session.begin() as work:
        found = work.audit_entries(AuditQuery(deeds=frozenset({Deed.SIGN_IN_FAILED})))
    assert [entry.reason.split(",")[0] for entry in found] == [
        "2 wrong passphrases for this name before"
    ]
    session.lock()
    assert door.files.attempts("anna").failed == 0


def test_who_signs_with_another_passphrase_is_told_that_it_is_not_hers(anna: Session) -> None:
    """Her name is known there: at the entrance it is not said which of the two is wrong."""
    with pytest.raises(WrongPassphrase, match=r"^This is not your passphrase\.$"):
        anna.signer("another one")
