"""The three published cases, as charted and with one thing changed."""

from dataclasses import replace
from functools import cache

import pytest

import resources
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from tests.rules.charts import (
    Chart,
    asked,
    assert_withheld,
    blank,
    catalogue,
    flag_levels,
    items,
    panel,
    screen_answered,
)

ADVICE = {"pause_stretching", "education", "sitting_advice", "load_management"}


@cache
def published(number: int) -> Case:
    """A published case as it is shipped."""
    return read_case(
        resources.data(f"cases/article_{number}.json"), catalogue(), load_plan_library().items
    )


def changed(case: Case, chart: Chart) -> Case:
    """The case with findings of its last visit changed; None takes one away."""
    visit = case.last
    for written, value in chart.items():
        finding, _, side = written.partition("@")
        visit = visit.charted(Key(finding, Side(side) if side else None), value)
    return replace(case, visits=(*case.visits[:-1], visit))


def screened(number: int, chart: Chart | None = None) -> Suggestion:
    """The case with every open question of the screen answered no, and power full."""
    case = published(number)
    charted = {str(key) for key in case.last.findings}
    rest: dict[str, Value | None] = {
        key: value for key, value in screen_answered().items() if key not in charted
    }
    return panel(changed(case, {**rest, **(chart or {})}))


def as_charted(number: int, chart: Chart | None = None) -> Suggestion:
    """The case as it is shipped, but for the findings given."""
    return panel(changed(published(number), chart or {}))


JUDGED = ("judgement.back_irritation", "judgement.glute_inhibition")


# ---------------------------------------------------------------------- as they are charted
@pytest.mark.parametrize(
    ("number", "status", "patterns", "lean"),
    [
        pytest.param(1, "not_enough_data", (), ("pattern_3",), id="1: leans to pattern 3"),
        pytest.param(2, "suggested", ("pattern_1",), (), id="2: pattern 1"),
        pytest.param(3, "suggested", ("pattern_2", "local"), (), id="3: pattern 2 with the tendon"),
    ],
)
def test_as_charted(
    number: int, status: str, patterns: tuple[str, ...], lean: tuple[str, ...]
) -> None:
    answer = as_charted(number)
    assert (answer.status, answer.patterns, answer.lean) == (status, patterns, lean)
    assert answer.provisional
    assert answer.screen.unanswered
    assert answer.contradictions == ()
    assert_withheld(answer)
    finished = screened(number)
    assert (finished.status, finished.patterns, finished.lean) == (status, patterns, lean)
    assert not finished.provisional
    assert finished.plan.withheld is None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_nothing_graver_than_w_stands_in_them(number: int) -> None:
    assert set(flag_levels(screened(number)).values()) <= {"W"}


# ---------------------------------------------------------------------- case 1
def test_case_1_asks_for_what_came_before_the_injury() -> None:
    assert {"story.tightness", "story.stretching_before", "story.back"} & set(
        asked(screened(1))[:3]
    )
    assert "story.stretching_before" in asked(screened(1))


@pytest.mark.parametrize(
    ("before", "patterns"),
    [
        pytest.param(
            {"story.tightness": "yes", "story.stretching_before": "yes"},
            ("pattern_2", "pattern_3"),
            id="tight and a stretcher before",
        ),
        pytest.param(
            {"story.tightness": "no", "story.stretching_before": "no"},
            ("pattern_3",),
            id="neither before",
        ),
        pytest.param(
            {"story.tightness": "yes", "story.stretching_before": "no"},
            ("pattern_3",),
            id="tight only",
        ),
        pytest.param(
            {"story.tightness": "unknown", "story.stretching_before": "unknown"}, (), id="unknown"
        ),
    ],
)
def test_case_1_is_decided_by_what_came_before(before: Chart, patterns: tuple[str, ...]) -> None:
    assert screened(1, before).patterns == patterns


def test_case_1_gets_advice_until_then_and_the_slider_after() -> None:
    assert set(items(screened(1))) <= ADVICE
    told = screened(1, {"story.tightness": "no", "story.stretching_before": "no"})
    assert "pause_stretching" in told.plan.standing
    assert told.plan.first[0] == "slider_seated"


def test_case_1_is_watched_for_her_fear() -> None:
    assert flag_levels(as_charted(1)) == {"distress": "W"}


# ---------------------------------------------------------------------- case 2
@pytest.mark.parametrize("treatment", ["other", "recovery_position", "brace", "traction_sidelying"])
@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_case_2_without_the_judgements_leans_to_pattern_1(word: str | None, treatment: str) -> None:
    """Its retest was of an unlisted treatment of the low back; a listed one says the same."""
    case = changed(published(2), {**screen_answered(), **dict.fromkeys(JUDGED, word)})
    (told,) = case.last.retests
    relief = replace(told, treatment=treatment)
    answer = panel(replace(case, visits=(replace(case.last, retests=(relief,)),)))
    assert answer.status == "not_enough_data"
    assert answer.lean == ("pattern_1",)
    assert set(items(answer)) <= ADVICE
    assert any(finding.startswith(("glute.", "lumbar.", "story.back")) for finding in asked(answer))


def test_case_2_without_judgements_and_retest_leans_nowhere() -> None:
    case = changed(published(2), {**screen_answered(), **blank(*JUDGED)})
    bare = replace(case, visits=(replace(case.last, retests=()),))
    assert panel(bare).lean == ()


def test_case_2_with_one_judgement_of_the_back_only_leans() -> None:
    answer = screened(2, blank("judgement.glute_inhibition"))
    assert (answer.patterns, answer.lean) == ((), ("pattern_1",))


def test_case_2_gets_the_glutes_and_the_back() -> None:
    plan = screened(2).plan
    assert "glute_burn" in plan.first
    assert set(plan.first) - {"glute_burn"} <= {"brace", "recovery_position"}


# ---------------------------------------------------------------------- case 3
def test_case_3_opens_the_rupture_questions() -> None:
    wanted = {
        "flag.bruise_spreading",
        "flag.palpable_gap",
        "flag.foot_tingling",
        "power.knee_flexion",
    }
    assert wanted <= set(as_charted(3).screen.unanswered)


@pytest.mark.parametrize(
    "left_behind",
    [
        {"flag.palpable_gap": "yes"},
        {"flag.foot_tingling": "yes"},
        {"power.knee_flexion@right": "3"},
    ],
)
def test_case_3_is_reviewed_where_the_pop_left_something(left_behind: Chart) -> None:
    answer = screened(3, left_behind)
    assert flag_levels(answer) == {"avulsion": "I"}
    assert answer.patterns == ("pattern_2", "local")
    assert not {"load_isometric", "load_hip_bend", "tendon_massage"} & set(items(answer))


def test_case_3_plan() -> None:
    plan = screened(3).plan
    assert "pause_stretching" in plan.standing
    assert plan.first == ("slider_seated",)
    assert plan.later[:2] == ("recovery_position", "load_isometric")
    assert {"sitting_advice", "recovery_position"} <= {*plan.later}


def test_case_3_without_the_tendon_is_pattern_2_alone() -> None:
    assert screened(3, blank("judgement.tendon_involved")).patterns == ("pattern_2",)


def test_case_3_stretching_on_after_the_pop_would_be_mixed() -> None:
    assert screened(3, {"story.stretching_after": "yes"}).patterns == (
        "pattern_2",
        "pattern_3",
        "local",
    )


@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_case_3_with_the_tightness_open_leans(word: str | None) -> None:
    answer = screened(3, {"story.tightness": word})
    assert answer.patterns == ()
    assert "pattern_2" in answer.lean
    assert "story.tightness" in asked(answer)
