"""The drawing list: what every renderer draws, in figure units, y up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from .palette import Token

LINE_WEIGHT: Final = 0.0075
"""The outline, as a part of the figure's height."""
LEAST_POINTS: Final = 0.7
"""No outline is drawn thinner than this, in points; thinner details keep their proportion to it."""
_KEPT: Final = 256
"""Drawings whose measures are kept: those of all items, both sides and languages in part."""


class Point(NamedTuple):
    """A place on the drawing."""

    x: float
    y: float

    def moved(self, x: float, y: float) -> Point:
        """The place beside it."""
        return Point(self.x + x, self.y + y)

    def mirrored(self) -> Point:
        """The same place seen in a mirror."""
        return Point(-self.x, self.y)


class Line(NamedTuple):
    """A straight step to a point."""

    end: Point

    def mirrored(self) -> Line:
        """The step seen in a mirror."""
        return Line(self.end.mirrored())


class Curve(NamedTuple):
    """A cubic step to a point, by its two control points."""

    first: Point
    second: Point
    end: Point

    def mirrored(self) -> Curve:
        """The step seen in a mirror."""
        return Curve(self.first.mirrored(), self.second.mirrored(), self.end.mirrored())


Step: TypeAlias = Line | Curve


class Subpath(NamedTuple):
    """One run of steps from a point."""

    start: Point
    steps: tuple[Step, ...]
    closed: bool = True

    def mirrored(self) -> Subpath:
        """The run seen in a mirror."""
        steps = tuple(step.mirrored() for step in self.steps)
        return Subpath(self.start.mirrored(), steps, self.closed)

    def moved(self, x: float) -> Subpath:
        """The run so far to the right."""
        steps = tuple(type(step)(*(point.moved(x, 0) for point in step)) for step in self.steps)
        return Subpath(self.start.moved(x, 0), steps, self.closed)


class Box(NamedTuple):
    """A level rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def grown(self, by: float) -> Box:
        """Larger on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def mirrored(self) -> Box:
        """The rectangle seen in a mirror."""
        return Box(-self.right, self.bottom, -self.left, self.top)

    def holds(self, point: Point) -> bool:
        """Whether a point is inside or on the edge."""
        x, y = point
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def with_point(self, point: Point) -> Box:
        """The smallest that holds this one and a point."""
        if self.holds(point):
            return self
        x, y = point
        return self.joined(Box(x, y, x, y))

    def joined(self, other: Box) -> Box:
        """The smallest that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Path:
    """Runs filled as one (non-zero rule) and stroked with round joins and ends."""

    runs: tuple[Subpath, ...]
    fill: Token | None = None
    stroke: Token | None = None
    weight: float = LINE_WEIGHT
    dash: tuple[float, ...] = ()
    """Lengths of dash and gap in line weights."""
    pivot: float | None = None
    """For a sign that means another thing when flipped: the x about which it keeps its shape."""

    @property
    def bounds(self) -> Box:
        """The smallest box round it, its stroke too."""
        return self.widened(None)

    def widened(self, box: Box | None) -> Box:
        """The smallest box that holds another one and the path."""
        grown = self.weight / 2 if self.stroke else 0.0
        inner = None if box is None else box.grown(-grown)
        for run in self.runs:
            inner = _widened(inner, run)
        if inner is None:
            raise ValueError("a path needs a run")
        return inner.grown(grown)

    def mirrored(self) -> Path:
        """The path seen in a mirror; a sign only moves to its new place."""
        runs = tuple(run.mirrored() for run in self.runs)
        if self.pivot is None:
            return replace(self, runs=runs)
        kept = tuple(run.moved(-2 * self.pivot) for run in self.runs)
        return replace(self, runs=kept, pivot=-self.pivot)


class Placing(NamedTuple):
    """Where words are put."""

    at: Point
    align: float = 0.0
    """0 begins at the point, 0.5 is centred on it, 1 ends at it."""
    level: float = 0.5
    """0 stands on the point, 0.5 is centred on its height, 1 hangs below it."""

    def mirrored(self) -> Placing:
        """The place seen in a mirror."""
        return Placing(self.at.mirrored(), 1 - self.align, self.level)


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a drawing; their size is the renderer's, never less than its smallest print."""

    text: str
    placing: Placing
    token: Token = Token.TEXT
    bold: bool = False
    names: Point | None = None
    """What the words name: a line leads there from their edge, wherever that comes to lie."""
    beside: Placing | None = None
    """Another place, for a wide frame in which it leaves the figure more height."""

    def mirrored(self) -> Label:
        """In its place in a mirror, but readable."""
        names = self.names.mirrored() if self.names else None
        beside = self.beside.mirrored() if self.beside else None
        return replace(self, placing=self.placing.mirrored(), names=names, beside=beside)


