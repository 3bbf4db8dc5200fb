"""What a course is about, at the window: told, closed, opened again, one of several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.courses import Closing, CourseFacts, GoalNumber
from clinic_desktop.domain.errors import RecordUnavailable, Refused
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.record import chart_case, open_chart
from tests.at_the_desk import CTRL, TODAY, Therapist
from ui.course_choice import CourseRow
from ui.course_page import CoursePage
from ui.labels import Label
from ui.list_column import shares
from ui.waiting_courses import DueRow, StillRow

PAIN, RUN = Key("outcome.nprs_now"), Key("outcome.pain_free_run")
NEXT = "plan.next_visit"
A_DAY = dt.timedelta(days=1)


def about(therapist: Therapist) -> CoursePage:
    """The course that is open, what it is about in front, after Ctrl+E."""
    therapist.presses(Qt.Key.Key_E, CTRL)
    page = therapist.window.course
    assert page is not None
    assert page.view == "about"
    return page


def facts(therapist: Therapist) -> CourseFacts:
    """What the record says of the patient's newest course."""
    desk = therapist.desk
    return open_chart(desk.open_record, desk.act(), 1).facts


def put(
    therapist: Therapist,
    *charts: Mapping[Key, Value],
    name: str = "Case C",
    number: int | None = None,
    course: CourseFacts = CourseFacts(),  # noqa: B008 - a frozen value
    last: dt.date = TODAY,
    signed: bool = False,
) -> int:
    """A patient with a visit a week for each chart; home has read it."""
    first = last - dt.timedelta(weeks=len(charts) - 1)
    visits = tuple(
        Visit(first + dt.timedelta(weeks=n), dict(chart), signed=signed)
        for n, chart in enumerate(charts)
    )
    desk = therapist.desk
    case = Case(Patient(name, dt.date(1986, 5, 14), sex="female"), visits, course)
    stored = chart_case(
        desk.open_record, desk.act(), case, number, desk.suggest, desk.asks_what_follows
    )
    therapist.window.home.refresh()
    return stored


