"""How many keys whole visits take, without the mouse; the numbers show with `pytest -s`."""

import datetime as dt
import sys

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

import resources
from clinic_desktop.domain.values import SIDES, Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.casefile import read_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import chart_case
from ui import style
from ui.demo_desk import DeskClock, demo_desk
from ui.main_window import MainWindow
from ui.typist import Typist, in_tab_order

A_DAY = dt.date(2026, 5, 25)
A_WEEK = dt.timedelta(days=7)
MEASURED: dict[Key, Value] = {
    Key("slr.angle", Side.RIGHT): 54, Key("bridge.pain", Side.RIGHT): 6,
}  # fmt: skip
"""What the article gives no number for, measured so that it can be followed."""
FOLLOWED = (*reversed(MEASURED), Key("slump.result", Side.RIGHT))
"""What the window proposes then: the pain first, then what is limited, then what is positive."""
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


def follows_signs(hand: CountingTypist, typed: tuple[str, ...] = ()) -> None:
    """Choose what is proposed, and measure what was not charted today."""
    hand.press("Ctrl+R")
    hand.press("Return")
    for value in typed:
        hand.types(value)
        hand.press("Return")


def tries(hand: CountingTypist, treatment: str, *values: str) -> None:
    """A treatment by a few letters of its name, then each followed sign."""
    hand.press("Ctrl+R")
    hand.types(treatment)
    for value in values:
        hand.press("Ctrl+R")
        hand.types(value)
    hand.press("Return")


def scores_activities(hand: CountingTypist, *rows: tuple[str, str]) -> None:
    """Three of the patient's own; a name that is in grey already is not typed again."""
    hand.open_section("measures")
    hand.walk_to("psfs.activity@1" if rows[0][0] else "psfs.score@1")
    for name, score in rows:
        if name:
            hand.types(name)
            hand.press("Return")
        hand.types(score)
        hand.press("Return")


def first_visit(hand: CountingTypist, window: MainWindow, case: Case) -> dict[str, int]:
    """Enter the patient, everything that was found and remarked on, the screen, two treatments
    tried on the followed signs, and the plan; gives the keys of each."""
    counted = {}
    hand.fill_in_patient(case.patient)
    hand.create_patient()
    counted["patient"] = hand.counted("a new patient")
    remarks = dict(case.last.notes_on)
    for key in in_tab_order(window.desk.catalogue, case.last.findings):
        hand.chart(key, case.last.findings[key])
        if key.finding in remarks:
            hand.remark(key, remarks.pop(key.finding))
    for key, value in MEASURED.items():
        hand.chart(key, value)
    counted["findings"] = hand.counted("story and tests, every word of it typed")
    answers_screen(hand, window)
    counted["screen"] = hand.counted("the red-flag screen, group by group")
    grades_power(hand, window)
    counted["power"] = hand.counted("leg power, both sides")
    follows_signs(hand)
    counted["signs"] = hand.counted("choose the signs to follow")
    tries(hand, "seated", "4", "66", "b")
    tries(hand, "brace", "4", "67", "s")
    counted["retests"] = hand.counted("two treatments, three signs taken again after each")
    scores_activities(hand, ("Sitting", "3"), ("Running 10 km", "2"), ("Tying shoes", "6"))
    counted["activities"] = hand.counted("three activities named and scored")
    hand.add_item("pause_stretching")
    hand.add_item("slider_seated")
    counted["plan"] = hand.counted("two items into the plan")
    return counted


def second_visit(hand: CountingTypist, window: MainWindow, case: Case) -> dict[str, int]:
    """Nothing has changed: the signs are measured, the tests done again, the screen asked anew;
    gives the keys of each."""
    counted = {}
    hand.open_patient("case c")
    hand.asks_for("begin")
    counted["patient"] = hand.counted("find the patient and begin today's visit")
    follows_signs(hand, ("=", "="))
    counted["signs"] = hand.counted("last time's signs taken and measured, both the same")
    again = [key for key in case.last.findings if key.finding in TRIED_AGAIN]
    for key in in_tab_order(window.desk.catalogue, again):
        hand.same_test(key)
    counted["findings"] = hand.counted("the nerve tests done again, the same, a key for each")
    answers_screen(hand, window)
    counted["screen"] = hand.counted("the red-flag screen asked anew")
    assert window.visit is not None
    for side in SIDES:
        hand.same_test(Key("power.ankle_dorsiflexion", side))
    assert window.visit.model.suggestion.screen.complete
    counted["power"] = hand.counted("leg power again, the same, a key for each side")
    tries(hand, "seated", "4", "66", "s")
    counted["retests"] = hand.counted("one treatment, three signs taken again")
    scores_activities(hand, ("", "4"), ("", "3"), ("", "7"))
    counted["activities"] = hand.counted("three activities scored")
    return counted


