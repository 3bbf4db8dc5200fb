"""Backup, restore drill, restore and check, as somebody does them at a terminal."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.record import register_patient
from tests.casefiles import whole_case
from tests.records import connected_clinic, file_of, make_clinic, signing_in
from tests.terminal import ROOT, Terminal


@pytest.fixture
def clinic(terminal: Terminal) -> Terminal:
    """A clinic with one patient."""
    assert terminal.chart(whole_case()).status == 0
    return terminal


def backup_of(clinic: Terminal) -> Path:
    ended = clinic.run("backup", "--to", clinic.folder / "stick", *clinic.signs_in)
    assert ended.status == 0, ended.err
    assert "1 patients, 2 visits, last signed note none" in ended.out
    (file,) = (clinic.folder / "stick").iterdir()
    return file


def test_a_backup_is_tried_and_nothing_changes(clinic: Terminal) -> None:
    file = backup_of(clinic)
    before = file_of(clinic.profile).read_bytes()
    ended = clinic.run("restore", file, *clinic.signs_in)
    assert ended.status == 0
    assert "The backup is good: 1 patients, 2 visits" in ended.out
    assert "Nothing was changed" in ended.out
    assert file_of(clinic.profile).read_bytes() == before


def test_a_damaged_record_is_told_and_the_backup_put_in_its_place(clinic: Terminal) -> None:
    file = backup_of(clinic)
    exported = clinic.export(1)
    record = file_of(clinic.profile)
    content = bytearray(record.read_bytes())
    for at in range(4096, len(content), 4096):
        content[at + 100] ^= 1
    record.write_bytes(content)
    ended = clinic.run("check", *clinic.signs_in)
    assert ended.status == 1
    assert "damaged" in ended.err
    assert clinic.run("restore", file, "--replace", *clinic.signs_in).status == 0
    assert clinic.export(1) == exported
    assert clinic.run("check", *clinic.signs_in).status == 0
    assert record.read_bytes() == content, "what was in use stays beside it"


def test_a_damaged_record_says_what_it_still_holds_and_is_put_together(clinic: Terminal) -> None:
    """First it only looks; `check` is content afterwards, and the chart is what it was."""
    backup_of(clinic)
    assert clinic.run("backup", "--to", clinic.profile / "backups", *clinic.signs_in).status == 0
    exported = clinic.export(1)
    record = file_of(clinic.profile)
    content = bytearray(record.read_bytes())
    content[100] ^= 1
    record.write_bytes(content)
    looked = clinic.run("rescue", *clinic.signs_in)
    assert looked.status == 0, looked.err
    assert "Read from the damaged file: patients 1, visits 2" in looked.out
    assert "Nothing was changed; --replace puts this in use." in looked.out
    assert "Quetzal" not in looked.out
    assert not (clinic.profile / "gen-0002").exists()
    done = clinic.run("rescue", "--replace", *clinic.signs_in)
    assert "This is in use now. The damaged file stays beside it." in done.out
    assert clinic.export(1) == exported
    assert clinic.run("check", *clinic.signs_in).status == 0
    assert record.read_bytes() == content


def test_a_new_computer_gets_the_clinic_out_of_a_backup(clinic: Terminal) -> None:
    file = backup_of(clinic)
    exported = clinic.export(1)
    shutil.rmtree(clinic.profile)
    key = signing_in(clinic.profile)
    nothing = clinic.run("restore", file, "--user", "anna", *key)
    assert (nothing.status, nothing.out) == (1, "")
    assert "--replace" in nothing.err
    wrong = clinic.run("restore", file, "--replace", "--user", "nobody", *key)
    assert wrong.status == 1
    assert clinic.run("restore", file, "--replace", "--user", "anna", *key).status == 0
    assert clinic.export(1) == exported


def test_another_clinics_backup_is_refused(clinic: Terminal, tmp_path: Path) -> None:
    file = backup_of(clinic)
    other = tmp_path / "other"
    key = clinic.folder / "another key"
    key.write_text("seven grey geese flew\n", encoding="utf-8")
    signs_in = ("--profile", other, "--key-file", key)
    assert clinic.run("new-clinic", "--name", "Other", "--user", "Ben", *signs_in).status == 0
    ended = clinic.run("restore", file, "--replace", *signs_in)
    assert ended.status == 1
    assert "another clinic" in ended.err


def test_check_says_that_all_is_well(clinic: Terminal) -> None:
    ended = clinic.run("check", *clinic.signs_in)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("All is well: ")


def test_check_tells_of_one_damaged_copy_of_the_keys_and_the_other_opens(clinic: Terminal) -> None:
    (clinic.profile / "vault.json").write_bytes(b"{}")
    ended = clinic.run("check", *clinic.signs_in)
    # Reading puts the damaged copy right.
    assert ended.status == 0
    assert (clinic.profile / "vault.json").read_bytes() == (
        clinic.profile / "vault.twin.json"
    ).read_bytes()


@pytest.mark.parametrize("lost", ["older file", "no log"])
def test_what_was_there_and_is_not_any_more_is_counted_at_the_next_opening(
    clinic: Terminal, lost: str
) -> None:
    """SQLite says nothing of either: a whole older file opens like a good one."""
    record = file_of(clinic.profile)
    older = record.read_bytes()
    database = connected_clinic(clinic.profile)
    act = Act("Anna", dt.datetime.now(dt.UTC))
    for name in ("Case B", "Case C", "Case D"):
        register_patient(database.begin, act, Patient(name))
    log = record.with_name(record.name + "-wal")
    assert log.stat().st_size > 0
    content = record.read_bytes()
    database.close()
    record.write_bytes(older if lost == "older file" else content)
    ended = clinic.run("chart", clinic.file(whole_case()), *clinic.signs_in)
    assert ended.status == 1
    assert "Entries are missing in the record" in ended.err
    assert "so 3 are missing" in ended.err or lost == "older file"


def test_a_clinic_that_lost_its_record_is_not_taken_for_a_new_one(clinic: Terminal) -> None:
    shutil.rmtree(clinic.profile / "gen-0001")
    ended = clinic.run("chart", clinic.file(whole_case()), *clinic.signs_in)
    assert ended.status == 1
    assert not (clinic.profile / "gen-0001" / "record.db").exists()
    make = ("new-clinic", "--name", "X", "--user", "Anna", *clinic.signs_in)
    assert "already" in clinic.run(*make).err


def test_two_clinics_in_one_folder_are_refused(tmp_path: Path, terminal: Terminal) -> None:
    make_clinic(terminal.profile)
    ended = terminal.run("new-clinic", "--name", "X", "--user", "Ben", *terminal.signs_in)
    assert ended.status == 1


WINDOW = """
import sys
from pathlib import Path
from ui.single import OnlyWindow
window = OnlyWindow(Path(sys.argv[1]))
print(window.take(), flush=True)
sys.stdin.readline()
"""


@contextmanager
def window_open_on(profile: Path) -> Iterator[None]:
    """A process that has the place of the one window of a clinic."""
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(profile)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "True\n"
        yield
        window.communicate("\n")


def test_no_record_is_replaced_under_an_open_window(clinic: Terminal) -> None:
    """What is typed there would be in a record that is no longer in use. Looking is free."""
    file = backup_of(clinic)
    with window_open_on(clinic.profile):
        for command in (("restore", file), ("rescue",)):
            ended = clinic.run(*command, "--replace", *clinic.signs_in)
            assert ended.status == 1
            assert "window of Clinic Desktop is open" in ended.err
            assert not (clinic.profile / "gen-0002").exists()
            assert clinic.run(*command, *clinic.signs_in).status == 0
    assert clinic.run("restore", file, "--replace", *clinic.signs_in).status == 0


def test_no_window_opens_on_a_record_that_is_being_replaced(clinic: Terminal) -> None:
    """It would show what is put aside a moment later; it says so, and can be tried again."""
    with window_open_on(clinic.profile):  # as the command holds its place: it answers nobody
        ended = subprocess.run(
            [sys.executable, "-m", "clinic_desktop", "--profile", str(clinic.profile)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert "a backup is being put in use" in ended.stderr


def test_what_is_written_after_a_restore_never_goes_into_the_record_that_was_put_aside(
    clinic: Terminal,
) -> None:
    """A command that has the record open meanwhile is told; it would have been lost in silence."""
    file = backup_of(clinic)
    record = connected_clinic(clinic.profile)
    act = Act("Anna", dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    try:
        assert clinic.run("restore", file, "--replace", *clinic.signs_in).status == 0
        with pytest.raises(RecordUnavailable, match="A backup was put in use meanwhile"):
            register_patient(record.begin, act, Patient("Case B"))
    finally:
        record.close()