def said(therapist: Therapist, name: str) -> str:
    """What a line of words says, in sight or not."""
    label = therapist.widget(name)
    assert isinstance(label, Label)
    return label.text()


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
    keep = model._keep  # noqa: SLF001 - the disk of this test

    def full(_facts: CourseFacts) -> None:
        raise RecordUnavailable("The disk is full.")

    monkeypatch.setattr(model, "_keep", full)
    therapist.types("typed")
    assert model.facts.reason == "typed"
    assert "The disk is full." in therapist.page.banner.text()
    assert facts(therapist).reason is None
    monkeypatch.setattr(model, "_keep", keep)
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
    assert "visit 3 of 23-Mar" in said(therapist, "close_unsigned"), "an unsigned visit is said"
    therapist.goes_to("close_outcome")
    therapist.types("1")
    therapist.types("Runs again")
    therapist.presses(Qt.Key.Key_Return)
    assert facts(therapist).closing == Closing(TODAY, "goals_met", "Runs again")
    assert "Closed 23-Mar-2026: goals met. Runs again" in said(therapist, "close_said")
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

    def refuse(_facts: CourseFacts) -> None:
        raise Refused("A therapist may do this.")

    monkeypatch.setattr(page.chart.about, "_keep", refuse)
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
    assert "The course was closed 22-Mar-2026: stopped coming." in " ".join(
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


# -------------------------------------------------------------------- several
def test_another_course_begins_today_and_the_first_can_still_be_read(
    therapist: Therapist,
) -> None:
    put(therapist, {PAIN: 6}, {PAIN: 2}, course=CourseFacts("right thigh"))
    therapist.window.open_patient(1)
    about(therapist)
    therapist.presses_button("new_course")
    therapist.types("left thigh since Easter")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("l")
    therapist.presses_button("begin_course")
    in_front = therapist.window.pages.currentWidget()
    assert in_front is therapist.page, "the new visit"
    assert "left hamstring, visit 1 of 3" in therapist.page.banner.text()
    assert therapist.page.model.last_time(PAIN) is None, "another course, another last time"
    page = about(therapist)
    rows = page.facts.courses.list.rows
    assert [row.title for row in rows if isinstance(row, CourseRow)] == [
        "Course 2: left thigh since Easter",
        "Course 1: right thigh",
    ]
    page.facts.courses.list.choose(1)
    page.facts.courses.list.setFocus()
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.model.value(PAIN) == 2
    assert therapist.page.chart.about.facts.reason == "right thigh"
    therapist.page.count_papers()
    assert "course 1 of 2" in therapist.widget("course_about").accessibleName()
    page = about(therapist)
    assert page.facts.about._title.text() == "Course 1 of 2"  # noqa: SLF001


def test_each_course_asks_and_is_answered_for_itself(therapist: Therapist) -> None:
    """Three visits of the first course do not count for the second."""
    put(therapist, *[{PAIN: 6}] * 3, last=TODAY - 30 * A_DAY, course=CourseFacts("right thigh"))
    therapist.window.open_patient(1)
    about(therapist)
    therapist.presses_button("new_course")
    therapist.presses_button("begin_course")
    therapist.presses(Qt.Key.Key_B, CTRL)
    page = therapist.window.course
    assert page is not None
    assert page.board.question.isHidden()
    assert len(page.board.board.columns) == 1
    therapist.presses(Qt.Key.Key_F, CTRL)
    (row,) = therapist.window.home.still.list.rows
    assert isinstance(row, StillRow)
    assert row.course.facts.reason == "right thigh"
    therapist.window.home.still.list.choose(0)
    therapist.window.home.still.list.open_current()
    therapist.goes_to("course_answer")
    therapist.types("2")
    therapist.types("Imaging")
    therapist.presses(Qt.Key.Key_F, CTRL)
    assert not therapist.window.home.still.list.rows


# -------------------------------------------------------------------- dates
def test_a_visit_written_down_later_stands_in_its_place_on_every_page(
    therapist: Therapist,
) -> None:
    """Between two others, and two on one day: rail, last time, board and charts agree."""
    first, between, day = TODAY - 14 * A_DAY, TODAY - 10 * A_DAY, TODAY - 7 * A_DAY
    number = put(therapist, {PAIN: 8}, {PAIN: 5}, last=day)
    put(therapist, {PAIN: 7}, number=number, last=between)
    desk = therapist.desk
    with desk.open_record(writing=True) as work:
        course = work.newest_course(number)
        assert course is not None
        work.add_visit(course.id, Visit(day, {PAIN: 2}, signed=False), desk.act())
        work.commit()
    therapist.window.open_patient(number)
    entries = therapist.page.chart.entries(TODAY)
    assert [(e.ordinal, e.day) for e in entries] == [
        (1, "09-Mar"), (2, "13-Mar"), (3, "16-Mar"), (4, "16-Mar"),
    ]  # fmt: skip
    assert therapist.page.model.value(PAIN) == 2, "the later one of the day is the newest"
    assert therapist.page.model.last_time(PAIN) == 5
    therapist.presses(Qt.Key.Key_B, CTRL)
    page = therapist.window.course
    assert page is not None
    pains = [dict(column.cells)["Key signs"] for column in page.board.board.columns]
    assert pains == [(f"Pain now: {n} of 10",) for n in (8, 7, 5, 2)]
    (chart,) = page.progress.grid.charts
    assert chart.content.series.days == (first, between, day, day)
    assert list(chart.content.series.trends[0].values) == [8, 7, 5, 2]
    therapist.window.open_patient(number, entries[1].visit_id)
    assert therapist.page.model.last_time(PAIN) == 8, "what came later is not last time"


# -------------------------------------------------------------------- home
def test_home_shows_who_is_due_and_leads_there_by_two_keys(therapist: Therapist) -> None:
    for name, day in (("Late", TODAY - 3 * A_DAY), ("Today", TODAY), ("Soon", TODAY + 2 * A_DAY)):
        planned = CourseFacts("sits badly", planned_visits=3)
        chart: dict[Key, Value] = {Key(NEXT): day.isoformat()}
        put(therapist, chart, name=name, last=TODAY - 7 * A_DAY, course=planned)
    home = therapist.window.home
    assert [row.spoken for row in home.due.list.rows if isinstance(row, DueRow)] == [
        "Late, 3 days over, visit 2 of 3: sits badly",
        "Today, today, visit 2 of 3: sits badly",
        "Soon, Wed 25-Mar, visit 2 of 3: sits badly",
    ]
    therapist.presses(Qt.Key.Key_F6)
    assert therapist.focus is home.due.list
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.chart.patient.name == "Late"
    therapist.presses_button("new_visit")
    therapist.presses(Qt.Key.Key_F, CTRL)
    assert [row.course.patient.name for row in home.due.list.rows] == ["Today", "Soon"]


def test_a_next_visit_charted_at_the_window_is_on_the_list_at_once(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.model.record(Key(NEXT), (TODAY + A_DAY).isoformat())
    therapist.presses(Qt.Key.Key_F, CTRL)
    (row,) = therapist.window.home.due.list.rows
    assert row.spoken == "Case A, Tue 24-Mar, visit 2 of 3"


def test_home_shows_the_third_visit_without_a_change_and_leads_to_the_board(
    therapist: Therapist,
) -> None:
    put(therapist, *[{PAIN: 6}] * 3)
    home = therapist.window.home
    (row,) = home.still.list.rows
    assert row.spoken == "Case C, 3 visits: no real change, last seen today"
    while therapist.focus is not home.still.list:
        therapist.presses(Qt.Key.Key_F6)
    therapist.presses(Qt.Key.Key_Return)
    page = therapist.window.course
    assert page is not None
    assert page.view == "board"
    assert not page.board.question.isHidden()


def test_a_change_typed_at_the_third_visit_takes_it_off_the_list(therapist: Therapist) -> None:
    put(therapist, *[{PAIN: 6}] * 3)
    therapist.window.open_patient(1)
    therapist.page.model.record(PAIN, 2)
    therapist.presses(Qt.Key.Key_F, CTRL)
    assert not therapist.window.home.still.list.rows
    assert therapist.window.home.still.isHidden()


def test_after_the_last_list_the_search_has_the_keyboard_again(therapist: Therapist) -> None:
    put(therapist, {})
    for name in ("drafts", "search"):
        therapist.presses(Qt.Key.Key_F6)
        assert therapist.focus.objectName() == name


@pytest.mark.parametrize(
    ("wanted", "room", "given"),
    [
        ((96, 96), 300, (96, 96)),
        ((48, 400), 300, (48, 252)),
        ((400, 400), 300, (150, 150)),
        ((400, 48, 400), 248, (100, 48, 100)),
        ((400, 400), 10, (48, 48)),
    ],
)
def test_lists_share_what_room_there_is(
    wanted: tuple[int, ...], room: int, given: tuple[int, ...]
) -> None:
    """The short ones stand whole; each shows one row at least."""
    assert shares(wanted, room) == given


def test_a_draft_of_an_older_course_opens_in_its_course(therapist: Therapist) -> None:
    number = put(therapist, {PAIN: 6}, last=TODAY - 30 * A_DAY, course=CourseFacts("old"))
    therapist.window.open_patient(number)
    about(therapist)
    therapist.presses_button("new_course")
    therapist.presses_button("begin_course")
    therapist.presses(Qt.Key.Key_F, CTRL)
    drafts = therapist.window.home.drafts
    assert len(drafts.rows) == 2
    drafts.choose(0)
    drafts.open_current()
    assert therapist.page.chart.about.facts.reason == "old"
    assert replace(therapist.page.chart.about.facts, reason=None) == CourseFacts()
