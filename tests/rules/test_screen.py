"""The red-flag screen: a blank is never a no, and no plan comes before everything was asked."""

import pytest

from clinic_desktop.domain.visits import Patient
from tests.rules.charts import (
    BACK_CLEAR,
    FLAGS,
    INJURY,
    LOCAL,
    NERVE_CLEAR,
    NO_INJURY,
    OTHER,
    P1,
    P2,
    P2_AND_P3,
    P3,
    POWERS,
    RIGHT_FOR_30_WEEKS,
    Chart,
    a_case,
    assert_withheld,
    blank,
    both_sides,
    flags_all_no,
    items,
    panel,
    power_full,
    read,
    screen_answered,
)

NEURAL = P3
"""A woman of 38, injured 30 weeks ago, a nerve finding: every question applies to her."""

INJURY_QUESTIONS = (
    "flag.pop",
    "flag.could_not_go_on",
    "flag.bruise_spreading",
    "flag.foot_tingling",
)


# ---------------------------------------------------------------------- what is open
def test_asked_all_and_no_is_a_finished_screen() -> None:
    answer = read(NEURAL)
    assert answer.screen.complete
    assert answer.screen.unanswered == ()
    assert not answer.provisional
    assert answer.plan.withheld is None
    assert items(answer)


@pytest.mark.parametrize(
    ("flag", "word"),
    [
        (flag, word)
        for flag in FLAGS
        for word in (None, "not_asked", "unknown")
        if (flag, word) != ("flag.bladder_bowel", "unknown")  # has no such answer
    ],
)
def test_each_question_left_open_keeps_the_screen_open(flag: str, word: str | None) -> None:
    answer = read(NEURAL, {flag: word})
    assert answer.screen.unanswered == (flag,)
    assert not answer.screen.complete
    assert answer.provisional
    assert_withheld(answer)


def test_each_flag_of_the_contract_is_asked() -> None:
    answer = panel(a_case(NEURAL, power_full()))
    assert set(answer.screen.unanswered) == set(FLAGS)
    assert len(FLAGS) == 37


@pytest.mark.parametrize("power", POWERS)
def test_leg_power_is_part_of_the_screen_once_a_nerve_finding_is_charted(power: str) -> None:
    answer = read(NEURAL, blank(f"{power}@right", f"{power}@left"))
    assert power in answer.screen.unanswered
    assert answer.provisional
    assert_withheld(answer)


@pytest.mark.parametrize("power", POWERS)
def test_leg_power_of_the_painful_side_alone_left_out_is_open(power: str) -> None:
    assert read(NEURAL, blank(f"{power}@right")).provisional


@pytest.mark.parametrize(
    "nerve",
    [
        {"slr.result@right": "positive"},
        {"slump.result@right": "positive"},
        {"nerve_mobility.result@right": "positive"},
    ],
)
def test_any_positive_nerve_test_asks_for_leg_power(nerve: Chart) -> None:
    answer = panel(a_case(RIGHT_FOR_30_WEEKS, NO_INJURY, flags_all_no(), nerve))
    assert set(POWERS) <= set(answer.screen.unanswered)


@pytest.mark.parametrize("word", [None, "negative", "not_tested", "unable"])
def test_without_a_nerve_finding_leg_power_is_not_asked(word: str | None) -> None:
    nerves = both_sides("slr.result", word) if word else {}
    answer = panel(a_case(RIGHT_FOR_30_WEEKS, NO_INJURY, flags_all_no(), nerves))
    assert answer.screen.complete
    assert not answer.provisional


# ---------------------------------------------------------------------- what cannot apply
@pytest.mark.parametrize(
    "patient",
    [
        Patient("Age and sex not known"),
        Patient("Age not known", sex="female"),
        Patient("Sex not known", age=38),
    ],
)
def test_age_and_sex_are_never_open(patient: Patient) -> None:
    assert read(NEURAL, patient=patient).screen.complete


def test_menstrual_loss_is_not_asked_of_a_man() -> None:
    answer = read(NEURAL, blank("flag.menstrual_loss"), patient=Patient("Man", age=38, sex="male"))
    assert answer.screen.complete
    assert "flag.menstrual_loss" in answer.screen.not_applicable


@pytest.mark.parametrize("sex", [None, "female", "unknown", "other"])
def test_menstrual_loss_is_asked_where_it_may_apply(sex: str | None) -> None:
    answer = read(NEURAL, blank("flag.menstrual_loss"), patient=Patient("P", age=38, sex=sex))
    assert answer.screen.unanswered == ("flag.menstrual_loss",)


def test_injury_questions_fold_away_without_an_injury() -> None:
    answer = read(P2, blank(*INJURY_QUESTIONS))
    assert answer.screen.complete
    assert set(INJURY_QUESTIONS) <= set(answer.screen.not_applicable)


@pytest.mark.parametrize("word", [None, "unknown", "not_asked", "yes"])
def test_injury_questions_stay_open_until_an_injury_is_denied(word: str | None) -> None:
    answer = read(P2, blank("complaint.onset", *INJURY_QUESTIONS), {"story.injury": word})
    assert set(answer.screen.unanswered) == set(INJURY_QUESTIONS)


# ---------------------------------------------------------------------- what an open screen does
@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(P1, id="back and glutes"),
        pytest.param(P2, id="stretcher"),
        pytest.param(P3, id="injury then stretching"),
        pytest.param(P2_AND_P3, id="mixed"),
        pytest.param(LOCAL, id="tendon"),
        pytest.param(OTHER, id="piriformis"),
        pytest.param({}, id="blank chart"),
        pytest.param({**P3, **blank("story.stretching_before")}, id="leans to pattern 3"),
    ],
)
@pytest.mark.parametrize("left_out", ["one question", "everything"])
def test_an_unfinished_screen_changes_no_name_and_empties_the_plan(
    chart: Chart, left_out: str
) -> None:
    done = read(chart)
    taken = ("flag.weight_loss",) if left_out == "one question" else tuple(screen_answered())
    open_screen = panel(a_case({**screen_answered(), **blank(*taken)}, chart))
    assert open_screen.provisional
    assert (open_screen.status, open_screen.patterns, open_screen.lean) == (
        done.status,
        done.patterns,
        done.lean,
    )
    assert_withheld(open_screen)


def test_a_screen_finished_by_groups_is_each_questions_own_no() -> None:
    """Answered one by one or all at once, the answer is the same."""
    one_by_one: dict[str, str] = {}
    for flag in FLAGS:
        one_by_one = {flag: "no", **one_by_one}
    assert panel(a_case(P2, power_full(), one_by_one)) == read(P2)


def test_an_open_red_flag_withholds_for_the_flag_even_where_the_screen_is_open() -> None:
    answer = panel(a_case(P2, {"flag.saddle_numbness": "yes"}))
    assert answer.status == "red_flag"
    assert answer.provisional
    assert (answer.patterns, answer.lean) == ((), ())
    assert_withheld(answer)


def test_negative_nerve_tests_and_a_quiet_back_do_not_finish_the_screen() -> None:
    answer = panel(a_case(RIGHT_FOR_30_WEEKS, INJURY, NERVE_CLEAR, BACK_CLEAR))
    assert set(answer.screen.unanswered) == set(FLAGS)
