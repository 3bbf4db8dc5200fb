"""What the plan offers first, what a retest changes, and what it holds back."""

import pytest

from clinic_desktop.domain.visits import Patient, Retest
from tests.rules.charts import (
    GLUTE_DEFICIT,
    HAMSTRING,
    LOCAL,
    NERVE_COUNTS,
    OTHER,
    P1,
    P2,
    P2_AND_P3,
    P3,
    RIGHT_FOR_30_WEEKS,
    TENDON_SET,
    Chart,
    a_case,
    a_visit,
    assert_withheld,
    items,
    panel,
    read,
    read_visits,
    retest,
    screen_answered,
)

ADVICE = {"pause_stretching", "education", "sitting_advice", "load_management"}
BACK_ITEMS = {"brace", "recovery_position"}
KINDS = (
    {"slider_seated", "slider_standing", "slider_lying", "tensioner"},
    {"glute_burn", "glute_strength"},
    {"load_isometric", "load_heavy_slow", "load_hip_bend", "load_energy_storage"},
    {"cue_cadence", "cue_land_closer", "cue_tall_lean"},
)
"""Items of one kind, of which `first` holds one at most."""

NAMED = {
    "pattern 1": P1,
    "pattern 2": P2,
    "pattern 3": P3,
    "mixed 2 and 3": P2_AND_P3,
    "mixed 1 and 2": {**P2, **P1},
    "tendon": LOCAL,
    "tendon beside pattern 2": {**P2, **TENDON_SET},
    "other source": OTHER,
}
named = pytest.mark.parametrize("chart", NAMED.values(), ids=NAMED.keys())


# ---------------------------------------------------------------------- first choices
def test_pattern_1_begins_with_the_back_and_the_glutes() -> None:
    plan = read(P1).plan
    assert plan.first[0] in BACK_ITEMS
    assert plan.first[1] == "glute_burn"


@pytest.mark.parametrize("chart", [P2, P3, P2_AND_P3])
def test_patterns_2_and_3_begin_with_the_pause_and_a_slider(chart: Chart) -> None:
    plan = read(chart).plan
    assert "pause_stretching" in plan.standing
    assert plan.first[0] == "slider_seated"


def test_pattern_2_goes_on_to_the_back_and_pattern_3_to_loading() -> None:
    assert "recovery_position" in items(read(P2))
    assert "load_isometric" in items(read(P3))


def test_a_tendon_begins_with_the_pause_and_a_steady_load() -> None:
    plan = read(LOCAL).plan
    assert "pause_stretching" in plan.standing
    assert plan.first[0] == "load_isometric"
    assert {"load_management", "sitting_advice"} <= {*plan.later}


def test_beside_a_tendon_the_driver_still_goes_first_and_the_retest_decides() -> None:
    """One change at a time: the tendon's own item waits at the head of what may follow, unless a
    retest spoke for it (contract section 5, reading 17, clinical facts 5 "mixed")."""
    tendon = [retest("load_isometric", 7, 2)]
    back = [retest("recovery_position", 7, 2)]
    for chart, tried, first in (
        (P2, [], ("slider_seated",)),
        (P2, tendon, ("load_isometric", "slider_seated")),
        (P2, back, ("recovery_position",)),
        (P3, [], ("slider_seated",)),
        (P1, [], ("brace", "glute_burn")),
        (P1, back, ("recovery_position", "glute_burn")),
        (P1, tendon, ("load_isometric", "brace")),
    ):
        plan = read(chart, TENDON_SET, retests=tried).plan
        assert plan.first == first
        assert "load_isometric" in (*plan.first, *plan.later)


def test_another_source_gets_advice_only() -> None:
    advice = {"education", "sitting_advice", "load_management"}
    assert set(items(read(OTHER))) == advice
    both = read(OTHER, TENDON_SET)
    assert both.plan.first[0] == "load_isometric"
    assert advice <= set(items(both))


@named
def test_at_most_two_new_items_of_different_kinds(chart: Chart) -> None:
    tried = [retest("slider_seated", 8, 4), retest("slider_standing", 8, 2), retest("brace", 8, 5)]
    gait = {"gait.overstride@right": "clear", "gait.trunk_lean": "backward"}
    for answer in (read(chart), read(chart, retests=tried), read(chart, gait, retests=tried)):
        first = answer.plan.first
        assert 1 <= len(first) <= 2
        assert all(len(kind & set(first)) <= 1 for kind in KINDS)
        assert len(set(items(answer))) == len(items(answer)), "no item twice"
        assert "pause_stretching" not in first


