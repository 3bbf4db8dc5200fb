"""A sign before and after a treatment, held against its measuring error (clinical facts, 4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.retests import judge, verdict_of
from clinic_desktop.domain.values import Side
from clinic_desktop.domain.visits import Retest
from clinic_desktop.services.knowledge.retest_bands import load_bands

RIGHT, LEFT = Side.RIGHT, Side.LEFT
BANDS = load_bands()


@pytest.mark.parametrize(
    ("test", "before", "after", "verdict"),
    [
        ("bridge.pain", 6, 4, "better"), ("bridge.pain", 6, 4.5, "same"),
        ("bridge.pain", 4, 6, "worse"), ("bridge.pain", 4, 5.5, "same"),
        ("slr.angle", 54, 64, "better"), ("slr.angle", 54, 63, "same"),
        ("slr.angle", 64, 54, "worse"), ("slr.angle", 63, 54, "same"),
        ("bridge.reps", 20, 24, "better"), ("bridge.reps", 20, 23, "same"),
        ("bridge.reps", 20, 16, "worse"), ("bridge.reps", 20, 17, "same"),
    ],
)  # fmt: skip
def test_the_band_of_the_facts_decides(
    test: str, before: float, after: float, verdict: str
) -> None:
    """Pain down by 2, SLR up by 10 degrees, repetitions up by a fifth; worse is the mirror."""
    assert verdict_of(Retest("brace", test, RIGHT, before, after), BANDS) == verdict


@given(
    test=st.sampled_from(sorted(name for name, band in BANDS.items() if not band.percent)),
    before=st.integers(0, 100),
    after=st.integers(0, 100),
)
def test_worse_is_the_mirror_of_better(test: str, before: int, after: int) -> None:
    there = verdict_of(Retest("brace", test, None, before, after), BANDS)
    back = verdict_of(Retest("brace", test, None, after, before), BANDS)
    mirror = {"better": "worse", "worse": "better", "same": "same"}
    assert there is not None
    assert back == mirror[there]


@given(test=st.sampled_from(sorted(BANDS)), value=st.floats(0, 200))
def test_the_same_value_is_never_a_change(test: str, value: float) -> None:
    assert verdict_of(Retest("brace", test, None, value, value), BANDS) == "same"


@given(test=st.sampled_from(sorted(BANDS)), before=st.floats(0, 200), after=st.floats(0, 200))
def test_the_side_says_nothing_of_the_verdict(test: str, before: float, after: float) -> None:
    sides = {verdict_of(Retest("brace", test, s, before, after), BANDS) for s in (RIGHT, LEFT)}
    assert len(sides) == 1


# ---------------------------------------------------------------------- at no more pain
REPS = Retest("glute_burn", "bridge.reps", RIGHT, 10, 15)


def pain(after: float, side: Side = RIGHT, treatment: str = "glute_burn") -> Retest:
    """The pain of the bridge after a treatment, 4 before."""
    return Retest(treatment, "bridge.pain", side, 4, after)


def test_more_repetitions_count_only_at_no_more_pain() -> None:
    assert verdict_of(REPS, BANDS) == "better"
    assert verdict_of(REPS, BANDS, (REPS, pain(4))) == "better"
    assert verdict_of(REPS, BANDS, (REPS, pain(2))) == "better"
    assert verdict_of(REPS, BANDS, (REPS, pain(5))) == "same"
    assert judge(REPS, BANDS, (REPS, pain(5))).at_more_pain


def test_the_pain_of_the_other_leg_or_of_another_treatment_does_not_count() -> None:
    assert verdict_of(REPS, BANDS, (pain(9, LEFT), pain(9, treatment="brace"))) == "better"


def test_fewer_repetitions_stay_worse_at_less_pain() -> None:
    fewer = Retest("glute_burn", "bridge.reps", RIGHT, 10, 6)
    assert verdict_of(fewer, BANDS, (pain(1),)) == "worse"
