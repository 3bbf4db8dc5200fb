"""The key sheet: what it says is what the keys do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from clinic_desktop.domain.values import ANSWERS, RESULTS, Key, Side
from tests.at_the_desk import CTRL, Therapist
from ui.palette.key_sheet import KeySheet

FORM_KEYS = {"=", "Ctrl+M", "Shift+N"}
"""Taken by the form itself; that they work is tried in the form's own tests."""


def opens_sheet(therapist: Therapist) -> KeySheet:
    """Ctrl+/."""
    therapist.presses(Qt.Key.Key_Slash, CTRL)
    found = therapist.widget("key_sheet")
    assert isinstance(found, KeySheet)
    return found


def groups(sheet: KeySheet) -> dict[str, dict[str, str]]:
    """What each key does, group by group."""
    return {group.title: dict(group.keys) for column in sheet.columns for group in column}


def test_the_sheet_has_exactly_the_shortcuts_of_the_window(therapist: Therapist) -> None:
    therapist.begins_visit()
    shown = groups(opens_sheet(therapist))
    on_sheet = {
        key for title in ("Everywhere", "In a visit", "Sections") for key in shown[title]
    } | FORM_KEYS & set(shown["On a field"])
    pressed = {shortcut.key().toString() for shortcut in therapist.window.findChildren(QShortcut)}
    letters = {key for key in pressed if key.startswith("Alt+") and key[4:].isalpha()}
    assert letters, "tests of a section are gone to by a letter"
    assert "Alt+letter" in shown["On a field"]
    assert on_sheet == pressed - letters | FORM_KEYS


def test_no_two_actions_share_a_key(therapist: Therapist) -> None:
    keys = [action.key for action in therapist.window.commands if action.key]
    assert len(set(keys)) == len(keys)
    assert all(QKeySequence(key).toString() == key for key in keys)


@pytest.mark.parametrize(
    ("title", "words", "finding"),
    [
        ("A test's result", RESULTS, Key("slr.result", Side.RIGHT)),
        ("An answer", ANSWERS, Key("slr.familiar", Side.RIGHT)),
    ],
)
def test_keys_of_answers_chart_what_the_sheet_says(
    therapist: Therapist, title: str, words: tuple[str, ...], finding: Key
) -> None:
    therapist.begins_visit()
    keys = groups(opens_sheet(therapist))[title]
    therapist.presses(Qt.Key.Key_Escape)
    assert len(keys) == len(words)
    for key, word in zip(keys, words, strict=True):
        therapist.page.go_to(finding)
        therapist.types(key)
        assert therapist.page.model.value(finding) == word


def test_it_opens_and_closes_by_its_key_and_closes_by_esc(therapist: Therapist) -> None:
    """And the keyboard is back where it was; the visit stays open."""
    therapist.begins_visit()
    therapist.page.go_to(Key("slr.angle", Side.RIGHT))
    therapist.types("5")
    sheet = opens_sheet(therapist)
    assert sheet.isVisible()
    therapist.types("9")
    opens_sheet(therapist)
    assert sheet.isHidden()
    opens_sheet(therapist)
    therapist.presses(Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert therapist.focus.objectName() == "slr.angle@right"
    therapist.types("8")
    assert therapist.stored.findings == {Key("slr.angle", Side.RIGHT): 58}


def test_it_shows_on_the_home_page_and_over_the_palette(therapist: Therapist) -> None:
    sheet = opens_sheet(therapist)
    assert sheet.isVisible()
    therapist.presses(Qt.Key.Key_K, CTRL)
    assert sheet.isHidden()
    assert therapist.focus.objectName() == "palette_input"
    opens_sheet(therapist)
    assert sheet.isVisible()
    assert therapist.widget("palette").isHidden()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 700)])
def test_it_fits_the_window(therapist: Therapist, size: tuple[int, int]) -> None:
    therapist.window.resize(*size)
    sheet = opens_sheet(therapist)
    assert sheet.rect() == therapist.window.rect()
    assert sheet.rect().contains(sheet.card.geometry())


def test_a_screen_reader_hears_all_of_it(therapist: Therapist) -> None:
    sheet = opens_sheet(therapist)
    assert sheet.accessibleName() == "All keys"
    said = sheet.accessibleDescription()
    assert "Ctrl+K All commands" in said
    assert "+ positive" in said
