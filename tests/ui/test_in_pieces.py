"""A long chart and the clinic's page are built in pieces; no key goes astray, none waits to show.

Nothing here looks at a clock: what one turn of the window's thread makes is counted in calls.
"""

from __future__ import annotations

import datetime as dt
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, SimpleNamespace
from typing import Final

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.record import chart_case
from tests.arrivals import Arrival
from tests.at_the_desk import ALT, Therapist
from tests.settled import all_done
from ui import main_window
from ui.clinic import page as clinic_page
from ui.forms.section_form import SectionForm
from ui.visit import page as visit_page
from ui.work import breathing

MOST_CALLS: Final = 12_000
"""Python calls of one turn: what a quiet machine does in some 15 to 40 ms. The whole chart is more
than twice as many."""
ANGLE, RESULT = Key("slr.angle", Side.RIGHT), Key("slr.result", Side.RIGHT)


class Turns:
    """Counts the calls of each turn of the window's thread, as its pieces breathe."""

    def __init__(self) -> None:
        self.calls = [0]

    def count(self, _frame: FrameType, event: str, _arg: object) -> None:
        """For `sys.setprofile`, which counts this thread only."""
        if event == "call":
            self.calls[-1] += 1

    def breathe(self) -> None:
        """In place of the pieces' own."""
        self.calls.append(0)
        breathing.breathe()


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turns]:
    """What each turn makes as long as this lasts."""
    turns = Turns()
    for module in (main_window, visit_page, clinic_page):
        monkeypatch.setattr(module, "breathe", turns.breathe)
    sys.setprofile(turns.count)
    try:
        yield turns
    finally:
        sys.setprofile(None)


def long_course(therapist: Therapist, name: str, visits: int = 30) -> int:
    """Somebody with that many visits in the record."""
    first = dt.date(2025, 1, 6)
    days = [first + dt.timedelta(weeks=n) for n in range(visits)]
    made = tuple(Visit(day, {ANGLE: 45}, plan=(PlanChoice("slider_seated"),)) for day in days)
    desk = therapist.desk
    case = Case(Patient(name, dt.date(1980, 1, 1)), made)
    return chart_case(desk.open_record, desk.act(), case, None, desk.suggest)


