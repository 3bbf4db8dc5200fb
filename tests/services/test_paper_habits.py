"""How the clinic's papers look is remembered, and its settings stay its own."""

import os
from pathlib import Path

import pytest

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.settings import load_clinic
from clinic_desktop.services.papers.habits import PaperHabit, PaperHabits, load_habit

BY_HAND = """\
# Hillside, front desk: ask Ruth before you change this
[clinic]
name = "Hillside"   # as on the door
phone = '020 7946 0123'

[future]  # for a program of tomorrow
thing = [1, 2,
  3]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Settings that somebody wrote by hand."""
    file = tmp_path / "settings.toml"
    file.write_bytes(BY_HAND.encode())
    return file


def test_without_settings_a_paper_is_a4_in_normal_print(tmp_path: Path) -> None:
    """And looking for them makes no file."""
    assert PaperHabits(tmp_path / "nowhere").now == PaperHabit("a4", 14)
    assert PaperHabits(tmp_path).now == PaperHabits().now == PaperHabit()
    assert list(tmp_path.iterdir()) == []


def test_a_habit_is_written_where_the_clinics_settings_are_and_comments_stay(
    settings: Path,
) -> None:
    PaperHabits(settings.parent).remember(PaperHabit("letter", 18))
    assert settings.read_text() == BY_HAND + '\n[papers]\npaper = "letter"\ntext_size = 18\n'
    assert PaperHabits(settings.parent).now == PaperHabit("letter", 18)
    assert load_clinic(settings.parent) == Clinic("Hillside", "020 7946 0123")


def test_a_table_that_the_clinic_wrote_is_changed_in_its_place(settings: Path) -> None:
    settings.write_text("[papers] # ours\ntext_size = 12 # small, we fold it\n\n" + BY_HAND)
    habits = PaperHabits(settings.parent)
    assert habits.now == PaperHabit("a4", 12)
    habits.remember(PaperHabit("letter", 12))
    lines = settings.read_text().splitlines()
    assert lines[:2] == ["[papers] # ours", "text_size = 12 # small, we fold it"]
    lines.remove('paper = "letter"')
    assert lines[2:] == ["", *BY_HAND.splitlines()], "nothing else was touched"
    assert load_habit(settings.parent) == PaperHabit("letter", 12)


def test_the_first_habit_of_a_clinic_without_settings_makes_them(tmp_path: Path) -> None:
    PaperHabits(tmp_path).remember(PaperHabit("letter"))
    assert load_habit(tmp_path) == PaperHabit("letter")
    assert load_clinic(tmp_path).name == "Your clinic"
    assert [file.name for file in tmp_path.iterdir()] == ["settings.toml"]


def test_an_editor_of_another_system_finds_its_line_ends_and_its_mark(settings: Path) -> None:
    settings.write_bytes(b"\xef\xbb\xbf" + BY_HAND.replace("\n", "\r\n").encode())
    PaperHabits(settings.parent).remember(PaperHabit("letter"))
    content = settings.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# Hillside")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert load_habit(settings.parent) == PaperHabit("letter")


def test_the_same_habit_again_writes_nothing(settings: Path) -> None:
    PaperHabits(settings.parent).remember(PaperHabit())
    assert settings.read_bytes() == BY_HAND.encode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[papers]\npaper = "a5"\n', "papers.paper is one of a4, letter"),
        ("[papers]\npaper = 4\n", "papers.paper is one of a4, letter"),
        ("[papers]\ntext_size = 13\n", "papers.text_size is one of 12, 14, 18"),
        ("[papers]\ntext_size = true\n", "papers.text_size is one of 12, 14, 18"),
        ('[papers]\ntext_size = "14"\n', "papers.text_size is one of 12, 14, 18"),
        ("papers = 3\n", "papers must be a table"),
        ("[papers\n", "settings.toml"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(settings: Path, text: str, said: str) -> None:
    settings.write_text(text)
    with pytest.raises(ChartError, match=f"settings.toml: .*{said}|{said}"):
        PaperHabits(settings.parent)


def test_settings_that_broke_meanwhile_are_not_written_over(settings: Path) -> None:
    """Somebody has them open in an editor: her half sentence is hers."""
    habits = PaperHabits(settings.parent)
    settings.write_text("[clinic\n")
    with pytest.raises(ChartError, match=r"settings\.toml"):
        habits.remember(PaperHabit("letter"))
    assert settings.read_text() == "[clinic\n"
    assert habits.now == PaperHabit("letter"), "it holds until the program ends"


def test_a_full_disk_leaves_the_old_settings(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ChartError, match=r"settings\.toml: cannot be written: No space left"):
        PaperHabits(settings.parent).remember(PaperHabit("letter"))
    assert settings.read_bytes() == BY_HAND.encode()
    assert [file.name for file in settings.parent.iterdir()] == ["settings.toml"]