def test_a_visit_of_a_stable_patient_takes_a_small_part_of_the_keys(
    window: MainWindow, clock: DeskClock
) -> None:
    """First visit of the article's third case, its sheet once more, and a visit a week later."""
    hand = CountingTypist(window, window.desk.catalogue)
    hand.take_window()
    case = published(window.desk)
    clock.day = case.last.date
    first = first_visit(hand, window, case)
    assert window.visit is not None
    visit = window.visit.model.visit
    assert {key: visit.findings.get(key) for key in case.last.findings} == dict(case.last.findings)
    assert visit.signs == FOLLOWED
    assert sorted((r.treatment, r.before, r.after) for r in visit.retests if r.after) == [
        ("brace", 4, 4), ("brace", 66, 67), ("slider_seated", 6, 4), ("slider_seated", 54, 66),
    ]  # fmt: skip

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
    second = second_visit(hand, window, case)
    model = window.visit.model
    again = [key for key in case.last.findings if key.finding in TRIED_AGAIN]
    assert all(model.value(key) == case.last.findings[key] for key in again)
    assert all(model.is_repeated(key) for key in (*again, *MEASURED))
    assert model.visit.signs == FOLLOWED
    assert [activity.score for activity in model.visit.psfs] == [4, 3, 7]
    assert len(model.visit.retests) == 3

    total = sum(first.values()), sum(second.values())
    sys.stdout.write(f"\n{total[0]} keys the first visit, {total[1]} the second")
    assert second["signs"] <= 6
    assert first["retests"] <= 2 * 20
    assert second["activities"] < first["activities"] / 2
    assert second["power"] < first["power"] / 2
    assert second["findings"] <= 20
    assert second["screen"] <= 30
    assert total[1] < total[0] / 7


def test_one_key_does_a_test_again_and_leaves_the_other_side_alone(
    window: MainWindow, clock: DeskClock
) -> None:
    """The slump of one side: result, familiar and release are one test and one step of undo; they
    are marked as tested again, and nothing of the other side is."""
    hand = CountingTypist(window, window.desk.catalogue)
    hand.take_window()
    clock.day = A_DAY
    right: dict[Key, Value] = {
        Key("slump.result", Side.RIGHT): "positive",
        Key("slump.familiar", Side.RIGHT): "yes",
        Key("slump.release", Side.RIGHT): "eases",
        Key("slump.knee_angle", Side.RIGHT): 22,
    }
    found: dict[Key, Value] = {
        **right,
        Key("slump.result", Side.LEFT): "negative",
        Key("flag.pop"): "yes",
    }
    case = Case(Patient("Case S", A_DAY.replace(year=1982)), (Visit(A_DAY - A_WEEK, found),))
    window.begin_visit(chart_case(window.desk.open_record, window.desk.act(), case))
    assert window.visit is not None
    model = window.visit.model
    hand.chart(Key("slump.knee_angle", Side.RIGHT), 30)
    before = model.visit
    hand.same_test(Key("slump.result", Side.RIGHT))
    now = model.visit.findings
    assert now == {**right, Key("slump.knee_angle", Side.RIGHT): 30}, "what is charted stays"
    assert model.is_repeated(Key("slump.release", Side.RIGHT))
    assert hand.focus.objectName() == "slump.site@right", "on to what is still open"
    hand.press("Ctrl+Z")
    assert model.visit == before
    assert model.of_the_test(Key("flag.pop")) == (), "a red-flag question is asked, never carried"
