"""How many keys whole visits take, without the mouse; the numbers show with `pytest -s`."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

import resources
from clinic_desktop.domain.values import SIDES, Key, Kind, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import chart_case
from tests.key_counting import FIRST_FOUND, Keys, sum_of, tell
from ui import style
from ui.demo.desk import DeskClock, demo_desk
from ui.demo.typist import Typist, in_tab_order
from ui.forms.body import FormBody
from ui.forms.texts import TextInput
from ui.main_window import MainWindow

A_DAY = dt.date(2026, 5, 25)
A_WEEK = dt.timedelta(days=7)
MEASURED: dict[Key, Value] = {
    Key("slr.angle", Side.RIGHT): 54, Key("bridge.pain", Side.RIGHT): 6,
}  # fmt: skip
"""What the article gives no number for, measured so that it can be followed."""
FOLLOWED = (*reversed(MEASURED), Key("slump.result", Side.RIGHT))
"""What the window proposes then: the pain first, then what is limited, then what is positive."""
TRIED_AGAIN = ("slr.result", "slump.result", "nerve_mobility.result", "resisted.result")


FAR, MOST_TABS = 4, 20
"""Tabs within a test after which another way is looked for, and after which none is counted."""
ANSWERING = {"Shift+N", "Ctrl+=", "Ctrl+G", "Space"}


class CountingTypist(Typist):
    """Works as the other with the shortest keys there are, and counts each, letters too."""

    keys = Keys()
    finding = False
    """Whether letters are typed to find something, and none of them is kept."""

    @override
    def press(self, keys: str, times: int = 1) -> None:
        answers = keys in ANSWERING
        more = Keys(answered=times) if answers else Keys(moved=times)
        self.keys = self.keys.and_also(more)
        super().press(keys, times)

    @override
    def types(self, text: str) -> None:
        written = isinstance(self.focus, QLineEdit | QPlainTextEdit)
        more = Keys(written=1) if written else Keys(answered=1)
        left = text
        while left:
            word = self._word_offered(left)
            if word:
                super().press("Right")
            else:
                super().types(left[0])
            self.keys = self.keys.and_also(Keys(moved=1) if self.finding else more)
            left = left[len(word) or 1 :]
            # Behind a word that was taken, the space comes with the next one's first letter.
            if word and left[:1] == " " and left[1:2].isalnum():
                left = left[1:]

    def _word_offered(self, left: str) -> str:
        """The rest of the word, where it is offered in grey as it shall be written."""
        text = self.focus
        if not isinstance(text, TextInput) or text.completing is None:
            return ""
        rest = text.completing.rest
        fits = bool(rest) and left.startswith(rest) and not left[len(rest) :][:1].isalpha()
        return rest if fits else ""

    @override
    def go_to(self, key: Key) -> None:
        """Alt with the letter of a test, from another one; within it Tab."""
        section = self._catalogue.spec(key.finding).section
        if not self.sees(str(key)):
            self.open_section(section)
        here = self._catalogue.findings.get(self.focus.objectName().partition("@")[0])
        group = self._catalogue.spec(key.finding).group
        if here is None or here.group != group:
            (block,) = (
                block for body in self._window.findChildren(FormBody) for block in body.blocks
                if block.group.id == group
            )  # fmt: skip
            if block.letter and not self._stands_before(key):
                self.press(f"Alt+{block.letter}")
        elif here.group == group and self._tabs_to(key) > FAR:
            # The last of a test is next to the following one.
            self.press("Ctrl+Down")
            self.walk_to(str(key), back=True)
        super().go_to(key)

    def _tabs_to(self, key: Key) -> int:
        """How many times Tab would have to be pressed; 0 where the field is behind."""
        widget: QWidget | None = self.focus
        for tabs in range(MOST_TABS):
            if widget is None or widget.objectName() == str(key):
                return tabs
            widget = widget.nextInFocusChain()
        return 0

    def to_test(self, group: str) -> None:
        """Alt with a test's letter: to what is open of it, on one side and then on the other."""
        bodies = self._window.findChildren(FormBody)
        (block,) = (b for body in bodies for b in body.blocks if b.group.id == group)
        self.press(f"Alt+{block.letter}")

    @override
    def go_by_tests(self, key: Key) -> None:
        self.go_to(key)

    def _stands_before(self, key: Key) -> bool:
        """Whether one Tab leads there: no letter is quicker."""
        following = self.focus.nextInFocusChain()
        return following is not None and following.objectName() == str(key)

    @override
    def open_patient(self, words: str) -> None:
        self.finding = True
        super().open_patient(words)
        self.finding = False

    @override
    def remark(self, key: Key, text: str) -> None:
        """With Up to the remark of the course that it begins with: only the rest is typed. The key
        to the next test leaves it."""
        self.go_to(key)
        self.press("Ctrl+M")
        before, known = self.keys, self._recalled(text)
        if not known:
            self.keys = before
        self.types(text.removeprefix(known))

    def _recalled(self, text: str) -> str:
        """The newest earlier remark that a text begins with, by Up; blank where there is none."""
        line, seen = self.focus, set[str]()
        assert isinstance(line, QPlainTextEdit)
        while line.toPlainText() not in seen:
            seen.add(line.toPlainText())
            self.press("Up")
            if line.toPlainText() and text.startswith(line.toPlainText()):
                return line.toPlainText()
        line.clear()
        return ""

    @override
    def chart(self, key: Key, value: Value) -> None:
        if self._catalogue.spec(key.finding).kind is not Kind.TEXT:
            super().chart(key, value)
            return
        # The key to the next section leaves it.
        self.go_to(key)
        self.types(str(value))

    def asks_for(self, words: str) -> None:
        """Find something by the command palette."""
        self.press("Ctrl+K")
        self.finding = True
        self.types(words)
        self.finding = False
        self.press("Return")

    def counted(self) -> Keys:
        """How many keys a story took; begins anew."""
        taken, self.keys = self.keys, Keys()
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
    """One deliberate key for each group of red-flag questions that is open: it goes on to the next
    one, whose questions are then in sight."""
    assert window.visit is not None
    model = window.visit.model
    hand.open_section("screen")
    for group in window.desk.catalogue.groups:
        if model.is_screen_group(group) and model.open_in_group(group):
            hand.answer_rest_no(group)


