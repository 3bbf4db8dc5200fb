"""Where it hurts over the visits: marks and their kinds, and what may be called a change."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.pain import (
    KINDS,
    PLACES,
    SITES,
    Change,
    PainMap,
    SiteMark,
    along_with,
    at_home,
    changes,
    charted_maps,
    kind_finding,
    map_before,
    pain_map,
    place_of,
    switched,
    told_with_place,
)
from clinic_desktop.domain.values import SIDES, Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue

R, L = Side.RIGHT, Side.LEFT
DAY = dt.date(2026, 3, 2)

places = st.sampled_from(PLACES)
sides = st.sampled_from(SIDES)
sets_of_places = st.lists(places, unique=True).map(tuple)
sets_of_kinds = st.lists(st.sampled_from(KINDS), unique=True, min_size=1).map(tuple)


@st.composite
def findings(draw: st.DrawFn) -> dict[Key, Value]:
    """What a visit may say of places and kinds, each side charted or not."""
    charted: dict[Key, Value] = {}
    for side in SIDES:
        if draw(st.booleans()):
            charted[Key(SITES, side)] = draw(sets_of_places)
        for place in draw(st.lists(places, unique=True, max_size=3)):
            charted[Key(kind_finding(place), side)] = draw(sets_of_kinds)
    return charted


def mirrored(charted: dict[Key, Value]) -> dict[Key, Value]:
    """The same visit of a patient who hurts on the other side."""
    return {Key(key.finding, key.side.other if key.side else None): v for key, v in charted.items()}


def do(charted: dict[Key, Value], key: Key, value: Value | None) -> dict[Key, Value]:
    """A value charted, with all that goes along with it."""
    both = {**charted, key: value, **along_with(charted, key, value)}
    return {key: value for key, value in both.items() if value is not None}


def test_the_catalogue_has_the_places_and_the_kinds_of_each() -> None:
    """Keys 1 to 8 mean the same on the figure and on the chips."""
    catalogue = load_catalogue()
    assert catalogue.spec(SITES).choices == PLACES
    for place in PLACES:
        assert catalogue.spec(kind_finding(place)).choices == KINDS
        assert place_of(kind_finding(place)) == place
    assert [place_of(name) for name in (SITES, "pain_kind.knee", "slr.angle")] == ["", "", ""]


@given(findings(), places, sides)
def test_a_place_marked_and_taken_away_leaves_the_chart_as_it_was(
    charted: dict[Key, Value], place: str, side: Side
) -> None:
    key = Key(SITES, side)
    before = pain_map(charted)
    if before.at(place, side) is not None:
        return
    marked = do(charted, key, switched(charted, place, side))
    assert pain_map(marked).at(place, side) is not None
    back = pain_map(do(marked, key, switched(marked, place, side)))
    assert back.marks == before.marks
    # The last mark taken away leaves the question open: nobody said "none".
    assert (side in back.asked) is bool(before.of(side))


@given(findings(), places, sides)
def test_the_kinds_go_with_their_place(charted: dict[Key, Value], place: str, side: Side) -> None:
    """Nobody has a burning pain where nothing hurts."""
    kind = Key(kind_finding(place), side)
    said = do(charted, kind, ("burning",))
    mark = pain_map(said).at(place, side)
    assert mark is not None
    assert mark.kinds == ("burning",)
    gone = do(said, Key(SITES, side), switched(said, place, side))
    assert kind not in gone


@given(findings(), findings())
def test_last_time_again_never_leaves_a_new_kind_without_its_place(
    now: dict[Key, Value], last: dict[Key, Value]
) -> None:
    """Only what last time says of a place that is marked now, or marked again with it."""
    after = {**now, **at_home(now, last)}
    kept = {key: value for key, value in after.items() if value is not None}
    found = pain_map(kept)
    for key, value in kept.items():
        place = place_of(key.finding)
        if place and key.side and now.get(key) != value:
            assert found.at(place, key.side) is not None
    for side in SIDES:
        sites = Key(SITES, side)
        assert kept.get(sites) == last.get(sites, now.get(sites))


@given(findings())
def test_a_kind_without_its_place_marks_nothing(charted: dict[Key, Value]) -> None:
    """As a case file may have it; it is told on paper by itself."""
    found = pain_map(charted)
    for mark in found.marks:
        value = charted[Key(SITES, mark.side)]
        assert isinstance(value, tuple)
        assert mark.place in value
    for place in PLACES:
        name = kind_finding(place)
        with_it = [s for s in SIDES if Key(name, s) in charted]
        homeless = any(found.at(place, side) is None for side in with_it)
        assert told_with_place(charted, name) is not homeless


@given(findings(), findings())
def test_what_changed_is_the_same_seen_in_a_mirror(
    first: dict[Key, Value], second: dict[Key, Value]
) -> None:
    before, now = pain_map(first), pain_map(second)
    assert pain_map(mirrored(second)) == now.mirrored()
    assert now.mirrored().mirrored() == now
    here = changes(before, now)
    there = changes(before.mirrored(), now.mirrored())
    flipped = {(what, mark.place, mark.side.other, mark.kinds) for what, mark in there}
    assert flipped == {(what, mark.place, mark.side, mark.kinds) for what, mark in here}


@given(findings(), findings())
def test_what_is_new_one_way_is_gone_the_other_way(
    first: dict[Key, Value], second: dict[Key, Value]
) -> None:
    one, other = pain_map(first), pain_map(second)
    there = changes(one, other)
    back = changes(other, one)
    assert {(m.place, m.side) for w, m in there if w is Change.NEW} == {
        (m.place, m.side) for w, m in back if w is Change.GONE
    }
    assert changes(one, one) == ()


@given(findings(), findings(), sides)
def test_a_side_that_nobody_asked_about_has_not_changed(
    first: dict[Key, Value], second: dict[Key, Value], side: Side
) -> None:
    """Not charted is never "gone"."""
    unasked = {key: value for key, value in second.items() if key != Key(SITES, side)}
    found = changes(pain_map(first), pain_map(unasked))
    assert all(mark.side is not side for _what, mark in found)


def test_a_kind_that_is_not_said_is_no_other_kind() -> None:
    ache = PainMap((SiteMark("calf", R, ("ache",)),), (R,))
    unsaid = PainMap((SiteMark("calf", R),), (R,))
    numb = PainMap((SiteMark("calf", R, ("numb",)),), (R,))
    assert changes(ache, unsaid) == changes(unsaid, numb) == ()
    assert changes(ache, numb) == ((Change.OTHER_KIND, numb.marks[0]),)


def test_last_time_is_the_last_that_was_charted_for_each_side_by_itself() -> None:
    first = Visit(DAY, {Key(SITES, R): ("calf",), Key(SITES, L): ("foot",)})
    second = Visit(DAY, {Key(SITES, R): ()})
    third = Visit(DAY, {Key("complaint.side"): "right"})
    before = map_before((first, second, third))
    assert before.asked == SIDES
    assert before.marks == (SiteMark("foot", L),)
    assert map_before(()) == PainMap()


def test_a_course_is_drawn_at_the_visits_that_said_where_it_hurts() -> None:
    visits = (
        Visit(DAY, {Key(SITES, R): ("calf",)}),
        Visit(DAY, {Key("slr.angle", R): 60}),
        Visit(DAY, {Key(SITES, R): ("calf", "foot")}),
    )
    found = charted_maps(Case(Patient("Case A"), visits))
    assert [at for at, _now, _before in found] == [0, 2]
    assert found[0][2] == PainMap()
    assert found[1][2].marks == (SiteMark("calf", R),)
    assert found[1][1].kinds == ()
