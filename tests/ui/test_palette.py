"""The command palette: whatever the window can do or chart is found by typing."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.values import Key, Kind, Side
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from tests.at_the_desk import ALT, CTRL, Therapist
from ui.forms.texts import TextInput
from ui.forms.words import spoken_name
from ui.home.patient_list import MixUpRow, PatientRow
from ui.palette.key_sheet import KeySheet
from ui.palette.palette import Palette
from ui.palette.rows import ActionRow, FieldRow, NoteRow, fitting
from ui.widgets.labels import Label

RIGHT = Side.RIGHT
SLR = Key("slr.result", RIGHT)


def opens_palette(therapist: Therapist) -> Palette:
    """Ctrl+K, wherever she is."""
    therapist.presses(Qt.Key.Key_K, CTRL)
    found = therapist.widget("palette")
    assert isinstance(found, Palette)
    assert found.isVisible()
    assert therapist.focus.objectName() == "palette_input"
    return found


def asks_for(therapist: Therapist, words: str) -> Palette:
    """Ctrl+K and some words."""
    palette = opens_palette(therapist)
    therapist.types(words)
    return palette


def chooses(therapist: Therapist, words: str) -> Palette:
    """Ctrl+K, some words, Return."""
    palette = asks_for(therapist, words)
    therapist.presses(Qt.Key.Key_Return)
    return palette


def test_a_field_is_reached_by_a_few_letters(therapist: Therapist) -> None:
    therapist.begins_visit()
    chooses(therapist, "slr first r")
    assert therapist.focus.objectName() == "slr.angle@right"
    chooses(therapist, "bridge rep left")
    assert therapist.focus.objectName() == "bridge.reps@left"
    therapist.types("12")
    assert therapist.stored.findings == {Key("bridge.reps", Side.LEFT): 12}


def test_every_field_is_first_when_its_name_is_typed(therapist: Therapist) -> None:
    """All of the ten sections, each side by itself."""
    therapist.begins_visit()
    rows = [row for row in opens_palette(therapist).rows if isinstance(row, FieldRow)]
    catalogue, text = load_catalogue(), load_catalogue_text()
    keys = [key for spec in catalogue.findings.values() for key in spec.keys]
    assert {row.field for row in rows} == set(keys)
    for key in keys:
        first = fitting(rows, spoken_name(key, text))[0]
        assert isinstance(first, FieldRow)
        assert first.field == key


def test_a_field_of_each_section_gets_the_keyboard(therapist: Therapist) -> None:
    therapist.begins_visit()
    catalogue, text = load_catalogue(), load_catalogue_text()
    reached = set()
    for section in catalogue.sections:
        specs = catalogue.in_section(section.id)
        for spec in [spec for spec in specs if spec.kind is not Kind.TEXT][-1:] or specs[-1:]:
            chooses(therapist, spoken_name(spec.keys[-1], text))
            assert therapist.focus.objectName() == str(spec.keys[-1])
            reached.add(therapist.page.tabs.current())
    assert reached >= {"story", "screen", "nerves", "hamstring", "back", "glutes", "gait", "note"}


def test_what_is_called_otherwise_on_the_form_is_found_too(therapist: Therapist) -> None:
    therapist.begins_visit()
    chooses(therapist, "slump familiar left")
    assert therapist.focus.objectName() == "slump.familiar@left"


def test_esc_goes_back_to_where_the_keyboard_was(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    palette = asks_for(therapist, "bridge")
    therapist.presses(Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert therapist.focus.objectName() == "slr.result@right"
    assert therapist.window.visit is not None
    therapist.types("+")
    assert therapist.stored.findings == {SLR: "positive"}


def test_nothing_typed_is_lost_in_the_middle_of_a_text(therapist: Therapist) -> None:
    """The text stands and is stored; the cursor stays between the same two letters."""
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_0, ALT)
    therapist.types("Sits on side")
    for _step in range(4):
        therapist.presses(Qt.Key.Key_Left)
    opens_palette(therapist)
    assert therapist.stored.findings == {Key("note.subjective"): "Sits on side"}
    therapist.types("zzz")
    therapist.presses(Qt.Key.Key_Escape)
    field = therapist.focus
    assert isinstance(field, TextInput)
    therapist.types("one ")
    assert field.toPlainText() == "Sits on one side"


def test_a_half_typed_number_goes_on(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.go_to(Key("slr.angle", RIGHT))
    therapist.types("5")
    opens_palette(therapist)
    therapist.presses(Qt.Key.Key_Escape)
    therapist.types("8")
    assert therapist.stored.findings == {Key("slr.angle", RIGHT): 58}


def test_a_blank_remark_goes_away_behind_it_and_the_keyboard_is_not_lost(
    therapist: Therapist,
) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.presses(Qt.Key.Key_M, CTRL)
    assert therapist.focus.objectName() == "slr.result:reason"
    opens_palette(therapist)
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.focus.objectName() == "slr.result@right"


def test_undo_in_the_palette_takes_back_no_finding(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    palette = opens_palette(therapist)
    therapist.presses(Qt.Key.Key_Z, CTRL)
    assert palette.isVisible()
    assert therapist.stored.findings == {SLR: "positive"}


def test_undo_as_a_command_does(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    chooses(therapist, "undo")
    assert therapist.stored.findings == {}


def test_a_command_on_a_field_is_about_the_field_left_behind(therapist: Therapist) -> None:
    """The rest of a red-flag group answered no, from the palette as with its key."""
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_2, ALT)
    _form, key = therapist.page.focused_field() or pytest.fail("no field has the keyboard")
    group = therapist.desk.catalogue.spec(key.finding).group
    assert therapist.page.model.open_in_group(group)
    chooses(therapist, "the rest of a red")
    assert therapist.page.model.open_in_group(group) == ()
    assert therapist.stored.findings[key] == "no"


def test_every_command_runs_or_says_why_it_cannot(therapist: Therapist) -> None:
    """On the home page, in a new visit, and with a paper in front."""
    number = therapist.begins_visit()
    for place in ("home", "visit", "paper"):
        for action in (act for act in therapist.window.commands if act.id != "commands"):
            therapist.window.show_home()
            if place != "home":
                therapist.window.open_patient(number)
                therapist.presses(Qt.Key.Key_3, ALT)
            if place == "paper":
                therapist.window.show_paper("note")
            palette = asks_for(therapist, "")
            palette.input.line.setText(action.words)  # a hundred, letter by letter, last long
            row = next(
                row for row in palette.rows if isinstance(row, ActionRow) and row.action == action
            )
            palette.list.choose(palette.rows.index(row))
            therapist.presses(Qt.Key.Key_Return)
            told = therapist.widget("palette_told")
            assert isinstance(told, Label)
            if row.hindrance:
                assert palette.isVisible(), action.id
                assert told.text() == row.hindrance
                therapist.presses(Qt.Key.Key_Escape)
            else:
                assert palette.isHidden(), action.id
            for over in (palette, therapist.window.findChild(KeySheet)):
                if over is not None:
                    over.close_up()


def test_a_patient_is_opened_from_home(therapist: Therapist) -> None:
    number = therapist.knows("Rosa Slim", dt.date(1990, 5, 2))
    therapist.window.show_home()
    chooses(therapist, "rosa")
    assert therapist.page.chart.number == number


def test_in_a_visit_patients_come_after_the_commands(therapist: Therapist) -> None:
    """And look-alikes are pointed out as on the home page."""
    therapist.knows("Anna Slumper", dt.date(1990, 5, 2))
    therapist.knows("Anna Slumpar", dt.date(1991, 5, 2))
    number = therapist.begins_visit()
    palette = asks_for(therapist, "slump")
    kinds = [type(row) for row in palette.rows]
    assert kinds[0] is FieldRow
    assert kinds[-3:] == [PatientRow, PatientRow, MixUpRow]
    for _letter in range(2):
        therapist.presses(Qt.Key.Key_Up)
    assert therapist.page.chart.number == number


def test_a_record_that_cannot_be_read_is_said(desk: Desk, qtbot: QtBot) -> None:
    def locked() -> None:
        raise RecordUnavailable("The record is locked by another program.")

    therapist = Therapist(replace(desk, open_record=locked), qtbot)  # type: ignore[arg-type]
    rows = asks_for(therapist, "anna").rows
    assert any(isinstance(row, NoteRow) and "locked" in row.spoken for row in rows)


def test_nothing_found_says_so(therapist: Therapist) -> None:
    therapist.begins_visit()
    palette = chooses(therapist, "qqqq")
    assert palette.isVisible()
    assert [type(row) for row in palette.rows] == [NoteRow]


def test_arrows_choose_and_the_line_keeps_the_keyboard(therapist: Therapist) -> None:
    therapist.begins_visit()
    palette = asks_for(therapist, "slr")
    therapist.presses(Qt.Key.Key_Down)
    therapist.presses(Qt.Key.Key_Tab)
    therapist.presses(Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1
    line = therapist.focus
    assert isinstance(line, QLineEdit)
    assert line.text() == "slr"
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.focus.objectName() == "slr.result@left"


def test_the_same_key_puts_it_away_and_a_section_key_goes_on(therapist: Therapist) -> None:
    therapist.begins_visit()
    palette = opens_palette(therapist)
    therapist.presses(Qt.Key.Key_K, CTRL)
    assert palette.isHidden()
    opens_palette(therapist)
    therapist.presses(Qt.Key.Key_3, ALT)
    assert palette.isHidden()
    assert therapist.focus.objectName() == "slr.result@right"


def test_fields_are_reached_from_a_paper(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.window.show_paper("note")
    chooses(therapist, "slr first r")
    assert therapist.focus.objectName() == "slr.angle@right"


def test_everything_in_it_has_a_name(therapist: Therapist) -> None:
    therapist.begins_visit()
    palette = opens_palette(therapist)
    for widget in (palette, palette.input.line, palette.list):
        assert widget.accessibleName()
    index = palette.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "All keys, Ctrl+/"


def test_it_opens_at_once(therapist: Therapist) -> None:
    """The rows of all fields are made once; opening again makes none."""
    therapist.begins_visit()
    palette = opens_palette(therapist)
    fields = [row for row in palette.rows if isinstance(row, FieldRow)]
    therapist.presses(Qt.Key.Key_Escape)
    again = opens_palette(therapist)
    assert again is palette
    rows = [row for row in again.rows if isinstance(row, FieldRow)]
    assert all(row is before for row, before in zip(rows, fields, strict=True))


def test_an_exercise_is_put_into_the_plan_by_its_name(therapist: Therapist) -> None:
    """From any field; what hinders it is said in place of doing it twice."""
    therapist.begins_visit()
    therapist.finishes_screen()
    name = therapist.desk.plan_library.name("brace")
    chooses(therapist, name)
    assert [choice.item for choice in therapist.stored.plan] == ["brace"]
    palette = chooses(therapist, name)
    assert palette.told.text() == "It is in the plan already."
    therapist.presses(Qt.Key.Key_Escape)
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    palette = chooses(therapist, therapist.desk.plan_library.name("slider_seated"))
    assert palette.told.text().startswith("A red flag is open")
    assert [choice.item for choice in therapist.stored.plan] == ["brace"]


def test_where_no_visit_is_open_no_exercise_is_offered(therapist: Therapist) -> None:
    palette = asks_for(therapist, "Put into the plan")
    assert not any("Put into the plan" in row.spoken for row in palette.rows)  # type: ignore[attr-defined]
