"""Nobody sees a chart without a passphrase: the first start, signing in, and the lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.bootstrap import _DeskOpener
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.front_door import FrontDoor
from clinic_desktop.services.record import register_patient
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import PASSPHRASE, QUICK, make_clinic
from ui.main_window import MainWindow
from ui.reception import IDLE, Reception


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


class Arrival:
    """Somebody who comes to the computer."""

    def __init__(self, profile: Path, qtbot: QtBot) -> None:
        self.clock = Clock()
        self.opener = _DeskOpener()
        self.door = FrontDoor(FolderOfClinic(profile, QUICK), profile, self.clock)
        self.reception = Reception(
            self.door, lambda who: self.opener.desk_of(who, profile), self.clock
        )
        qtbot.addWidget(self.reception.entrance)
        self.reception.opened.connect(qtbot.addWidget)
        self.reception.open()

    @property
    def window(self) -> MainWindow:
        assert self.reception.window is not None
        return self.reception.window

    def types(self, name: str, text: str) -> None:
        line = self.reception.entrance.findChild(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        line.clear()
        QTest.keyClicks(line, text)

    def returns(self, name: str) -> None:
        line = self.reception.entrance.findChild(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def signs_in(self, passphrase: str = PASSPHRASE, name: str = "anna") -> None:
        self.types("sign_in_name", name)
        self.types("sign_in_passphrase", passphrase)
        self.returns("sign_in_passphrase")

    def is_told(self) -> str:
        page = self.reception.entrance.pages.currentWidget()
        labels = page.findChildren(QLabel, "entrance_problem")
        return next(label.text() for label in labels if isinstance(label, QLabel))


@pytest.fixture
def arrival(tmp_path: Path, qtbot: QtBot) -> Iterator[Arrival]:
    """A clinic with one therapist; nobody is signed in."""
    make_clinic(tmp_path / "clinic")
    arrived = Arrival(tmp_path / "clinic", qtbot)
    yield arrived
    arrived.opener.close()


def visible_windows() -> set[str]:
    return {type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible()}


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
    assert not first.isVisible()


@pytest.mark.parametrize(
    ("away", "locked"), [(IDLE - dt.timedelta(seconds=1), False), (IDLE, True)]
)
def test_left_alone_it_locks_by_the_clock_on_the_wall(
    arrival: Arrival, away: dt.timedelta, locked: bool
) -> None:
    """Also after a sleep: no timer ran, and the first key must not count as having been there."""
    arrival.signs_in()
    arrival.clock.now += away
    QTest.keyClick(arrival.window.home, Qt.Key.Key_A)
    assert arrival.reception.session is not None
    assert arrival.reception.session.locked == locked
    assert visible_windows() == ({"Entrance"} if locked else {"MainWindow"})


def test_a_clock_that_is_set_back_locks_nothing_at_once(arrival: Arrival) -> None:
    arrival.signs_in()
    arrival.clock.now -= dt.timedelta(hours=1)
    QTest.keyClick(arrival.window.home, Qt.Key.Key_A)
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
    arrival.window.toggle_palette()
    arrival.reception.lock()
    assert visible_windows() == {"Entrance"}
