"""Patterns 1, local and other source: what each needs, what it leans on, and who comes first."""

import pytest

from clinic_desktop.domain.visits import Retest
from tests.rules.charts import (
    BACK_CLEAR,
    GLUTE_DEFICIT,
    INJURY,
    LOCAL,
    NERVE_CLEAR,
    NERVE_COUNTS,
    NO_INJURY,
    OLD_BACK,
    OTHER,
    P1,
    P2,
    P2_AND_P3,
    P3,
    RIGHT_FOR_30_WEEKS,
    STRETCHER,
    TENDON_SET,
    Chart,
    mirrored,
    read,
    retest,
)

HAMSTRING: Chart = {"resisted.result@right": "positive"}
GLUTE_JUDGED: Chart = {"judgement.glute_inhibition": "yes"}
BACK_JUDGED: Chart = {"judgement.back_irritation": "yes"}
UNDECIDED = ("not_enough_data", ())


def one(*charts: Chart) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Status, names and leans of a chart of the right leg."""
    answer = read(RIGHT_FOR_30_WEEKS, *charts)
    return answer.status, answer.patterns, answer.lean


# ---------------------------------------------------------------------- pattern 1
@pytest.mark.parametrize(
    "chart",
    [
        pytest.param({**OLD_BACK, **GLUTE_DEFICIT}, id="old back, weak glutes"),
        pytest.param({**OLD_BACK, "glute.weak@right": "yes"}, id="old back, glutes judged weak"),
        pytest.param({**OLD_BACK, **GLUTE_JUDGED}, id="old back, glutes concluded"),
        pytest.param({**BACK_JUDGED, **GLUTE_DEFICIT}, id="back concluded, weak glutes"),
        pytest.param({**BACK_JUDGED, **GLUTE_JUDGED}, id="both concluded"),
        pytest.param({"lumbar.movement": "positive", **GLUTE_DEFICIT}, id="live back, weak glutes"),
        pytest.param(
            {"lumbar.repeated_movement": "centralises", **HAMSTRING},
            id="live back, hamstring sore on resistance",
        ),
        pytest.param(
            {**OLD_BACK, "lumbar.repeated_flexion": "peripheralises", **HAMSTRING},
            id="old and live back, hamstring sore",
        ),
        pytest.param(
            {"story.back": "yes", "story.back_weeks_ago": 30, **GLUTE_DEFICIT},
            id="back began with the hamstring pain",
        ),
        pytest.param({**OLD_BACK, **GLUTE_DEFICIT, **NERVE_CLEAR}, id="nerves clear: no matter"),
        pytest.param({**OLD_BACK, **GLUTE_DEFICIT, **NERVE_COUNTS}, id="nerves positive too"),
    ],
)
def test_pattern_1_is_named(chart: Chart) -> None:
    assert one(chart) == ("suggested", ("pattern_1",), ())


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(OLD_BACK, id="old back, nothing tested"),
        pytest.param({**OLD_BACK, **HAMSTRING}, id="old back, hamstring sore, back and glutes not"),
        pytest.param({**BACK_JUDGED, **HAMSTRING}, id="back concluded, hamstring sore"),
        pytest.param({"lumbar.movement": "positive"}, id="live back only"),
        pytest.param(
            {**OLD_BACK, "glute.abduction_power@right": "4"}, id="old back, one glute sign only"
        ),
        pytest.param(
            {
                **OLD_BACK,
                "glute.abduction_power@right": "4",
                "glute.trendelenburg@right": "not_tested",
            },
            id="second glute sign not tested",
        ),
    ],
)
def test_pattern_1_only_leans(chart: Chart) -> None:
    assert one(chart) == ("not_enough_data", (), ("pattern_1",))


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(GLUTE_DEFICIT, id="weak glutes, back never asked"),
        pytest.param({**GLUTE_DEFICIT, "story.back": "unknown"}, id="weak glutes, back not known"),
        pytest.param({**GLUTE_DEFICIT, **BACK_CLEAR}, id="weak glutes, back clear"),
        pytest.param(GLUTE_JUDGED, id="glutes concluded alone"),
        pytest.param({**HAMSTRING, "story.back": "not_asked"}, id="back not asked"),
        pytest.param({"hint.back_history": "yes", **GLUTE_JUDGED}, id="the back is only a hint"),
    ],
)
def test_pattern_1_is_neither_named_nor_leaned_to(chart: Chart) -> None:
    status, named, lean = one(chart)
    assert (status, named) == UNDECIDED
    assert "pattern_1" not in lean


SOUND_GLUTES: Chart = {
    "glute.abduction_power@right": "5",
    "glute.trendelenburg@right": "negative",
}
SOUND_HAMSTRING: Chart = {"resisted.result@right": "negative", "palpation.tuberosity@right": 0}


def test_an_old_back_with_sound_glutes_and_hamstring_is_no_pattern_1() -> None:
    """Two of each charted and none positive: the load shift is answered no."""
    assert one(OLD_BACK, SOUND_HAMSTRING)[2] == ("pattern_1",)
    assert one(OLD_BACK, SOUND_GLUTES, SOUND_HAMSTRING)[1:] == ((), ())


def test_back_pain_that_came_later_weakens_pattern_1_and_the_ledger_says_so() -> None:
    answer = read(P1, {"story.back_weeks_ago": 10})
    assert answer.patterns == ()
    against = {line.finding for line in answer.ledger["pattern_1"].against}
    assert against & {"story.back", "story.back_weeks_ago"}


def test_the_clinicians_own_conclusions_stand_in_the_ledger() -> None:
    answer = read(RIGHT_FOR_30_WEEKS, BACK_JUDGED, GLUTE_JUDGED)
    supports = {line.finding for line in answer.ledger["pattern_1"].supports}
    assert {"judgement.back_irritation", "judgement.glute_inhibition"} <= supports


@pytest.mark.parametrize("word", [None, "no", "unknown", "not_asked"])
def test_a_conclusion_not_drawn_names_nothing(word: str | None) -> None:
    chart = {"judgement.back_irritation": word, "judgement.glute_inhibition": word}
    assert one(chart, HAMSTRING)[:2] == UNDECIDED


# ---------------------------------------------------------------------- glute deficit
WEAK_SIGNS: dict[str, Chart] = {
    "abduction 4": {"glute.abduction_power@right": "4"},
    "abduction 3": {"glute.abduction_power@right": "3"},
    "hold 29 s": {"glute.bridge_hold@right": 29},
    "hold with cramp": {"glute.bridge_cramp@right": "yes"},
    "trendelenburg": {"glute.trendelenburg@right": "positive"},
    "poor squat": {"glute.single_leg_squat@right": "poor"},
    "burns nowhere": {"glute.burn_felt@right": "nowhere"},
    "burns in the hamstring": {"glute.burn_felt@right": "hamstring"},
}
SAME_SIGN = (
    {"abduction 4", "abduction 3"},
    {"hold 29 s", "hold with cramp"},
    {"trendelenburg", "poor squat"},
    {"burns nowhere", "burns in the hamstring"},
)
PAIRS = [
    (first, second)
    for number, first in enumerate(WEAK_SIGNS)
    for second in list(WEAK_SIGNS)[number + 1 :]
    if {first, second} not in SAME_SIGN
]
SOUND_SIGNS: dict[str, Chart] = {
    "abduction 5": {"glute.abduction_power@right": "5"},
    "abduction 4+": {"glute.abduction_power@right": "4+"},
    "hold 30 s": {"glute.bridge_hold@right": 30},
    "hold without cramp": {"glute.bridge_cramp@right": "no"},
    "level pelvis": {"glute.trendelenburg@right": "negative"},
    "pelvis inconclusive": {"glute.trendelenburg@right": "inconclusive"},
    "pelvis not tested": {"glute.trendelenburg@right": "not_tested"},
    "fair squat": {"glute.single_leg_squat@right": "fair"},
    "burns in the glute": {"glute.burn_felt@right": "side_of_glute"},
    "late glute on lifting the leg": {"glute.prone_extension@right": "hamstring_first"},
    "weak on the other side": {"glute.trendelenburg@left": "positive"},
}


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_weak_glute_signs_are_a_deficit(first: str, second: str) -> None:
    assert one(OLD_BACK, WEAK_SIGNS[first], WEAK_SIGNS[second])[1] == ("pattern_1",)


@pytest.mark.parametrize("pair", [sorted(pair) for pair in SAME_SIGN[1:3]], ids=" and ".join)
def test_two_views_of_one_sign_are_one_sign(pair: list[str]) -> None:
    assert one(OLD_BACK, *(WEAK_SIGNS[name] for name in pair))[1] == ()


@pytest.mark.parametrize("sound", SOUND_SIGNS.values(), ids=SOUND_SIGNS.keys())
def test_one_weak_glute_sign_is_no_deficit(sound: Chart) -> None:
    weak = WEAK_SIGNS["abduction 4" if "glute.abduction_power@right" not in sound else "poor squat"]
    assert one(OLD_BACK, weak, sound)[1] == ()


def test_a_weak_glute_of_the_painless_side_is_no_deficit() -> None:
    assert one(OLD_BACK, mirrored(GLUTE_DEFICIT))[1] == ()


# ---------------------------------------------------------------------- leans of the rest (3)
def test_a_chart_that_is_named_leans_nowhere() -> None:
    for chart in (P1, P2, P3, P2_AND_P3, LOCAL, OTHER):
        assert read(chart).lean == ()


def test_a_blank_chart_leans_nowhere() -> None:
    assert one() == ("not_enough_data", (), ())


def test_relief_from_treating_the_back_is_a_first_mover_of_pattern_1() -> None:
    chart = {**RIGHT_FOR_30_WEEKS, **HAMSTRING}
    for better in (
        retest("directional_preference", 6, 2, test="resisted_15.pain"),
        retest("traction_sidelying", verdict="better", test="resisted.result"),
        retest("recovery_position", 6, 3),
        retest("other", 6, 3, note="Mobilised the LOW BACK"),
    ):
        assert read(chart, retests=[better]).lean == ("pattern_1",)


@pytest.mark.parametrize(
    "tried",
    [
        pytest.param(retest("directional_preference", 6, 6), id="no change"),
        pytest.param(retest("directional_preference", 6, 5), id="inside the error band"),
        pytest.param(retest("brace", verdict="worse"), id="worse"),
        pytest.param(retest("tendon_massage", 6, 2), id="relief from the tendon"),
        pytest.param(retest("other", 6, 2, note="Needled the back of the thigh"), id="needling"),
        pytest.param(retest("other", 6, 6, note="Low back mobilised"), id="no change, low back"),
    ],
)
def test_no_relief_from_the_back_is_no_first_mover(tried: Retest) -> None:
    chart = {**RIGHT_FOR_30_WEEKS, **HAMSTRING}
    assert "pattern_1" not in read(chart, retests=[tried]).lean


@pytest.mark.parametrize("weeks", [1, 3, 5])
def test_a_recent_injury_leans_to_the_hamstring_itself(weeks: int) -> None:
    answer = read(
        RIGHT_FOR_30_WEEKS,
        {**INJURY, "story.injury_weeks_ago": weeks, "complaint.duration_weeks": weeks},
    )
    assert answer.patterns == ()
    assert answer.lean == ("local",)


HINTS = (
    "hint.over_8_weeks",
    "hint.two_sites",
    "hint.both_tight",
    "hint.back_history",
    "hint.no_glute_burn",
    "hint.after_exercise",
    "hint.sitting",
)


@pytest.mark.parametrize("word", ["yes", "no"])
@pytest.mark.parametrize("chart", [{}, RIGHT_FOR_30_WEEKS, LOCAL, HAMSTRING])
def test_hints_alone_never_name_a_pattern(chart: Chart, word: str) -> None:
    answer = read(chart, dict.fromkeys(HINTS, word))
    assert not {"pattern_1", "pattern_2", "pattern_3"} & set(answer.patterns)


def test_hints_that_fit_tendinopathy_leave_the_tendon_named() -> None:
    fits = {"hint.over_8_weeks": "yes", "hint.after_exercise": "yes", "hint.sitting": "yes"}
    assert read(LOCAL, fits).patterns == ("local",)


# ---------------------------------------------------------------------- several patterns (14)
@pytest.mark.parametrize(
    ("chart", "named"),
    [
        pytest.param(
            {**P2, **P1, "story.back_weeks_ago": 300, "story.stretching_before_weeks_ago": 100},
            ("pattern_1", "pattern_2"),
            id="the back came first",
        ),
        pytest.param(
            {
                **P2,
                **P1,
                "story.back_weeks_ago": 50,
                "story.tightness_weeks_ago": 220,
                "story.stretching_before_weeks_ago": 200,
            },
            ("pattern_2", "pattern_1"),
            id="the stretching came first",
        ),
        pytest.param({**P3, **P1}, ("pattern_1", "pattern_3"), id="old back, then the injury"),
        pytest.param(P2_AND_P3, ("pattern_2", "pattern_3"), id="stretcher, injured"),
        pytest.param(
            {
                **P2_AND_P3,
                **P1,
                "story.tightness_weeks_ago": 220,
                "story.stretching_before_weeks_ago": 200,
            },
            ("pattern_1", "pattern_2", "pattern_3"),
            id="all three, in the order of the story",
        ),
        pytest.param(
            {**P2_AND_P3, **TENDON_SET},
            ("pattern_2", "pattern_3", "local"),
            id="the tendon comes after the patterns",
        ),
    ],
)
def test_the_first_in_the_story_drives(chart: Chart, named: tuple[str, ...]) -> None:
    assert read(chart).patterns == named


def test_retests_never_rank_the_patterns() -> None:
    tried = [retest("slider_seated", 7, 2), retest("brace", 6, 6)]
    chart = {**P2, **P1, "story.stretching_before_weeks_ago": 100}
    assert read(chart, retests=tried).patterns == read(chart).patterns


# ---------------------------------------------------------------------- checks for every case
@pytest.mark.parametrize("chart", [P1, P2, P3, P2_AND_P3, LOCAL, OTHER])
def test_mirror_image_reads_the_same(chart: Chart) -> None:
    right, left = read(chart), read(mirrored(chart))
    assert (right.status, right.patterns, right.plan.first) == (
        left.status,
        left.patterns,
        left.plan.first,
    )


def test_a_stretcher_alone_is_not_named_by_hints() -> None:
    answer = read(RIGHT_FOR_30_WEEKS, STRETCHER, NO_INJURY, dict.fromkeys(HINTS, "yes"))
    assert answer.patterns == ()
