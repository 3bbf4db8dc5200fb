"""The strip under the form: the last sign that was taken again, held against its error."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.retests import Judgement
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, Retest, Visit
from clinic_desktop.services.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge import shipped_knowledge
from clinic_desktop.services.plan_files import load_plan_library
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import CTRL, Therapist
from ui.forms.plan_section import PlanSection
from ui.retest_reading import ShownRetest, read_retest
from ui.visit_layout import places

RIGHT = Side.RIGHT
JUDGE = shipped_knowledge(load_catalogue(), load_catalogue_text()).judge


def read(retest: Retest) -> ShownRetest:
    """A retest as the strip tells it, judged by the shipped rules."""
    names = load_catalogue(), load_catalogue_text(), load_plan_library()
    return read_retest(retest, JUDGE(retest), *names)


# ---------------------------------------------------------------------- in words
@pytest.mark.parametrize(
    ("after", "verdict", "said", "detail"),
    [
        (66, "better", "better than measuring error", "12 deg more"),
        (60, "same", "no real change", "6 deg more"),
        (54, "same", "no real change", "no change"),
        (40, "worse", "worse than measuring error", "14 deg less"),
    ],
)
def test_an_angle_is_held_against_its_error(
    after: float, verdict: str, said: str, detail: str
) -> None:
    """SLR needs 10 degrees for a real change (clinical facts, section 4)."""
    shown = read(Retest("slider_seated", "slr.angle", RIGHT, 54, after))
    assert (shown.verdict, shown.said, shown.detail) == (verdict, said, detail)
    assert shown.error == "error \N{PLUS-MINUS SIGN}10 deg"
    assert shown.sign.endswith("right")


def test_less_pain_is_better_though_the_number_falls() -> None:
    shown = read(Retest("tendon_massage", "bridge.pain", RIGHT, 6, 3))
    assert (shown.verdict, shown.detail) == ("better", "3 less")
    assert shown.change < 0, "the mark stands where the number went"


def test_an_error_in_per_cent_is_told_in_the_unit_of_the_test() -> None:
    """A fifth of 20 bridges is 4: 23 are no real change, and no per cent is shown."""
    shown = read(Retest("glute_burn", "bridge.reps", RIGHT, 20, 23))
    assert (shown.verdict, shown.error) == ("same", "error \N{PLUS-MINUS SIGN}4 reps")
    assert "%" not in shown.plain


def test_from_nothing_any_change_is_more_than_the_error() -> None:
    shown = read(Retest("glute_burn", "bridge.reps", RIGHT, 0, 3))
    assert shown.verdict == "better"
    assert shown.change == 2


def test_a_verdict_in_words_says_that_nothing_was_measured() -> None:
    shown = read(Retest("other", "slump.result", RIGHT, verdict="worse", note="back treated"))
    assert (shown.treatment, shown.said) == ("back treated", "worse")
    assert (shown.before, shown.error) == ("", "")
    assert "not measured" in shown.plain


def test_a_sign_without_a_known_error_is_not_judged() -> None:
    retest = Retest("slider_seated", "complaint.duration_weeks", None, 5, 4)
    assert JUDGE(retest) == Judgement(None, None)
    shown = read(retest)
    assert (shown.verdict, shown.said, shown.error) == ("", "not judged", "")


# ---------------------------------------------------------------------- in the window
def test_the_strip_takes_no_room_until_a_sign_is_taken_again(therapist: Therapist) -> None:
    therapist.begins_visit()
    strip = therapist.page.retest
    assert not strip.isVisible()
    tall = therapist.page.pages.height()
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert strip.isVisible()
    assert strip.height() == 56
    assert therapist.page.pages.height() == tall - 56
    assert "before and after one treatment" in strip.accessibleName()


def test_the_last_retest_is_shown_and_the_next_begins_from_it(therapist: Therapist) -> None:
    """54, slider, 66: better. Ctrl+R again stands ready with 66 as the value before."""
    therapist.begins_visit()
    editor = therapist.page.model.editor
    editor.add_retest(Retest("slider_seated", "slr.angle", RIGHT, 54, 66))
    strip = therapist.page.retest
    assert strip.isVisible()
    assert "54 deg, Seated nerve slider, 66 deg" in strip.text()
    assert "better than measuring error" in strip.text()
    therapist.presses(Qt.Key.Key_R, CTRL)
    plan = therapist.page.form("plan")
    assert isinstance(plan, PlanSection)
    assert (plan.retest.test.value(), plan.retest.side.value()) == ("slr.angle", "right")
    assert therapist.line("retest_before").text() == "66"
    assert therapist.focus.objectName() == "retest_treatment"
    editor.remove_retest(0)
    assert "better" not in strip.text()


def test_a_retest_half_typed_is_not_overwritten_by_the_key(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.model.editor.add_retest(Retest("slider_seated", "slr.angle", RIGHT, 54, 66))
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.goes_to("retest_before")
    therapist.line("retest_before").selectAll()
    therapist.types("70")
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.line("retest_before").text() == "70"


def test_a_later_visit_begins_with_the_sign_of_the_one_before(therapist: Therapist) -> None:
    """Last week's sign, but never last week's number: only what was found today."""
    desk = therapist.desk
    week_ago = Visit(
        dt.date(2026, 3, 16), {}, retests=(Retest("slider_seated", "slr.angle", RIGHT, 54, 66),)
    )
    case = Case(Patient("Case A", dt.date(1982, 3, 14)), (week_ago,))
    therapist.window.begin_visit(chart_case(desk.open_record, desk.act(), case))
    assert not therapist.page.retest.isVisible()
    therapist.presses(Qt.Key.Key_R, CTRL)
    plan = therapist.page.form("plan")
    assert isinstance(plan, PlanSection)
    assert plan.retest.test.value() == "slr.angle"
    assert therapist.line("retest_before").text() == ""
    therapist.page.model.record(Key("slr.angle", RIGHT), 58)
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.line("retest_before").text() == "58"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 700)])
def test_no_part_of_the_visit_lies_over_another(width: int, height: int) -> None:
    at = places(width, height, drawer_open=False, older=True, retest=True)
    parts = (at.banner, at.rail, at.tabs, at.older, at.pages, at.retest, at.key_line, at.panel)
    for place, one in enumerate(parts):
        assert not any(one.intersects(other) for other in parts[place + 1 :])
    assert at.retest.height() == 56
    assert at.pages.bottom() + 1 == at.retest.top()
