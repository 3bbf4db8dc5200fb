"""Each kind of input by keyboard and mouse: what a key charts, and what never speaks up."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.values import Value
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from tests.fingers import click, press, type_keys
from tests.visit_on_screen import key
from ui.forms.chips import SetInput
from ui.forms.choice import ChoiceInput
from ui.forms.inputs import AnyInput, make_input
from ui.forms.segment_layout import widths
from ui.forms.segments import SegmentedInput
from ui.forms.texts import TextInput
from ui.forms.typed import NumberInput

Open = Callable[..., tuple[AnyInput, list[object]]]


@pytest.fixture
def open_input(qtbot: QtBot) -> Open:
    """Shows the input of a finding with the keyboard on it, and lists what it emits."""

    pages: list[QWidget] = []  # only the field is given out, and it would go with its page

    def open_one(name: str, value: Value | None = None) -> tuple[AnyInput, list[object]]:
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        made = make_input(
            load_catalogue().spec(key(name).finding), key(name), load_catalogue_text(), page
        )
        made.setGeometry(10, 10, 240, made.height_in(234) + 6)
        made.show_value(value)
        said: list[object] = []
        made.edited.connect(said.append)
        page.resize(300, 200)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        made.setFocus()
        qtbot.waitUntil(made.hasFocus)
        return made, said

    return open_one


@pytest.mark.parametrize(
    ("name", "keys", "value"),
    [
        ("slr.result@right", "+", "positive"),
        ("slr.result@right", "-", "negative"),
        ("slr.result@right", "?", "inconclusive"),
        ("slr.result@right", "n", "not_tested"),
        ("slr.result@right", "u", "unable"),
        ("slr.familiar@left", "y", "yes"),
        ("slr.familiar@left", "n", "no"),
        ("slr.familiar@left", "?", "unknown"),
        ("slr.familiar@left", "x", "not_asked"),
        ("slr.ankle_effect@right", "1", "more"),
        ("slr.ankle_effect@right", "3", "same"),
        ("slr.site@right", "6", "below_knee_radiating"),
        ("glute.burn_felt@left", "4", "nowhere"),
        ("flag.bladder_bowel", "2", "new"),
        ("complaint.aggravated_by", "4", ("sitting",)),
    ],
)
def test_one_key_charts(open_input: Open, qtbot: QtBot, name: str, keys: str, value: Value) -> None:
    made, said = open_input(name)
    type_keys(made, keys)
    assert said == [value]
    assert made.value() == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slr.result@right", "positive"),
        ("slr.site@right", "calf"),
        ("complaint.sites@right", ("calf", "foot")),
        ("slr.angle@right", 58),
        ("glute.abduction_power@right", "4-"),
    ],
)
def test_delete_goes_back_to_not_charted(
    open_input: Open, qtbot: QtBot, name: str, value: Value
) -> None:
    made, said = open_input(name, value)
    press(made, Qt.Key.Key_Delete)
    assert said == [None]
    assert made.value() is None
    assert made.value_words() == "not charted"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("slr.result@right", "not_tested", "not tested"),
        ("slr.result@right", "negative", "negative"),
        ("slr.familiar@right", "not_asked", "not asked"),
        ("slr.site@right", "behind_knee", "behind knee"),
        ("complaint.sites@right", ("calf", "foot"), "calf, foot"),
        ("complaint.sites@right", (), "none of these"),
        ("slr.angle@right", 58, "58 deg"),
        ("gait.tibia_angle@right", -4, "-4 deg"),
        ("glute.abduction_power@right", "4-", "4- of 5"),
        ("note.plan", "call on Friday", "call on Friday"),
    ],
)
def test_showing_a_value_is_no_edit_and_can_be_heard(
    open_input: Open, name: str, value: Value, words: str
) -> None:
    made, said = open_input(name)
    assert made.value_words() == "not charted"
    made.show_value(value)
    assert made.value_words() == words
    made.show_value(None)
    assert made.value_words() == "not charted"
    assert said == []


@pytest.mark.parametrize(
    "name", ["slr.result@right", "slr.site@right", "complaint.sites@right", "slr.angle@right"]
)
def test_equals_asks_for_the_same_as_last_time(open_input: Open, qtbot: QtBot, name: str) -> None:
    made, said = open_input(name)
    with qtbot.waitSignal(made.same_requested):
        type_keys(made, "=")
    assert said == []


@pytest.mark.parametrize(
    "name",
    ["slr.result@right", "slr.site@right", "complaint.sites@right", "slr.angle@right", "note.plan"],
)
def test_a_signed_field_takes_nothing_and_can_still_be_read(
    open_input: Open, qtbot: QtBot, name: str
) -> None:
    made, said = open_input(name)
    made.set_locked(True)
    type_keys(made, "1+y")
    press(made, Qt.Key.Key_Delete)
    click(made.viewport() if isinstance(made, TextInput) else made, 20, 12)
    assert said == []
    assert made.is_locked()
    assert made.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_shortcuts_pass_through(open_input: Open, qtbot: QtBot) -> None:
    """Ctrl+N or Alt+1 belong to the window, Shift+N to the form."""
    made, said = open_input("slr.familiar@right")
    press(made, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(made, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    press(made, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert said == []


# ---- segments
def test_arrows_move_and_space_chooses(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("slr.ankle_effect@right")
    press(made, Qt.Key.Key_Right)
    assert said == []
    press(made, Qt.Key.Key_Space)
    press(made, Qt.Key.Key_Right)
    press(made, Qt.Key.Key_Right)
    press(made, Qt.Key.Key_Return)
    assert said == ["less", "same"]


def test_a_click_charts_and_a_click_beside_it_does_not(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("slr.result@right")
    click(made, 20, 12)
    click(made, 20, 1)
    click(made, 100, 12, Qt.MouseButton.RightButton)
    assert said == ["positive"]


def test_every_word_has_room_in_its_segment(open_input: Open) -> None:
    for spec in load_catalogue().findings.values():
        made, _said = open_input(str(spec.keys[0]))
        if isinstance(made, SegmentedInput):
            labels = tuple(option.label for option in made.options)
            half = -(-len(labels) // made.rows)
            for row in (labels[:half], labels[half:]):
                assert not row or widths(row, 204) or widths(row, 432), spec.id


# ---- number
def test_a_value_counts_as_soon_as_it_can_be_read(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("slr.angle@right")
    type_keys(made, "58")
    assert said == ["5", "58"]
    assert made.value() == 58


def test_typing_replaces_and_the_arrow_goes_into_the_text(open_input: Open, qtbot: QtBot) -> None:
    made, _said = open_input("slr.angle@right", 54)
    type_keys(made, "7")
    assert made.value() == 7
    made.show_value(54)
    press(made, Qt.Key.Key_End)
    press(made, Qt.Key.Key_Left)
    type_keys(made, "1")
    press(made, Qt.Key.Key_Backspace)
    type_keys(made, "2")
    assert made.value_words() == "524 deg"


def test_comma_and_point_are_the_same(open_input: Open, qtbot: QtBot) -> None:
    made, _said = open_input("outcome.pain_free_run")
    type_keys(made, "3,5")
    assert made.value() == 3.5
    made.show_value(3.5)
    assert isinstance(made, NumberInput)
    assert made.typed() == "3,5"


def test_what_is_out_of_range_stays_typed(open_input: Open, qtbot: QtBot) -> None:
    made, _said = open_input("slr.angle@right")
    assert isinstance(made, NumberInput)
    type_keys(made, "230")
    made.set_error("outside 0 to 130 deg")
    made.show_value(None)
    assert made.typed() == "230"
    assert made.described_error() == "outside 0 to 130 deg"
    made.show_value(60)
    assert made.typed() == "60"
    assert made.described_error() == ""


def test_nobody_is_told_off_in_the_middle_of_typing(open_input: Open, qtbot: QtBot) -> None:
    """18 on the way to 180 steps a minute is no mistake, until the keyboard goes on."""
    made, _said = open_input("gait.cadence")
    type_keys(made, "18")
    made.set_error("outside 100 to 240 steps/min")
    assert made.described_error() == ""
    made.clearFocus()
    assert made.described_error() != ""


def test_letters_and_half_pasted_texts_are_not_taken(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("slr.angle@right")
    type_keys(made, "ab-")
    QGuiApplication.clipboard().setText("58 or 60")
    press(made, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said == []
    QGuiApplication.clipboard().setText(" 58 ")
    press(made, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said == ["58"]


def test_a_minus_only_where_there_can_be_one(open_input: Open, qtbot: QtBot) -> None:
    made, _said = open_input("gait.tibia_angle@right")
    type_keys(made, "-4")
    assert made.value() == -4


def test_a_grade_takes_minus_and_plus(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("power.eversion@left")
    type_keys(made, "4-")
    assert said == ["4", "4-"]
    assert made.value() == "4-"


# ---- set
def test_keys_switch_in_the_catalogues_order(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("complaint.aggravated_by")
    type_keys(made, "52")
    type_keys(made, "5")
    assert said == [("hard_seat",), ("fast_running", "hard_seat"), ("fast_running",)]


def test_none_of_these_is_an_answer_and_switching_off_is_not(
    open_input: Open, qtbot: QtBot
) -> None:
    made, said = open_input("complaint.sites@left")
    type_keys(made, "660")
    assert made.value_words() == "none of these"
    type_keys(made, "0")
    assert said == [("calf",), None, (), None]


def test_arrows_and_space(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("complaint.sites@right")
    assert isinstance(made, SetInput)
    press(made, Qt.Key.Key_Right)
    press(made, Qt.Key.Key_Space)
    assert said == [("deep_buttock",)]


# ---- choice
def test_return_pressed_twice_takes_nothing_from_a_list(open_input: Open, qtbot: QtBot) -> None:
    """It goes on, as everywhere; the first choice is nobody's answer."""
    made, said = open_input("slr.site@right")
    assert isinstance(made, ChoiceInput)
    press(made, Qt.Key.Key_Return)
    press(made, Qt.Key.Key_Return)
    assert made.opened_list() is None
    assert said == []


