"""Settings in the window: found by typing, held at once, and nobody else's to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.people import add_person
from clinic_desktop.services.clinic.clinic_settings import settings
from clinic_desktop.services.clinic.settings import load_clinic
from clinic_desktop.services.clinic.window_habits import WindowHabit, load_window_habit
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.words.distances import in_use, install
from tests.arrivals import Arrival, visible_windows
from ui import style
from ui.clinic.settings import SettingsCard
from ui.palette.palette import Palette
from ui.sheets.about_sheet import AboutSheet
from ui.widgets.labels import Label


@pytest.fixture(autouse=True)
def in_light(qapp: QApplication) -> Iterator[None]:
    """Each story begins and ends in light colours."""
    style.apply(qapp, style.Scheme.LIGHT)
    yield
    style.apply(qapp, style.Scheme.LIGHT)


def card_of(arrival: Arrival) -> SettingsCard:
    """The settings on the clinic's page."""
    if arrival.window.clinic is None:
        arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    return arrival.window.clinic.settings


def types(arrival: Arrival, setting: str, text: str) -> None:
    """Type into a line in place of what stands there, and leave it with Return."""
    line = card_of(arrival).findChild(QLineEdit, f"setting_{setting}")
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def said(arrival: Arrival, setting: str) -> str:
    """What stands beside a setting."""
    label = card_of(arrival).findChild(Label, f"setting_{setting}_said")
    assert isinstance(label, Label)
    return label.text()


def comes_in(arrival: Arrival) -> None:
    """Sign in, and wait until the window has the keyboard."""
    arrival.signs_in()
    arrival.window.activateWindow()
    assert QTest.qWaitForWindowActive(arrival.window)


def chooses_in_palette(arrival: Arrival, words: str) -> None:
    window = arrival.window
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.overlays.toggle_palette()
    palette = window.findChild(Palette)
    assert isinstance(palette, Palette)
    QTest.keyClicks(palette.input.line, words)
    QTest.keyClick(palette.input.line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("dark", "scheme"), ("until it locks", "lock_after"), ("usual paper", "paper"),
        ("emergency", "emergency_phone"), ("logo", "logo"), ("clinic's name", "name"),
    ],
)  # fmt: skip
def test_a_setting_is_found_by_typing_and_has_the_keyboard(
    arrival: Arrival, words: str, setting: str
) -> None:
    arrival.signs_in()
    chooses_in_palette(arrival, words)
    control: QWidget = card_of(arrival).control_of(setting)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is control or control.isAncestorOf(focus)


def test_each_setting_says_what_it_means(arrival: Arrival) -> None:
    arrival.signs_in()
    for setting in settings():
        assert said(arrival, setting.id) == setting.meaning
        assert "\n" not in setting.meaning


def test_another_scheme_shows_at_once_and_at_the_next_start(arrival: Arrival) -> None:
    arrival.signs_in()
    window = arrival.window
    QTest.keyClick(card_of(arrival).scheme, Qt.Key.Key_K)
    assert style.theme().dark
    assert arrival.window is window
    assert load_window_habit(arrival.door.folder) == WindowHabit("dark")
    QTest.keyClick(card_of(arrival).scheme, Qt.Key.Key_L)
    assert not style.theme().dark


def test_distances_are_told_in_miles_from_now_on(arrival: Arrival) -> None:
    arrival.signs_in()
    assert in_use() == "km"
    try:
        QTest.keyClick(card_of(arrival).distance, Qt.Key.Key_M)
        assert in_use() == "miles"
        assert load_clinic(arrival.door.folder).distance == "miles"
        assert "reads the same" in said(arrival, "distance")
    finally:
        install("km")


def test_the_clinics_name_stands_on_the_page_and_on_paper_at_once(arrival: Arrival) -> None:
    arrival.signs_in()
    types(arrival, "name", "Riverside Running")
    types(arrival, "emergency_phone", "112")
    assert said(arrival, "name").startswith("Kept.")
    assert load_clinic(arrival.door.folder).emergency_phone == "112"
    assert arrival.window.desk.clinic.name == "Riverside Running"
    arrival.window.go_back()
    shown = [label.text() for label in arrival.window.home.findChildren(Label)]
    assert "Riverside Running" in shown