# ---------------------------------------------------------------------- not enough data (16)
@pytest.mark.parametrize(
    "chart",
    [
        pytest.param({}, id="blank"),
        pytest.param(RIGHT_FOR_30_WEEKS, id="complaint only"),
        pytest.param(
            {**P3, "story.tightness": None, "story.stretching_before": None},
            id="leans to pattern 3",
        ),
        pytest.param({**P2, "story.tightness": None}, id="leans to pattern 2"),
        pytest.param({**RIGHT_FOR_30_WEEKS, **TENDON_SET}, id="leans to the tendon"),
        pytest.param({**RIGHT_FOR_30_WEEKS, **NERVE_COUNTS}, id="nerve finding without a story"),
        pytest.param({**RIGHT_FOR_30_WEEKS, **GLUTE_DEFICIT}, id="weak glutes only"),
    ],
)
def test_without_enough_data_only_advice_is_offered(chart: Chart) -> None:
    answer = read(
        chart,
        {"gait.overstride@right": "clear", "gait.trunk_lean": "backward"},
        retests=[retest("slider_seated", 8, 2)],
    )
    assert answer.status == "not_enough_data"
    assert answer.patterns == ()
    assert answer.plan.withheld is None
    assert set(items(answer)) <= ADVICE
    assert "education" in items(answer)


# ---------------------------------------------------------------------- retests (17)
@pytest.mark.parametrize(
    ("tried", "first"),
    [
        pytest.param([retest("recovery_position", 7, 3)], "recovery_position", id="one is better"),
        pytest.param(
            [retest("slider_seated", 7, 6), retest("brace", 7, 3)],
            "brace",
            id="inside the error band against better",
        ),
        pytest.param(
            [retest("slider_seated", 7, 5), retest("brace", 7, 2)], "brace", id="the bigger change"
        ),
        pytest.param(
            [retest("slider_seated", 7, 2), retest("brace", 7, 5)],
            "slider_seated",
            id="the bigger change, the other way round",
        ),
        pytest.param(
            [
                retest("slider_seated", verdict="same", test="slump.result"),
                retest("recovery_position", verdict="better", test="slump.result"),
            ],
            "recovery_position",
            id="in words",
        ),
        pytest.param(
            [
                retest("slider_seated", verdict="worse", test="slump.result"),
                retest("brace", verdict="better", test="slump.result"),
            ],
            "brace",
            id="worse against better, in words",
        ),
        pytest.param(
            [
                retest("slider_seated", 50, 59, test="slr.angle"),
                retest("brace", 50, 60, test="slr.angle"),
            ],
            "brace",
            id="leg raise up by ten degrees, not by nine",
        ),
        pytest.param(
            [
                retest("slider_seated", 10, 11, test="bridge.reps"),
                retest("brace", 10, 12, test="bridge.reps"),
            ],
            "brace",
            id="a fifth more repetitions",
        ),
        pytest.param(
            [
                retest("slider_seated", 60, 50, test="slr.angle"),
                retest("brace", 7, 4),
            ],
            "brace",
            id="leg raise lost is worse",
        ),
    ],
)
def test_the_better_retest_comes_first(tried: list[Retest], first: str) -> None:
    for order in (tried, tried[::-1]):
        answer = read(P2, P1, retests=order)
        assert answer.patterns == read(P2, P1).patterns
        assert answer.plan.first[0] == first


@pytest.mark.parametrize(
    "tried",
    [
        retest("brace", 7, 6),
        retest("brace", 7, 7),
        retest("brace", verdict="same", test="slump.result"),
        retest("brace", verdict="worse", test="slump.result"),
    ],
)
def test_no_real_change_puts_nothing_first(tried: Retest) -> None:
    assert read(P2, retests=[tried]).plan.first[0] == "slider_seated"


def test_what_made_it_worse_is_not_first() -> None:
    answer = read(P2, retests=[retest("slider_seated", 4, 8)])
    assert "slider_seated" not in answer.plan.first


def test_a_treatment_that_helped_one_test_and_hurt_another_is_not_first() -> None:
    two = [retest("brace", 7, 2), retest("brace", 60, 45, test="slr.angle")]
    for order in (two, two[::-1]):
        assert "brace" not in read(P2, retests=order).plan.first


def test_equal_retests_are_ranked_alike_in_any_order() -> None:
    two = [retest("brace", 7, 4), retest("slider_standing", 7, 4)]
    assert read(P2, retests=two).plan == read(P2, retests=two[::-1]).plan