def test_the_list_opens_and_chooses(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("slr.site@right")
    assert isinstance(made, ChoiceInput)
    press(made, Qt.Key.Key_Space)
    opened = made.opened_list()
    assert opened is not None
    press(opened, Qt.Key.Key_Down)
    press(opened, Qt.Key.Key_Return)
    assert said == ["buttock"]
    assert made.opened_list() is None


def test_escape_leaves_everything_as_it_was(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("slr.site@right", "calf")
    assert isinstance(made, ChoiceInput)
    made.open_list()
    opened = made.opened_list()
    assert opened is not None
    press(opened, Qt.Key.Key_Escape)
    assert said == []
    assert made.value() == "calf"


# ---- text
def test_a_pause_hands_on_what_was_typed(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("note.plan")
    with qtbot.waitSignal(made.edited):
        type_keys(made, "back")
    assert said == ["back"]


def test_leaving_hands_on_at_once(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("note.plan")
    type_keys(made, "back")
    assert said == []
    made.clearFocus()
    assert said == ["back"]


def test_putting_the_window_away_hands_on(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("note.plan")
    type_keys(made, "back")
    made.window().hide()
    assert said == ["back"]


def test_a_refresh_never_takes_away_what_is_being_typed(open_input: Open, qtbot: QtBot) -> None:
    made, said = open_input("note.plan")
    type_keys(made, "back")
    made.show_value(None)
    assert made.value() == "back"
    made.clearFocus()
    made.show_value("back on Friday")
    assert made.value() == "back on Friday"
    assert said == ["back"]


def test_it_grows_with_the_text(open_input: Open, qtbot: QtBot) -> None:
    made, _said = open_input("note.plan")
    assert isinstance(made, TextInput)
    before = made.height_in(234)
    with qtbot.waitSignal(made.height_changed):
        made.show_value("words " * 60)
    assert made.height_in(234) > before


def test_a_space_at_the_edge_pulls_no_line_aside(qtbot: QtBot) -> None:
    """Qt shows where the next letter goes, which cut the first letters of all lines."""
    text = TextInput(3)
    qtbot.addWidget(text)
    text.show()
    text.setFocus()
    written = "runs along the river for ten kilometres without pain in the left thigh "
    for width in range(420, 432):  # some of them end a line with a space
        text.resize(width, 90)
        text.clear()
        for sign in written * 2:
            QTest.keyClicks(text, sign)
            assert text.horizontalScrollBar().value() == 0, (width, text.toPlainText())
