"""The hamstring itself and the look-alikes: what names them, alone and beside a pattern."""

import pytest

from tests.rules.charts import (
    BACK_CLEAR,
    HAMSTRING,
    INJURY,
    LOCAL,
    NERVE_CLEAR,
    NERVE_COUNTS,
    NO_INJURY,
    OTHER,
    P1,
    P2,
    P3,
    RIGHT_FOR_30_WEEKS,
    TENDON_SET,
    Chart,
    blank,
    both_sides,
    read,
)


def named(*charts: Chart) -> tuple[str, ...]:
    """The patterns named for a chart of the right leg."""
    return read(RIGHT_FOR_30_WEEKS, *charts).patterns


# ---------------------------------------------------------------------- the tendon set (8)
PROVOKED: dict[str, Chart] = {
    "puranen_orava": {"puranen_orava.result@right": "positive"},
    "bent_knee": {"bent_knee.result@right": "positive"},
    "modified_bent_knee": {"modified_bent_knee.result@right": "positive"},
    "arabesque": {"arabesque.result@right": "positive"},
    "painful bridge": {"bridge.pain@right": 6},
    "weak bridge": {"bridge.reps@right": 5, "bridge.reps@left": 30},
}
TENDER: Chart = {"palpation.tuberosity@right": 4}
NOTHING_ELSE: Chart = {**NO_INJURY, **NERVE_CLEAR, **BACK_CLEAR}


@pytest.mark.parametrize(
    ("first", "second"),
    [(a, b) for n, a in enumerate(PROVOKED) for b in list(PROVOKED)[n + 1 :] if "bridge" not in a],
)
def test_a_tender_tuberosity_and_two_tests_are_the_tendon(first: str, second: str) -> None:
    assert named(NOTHING_ELSE, TENDER, PROVOKED[first], PROVOKED[second]) == ("local",)


@pytest.mark.parametrize(
    ("palpation", "expected"),
    [
        pytest.param({"palpation.tuberosity@right": 4}, True, id="4 of 10"),
        pytest.param({"palpation.tuberosity@right": 3}, False, id="3 of 10"),
        pytest.param(
            {"palpation.tuberosity@right": 3, "palpation.familiar@right": "yes"},
            True,
            id="3 of 10, her own pain",
        ),
        pytest.param(
            {"palpation.tuberosity@right": 3, "palpation.familiar@right": "no"},
            False,
            id="3 of 10, not her own pain",
        ),
        pytest.param({"palpation.tuberosity@right": 0}, False, id="not tender"),
        pytest.param({}, False, id="not palpated"),
        pytest.param({"palpation.tuberosity@left": 8}, False, id="the other side tender"),
    ],
)
def test_how_tender_the_tuberosity_must_be(palpation: Chart, expected: bool) -> None:
    tests = {**PROVOKED["puranen_orava"], **PROVOKED["bent_knee"]}
    assert (named(NOTHING_ELSE, tests, palpation) == ("local",)) is expected


@pytest.mark.parametrize("word", [None, "negative", "inconclusive", "not_tested", "unable"])
def test_one_tendon_test_alone_is_not_the_set(word: str | None) -> None:
    assert (
        named(NOTHING_ELSE, TENDER, PROVOKED["bent_knee"], {"arabesque.result@right": word}) == ()
    )


@pytest.mark.parametrize(
    ("effect", "expected"), [("gone", False), ("reduced", True), ("unchanged", True), (None, True)]
)
def test_pain_that_goes_with_the_nerve_slack_is_not_the_tendons(
    effect: str | None, expected: bool
) -> None:
    chart = {**PROVOKED["puranen_orava"], **PROVOKED["bent_knee"]}
    slack = {"bent_knee.neural_effect@right": effect}
    assert (named(NOTHING_ELSE, TENDER, chart, slack) == ("local",)) is expected


@pytest.mark.parametrize(("reps", "weak"), [(5, True), (19, True), (20, False), (30, False)])
def test_a_bridge_under_twenty_is_weak(reps: int, weak: bool) -> None:
    bridge = {"bridge.reps@right": reps}
    found = named(NOTHING_ELSE, TENDER, PROVOKED["bent_knee"], bridge)
    assert (found == ("local",)) is weak


def test_a_concluded_tendon_counts_as_the_set() -> None:
    assert named(NOTHING_ELSE, {"judgement.tendon_involved": "yes"}) == ("local",)
    assert named(NOTHING_ELSE, {"judgement.tendon_involved": "unknown"}) == ()


