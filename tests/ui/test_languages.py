"""The window speaks another language at once, and whoever sits there loses nothing by it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.clinic.window_habits import load_window_habit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue_text
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.words.translation import chosen, in_use
from tests.arrivals import Arrival, visible_windows
from tests.settled import all_done
from ui.forms.typed import TypedInput
from ui.languages import speak
from ui.main_window import MainWindow
from ui.papers.handout_preview import HandoutPreview
from ui.sheets.field_help import FieldHelp
from ui.sheets.manual_sheet import ManualSheet
from ui.visit import page as visit_page
from ui.widgets.buttons import Button

ANGLE = Key("slr.angle", Side.RIGHT)


@pytest.fixture
def inside(arrival: Arrival) -> Arrival:
    """The same, and she has signed in."""
    arrival.signs_in()
    arrival.window.activateWindow()
    QTest.qWaitForWindowActive(arrival.window)
    return arrival


def begin_visit(window: MainWindow) -> None:
    desk = window.desk
    window.begin_visit(register_patient(desk.open_record, desk.act(), Patient("Case A")))


def press(keys: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keySequence(target, keys)
    QApplication.processEvents()


def types(text: str) -> None:
    for sign in text:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, sign)


def speaks(arrival: Arrival, words: str) -> None:
    """Chooses a language in the command palette, by a few letters."""
    press("Ctrl+K")
    types(words)
    press("Return")
    QTest.qWaitForWindowActive(arrival.window)
    QApplication.processEvents()


def child(window: QWidget, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def line(window: QWidget, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_a_switch_in_the_middle_of_a_visit_loses_nothing(inside: Arrival) -> None:
    before = inside.window
    begin_visit(before)
    page = before.visit
    assert page is not None
    page.go_to(ANGLE)
    types("58")
    page.go_to(Key("slr.angle", Side.LEFT))
    types("9999")
    press("Left")
    speaks(inside, "espanol")

    after = inside.window
    assert after is not before
    assert in_use() == "es"
    assert after.visit is not None
    assert after.visit.tabs.current() == page.tabs.current()
    assert after.visit.model.value(ANGLE) == 58
    field = QApplication.focusWidget()
    assert isinstance(field, TypedInput)
    assert field.objectName() == "slr.angle@left"
    assert field.typed() == "9999"
    assert field.described_error()
    press("Backspace")  # the caret stands where it stood, before the last figure
    assert field.typed() == "999"
    while after.visit.model.editor.can_undo:
        after.visit.model.editor.undo()
    assert after.visit.model.value(ANGLE) is None
    assert load_window_habit(inside.door.folder).language == "es"


def test_the_way_back_is_found_by_whoever_cannot_read_the_window(inside: Arrival) -> None:
    speaks(inside, "espanol")
    assert in_use() == "es"
    speaks(inside, "english")
    assert in_use() == "en"
    assert inside.window.visit is None


def test_what_is_typed_on_the_home_page_stays(inside: Arrival) -> None:
    press("Ctrl+N")
    types("Maria Jo")
    press("Return")
    types("31-02-19")
    before = inside.window
    speaks(inside, "espanol")
    after = inside.window
    assert after is not before
    assert not after.home.form.isHidden()
    lines = {one.objectName(): one.text() for one in after.home.form.findChildren(QLineEdit)}
    assert sorted(lines.values()) == ["31-02-19", "Maria Jo"]
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.text() == "31-02-19"


def test_a_setting_that_is_half_typed_stays_half_typed(inside: Arrival) -> None:
    inside.window.show_clinic("phone")
    types("555 01")
    inside.reception.speak("es")
    QApplication.processEvents()
    clinic = inside.window.clinic
    assert clinic is not None
    assert clinic.settings.text_of("phone") == "555 01"
    assert QApplication.focusWidget() is line(inside.window, "setting_phone")


def test_the_language_is_chosen_among_the_settings(inside: Arrival) -> None:
    inside.window.show_clinic("language")
    assert inside.window.clinic is not None
    assert inside.window.clinic.settings.language.value() == "system"
    types("2")  # each language has its place, whichever language the window speaks
    QApplication.processEvents()
    assert in_use() == "es"
    clinic = inside.window.clinic
    assert clinic is not None
    assert clinic.settings.language.value() == "es"
    assert QApplication.focusWidget() is clinic.settings.language
    assert load_window_habit(inside.door.folder).language == "es"


def test_the_open_preview_stays_open(inside: Arrival) -> None:
    begin_visit(inside.window)
    inside.window.show_paper("letter")
    preview = inside.window.preview
    assert preview is not None
    box = child(inside.window, "letter_reason")
    box.setFocus()
    types("She asked for it")
    inside.reception.speak("es")
    QApplication.processEvents()
    assert inside.window.preview is not None
    assert inside.window.preview is not preview
    text = child(inside.window, "letter_reason")
    assert "She asked for it" in text.toPlainText()  # type: ignore[attr-defined]
    assert QApplication.focusWidget() is text


def sheet_language_of(window: MainWindow) -> str:
    """In which language the sheet of the open visit is shown."""
    window.show_paper("handout")
    assert isinstance(window.preview, HandoutPreview)
    return str(window.preview.language.value())


def test_a_first_sheet_speaks_the_windows_language_and_keeps_it(inside: Arrival) -> None:
    """Once it was seen, no switch of the window makes it another; the next patient's is new."""
    inside.reception.speak("es")
    begin_visit(inside.window)
    assert sheet_language_of(inside.window) == "es"
    inside.reception.speak("en")
    preview = inside.window.preview
    assert isinstance(preview, HandoutPreview)
    assert preview.language.value() == "es"
    inside.window.go_back()
    assert sheet_language_of(inside.window) == "es"
    desk = inside.window.desk
    born = dt.date(1990, 1, 2)
    number = register_patient(desk.open_record, desk.act(), Patient("Case B", born))
    inside.window.show_home()
    inside.window.begin_visit(number)
    assert sheet_language_of(inside.window) == "en"