def test_a_clinic_without_a_name_is_refused_beside_the_line_and_what_was_typed_stays(
    arrival: Arrival,
) -> None:
    arrival.signs_in()
    before = load_clinic(arrival.door.folder)
    types(arrival, "name", " ")
    assert "clinic's name" in said(arrival, "name")
    assert card_of(arrival).text_of("name") == " "
    assert load_clinic(arrival.door.folder) == before


def test_a_line_that_was_not_left_is_kept_when_the_page_goes_and_when_it_locks(
    arrival: Arrival,
) -> None:
    arrival.signs_in()
    for text, leaves in (
        ("555 0100", arrival.window.go_back),
        ("555 0199", arrival.reception.lock),
    ):
        line = card_of(arrival).findChild(QLineEdit, "setting_phone")
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.setText(text)
        leaves()
        assert load_clinic(arrival.door.folder).phone == text


@pytest.mark.parametrize("typed", ["0", "16", "five", "", "1.5", "-3"])
def test_a_time_that_is_none_is_refused_and_the_old_one_holds(arrival: Arrival, typed: str) -> None:
    arrival.signs_in()
    line = card_of(arrival).findChild(QLineEdit, "setting_lock_after")
    assert isinstance(line, QLineEdit)
    line.setText(typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "from 1 to 15" in said(arrival, "lock_after")
    assert arrival.door.window_habits.now.lock_after == 5


def test_a_shorter_time_holds_from_now_on(arrival: Arrival) -> None:
    arrival.signs_in()
    types(arrival, "lock_after", "1")
    arrival.clock.now += WindowHabit(lock_after=1).idle
    QTest.qWaitForWindowActive(arrival.window)
    QTest.keyClick(arrival.window.windowHandle(), Qt.Key.Key_A)
    assert visible_windows() == {"Entrance"}


def test_a_logo_is_shown_and_a_file_that_is_none_refused(arrival: Arrival, tmp_path: Path) -> None:
    arrival.signs_in()
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(tmp_path / "ours.png"))
    (tmp_path / "half.png").write_bytes((tmp_path / "ours.png").read_bytes()[:20])
    logo = card_of(arrival).logo
    logo.chosen.emit(tmp_path / "half.png")
    assert "cannot be read as a picture" in said(arrival, "logo")
    assert arrival.window.desk.clinic.logo == b""
    logo.chosen.emit(tmp_path / "ours.png")
    assert arrival.window.desk.clinic.logo == (tmp_path / "ours.png").read_bytes()
    assert logo.picture.accessibleName() == "the logo"
    logo.none_button.click()
    assert arrival.window.desk.clinic.logo == b""


def test_who_does_not_look_after_the_clinic_reads_its_settings_and_chooses_the_colours(
    arrival: Arrival,
) -> None:
    anna = arrival.door.sign_in("anna", "the blue kettle sings")
    add_person(anna, NewUser("ben", "Ben", "", Role.THERAPIST), "seven grey geese flew")
    anna.lock()
    arrival.signs_in("seven grey geese flew", "ben")
    card = card_of(arrival)
    lines = [
        line
        for line in card.findChildren(QLineEdit)
        if isinstance(line, QLineEdit) and line is not card.search.line
    ]
    assert len(lines) == 5
    assert all(line.isReadOnly() for line in lines)
    assert card.paper.is_locked()
    assert card.text_size.is_locked()
    assert not card.logo.choose_button.isVisible()
    assert not card.scheme.is_locked()
    QTest.keyClick(card.scheme, Qt.Key.Key_K)
    assert style.theme().dark


def test_settings_that_cannot_be_read_are_told_when_the_window_opens(arrival: Arrival) -> None:
    (arrival.door.folder / "settings.toml").write_text("[window]\nlock_after = 600\n")
    del arrival.door.window_habits
    again = type(arrival.reception)(
        arrival.door, lambda who: arrival.opener.desk_of(who, arrival.door.folder), arrival.clock
    )
    again.let_in(arrival.door.sign_in("anna", "the blue kettle sings"))
    assert again.window is not None
    assert "lock_after" in again.window.messages.words.text()
    again.window.close()


