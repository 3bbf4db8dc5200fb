"""A retest in the words of the strip: numbers, verdict, and the error it was held against."""

import pytest

from clinic_desktop.domain.retests import Judgement, with_pain
from clinic_desktop.domain.values import Side
from clinic_desktop.domain.visits import Retest
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from ui.retest.reading import ShownRetest, last_treatment, read_retest

RIGHT = Side.RIGHT
JUDGE = shipped_knowledge(load_catalogue(), load_catalogue_text()).judge


def read(retest: Retest) -> ShownRetest:
    """A retest as the strip tells it, judged by the shipped rules."""
    names = load_catalogue(), load_catalogue_text(), load_plan_library()
    return read_retest(retest, JUDGE(retest), *names)


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


def test_a_treatment_is_told_with_dose_and_minutes() -> None:
    shown = read(Retest("slider_seated", "slr.angle", RIGHT, 54, 66, dose="2 x 10", minutes=4))
    assert "54 deg, Seated nerve slider (2 x 10; 4 min), 66 deg" in shown.plain


def test_more_repetitions_at_more_pain_are_no_real_change() -> None:
    reps = Retest("glute_burn", "bridge.reps", RIGHT, 10, 15)
    pain = Retest("glute_burn", "bridge.pain", RIGHT, 3, 5)
    names = load_catalogue(), load_catalogue_text(), load_plan_library()
    shown = read_retest(reps, with_pain(JUDGE(reps), reps, (reps, pain)), *names)
    assert (shown.said, shown.detail) == ("no real change", "5 reps more at more pain")


def test_the_strip_tells_the_last_treatment_and_all_signs_taken_after_it() -> None:
    first = Retest("brace", "slr.angle", RIGHT, 50, 54)
    second = (Retest("slider_seated", "slr.angle", RIGHT, 54, 66, dose="2 x 10"),
              Retest("slider_seated", "bridge.pain", RIGHT, 6, 3, dose="2 x 10"))  # fmt: skip
    again = Retest("slider_seated", "slr.angle", RIGHT, 66, 70, dose="2 x 10")
    assert last_treatment((first, *second)) == second
    assert last_treatment((first, *second, again)) == (second[1], again)
    assert last_treatment(()) == ()
