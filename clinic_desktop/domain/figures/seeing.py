"""From space to paper: parallel projection, and groups of shapes with one outline round each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .drawing import LINE_WEIGHT, Mark, Path, Point, Subpath
from .outlines import Circle
from .palette import Token
from .pose import View
from .vectors import Frame, Vec

DETAIL_WEIGHT = 0.6 * LINE_WEIGHT
_PAPER_Y, _PAPER_X = Vec(0, 1, 0), Vec(1, 0, 0)


class Ball(NamedTuple):
    """A round piece of the body."""

    at: Vec
    r: float


class Camera:
    """Looks at the figure from a view."""

    def __init__(self, view: View) -> None:
        self._view = view

    def turned(self, way: Vec) -> Vec:
        """A point or direction as the viewer has it: x right, y up, z toward the viewer."""
        if self._view.turn:
            way = way.about(_PAPER_Y, self._view.turn)
        return way.about(_PAPER_X, self._view.tilt) if self._view.tilt else way

    def point(self, at: Vec) -> Point:
        """Where a point is on the drawing."""
        seen = self.turned(at)
        return Point(seen.x, seen.y)

    def circle(self, ball: Ball) -> Circle:
        """What a ball looks like."""
        return Circle(*self.point(ball.at), ball.r)

    def depth(self, at: Vec) -> float:
        """How near a point is to the viewer."""
        return self.turned(at).z

    def sideways(self, frame: Frame) -> bool:
        """Whether a part of the body is seen from its side."""
        return abs(self.turned(frame.z).z) > 0.8

    def sheet(self, origin: Vec, across: Vec, up: Vec) -> Sheet:
        """A flat shape's own plane at a place, with its two directions."""
        return Sheet(self.point(origin), self.point(across), self.point(up))


class Sheet(NamedTuple):
    """A plane of the body on the drawing: shapes in its own coordinates become points."""

    origin: Point
    across: Point
    up: Point

    def point(self, x: float, y: float) -> Point:
        """A point of the plane on the drawing."""
        return self.origin.moved(
            x * self.across.x + y * self.up.x, x * self.across.y + y * self.up.y
        )

    def points(self, places: Iterable[tuple[float, float]]) -> list[Point]:
        """Points of the plane on the drawing."""
        return [self.point(x, y) for x, y in places]


class Patch(NamedTuple):
    """Shapes of one colour."""

    token: Token
    runs: tuple[Subpath, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes with one outline round all of them: no line crosses a joint."""

    patches: tuple[Patch, ...]
    edge: Token = Token.LINE
    details: tuple[Path, ...] = field(default=())
    """Thin lines on top: seams, soles, an ear."""

    def marks(self) -> Iterator[Mark]:
        """The outline first, then the colours, then the details."""
        every = tuple(run for patch in self.patches for run in patch.runs)
        yield Path(every, fill=self.edge, stroke=self.edge, weight=2 * LINE_WEIGHT)
        for patch in self.patches:
            if patch.runs:
                yield Path(patch.runs, fill=patch.token)
        yield from self.details


def seam(rim: Subpath | None, edge: Token) -> tuple[Path, ...]:
    """The line along a garment's edge."""
    return () if rim is None else (Path((rim,), stroke=edge, weight=DETAIL_WEIGHT),)
