"""Comparable signs: what is proposed, what is carried over, and what may not be compared."""

import datetime as dt

import pytest
from hypothesis import given, settings

from clinic_desktop.domain.signs import (
    MOST_PROPOSED,
    NotComparable,
    Taken,
    can_be_taken_again,
    carried_signs,
    check_comparable,
    proposed_signs,
    taken_today,
)
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Findings, Patient, Retest, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.retest_bands import load_bands
from tests.strategies import cases

RIGHT, LEFT = Side.RIGHT, Side.LEFT
CATALOGUE, BANDS = load_catalogue(), load_bands()
SLR, BRIDGE = Key("slr.angle", RIGHT), Key("bridge.pain", RIGHT)
DAYS = [dt.date(2026, 3, 2) + dt.timedelta(days=7 * n) for n in range(3)]


def course(*visits: Visit) -> Case:
    return Case(Patient("Case A"), visits)


def proposed(findings: Findings, painful: str | None = "right") -> tuple[Key, ...]:
    """What a first visit with these findings proposes."""
    return proposed_signs(course(Visit(DAYS[0], findings)), CATALOGUE, BANDS, painful)


def test_what_hurts_most_comes_first_then_what_is_limited_then_what_is_positive() -> None:
    found: dict[Key, Value] = {
        Key("slr.result", RIGHT): "positive", SLR: 54, BRIDGE: 4,
        Key("palpation.tuberosity", RIGHT): 7, Key("slump.result", RIGHT): "positive",
    }  # fmt: skip
    assert proposed(found) == (
        Key("palpation.tuberosity", RIGHT), BRIDGE, SLR, Key("slump.result", RIGHT),
    )  # fmt: skip


def test_a_number_stands_for_its_test_and_the_word_is_not_proposed_beside_it() -> None:
    found: dict[Key, Value] = {
        Key("slump.result", RIGHT): "positive", Key("slump.knee_angle", RIGHT): 30,
    }  # fmt: skip
    assert proposed(found) == (Key("slump.knee_angle", RIGHT),)


def test_the_painful_side_comes_before_the_other() -> None:
    found: dict[Key, Value] = {Key("bridge.pain", LEFT): 9, BRIDGE: 3}
    assert proposed(found) == (BRIDGE, Key("bridge.pain", LEFT))
    assert proposed(found, "left") == (Key("bridge.pain", LEFT), BRIDGE)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (BRIDGE, 1), (BRIDGE, 0), (Key("slump.result", RIGHT), "negative"),
        (Key("slr.result", RIGHT), "not_tested"), (Key("outcome.nprs_worst"), 8),
        (Key("complaint.duration_weeks"), 30), (Key("flag.pop"), "yes"),
        (Key("gait.speed"), 10),
    ],
)  # fmt: skip
def test_what_cannot_get_better_within_a_visit_is_not_proposed(key: Key, value: Value) -> None:
    assert proposed({key: value}) == ()


def test_last_visits_signs_come_first_and_say_nothing_of_today() -> None:
    before = Visit(DAYS[0], {SLR: 50}, signs=(SLR,))
    case = course(before, Visit(DAYS[1], {BRIDGE: 5}))
    assert carried_signs(case) == (SLR,)
    assert proposed_signs(case, CATALOGUE, BANDS, "right") == (SLR, BRIDGE)
    assert taken_today(case.last, SLR) == Taken(SLR, None)


def test_a_visit_without_signs_lends_those_it_took_again() -> None:
    before = Visit(DAYS[0], retests=(Retest("brace", "slr.angle", RIGHT, 50, 60),))
    assert carried_signs(course(before, Visit(DAYS[1]), Visit(DAYS[2]))) == (SLR,)
    assert carried_signs(course(before)) == ()


@settings(max_examples=40)
@given(cases())
def test_proposals_are_few_different_and_can_be_taken_again(case: Case) -> None:
    found = proposed_signs(case, CATALOGUE, BANDS, "right")
    fresh = [key for key in found if key not in carried_signs(case)]
    assert len(found) == len(set(found)) <= MOST_PROPOSED
    assert all(can_be_taken_again(CATALOGUE.spec(key.finding)) for key in fresh)
    assert all(key in case.last.findings for key in fresh)


# ---------------------------------------------------------------------- comparing
def test_after_a_retest_its_value_is_the_one_before_the_next() -> None:
    first, second = (Retest("brace", "slr.angle", RIGHT, 50, 58),
                     Retest("slider_seated", "slr.angle", RIGHT, 58, 70))  # fmt: skip
    visit = Visit(DAYS[0], {SLR: 50}, retests=(first, second))
    assert taken_today(visit, SLR).value == 70
    assert taken_today(visit, SLR, without=(second,)).value == 58
    assert taken_today(visit, SLR, without=(first, second)).value == 50


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (Taken(SLR, 54), Taken(Key("slump.knee_angle", RIGHT), 20), "test"),
        (Taken(SLR, 54), Taken(Key("slr.angle", LEFT), 70), "side"),
        (Taken(SLR, 54), Taken(SLR, None), "words"),
        (Taken(SLR, None), Taken(SLR, 66), "before"),
        (
            Taken(Key("gait.cadence"), 160, (("gait.speed", 10),)),
            Taken(Key("gait.cadence"), 172, (("gait.speed", 12),)),
            "method",
        ),
    ],
)
def test_another_test_side_or_method_is_refused(before: Taken, after: Taken, why: str) -> None:
    with pytest.raises(NotComparable) as refused:
        check_comparable(before, after)
    assert refused.value.why == why


def test_the_same_test_side_and_method_is_compared() -> None:
    check_comparable(Taken(SLR, 54), Taken(SLR, 66))
    check_comparable(Taken(SLR), Taken(SLR))
