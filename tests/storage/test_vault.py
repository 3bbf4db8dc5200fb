"""The keys' file: one passphrase opens one slot, and whatever is done to the file is noticed."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.errors import RecordUnavailable, WrongPassphrase
from clinic_desktop.storage import recovery
from clinic_desktop.storage.passphrase_cost import Cost
from clinic_desktop.storage.vault import OpenVault, Vault, new_vault
from clinic_desktop.storage.vault_file import read_vault, twin_of
from tests.records import PASSPHRASE, QUICK

ANOTHER = "seven grey geese flew"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A vault with Anna and Ben."""
    content, opened = new_vault("anna", PASSPHRASE, QUICK)
    path = tmp_path / "vault.json"
    vault = Vault(path)
    vault.begin(content)
    vault.add_user(opened, "ben", ANOTHER)
    return path


def test_each_opens_the_same_record_and_signs_as_themselves(file: Path) -> None:
    anna = Vault(file).unlock("anna", PASSPHRASE)
    ben = Vault(file).unlock("Ben", ANOTHER)
    assert anna.keys == ben.keys
    assert anna.user != ben.user
    assert anna.signer.public_key != ben.signer.public_key
    keys = (anna.keys.database, anna.keys.audit, anna.keys.anchor, anna.keys.backup)
    assert len(set(keys)) == 4
    assert "b'" not in repr(anna), "keys are never printed"


@pytest.mark.parametrize(
    ("login", "passphrase"),
    [("anna", ANOTHER), ("ben", PASSPHRASE), ("carl", PASSPHRASE), ("anna", PASSPHRASE + " ")],
)
def test_what_does_not_go_together_opens_nothing(file: Path, login: str, passphrase: str) -> None:
    with pytest.raises(WrongPassphrase):
        Vault(file).unlock(login, passphrase)


def test_letters_may_be_composed_in_any_way(tmp_path: Path) -> None:
    """Two keyboards write José in two ways."""
    typed = "José y los ríos azules"
    content, _opened = new_vault("anna", unicodedata.normalize("NFC", typed), QUICK)
    vault = Vault(tmp_path / "vault.json")
    vault.begin(content)
    vault.unlock("anna", unicodedata.normalize("NFD", typed))


def test_a_slot_pasted_under_another_name_opens_nothing(file: Path) -> None:
    """Ben's seal under Anna's name would let him act as her."""
    content = read_vault(file)
    anna, ben = content.slots
    body = json.loads(file.read_text())
    for slot in body["slots"]:
        if slot["id"] == anna.id:
            slot.update(master=ben.master.hex(), signing=ben.signing.hex(), salt=ben.salt.hex())
    _write_with_checksum(file, body)
    with pytest.raises(WrongPassphrase):
        Vault(file).unlock("anna", ANOTHER)


def _write_with_checksum(file: Path, body: dict[str, object]) -> None:
    import hashlib

    body.pop("sha256")
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    text = json.dumps(body | {"sha256": digest})
    file.write_text(text)
    twin_of(file).write_text(text)


def test_one_damaged_copy_is_put_right_from_the_other(file: Path) -> None:
    good = file.read_bytes()
    for path in (file, twin_of(file)):
        for harmed in (b"", good[:100], good.replace(b"anna", b"anne"), b"[" * 10_000):
            path.write_bytes(harmed)
            Vault(file).unlock("anna", PASSPHRASE)
            assert path.read_bytes() == good
        path.unlink()
        Vault(file).unlock("anna", PASSPHRASE)
        assert path.read_bytes() == good


def test_both_gone_is_said_in_words(file: Path) -> None:
    file.unlink()
    twin_of(file).write_bytes(b"{}")
    with pytest.raises(RecordUnavailable, match="backup"):
        Vault(file).unlock("anna", PASSPHRASE)


def test_stopped_at_any_step_of_a_change_exactly_one_passphrase_opens(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system call after which the process dies: each that the writing makes, in turn."""
    opened = Vault(file).unlock("anna", PASSPHRASE)
    before = (file.read_bytes(), twin_of(file).read_bytes())
    steps = 0
    while True:
        file.write_bytes(before[0])
        twin_of(file).write_bytes(before[1])
        with monkeypatch.context() as patched:
            finished = _change_until(opened, file, steps, patched)
        assert _opens(file, PASSPHRASE) != _opens(file, ANOTHER + " again")
        if finished:
            break
        steps += 1
    assert steps >= 6, "both copies are written, flushed and put in place"
    assert _opens(file, ANOTHER + " again")


def _change_until(opened: OpenVault, file: Path, steps: int, patched: pytest.MonkeyPatch) -> bool:
    left = [steps]

    def step(name: str, real: object) -> object:
        def call(*arguments: object, **more: object) -> object:
            if left[0] == 0:
                raise KeyboardInterrupt(name)
            left[0] -= 1
            assert callable(real)
            return real(*arguments, **more)

        return call

    for name in ("open", "fsync"):
        patched.setattr(os, name, step(name, getattr(os, name)))
    patched.setattr(Path, "replace", step("replace", Path.replace))
    try:
        Vault(file).change_passphrase(opened, ANOTHER + " again")
    except KeyboardInterrupt:
        return False
    return True


def _opens(file: Path, passphrase: str) -> bool:
    try:
        Vault(file).unlock("anna", passphrase)
    except WrongPassphrase:
        return False
    return True


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_is_read_as_it_was_written_and_no_other_way(secret: bytes) -> None:
    text = recovery.written(secret)
    assert recovery.read(text) == secret
    assert recovery.read(text.lower().replace(" ", "-")) == secret


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("ABCDEFGH234567"))
def test_one_mistyped_letter_of_a_recovery_key_is_noticed(
    secret: bytes, at: int, letter: str
) -> None:
    letters = recovery.written(secret).replace(" ", "")
    typed = letters[:at] + letter + letters[at + 1 :]
    assert (recovery.read(typed) is None) == (typed != letters)


def test_a_try_is_never_cheap() -> None:
    cost = Cost.calibrated()
    assert cost.memory_kib >= 64 * 1024
    assert cost.passes >= 3
