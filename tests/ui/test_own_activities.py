"""The patient's own activities in the measures: named and scored without the mouse."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Activity, Case, Patient, Visit
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import CTRL, Therapist
from ui.forms.activity_rows import ActivityRows, ScoreInput
from ui.forms.section_form import SectionForm

LAST_WEEK = (Activity("Sitting through a film", 3), Activity("Running 10 km", 2),
             Activity("Tying shoes", 6))  # fmt: skip


@pytest.fixture
def second(therapist: Therapist) -> Therapist:
    """At the measures of a second visit, a week after three activities were scored."""
    desk = therapist.desk
    case = Case(
        Patient("Case A", dt.date(1982, 3, 14)), (Visit(dt.date(2026, 3, 16), psfs=LAST_WEEK),)
    )
    therapist.window.begin_visit(chart_case(desk.open_record, desk.act(), case))
    therapist.page.open_section("measures")
    return therapist


@pytest.fixture
def first(therapist: Therapist) -> Therapist:
    """At the measures of a first visit."""
    therapist.begins_visit()
    therapist.page.open_section("measures")
    return therapist


def score(therapist: Therapist, n: int) -> ScoreInput:
    """The field for the score of an activity."""
    found = therapist.widget(f"psfs.score@{n}")
    assert isinstance(found, ScoreInput)
    return found


def charted(therapist: Therapist) -> tuple[Activity, ...]:
    """What stands in the record, not only on screen."""
    return therapist.stored.psfs


def mean_words(therapist: Therapist) -> str:
    """What the form says behind the mean."""
    form = therapist.page.form("measures")
    assert isinstance(form, SectionForm)
    rows = form.body.figures["activities"]
    assert isinstance(rows, ActivityRows)
    return rows.mean_words()


def presses_return(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_Return)


def test_three_activities_are_named_and_scored_going_round_by_return(first: Therapist) -> None:
    first.goes_to("psfs.activity@1")
    for name, number in (("Sitting", "3"), ("Running 10 km", "2"), ("Tying shoes", "6,5")):
        first.types(name)
        presses_return(first)
        first.types(number)
        presses_return(first)
    assert charted(first) == (
        Activity("Sitting", 3), Activity("Running 10 km", 2), Activity("Tying shoes", 6.5),
    )  # fmt: skip
    assert first.focus.objectName() == "psfs.activity@4", "a fourth may follow"


def test_a_name_is_kept_before_it_has_a_score_and_counts_for_nothing(first: Therapist) -> None:
    first.goes_to("psfs.activity@1")
    first.types("Sitting")
    assert first.stored.activities == ("Sitting",)
    assert charted(first) == ()
    score(first, 1).setFocus()
    first.types("0")
    assert charted(first) == (Activity("Sitting", 0),), "0 is unable, not blank"
    assert not first.stored.activities


def test_last_times_names_stand_in_grey_and_their_scores_are_never_taken_over(
    second: Therapist,
) -> None:
    line = second.line("psfs.activity@1")
    assert (line.text(), line.placeholderText()) == ("", "Sitting through a film")
    assert score(second, 1).value() is None
    assert "last time 3" in score(second, 1).accessibleName()
    assert charted(second) == ()
    assert second.stored.activities == ()


def test_scored_again_with_two_keys_each(second: Therapist) -> None:
    score(second, 1).setFocus()
    for key in "65=":
        second.types(key)
        presses_return(second)
    assert charted(second) == (
        Activity("Sitting through a film", 6), Activity("Running 10 km", 5),
        Activity("Tying shoes", 6),
    )  # fmt: skip
    assert mean_words(second) == "of 10, 3 scored; last time 3.7; better (counts from 2)"


def test_one_scored_alone_stays_in_its_place_and_the_others_stay_grey(second: Therapist) -> None:
    score(second, 2).setFocus()
    second.types("4")
    assert charted(second) == (Activity("Running 10 km", 4),)
    assert second.line("psfs.activity@1").placeholderText() == "Sitting through a film"
    assert second.line("psfs.activity@2").text() == "Running 10 km"
    second.presses(Qt.Key.Key_Delete)
    assert charted(second) == ()
    assert second.stored.activities == (), "in grey again"


def test_a_mean_of_other_activities_is_not_compared(second: Therapist) -> None:
    score(second, 1).setFocus()
    second.types("9")
    assert "last time" not in mean_words(second)


def test_renamed_and_taken_out_and_undone(second: Therapist) -> None:
    score(second, 1).setFocus()
    second.types("6")
    second.goes_to("psfs.activity@1")
    second.line("psfs.activity@1").selectAll()
    second.types("Cinema")
    presses_return(second)
    assert charted(second) == (Activity("Cinema", 6),)
    second.goes_to("psfs.activity@1")
    second.line("psfs.activity@1").selectAll()
    second.presses(Qt.Key.Key_Delete)
    assert charted(second) == (Activity("Cinema", 6),), "blank on the way to another name"
    presses_return(second)
    assert charted(second) == ()
    second.presses(Qt.Key.Key_Z, CTRL)
    assert charted(second) == (Activity("Cinema", 6),)
    assert second.line("psfs.activity@1").text() == "Cinema"


def test_an_activity_named_twice_is_refused_beside_its_name(first: Therapist) -> None:
    first.goes_to("psfs.activity@1")
    first.types("Sitting")
    first.goes_to("psfs.activity@2")
    first.types("  sitting ")
    assert first.line("psfs.activity@2").accessibleDescription() == "named twice"
    assert first.line("psfs.activity@2").text() == "  sitting "
    assert first.stored.activities == ("Sitting",)


def test_a_score_out_of_range_is_said_beside_it_and_not_charted(first: Therapist) -> None:
    first.goes_to("psfs.activity@1")
    first.types("Sitting")
    score(first, 1).setFocus()
    first.types("11")
    assert score(first, 1).described_error() == "outside 0 to 10"
    assert charted(first) == ()
    assert first.stored.activities == ("Sitting",)


def test_a_score_typed_before_its_activity_has_a_name_waits_for_it(first: Therapist) -> None:
    score(first, 1).setFocus()
    first.types("4")
    first.goes_to("psfs.activity@1")
    assert score(first, 1).described_error() == "name the activity"
    assert charted(first) == ()
    first.types("Stairs")
    assert charted(first) == (Activity("Stairs", 4),)
    assert score(first, 1).described_error() == ""


def test_five_are_enough(first: Therapist) -> None:
    for n in range(1, 6):
        first.goes_to(f"psfs.activity@{n}")
        first.types(f"Stairs {n}")
    assert len(first.stored.activities) == 5
    assert first.window.findChild(ScoreInput, "psfs.score@6") is None


def test_a_signed_visit_can_only_be_read(second: Therapist) -> None:
    second.page.model.set_locked(True)
    score(second, 1).setFocus()
    second.types("5")
    second.goes_to("psfs.activity@1")
    second.types("Film")
    assert charted(second) == ()
    assert second.stored.activities == ()


def test_the_total_of_another_sheet_has_its_own_field(first: Therapist) -> None:
    first.goes_to("outcome.psfs")
    first.types("4.5")
    assert first.stored.findings[Key("outcome.psfs")] == 4.5


def test_control_and_arrow_go_from_test_to_test(first: Therapist) -> None:
    """From the pain scores down to the questionnaires and back, the activities in between."""
    first.goes_to("outcome.nprs_worst")
    places = []
    for key in [Qt.Key.Key_Down] * 4 + [Qt.Key.Key_Up]:
        first.presses(key, CTRL)
        places.append(first.focus.objectName())
    assert places == [
        "outcome.pain_free_run", "psfs.activity@1", "outcome.lefs", "outcome.lefs",
        "psfs.activity@1",
    ]  # fmt: skip