def test_one_key_opens_the_settings_and_typing_finds_one(arrival: Arrival) -> None:
    """Ctrl+comma from anywhere; a word of its name, of its meaning, or of how it may be sought."""
    comes_in(arrival)
    QTest.keyClick(arrival.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    card = card_of(arrival)
    line = QApplication.focusWidget()
    assert line is card.search.line
    QTest.keyClicks(line, "dark")
    assert list(card.found) == ["scheme"]
    card.search.line.clear()
    QTest.keyClicks(line, "phone")
    assert list(card.found) == ["phone"]
    card.search.line.clear()
    QTest.keyClicks(line, "passphrase minutes")
    assert list(card.found) == []
    card.search.line.clear()
    assert set(card.found) == {one.id for one in settings()}


def test_a_change_is_taken_back_by_one_key_or_its_toast(arrival: Arrival) -> None:
    """What was taken back is in use, and in the file, like any other change."""
    comes_in(arrival)
    card = card_of(arrival)
    before = load_clinic(arrival.door.folder).phone
    types(arrival, "phone", "555 0199")
    types(arrival, "lock_after", "7")
    assert card.toast.isVisible()
    assert "Locks after" in card.toast.words.text()
    card.toast.undo.click()
    assert load_window_habit(arrival.door.folder).lock_after == 5
    assert card.text_of("lock_after") == "5"
    card.search.line.setFocus()
    QTest.keyClick(arrival.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert load_clinic(arrival.door.folder).phone == before
    assert not card.can_undo


def test_what_was_refused_is_nothing_to_take_back(arrival: Arrival) -> None:
    arrival.signs_in()
    types(arrival, "lock_after", "99")
    assert not card_of(arrival).can_undo
    assert not card_of(arrival).toast.isVisible()


def test_the_first_steps_lead_to_the_recovery_sheet_until_there_is_one(arrival: Arrival) -> None:
    comes_in(arrival)
    steps = arrival.window.home.first_steps
    assert steps.isVisible()
    link = steps.findChild(QWidget, "first_recovery")
    assert isinstance(link, QAbstractButton)
    link.click()
    clinic = arrival.window.clinic
    assert clinic is not None
    assert clinic.recovery is not None
    assert clinic.recovery.make_button.hasFocus()


def test_about_opens_the_data_folder_and_shows_the_licences_in_full(
    arrival: Arrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    arrival.signs_in()
    arrival.window.overlays.toggle_about()
    sheet = arrival.window.findChild(AboutSheet)
    assert isinstance(sheet, AboutSheet)
    assert str(arrival.door.folder) in sheet.text.toPlainText()
    sheet.folder_button.click()
    assert opened == [str(arrival.door.folder)]
    assert "opened no window" in sheet.said.text()
    sheet.licences_button.click()
    assert "Apache License" in sheet.text.toPlainText()
    assert "PySide6_Essentials names its licence" in sheet.text.toPlainText()
    sheet.licences_button.click()
    assert str(arrival.door.folder) in sheet.text.toPlainText()


def test_who_sets_something_in_a_visit_is_back_in_its_section_afterwards(
    arrival: Arrival,
) -> None:
    """Also where the language was changed there, which builds the window again."""
    comes_in(arrival)
    desk = arrival.window.desk
    number = register_patient(desk.open_record, desk.act(), Patient("Case A"))
    arrival.window.begin_visit(number)
    visit = arrival.window.visit
    assert visit is not None
    visit.open_section("nerves")
    arrival.window.show_clinic("scheme")
    arrival.reception.speak("es")
    arrival.window.go_back()
    back = arrival.window.visit
    assert back is not None
    assert back.isVisible()
    assert back.chart.number == number
    assert back.tabs.current() == "nerves"
    arrival.window.show_home()
    arrival.window.show_clinic()
    arrival.window.go_back()
    assert arrival.window.visit is None


def test_a_setting_is_found_taken_by_return_and_chosen_by_its_place(arrival: Arrival) -> None:
    """Digits as on every choice of the form; a digit for which there is no choice does nothing."""
    comes_in(arrival)
    card = card_of(arrival)
    card.begin_finding()
    QTest.keyClicks(card.search.line, "colour")
    QTest.keyClick(card.search.line, Qt.Key.Key_Return)
    assert card.scheme.hasFocus()
    QTest.keyClicks(card.scheme, "3")
    assert card.scheme.value() == "dark"
    QTest.keyClicks(card.scheme, "9")
    assert card.scheme.value() == "dark"
    QTest.keyClicks(card.scheme, "1")
    assert card.scheme.value() == "system"
