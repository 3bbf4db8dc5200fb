"""The strip under the form: the last sign that was taken again, held against its error."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Retest, Visit
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import CTRL, Therapist
from ui.forms.plan_section import PlanSection
from ui.visit.layout import places

RIGHT = Side.RIGHT
SLR, BRIDGE = Key("slr.angle", RIGHT), Key("bridge.pain", RIGHT)
TENDER, SLUMP = Key("palpation.tuberosity", RIGHT), Key("slump.result", RIGHT)
FOUND = {
    Key("complaint.side"): "right", Key("slr.result", RIGHT): "positive", SLR: 54,
    Key("slr.angle", Side.LEFT): 72, BRIDGE: 6, SLUMP: "positive",
}  # fmt: skip


def begins(therapist: Therapist, *signs: Key) -> None:
    """Today's visit with a few findings, these signs chosen, and the keyboard in the story."""
    therapist.begins_visit()
    for key, value in FOUND.items():
        therapist.page.model.record(key, value)
    therapist.page.model.editor.choose_signs(signs)
    therapist.page.open_section("story")


def presses_return(therapist: Therapist, times: int = 1) -> None:
    for _time in range(times):
        therapist.presses(Qt.Key.Key_Return)


def followed(therapist: Therapist) -> tuple[Key, ...]:
    """The signs that the record says are followed."""
    return therapist.stored.signs


def retested(therapist: Therapist) -> tuple[Retest, ...]:
    """What stands in the record, not only on screen."""
    return therapist.stored.retests


def test_the_strip_takes_no_room_until_there_is_something_to_follow(therapist: Therapist) -> None:
    therapist.begins_visit()
    pane = therapist.page.retest
    assert not pane.isVisible()
    tall = therapist.page.pages.height()
    therapist.page.model.record(SLR, 54)
    therapist.page.model.editor.choose_signs((SLR,))
    assert pane.isVisible()
    assert pane.height() == 56
    assert therapist.page.pages.height() == tall - 56
    assert "54 deg" in pane.accessibleName()


def test_signs_are_chosen_with_two_keys_from_what_was_found(therapist: Therapist) -> None:
    """Ctrl+R proposes what hurts or is limited on the painful side; Return takes it. Kept at once,
    and the keyboard is back where it was."""
    begins(therapist)
    was = therapist.focus.objectName()
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.focus.objectName() == "retest_signs"
    presses_return(therapist)
    assert followed(therapist) == (BRIDGE, SLR, SLUMP)
    assert therapist.focus.objectName() == was


def test_a_mark_is_taken_off_by_its_figure_and_a_fourth_is_refused_in_words(
    therapist: Therapist,
) -> None:
    begins(therapist)
    therapist.page.model.record(TENDER, 4)
    therapist.page.model.record(Key("outcome.nprs_now"), 5)
    therapist.presses(Qt.Key.Key_R, CTRL)
    choice = therapist.page.retest.choice
    assert len(choice.chosen()) == 3
    therapist.types("4")
    presses_return(therapist)
    assert followed(therapist) == ()
    assert "Three at most" in choice.chips.described_error()
    therapist.types("1")
    presses_return(therapist)
    assert len(followed(therapist)) == 3
    assert choice.chips.described_error() == ""


