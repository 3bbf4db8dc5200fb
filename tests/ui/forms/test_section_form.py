"""A section as the therapist uses it: what is typed is charted, what is not typed is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from tests.fingers import click, press, type_keys
from tests.visit_on_screen import MakeForm, key, make_model, suggestion
from ui.forms.section_form import SectionForm
from ui.forms.texts import TextInput
from ui.forms.typed import NumberInput


def focused() -> str:
    """The objectName of what has the keyboard."""
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def field(form: SectionForm, name: str) -> QWidget:
    """A field of the form, with the keyboard."""
    form.focus_key(key(name))
    return form.input(key(name))


def test_opening_a_section_charts_nothing(make_form: MakeForm) -> None:
    """Not tested is not negative: no default ever fills a finding."""
    for section in load_catalogue().sections:
        form = make_form(section.id, make_model(last_time={"slr.result@right": "negative"}))
        assert not form.model.visit.findings


def test_typing_reaches_the_chart_and_the_chart_reaches_the_screen(make_form: MakeForm) -> None:
    form = make_form("nerves")
    type_keys(field(form, "slr.result@right"), "+")
    type_keys(field(form, "slr.angle@right"), "58")
    assert form.model.visit.findings == {
        key("slr.result@right"): "positive",
        key("slr.angle@right"): 58,
    }
    form.model.editor.undo()
    assert form.input(key("slr.angle@right")).value() is None
    assert form.input(key("slr.result@right")).value() == "positive"


def test_not_tested_is_kept_apart_from_blank_and_from_negative(make_form: MakeForm) -> None:
    form = make_form("nerves")
    type_keys(field(form, "slr.result@right"), "n")
    assert form.model.value(key("slr.result@right")) == "not_tested"
    assert form.model.value(key("slr.result@left")) is None
    assert form.input(key("slr.result@right")).value_words() == "not tested"
    assert form.input(key("slr.result@left")).value_words() == "not charted"
    press(field(form, "slr.result@right"), Qt.Key.Key_Delete)
    assert key("slr.result@right") not in form.model.visit.findings


def test_out_of_range_is_said_beside_the_field_and_stays_out_of_the_chart(
    make_form: MakeForm,
) -> None:
    form = make_form("nerves")
    angle = field(form, "slr.angle@left")
    type_keys(angle, "230")
    assert isinstance(angle, NumberInput)
    assert angle.described_error() == "outside 0 to 130 deg"
    assert angle.typed() == "230"
    assert form.model.value(key("slr.angle@left")) is None
    # Charting elsewhere must not take the typed figures away.
    type_keys(field(form, "slr.result@left"), "+")
    assert angle.typed() == "230"
    press(field(form, "slr.angle@left"), Qt.Key.Key_Backspace)
    type_keys(angle, "72")
    assert angle.described_error() == ""
    assert form.model.value(key("slr.angle@left")) == 72


def test_shift_n_answers_the_rest_of_the_group_no(make_form: MakeForm) -> None:
    form = make_form("screen", make_model({"flag.saddle_numbness": "yes"}))
    press(field(form, "flag.sexual_change"), Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    said = {
        name: form.model.value(key(name))
        for name in load_catalogue().groups["cauda_equina"].findings
    }
    assert said.pop("flag.saddle_numbness") == "yes"
    assert set(said.values()) == {"no"}
    assert form.model.value(key("flag.pop")) is None


def test_the_groups_button_does_the_same_and_goes_when_nothing_is_left(
    make_form: MakeForm,
) -> None:
    form = make_form("screen")
    button = form.findChild(QWidget, "rest_no:clot")
    assert button is not None
    assert button.isVisible()
    click(button, 100, 15)
    assert form.model.value(key("flag.chest_symptoms")) == "no"
    assert not button.isVisible()


def test_what_does_not_apply_folds_away_unless_it_is_charted(make_form: MakeForm) -> None:
    def folding() -> SectionForm:
        answer = suggestion(not_applicable=("flag.menstrual_loss", "flag.pop"))
        return make_form("screen", make_model({"flag.pop": "no"}, suggest=lambda _case: answer))

    form = folding()
    assert form.input(key("flag.menstrual_loss")).isHidden()
    press(field(form, "flag.pop"), Qt.Key.Key_Delete)
    assert not form.input(key("flag.pop")).isHidden()
    form.focus_key(key("flag.palpable_gap"))
    assert form.input(key("flag.pop")).isHidden()
    form.model.editor.undo()
    assert not form.input(key("flag.pop")).isHidden()


def test_the_same_as_last_time_is_one_key_and_is_marked(make_form: MakeForm) -> None:
    form = make_form("nerves", make_model(last_time={"slr.angle@right": 48}))
    type_keys(field(form, "slr.angle@right"), "=")
    assert form.model.value(key("slr.angle@right")) == 48
    row = next(row for row in form.body.rows if row.spec.id == "slr.angle")
    assert row.fields[0].last.repeated
    type_keys(field(form, "slr.angle@right"), "50")
    assert not row.fields[0].last.repeated


@pytest.mark.parametrize(
    ("name", "before", "today", "changed"),
    [
        ("slr.angle@right", 48, 54, False),
        ("slr.angle@right", 48, 59, True),
        ("bridge.pain@right", 4, 5, False),
        ("bridge.pain@right", 4, 2, True),
        ("slr.result@right", "positive", "negative", True),
        ("slr.result@right", "positive", "not_tested", False),
        ("slr.result@right", "not_tested", "positive", False),
        ("complaint.sites@left", ("calf",), (), True),
    ],
)
def test_the_diamond_marks_a_change_beyond_the_measuring_error(
    make_form: MakeForm, name: str, before: object, today: object, changed: bool
) -> None:
    model = make_model({name: today}, {name: before})  # type: ignore[dict-item]
    form = make_form(load_catalogue().spec(key(name).finding).section, model)
    fields = {found.key: found for row in form.body.rows for found in row.fields}
    assert fields[key(name)].last.changed is changed


def test_falling_leg_power_is_said_beside_the_grade(make_form: MakeForm) -> None:
    flag = RedFlag("motor_deficit", "S", ("power.ankle_dorsiflexion",), "act")
    model = make_model(
        last_time={"power.ankle_dorsiflexion@right": "5"},
        suggest=lambda case: suggestion((flag,) if case.last.findings else ()),
    )
    form = make_form("nerves", model)
    type_keys(field(form, "power.ankle_dorsiflexion@right"), "3")
    assert form.input(key("power.ankle_dorsiflexion@right")).described_error() == "fell from 5"
    assert form.model.value(key("power.ankle_dorsiflexion@right")) == "3"


def test_unable_asks_why_and_keeps_the_reason(make_form: MakeForm, qtbot: QtBot) -> None:
    form = make_form("nerves")
    assert form.findChild(QWidget, "slump.result:reason") is None
    type_keys(field(form, "slump.result@left"), "u")
    reason = form.findChild(TextInput, "slump.result:reason")
    assert reason is not None
    assert reason.isVisible()
    assert form.model.missing_reason("slump.result")
    reason.setFocus()
    type_keys(reason, "could not sit")
    press(reason, Qt.Key.Key_Return)
    assert form.model.visit.notes_on["slump.result"] == "could not sit"
    assert not form.model.missing_reason("slump.result")


@pytest.mark.parametrize("name", ["slr.result@right", "slr.familiar@left", "power.eversion@left"])
def test_any_finding_takes_a_remark(make_form: MakeForm, name: str) -> None:
    """What the choices do not say: Ctrl+M opens a line, and a blank one goes again."""
    form = make_form("nerves")
    finding = key(name).finding
    press(field(form, name), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert focused() == f"{finding}:reason"
    remark = form.focusWidget()
    assert isinstance(remark, TextInput)
    press(remark, Qt.Key.Key_Tab)
    assert remark.isHidden()
    assert not form.model.visit.notes_on
    press(field(form, name), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    said = "on the couch, knee held by hand, and slower than the other"
    type_keys(remark, said)
    press(remark, Qt.Key.Key_Return)
    assert form.model.visit.notes_on == {finding: said}
    assert remark.isVisible()
    assert "remark" in remark.accessibleName()
    assert remark.document().size().height() == 1, "wrapped at its own width"


def test_a_remark_that_came_with_a_case_is_shown(make_form: MakeForm) -> None:
    """Also on a finding that nobody could mark as unable."""
    model = make_model({"complaint.sites@right": ("calf",)})
    model.note_on("complaint.sites", "down to the knee")
    form = make_form("story", model)
    remark = form.findChild(TextInput, "complaint.sites:reason")
    assert remark is not None
    assert remark.isVisible()
    assert remark.toPlainText() == "down to the knee"
    model.set_locked(True)
    press(field(form, "complaint.side"), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert form.findChild(TextInput, "complaint.side:reason") is None


def test_tab_goes_down_one_side_of_a_test_then_down_the_other(make_form: MakeForm) -> None:
    form = make_form("nerves")
    field(form, "slr.result@right")
    seen = []
    for _ in range(13):
        seen.append(focused())
        press(form.focusWidget(), Qt.Key.Key_Tab)
    names = load_catalogue().groups["slr"].findings
    right, left = ([f"{name}@{side}" for name in names] for side in ("right", "left"))
    assert seen == [*right, *left, "crossed_slr.result@right"]


def test_arrows_go_up_and_down_in_a_column(make_form: MakeForm) -> None:
    form = make_form("nerves")
    press(field(form, "slr.result@left"), Qt.Key.Key_Down)
    assert focused() == "slr.angle@left"
    press(form.input(key("slr.angle@left")), Qt.Key.Key_Up)
    press(form.input(key("slr.result@left")), Qt.Key.Key_Up)
    assert focused() == "slr.result@left"


def test_return_ends_a_number_and_goes_on(make_form: MakeForm) -> None:
    form = make_form("nerves")
    type_keys(field(form, "slr.angle@right"), "58")
    press(form.input(key("slr.angle@right")), Qt.Key.Key_Return)
    assert focused() == "slr.familiar@right"


def test_the_focused_field_is_brought_into_sight_and_named(
    make_form: MakeForm, qtbot: QtBot
) -> None:
    form = make_form("nerves")
    with qtbot.waitSignal(form.model.focused) as told:
        form.focus_key(key("touch.s1@left"))
    assert told.args == [key("touch.s1@left")]
    assert not form.input(key("touch.s1@left")).visibleRegion().isEmpty()


def test_the_line_being_written_stays_in_sight(make_form: MakeForm) -> None:
    form = make_form("note")
    form.resize(784, 300)
    note = field(form, "note.plan")
    assert isinstance(note, TextInput)
    type_keys(note, "word " * 400)
    cursor = note.viewport().mapTo(form, note.cursorRect().center())
    assert form.rect().contains(cursor)
    assert note.horizontalScrollBar().value() == 0
    assert note.verticalScrollBar().maximum() == 0, "as tall as its text: no line out of sight"


def test_a_screen_reader_hears_name_side_value_and_error(make_form: MakeForm) -> None:
    form = make_form("nerves")
    angle = form.input(key("slr.angle@right"))
    heard = QAccessible.queryAccessibleInterface(angle)
    assert angle.objectName() == "slr.angle@right"
    assert heard.text(QAccessible.Text.Name) == "Straight leg raise, first symptom, right"
    assert heard.text(QAccessible.Text.Value) == "not charted"
    form.model.record(key("slr.angle@right"), "58")
    assert heard.text(QAccessible.Text.Value) == "58 deg"
    angle.set_error("outside 0 to 130 deg")
    assert "outside 0 to 130 deg" in heard.text(QAccessible.Text.Description)
    result = QAccessible.queryAccessibleInterface(form.input(key("slr.result@left")))
    form.model.record(key("slr.result@left"), "not_tested")
    assert result.text(QAccessible.Text.Value) == "not tested"
    assert result.role() is QAccessible.Role.Grouping
    segments = [result.child(n) for n in range(result.childCount())]
    assert [part.text(QAccessible.Text.Name) for part in segments if part.state().checked] == [
        "not tested"
    ]
    assert {part.role() for part in segments} == {QAccessible.Role.RadioButton}
    assert not result.state().readOnly
    form.model.set_locked(True)
    assert result.state().readOnly


def test_every_field_of_the_catalogue_has_its_input_and_its_spoken_name(
    make_form: MakeForm,
) -> None:
    for section in load_catalogue().sections:
        form = make_form(section.id)
        for wanted in form.model.keys_of(section.id):
            found = form.findChild(QWidget, str(wanted))
            assert found is form.input(wanted)
            assert found.accessibleName()
            assert wanted.side is None or found.accessibleName().endswith(wanted.side)


def test_a_signed_visit_can_be_read_and_not_changed(make_form: MakeForm) -> None:
    model = make_model({"slr.result@right": "negative"})
    form = make_form("nerves", model)
    model.set_locked(True)
    type_keys(field(form, "slr.result@right"), "+")
    assert model.value(key("slr.result@right")) == "negative"
    assert form.input(key("slr.result@right")).value_words() == "negative"


def test_text_still_being_typed_is_handed_on_before_the_window_closes(
    make_form: MakeForm,
) -> None:
    form = make_form("note")
    type_keys(field(form, "note.plan"), "call on Friday")
    form.flush()
    assert form.model.value(key("note.plan")) == "call on Friday"


def test_the_open_count_follows(make_form: MakeForm) -> None:
    form = make_form("glutes")
    before = form.open_count()
    type_keys(field(form, "glute.weak@right"), "y")
    assert form.open_count() == before - 1


def test_opening_goes_to_the_first_field_that_is_open(make_form: MakeForm) -> None:
    form = make_form("nerves", make_model({"slr.result@right": "positive"}))
    form.focus_first()
    assert focused() == "slr.result@left"
