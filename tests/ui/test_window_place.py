"""The window comes up where it stood, on a screen that is there, and its file knows no patient."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.clinic.window_place import WindowPlace, load_place, save_place
from clinic_desktop.services.record import register_patient
from tests.arrivals import Arrival, visible_windows
from tests.canaries import CANARIES, found_in
from ui.widgets.text_sheet import TextSheet
from ui.window_place import first_size, fitting, swap

LAPTOP, BESIDE = QRect(0, 25, 1440, 875), QRect(1440, 0, 2560, 1415)


@pytest.mark.parametrize(
    ("place", "screens", "shown"),
    [
        (WindowPlace(40, 60, 1280, 800), [LAPTOP], QRect(40, 60, 1280, 800)),
        (WindowPlace(1600, 60, 1280, 800), [LAPTOP, BESIDE], QRect(1600, 60, 1280, 800)),
        (WindowPlace(1600, 60, 1280, 800), [LAPTOP], None),
        (WindowPlace(1300, 60, 1280, 800), [LAPTOP], None),
        (WindowPlace(40, -300, 1280, 800), [LAPTOP], None),
        (WindowPlace(40, 60, 2500, 1400), [LAPTOP], QRect(40, 60, 1440, 875)),
        (WindowPlace(40, 60, 0, 0), [LAPTOP], None),
        (WindowPlace(40, 60, 1280, 800), [], None),
    ],
)
def test_a_place_counts_only_where_a_screen_shows_enough_to_move_the_window_by(
    place: WindowPlace, screens: list[QRect], shown: QRect | None
) -> None:
    assert fitting(place, screens) == shown


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"x": 1}', '{"x": 1, "y": 1, "width": 1, "height": 1e9, "maximised": false}',
     '{"x": true, "y": 1, "width": 1, "height": 1, "maximised": false}',
     '{"x": 1, "y": 1, "width": 1, "height": 1, "maximised": 1}', "[" * 999, "\ud800"],
)  # fmt: skip
def test_a_file_that_says_nothing_of_use_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "window.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    assert load_place(tmp_path) is None


def test_what_is_kept_is_read_back_and_a_full_disk_stops_nobody(tmp_path: Path) -> None:
    place = WindowPlace(-1200, 8, 1300, 777, maximised=True)
    save_place(tmp_path, place)
    assert load_place(tmp_path) == place
    save_place(tmp_path / "gone", place)
    assert load_place(tmp_path / "gone") is None


def test_closed_and_started_again_it_stands_where_it_stood(arrival: Arrival, qtbot: QtBot) -> None:
    arrival.signs_in()
    desk = arrival.window.desk
    number = register_patient(desk.open_record, desk.act(), Patient(CANARIES[0]))
    arrival.window.begin_visit(number)
    arrival.window.setGeometry(7, 9, 1024, 710)
    arrival.window.close()
    file = arrival.door.folder / "window.json"
    assert found_in(file.read_text()) == []
    again = Arrival(arrival.door.folder, qtbot)
    assert again.reception.entrance.geometry() == QRect(7, 9, 1024, 710)
    again.signs_in()
    assert again.window.size().toTuple() == (1024, 710)
    again.window.showMaximized()
    again.reception.lock()
    assert json.loads(file.read_text())["maximised"]
    assert again.reception.entrance.isMaximized()
    again.signs_in()
    assert again.window.isMaximized()
    again.opener.close()


# -------------------------------------------------------------------- About and the support report
def text_of(arrival: Arrival, name: str) -> QPlainTextEdit:
    found = arrival.window.findChild(QPlainTextEdit, name)
    assert isinstance(found, QPlainTextEdit)
    return found


def test_about_says_versions_folder_licences_and_that_the_model_is_not_validated(
    arrival: Arrival,
) -> None:
    arrival.signs_in()
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    arrival.window.clinic.about_asked.emit()
    sheet = arrival.window.overlays.shown
    assert isinstance(sheet, TextSheet)
    said = text_of(arrival, "about_text").toPlainText()
    for words in ("Python\t3", "PySide6", "SQLCipher 4", "SQLAlchemy\t", "Apache-2.0"):
        assert words in said
    assert str(arrival.door.folder) in said
    assert "not validated" in sheet.intro.text()


def test_the_report_is_shown_in_full_before_it_is_saved_and_that_is_what_is_saved(
    arrival: Arrival, tmp_path: Path, qtbot: QtBot
) -> None:
    arrival.signs_in()
    desk = arrival.window.desk
    register_patient(desk.open_record, desk.act(), Patient(CANARIES[0]))
    action = next(one for one in arrival.window.commands if one.id == "support")
    arrival.window.do_action(action)
    sheet = arrival.window.overlays.shown
    assert isinstance(sheet, TextSheet)
    text = text_of(arrival, "support-report_text")
    assert not sheet.save_button.isEnabled(), "nothing is there yet"
    qtbot.waitUntil(lambda: bool(text.toPlainText()))
    sheet.save_to(tmp_path / "report.txt")
    saved = (tmp_path / "report.txt").read_text()
    assert saved == text.toPlainText() + "\n"
    assert "patients: 1" in saved
    assert found_in(saved) == []
    sheet.save_to(tmp_path / "none" / "report.txt")
    assert "report.txt" in sheet.said.text()
    arrival.reception.lock()
    assert visible_windows() == {"Entrance"}


@pytest.mark.parametrize(
    ("screen", "shown"),
    [
        (QSize(1920, 1080), QSize(1280, 800)),
        (QSize(1280, 800), QSize(1276, 764)),
        (QSize(1366, 740), QSize(1280, 704)),
        (QSize(800, 600), QSize(1280, 800)),
    ],
)
def test_the_first_window_has_room_on_a_small_laptop(screen: QSize, shown: QSize) -> None:
    """With the desktop's frame around it; its foot is not below the screen's edge."""
    assert first_size(QSize(1280, 800), QSize(1024, 700), screen) == shown


def test_who_comes_in_without_an_entrance_finds_the_window_where_the_desktop_puts_it(
    qtbot: QtBot,
) -> None:
    """As in the sample clinic. At 0, 0 its title would be above the screen, out of reach."""
    entrance, window = QWidget(), QWidget()
    for one in (entrance, window):
        qtbot.addWidget(one)
    entrance.resize(700, 500)
    swap(window, entrance)
    assert window.size() == QSize(700, 500)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_Moved)
    entrance.move(40, 60)
    swap(window, entrance)
    assert window.pos() == QPoint(40, 60)
