"""A patient's courses at the desk: charted into the record, and told about at the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Qt

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.record import chart_case, open_chart
from tests.at_the_desk import CTRL, TODAY, Therapist
from tests.settled import all_done
from ui.course.page import CoursePage
from ui.widgets.labels import Label

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
    all_done()
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


def words_of(therapist: Therapist, name: str) -> str:
    """What a line of words says, in sight or not."""
    label = therapist.widget(name)
    assert isinstance(label, Label)
    return label.text()
