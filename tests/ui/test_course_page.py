"""The course on screen: the board of visits, what it asks, and the charts of progress."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Decision, Patient, PlanChoice, Retest, Visit
from clinic_desktop.services.course.answers import CourseAnswer, answer_of, with_answer
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import CTRL, TODAY, Therapist
from ui.course.page import CoursePage
from ui.course.progress_chart import ProgressChart
from ui.panels.decision_bar import DecisionBar
from ui.papers.sheet import paper_source

PAIN, RUN = Key("outcome.nprs_now"), Key("outcome.pain_free_run")
RIGHT, LEFT = Key("slr.angle", Side.RIGHT), Key("slr.angle", Side.LEFT)
Chart = Mapping[Key, Value]


def a_case(charts: Sequence[Chart], goal: str | None = None) -> Case:
    """A visit a week for each chart, the last of them today."""
    first = TODAY - dt.timedelta(weeks=len(charts) - 1)
    visits = tuple(
        Visit(first + dt.timedelta(weeks=n), dict(chart)) for n, chart in enumerate(charts)
    )
    patient = Patient("Case C", dt.date(1986, 5, 14), sex="female")
    return Case(patient, visits, CourseFacts(goal=goal))


def course_of(therapist: Therapist, case: Case) -> CoursePage:
    """A course from the record on screen, after Ctrl+B."""
    desk = therapist.desk
    chart_case(desk.open_record, desk.act(), case)
    therapist.window.home.refresh()
    therapist.window.open_patient(1)
    therapist.presses(Qt.Key.Key_B, CTRL)
    page = therapist.window.course
    assert page is not None
    return page


def course_on_screen(therapist: Therapist) -> CoursePage | None:
    """The course that is open."""
    return therapist.window.course


def pain(*values: int | None) -> list[Chart]:
    """Pain now at each visit; None where it was not charted."""
    return [{} if value is None else {PAIN: value} for value in values]


def chart_of(page: CoursePage, finding: str) -> ProgressChart:
    """The chart of a measure, in front and with the keyboard."""
    page.show_view("progress")
    (found,) = (c for c in page.progress.grid.charts if c.content.series.finding == finding)
    found.setFocus()
    return found


def test_the_rail_leads_to_both_views_and_escape_leads_back(therapist: Therapist) -> None:
    therapist.begins_visit()
    for name in ("board", "progress"):
        therapist.presses_button(f"course_{name}")
        page = therapist.window.course
        assert page is not None
        assert page.view == name
        assert therapist.window.pages.currentWidget() is page
        therapist.presses(Qt.Key.Key_Escape)
        assert therapist.window.course is None
        assert therapist.window.pages.currentWidget() is therapist.page


def test_without_a_patient_the_key_opens_nothing(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_B, CTRL)
    assert therapist.window.course is None


def test_an_empty_course_says_what_belongs_there(therapist: Therapist) -> None:
    """Nothing is charted: no chart, no nought, and no word that anything is better."""
    page = course_of(therapist, a_case([{}]))
    (column,) = page.board.board.columns
    assert dict(column.cells)["Key signs"] == ("not recorded",)
    assert page.board.question.isHidden()
    page.show_view("progress")
    assert not page.progress.grid.charts
    assert page.progress.tables.isHidden()
    assert "once they are charted" in page.progress._note.text()  # noqa: SLF001


@pytest.mark.parametrize(("count", "asked"), [(1, False), (2, False), (3, True), (30, True)])
def test_every_visit_has_a_column_and_the_third_without_change_is_asked_about(
    therapist: Therapist, count: int, asked: bool
) -> None:
    page = course_of(therapist, a_case(pain(*[6] * count)))
    board = page.board.board
    assert len(board.columns) == count
    assert page.board.question.isHidden() is not asked
    assert board.in_sight.stop == count, "the newest visit is in sight"
    assert board.columns[-1].title == f"Visit {count}"
    chart = chart_of(page, PAIN.finding)
    assert len(chart.table()) == count + 1
    if count > 1:
        assert "no real change" in chart.accessibleDescription()


def test_a_real_change_is_not_asked_about(therapist: Therapist) -> None:
    page = course_of(therapist, a_case(pain(8, 6, 3)))
    assert page.board.question.isHidden()


def test_the_columns_say_what_was_tried_kept_and_dropped(therapist: Therapist) -> None:
    case = a_case(pain(6, 6))
    first, second = case.visits
    tried = Retest("slider_seated", "slr.angle", Side.RIGHT, 50, 70)
    plans = (("pause_stretching", "brace"), ("pause_stretching",))
    first, second = (
        replace(visit, plan=tuple(map(PlanChoice, plan)))
        for visit, plan in zip((first, second), plans, strict=True)
    )
    second = replace(
        second, retests=(tried,), findings={**second.findings, Key("adherence.home_plan"): "most"}
    )
    page = course_of(therapist, replace(case, visits=(first, second)))
    cells = dict(page.board.board.columns[1].cells)
    (said,) = cells["Tried, and what it did"]  # one treatment, named once
    assert said.startswith("Seated nerve slider: ")
    assert said.endswith(": better")
    assert [line.partition(":")[0] for line in cells["Home plan"]] == ["Kept", "Dropped"]
    assert cells["Plan done"] != ("not recorded",)


def test_the_board_is_stepped_through_by_keyboard(therapist: Therapist) -> None:
    """Thirty visits do not fit: the mark goes on, and its column comes in sight."""
    page = course_of(therapist, a_case(pain(*[6] * 30)))
    board = page.board.board
    assert therapist.focus is board
    therapist.presses(Qt.Key.Key_Home)
    assert board.at == 0
    assert 0 in board.in_sight
    assert board.accessibleDescription().startswith("Visit 1,")
    therapist.presses(Qt.Key.Key_Left)
    assert board.at == 0
    therapist.presses(Qt.Key.Key_Right)
    assert board.value_words().startswith("Visit 2,")
    therapist.presses_button("board_later")
    assert board.in_sight.start > 0


def test_the_answer_and_its_reason_are_kept_and_printed(therapist: Therapist) -> None:
    page = course_of(therapist, a_case(pain(6, 6, 6)))
    assert not therapist.line("course_reason").isEnabled(), "a reason of nothing is none"
    therapist.goes_to("course_answer")
    therapist.types("3")
    assert therapist.focus is therapist.line("course_reason")
    therapist.types("Runs again since Friday")
    decision = therapist.stored.decision
    assert answer_of(decision) == CourseAnswer("go_on", "Runs again since Friday")
    assert "What followed" in dict(page.board.board.columns[-1].cells)
    editor = page.chart.model.editor
    report = make_course_report(editor.case, editor.suggestion, paper_source(page.chart))
    facts = {fact.label: fact.text for fact in report.summary.facts}
    assert "go on. Runs again since Friday" in facts["The clinician's decision"]


def test_the_answer_stands_again_after_the_program_was_closed(therapist: Therapist) -> None:
    course_of(therapist, a_case(pain(6, 6, 6)))
    therapist.goes_to("course_answer")
    therapist.types("2")
    therapist.types("Imaging first")
    therapist.reopen()
    therapist.window.open_patient(1)
    therapist.presses(Qt.Key.Key_B, CTRL)
    assert therapist.line("course_reason").text() == "Imaging first"


def test_the_answer_can_be_taken_back(therapist: Therapist) -> None:
    course_of(therapist, a_case(pain(6, 6, 6)))
    therapist.goes_to("course_answer")
    therapist.types("1")
    therapist.goes_to("course_answer")
    therapist.presses(Qt.Key.Key_Delete)
    assert therapist.stored.decision is None
    therapist.presses(Qt.Key.Key_Z, CTRL)
    assert answer_of(therapist.stored.decision) == CourseAnswer("another")


def test_agreeing_with_the_panel_keeps_the_answer_and_the_answer_keeps_the_reason(
    therapist: Therapist,
) -> None:
    page = course_of(therapist, a_case(pain(6, 6, 6)))
    page.chart.model.editor.decide(Decision(None, False, "Looks like the back"))
    therapist.goes_to("course_answer")
    therapist.types("2")
    decision = therapist.stored.decision
    assert decision is not None
    assert decision.agree is False
    assert (decision.reason or "").startswith("Looks like the back ")
    therapist.presses(Qt.Key.Key_Escape)
    bar = therapist.page.panel.findChild(DecisionBar)
    assert isinstance(bar, DecisionBar)
    bar._decide(True)  # noqa: SLF001 - the button sleeps while nothing is suggested
    assert answer_of(therapist.stored.decision) == CourseAnswer("refer")
    bar._reopen()  # noqa: SLF001
    assert answer_of(therapist.stored.decision) == CourseAnswer("refer")


def test_a_gap_is_no_nought_and_no_line_bridges_it(therapist: Therapist) -> None:
    page = course_of(therapist, a_case(pain(6, None, 3)))
    chart = chart_of(page, PAIN.finding)
    assert chart.table()[2][2] == "not recorded"
    assert "not recorded" in chart.words_at(1)
    assert chart.words_at(2).endswith("3 of 10, better")


def test_a_value_within_the_error_is_called_no_real_change(therapist: Therapist) -> None:
    page = course_of(therapist, a_case(pain(6, 5, 3)))
    chart = chart_of(page, PAIN.finding)
    assert [row[2] for row in chart.table()[1:]] == ["6", "5, no real change", "3, better"]


def test_one_value_tells_no_change(therapist: Therapist) -> None:
    page = course_of(therapist, a_case(pain(6, None)))
    chart = chart_of(page, PAIN.finding)
    assert chart.at == 0, "the visit that has a value"
    assert "a change cannot be told" in chart.accessibleDescription()


def test_arrow_keys_read_out_visit_after_visit(therapist: Therapist) -> None:
    page = course_of(therapist, a_case([{RIGHT: 50, LEFT: 75}, {RIGHT: 70}]))
    chart = chart_of(page, RIGHT.finding)
    assert chart.value_words().endswith("right 70 deg, better; left not recorded")
    therapist.presses(Qt.Key.Key_Left)
    assert chart.value_words().endswith("right 50 deg; left 75 deg")
    assert chart.value_words() in chart.accessibleDescription()
    therapist.presses(Qt.Key.Key_Left)
    assert chart.at == 0
    therapist.presses(Qt.Key.Key_End)
    assert chart.at == 1


def test_a_key_turns_a_chart_into_its_table_and_a_button_turns_all(therapist: Therapist) -> None:
    page = course_of(therapist, a_case([{PAIN: 6, RUN: 3}, {PAIN: 6, RUN: 4}]))
    chart = chart_of(page, PAIN.finding)
    therapist.presses(Qt.Key.Key_T)
    assert chart.tabled
    assert chart.accessibleName().endswith("table")
    therapist.presses(Qt.Key.Key_Up)
    assert chart.at == 0
    therapist.presses_button("as_tables")
    assert all(chart.tabled for chart in page.progress.grid.charts)
    therapist.presses_button("as_tables")
    assert not any(chart.tabled for chart in page.progress.grid.charts)


def test_the_pointer_shows_the_value_under_it(therapist: Therapist) -> None:
    page = course_of(therapist, a_case(pain(6, 3)))
    chart = chart_of(page, PAIN.finding)
    at = QPoint(chart.width() - 20, 100)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, chart.mapToGlobal(at))
    QApplication.sendEvent(chart, event)
    assert QToolTip.text() == chart.words_at(1)
    QToolTip.hideText()


def test_right_and_left_are_told_apart_without_colour(therapist: Therapist) -> None:
    """In grey, the two trends still differ: one of the marks is hollow."""
    page = course_of(therapist, a_case([{RIGHT: 40, LEFT: 80}, {RIGHT: 60, LEFT: 60}]))
    chart = chart_of(page, RIGHT.finding)
    chart.step_to(0)
    image = chart.grab().toImage()
    ratio = image.devicePixelRatio()
    box, middle = chart._plot_box(), 40  # noqa: SLF001 - where the marks are painted
    floor = box.bottom() - 20
    up = (floor - box.top()) / (chart.content.series.high - chart.content.series.low)
    x = box.left() + 34 + 8
    dot, square = (
        image.pixelColor(round(x * ratio), round((floor - up * v) * ratio)).lightness()
        for v in (middle, 80)
    )
    assert dot != square


def test_what_is_charted_meanwhile_stands_in_the_course_at_once(therapist: Therapist) -> None:
    page = course_of(therapist, a_case(pain(6, 6, None)))
    assert not page.board.question.isHidden()
    page.chart.model.record(PAIN, 2)
    assert page.board.question.isHidden()
    assert chart_of(page, PAIN.finding).words_at(2).endswith("2 of 10, better")


def test_another_patient_never_meets_the_course_of_the_last_one(therapist: Therapist) -> None:
    course_of(therapist, a_case(pain(6, 6, 6)))
    other = therapist.knows("Case D", dt.date(1990, 1, 1))
    therapist.window.begin_visit(other)
    assert course_on_screen(therapist) is None
    therapist.presses(Qt.Key.Key_B, CTRL)
    page = course_on_screen(therapist)
    assert page is not None
    assert page.chart.number == other
    therapist.presses(Qt.Key.Key_F, CTRL)
    assert course_on_screen(therapist) is None


def test_a_signed_visits_answer_can_be_read_not_changed(therapist: Therapist) -> None:
    case = a_case(pain(6, 6, 6))
    kept = with_answer(None, CourseAnswer("refer", "Imaging first"))
    last = replace(case.last, decision=kept, signed=True)
    course_of(therapist, replace(case, visits=(*case.visits[:-1], last)))
    therapist.goes_to("course_answer")
    therapist.types("3")
    assert therapist.line("course_reason").isReadOnly()
    assert therapist.stored.decision == kept


def test_an_open_red_flag_stands_over_the_course(therapist: Therapist) -> None:
    """The course is shown, and above it what cannot wait; no pattern is named."""
    page = course_of(therapist, a_case([{Key("flag.saddle_numbness"): "yes"}]))
    assert not page._flag_line.isHidden()  # noqa: SLF001
    assert page._flags.text()  # noqa: SLF001
    spoken = " ".join(column.spoken for column in page.board.board.columns)
    assert "pattern" not in spoken.lower()


def test_the_slump_is_followed_too_and_less_is_better(therapist: Therapist) -> None:
    knee = Key("slump.knee_angle", Side.RIGHT)
    page = course_of(therapist, a_case([{knee: 40}, {knee: 34}, {knee: 25}]))
    chart = chart_of(page, knee.finding)
    assert [row[2] for row in chart.table()[1:]] == ["40", "34, no real change", "25, better"]