def test_the_patients_sheet_stays_open_with_what_is_typed_in_it(inside: Arrival) -> None:
    begin_visit(inside.window)
    page = inside.window.visit
    assert page is not None
    inside.window.overlays.toggle_patient(page)
    types("ne")
    shown = inside.window.overlays.shown
    assert shown is not None
    before = sorted(one.text() for one in shown.findChildren(QLineEdit))
    inside.reception.speak("es")
    all_done()
    QApplication.processEvents()
    after = inside.window.overlays.shown
    assert after is not None
    assert after is not shown
    assert sorted(one.text() for one in after.findChildren(QLineEdit)) == before
    assert "ne" in " ".join(before)


def test_help_on_a_field_stays_open_and_speaks_the_new_language(inside: Arrival) -> None:
    begin_visit(inside.window)
    page = inside.window.visit
    assert page is not None
    page.open_section("nerves")
    page.go_to(ANGLE)
    press("F1")
    before = inside.window.overlays.shown
    assert isinstance(before, FieldHelp)
    assert before.title == "Straight leg raise"
    inside.reception.speak("es")
    all_done()
    QApplication.processEvents()
    after = inside.window.overlays.shown
    assert isinstance(after, FieldHelp)
    assert (after.about, after.title) == (ANGLE, load_catalogue_text("es").groups["slr"].label)
    press("Esc")
    assert QApplication.focusWidget() is not None
    assert inside.window.overlays.shown is None


def test_the_manual_stays_open(inside: Arrival) -> None:
    press("F1")
    inside.reception.speak("es")
    all_done()
    QApplication.processEvents()
    assert isinstance(inside.window.overlays.shown, ManualSheet)


def test_signing_goes_on_being_asked_for(inside: Arrival) -> None:
    begin_visit(inside.window)
    assert inside.window.visit is not None
    inside.window.visit.sign()
    assert inside.window.visit.note.is_signing
    inside.reception.speak("es")
    all_done()
    assert inside.window.visit is not None
    assert inside.window.visit.note.is_signing


def test_the_course_stays_open_at_its_view(inside: Arrival) -> None:
    begin_visit(inside.window)
    inside.window.show_course("progress")
    inside.reception.speak("es")
    all_done()
    assert inside.window.course is not None
    assert inside.window.course.view == "progress"
    assert inside.window.pages.currentWidget() is inside.window.course


def test_the_entrance_speaks_it_too_and_keeps_what_is_typed(arrival: Arrival) -> None:
    arrival.types("sign_in_name", "ann")
    before = arrival.reception.entrance
    link = child(before, "speak_es")
    assert isinstance(link, Button)
    assert link.text() == "Español"
    link.click()
    QApplication.processEvents()
    after = arrival.reception.entrance
    assert after is not before
    assert after.isVisible()
    assert line(after, "sign_in_name").text() == "ann"
    arrival.signs_in()
    assert arrival.window.language == "es"


def test_a_locked_window_comes_back_in_the_language_chosen_at_the_entrance(
    inside: Arrival,
) -> None:
    begin_visit(inside.window)
    assert inside.window.visit is not None
    number = inside.window.visit.chart.number
    inside.reception.lock()
    inside.reception.speak("es")
    entrance = inside.reception.entrance
    assert line(entrance, "sign_in_name").text() == "anna"
    inside.signs_in()
    assert inside.window.language == "es"
    assert inside.window.visit is not None
    assert inside.window.visit.chart.number == number


def test_a_language_chosen_before_the_clinic_is_made_is_kept(tmp_path: Path, qtbot: QtBot) -> None:
    arrival = Arrival(tmp_path / "new", qtbot)
    arrival.types("clinic_name", "Clinica del Rio")
    arrival.reception.speak("es")
    QTest.qWaitForWindowActive(arrival.reception.entrance)
    arrival.types("user_name", "Anna Muster")
    for name in ("new_passphrase", "new_passphrase_again"):
        arrival.types(name, "correct horse battery staple")
    arrival.returns("new_passphrase_again")
    assert arrival.window.desk.clinic.name == "Clinica del Rio"
    assert load_window_habit(tmp_path / "new").language == "es"
    arrival.opener.close()


@pytest.mark.parametrize(
    ("wanted", "of_the_system", "spoken"),
    [
        ("system", ("es-MX", "en"), "es"),
        ("system", ("de-CH", "es_ES.UTF-8"), "es"),
        ("system", ("C",), "en"),
        ("en", ("es-MX",), "en"),
        ("es", (), "es"),
    ],
)
def test_the_first_start_speaks_as_the_computer_does(
    wanted: str, of_the_system: tuple[str, ...], spoken: str
) -> None:
    assert chosen(wanted, of_the_system) == spoken


def test_qts_own_menus_follow(qapp: QApplication) -> None:
    speak("es")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"
    speak("en")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_a_window_closed_while_it_learns_another_language_closes_as_the_other(
    inside: Arrival, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one whose button was pressed is gone by then; no hidden program goes on."""
    begin_visit(inside.window)
    old, session = inside.window, inside.reception.session
    assert session is not None
    monkeypatch.setattr(visit_page, "breathe", old.close)
    inside.reception.speak("es")
    assert inside.window is not old
    qtbot.waitUntil(lambda: session.locked)
    assert visible_windows() == set()
