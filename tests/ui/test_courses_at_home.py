"""Several courses of a patient at the window, their dates, and home's lists of who waits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import Visit
from tests.at_the_desk import CTRL, TODAY, Therapist
from tests.courses_at_the_desk import A_DAY, NEXT, PAIN, about, put
from tests.settled import all_done
from ui.course.choice import CourseRow
from ui.home.waiting_courses import DueRow, StillRow
from ui.widgets.list_column import shares


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
    all_done()
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
        (1, "9 Mar"), (2, "13 Mar"), (3, "16 Mar"), (4, "16 Mar"),
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
        "Soon, Wed 25 Mar, visit 2 of 3: sits badly",
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
    assert row.spoken == "Case A, Tue 24 Mar, visit 2 of 3"


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
