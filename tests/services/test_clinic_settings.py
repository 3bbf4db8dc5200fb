"""The clinic's settings: who may change them, what is refused, and what stays as it was."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.errors import ChartError, Refused
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.people import add_person
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.clinic import clinic_settings
from clinic_desktop.services.clinic.settings import load_clinic
from clinic_desktop.services.clinic.window_habits import (
    WindowHabit,
    WindowHabits,
    load_window_habit,
)
from clinic_desktop.services.papers.habits import PaperHabit, PaperHabits, load_habit
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import PASSPHRASE, QUICK, make_clinic

BY_HAND = """\
# Hillside, front desk: ask Ruth before you change this
[clinic]
name = "Hillside"   # as on the door
address = '''1 High Street
Hillside'''
distance = "miles"

[future]  # for a program of tomorrow
thing = [1, 2,
  3]
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"a small picture"
JPEG = b"\xff\xd8\xff" + b"another"


@pytest.fixture
def door(tmp_path: Path) -> FrontDoor:
    """A clinic whose settings somebody wrote by hand."""
    folder = tmp_path / "clinic"
    make_clinic(folder)
    (folder / "settings.toml").write_text(BY_HAND)
    now = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)
    return FrontDoor(FolderOfClinic(folder, QUICK), folder, lambda: now)


@pytest.fixture
def anna(door: FrontDoor) -> Iterator[Session]:
    """Anna, who looks after the clinic."""
    session = door.sign_in("anna", PASSPHRASE)
    yield session
    session.lock()


def written(session: Session) -> str:
    return (session.folder / "settings.toml").read_text()


def test_one_line_is_changed_and_all_else_stays_as_it_was_written(anna: Session) -> None:
    clinic_settings.change_lines(anna, {"name": " Hillside Running "})
    assert written(anna) == BY_HAND.replace('"Hillside"   #', '"Hillside Running"   #')
    clinic_settings.change_lines(anna, {"phone": "020 7946 0123", "address": ""})
    clinic = load_clinic(anna.folder)
    assert (clinic.name, clinic.phone, clinic.address) == ("Hillside Running", "020 7946 0123", "")
    assert clinic.distance == "miles"
    assert "# as on the door" in written(anna)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ({"name": "  "}, "clinic's name"),
        ({"phone": "0" * 501}, "Phone: 501 characters"),
        ({"address": "1 High\u202e Street"}, "Address holds"),
    ],
)
def test_what_no_paper_can_hold_is_refused_and_nothing_is_written(
    anna: Session, lines: dict[str, str], why: str
) -> None:
    with pytest.raises(ChartError, match=why):
        clinic_settings.change_lines(anna, {"emergency_phone": "999", **lines})
    assert written(anna) == BY_HAND


def test_a_logo_is_copied_beside_the_settings_and_the_one_before_goes(
    anna: Session, tmp_path: Path
) -> None:
    (tmp_path / "our logo.png").write_bytes(PNG)
    (tmp_path / "new.jpeg").write_bytes(JPEG)
    clinic_settings.change_logo(anna, tmp_path / "our logo.png")
    assert load_clinic(anna.folder).logo == PNG
    clinic_settings.change_logo(anna, tmp_path / "new.jpeg")
    assert load_clinic(anna.folder).logo == JPEG
    assert len(list(anna.folder.glob("logo-*"))) == 1
    clinic_settings.change_logo(anna, None)
    assert load_clinic(anna.folder).logo == b""
    assert written(anna) == BY_HAND
    assert list(anna.folder.glob("logo-*")) == []
    assert (tmp_path / "new.jpeg").exists(), "the clinic's own file is not ours to delete"


@pytest.mark.parametrize(
    ("content", "why"), [(b"GIF89a", "neither"), (PNG + bytes(2_000_000), "larger"), (None, "no ")]
)
def test_what_is_no_logo_is_refused(
    anna: Session, tmp_path: Path, content: bytes | None, why: str
) -> None:
    file = tmp_path / "logo.png"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ChartError, match=why):
        clinic_settings.change_logo(anna, file)
    assert written(anna) == BY_HAND


def test_who_does_not_look_after_the_clinic_changes_nothing_of_it(
    door: FrontDoor, anna: Session
) -> None:
    add_person(anna, NewUser("ben", "Ben", "", Role.THERAPIST), "seven grey geese flew")
    ben = door.sign_in("ben", "seven grey geese flew")
    papers = PaperHabits(ben.folder)
    changes: tuple[Callable[[], None], ...] = (
        lambda: clinic_settings.change_lines(ben, {"name": "Ben's"}),
        lambda: clinic_settings.change_logo(ben, None),
        lambda: clinic_settings.change_lock(ben, 15),
        lambda: clinic_settings.change_papers(ben, papers, PaperHabit("letter")),
    )
    for change in changes:
        with pytest.raises(Refused, match="looks after"):
            change()
    assert written(ben) == BY_HAND
    ben.window_habits.remember(replace(ben.window_habits.now, scheme="dark"))
    assert load_window_habit(ben.folder) == WindowHabit("dark", 5), "colours are everybody's"
    ben.lock()


def test_time_until_it_locks_and_papers_are_kept(anna: Session) -> None:
    clinic_settings.change_lock(anna, 2)
    clinic_settings.change_papers(anna, PaperHabits(anna.folder), PaperHabit("letter", 18))
    assert load_window_habit(anna.folder) == WindowHabit("system", 2)
    assert load_habit(anna.folder) == PaperHabit("letter", 18)
    assert written(anna).startswith(BY_HAND)


@pytest.mark.parametrize(
    "table",
    [
        "lock_after = 0", "lock_after = 16", "lock_after = true", "lock_after = 5.0",
        'lock_after = "5"', 'scheme = "pink"', "scheme = 1", "scheme = []",
    ],
)  # fmt: skip
def test_a_habit_that_cannot_be_read_is_told_and_the_usual_holds(
    tmp_path: Path, table: str
) -> None:
    """A window that never locks must not come of a slip of the pen."""
    (tmp_path / "settings.toml").write_text(f"[window]\n{table}\n")
    habits = WindowHabits(tmp_path)
    assert habits.now == WindowHabit("system", 5)
    assert table.split()[0] in habits.problem


def test_without_settings_nothing_is_wrong_and_no_file_is_made(tmp_path: Path) -> None:
    assert WindowHabits(tmp_path).problem == WindowHabits(tmp_path / "none").problem == ""
    assert list(tmp_path.iterdir()) == []
