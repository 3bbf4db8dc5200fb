"""What changed since last time as one view in the visit: read and left by the keyboard."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Activity, Case, Findings, Patient, Visit
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import CTRL, Therapist

RIGHT, LEFT = Side.RIGHT, Side.LEFT
FIRST: Findings = {
    Key("slr.angle", RIGHT): 50, Key("bridge.pain", RIGHT): 6, Key("slr.angle", LEFT): 72,
    Key("slump.result", RIGHT): "positive", Key("slump.familiar", RIGHT): "yes",
    Key("nerve_mobility.result", RIGHT): "positive", Key("complaint.side"): "right",
}  # fmt: skip
TODAY: dict[Key, Value] = {
    Key("slr.angle", RIGHT): 66, Key("bridge.pain", RIGHT): 8, Key("slr.angle", LEFT): 70,
    Key("nerve_mobility.result", RIGHT): "negative", Key("slump.result", LEFT): "positive",
}  # fmt: skip


@pytest.fixture
def second(therapist: Therapist) -> Therapist:
    """At the nerves of a second visit in which some of the tests were done again."""
    desk = therapist.desk
    case = Case(
        Patient("Case A", dt.date(1982, 3, 14)),
        (Visit(dt.date(2026, 3, 16), FIRST, psfs=(Activity("Sitting", 3),)),),
    )
    therapist.window.begin_visit(chart_case(desk.open_record, desk.act(), case))
    for key, value in TODAY.items():
        therapist.page.model.record(key, value)
    therapist.page.open_section("nerves")
    return therapist


def opens(therapist: Therapist) -> str:
    """Ask for the view by its key; gives what it says."""
    therapist.presses(Qt.Key.Key_D, CTRL)
    return therapist.page.changes.text()


def test_the_key_tells_what_is_new_worse_gone_better_and_no_longer_tested(
    second: Therapist,
) -> None:
    said = opens(second)
    assert second.page.changes.isVisible()
    kinds = [line.partition(":")[0] for line in said.splitlines()]
    assert list(dict.fromkeys(kinds)) == [
        "New", "Worse", "Gone", "Better", "No longer tested", "No real change",
    ]  # fmt: skip
    assert "Worse: Hamstring bridge, pain, right: 6 of 10, now 8 of 10" in said
    assert "Better: SLR, first symptom, right: 50 deg, now 66 deg, 16 deg more, error" in said
    assert "No real change: 1, folded" in said


def test_a_test_that_nobody_repeated_is_told_once_and_never_as_gone(second: Therapist) -> None:
    gone = [line for line in opens(second).splitlines() if line.startswith("Gone")]
    assert not any("Slump" in line for line in gone)
    untested = [line for line in second.page.changes.text().splitlines() if "Slump, right" in line]
    assert untested == ["No longer tested: Slump, right: result positive; familiar yes"]


def test_a_line_goes_to_its_field(second: Therapist) -> None:
    opens(second)
    assert second.focus.objectName() == "changes"
    assert second.page.changes.list.currentIndex().row() == 1, "the first line under New"
    second.presses(Qt.Key.Key_Down)
    second.presses(Qt.Key.Key_Return)
    assert second.focus.objectName() == "bridge.pain@right"
    assert not second.page.changes.isVisible()


def test_no_real_change_unfolds(second: Therapist) -> None:
    opens(second)
    second.presses(Qt.Key.Key_End)
    second.presses(Qt.Key.Key_Return)
    assert "No real change: SLR, first symptom, left: 72 deg, now 70 deg" in (
        second.page.changes.text()
    )


@pytest.mark.parametrize("key", ["Ctrl+D", "Esc"])
def test_the_same_key_or_escape_gives_the_form_back(second: Therapist, key: str) -> None:
    opens(second)
    if key == "Esc":
        second.presses(Qt.Key.Key_Escape)
    else:
        second.presses(Qt.Key.Key_D, CTRL)
    assert not second.page.changes.isVisible()
    assert second.page.form("nerves").isVisible()
    assert second.window.visit is second.page, "one step back, not two"


def test_what_is_charted_meanwhile_is_told_at_once(second: Therapist) -> None:
    opens(second)
    second.page.model.record(Key("slump.result", RIGHT), "negative")
    assert "Gone: Slump right: positive, now negative" in second.page.changes.text()


def test_an_activity_that_was_not_scored_leads_to_the_measures(second: Therapist) -> None:
    lines = opens(second).splitlines()
    at = next(n for n, line in enumerate(lines) if "Sitting (own activity)" in line)
    second.page.changes.list.choose(at)
    second.presses(Qt.Key.Key_Return)
    assert second.page.tabs.current() == "measures"


def test_a_first_visit_has_nothing_to_compare_with(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_D, CTRL)
    assert not therapist.page.changes.isVisible()
    action = next(a for a in therapist.window.commands if a.id == "changes")
    assert action.hindrance() == "There is no earlier visit."


def test_f6_goes_to_the_panel_and_back_to_the_list(second: Therapist) -> None:
    opens(second)
    second.presses(Qt.Key.Key_F6)
    assert second.page.panel.isAncestorOf(second.focus)
    second.presses(Qt.Key.Key_F6)
    second.presses(Qt.Key.Key_F6)
    assert second.focus.objectName() == "changes"
