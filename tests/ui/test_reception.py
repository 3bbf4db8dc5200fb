"""Nobody sees a chart without a passphrase: the first start, signing in, and the lock."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.clinic.window_habits import WindowHabit
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.visit.entries import remove_entry, removed_entries
from tests.arrivals import Arrival, visible_windows
from tests.records import PASSPHRASE, file_of
from tests.settled import all_done
from ui.widgets.buttons import Button

IDLE = WindowHabit().idle


def test_the_first_start_makes_the_clinic_and_lands_on_the_home_page(
    tmp_path: Path, qtbot: QtBot
) -> None:
    arrival = Arrival(tmp_path / "new", qtbot)
    for name, text in (
        ("clinic_name", "Riverside Running Clinic"),
        ("user_name", "Anna Muster"),
        ("new_passphrase", PASSPHRASE),
        ("new_passphrase_again", PASSPHRASE[:-1]),
    ):
        arrival.types(name, text)
    arrival.returns("new_passphrase_again")
    assert "not the same" in arrival.is_told()
    assert not arrival.door.clinic_exists
    arrival.types("new_passphrase_again", PASSPHRASE)
    arrival.returns("new_passphrase_again")
    assert visible_windows() == {"MainWindow"}
    assert arrival.window.desk.clinic.name == "Riverside Running Clinic"
    assert arrival.window.desk.who == "Anna Muster"
    arrival.opener.close()


def test_a_wrong_passphrase_is_said_beside_the_fields_and_shows_nothing(arrival: Arrival) -> None:
    arrival.signs_in("not the passphrase")
    assert "do not go together" in arrival.is_told()
    assert visible_windows() == {"Entrance"}
    arrival.signs_in()
    assert visible_windows() == {"MainWindow"}


def test_a_locked_window_shows_nothing_opens_nothing_and_goes_on_as_it_was(
    arrival: Arrival,
) -> None:
    arrival.signs_in()
    window, session = arrival.window, arrival.reception.session
    assert session is not None
    desk = window.desk
    number = register_patient(desk.open_record, desk.act(), Patient("Case A"))
    window.begin_visit(number)
    page = window.visit
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert visible_windows() == {"Entrance"}
    assert session.locked
    with pytest.raises(RecordUnavailable, match="locked"):
        desk.open_record()
    texts = [w.text() for w in arrival.reception.entrance.findChildren(QLabel)]
    assert not any("Case A" in text for text in texts)
    arrival.signs_in()
    assert arrival.window is window
    assert window.visit is page
    assert visible_windows() == {"MainWindow"}
    with desk.open_record() as work:
        assert work.count_patients() == 1


def test_somebody_else_does_not_see_what_was_open(arrival: Arrival) -> None:
    arrival.signs_in()
    first = arrival.window
    number = register_patient(first.desk.open_record, first.desk.act(), Patient("Case A"))
    first.begin_visit(number)
    arrival.reception.lock()
    someone = arrival.door.sign_in("anna", PASSPHRASE)
    arrival.reception.let_in(someone)
    assert arrival.window is not first
    assert arrival.window.visit is None
    assert not isValid(first) or not first.isVisible()


@pytest.mark.parametrize(
    ("away", "locked"), [(IDLE - dt.timedelta(seconds=1), False), (IDLE, True)]
)
def test_left_alone_it_locks_by_the_clock_on_the_wall(
    arrival: Arrival, away: dt.timedelta, locked: bool
) -> None:
    """Also after a sleep: no timer ran, and the first key must not count as having been there."""
    arrival.signs_in()
    QTest.qWaitForWindowActive(arrival.window)
    arrival.clock.now += away
    QTest.keyClick(arrival.window.windowHandle(), Qt.Key.Key_A)
    assert arrival.reception.session is not None
    assert arrival.reception.session.locked == locked
    assert visible_windows() == ({"Entrance"} if locked else {"MainWindow"})


def test_a_computer_that_slept_wakes_up_locked(arrival: Arrival) -> None:
    arrival.signs_in()
    arrival.reception._look()  # noqa: SLF001 - as its timer does
    assert visible_windows() == {"MainWindow"}
    arrival.clock.now += dt.timedelta(minutes=2)
    arrival.reception._look()  # noqa: SLF001 - the first time after waking
    assert visible_windows() == {"Entrance"}


def test_a_clock_that_is_set_back_locks_nothing_at_once(arrival: Arrival) -> None:
    arrival.signs_in()
    QTest.qWaitForWindowActive(arrival.window)
    arrival.clock.now -= dt.timedelta(hours=1)
    QTest.keyClick(arrival.window.windowHandle(), Qt.Key.Key_A)
    assert visible_windows() == {"MainWindow"}


def test_the_clipboard_is_empty_behind_the_lock(arrival: Arrival) -> None:
    arrival.signs_in()
    QApplication.clipboard().setText("Case A, right leg")
    arrival.reception.lock()
    assert QApplication.clipboard().text() == ""


def test_windows_over_the_page_are_gone_too(arrival: Arrival, qtbot: QtBot) -> None:
    arrival.signs_in()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    arrival.window.overlays.toggle_palette()
    arrival.reception.lock()
    assert visible_windows() == {"Entrance"}


# -------------------------------------------------------------------- the clinic behind the charts
def test_a_backup_is_made_and_tried_beside_the_window_and_put_in_use(
    arrival: Arrival, qtbot: QtBot
) -> None:
    arrival.signs_in()
    desk = arrival.window.desk
    register_patient(desk.open_record, desk.act(), Patient("Case A"))
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    card = arrival.window.clinic.backups
    assert card is not None
    card.back_up()
    qtbot.waitUntil(lambda: "1 patients" in card.said.text())
    assert arrival.reception.session is not None
    ((file, _moment),) = arrival.reception.session.opened.backups()
    register_patient(desk.open_record, desk.act(), Patient("Case B"))
    card.drill(file)
    qtbot.waitUntil(card.use.isVisible)
    card.use.click()
    assert visible_windows() == {"Entrance"}
    all_done()
    assert "1 patients" in arrival.is_told()
    arrival.signs_in()
    with arrival.window.desk.open_record() as work:
        assert work.count_patients() == 1
    assert len(arrival.reception.session.opened.backups()) == 2, "what was in use was backed up"


def test_a_damaged_record_is_told_and_the_newest_good_backup_offered(
    arrival: Arrival, tmp_path: Path
) -> None:
    arrival.signs_in()
    desk = arrival.window.desk
    register_patient(desk.open_record, desk.act(), Patient("Case A"))
    arrival.reception.back_up()
    all_done()
    arrival.window.close()
    file = file_of(tmp_path / "clinic")
    file.write_bytes(b"\xff" * file.stat().st_size)
    arrival.reception.entrance.ask()
    arrival.signs_in()
    assert "damaged" in arrival.is_told()
    button = arrival.reception.entrance.sign_in.restore_button
    assert button.isVisible()
    button.click()
    all_done()
    assert visible_windows() == {"MainWindow"}
    with arrival.window.desk.open_record() as work:
        assert work.count_patients() == 1


def test_what_is_missing_is_told_with_its_number_and_gone_on_with_only_on_purpose(
    arrival: Arrival, tmp_path: Path
) -> None:
    """A whole older file was put back."""
    arrival.signs_in()
    file = file_of(tmp_path / "clinic")
    arrival.reception.lock()
    older = file.read_bytes()
    arrival.signs_in()
    desk = arrival.window.desk
    register_patient(desk.open_record, desk.act(), Patient("Case A"))
    arrival.reception.lock()
    file.write_bytes(older)
    arrival.reception.entrance.ask()
    arrival.signs_in()
    assert "Entries are missing" in arrival.is_told()
    button = arrival.reception.entrance.sign_in.go_on_button
    assert button.isVisible()
    assert visible_windows() == {"Entrance"}
    button.click()
    all_done()
    assert visible_windows() == {"MainWindow"}
    with arrival.window.desk.open_record() as work:
        assert work.count_patients() == 0


def test_closing_makes_a_backup_where_something_changed(arrival: Arrival, tmp_path: Path) -> None:
    arrival.signs_in()
    arrival.window.close()
    assert len(list((tmp_path / "clinic" / "backups").glob("*.clinic-backup"))) == 1
    assert arrival.reception.session is not None
    assert arrival.reception.session.locked


def test_somebody_new_is_entered_and_signs_in(arrival: Arrival) -> None:
    arrival.signs_in()
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    card = arrival.window.clinic.people
    assert card is not None
    for name, text in (
        ("person_name", "Ben"),
        ("person_passphrase", "seven grey geese flew"),
        ("person_passphrase_again", "seven grey geese flew"),
    ):
        line = card.findChild(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        QTest.keyClicks(line, text)
    card.enter()
    assert "choose the role" in card.form.problem.text()
    card.role.show_value("assistant")
    card.enter()
    all_done()
    assert card.form.problem.text() == ""
    arrival.reception.lock()
    arrival.signs_in("seven grey geese flew", "Ben")
    assert arrival.window.desk.who == "Ben"
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    assert arrival.window.clinic.people is None, "not part of an assistant's role"
    assert arrival.window.clinic.backups is None


def test_the_recovery_sheet_is_saved_read_back_and_lets_her_in(
    arrival: Arrival, tmp_path: Path
) -> None:
    arrival.signs_in()
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    card = arrival.window.clinic.recovery
    assert card is not None
    card.save_to(tmp_path / "sheet.pdf")
    text = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    key = " ".join(re.findall(r"\b[A-Z2-7]{4}\b", text))
    assert len(key.replace(" ", "")) == 56
    line = card.findChild(QLineEdit, "recovery_key")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, key)
    card.keep()
    all_done()
    assert "Lock it away" in card.form.problem.text()
    arrival.reception.lock()
    arrival.reception.entrance.sign_in.forgotten.click()
    arrival.types("recover_key", key.lower())
    for name in ("recover_passphrase", "recover_passphrase_again"):
        arrival.types(name, "seven grey geese flew")
    arrival.returns("recover_passphrase_again")
    arrival.signs_in("seven grey geese flew")
    assert visible_windows() == {"MainWindow"}


def test_a_backup_older_than_a_day_is_followed_by_one_at_once_and_a_failure_is_told(
    arrival: Arrival, tmp_path: Path, qtbot: QtBot
) -> None:
    arrival.signs_in()
    arrival.reception.back_up()
    all_done()
    arrival.reception.lock()
    arrival.clock.now += dt.timedelta(hours=25)
    arrival.signs_in()
    folder = tmp_path / "clinic" / "backups"
    qtbot.waitUntil(lambda: len(list(folder.glob("*.clinic-backup"))) == 2)
    all_done()
    arrival.reception.lock()
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")
    arrival.signs_in()
    arrival.reception.back_up()
    qtbot.waitUntil(lambda: "cannot be used" in arrival.window.messages.words.text())


def test_two_entries_of_one_person_are_listed_and_one_taken_out_comes_back(
    arrival: Arrival,
) -> None:
    arrival.signs_in()
    desk = arrival.window.desk
    born = dt.date(1982, 3, 14)
    first = register_patient(desk.open_record, desk.act(), Patient("Anna-Lena Quist", born))
    second = register_patient(desk.open_record, desk.act(), Patient("Quist, Anna Lena", born))
    wrong = register_patient(desk.open_record, desk.act(), Patient("Nobody"))
    remove_entry(desk.open_record, desk.act(), wrong, "entered twice by mistake")
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    card = arrival.window.clinic.entries
    assert card is not None
    all_done()
    told = [label.text() for label in card.findChildren(QLabel)]
    assert any("one person?" in text and f"{first:06d}" in text for text in told)
    assert any("entered twice by mistake" in text for text in told)
    buttons = {button.text(): button for button in card.findChildren(Button)}
    buttons["Bring back"].click()
    all_done()
    assert not removed_entries(desk.open_record)
    buttons = {button.text(): button for button in card.findChildren(Button)}
    buttons[f"{second:06d}"].click()
    assert arrival.window.visit is not None
    assert arrival.window.visit.chart.number == second
