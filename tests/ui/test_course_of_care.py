"""A course of three visits typed at the window after the article's first case, first to last."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import replace

import pypdf
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from clinic_desktop.domain.courses import Closing, CourseFacts, GoalNumber
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Patient, Retest
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.record import export_case
from tests.at_the_desk import Therapist
from ui import style
from ui.course.page import CoursePage
from ui.demo.desk import DeskClock
from ui.demo.typist import Typist, in_tab_order
from ui.papers.sheet import paper_source

FIRST = dt.date(2026, 3, 2)
A_WEEK = dt.timedelta(days=7)
RUN, RUNNING = Key("outcome.pain_free_run"), Key("outcome.nprs_running")
RIGHT, LEFT = Key("slr.angle", Side.RIGHT), Key("slr.angle", Side.LEFT)
SIX_MILES_KM = 9.7
FOUND: tuple[dict[Key, Value], ...] = (
    {RUN: 0.5, RUNNING: 6, RIGHT: 48, LEFT: 72},
    {RUN: 4, RUNNING: 3, RIGHT: 60, LEFT: 72},
    {RUN: SIX_MILES_KM, RUNNING: 0, RIGHT: 70, LEFT: 73},
)
"""The article has the end alone: over six miles without pain at the third visit. The numbers on the
way there are made up."""
TRACTION = Retest("other", RIGHT.finding, Side.RIGHT, 48, 60, note="Side-lying traction")


class Course:
    """The three visits at one window, on a clock that is set to the day of each."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.clock = DeskClock(FIRST)
        self.at = Therapist(replace(desk, clock=self.clock), qtbot)
        self.hand = Typist(self.at.window, desk.catalogue)

    def begin(self) -> None:
        """The patient entered, the article's findings and what the course is about typed."""
        desk, hand = self.at.desk, self.hand
        file = resources.data("cases/article_1.json")
        published = read_case(file, desk.catalogue, desk.plan_library.items).last
        hand.fill_in_patient(Patient("Case A", dt.date(1982, 3, 14), sex="female"))
        hand.create_patient()
        for key in in_tab_order(desk.catalogue, published.findings):
            hand.chart(key, published.findings[key])
        assert self.at.stored.findings == published.findings
        self.at.finishes_screen()
        hand.press("Ctrl+E")
        hand.types("2 years of hamstring pain")
        hand.walk_to("about_goal")
        hand.types("run with my friend again, more than 6 miles")
        hand.choose("about_measure", RUN.finding)
        hand.types(str(SIX_MILES_KM))
        hand.press("Esc")

    def find(self, at: int) -> None:
        """What is measured at a visit, the plan, and the next visit a week on."""
        for key in in_tab_order(self.at.desk.catalogue, FOUND[at]):
            self.hand.chart(key, FOUND[at][key])
        if at == 0:
            self.hand.retest(TRACTION)
            for item in ("pause_stretching", "slider_seated"):
                self.hand.add_item(item)
        if at < len(FOUND) - 1:
            self.hand.open_section("plan")
            self.hand.walk_to("plan.next_visit")
            self.hand.types("7")
            self.hand.press("Tab")

    def come_back(self) -> str:
        """A week later: what home says of who is due, and then the visit of that day."""
        self.clock.day += A_WEEK
        self.hand.press("Ctrl+F")
        (row,) = self.at.window.home.due.list.rows
        self.hand.press("F6")
        self.hand.press("Return")
        self.hand.walk_to("new_visit", back=True)
        self.hand.press("Space")
        return str(row.spoken)

    @property
    def page(self) -> CoursePage:
        """The course on screen."""
        assert self.at.window.course is not None
        return self.at.window.course

    def report(self) -> tuple[dict[str, str], str]:
        """The summary of the course report by label, and the text of its pages."""
        editor = self.at.page.model.editor
        content = make_course_report(
            editor.case, editor.suggestion, paper_source(self.at.page.chart)
        )
        pdf = self.at.desk.render_paper(content, "a4")
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
        return {fact.label: fact.text for fact in content.summary.facts}, text


def test_three_visits_from_the_first_word_to_the_closed_course(
    desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    """Home, banner, board, charts, report and file tell of one and the same course."""
    style.apply(qapp, style.Scheme.LIGHT)
    course = Course(desk, qtbot)
    course.begin()
    course.find(0)
    assert "visit 1 of 3" in course.at.page.banner.text()
    for at, due in ((1, "visit 2 of 3"), (2, "visit 3 of 3")):
        assert course.come_back() == f"Case A, today, {due}: 2 years of hamstring pain"
        course.find(at)
        assert due in course.at.page.banner.text()
    look_at_the_board(course)
    look_at_the_charts(course)
    facts, text = course.report()
    assert facts["Goal in a number"] == "Pain-free run 9.7 km: reached, 9.7 km on 16 Mar 2026"
    assert facts["Goal"] == "run with my friend again, more than 6 miles"
    assert "Course of care opened 2 Mar 2026: 2 years of hamstring pain" in text
    close(course)
    file_tells_the_same(course)


def look_at_the_board(course: Course) -> None:
    """A column each; pain on running fell beyond the error, so nothing is asked."""
    course.hand.press("Ctrl+B")
    board = course.page.board
    assert [column.title for column in board.board.columns] == ["Visit 1", "Visit 2", "Visit 3"]
    first = dict(board.board.columns[0].cells)
    assert any("Side-lying traction" in line for line in first["Tried, and what it did"])
    assert first["Home plan"] == ("New: Pause hamstring stretching, Seated nerve slider",)
    assert board.question.isHidden()


def look_at_the_charts(course: Course) -> None:
    """The run reaches the line of the goal; what it comes to is told without a band."""
    course.page.show_view("progress")
    charts = {c.content.series.finding: c for c in course.page.progress.grid.charts}
    run = charts[RUN.finding].content
    assert run.target == "target 9.7 km: the patient's goal"
    assert run.series.trends[0].values == (0.5, 4.0, SIX_MILES_KM)
    assert charts[RUNNING.finding].words_at(2).endswith("0 of 10, better")
    assert (
        charts[RIGHT.finding]
        .words_at(2)
        .endswith("right 70 deg, better; left 73 deg, no real change")
    )


def close(course: Course) -> None:
    """Closed with its outcome; nobody is due any more, and the report says how it ended."""
    course.page.show_view("about")
    course.hand.choose("close_outcome", "goals_met")
    course.hand.types("No hamstring pain beyond 6 miles.")
    course.hand.press("Return")
    course.hand.press("Esc")
    assert "visit 3 of 3, course closed" in course.at.page.banner.text()
    facts, text = course.report()
    assert (
        facts["Course closed"] == "Closed 16 Mar 2026, goals met. No hamstring pain beyond 6 miles."
    )
    assert "closed 16 Mar 2026, goals met" in text
    course.hand.press("Ctrl+F")
    home = course.at.window.home
    assert not home.due.list.rows
    assert not home.still.list.rows


def file_tells_the_same(course: Course) -> None:
    """The case file carries it, and reading it back gives the same course."""
    desk = course.at.desk
    case = export_case(desk.open_record, desk.act(), 1)
    day = FIRST + 2 * A_WEEK
    assert case.course == CourseFacts(
        "2 years of hamstring pain",
        None,
        "run with my friend again, more than 6 miles",
        GoalNumber(RUN.finding, SIX_MILES_KM),
        3,
        FIRST,
        Closing(day, "goals_met", "No hamstring pain beyond 6 miles."),
    )
    written = write_case(case)
    assert json.loads(written)["closed"]["outcome"] == "goals_met"
    assert read_case(written, desk.catalogue, desk.plan_library.items) == case
