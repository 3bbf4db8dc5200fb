"""A run before and after a cue: from the gait section one key begins the retest."""

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.signs import OF_A_RUN
from clinic_desktop.domain.values import Key, Side
from tests.at_the_desk import CTRL, Therapist
from ui.forms.typed import NumberInput
from ui.widgets.keys import CUE_KEYS

CADENCE, PAIN = OF_A_RUN
DIGITS = {
    "cue_cadence": Qt.Key.Key_1, "cue_land_closer": Qt.Key.Key_2, "cue_tall_lean": Qt.Key.Key_3,
}  # fmt: skip


def runs(therapist: Therapist) -> None:
    """A run was watched: 164 steps a minute, and it hurts 5 of 10."""
    therapist.begins_visit()
    model = therapist.page.model
    model.record(Key("gait.speed"), "fast")
    model.record(CADENCE, 164)
    model.record(PAIN, 5)
    therapist.page.open_section("gait")


@pytest.mark.parametrize("cue", CUE_KEYS)
def test_one_key_a_cue_then_two_numbers(therapist: Therapist, cue: str) -> None:
    runs(therapist)
    therapist.presses(DIGITS[cue], CTRL)
    assert therapist.focus.objectName() == "retest_after:gait.cadence"
    therapist.types("172")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("3")
    therapist.presses(Qt.Key.Key_Return)
    kept = {retest.test: retest for retest in therapist.stored.retests}
    assert {r.treatment for r in kept.values()} == {cue}
    assert (kept["gait.cadence"].before, kept["gait.cadence"].after) == (164, 172)
    assert (kept["outcome.nprs_now"].before, kept["outcome.nprs_now"].after) == (5, 3)
    assert therapist.stored.signs == OF_A_RUN


def test_the_button_does_what_the_key_does(therapist: Therapist) -> None:
    runs(therapist)
    therapist.presses_button("try:cue_tall_lean")
    assert therapist.focus.objectName() == "retest_after:gait.cadence"
    therapist.types("164")
    assert [r.treatment for r in therapist.stored.retests] == ["cue_tall_lean"]


def test_a_second_cue_leaves_the_first_with_its_numbers(therapist: Therapist) -> None:
    """And starts from what the first one led to."""
    runs(therapist)
    therapist.presses(Qt.Key.Key_1, CTRL)
    therapist.types("172")
    therapist.presses(Qt.Key.Key_2, CTRL)
    therapist.types("176")
    kept = [(r.treatment, r.before, r.after) for r in therapist.stored.retests]
    assert kept == [("cue_cadence", 164, 172), ("cue_land_closer", 172, 176)]


def test_the_same_key_again_goes_on_with_the_same_cue(therapist: Therapist) -> None:
    runs(therapist)
    therapist.presses(Qt.Key.Key_1, CTRL)
    therapist.types("172")
    therapist.presses(Qt.Key.Key_Escape)
    therapist.presses(Qt.Key.Key_1, CTRL)
    assert therapist.focus.objectName() == "retest_after:outcome.nprs_now"
    assert [r.after for r in therapist.stored.retests] == [172]


def test_what_cannot_be_read_yet_is_not_lost_to_another_cue(therapist: Therapist) -> None:
    runs(therapist)
    therapist.presses(Qt.Key.Key_1, CTRL)
    therapist.types("17x")
    therapist.presses(Qt.Key.Key_2, CTRL)
    assert therapist.line("retest_after:gait.cadence").text() == "17x"
    assert therapist.stored.retests == ()


def test_signs_that_are_followed_already_stay(therapist: Therapist) -> None:
    """A third of three is added, a fourth is not."""
    runs(therapist)
    slr = Key("slr.angle", Side.RIGHT)
    therapist.page.model.editor.choose_signs((slr, Key("bridge.pain", Side.RIGHT)))
    therapist.presses(Qt.Key.Key_1, CTRL)
    assert therapist.stored.signs == (slr, Key("bridge.pain", Side.RIGHT), CADENCE)


def test_in_a_signed_visit_no_cue_is_tried(therapist: Therapist) -> None:
    runs(therapist)
    therapist.page.model.set_locked(True)
    therapist.presses(Qt.Key.Key_1, CTRL)
    assert therapist.stored.signs == ()
    assert not therapist.page.retest.is_open


def test_cues_stand_in_the_palette_and_on_the_key_sheet(therapist: Therapist) -> None:
    therapist.begins_visit()
    keys = {action.id: action.key for action in therapist.window.commands}
    assert {cue: keys[cue] for cue in CUE_KEYS} == CUE_KEYS


def test_cadence_after_a_cue_is_tapped_in_the_retest(therapist: Therapist) -> None:
    runs(therapist)
    therapist.presses(Qt.Key.Key_1, CTRL)
    therapist.types("t")
    assert therapist.focus.objectName() == "tap_pad"
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.focus.objectName() == "retest_after:gait.cadence"
    assert therapist.stored.retests == ()


def test_escape_leaves_the_tapping_and_not_the_visit(therapist: Therapist) -> None:
    runs(therapist)
    therapist.goes_to("gait.cadence")
    therapist.types("t")
    assert therapist.focus.objectName() == "tap_pad"
    therapist.presses(Qt.Key.Key_Escape)
    assert isinstance(therapist.focus, NumberInput)
    assert therapist.stored.findings[CADENCE] == 164
