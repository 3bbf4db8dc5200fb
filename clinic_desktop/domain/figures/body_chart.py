"""The body chart: where it hurts and what kind of pain, on a figure from the front and behind."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from clinic_desktop.domain.pain import PLACES, PainMap, SiteMark
from clinic_desktop.domain.values import SIDES, Side

from .bare import figure_marks
from .drawing import LINE_WEIGHT, Drawing, Label, Mark, Path, Placing, Point, Subpath, points_along
from .outlines import polyline, smooth
from .palette import Token
from .patterns import holds, kind_marks, shares

FRONT_X: Final = -0.190
BACK_X: Final = 0.190
"""Where the middle lines of the two figures stand."""
VIEWS: Final = ("front", "back")

Outline = tuple[tuple[float, float], ...]

# On the half to the viewer's right, from the middle line out and from the ground up.
_BACK: Final[Mapping[str, Outline]] = MappingProxyType(
    {
        "low_back": (
            (0.0070, 0.592), (0.0070, 0.630), (0.0090, 0.660), (0.0330, 0.668), (0.0600, 0.662),
            (0.0680, 0.640), (0.0690, 0.610), (0.0640, 0.588), (0.0350, 0.582),
        ),
        "deep_buttock": (
            (0.0150, 0.545), (0.0250, 0.566), (0.0480, 0.572), (0.0720, 0.562), (0.0830, 0.540),
            (0.0790, 0.518), (0.0560, 0.507), (0.0280, 0.511), (0.0150, 0.526),
        ),
        "gluteal_fold": (
            (0.0080, 0.4900), (0.0300, 0.4860), (0.0600, 0.4910), (0.0900, 0.5050),
            (0.0970, 0.4930), (0.0920, 0.4760), (0.0620, 0.4590), (0.0320, 0.4545),
            (0.0130, 0.4650),
        ),
        "mid_posterior_thigh": (
            (0.0330, 0.430), (0.0620, 0.438), (0.0900, 0.436), (0.0935, 0.405), (0.0895, 0.365),
            (0.0830, 0.344), (0.0640, 0.338), (0.0460, 0.343), (0.0360, 0.372), (0.0310, 0.402),
        ),
        "behind_knee": (
            (0.0450, 0.312), (0.0660, 0.319), (0.0850, 0.312), (0.0860, 0.288), (0.0850, 0.268),
            (0.0660, 0.262), (0.0460, 0.267), (0.0455, 0.290),
        ),
        "calf": (
            (0.0460, 0.238), (0.0680, 0.245), (0.0880, 0.238), (0.0905, 0.205), (0.0870, 0.162),
            (0.0800, 0.132), (0.0680, 0.126), (0.0560, 0.133), (0.0480, 0.166), (0.0440, 0.205),
        ),
        "foot": (
            (0.0560, 0.048), (0.0695, 0.052), (0.0825, 0.048), (0.0835, 0.030), (0.0905, 0.013),
            (0.0880, 0.0060), (0.0700, 0.0050), (0.0560, 0.0060), (0.0540, 0.015), (0.0560, 0.031),
        ),
    }
)  # fmt: skip
_FRONT: Final[Mapping[str, Outline]] = MappingProxyType(
    {
        "groin": (
            (0.0080, 0.488), (0.0300, 0.512), (0.0560, 0.542), (0.0780, 0.566), (0.0890, 0.552),
            (0.0860, 0.534), (0.0650, 0.508), (0.0400, 0.482), (0.0170, 0.468), (0.0080, 0.474),
        ),
        "foot": (
            (0.0560, 0.047), (0.0690, 0.052), (0.0830, 0.047), (0.0860, 0.033), (0.0955, 0.017),
            (0.0950, 0.0070), (0.0750, 0.0050), (0.0570, 0.0065), (0.0535, 0.018), (0.0560, 0.034),
        ),
    }
)  # fmt: skip


class Spot(NamedTuple):
    """A place on the chart: what it stands for, and where it can be seen and met."""

    place: str
    side: Side
    view: str
    """`front` or `back`."""


class Region(NamedTuple):
    """The area of a spot."""

    run: Subpath
    area: tuple[Point, ...]

    @property
    def middle(self) -> Point:
        """About its centre."""
        xs, ys = zip(*self.area, strict=True)
        return Point((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


@cache
def regions() -> Mapping[Spot, Region]:
    """Every area that can be marked; from the left of the chart to its right, from the top down."""
    found: dict[Spot, Region] = {}
    for view, table, middle in (("front", _FRONT, FRONT_X), ("back", _BACK, BACK_X)):
        # From the front the patient's right is on the viewer's left, from behind on the right.
        sides = SIDES if view == "front" else tuple(reversed(SIDES))
        for side in sides:
            out = -1 if (side is Side.RIGHT) is (view == "front") else 1
            for place in (place for place in PLACES if place in table):
                points = [Point(middle + out * x, y) for x, y in table[place]]
                run = smooth(points, closed=True, tension=0.8)
                found[Spot(place, side, view)] = Region(run, tuple(points_along(run, 5))[:-1])
    return MappingProxyType(found)


def spots_of(place: str, side: Side) -> tuple[Spot, ...]:
    """Where a place is seen; the foot is, from the front and from behind."""
    return tuple(spot for spot in regions() if (spot.place, spot.side) == (place, side))


def spot_at(point: Point, within: float = 0.0) -> Spot | None:
    """What is at a place of the drawing, or no farther away than `within`; None for nothing."""
    nearest: tuple[float, Spot] | None = None
    for spot, region in regions().items():
        if holds(region.area, point):
            return spot
        away = min(math.dist(point, corner) for corner in region.area)
        if away <= within and (nearest is None or away < nearest[0]):
            nearest = away, spot
    return nearest[1] if nearest else None


def neighbour(spot: Spot, across: int, down: int) -> Spot:
    """The spot one step to the right or left, or down or up; at the edge it stays."""
    columns: dict[tuple[str, Side], list[Spot]] = {}
    for one in regions():
        columns.setdefault((one.view, one.side), []).append(one)
    names = list(columns)
    here = names.index((spot.view, spot.side))
    if down:
        column = columns[names[here]]
        return column[min(max(column.index(spot) + down, 0), len(column) - 1)]
    there = here + across
    if not across or not 0 <= there < len(names):
        return spot
    height = regions()[spot].middle.y
    return min(columns[names[there]], key=lambda one: abs(regions()[one].middle.y - height))


# ---------------------------------------------------------------------- the drawing
def draw_body_chart(
    now: PainMap, before: PainMap, words: Mapping[str, str], description: str = ""
) -> Drawing:
    """The chart of one visit, with the marks of the visit before as grey outlines.

    `words` has `front`, `back`, `right` and `left`.
    """
    return Drawing(tuple(_marks(now, before, words)), description)


def _marks(now: PainMap, before: PainMap, words: Mapping[str, str]) -> Iterator[Mark]:
    yield from figures()
    yield from site_marks(now, before)
    yield from _words(words)


@cache
def figures() -> tuple[Path, ...]:
    """The two figures side by side, without a mark: the same for everybody."""
    return tuple(
        _moved(mark, middle)
        for view, middle in zip(VIEWS, (FRONT_X, BACK_X), strict=True)
        for mark in figure_marks(view == "front")
    )


def site_marks(now: PainMap, before: PainMap, empty: bool = False) -> Iterator[Path]:
    """What is marked now and was marked before, to be drawn over the figures; `empty` shows faintly
    what could be marked."""
    for spot, region in regions().items():
        yield from _region(region, now.at(spot.place, spot.side),
                           before.at(spot.place, spot.side), empty)  # fmt: skip


def _region(
    region: Region, now: SiteMark | None, before: SiteMark | None, empty: bool
) -> Iterator[Path]:
    if now is None and before is None:
        if empty:
            yield Path((region.run,), stroke=Token.BODY_FOLD, weight=0.5 * LINE_WEIGHT,
                       dash=(1.0, 3.2))  # fmt: skip
        return
    if now is not None:
        if before is not None:
            yield Path((region.run,), stroke=Token.SITE_BEFORE, weight=2.6 * LINE_WEIGHT)
        yield Path((region.run,), fill=Token.SITE)
        for kind, area in zip(now.kinds, shares(region.area, max(1, len(now.kinds))), strict=False):
            yield from kind_marks(area, kind)
        yield Path((region.run,), stroke=Token.SITE_EDGE, weight=0.95 * LINE_WEIGHT)
    else:
        yield Path((region.run,), stroke=Token.SITE_BEFORE, weight=1.2 * LINE_WEIGHT,
                   dash=(2.2, 2.0))  # fmt: skip


def _words(words: Mapping[str, str]) -> Iterator[Label]:
    for view, middle in zip(VIEWS, (FRONT_X, BACK_X), strict=True):
        yield Label(words[view], Placing(Point(middle, -0.016), 0.5, 1.0), bold=True)
        out = -1 if view == "front" else 1
        for side, x in ((Side.RIGHT, out), (Side.LEFT, -out)):
            at = Point(middle + x * 0.075, 0.905)
            yield Label(words[side], Placing(at, 0.0 if x > 0 else 1.0, 0.5), Token.BODY_LINE)


def _moved(mark: Path, x: float) -> Path:
    return Path(tuple(run.moved(x) for run in mark.runs), mark.fill, mark.stroke, mark.weight,
                mark.dash)  # fmt: skip


def kind_sample(kind: str, wide: float = 0.060, high: float = 0.036) -> Drawing:
    """A small piece of a kind's pattern for a legend; without a kind a blank mark."""
    corners = (Point(0, 0), Point(wide, 0), Point(wide, high), Point(0, high))
    run = polyline(corners, closed=True)
    marks = (
        Path((run,), fill=Token.SITE),
        *(kind_marks(corners, kind) if kind else ()),
        Path((run,), stroke=Token.SITE_EDGE, weight=0.7 * LINE_WEIGHT),
    )
    return Drawing(marks)


def before_sample() -> Drawing:
    """The outline of a mark of the visit before, for a legend."""
    wide, high = 0.060, 0.036
    run = polyline((Point(0, 0), Point(wide, 0), Point(wide, high), Point(0, high)), closed=True)
    return Drawing((Path((run,), stroke=Token.SITE_BEFORE, weight=LINE_WEIGHT, dash=(2.2, 2.0)),))
