"""The body chart's drawing: places lie on the body, kinds differ by pattern, sides are a mirror."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.figures.bare import STANDING, figure_marks, outline
from clinic_desktop.domain.figures.body_chart import (
    BACK_X,
    FRONT_X,
    Spot,
    before_sample,
    draw_body_chart,
    figures,
    kind_sample,
    neighbour,
    regions,
    site_marks,
    spot_at,
    spots_of,
)
from clinic_desktop.domain.figures.drawing import Box, Path, Point, box_round, points_along
from clinic_desktop.domain.figures.palette import PALETTE, Token
from clinic_desktop.domain.figures.patterns import holds, kind_marks, shares
from clinic_desktop.domain.figures.pose import View
from clinic_desktop.domain.figures.seeing import Camera
from clinic_desktop.domain.figures.skeleton import posed
from clinic_desktop.domain.pain import KINDS, PLACES, PainMap, SiteMark
from clinic_desktop.domain.values import SIDES, Side

R, L = Side.RIGHT, Side.LEFT
WORDS = {"front": "Front", "back": "Back", "right": "right", "left": "left"}
SPOTS = list(regions())
SQUARE = (Point(0, 0), Point(0.1, 0), Point(0.1, 0.1), Point(0, 0.1))

spots = st.sampled_from(SPOTS)
marks = st.builds(
    SiteMark,
    st.sampled_from(PLACES),
    st.sampled_from(SIDES),
    st.lists(st.sampled_from(KINDS), unique=True, max_size=4).map(tuple),
)
maps = st.lists(marks, max_size=8, unique_by=lambda m: (m.place, m.side)).map(
    lambda found: PainMap(tuple(found), SIDES)
)


def body_at(view: str) -> tuple[Point, ...]:
    """The corners of the body's outline where its figure stands."""
    middle = FRONT_X if view == "front" else BACK_X
    return tuple(p.moved(middle, 0) for p in points_along(outline(view == "front"), 6))


def test_every_place_can_be_seen_and_the_foot_from_both_sides() -> None:
    assert {(spot.place, spot.side) for spot in SPOTS} == {(p, s) for p in PLACES for s in SIDES}
    assert {spot.view for spot in spots_of("foot", R)} == {"front", "back"}
    assert {spot.view for spot in spots_of("groin", R)} == {"front"}


@pytest.mark.parametrize("spot", SPOTS, ids=str)
def test_a_place_lies_on_the_body_and_on_its_own_half(spot: Spot) -> None:
    """From the front the patient's right is on the viewer's left, from behind on the right."""
    area = regions()[spot].area
    body = body_at(spot.view)
    assert all(holds(body, corner) for corner in area)
    middle = FRONT_X if spot.view == "front" else BACK_X
    left_half = (spot.side is R) is (spot.view == "front")
    assert all((corner.x < middle) is left_half for corner in area)


def test_places_keep_apart() -> None:
    """A click can only mean one of them."""
    for (one, here), (other, there) in combinations(regions().items(), 2):
        assert not any(holds(there.area, corner) for corner in here.area), (one, other)


def test_places_stand_in_their_order_from_the_back_down_to_the_foot() -> None:
    back = [spot for spot in SPOTS if (spot.view, spot.side) == ("back", R)]
    heights = [regions()[spot].middle.y for spot in back]
    assert heights == sorted(heights, reverse=True)
    assert [spot.place for spot in back] == [p for p in PLACES if p != "groin"]


def test_the_outline_is_drawn_round_the_mannequins_own_joints() -> None:
    """Hips, knees, ankles, shoulders, elbows and wrists lie inside, from both sides."""
    skeleton = posed(STANDING)
    for front in (True, False):
        camera = Camera(View(turn=-90 if front else 90))
        body = list(points_along(outline(front), 6))
        for name, joint in skeleton.joints().items():
            if name.endswith(("hip", "knee", "ankle", "shoulder", "elbow", "wrist", "hips")):
                assert holds(body, camera.point(joint)), (front, name)


def test_a_figure_is_one_height_and_stands_on_the_ground() -> None:
    for front in (True, False):
        paths = list(figure_marks(front))
        box: Box | None = None
        for path in paths:
            box = path.widened(box)
        assert box is not None
        assert box.bottom == pytest.approx(0, abs=0.01)
        assert box.top == pytest.approx(1, abs=0.01)


@given(spots)
def test_a_click_meets_the_place_under_it(spot: Spot) -> None:
    middle = regions()[spot].middle
    met = spot_at(middle)
    # The middle of a bow may lie just beside it; nothing else may be met there.
    assert met in (spot, None)
    assert spot_at(middle, within=0.02) == spot
    assert spot_at(Point(middle.x, 1.2), within=0.02) is None


def test_arrows_lead_to_every_place_and_stay_at_the_edge() -> None:
    reached, ahead = {SPOTS[0]}, [SPOTS[0]]
    while ahead:
        here = ahead.pop()
        for way in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = neighbour(here, *way)
            if there not in reached:
                reached.add(there)
                ahead.append(there)
    assert reached == set(SPOTS)
    top = Spot("low_back", R, "back")
    assert neighbour(top, 0, -1) == neighbour(top, 1, 0) == top
    assert neighbour(Spot("gluteal_fold", L, "back"), 1, 0) == Spot("gluteal_fold", R, "back")


