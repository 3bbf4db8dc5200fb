"""Cadence by tapping in the form: with a clock of the test's own, never by waiting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.values import Key
from tests.fingers import click, press, type_keys
from tests.visit_on_screen import MakeForm, make_model
from ui.forms.tap_pad import LineTaps, TapPad
from ui.forms.typed import NumberInput
from ui.viewmodels.visit import VisitViewModel

CADENCE = Key("gait.cadence")


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


Opened = tuple[NumberInput, VisitViewModel, Clock]


@pytest.fixture
def open_field(make_form: MakeForm) -> Callable[..., Opened]:
    """The field of the cadence, with the keyboard."""

    def make(*charted: dict[str, object]) -> Opened:
        model = make_model(*charted)  # type: ignore[arg-type]
        field = make_form("gait", model).input(CADENCE)
        assert isinstance(field, NumberInput)
        clock = Clock()
        field.clock = clock
        field.setFocus()
        return field, model, clock

    return make


def tap(clock: Clock, taps: int, seconds: float, key: str = "t") -> None:
    """Tap with whatever has the keyboard."""
    for _ in range(taps):
        focus = QApplication.focusWidget()
        assert focus is not None
        type_keys(focus, key)
        clock.now += seconds


def pad_of(field: NumberInput) -> TapPad:
    """The pad that is open."""
    pad = field.opened_pad()
    assert pad is not None
    return pad


def test_the_first_tap_starts_and_return_takes_the_rate(open_field: Callable[..., Opened]) -> None:
    field, model, clock = open_field()
    tap(clock, 9, 0.7)
    pad = pad_of(field)
    assert pad.estimate is not None
    assert pad.estimate.steps_a_minute == 171
    assert model.value(CADENCE) is None
    press(pad, Qt.Key.Key_Return)
    assert model.value(CADENCE) == 171
    assert field.opened_pad() is None
    assert QApplication.focusWidget() is field
    model.editor.undo()
    assert model.value(CADENCE) is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Tab])
def test_a_count_that_is_not_taken_is_thrown_away(
    open_field: Callable[..., Opened], key: Qt.Key
) -> None:
    """And what was charted before stays."""
    field, model, clock = open_field({"gait.cadence": 160})
    tap(clock, 9, 0.7)
    press(pad_of(field), key)
    assert field.opened_pad() is None
    assert model.value(CADENCE) == 160
    # Escape stays at the field, Tab goes on from it.
    assert (QApplication.focusWidget() is field) is (key == Qt.Key.Key_Escape)
    field.setFocus()
    tap(clock, 2, 0.7)
    assert "2 taps" in pad_of(field).value_words()


def test_leaving_for_another_field_throws_the_count_away(
    open_field: Callable[..., Opened],
) -> None:
    field, model, clock = open_field()
    tap(clock, 9, 0.7)
    other = field.window().findChild(NumberInput, "gait.trunk_lean_angle")
    assert other is not None
    other.setFocus()
    assert field.opened_pad() is None
    assert QApplication.focusWidget() is other
    assert not model.visit.findings


def test_five_taps_are_not_enough_and_return_says_so(open_field: Callable[..., Opened]) -> None:
    field, model, clock = open_field()
    tap(clock, 5, 0.7)
    pad = pad_of(field)
    press(pad, Qt.Key.Key_Return)
    assert pad.isVisible()
    assert pad.value_words() == "5 taps, 1 more"
    assert not model.visit.findings


def test_both_feet_tapped_by_mistake_are_noticed(open_field: Callable[..., Opened]) -> None:
    """170 landings of both feet would come out as 340 steps: outside of what can be charted."""
    field, model, clock = open_field()
    tap(clock, 12, 60 / 170)
    pad = pad_of(field)
    press(pad, Qt.Key.Key_Return)
    assert pad.isVisible()
    assert "outside 100 to 240: not the same foot each time?" in pad.value_words()
    assert not model.visit.findings


def test_space_and_a_click_tap_too_and_delete_begins_anew(
    open_field: Callable[..., Opened],
) -> None:
    field, _model, clock = open_field()
    tap(clock, 1, 0.7)
    pad = pad_of(field)
    tap(clock, 3, 0.7, " ")
    click(pad, 20, 20)
    assert pad.value_words().startswith("5 taps")
    press(pad, Qt.Key.Key_Delete)
    assert pad.value_words().startswith("0 taps")


def test_a_key_held_down_is_one_tap(open_field: Callable[..., Opened]) -> None:
    field, _model, clock = open_field()
    tap(clock, 1, 0.7)
    pad = pad_of(field)
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_T, Qt.KeyboardModifier.NoModifier, "t", autorep=True
    )
    QApplication.sendEvent(pad, held)
    assert pad.value_words().startswith("1 tap,")


def test_the_pad_says_what_it_counts_and_how_steadily(open_field: Callable[..., Opened]) -> None:
    field, _model, clock = open_field()
    tap(clock, 8, 60 / 85)
    pad = pad_of(field)
    assert pad.accessibleName() == "Cadence by tapping, each time the same foot lands"
    reader = QAccessible.queryAccessibleInterface(pad)
    said = reader.text(QAccessible.Text.Value)
    assert said == "170 steps/min, give or take 1, steady, 8 taps"
    assert field.window().rect().contains(pad.geometry())


def test_a_signed_visit_counts_nothing(open_field: Callable[..., Opened]) -> None:
    field, model, clock = open_field({"gait.cadence": 160})
    model.set_locked(True)
    tap(clock, 2, 0.7)
    assert field.opened_pad() is None


def test_only_a_rate_can_be_tapped(make_form: MakeForm) -> None:
    """T in any other number means nothing."""
    field = make_form("gait").input(Key("gait.trunk_lean_angle"))
    assert isinstance(field, NumberInput)
    type_keys(field, "t")
    assert field.opened_pad() is None


def test_escape_is_the_pads_own_key(open_field: Callable[..., Opened]) -> None:
    """The window's Esc, one step back, must not take the therapist out of the visit."""
    field, _model, clock = open_field()
    tap(clock, 1, 0.7)
    asked = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
    )
    asked.ignore()
    QApplication.sendEvent(pad_of(field), asked)
    assert asked.isAccepted()


def test_the_line_of_a_retest_is_filled_by_taps_too(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.resize(300, 200)
    with qtbot.waitExposed(line):
        line.show()
    line.activateWindow()
    line.setFocus()
    taps = LineTaps(line, 100, 240)
    clock = taps.clock = Clock()
    typed: list[str] = []
    line.textEdited.connect(typed.append)
    tap(clock, 7, 0.75)
    focus = QApplication.focusWidget()
    assert isinstance(focus, TapPad)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert (line.text(), typed) == ("160", ["160"])
    assert QApplication.focusWidget() is line