Mark: TypeAlias = Path | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole drawing, first to last from the back to the front."""

    marks: tuple[Mark, ...]
    description: str = ""
    """What it shows, for those who do not see it."""

    def __hash__(self) -> int:
        """Cheap, so that renderers can keep what they made of a drawing."""
        return hash((self.description, len(self.marks)))

    @property
    def bounds(self) -> Box:
        """The smallest box round all paths; words add what the renderer needs for them.

        Raises ValueError for a drawing without paths.
        """
        return _bounds(self)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The words on it."""
        return tuple(mark for mark in self.marks if isinstance(mark, Label))

    def mirrored(self) -> Drawing:
        """The drawing of the other side of the body."""
        return replace(self, marks=tuple(mark.mirrored() for mark in self.marks))


@lru_cache(maxsize=_KEPT)
def _bounds(drawing: Drawing) -> Box:
    """A drawing goes onto sheet after sheet, so it is measured once."""
    box: Box | None = None
    for mark in drawing.marks:
        if isinstance(mark, Path):
            box = mark.widened(box)
    if box is None:
        raise ValueError("a drawing needs a path")
    return box


def box_round(points: Iterable[Point]) -> Box:
    """The smallest box round some points. Raises ValueError for none."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def points_along(run: Subpath, pieces: int = 8) -> Iterator[Point]:
    """Points on a run, so close that straight lines between them look like it."""
    at = run.start
    yield at
    for step in run.steps:
        if isinstance(step, Curve):
            for piece in range(1, pieces):
                yield _on_curve(at, step, piece / pieces)
        at = step.end
        yield at


def _on_curve(start: Point, curve: Curve, part: float) -> Point:
    rest = 1 - part
    a, b, c, d = rest**3, 3 * rest * rest * part, 3 * rest * part * part, part**3
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, *curve
    return Point(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)


def _widened(box: Box | None, run: Subpath) -> Box:
    """The smallest box that holds another one and a run: ends, and where a curve turns back."""
    at = run.start
    inside = (box or Box(*at, *at)).with_point(at)
    for step in run.steps:
        inside = inside.with_point(step.end)
        # A curve stays among its control points: most lie inside already and need no roots.
        if isinstance(step, Curve) and not (inside.holds(step.first) and inside.holds(step.second)):
            for turn in _extremes(at, step):
                inside = inside.with_point(turn)
        at = step.end
    return inside


def _extremes(at: Point, step: Curve) -> Iterator[Point]:
    for axis in (0, 1):
        values = at[axis], step.first[axis], step.second[axis], step.end[axis]
        yield from (_on_curve(at, step, part) for part in _turns(*values))


def _turns(p0: float, p1: float, p2: float, p3: float) -> Iterator[float]:
    """Where between 0 and 1 a cubic has its highest and lowest values."""
    a = p3 - 3 * p2 + 3 * p1 - p0
    b = 2 * (p2 - 2 * p1 + p0)
    c = p1 - p0
    if abs(a) < 1e-12:
        roots = [-c / b] if abs(b) > 1e-12 else []
    else:
        inner = b * b - 4 * a * c
        root = math.sqrt(inner) if inner >= 0 else 0.0
        roots = [(-b + root) / (2 * a), (-b - root) / (2 * a)] if inner >= 0 else []
    yield from (part for part in roots if 0 < part < 1)
