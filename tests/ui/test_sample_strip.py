"""The sample clinic in the window: offered at the entrance, marked over every page, gone by one
click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from clinic_desktop.services.clinic.sample_folder import PASSPHRASE, SAMPLE_FOLDER
from clinic_desktop.services.clinic.settings import SAMPLE
from clinic_desktop.services.clinic.settings_writing import write_settings
from clinic_desktop.services.desk import Desk
from tests.arrivals import Arrival
from tests.at_the_desk import CTRL, Therapist
from ui.entrance.sample_strip import SampleLink, SampleStrip, command
from ui.widgets.labels import Label


@pytest.fixture
def in_sample(desk: Desk, qtbot: QtBot) -> Therapist:
    """Somebody who looks around."""
    return Therapist(replace(desk, clinic=replace(desk.clinic, sample="SAMPLE")), qtbot)


def test_every_page_says_that_nobody_is_real(in_sample: Therapist) -> None:
    """Home, a visit, its sheet, the course: and the title of the window too."""
    strip = in_sample.widget("sample_strip")
    assert isinstance(strip, SampleStrip)
    assert "SAMPLE" in in_sample.window.windowTitle()
    in_sample.begins_visit()
    for opens in (
        in_sample.window.show_home,
        lambda: in_sample.window.begin_visit(1),
        lambda: in_sample.window.show_paper("note"),
        in_sample.window.go_back,
        in_sample.window.show_course,
    ):
        opens()
        assert strip.isVisible()
    assert "enter no real patient" in strip.words.text()


def test_a_real_clinic_has_no_such_line(therapist: Therapist) -> None:
    assert therapist.window.findChild(SampleStrip) is None
    assert "SAMPLE" not in therapist.window.windowTitle()


def test_one_click_asks_for_its_end(in_sample: Therapist, qtbot: QtBot) -> None:
    with qtbot.waitSignal(in_sample.window.sample_unwanted):
        in_sample.clicks("remove_sample")


def test_the_entrance_offers_it_and_starts_it_apart(qtbot: QtBot, tmp_path: Path) -> None:
    started: list[tuple[str, Sequence[str]]] = []

    def start(program: str, arguments: Sequence[str]) -> bool:
        started.append((program, arguments))
        return True

    offer = SampleLink(tmp_path, start=start)
    qtbot.addWidget(offer)
    assert not offer.isHidden()
    offer.button.click()
    assert started == [command(tmp_path)]
    program, arguments = started[0]
    assert Path(program).is_absolute()
    assert list(arguments[-3:]) == ["--profile", str(tmp_path), "sample"]
    assert not offer.button.isEnabled(), "a second click would start a second one"


def test_where_it_cannot_be_started_it_says_how_else(qtbot: QtBot, tmp_path: Path) -> None:
    offer = SampleLink(tmp_path, start=lambda _program, _arguments: False)
    qtbot.addWidget(offer)
    offer.button.click()
    said = [label.text() for label in offer.findChildren(Label)]
    assert any("could not be started" in words for words in said)
    assert offer.button.isEnabled()


def test_in_the_sample_itself_nothing_is_offered_and_the_passphrase_is_told(
    arrival: Arrival, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / SAMPLE_FOLDER
    folder.mkdir()
    write_settings(folder, {"clinic": {"name": "Sample clinic", SAMPLE: True}})
    offer = SampleLink(folder)
    qtbot.addWidget(offer)
    assert offer.isHidden()
    assert PASSPHRASE not in arrival.is_told()


def test_it_is_found_by_typing(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_K, CTRL)
    therapist.types("sample clinic")
    therapist.presses(Qt.Key.Key_Return)
    told = therapist.widget("palette_told")
    assert isinstance(told, Label)
    assert told.text() == "Nobody is signed in."


def test_the_remove_link_is_named(in_sample: Therapist) -> None:
    link = in_sample.widget("remove_sample")
    assert isinstance(link, QAbstractButton)
    assert link.text() == "Remove the sample clinic"
