"""The manual: every picture is there and small, every key and every word is the program's."""

import re
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton

import resources
from clinic_desktop.domain.values import ANSWERS, RESULTS
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.words.translation import LANGUAGES
from tests.at_the_desk import Therapist
from tests.pictures.for_manual import MANUAL, PICTURES, pictures_in, scenes_of_manual
from ui.forms.words import key_of
from ui.main_window import LEAST_SIZE, USUAL_SIZE
from ui.palette.key_sheet import key_groups
from ui.sheets.manual_sheet import ManualSheet
from ui.widgets.keys import (
    HELP_KEY,
    NEXT_TEST_KEY,
    REMARK_KEY,
    REST_NO_KEY,
    SAME_KEY,
    SAME_TEST_KEY,
    SIGN_KEY,
    section_key,
)

ROOT = Path(__file__).resolve().parents[2]
TEXT = MANUAL.read_text(encoding="utf-8")
MOST_BYTES = 2_000_000
TYPED = {"Tab", "Del", "Down", "Return", "Esc"}
"""Keys that every program has."""


def named_pictures() -> list[str]:
    """Files that the manual shows."""
    return re.findall(r"!\[[^\]]+\]\((pictures/[^)]+)\)", TEXT)


def test_every_picture_is_there_and_none_is_left_over() -> None:
    named = named_pictures()
    assert named
    assert sorted(named) == sorted(f"pictures/{file.name}" for file in PICTURES.glob("*.png"))
    assert [f"pictures/{scene.name}.png" for scene in scenes_of_manual()] == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_each_picture(language: str) -> None:
    taken = {file.name for file in pictures_in(language).glob("*.png")}
    assert taken == {f"{scene.name}.png" for scene in scenes_of_manual()}


def test_the_pictures_are_small_and_whole() -> None:
    sizes = {LEAST_SIZE, USUAL_SIZE}
    for file in PICTURES.rglob("*.png"):
        with Image.open(file) as picture:
            assert picture.mode == "P", file.name
            assert picture.size in sizes, file.name
    assert sum(file.stat().st_size for file in PICTURES.rglob("*.png")) < MOST_BYTES


def test_every_key_in_it_is_a_key_of_the_program(therapist: Therapist) -> None:
    actions = {action.key for action in therapist.window.commands if action.key}
    sheet = {
        key
        for column in key_groups(therapist.window.commands)
        for group in column
        for key, _does in group.keys
    }
    fields = {
        HELP_KEY, NEXT_TEST_KEY, REMARK_KEY, REST_NO_KEY, SAME_KEY, SAME_TEST_KEY, SIGN_KEY,
        *map(key_of, (*RESULTS, *ANSWERS)),
        *(section_key(place) for place in range(len(load_catalogue().sections))),
    }  # fmt: skip
    named = set(re.findall(r"`([^`]+)`", TEXT))
    assert named - actions - sheet - fields - TYPED == set()
    assert all(QKeySequence(key).toString() for key in named)


def test_what_it_says_of_a_key_is_what_the_key_does(therapist: Therapist) -> None:
    """The sentences that would mislead if a key were given to something else."""
    does = {action.key: action.id for action in therapist.window.commands if action.key}
    for key, action, words in (
        ("Ctrl+N", "new_patient", "enters a new patient"),
        ("Ctrl+J", "ask_next", "goes there"),
        ("Ctrl+P", "handout", "shows the sheet"),
        ("Ctrl+D", "changes", "shows what changed"),
        ("Ctrl+B", "board", "opens the board"),
        ("Ctrl+Return", "sign_visit", "signs"),
        ("F2", "history", "tells who charted a field"),
        ("Ctrl+,", "settings", "opens the settings"),
        ("Ctrl+L", "lock", "locks"),
        ("Ctrl+K", "commands", "finds every command"),
        ("Ctrl+/", "keys", "shows all keys"),
    ):
        assert does[key] == action
        assert f"`{key}` {words}" in " ".join(TEXT.split())


def test_every_word_in_bold_stands_on_the_screen() -> None:
    """They are texts of the program, as the translators have them."""
    texts = {
        text.replace("\\n", "\n")
        for file in ("ui", "services")
        for text in re.findall(
            r'^msgid "(.+)"$',
            (ROOT / f"resources/locale/es/{file}.po").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }
    named = set(re.findall(r"\*\*([^*]+)\*\*", TEXT)) - {"in bold"}
    assert {word for word in named if word not in texts} == set()


def test_it_opens_at_home_by_one_key_and_its_chapters_lead_into_it(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_F1)
    manual = therapist.widget("manual")
    assert isinstance(manual, ManualSheet)
    assert manual.isVisible()
    chapters = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert [link.text() for link in manual.chapters] == chapters
    last = manual.chapters[-1]
    assert isinstance(last, QAbstractButton)
    last.click()
    assert manual.page.verticalScrollBar().value() > 0
    therapist.presses(Qt.Key.Key_Escape)
    assert not manual.isVisible()
    assert therapist.focus is therapist.window.home.search_box.line


@pytest.mark.parametrize("name", ["manual.md", *named_pictures()])
def test_the_program_finds_its_pages(name: str) -> None:
    """In the source tree; the wheel is tried in test_wheel.py."""
    assert resources.document(name)


def test_readme_and_the_computer_persons_page_are_linked() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/manual.md)" in readme
    assert "(docs/safekeeping.md)" in readme
