"""Patterns that tell kinds of pain apart without colour, each clipped to its own area."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from .drawing import LINE_WEIGHT, Box, Path, Point, Subpath, box_round
from .outlines import disc, polyline
from .palette import Token

GAP: Final = 0.0125
"""Between two lines of a pattern, in parts of the body's height."""
WEIGHT: Final = 0.42 * LINE_WEIGHT

Area = Sequence[Point]
"""The corners of an area that does not cross itself, in their order."""


def kind_marks(area: Area, kind: str) -> Iterator[Path]:
    """A kind of pain in an area. Raises KeyError for a kind without a pattern."""
    if len(area) < 3:
        return
    token = Token(kind)
    if kind == "ache":
        yield Path((polyline(area, closed=True),), fill=token)
        return
    runs = tuple(_PATTERNS[kind](area))
    if not runs:
        # Too small for its pattern: the place must not look as if no kind had been said.
        yield Path((polyline(area, closed=True),), fill=token)
    elif kind == "tingling":
        yield Path(runs, fill=token)
    else:
        yield Path(runs, stroke=token, weight=WEIGHT)


def shares(area: Area, count: int) -> tuple[Area, ...]:
    """An area parted into as many, across its longer way, so that each kind has its own."""
    box = box_round(area)
    wide = box.width >= box.height
    low, whole = (box.left, box.width) if wide else (box.bottom, box.height)
    cuts = [low + whole * number / count for number in range(count + 1)]
    parts = [_between(area, 0 if wide else 1, a, b) for a, b in pairwise(cuts)]
    # Read from left to right and from the top down, in the order of the kinds.
    return tuple(parts if wide else reversed(parts))


def _between(area: Area, axis: int, low: float, high: float) -> Area:
    kept = _cut(area, axis, low, 1)
    return _cut(kept, axis, high, -1)


def _cut(area: Area, axis: int, at: float, sign: int) -> Area:
    """What of an area lies beyond a level line (Sutherland and Hodgman's way)."""
    kept: list[Point] = []
    for one, other in zip(area, [*area[1:], *area[:1]], strict=True):
        here, there = (one[axis] - at) * sign, (other[axis] - at) * sign
        if here >= 0:
            kept.append(one)
        if here * there < 0:
            part = here / (here - there)
            kept.append(Point(one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part))
    return kept


def holds(area: Area, at: Point) -> bool:
    """Whether a point lies in an area."""
    inside = False
    for one, other in zip(area, [*area[1:], *area[:1]], strict=True):
        if (one.y > at.y) is not (other.y > at.y):
            x = one.x + (other.x - one.x) * (at.y - one.y) / (other.y - one.y)
            inside ^= x > at.x
    return inside


# ---------------------------------------------------------------------- lines
def _lines(area: Area, gap: float, degrees: float) -> Iterator[Subpath]:
    """Parallel lines across an area, at an angle to the level."""
    angle = math.radians(degrees)
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    turned = [
        Point(p.x * along[0] + p.y * along[1], p.x * across[0] + p.y * across[1]) for p in area
    ]
    low, high = min(p.y for p in turned), max(p.y for p in turned)
    level = low + ((high - low) % gap) / 2 or low + gap / 2
    while level < high:
        ends = sorted(_crossings(turned, level))
        for start, end in zip(ends[::2], ends[1::2], strict=False):
            if end - start > gap / 3:
                yield polyline(
                    [
                        Point(x * along[0] + level * across[0], x * along[1] + level * across[1])
                        for x in (start, end)
                    ]
                )
        level += gap


def _crossings(area: Area, level: float) -> Iterator[float]:
    for one, other in zip(area, [*area[1:], *area[:1]], strict=True):
        if (one.y > level) is not (other.y > level):
            yield one.x + (other.x - one.x) * (level - one.y) / (other.y - one.y)


def _crossed(area: Area) -> Iterator[Subpath]:
    yield from _lines(area, GAP, 45)
    yield from _lines(area, GAP, -45)


# ---------------------------------------------------------------------- small signs
def _lattice(box: Box, across: float, down: float) -> Iterator[Point]:
    """Points in rows, every second row shifted, centred in a box."""
    rows = max(1, math.floor(box.height / down))
    columns = max(1, math.floor(box.width / across))
    top = (box.bottom + box.top) / 2 + down * (rows - 1) / 2
    left = (box.left + box.right) / 2 - across * (columns - 1) / 2
    for row in range(rows):
        shift = across / 2 * (row % 2)
        for column in range(-1, columns + 1):
            yield Point(left + column * across + shift, top - row * down)


def _dots(area: Area) -> Iterator[Subpath]:
    r = GAP * 0.22
    for at in _lattice(box_round(area), GAP * 0.92, GAP * 0.80):
        if all(holds(area, at.moved(x, y)) for x, y in ((r, 0), (-r, 0), (0, r), (0, -r))):
            yield disc(*at, r)


def _chevrons(area: Area) -> Iterator[Subpath]:
    """Arrow heads that point down the leg, the way a shooting pain runs."""
    half, depth = GAP * 0.36, GAP * 0.46
    for at in _lattice(box_round(area), GAP * 1.25, GAP * 0.98):
        points = [at.moved(-half, depth / 2), at.moved(0, -depth / 2), at.moved(half, depth / 2)]
        if all(holds(area, point) for point in points):
            yield polyline(points)


def _pluses(area: Area) -> Iterator[Subpath]:
    half = GAP * 0.34
    for at in _lattice(box_round(area), GAP * 1.30, GAP * 0.98):
        level, upright = ((at.moved(-half, 0), at.moved(half, 0)),
                          (at.moved(0, -half), at.moved(0, half)))  # fmt: skip
        if all(holds(area, point) for point in (*level, *upright)):
            yield polyline(level)
            yield polyline(upright)


_PATTERNS: Final[Mapping[str, Callable[[Area], Iterator[Subpath]]]] = MappingProxyType(
    {
        "sharp": partial(_lines, gap=GAP * 0.62, degrees=62),
        "shooting": _chevrons,
        "burning": _crossed,
        "tingling": _dots,
        "numb": partial(_lines, gap=GAP * 0.70, degrees=0),
        "tight": partial(_lines, gap=GAP * 0.80, degrees=90),
        "cramp": _pluses,
    }
)