def grades_power(hand: CountingTypist, window: MainWindow) -> None:
    """Full power, a deliberate key for each side; without it the screen is not complete."""
    assert window.visit is not None
    hand.open_section("nerves")
    for _side in SIDES:
        hand.to_test("power")
        hand.press("Shift+N")
    assert window.visit.model.suggestion.screen.complete
    powers = [k for k in window.visit.model.visit.findings if k.finding.startswith("power.")]
    assert len(powers) == 14, "each of them a finding of its own"


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


def first_visit(hand: CountingTypist, window: MainWindow, case: Case) -> dict[str, Keys]:
    """Enter the patient, everything that was found and remarked on, the screen, two treatments
    tried on the followed signs, and the plan; gives the keys of each."""
    counted: dict[str, Keys] = {}
    hand.fill_in_patient(case.patient)
    hand.create_patient()
    counted["patient"] = hand.counted()
    remarks = dict(case.last.notes_on)
    for key in in_tab_order(window.desk.catalogue, case.last.findings):
        hand.chart(key, case.last.findings[key])
        if key.finding in remarks:
            hand.remark(key, remarks.pop(key.finding))
    counted["findings"] = hand.counted()
    answers_screen(hand, window)
    counted["screen"] = hand.counted()
    grades_power(hand, window)
    counted["power"] = hand.counted()
    for key, value in MEASURED.items():
        hand.chart(key, value)
    follows_signs(hand)
    counted["signs"] = hand.counted()
    tries(hand, "seated", "4", "66", "b")
    tries(hand, "brace", "4", "67", "s")
    counted["retests"] = hand.counted()
    scores_activities(hand, ("Sitting", "3"), ("Running 10 km", "2"), ("Tying shoes", "6"))
    counted["activities"] = hand.counted()
    hand.press("Ctrl+G", 2)
    assert window.visit is not None
    planned = [choice.item for choice in window.visit.model.visit.plan]
    assert planned == ["pause_stretching", "slider_seated"]
    counted["plan"] = hand.counted()
    return counted


def second_visit(hand: CountingTypist, window: MainWindow, case: Case) -> dict[str, Keys]:
    """Nothing has changed: the signs are measured, the tests done again, the screen asked anew;
    gives the keys of each."""
    counted: dict[str, Keys] = {}
    hand.open_patient("case c")
    hand.asks_for("begin")
    counted["patient"] = hand.counted()
    follows_signs(hand, ("=", "="))
    counted["signs"] = hand.counted()
    again = [key for key in case.last.findings if key.finding in TRIED_AGAIN]
    for key in in_tab_order(window.desk.catalogue, again):
        hand.same_test(key)
    counted["findings"] = hand.counted()
    answers_screen(hand, window)
    counted["screen"] = hand.counted()
    assert window.visit is not None
    for side in SIDES:
        hand.same_test(Key("power.ankle_dorsiflexion", side))
    assert window.visit.model.suggestion.screen.complete
    counted["power"] = hand.counted()
    tries(hand, "seated", "4", "66", "s")
    counted["retests"] = hand.counted()
    scores_activities(hand, ("", "4"), ("", "3"), ("", "7"))
    counted["activities"] = hand.counted()
    return counted


def test_the_visits_take_half_the_keys_that_were_first_found(
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
    assert dict(visit.notes_on) == dict(case.last.notes_on)
    assert visit.signs == FOLLOWED
    assert sorted((r.treatment, r.before, r.after) for r in visit.retests if r.after) == [
        ("brace", 4, 4), ("brace", 66, 67), ("slider_seated", 6, 4), ("slider_seated", 54, 66),
    ]  # fmt: skip

    hand.press("Ctrl+F")
    hand.counted()
    hand.types("case c")
    hand.press("Return")
    hand.press("Ctrl+P")
    hand.walk_to("print_handout")
    printed = hand.counted()
    hand.press("Esc")
    hand.press("Ctrl+F")
    hand.counted()

    clock.day += A_WEEK
    second = second_visit(hand, window, case)
    model = window.visit.model
    again = [key for key in case.last.findings if key.finding in TRIED_AGAIN]
    assert all(model.value(key) == case.last.findings[key] for key in again)
    assert all(model.is_repeated(key) for key in (*again, *MEASURED))
    assert model.visit.signs == FOLLOWED
    assert [activity.score for activity in model.visit.psfs] == [4, 3, 7]
    assert len(model.visit.retests) == 3

    tell("first", first)
    tell("second", second)
    tell("last sheet's", {"find and print": printed})
    assert printed.all <= 8
    for name, counted in (("first", first), ("second", second)):
        then = FIRST_FOUND[name]
        now, before = sum_of(counted[part] for part in then), sum_of(then.values())
        assert 2 * (now.moved + now.answered) <= before.moved + before.answered
        assert 2 * now.all <= before.all


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