def test_nothing_charted_leaves_nothing_to_choose(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert "chart a test" in therapist.page.retest.choice.text()
    therapist.presses(Qt.Key.Key_Escape)
    assert not therapist.page.retest.isVisible()
    assert followed(therapist) == ()


def test_a_field_chooses_its_own_sign_and_lets_it_go(therapist: Therapist) -> None:
    begins(therapist)
    therapist.page.go_to(Key("slr.angle", Side.LEFT))
    therapist.presses(Qt.Key.Key_T, CTRL)
    assert followed(therapist) == (Key("slr.angle", Side.LEFT),)
    therapist.presses(Qt.Key.Key_T, CTRL)
    assert followed(therapist) == ()
    therapist.page.go_to(Key("complaint.duration_weeks"))
    therapist.presses(Qt.Key.Key_T, CTRL)
    assert followed(therapist) == (), "weeks are no test"


def test_one_key_takes_just_the_chosen_signs_again(therapist: Therapist) -> None:
    """Ctrl+R, a few letters of what was done, dose, minutes, one value a sign; back where she
    was. Each comparison is in the record with its baseline."""
    begins(therapist, SLR, BRIDGE)
    was = therapist.focus.objectName()
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.focus.objectName() == "retest_treatment_again"
    therapist.types("seat")
    presses_return(therapist)
    therapist.types("2 x 10")
    presses_return(therapist)
    therapist.types("4")
    presses_return(therapist)
    assert therapist.focus.objectName() == "retest_after:slr.angle@right"
    therapist.types("66")
    presses_return(therapist)
    assert therapist.focus.objectName() == "retest_after:bridge.pain@right"
    therapist.types("3")
    presses_return(therapist)
    assert retested(therapist) == (
        Retest("slider_seated", "slr.angle", RIGHT, 54, 66, dose="2 x 10", minutes=4),
        Retest("slider_seated", "bridge.pain", RIGHT, 6, 3, dose="2 x 10", minutes=4),
    )
    assert therapist.focus.objectName() == was
    strip = therapist.page.retest.text()
    assert "54 deg, Seated nerve slider (2 x 10; 4 min), 66 deg" in strip
    assert "better than measuring error; 12 deg more; error" in strip


def test_the_next_treatment_begins_where_the_last_one_left_the_sign(therapist: Therapist) -> None:
    """54, slider, 66: then 66 is the value before, and not the 54 of the beginning."""
    begins(therapist, SLR)
    therapist.page.model.editor.add_retest(Retest("slider_seated", "slr.angle", RIGHT, 54, 66))
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("brace")
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.focus.objectName() == "retest_after:slr.angle@right"
    therapist.types("70")
    presses_return(therapist)
    assert retested(therapist)[-1] == Retest("brace", "slr.angle", RIGHT, 66, 70)
    assert "no real change" in therapist.page.retest.text()


def test_the_key_goes_round_the_chosen_signs(therapist: Therapist) -> None:
    begins(therapist, SLR, BRIDGE)
    names = []
    for _time in range(4):
        therapist.presses(Qt.Key.Key_R, CTRL)
        names.append(therapist.focus.objectName())
    slr, bridge = "retest_after:slr.angle@right", "retest_after:bridge.pain@right"
    assert names == ["retest_treatment_again", slr, bridge, slr]


def test_blank_takes_the_treatment_that_stands_in_grey(therapist: Therapist) -> None:
    """The plan's own item is the likeliest; it needs a key of her own to be charted."""
    begins(therapist, SLR)
    therapist.page.model.editor.plan((PlanChoice("slider_standing"),))
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.line("retest_treatment_again").placeholderText() == "Standing nerve slider"
    presses_return(therapist)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("60")
    presses_return(therapist)
    assert retested(therapist)[0].treatment == "slider_standing"


def test_what_is_no_plan_item_is_charted_in_her_own_words(therapist: Therapist) -> None:
    begins(therapist, SLR)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("PA mobilisation L5")
    presses_return(therapist)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("68")
    presses_return(therapist)
    assert retested(therapist) == (
        Retest("other", "slr.angle", RIGHT, 54, 68, note="PA mobilisation L5"),
    )


def test_equals_takes_the_usual_dose(therapist: Therapist) -> None:
    begins(therapist, SLR)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("seated")
    presses_return(therapist)
    therapist.types("=")
    presses_return(therapist, 2)
    therapist.types("66")
    usual = therapist.desk.plan_library.text("slider_seated").dose
    assert retested(therapist)[0].dose == usual


def test_equals_writes_no_dose_where_none_is_usual(therapist: Therapist) -> None:
    """The grey word of the empty field became the dose."""
    begins(therapist, SLR)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("PA mobilisation L5")
    presses_return(therapist)
    therapist.types("=")
    presses_return(therapist, 2)
    therapist.types("68")
    presses_return(therapist)
    assert retested(therapist)[0].dose is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("w", "measured before: type a number"),
        ("230", "outside 0 to 130 deg"),
        ("6x", "not a number"),
    ],
)
def test_what_cannot_be_compared_is_refused_beside_its_place(
    therapist: Therapist, typed: str, words: str
) -> None:
    """Words never stand against a number. What was typed stays, and nothing is charted."""
    begins(therapist, SLR)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("brace")
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types(typed)
    line = therapist.line("retest_after:slr.angle@right")
    assert line.accessibleDescription() == words
    assert retested(therapist) == ()
    presses_return(therapist)
    assert (therapist.focus, line.text()) == (line, typed)
    therapist.presses(Qt.Key.Key_Escape)
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.line("retest_after:slr.angle@right").text() == typed, "kept as typed"


def test_a_sign_without_a_value_before_is_told_not_measured(therapist: Therapist) -> None:
    begins(therapist, TENDER)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.goes_to("retest_treatment_again")
    therapist.types("tendon")
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("2")
    line = therapist.line("retest_after:palpation.tuberosity@right")
    assert "not measured before" in line.accessibleDescription()
    line.selectAll()
    therapist.types("b")
    assert [r.verdict for r in retested(therapist)] == ["better"]
    assert retested(therapist)[0].before is None


def test_a_retest_needs_to_know_what_was_done(therapist: Therapist) -> None:
    begins(therapist, SLR)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("66")
    presses_return(therapist)
    assert therapist.focus.objectName() == "retest_treatment_again"
    assert retested(therapist) == ()
    therapist.types("brace")
    presses_return(therapist)
    assert retested(therapist) == (Retest("brace", "slr.angle", RIGHT, 54, 66),)


def test_undo_takes_the_value_back_in_strip_and_record(therapist: Therapist) -> None:
    begins(therapist, SLR)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("brace")
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("66")
    editor = therapist.page.model.editor
    editor.undo()
    assert retested(therapist) == ()
    assert therapist.line("retest_after:slr.angle@right").text() == ""
    editor.redo()
    assert retested(therapist) == (Retest("brace", "slr.angle", RIGHT, 54, 66),)
    assert therapist.line("retest_after:slr.angle@right").text() == "66"