# ---------------------------------------------------------------------- local (9, 10)
@pytest.mark.parametrize(
    ("change", "expected", "lean"),
    [
        pytest.param({}, ("local",), (), id="nerves and back clear"),
        pytest.param(blank(*NERVE_CLEAR), (), ("local",), id="nerves open"),
        pytest.param(
            {**blank(*NERVE_CLEAR), **both_sides("slr.result", "not_tested")},
            (),
            ("local",),
            id="nerves not tested",
        ),
        pytest.param(
            {**blank(*NERVE_CLEAR), "slr.result@left": "negative", "slump.result@left": "negative"},
            (),
            ("local",),
            id="nerves tested on the painless side only",
        ),
        pytest.param(
            {**blank(*NERVE_CLEAR), "slr.result@right": "negative"},
            (),
            ("local",),
            id="one nerve test negative, the rest open",
        ),
    ],
)
def test_the_tendon_alone(change: Chart, expected: tuple[str, ...], lean: tuple[str, ...]) -> None:
    answer = read(LOCAL, change)
    assert (answer.patterns, answer.lean) == (expected, lean)


@pytest.mark.parametrize(
    "back",
    [
        {"lumbar.movement": "positive"},
        {"lumbar.repeated_movement": "peripheralises"},
        {"lumbar.repeated_flexion": "centralises"},
    ],
)
def test_a_live_back_is_never_local_alone(back: Chart) -> None:
    assert "local" not in read(LOCAL, back).patterns[:1]


def test_a_counting_nerve_is_never_local_alone() -> None:
    assert read(LOCAL, blank(*NERVE_CLEAR), NERVE_COUNTS).patterns == ()


MUSCLE: Chart = {**INJURY, **HAMSTRING, **NERVE_CLEAR, **BACK_CLEAR}


@pytest.mark.parametrize(
    ("chart", "expected"),
    [
        pytest.param(MUSCLE, ("local",), id="injured, sore on resistance, all else clear"),
        pytest.param({**MUSCLE, **NO_INJURY}, (), id="never injured"),
        pytest.param({**MUSCLE, "story.injury": None}, (), id="injury not asked"),
        pytest.param({**MUSCLE, "resisted.result@right": "negative"}, (), id="strong, painless"),
        pytest.param({**MUSCLE, "resisted.result@right": "not_tested"}, (), id="not resisted"),
        pytest.param({**MUSCLE, **blank(*NERVE_CLEAR)}, (), id="nerves open"),
        pytest.param({**MUSCLE, "lumbar.movement": "positive"}, (), id="live back"),
    ],
)
def test_the_muscle_alone(chart: Chart, expected: tuple[str, ...]) -> None:
    if chart.get("story.injury") is None:
        chart = {**chart, **blank("story.injury_weeks_ago")}
    answer = read(RIGHT_FOR_30_WEEKS, chart)
    assert tuple(name for name in answer.patterns if name == "local") == expected


@pytest.mark.parametrize("test", ["resisted_15.pain", "resisted_90.pain"])
@pytest.mark.parametrize(("pain", "expected"), [(3, ("local",)), (8, ("local",)), (2, ()), (0, ())])
def test_how_sore_the_muscle_must_be_on_resistance(
    test: str, pain: int, expected: tuple[str, ...]
) -> None:
    chart = {**MUSCLE, "resisted.result@right": None, f"{test}@right": pain}
    assert named(chart) == expected


def test_weak_knee_flexion_is_the_muscles_too() -> None:
    chart = {**MUSCLE, "resisted.result@right": None, "power.knee_flexion@right": "4"}
    assert named(chart) == ("local",)


def test_beside_a_pattern_local_means_the_tendon_set_only() -> None:
    assert read(P3, HAMSTRING).patterns == ("pattern_3",)
    assert read(P3, TENDON_SET).patterns == ("pattern_3", "local")
    assert read(P2, TENDON_SET).patterns == ("pattern_2", "local")
    assert read(P1, TENDON_SET).patterns == ("pattern_1", "local")


# ---------------------------------------------------------------------- other source (12)
@pytest.mark.parametrize(
    "test", ["piriformis_stretch.result", "piriformis_active.result", "hip.rotation", "sij.result"]
)
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("positive", ("other_source",)),
        ("negative", ()),
        ("inconclusive", ()),
        ("not_tested", ()),
        ("unable", ()),
    ],
)
def test_a_look_alike_test_names_another_source(
    test: str, word: str, expected: tuple[str, ...]
) -> None:
    chart = {**OTHER, **blank("piriformis_stretch.result@right"), f"{test}@right": word}
    assert read(chart).patterns == expected


def test_tenderness_in_the_notch_alone_only_leans() -> None:
    chart = {**OTHER, **blank("piriformis_stretch.result@right")}
    answer = read(chart, {"palpation.sciatic_notch@right": 7})
    assert answer.patterns == ()
    assert answer.lean == ("other_source",)


def test_a_live_back_is_not_another_source() -> None:
    assert "other_source" not in read(OTHER, {"lumbar.movement": "positive"}).patterns


def test_no_other_source_beside_a_pattern() -> None:
    assert read(P2, {"piriformis_stretch.result@right": "positive"}).patterns == ("pattern_2",)


def test_tendon_and_look_alike_are_both_named_tendon_first() -> None:
    assert read(OTHER, TENDON_SET).patterns == ("local", "other_source")
