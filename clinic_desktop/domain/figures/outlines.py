"""Outlines: hulls of circles, smooth curves through points, hatching."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from .drawing import Curve, Line, Point, Step, Subpath, points_along

_TURN = 2 * math.pi


class Circle(NamedTuple):
    """A disc on the drawing."""

    x: float
    y: float
    r: float

    def at(self, angle: float) -> Point:
        """The point of its edge in a direction, in radians from the x axis."""
        return Point(self.x + self.r * math.cos(angle), self.y + self.r * math.sin(angle))

    def reach(self, angle: float) -> float:
        """How far it goes in a direction."""
        return self.x * math.cos(angle) + self.y * math.sin(angle) + self.r


def circle_hull(circles: Sequence[Circle]) -> Subpath:
    """The line of a string pulled tight round some discs, counter-clockwise.

    In each direction one disc reaches farthest; it can change only where two reach as far.
    """
    angles = sorted(_changes(circles)) or [0.0]
    arcs: list[tuple[Circle, float, float]] = []
    for start, end in pairwise([*angles, angles[0] + _TURN]):
        if end - start < 1e-9:
            continue
        middle = (start + end) / 2
        outer = max(circles, key=lambda circle: circle.reach(middle))
        if arcs and arcs[-1][0] is outer:
            arcs[-1] = outer, arcs[-1][1], end
        else:
            arcs.append((outer, start, end))
    if len(arcs) > 1 and arcs[0][0] is arcs[-1][0]:
        outer, start, _ = arcs.pop()
        arcs[0] = outer, start - _TURN, arcs[0][2]
    first = arcs[0][0].at(arcs[0][1])
    steps: list[Step] = []
    for circle, start, end in arcs:
        steps.append(Line(circle.at(start)))
        steps.extend(arc_steps(circle, start, end))
    return Subpath(first, tuple(steps[1:]))


def _changes(circles: Sequence[Circle]) -> Iterator[float]:
    for one, other in combinations(circles, 2):
        dx, dy = other.x - one.x, other.y - one.y
        distance = math.hypot(dx, dy)
        if distance <= abs(one.r - other.r):
            continue
        spread = math.acos((one.r - other.r) / distance)
        facing = math.atan2(dy, dx)
        yield from ((facing + spread) % _TURN, (facing - spread) % _TURN)


def arc_steps(circle: Circle, start: float, end: float) -> Iterator[Curve]:
    """The steps along a circle's edge between two directions in radians."""
    pieces = max(1, math.ceil(abs(end - start) / (math.pi / 2) - 1e-9))
    size = (end - start) / pieces
    pull = 4 / 3 * math.tan(size / 4) * circle.r
    for number in range(pieces):
        a, b = start + number * size, start + (number + 1) * size
        one, two = circle.at(a), circle.at(b)
        yield Curve(
            one.moved(-pull * math.sin(a), pull * math.cos(a)),
            two.moved(pull * math.sin(b), -pull * math.cos(b)),
            two,
        )


def disc(x: float, y: float, r: float) -> Subpath:
    """A whole circle."""
    return circle_hull((Circle(x, y, r),))


def polyline(points: Sequence[Point], closed: bool = False) -> Subpath:
    """Straight lines from point to point."""
    return Subpath(points[0], tuple(Line(point) for point in points[1:]), closed)


def smooth(points: Sequence[Point], closed: bool = False, tension: float = 1.0) -> Subpath:
    """A soft curve through all points (Catmull-Rom, made cubic)."""
    count = len(points)
    steps = []
    for number in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(number + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            b, c = points[number], points[number + 1]
            a = points[number - 1] if number else b
            d = points[number + 2] if number + 2 < count else c
        first = b.moved((c.x - a.x) / 6 * tension, (c.y - a.y) / 6 * tension)
        second = c.moved((b.x - d.x) / 6 * tension, (b.y - d.y) / 6 * tension)
        steps.append(Curve(first, second, c))
    return Subpath(points[0], tuple(steps), closed)


def rounded(points: Sequence[Point], radius: float) -> Subpath:
    """A convex shape with these corners, each rounded from outside by a small disc."""
    return circle_hull([Circle(point.x, point.y, radius) for point in points])


def hatching(shape: Subpath, gap: float) -> tuple[Subpath, ...]:
    """Lines rising to the right across a convex shape, `gap` apart."""
    points = list(points_along(shape))
    half = math.sqrt(0.5)
    heights = [(point.y - point.x) * half for point in points]
    lines = []
    level = math.ceil(min(heights) / gap) * gap
    while level < max(heights):
        ends = sorted(_crossings(points, heights, level))
        if len(ends) >= 2 and ends[-1].x - ends[0].x > gap / 2:
            lines.append(polyline((ends[0], ends[-1])))
        level += gap
    return tuple(lines)


def _crossings(points: Sequence[Point], heights: Sequence[float], level: float) -> Iterator[Point]:
    closed = zip([*points, points[0]], [*heights, heights[0]], strict=True)
    for (one, low), (two, high) in pairwise(closed):
        if (low - level) * (high - level) < 0:
            part = (level - low) / (high - low)
            yield Point(one.x + (two.x - one.x) * part, one.y + (two.y - one.y) * part)