# ---- what is drawn
def paths_over(now: PainMap, before: PainMap) -> tuple[Path, ...]:
    return tuple(site_marks(now, before))


@given(maps, maps)
def test_marks_take_no_more_room_than_the_figures(now: PainMap, before: PainMap) -> None:
    """So that no figure jumps or shrinks when a place is marked."""
    drawing = draw_body_chart(now, before, WORDS)
    bare = draw_body_chart(PainMap(), PainMap(), WORDS)
    assert drawing.bounds == bare.bounds
    assert drawing.labels == bare.labels


@given(maps, maps)
def test_the_left_side_is_drawn_as_the_right_in_a_mirror(now: PainMap, before: PainMap) -> None:
    """Where something is drawn; the patterns themselves keep their slant."""

    def outlines(paths: tuple[Path, ...]) -> set[tuple[float, ...]]:
        strokes = [p for p in paths if p.stroke in (Token.SITE_EDGE, Token.SITE_BEFORE)]
        return {tuple(round(edge, 6) for edge in path.bounds) for path in strokes}

    def flipped(box: tuple[float, ...]) -> tuple[float, ...]:
        middle = FRONT_X if box[0] < 0 else BACK_X
        left, right = (round(2 * middle - x, 6) + 0.0 for x in (box[2], box[0]))
        return left, box[1], right, box[3]

    here = outlines(paths_over(now, before))
    there = outlines(paths_over(now.mirrored(), before.mirrored()))
    assert {flipped(box) for box in there} == here


@given(spots, st.sampled_from(KINDS))
def test_a_pattern_stays_in_its_place(spot: Spot, kind: str) -> None:
    area = regions()[spot].area
    room = box_round(area).grown(0.004)
    found = list(kind_marks(area, kind))
    assert found
    for path in found:
        box = path.bounds
        assert room.left <= box.left
        assert room.bottom <= box.bottom
        assert box.right <= room.right
        assert box.top <= room.top


def test_no_two_kinds_have_the_same_pattern() -> None:
    """Told apart without colour: by fill, or by the lines that are drawn."""

    def pattern(kind: str) -> tuple[object, ...]:
        return tuple((p.runs, p.fill is None, p.stroke is None) for p in kind_marks(SQUARE, kind))

    drawn = {kind: pattern(kind) for kind in KINDS}
    assert len(set(drawn.values())) == len(KINDS)
    assert len({PALETTE[Token(kind)] for kind in KINDS}) == len(KINDS)


@given(spots, st.integers(1, 5))
def test_kinds_share_a_place_without_gap_and_without_overlap(spot: Spot, count: int) -> None:
    area = regions()[spot].area
    parts = shares(area, count)
    assert len(parts) == count
    assert sum(map(size, parts)) == pytest.approx(size(area), rel=1e-6)
    assert all(size(part) > 0 for part in parts)


def size(area: Sequence[Point]) -> float:
    """How much an area covers."""
    pairs = zip(area, [*area[1:], *area[:1]], strict=True)
    return abs(sum(a.x * b.y - b.x * a.y for a, b in pairs)) / 2


def test_a_place_too_small_for_a_pattern_is_filled_and_never_left_blank() -> None:
    """Blank means that no kind was said."""
    tiny = [Point(p.x / 50, p.y / 50) for p in SQUARE]
    for kind in KINDS:
        (path,) = kind_marks(tiny, kind)
        assert path.fill is Token(kind) or path.stroke is Token(kind)


def test_a_mark_of_last_time_is_an_outline_and_never_looks_like_one_of_today() -> None:
    before = PainMap((SiteMark("calf", R, ("ache",)),), (R,))
    (outline_only,) = paths_over(PainMap(), before)
    assert outline_only.fill is None
    assert outline_only.stroke is Token.SITE_BEFORE
    assert outline_only.dash
    today = paths_over(before, PainMap())
    assert [p.stroke for p in today][-1] is Token.SITE_EDGE
    both = paths_over(before, before)
    assert both[0].stroke is Token.SITE_BEFORE
    assert both[1:] == today


def test_places_that_can_be_marked_are_faint_and_are_left_out_on_paper() -> None:
    assert list(site_marks(PainMap(), PainMap())) == []
    faint = list(site_marks(PainMap(), PainMap(), empty=True))
    assert len(faint) == len(SPOTS)
    assert all(path.fill is None and path.dash for path in faint)


def test_the_figures_are_made_once() -> None:
    assert figures() is figures()


def test_the_legend_shows_each_pattern_as_it_is_drawn() -> None:
    for kind in KINDS:
        tokens = {t for p in kind_sample(kind).marks if isinstance(p, Path)
                  for t in (p.fill, p.stroke)}  # fmt: skip
        assert Token(kind) in tokens
    blank = {p.fill for p in kind_sample("").marks if isinstance(p, Path)}
    assert blank == {Token.SITE, None}
    (dashed,) = before_sample().marks
    assert isinstance(dashed, Path)
    assert dashed.stroke is Token.SITE_BEFORE
