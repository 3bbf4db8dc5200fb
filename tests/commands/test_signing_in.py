"""Making a clinic and signing in without a window: the passphrase never stands in the command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.records import PASSPHRASE
from tests.terminal import ARTICLE, Terminal


@pytest.fixture
def key(terminal: Terminal) -> Path:
    """A file with a passphrase that is taken."""
    path = terminal.folder / "key"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


def new_clinic(terminal: Terminal, key: Path, *more: str) -> tuple[int, str]:
    ended = terminal.run(
        *("new-clinic", "--name", "Run clinic", "--user", "Anna Muster", "--key-file", key),
        *("--profile", terminal.profile, *more),
    )
    return ended.status, ended.out or ended.err


def test_a_clinic_is_made_once_and_nothing_in_it_can_be_read(terminal: Terminal, key: Path) -> None:
    assert new_clinic(terminal, key) == (0, "The clinic is there; Anna Muster signs in.\n")
    assert terminal.run("chart", ARTICLE, "--profile", terminal.profile, "--key-file", key).out == (
        "1\n"
    )
    status, said = new_clinic(terminal, key)
    assert (status, said) == (1, "There is a clinic in this folder already.\n")
    for file in terminal.profile.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert b"Case A" not in content
        assert PASSPHRASE.encode() not in content


@pytest.mark.parametrize(
    ("passphrase", "says"),
    [
        ("too short", "15 characters"),
        ("passwordpassword", "first to be guessed"),
        ("aaaaaaaaaaaaaaaaaa", "first to be guessed"),
        ("Anna Muster Anna Muster", "first to be guessed"),
    ],
)
def test_a_passphrase_that_would_soon_be_guessed_makes_no_clinic(
    terminal: Terminal, key: Path, passphrase: str, says: str
) -> None:
    key.write_text(passphrase, encoding="utf-8")
    status, said = new_clinic(terminal, key)
    assert status == 1
    assert says in said
    assert not terminal.profile.exists()


def test_without_a_clinic_nobody_is_asked_for_a_passphrase(terminal: Terminal) -> None:
    ended = terminal.run("chart", ARTICLE, "--profile", terminal.profile)
    assert ended.status == 1
    assert "no clinic in this folder yet" in ended.err


def test_a_wrong_passphrase_an_unknown_name_and_none_are_told_in_one_line(
    terminal: Terminal, key: Path
) -> None:
    signs_in = terminal.signs_in
    chart = ("chart", ARTICLE, *signs_in[:2])
    assert terminal.run(*chart).err == (
        "a passphrase is needed: give --passphrase-fd N or --key-file FILE\n"
    )
    key.write_text("not the passphrase", encoding="utf-8")
    together = "This name and passphrase do not go together.\n"
    assert terminal.run(*chart, "--key-file", key).err == together
    assert terminal.run(*chart, *signs_in[2:], "--user", "nobody").err == together
    assert terminal.run(*chart, "--key-file", key.with_name("none")).status == 1


def test_a_passphrase_from_a_file_descriptor(terminal: Terminal) -> None:
    profile = terminal.signs_in[:2]
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode())
    os.close(writing)
    try:
        ended = terminal.run("chart", ARTICLE, *profile, "--passphrase-fd", str(reading))
    finally:
        os.close(reading)
    assert (ended.status, ended.out) == (0, "1\n")


def test_after_some_wrong_passphrases_the_next_one_waits_also_after_a_restart(
    terminal: Terminal, key: Path
) -> None:
    """The count stands outside the record, and each command is a start of its own."""
    chart = ("chart", ARTICLE, *terminal.signs_in[:2])
    key.write_text("not the passphrase", encoding="utf-8")
    said = [terminal.run(*chart, "--key-file", key).err for _ in range(6)]
    assert all("do not go together" in line for line in said[:5])
    assert "Too many wrong passphrases" in said[5]
    right = terminal.run(*chart, *terminal.signs_in[2:])
    assert right.status == 1
    assert "Too many wrong passphrases" in right.err
