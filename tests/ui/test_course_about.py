"""What a course is about, at the window: told, closed, opened again."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.courses import Closing, CourseFacts, GoalNumber
from clinic_desktop.domain.errors import RecordUnavailable, Refused
from tests.at_the_desk import CTRL, TODAY, Therapist
from tests.courses_at_the_desk import A_DAY, PAIN, RUN, about, facts, put, words_of
from ui.widgets.labels import Label


# -------------------------------------------------------------------- telling
def test_a_course_is_told_by_keyboard_and_kept_as_it_is_typed(therapist: Therapist) -> None:
    """Reason, side, goal in words and in a number, planned visits: Tab after Tab, no button."""
    therapist.begins_visit()
    about(therapist)
    assert therapist.focus.objectName() == "about_reason"
    therapist.types("two years of pain")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.types("r")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.types("run with my friend")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.types("5")
    assert therapist.focus.objectName() == "about_target", "the number comes next"
    therapist.types("9.7")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.line("about_planned").selectAll()
    therapist.types("4")
    therapist.presses(Qt.Key.Key_Tab)
    assert facts(therapist) == CourseFacts(
        "two years of pain",
        "right",
        "run with my friend",
        GoalNumber(RUN.finding, 9.7),
        4,
        TODAY,
    )
    assert "visit 1 of 4" in therapist.page.banner.text()
    therapist.presses(Qt.Key.Key_Escape)
    assert "right hamstring, visit 1 of 4" in therapist.page.banner.text()
    assert "run with my friend" in therapist.page.rail.facts.accessibleName()


def test_the_goal_in_a_number_is_the_line_in_the_chart(therapist: Therapist) -> None:
    put(therapist, {RUN: 2})
    therapist.window.open_patient(1)
    page = about(therapist)
    therapist.goes_to("about_measure")
    therapist.types("5")
    therapist.types("10")
    page.show_view("progress")
    (chart,) = page.progress.grid.charts
    assert chart.content.series.target is not None
    assert chart.content.series.target.value == 10
    assert chart.content.target == "target 10 km: the patient's goal"


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [("about_target", "999", "target"), ("about_planned", "0", "planned_visits")],
)
def test_what_cannot_be_is_said_beside_the_field_and_not_kept(
    therapist: Therapist, field: str, typed: str, kept: str
) -> None:
    """What was typed stays; what was known before stays known."""
    therapist.begins_visit()
    about(therapist)
    therapist.goes_to("about_measure")
    therapist.types("5")
    therapist.goes_to(field)
    before = getattr(facts(therapist), kept)
    therapist.line(field).selectAll()
    therapist.types(typed)
    therapist.presses(Qt.Key.Key_Tab)
    assert therapist.line(field).text() == typed
    assert getattr(facts(therapist), kept) == before
    page = therapist.window.course
    assert page is not None
    tones = {echo._tone for echo in page.facts.about._echoes.values() if echo.text()}  # noqa: SLF001
    assert "danger" in tones


def test_nought_is_a_goal_too(therapist: Therapist) -> None:
    therapist.begins_visit()
    about(therapist)
    therapist.goes_to("about_measure")
    therapist.types("1")
    therapist.types("0")
    assert facts(therapist).target == GoalNumber(PAIN.finding, 0)


def test_a_day_of_opening_is_read_as_every_day_is(therapist: Therapist) -> None:
    therapist.begins_visit()
    about(therapist)
    line = therapist.line("about_opened")
    line.setFocus()
    for typed, kept in (("2026-03-02", dt.date(2026, 3, 2)), ("tomorrow", dt.date(2026, 3, 2))):
        line.selectAll()
        therapist.types(typed)
        therapist.presses(Qt.Key.Key_Tab)
        line.setFocus()
        assert facts(therapist).opened == kept
    assert line.text() == "tomorrow"


def test_undo_takes_back_what_was_said_of_the_course_and_not_the_visit(
    therapist: Therapist,
) -> None:
    therapist.begins_visit()
    therapist.page.model.record(PAIN, 6)
    about(therapist)
    therapist.goes_to("about_side")
    therapist.types("l")
    therapist.presses(Qt.Key.Key_Z, CTRL)
    assert facts(therapist).side is None
    assert therapist.stored.findings == {PAIN: 6}
    therapist.window.do_action(next(a for a in therapist.window.commands if a.id == "redo"))
    assert facts(therapist).side == "left"


def test_what_cannot_be_stored_now_is_said_and_stored_later(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: what was typed stays on screen, the banner says so, and it is tried again."""
    therapist.begins_visit()
    page = about(therapist)
    model = page.chart.about
    kept = model._keeping  # noqa: SLF001 - the disk of this test
    keep = kept._write  # noqa: SLF001

    def full(*_facts: CourseFacts) -> None:
        raise RecordUnavailable("The disk is full.")

    monkeypatch.setattr(kept, "_write", full)
    therapist.types("typed")
    assert model.facts.reason == "typed"
    assert "The disk is full." in therapist.page.banner.text()
    assert facts(therapist).reason is None
    monkeypatch.setattr(kept, "_write", keep)
    therapist.page.flush()
    assert facts(therapist).reason == "typed"
    assert "The disk is full." not in therapist.page.banner.text()


