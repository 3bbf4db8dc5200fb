"""Outlines of limbs and trunk: one soft line round a row of discs, with a round or a cut end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from .drawing import Curve, Line, Point, Step, Subpath
from .outlines import Circle, arc_steps, circle_hull, smooth

_TURN: Final = 2 * math.pi
_MOST_BEND: Final = math.radians(65)
_CORNER: Final = 0.004


class Tube(NamedTuple):
    """The outline of a limb, and of a garment's edge where it is cut."""

    runs: tuple[Subpath, ...]
    rim: Subpath | None = None


class _Edge(NamedTuple):
    """One point of the outline with the way in which it runs on."""

    at: Point
    ahead: Point


def tube(
    one: Sequence[Circle], other: Sequence[Circle] | None = None, bulge: float | None = None
) -> Tube:
    """The outline round a row of discs, or round two rows side by side, from first to last.

    With a bulge the last discs are cut straight, the cut bowing out by so much. Rows that point at
    the viewer, so that discs lie behind each other, become hulls of neighbours instead.
    """
    other = one if other is None else other
    if not (_runs_on(one) and _runs_on(other)):
        return _hulls(one, other, bulge)
    way = _way(one, other, len(one) - 1)
    if (one[-1].x - other[-1].x) * way.y - (one[-1].y - other[-1].y) * way.x < 0:
        one, other = other, one
    right = [_edge(one, number, 1) for number in range(len(one))]
    left = [_edge(other, number, -1) for number in range(len(other))]
    steps: list[Step] = list(_along(right))
    rim = None
    if bulge is None:
        steps.extend(_cap(one[-1], other[-1], right[-1].at, left[-1].at))
    else:
        rim = smooth(_cut(right[-1].at, left[-1].at, way, bulge))
        steps.extend(rim.steps)
    steps.extend(_along([_Edge(e.at, Point(-e.ahead.x, -e.ahead.y)) for e in reversed(left)]))
    steps.extend(_cap(other[0], one[0], left[0].at, right[0].at))
    return Tube((Subpath(right[0].at, tuple(steps)),), rim)


def _runs_on(row: Sequence[Circle]) -> bool:
    """Whether each disc shows beside the one before, and the row does not turn sharply."""
    ways = []
    for a, b in pairwise(row):
        length = math.hypot(b.x - a.x, b.y - a.y)
        if length < abs(b.r - a.r) * 1.25 + 0.004:
            return False
        ways.append(math.atan2(b.y - a.y, b.x - a.x))
    bends = (abs((b - a + math.pi) % _TURN - math.pi) for a, b in pairwise(ways))
    return len(row) > 1 and all(bend < _MOST_BEND for bend in bends)


def _way(one: Sequence[Circle], other: Sequence[Circle], number: int) -> Point:
    """The direction of the row at a disc, of length one."""
    low, high = max(number - 1, 0), min(number + 1, len(one) - 1)
    x = one[high].x + other[high].x - one[low].x - other[low].x
    y = one[high].y + other[high].y - one[low].y - other[low].y
    length = math.hypot(x, y)
    return Point(x / length, y / length)


def _edge(row: Sequence[Circle], number: int, side: int) -> _Edge:
    """Where a line that touches all discs on one side touches this one."""
    low, high = max(number - 1, 0), min(number + 1, len(row) - 1)
    way = _way(row, row, number)
    length = math.hypot(row[high].x - row[low].x, row[high].y - row[low].y)
    slope = max(-0.9, min(0.9, (row[high].r - row[low].r) / length))
    rest = math.sqrt(1 - slope * slope)
    x = -slope * way.x + side * rest * way.y
    y = -slope * way.y - side * rest * way.x
    circle = row[number]
    at = Point(circle.x + circle.r * x, circle.y + circle.r * y)
    return _Edge(at, Point(-side * y, side * x))


def _along(edges: Sequence[_Edge]) -> list[Curve]:
    steps = []
    for a, b in pairwise(edges):
        pull = math.hypot(b.at.x - a.at.x, b.at.y - a.at.y) / 3
        first = a.at.moved(a.ahead.x * pull, a.ahead.y * pull)
        second = b.at.moved(-b.ahead.x * pull, -b.ahead.y * pull)
        steps.append(Curve(first, second, b.at))
    return steps


def _cap(start: Circle, end: Circle, first: Point, last: Point) -> list[Step]:
    """Counter-clockwise round one or two end discs, from a point of the first to the last."""
    begin = math.atan2(first.y - start.y, first.x - start.x)
    stop = math.atan2(last.y - end.y, last.x - end.x)
    if start == end:
        return list(arc_steps(start, begin, begin + (stop - begin) % _TURN))
    # Between two discs a line that touches both, on the far side of the row.
    facing = math.atan2(end.y - start.y, end.x - start.x)
    apart = math.hypot(end.x - start.x, end.y - start.y)
    lean = math.acos(max(-1.0, min(1.0, (start.r - end.r) / apart)))
    touch = facing - lean
    return [
        *arc_steps(start, begin, begin + _forward(touch - begin)),
        Line(end.at(touch)),
        *arc_steps(end, touch, touch + _forward(stop - touch)),
    ]


def _forward(turn: float) -> float:
    """A turn counter-clockwise; a hair clockwise counts as none."""
    turn %= _TURN
    return 0.0 if turn > _TURN - 0.3 else turn


def _cut(right: Point, left: Point, way: Point, bulge: float) -> list[Point]:
    points = []
    for number in range(5):
        part = number / 4
        out = 4 * bulge * part * (1 - part)
        points.append(
            Point(
                right.x + (left.x - right.x) * part + way.x * out,
                right.y + (left.y - right.y) * part + way.y * out,
            )
        )
    return points


def _hulls(one: Sequence[Circle], other: Sequence[Circle], bulge: float | None) -> Tube:
    levels = [tuple(dict.fromkeys(level)) for level in zip(one, other, strict=True)]
    if len(levels) == 1:
        return Tube((circle_hull(levels[0]),))
    if bulge is None:
        return Tube(tuple(circle_hull((*a, *b)) for a, b in pairwise(levels)))
    first, last = levels[-2], levels[-1]
    dx = sum(c.x for c in last) / len(last) - sum(c.x for c in first) / len(first)
    dy = sum(c.y for c in last) / len(last) - sum(c.y for c in first) / len(first)
    rim = cut_across(last, (dx, dy), bulge)
    corners = [Circle(point.x, point.y, _CORNER) for point in rim]
    runs = [circle_hull((*a, *b)) for a, b in pairwise(levels[:-1])]
    return Tube((*runs, circle_hull((*first, *corners))), smooth(rim))


def cut_across(discs: Sequence[Circle], way: tuple[float, float], bulge: float) -> list[Point]:
    """Points straight across some discs, bowing out by so much in the direction given."""
    length = math.hypot(*way)
    dx, dy = (way[0] / length, way[1] / length) if length > 1e-6 else (0.0, -1.0)
    nx, ny = -dy, dx
    high = max(c.x * nx + c.y * ny + c.r for c in discs) - _CORNER
    low = min(c.x * nx + c.y * ny - c.r for c in discs) + _CORNER
    ahead = sum(c.x * dx + c.y * dy for c in discs) / len(discs)
    right = Point(nx * low + dx * ahead, ny * low + dy * ahead)
    left = Point(nx * high + dx * ahead, ny * high + dy * ahead)
    return _cut(right, left, Point(dx, dy), bulge)