def test_a_long_chart_opens_in_pieces(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = long_course(therapist, "Long course")
    therapist.window.open_patient(number)  # what is made once for all charts is made by now
    all_done()
    therapist.window.show_home()
    with counted(monkeypatch) as turns:
        therapist.window.open_patient(number)
    assert therapist.page.chart.number == number
    assert len(turns.calls) > 4
    assert max(turns.calls) < MOST_CALLS, turns.calls
    all_done()


def test_the_clinics_page_opens_in_pieces(
    arrival: Arrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival.signs_in()
    arrival.window.show_clinic()
    arrival.window.show_home()
    with counted(monkeypatch) as turns:
        arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    assert len(turns.calls) > 4
    assert max(turns.calls) < MOST_CALLS, turns.calls
    all_done()


def test_the_rules_read_a_long_chart_beside_the_window(therapist: Therapist) -> None:
    """What they say of it when it opens is found in the thread that reads the record."""
    number, really = long_course(therapist, "Long course"), therapist.desk.suggest
    threads: list[str] = []

    def suggest(case: Case) -> Suggestion:
        threads.append(threading.current_thread().name)
        return really(case)

    object.__setattr__(therapist.desk, "suggest", suggest)
    therapist.window.open_patient(number)
    assert threads
    assert threading.main_thread().name not in threads
    assert therapist.page.model.suggestion == really(therapist.page.model.editor.case)


def test_while_a_chart_is_built_the_one_before_it_stays_and_takes_no_key(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wrong-patient guard: what is typed meanwhile waits for the chart that was asked for."""
    number = long_course(therapist, "Long course")
    therapist.begins_visit("Case A")
    QTest.keyClick(therapist.focus, Qt.Key.Key_3, ALT)
    before = therapist.page
    seen: list[tuple[object, bool]] = []

    def turn(flags: QEventLoop.ProcessEventsFlag) -> None:
        seen.append((therapist.window.pages.currentWidget(), before.isVisible()))
        assert flags is QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, "keys wait"
        QApplication.processEvents(flags)

    monkeypatch.setattr(breathing, "QApplication", SimpleNamespace(processEvents=turn))
    therapist.window.open_patient(number)
    assert len(seen) > 4
    assert set(seen) == {(before, True)}, "no half chart is ever in front"
    assert therapist.page.chart.number == number
    therapist.types("+")
    assert RESULT not in before.model.visit.findings, "it is not in the chart that was left"
    assert therapist.page.isAncestorOf(therapist.focus)
    assert therapist.page.chart.number == number


def test_what_lies_in_the_way_of_opening_leaves_the_chart_that_is_open(
    therapist: Therapist,
) -> None:
    """Nobody has that number: said on the bar, and the chart before it goes on."""
    therapist.begins_visit("Case A")
    before = therapist.page
    therapist.window.open_patient(999)
    assert therapist.window.visit is before
    assert before.isVisible()
    assert therapist.window.messages.isVisible()


class Eye(QObject):
    """Sees what is painted, in order, between other things that are noted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.seen.append(watched.objectName())
        return False

    def watch(self, *widgets: QWidget) -> None:
        """Look at these from now on."""
        for widget in widgets:
            widget.installEventFilter(self)


def looking_at_nerves(therapist: Therapist, *unable: Key) -> None:
    """A visit with its nerves in front, where some tests could not be done."""
    therapist.begins_visit()
    therapist.page.open_section("nerves")
    for key in unable:
        therapist.page.model.record(key, "unable")
    therapist.page.model.go_to.emit(RESULT)
    all_done()
    sections = len(therapist.desk.catalogue.sections)
    therapist.qtbot.waitUntil(lambda: len(therapist.page.built_sections) == sections)
    QApplication.processEvents()


def test_a_key_is_on_screen_before_the_rules_are_asked(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long rules and panel take: what she typed stands there within a frame."""
    looking_at_nerves(therapist)
    eye, editor = Eye(), therapist.page.model.editor
    eye.watch(therapist.focus)
    really = editor._suggest  # noqa: SLF001

    def suggest(case: Case) -> Suggestion:
        eye.seen.append("rules")
        return really(case)

    monkeypatch.setattr(editor, "_suggest", suggest)
    QTest.keyClicks(therapist.focus, "+")
    assert eye.seen[:2] == ["slr.result@right", "rules"]
    therapist.page.model.go_to.emit(ANGLE)
    eye.watch(therapist.focus)
    QApplication.processEvents()
    eye.seen.clear()
    QTest.keyClicks(therapist.focus, "58")
    assert eye.seen.index("slr.angle@right") < eye.seen.index("rules")


def test_a_key_paints_no_other_test_anew(therapist: Therapist) -> None:
    """Also where a line below them asks why they could not be done."""
    slump = Key("slump.result", Side.RIGHT)
    looking_at_nerves(therapist, slump)
    eye = Eye()
    form = therapist.page.form("nerves")
    assert isinstance(form, SectionForm)
    lines = [row.reason for row in form.body.rows if row.reason is not None]
    assert lines
    eye.watch(form.input(slump), *lines)
    for sign in "+-?":
        QTest.keyClicks(therapist.focus, sign)
        QApplication.processEvents()
    assert eye.seen == []


def test_a_window_that_is_closed_while_a_chart_is_built_closes_once_it_stands(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The close button is no key: it comes between two pieces. What was typed before is kept."""
    number = long_course(therapist, "Long course")
    therapist.begins_visit("Case A")
    window = therapist.window
    monkeypatch.setattr(visit_page, "breathe", window.close)
    window.open_patient(number)
    assert window.isVisible(), "half a chart is not closed"
    assert therapist.page.chart.number == number
    therapist.qtbot.waitUntil(lambda: not window.isVisible())


def test_a_lock_that_falls_while_the_clinics_page_is_built_finds_it_whole(
    arrival: Arrival, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came by the clock, between two pieces, one of which reads the record."""
    arrival.signs_in()
    session = arrival.reception.session
    assert session is not None
    monkeypatch.setattr(clinic_page, "breathe", arrival.reception.lock)
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    assert not session.locked
    qtbot.waitUntil(lambda: session.locked)
    arrival.signs_in()
    assert arrival.window.pages.currentWidget() is arrival.window.clinic
