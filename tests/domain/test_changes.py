"""What changed since last time: each finding against the last visit that tested it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.domain.changes import Turn, Turned, changes_of
from clinic_desktop.domain.trends import GROC
from clinic_desktop.domain.values import Key, Side, Value, says_nothing
from clinic_desktop.domain.visits import Activity, Case, Findings, Patient, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.retest_bands import load_bands
from tests.strategies import cases, visits

RIGHT, LEFT = Side.RIGHT, Side.LEFT
CATALOGUE, BANDS = load_catalogue(), load_bands()
DAY = dt.date(2026, 3, 2)
SLR, SLUMP = Key("slr.angle", RIGHT), Key("slump.result", RIGHT)


def course(*found: Mapping[Key, Value]) -> Case:
    """A course with a visit a week."""
    days = (DAY + dt.timedelta(days=7 * n) for n in range(len(found)))
    return Case(Patient("Case A"), tuple(Visit(d, f) for d, f in zip(days, found, strict=True)))


def changes(case: Case) -> tuple[Turned, ...]:
    return changes_of(case, CATALOGUE, BANDS)


def turn(key: Key, *values: Value | None) -> Turn | None:
    """What becomes of one finding charted so at each visit; None is not charted."""
    found = changes(course(*({} if v is None else {key: v} for v in values)))
    assert len(found) <= 1
    return found[0].turn if found else None


# ---------------------------------------------------------------------- which way it went
@pytest.mark.parametrize(
    ("name", "before", "now", "expected"),
    [
        ("slump.result@right", "negative", "positive", Turn.NEW),
        ("slump.result@right", "inconclusive", "positive", Turn.NEW),
        ("slump.result@right", "positive", "negative", Turn.GONE),
        ("slump.result@right", "positive", "inconclusive", Turn.OTHER),
        ("slump.result@right", "positive", "positive", Turn.SAME),
        ("slump.result@right", "positive", "not_tested", Turn.UNTESTED),
        ("slump.result@right", "positive", "unable", Turn.UNTESTED),
        ("slump.result@right", "positive", None, Turn.UNTESTED),
        ("slump.result@right", None, "positive", Turn.NEW),
        ("slump.result@right", None, "negative", None),
        ("slr.angle@right", 54, 64, Turn.BETTER),
        ("slr.angle@right", 54, 63, Turn.SAME),
        ("slr.angle@right", 54, 44, Turn.WORSE),
        ("slr.angle@right", 54, None, Turn.UNTESTED),
        ("outcome.nprs_worst", 7, 5, Turn.BETTER),
        ("outcome.nprs_worst", 7, 6, Turn.SAME),
        ("outcome.nprs_worst", 5, 7, Turn.WORSE),
        ("outcome.odi", 30, 20, Turn.BETTER),
        ("outcome.lefs", 40, 49, Turn.BETTER),
        ("outcome.pain_free_run", 2, 8, Turn.OTHER),
        ("outcome.pain_free_run", 2, 2, Turn.SAME),
        ("power.ankle_dorsiflexion@right", "5", "4", Turn.WORSE),
        ("power.ankle_dorsiflexion@right", "4", "4+", Turn.BETTER),
        ("flag.saddle_numbness", "no", "yes", Turn.NEW),
        ("flag.saddle_numbness", "yes", "no", Turn.GONE),
        ("flag.saddle_numbness", "yes", None, None),
        ("complaint.duration_weeks", 10, 11, None),
        ("note.plan", "a", "b", None),
    ],
)
def test_a_finding_goes_one_way(
    name: str, before: Value | None, now: Value | None, expected: Turn | None
) -> None:
    finding, _at, side = name.partition("@")
    assert turn(Key(finding, Side(side) if side else None), before, now) is expected


def test_untouched_is_never_gone() -> None:
    """A positive slump that nobody repeated is not a slump that went away."""
    assert turn(SLUMP, "positive", None) is Turn.UNTESTED


def test_each_is_held_against_the_last_visit_that_tested_it() -> None:
    """Three visits; the second had no time for the SLR."""
    (found,) = changes(course({SLR: 50}, {}, {SLR: 66}))
    assert (found.turn, found.before, found.now, found.at) == (Turn.BETTER, 50, 66, 0)
    (found,) = changes(course({SLR: 50}, {SLR: 64}, {SLR: 66}))
    assert (found.turn, found.before, found.at) == (Turn.SAME, 64, 1)


def test_two_visits_of_one_day_stand_in_their_order() -> None:
    morning, evening = Visit(DAY, {SLUMP: "positive"}), Visit(DAY, {SLUMP: "negative"})
    case = Case(Patient("Case A"), (morning, evening))
    assert [one.turn for one in changes(case)] == [Turn.GONE]


def test_what_came_into_a_set_and_what_went_are_two_lines() -> None:
    sites = Key("complaint.sites", RIGHT)
    found = changes(course({sites: ("calf", "foot")}, {sites: ("foot", "groin")}))
    assert [(one.turn, one.before, one.now) for one in found] == [
        (Turn.NEW, ("calf", "foot"), ("groin",)),
        (Turn.GONE, ("calf",), ("foot", "groin")),
    ]


def test_another_speed_is_another_test() -> None:
    speed, cadence = Key("gait.speed"), Key("gait.cadence")
    found = changes(course({speed: 10, cadence: 160}, {speed: 12, cadence: 172}))
    (told,) = (one for one in found if one.key == cadence)
    assert (told.turn, told.why) == (Turn.OTHER, "method")


def test_more_repetitions_at_more_pain_are_no_change() -> None:
    reps, pain = Key("bridge.reps", RIGHT), Key("bridge.pain", RIGHT)
    found = changes(course({reps: 10, pain: 3}, {reps: 15, pain: 4}))
    told = {one.key: one for one in found}
    assert (told[reps].turn, told[reps].why) == (Turn.SAME, "pain")


# ---------------------------------------------------------------------- own activities
def scored(*visits_: tuple[tuple[str, float], ...]) -> dict[str, Turned]:
    """Changes by activity, the mean under no name, when scored so at each visit."""
    made = tuple(
        Visit(DAY + dt.timedelta(days=7 * n), psfs=tuple(Activity(*pair) for pair in pairs))
        for n, pairs in enumerate(visits_)
    )
    return {one.activity: one for one in changes(Case(Patient("Case A"), made))}


def test_an_activity_counts_from_three_and_the_mean_from_two() -> None:
    found = scored((("Sit", 3), ("Run", 2)), (("Sit", 6), ("Run", 4)))
    assert (found["Sit"].turn, found["Run"].turn) == (Turn.BETTER, Turn.SAME)
    assert (found[""].turn, found[""].before, found[""].now) == (Turn.BETTER, 2.5, 5)


def test_a_mean_of_other_activities_is_not_compared() -> None:
    found = scored((("Sit", 3), ("Run", 2)), (("sit ", 6),))
    assert found["sit "].turn is Turn.BETTER, "known by its name, however it is written"
    assert found["Run"].turn is Turn.UNTESTED
    assert (found[""].turn, found[""].why) == (Turn.OTHER, "method")


# ---------------------------------------------------------------------- properties
def mirrored(findings: Findings) -> dict[Key, Value]:
    return {Key(k.finding, k.side.other if k.side else None): v for k, v in findings.items()}


@settings(max_examples=40)
@given(cases())
def test_the_mirror_of_the_patient_has_the_mirror_of_the_changes(case: Case) -> None:
    """Swap right and left in every visit, and just the sides of the changes are swapped."""
    other = replace(
        case, visits=tuple(replace(v, findings=mirrored(v.findings)) for v in case.visits)
    )
    swapped = {
        replace(one, key=Key(one.key.finding, one.key.side.other if one.key.side else None))
        for one in changes(case)
    }
    assert swapped == set(changes(other))


@settings(max_examples=40)
@given(visits())
def test_against_itself_nothing_has_changed(visit: Visit) -> None:
    again = replace(visit, date=visit.date + dt.timedelta(days=7), activities=())
    found = changes(Case(Patient("Case A"), (replace(visit, activities=()), again)))
    untested = {one.key for one in found if one.turn is Turn.UNTESTED}
    assert {one.turn for one in found} <= {Turn.SAME, Turn.UNTESTED, Turn.OTHER}
    assert not untested
    assert all(one.activity for one in found if one.turn is Turn.OTHER)


@settings(max_examples=40)
@given(cases(), st.integers(0, 3))
def test_an_empty_visit_in_between_changes_nothing(case: Case, at: int) -> None:
    """A visit that tested nothing is a gap, wherever it stands before the present one."""
    place = min(at, len(case.visits) - 1)
    gap = Visit(case.visits[place].date)
    longer = replace(case, visits=(*case.visits[:place], gap, *case.visits[place:]))
    plain = {replace(one, at=None) for one in changes(case)}
    assert {replace(one, at=None) for one in changes(longer)} >= plain
    if len(case.visits) > 1:
        assert {replace(one, at=None) for one in changes(longer)} == plain


@settings(max_examples=40)
@given(cases())
def test_nothing_is_gone_or_better_that_was_not_tested_today(case: Case) -> None:
    for one in changes(case):
        said = case.last.findings.get(one.key)
        if one.turn in (Turn.GONE, Turn.BETTER, Turn.WORSE, Turn.SAME, Turn.NEW):
            assert one.now is not None
            assert one.activity or one.key.finding == "outcome.psfs" or not says_nothing(said)
        else:
            assert one.turn in (Turn.OTHER, Turn.UNTESTED)
        assert one.key.finding != GROC


@settings(max_examples=40)
@given(cases(most_visits=1))
def test_a_first_visit_has_nothing_to_compare_with(case: Case) -> None:
    assert changes(case) == ()


@pytest.mark.parametrize("before", [54, 54.0])
def test_a_whole_number_and_its_fraction_are_the_same_number(before: float) -> None:
    assert turn(SLR, before, 64.0) is Turn.BETTER