def test_a_later_visits_retest_takes_the_place_of_an_earlier_one() -> None:
    first = a_visit(screen_answered(), P2, retests=[retest("brace", 7, 2)])
    again = a_visit(screen_answered(), day=7, retests=[retest("brace", 7, 7)])
    assert read_visits(first).plan.first[0] == "brace"
    assert read_visits(first, again).plan.first[0] == "slider_seated"


def test_the_standing_pause_is_never_a_new_item() -> None:
    plan = read(P2, retests=[retest("pause_stretching", 8, 2)]).plan
    assert "pause_stretching" in plan.standing
    assert plan.first[0] == "slider_seated"
    assert "pause_stretching" not in plan.first + plan.later


def test_an_unlisted_treatment_names_no_item() -> None:
    tried = retest("other", verdict="better", test="resisted.result", note="Needling")
    assert "other" not in items(read(P1, HAMSTRING, retests=[tried]))


# ---------------------------------------------------------------------- gait
CUES = {"cue_cadence", "cue_land_closer", "cue_tall_lean"}
GAITS = {
    "overstrides clearly": ({"gait.overstride@right": "clear"}, {"cue_cadence", "cue_land_closer"}),
    "leans back": ({"gait.trunk_lean": "backward"}, {"cue_tall_lean"}),
    "leans far forward": ({"gait.trunk_lean": "marked_forward"}, set()),
    "lands under the hip": ({"gait.overstride@right": "none"}, set()),
    "upright": ({"gait.trunk_lean": "upright"}, set()),
}


@pytest.mark.parametrize(("gait", "cues"), GAITS.values(), ids=GAITS.keys())
def test_gait_brings_its_own_cue(gait: Chart, cues: set[str]) -> None:
    offered = CUES & set(items(read(P2, gait)))
    assert offered <= cues
    assert bool(offered) is bool(cues)


@pytest.mark.parametrize(("gait", "_cues"), GAITS.values(), ids=GAITS.keys())
@named
def test_gait_changes_neither_the_name_nor_any_other_item(
    chart: Chart, gait: Chart, _cues: set[str]
) -> None:
    still, running = read(chart), read(chart, gait)
    assert (running.status, running.patterns) == (still.status, still.patterns)
    assert set(items(still)) ^ set(items(running)) <= CUES


def test_one_gait_cue_at_a_time() -> None:
    gait = {"gait.overstride@right": "clear", "gait.trunk_lean": "backward"}
    for chart in (P1, P2, P3, LOCAL):
        assert len(CUES & set(read(chart, gait).plan.first)) <= 1


# ---------------------------------------------------------------------- cautions
@named
def test_each_caution_names_its_finding(chart: Chart) -> None:
    answer = read(chart, {"flag.blood_thinner": "yes", "flag.bone_fragility": "yes"})
    for caution in answer.plan.cautions:
        assert caution.because
        assert caution.text


def test_blood_thinners_speak_against_massage() -> None:
    answer = read(LOCAL, {"flag.blood_thinner": "yes"})
    warned = {
        caution.item for caution in answer.plan.cautions if "flag.blood_thinner" in caution.because
    }
    assert "tendon_massage" in warned or "tendon_massage" not in items(answer)


def test_brittle_bone_speaks_against_traction() -> None:
    tried = [retest("traction_sidelying", 8, 2)]
    answer = read(P1, {"flag.bone_fragility": "yes"}, retests=tried)
    warned = {
        caution.item for caution in answer.plan.cautions if "flag.bone_fragility" in caution.because
    }
    assert "traction_sidelying" in warned or "traction_sidelying" not in items(answer)


def test_loading_into_hip_bend_is_warned_of_while_a_nerve_test_is_positive() -> None:
    answer = read(P3)
    warned = {caution.item: caution.because for caution in answer.plan.cautions}
    assert "load_hip_bend" not in items(answer) or "slump.result" in warned["load_hip_bend"]


# ---------------------------------------------------------------------- withheld
@named
def test_with_the_screen_open_no_list_is_filled(chart: Chart) -> None:
    assert_withheld(panel(a_case(chart)))


@named
def test_age_sex_sport_and_intensity_change_nothing(chart: Chart) -> None:
    plain = read(chart)
    other = read(
        chart,
        {"complaint.sport": "Rowing", "outcome.nprs_now": 9, "outcome.nprs_worst": 10},
        patient=Patient("P", age=52, sex="male"),
    )
    assert (plain.status, plain.patterns) == (other.status, other.patterns)
    assert plain.plan == other.plan