def test_a_treatment_that_was_begun_waits_while_she_treats(therapist: Therapist) -> None:
    """Named before it is given; Esc, minutes at the table, and Ctrl+R asks for the sign at
    once."""
    begins(therapist, SLR)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("brace")
    presses_return(therapist)
    therapist.presses(Qt.Key.Key_Escape)
    assert not therapist.page.retest.is_open
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.focus.objectName() == "retest_after:slr.angle@right"
    assert therapist.line("retest_treatment_again").text() == "Brace"


def test_last_visits_signs_are_a_proposal_and_no_finding(therapist: Therapist) -> None:
    """Last week's signs stand in grey; last week's number is never a value before."""
    desk = therapist.desk
    week_ago = Visit(dt.date(2026, 3, 16), {SLR: 50}, signs=(SLR,))
    case = Case(Patient("Case A", dt.date(1982, 3, 14)), (week_ago,))
    therapist.window.begin_visit(chart_case(desk.open_record, desk.act(), case))
    assert "Followed: SLR, first symptom, right" in therapist.page.retest.text()
    assert followed(therapist) == ()
    therapist.presses(Qt.Key.Key_R, CTRL)
    presses_return(therapist)
    assert followed(therapist) == (SLR,)
    assert therapist.stored.findings == {}
    therapist.presses(Qt.Key.Key_Escape)
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.goes_to("retest_treatment_again")
    therapist.types("brace")
    therapist.goes_to("retest_after:slr.angle@right")
    therapist.types("66")
    line = therapist.line("retest_after:slr.angle@right")
    assert "not measured before" in line.accessibleDescription()
    assert retested(therapist) == ()


def test_what_is_followed_is_measured_where_it_is_chosen(therapist: Therapist) -> None:
    """A second visit: Ctrl+R, Return, and the two values of today are typed one after the other;
    they are findings like any other, and last time's stand in grey."""
    desk = therapist.desk
    week_ago = Visit(dt.date(2026, 3, 16), {SLR: 50, BRIDGE: 6}, signs=(SLR, BRIDGE))
    case = Case(Patient("Case A", dt.date(1982, 3, 14)), (week_ago,))
    therapist.window.begin_visit(chart_case(desk.open_record, desk.act(), case))
    was = therapist.focus.objectName()
    therapist.presses(Qt.Key.Key_R, CTRL)
    presses_return(therapist)
    assert therapist.focus.objectName() == "retest_before:slr.angle@right"
    assert therapist.line("retest_before:slr.angle@right").placeholderText() == "50"
    therapist.types("54")
    presses_return(therapist)
    therapist.types("=")
    assert therapist.line("retest_before:bridge.pain@right").text() == "6"
    presses_return(therapist)
    assert therapist.focus.objectName() == was, "now it is treated"
    assert therapist.stored.findings == {SLR: 54, BRIDGE: 6}
    assert therapist.page.model.is_repeated(BRIDGE), "tested again today"
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.focus.objectName() == "retest_treatment_again"


def test_a_value_before_out_of_range_is_refused_beside_its_field(therapist: Therapist) -> None:
    begins(therapist, TENDER)
    therapist.presses(Qt.Key.Key_R, CTRL)
    line = therapist.line("retest_before:palpation.tuberosity@right")
    assert therapist.focus is line
    therapist.types("12")
    assert line.accessibleDescription() == "outside 0 to 10"
    assert TENDER not in therapist.stored.findings
    presses_return(therapist)
    assert (therapist.focus, line.text()) == (line, "12")


def test_a_signed_visit_shows_its_retests_and_takes_none(therapist: Therapist) -> None:
    begins(therapist, SLR)
    therapist.page.model.editor.add_retest(Retest("brace", "slr.angle", RIGHT, 54, 66))
    therapist.page.model.set_locked(True)
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert not therapist.page.retest.is_open
    assert "66 deg" in therapist.page.retest.text()


def test_by_hand_any_sign_is_entered_in_the_plan_tab(therapist: Therapist) -> None:
    begins(therapist)
    therapist.page.model.editor.add_retest(Retest("slider_seated", "slr.angle", RIGHT, 54, 66))
    therapist.page.to_retest_by_hand()
    plan = therapist.page.form("plan")
    assert isinstance(plan, PlanSection)
    assert (plan.retest.test.value(), plan.retest.side.value()) == ("slr.angle", "right")
    assert therapist.line("retest_before").text() == "66"
    therapist.goes_to("retest_before")
    therapist.line("retest_before").selectAll()
    therapist.types("70")
    therapist.page.to_retest_by_hand()
    assert therapist.line("retest_before").text() == "70", "half typed is not overwritten"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 700)])
def test_no_part_of_the_visit_lies_over_another(width: int, height: int) -> None:
    at = places(width, height, drawer_open=False, older=True, retest=56)
    parts = (at.banner, at.rail, at.tabs, at.older, at.pages, at.retest, at.key_line, at.panel)
    for place, one in enumerate(parts):
        assert not any(one.intersects(other) for other in parts[place + 1 :])
    assert at.retest.height() == 56
    assert at.pages.bottom() + 1 == at.retest.top()
