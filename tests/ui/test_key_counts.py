"""How many keys whole visits take, without the mouse; the numbers show with `pytest -s`."""

import datetime as dt
import sys

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

import resources
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefile import read_case
from clinic_desktop.services.desk import Desk
from ui import style
from ui.demo_desk import DeskClock, demo_desk
from ui.main_window import MainWindow
from ui.typist import Typist, in_tab_order

A_WEEK = dt.timedelta(days=7)
TRIED_AGAIN = ("slr.result", "slump.result", "nerve_mobility.result", "resisted.result")


class CountingTypist(Typist):
    """Works as the other and counts each key, letters too."""

    keys = 0

    @override
    def press(self, keys: str, times: int = 1) -> None:
        self.keys += times
        super().press(keys, times)

    @override
    def types(self, text: str) -> None:
        self.keys += len(text)
        super().types(text)

    def asks_for(self, words: str) -> None:
        """Find something by the command palette."""
        self.press("Ctrl+K")
        self.types(words)
        self.press("Return")

    def counted(self, story: str) -> int:
        """Say how many keys a story took, and begin anew."""
        taken, self.keys = self.keys, 0
        sys.stdout.write(f"\n{taken} keys: {story}")
        return taken


@pytest.fixture
def clock() -> DeskClock:
    return DeskClock()


@pytest.fixture
def window(desk: Desk, clock: DeskClock, qtbot: QtBot, qapp: QApplication) -> MainWindow:
    """The window at a desk whose day can be set."""
    style.apply(qapp, style.Scheme.LIGHT)
    made = MainWindow(demo_desk(desk, clock))
    qtbot.addWidget(made)
    made.show()
    return made


def published(desk: Desk) -> Case:
    """The article's third case."""
    file = resources.data("cases/article_3.json")
    return read_case(file, desk.catalogue, desk.plan_library.items)


def answers_screen(hand: CountingTypist, window: MainWindow) -> None:
    """One deliberate key for each group of red-flag questions that is open."""
    assert window.visit is not None
    model = window.visit.model
    hand.open_section("screen")
    for group in window.desk.catalogue.groups:
        if model.is_screen_group(group) and model.open_in_group(group):
            hand.answer_rest_no(group)


def grades_power(hand: CountingTypist, window: MainWindow) -> None:
    """Full power on both sides, without which the screen is not complete."""
    catalogue = window.desk.catalogue
    specs = [spec for spec in catalogue.in_section("nerves") if spec.id.startswith("power.")]
    for key in in_tab_order(catalogue, (key for spec in specs for key in spec.keys)):
        hand.chart(key, "no" if key.finding == "power.pain_limited" else "5")
    assert window.visit is not None
    assert window.visit.model.suggestion.screen.complete


def first_visit(hand: CountingTypist, window: MainWindow, case: Case) -> None:
    """Enter the patient, everything that was found and remarked on, the screen and the plan."""
    hand.fill_in_patient(case.patient)
    hand.create_patient()
    remarks = dict(case.last.notes_on)
    for key in in_tab_order(window.desk.catalogue, case.last.findings):
        hand.chart(key, case.last.findings[key])
        if key.finding in remarks:
            hand.remark(key, remarks.pop(key.finding))
    answers_screen(hand, window)
    grades_power(hand, window)
    hand.add_item("pause_stretching")
    hand.add_item("slider_seated")


def second_visit(hand: CountingTypist, window: MainWindow, case: Case) -> list[Key]:
    """Nothing has changed: the signs are tested again, and the screen is asked anew."""
    hand.open_patient("case c")
    hand.asks_for("begin")
    again = [key for key in case.last.findings if key.finding in TRIED_AGAIN]
    for key in in_tab_order(window.desk.catalogue, again):
        hand.same(key)
    answers_screen(hand, window)
    grades_power(hand, window)
    return again


def test_a_visit_of_a_stable_patient_takes_less_than_half_the_keys(
    window: MainWindow, clock: DeskClock
) -> None:
    """First visit of the article's third case, its sheet once more, and a visit a week later."""
    hand = CountingTypist(window, window.desk.catalogue)
    hand.take_window()
    case = published(window.desk)
    clock.day = case.last.date
    first_visit(hand, window, case)
    assert window.visit is not None
    charted = window.visit.model.visit.findings
    assert {key: charted.get(key) for key in case.last.findings} == dict(case.last.findings)
    first = hand.counted("first visit of the third case, every word of it typed")

    hand.press("Ctrl+F")
    hand.keys = 0
    hand.types("case c")
    hand.press("Return")
    hand.press("Ctrl+P")
    hand.walk_to("print_handout")
    hand.counted("find a patient and stand on Print of the last sheet")
    hand.press("Esc")
    hand.press("Ctrl+F")
    hand.keys = 0

    clock.day += A_WEEK
    again = second_visit(hand, window, case)
    model = window.visit.model
    assert all(model.value(key) == case.last.findings[key] for key in again)
    assert all(model.is_repeated(key) for key in again)
    second = hand.counted("second visit, nothing changed, signs tested again by =")
    assert second < first / 2