# -------------------------------------------------------------------- closing
def test_a_course_is_closed_with_an_outcome_and_taken_back_by_one_key(
    therapist: Therapist,
) -> None:
    put(therapist, {PAIN: 6}, {PAIN: 3}, {PAIN: 0}, course=CourseFacts(planned_visits=3))
    therapist.window.open_patient(1)
    page = about(therapist)
    assert "visit 3 of 23 Mar" in words_of(therapist, "close_unsigned"), "an unsigned visit is said"
    therapist.goes_to("close_outcome")
    therapist.types("1")
    therapist.types("Runs again")
    therapist.presses(Qt.Key.Key_Return)
    assert facts(therapist).closing == Closing(TODAY, "goals_met", "Runs again")
    assert "Closed 23 Mar 2026: goals met. Runs again" in words_of(therapist, "close_said")
    assert "course closed" in therapist.page.banner.text()
    assert page.facts.toast.words.text() == "Course closed: goals met."
    therapist.presses_button("toast_undo")
    assert facts(therapist).closing is None
    assert page.facts.toast.isHidden()
    therapist.presses_button("close_course")
    assert facts(therapist).closing is None, "the outcome is chosen anew"


def test_opening_again_can_be_taken_back_too(therapist: Therapist) -> None:
    closing = Closing(TODAY, "other", "moved away")
    put(therapist, {PAIN: 6}, course=CourseFacts(closing=closing))
    therapist.window.open_patient(1)
    about(therapist)
    therapist.presses_button("reopen_course")
    assert facts(therapist).closing is None
    assert therapist.line("close_note").text() == "moved away", "ready to be closed otherwise"
    therapist.presses_button("toast_undo")
    assert facts(therapist).closing == closing


def test_what_this_user_may_not_change_is_said_in_the_card(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    therapist.begins_visit()
    page = about(therapist)

    def refuse(*_facts: CourseFacts) -> None:
        raise Refused("A therapist may do this.")

    kept = page.chart.about._keeping  # noqa: SLF001 - the record of this test
    monkeypatch.setattr(kept, "_write", refuse)
    therapist.types("x")
    assert facts(therapist).reason is None
    assert page.facts.about._refused.text() == "A therapist may do this."  # noqa: SLF001


def test_nothing_is_closed_without_an_outcome(therapist: Therapist) -> None:
    therapist.begins_visit()
    about(therapist)
    assert not therapist.widget("close_course").isEnabled()
    therapist.goes_to("close_note")
    therapist.presses(Qt.Key.Key_Return)
    assert facts(therapist).closing is None


def test_a_signed_visit_is_not_named_as_unsigned(therapist: Therapist) -> None:
    put(therapist, {PAIN: 6}, signed=True)
    therapist.window.open_patient(1)
    about(therapist)
    assert therapist.widget("close_unsigned").isHidden()


def test_no_visit_begins_in_a_closed_course_until_it_is_opened_again(
    therapist: Therapist,
) -> None:
    closing = Closing(TODAY - A_DAY, "stopped_coming")
    put(therapist, {PAIN: 6}, last=TODAY - A_DAY, course=CourseFacts(closing=closing))
    therapist.window.open_patient(1)
    (new_visit,) = (a for a in therapist.window.commands if a.id == "new_visit")
    assert "closed" in new_visit.hindrance()
    assert therapist.widget("new_visit").isHidden()
    assert "The course was closed 22 Mar 2026: stopped coming." in " ".join(
        label.text() for label in therapist.page.older.findChildren(Label)
    )
    therapist.presses_button("older_course")
    assert therapist.line("about_reason").isReadOnly(), "a closed course is read"
    assert therapist.focus.objectName() == "reopen_course"
    therapist.presses(Qt.Key.Key_Space)
    assert facts(therapist).closing is None
    therapist.presses(Qt.Key.Key_Escape)
    assert not new_visit.hindrance()
    therapist.presses_button("new_visit")
    assert therapist.stored.date == TODAY


def test_closing_answers_what_the_board_asks(therapist: Therapist) -> None:
    put(therapist, *[{PAIN: 6}] * 3)
    therapist.window.open_patient(1)
    therapist.presses(Qt.Key.Key_B, CTRL)
    page = therapist.window.course
    assert page is not None
    assert not page.board.question.isHidden()
    page.show_view("about")
    therapist.goes_to("close_outcome")
    therapist.types("4")
    therapist.presses(Qt.Key.Key_Return)
    page.show_view("board")
    assert page.board.question.isHidden()
    assert "referred on" in page.board._hint.text()  # noqa: SLF001
    therapist.presses(Qt.Key.Key_F, CTRL)
    assert not therapist.window.home.still.list.rows
