"""Tabs and buttons: what they say, and that keys and mouse do the same."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from tests.fingers import click, press
from ui.forms.tabs import SectionTab, SectionTabs
from ui.widgets.buttons import Button, Look

SECTIONS = [
    (section.id, load_catalogue_text().sections[section.id])
    for section in load_catalogue().sections
]


@pytest.fixture
def tabs(qtbot: QtBot) -> SectionTabs:
    """The tab bar as wide as the form."""
    bar = SectionTabs(SECTIONS)
    qtbot.addWidget(bar)
    bar.resize(784, 40)
    with qtbot.waitExposed(bar):
        bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    return bar


def tab(bar: SectionTabs, section: str) -> SectionTab:
    """One tab of the bar."""
    found = bar.findChild(SectionTab, f"section_{section}")
    assert isinstance(found, SectionTab)
    return found


@pytest.mark.parametrize(
    ("key", "section"), [(Qt.Key.Key_3, "nerves"), (Qt.Key.Key_9, "plan"), (Qt.Key.Key_0, "note")]
)
def test_alt_and_a_figure_choose_a_section(
    tabs: SectionTabs, qtbot: QtBot, key: Qt.Key, section: str
) -> None:
    with qtbot.waitSignal(tabs.chosen) as told:
        press(tabs, key, Qt.KeyboardModifier.AltModifier)
    assert told.args == [section]
    assert tabs.current() == section


def test_a_click_chooses_and_code_does_not_speak_up(tabs: SectionTabs, qtbot: QtBot) -> None:
    told: list[str] = []
    tabs.chosen.connect(told.append)
    tabs.set_current("gait")
    assert told == []
    click(tab(tabs, "back"), 10, 10)
    assert told == ["back"]


def test_arrows_go_along_the_bar(tabs: SectionTabs) -> None:
    here = tab(tabs, "story")
    here.setFocus()
    press(here, Qt.Key.Key_Left)
    assert tabs.current() == "note"
    assert tab(tabs, "note").hasFocus()


def test_a_tab_says_what_its_signs_say(tabs: SectionTabs) -> None:
    tabs.set_state("nerves", 25, flagged=True)
    tabs.set_state("story", 0)
    assert tab(tabs, "nerves").accessibleName() == "Nerves, a red flag comes from here, 25 open"
    assert tab(tabs, "story").accessibleName() == "Story, all charted"


def test_tabs_stand_side_by_side_within_the_bar(tabs: SectionTabs) -> None:
    for section, _label in SECTIONS:
        tabs.set_state(section, 38, flagged=section in ("nerves", "screen"))
    places = [tab(tabs, section).geometry() for section, _label in SECTIONS]
    for here, there in pairwise(places):
        assert here.right() + 1 == there.left()
    assert places[-1].right() < tabs.width()


@pytest.mark.parametrize("look", list(Look))
def test_a_button_is_pressed_by_mouse_and_by_space(qtbot: QtBot, look: Look) -> None:
    page = QWidget()
    button = Button("Sign", look, parent=page)
    button.resize(button.sizeHint())
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    click(button, 10, 10)
    press(button, Qt.Key.Key_Space)
    assert len(pressed) == 2
    enabled = button.grab().toImage()
    button.setEnabled(False)
    click(button, 10, 10)
    assert len(pressed) == 2
    assert button.grab().toImage() != enabled or look is Look.LINK
