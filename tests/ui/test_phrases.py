"""Phrases at the real window: taken in a remark, kept from what is selected, never another's."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.visit.phrases import own_phrases
from tests.arrivals import Arrival
from tests.at_the_desk import ALT, CTRL, SHIFT, Therapist
from tests.settled import all_done
from ui.forms.texts import TextInput
from ui.palette.palette import Palette
from ui.sheets.phrases_sheet import PhrasesSheet

STORY = Key("note.subjective")


def text_of(therapist: Therapist) -> TextInput:
    """The free text that has the keyboard."""
    focus = therapist.focus
    assert isinstance(focus, TextInput)
    return focus


def to_story(therapist: Therapist) -> TextInput:
    therapist.presses(Qt.Key.Key_0, ALT)
    therapist.goes_to(str(STORY))
    return text_of(therapist)


def test_a_phrase_in_a_remark_is_charted_filled_in_and_undone_as_one_step(
    therapist: Therapist,
) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.goes_to("slr.result@right")
    therapist.presses(Qt.Key.Key_M, CTRL)
    therapist.types(".pos")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("side lying")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.types("a belt")
    text_of(therapist).flush()
    assert therapist.stored.notes_on["slr.result"] == "Done in side lying, with a belt."
    for _step in range(5):
        if text_of(therapist).toPlainText() == ".pos":
            break
        therapist.presses(Qt.Key.Key_Z, CTRL)
    assert text_of(therapist).toPlainText() == ".pos"


def test_what_is_left_open_is_marked_and_named_at_signing(therapist: Therapist) -> None:
    therapist.begins_visit()
    text = to_story(therapist)
    therapist.types(".onset")
    therapist.presses(Qt.Key.Key_Tab)
    text.flush()
    points = " ".join(_points(therapist))
    assert "Not filled in: " in points
    assert "{when}" in points


def _points(therapist: Therapist) -> tuple[str, ...]:
    from clinic_desktop.services.visit.before_signing import open_points

    editor, desk = therapist.page.model.editor, therapist.desk
    return open_points(editor.case, editor.suggestion, desk.catalogue, desk.text, desk.clock())


def test_words_of_a_chart_are_offered_in_it_and_in_no_other_one(therapist: Therapist) -> None:
    """What one patient told, a name too, never shows in the chart of another."""
    therapist.begins_visit("Case A")
    text = to_story(therapist)
    therapist.types("Zebedee drove her here. Zebe")
    assert text.completing is not None
    assert text.completing.rest == "dee"
    text.flush()
    all_done()
    therapist.begins_visit("Case B")
    text = to_story(therapist)
    therapist.types("Zebe")
    assert text.completing is not None
    assert text.completing.rest == ""


def test_esc_puts_the_list_away_and_the_visit_stays_open(therapist: Therapist) -> None:
    therapist.begins_visit()
    text = to_story(therapist)
    therapist.types("Told .")
    assert text.completing is not None
    assert text.completing.offered
    therapist.presses(Qt.Key.Key_Escape)
    assert not text.completing.offered
    assert therapist.window.pages.currentWidget() is therapist.page
    assert text.hasFocus()


def test_the_palette_puts_a_phrase_into_the_text_with_the_keyboard(therapist: Therapist) -> None:
    therapist.begins_visit()
    text = to_story(therapist)
    therapist.types("Today. ")
    therapist.presses(Qt.Key.Key_K, CTRL)
    palette = therapist.window.findChild(Palette)
    assert isinstance(palette, Palette)
    QTest.keyClicks(palette.input.line, "phrase .next")
    QTest.keyClick(palette.input.line, Qt.Key.Key_Return)
    assert text.toPlainText() == "Today. Next time: {what}."
    assert text.textCursor().selectedText() == "{what}"


# ---------------------------------------------------------------------- keeping
def comes_in(arrival: Arrival) -> TextInput:
    """Sign in, and begin a visit of Ella's with the keyboard in the story."""
    arrival.signs_in()
    window = arrival.window
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    patient = Patient("Ella Marden", dt.date(1990, 9, 2))
    number = register_patient(window.desk.open_record, window.desk.act(), patient)
    window.begin_visit(number)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_0, ALT)
    text = window.findChild(QWidget, str(STORY))
    assert isinstance(text, TextInput)
    text.setFocus()
    return text


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)
    all_done()


def types(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def test_selected_text_is_kept_as_a_phrase_used_at_once_and_taken_back(arrival: Arrival) -> None:
    text = comes_in(arrival)
    folder = arrival.door.folder
    types("Ten hops, counted aloud.")
    text.selectAll()
    press(Qt.Key.Key_P, CTRL | SHIFT)
    sheet = arrival.window.findChild(PhrasesSheet)
    assert isinstance(sheet, PhrasesSheet)
    assert sheet.text.toPlainText() == "Ten hops, counted aloud."
    assert sheet.name.hasFocus(), "only the short name is missing"
    types("hops")
    sheet.keep()
    assert own_phrases(folder) == {"hops": "Ten hops, counted aloud."}
    press(Qt.Key.Key_Escape)
    assert text.hasFocus()
    text.moveCursor(text.textCursor().MoveOperation.End)
    types(" .ho")
    press(Qt.Key.Key_Tab)
    assert text.toPlainText() == "Ten hops, counted aloud. Ten hops, counted aloud."
    press(Qt.Key.Key_P, CTRL | SHIFT)
    sheet.list.choose(0)
    sheet.list.open_current()
    sheet.remove()
    assert own_phrases(folder) == {}
    sheet.toast.undo.click()
    all_done()
    assert own_phrases(folder) == {"hops": "Ten hops, counted aloud."}


def test_a_phrase_with_the_patients_name_is_refused_and_what_was_typed_stays(
    arrival: Arrival,
) -> None:
    text = comes_in(arrival)
    types("Ella hopped.")
    text.selectAll()
    press(Qt.Key.Key_P, CTRL | SHIFT)
    sheet = arrival.window.findChild(PhrasesSheet)
    assert isinstance(sheet, PhrasesSheet)
    types("hop")
    sheet.keep()
    assert "“Ella” is in the patient's name" in sheet.note.text()
    assert sheet.text.toPlainText() == "Ella hopped."
    assert sheet.name.text() == "hop"
    assert own_phrases(arrival.door.folder) == {}


def test_without_a_sign_in_the_phrases_can_be_read_and_not_changed(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.window.overlays.toggle_phrases()
    sheet = therapist.window.findChild(PhrasesSheet)
    assert isinstance(sheet, PhrasesSheet)
    assert sheet.list.rows
    assert not sheet.keep_button.isEnabled()
    assert sheet.list.hasFocus()


def test_the_clinic_page_leads_to_the_phrases_and_its_search_finds_them(arrival: Arrival) -> None:
    arrival.signs_in()
    window = arrival.window
    window.show_clinic()
    assert window.clinic is not None
    settings = window.clinic.settings
    QTest.keyClicks(settings.search.line, "short name")
    assert settings.found == ("phrases",)
    settings.control_of("phrases").setFocus()
    QTest.keyClick(settings.control_of("phrases"), Qt.Key.Key_Space)
    sheet = window.findChild(PhrasesSheet)
    assert sheet is not None
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is settings.control_of("phrases")
