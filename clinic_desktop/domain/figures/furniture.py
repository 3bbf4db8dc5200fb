"""Things to sit, lie, stand and step on, seen from the side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .drawing import LINE_WEIGHT, Mark, Path, Point
from .outlines import polyline, rounded, smooth
from .palette import Token
from .seeing import DETAIL_WEIGHT, Camera
from .skeleton import Skeleton
from .vectors import Vec

_ROUND: Final = 0.006


def solid(
    points: Sequence[Point],
    fill: Token = Token.PROP,
    edge: Token = Token.PROP_LINE,
    radius: float = _ROUND,
) -> Path:
    """A convex thing with soft corners; the corners given are those of its outside."""
    left, right = min(p.x for p in points), max(p.x for p in points)
    low, high = min(p.y for p in points), max(p.y for p in points)
    radius = min(radius, (right - left) / 2.01, (high - low) / 2.01)
    inner = [
        Point(
            min(max(p.x, left + radius), right - radius),
            min(max(p.y, low + radius), high - radius),
        )
        for p in points
    ]
    return Path((rounded(inner, radius),), fill=fill, stroke=edge)


def block(
    left: float,
    bottom: float,
    right: float,
    top: float,
    fill: Token = Token.PROP,
    edge: Token = Token.PROP_LINE,
    radius: float = _ROUND,
) -> Path:
    """A level rectangle with soft corners."""
    corners = Point(left, bottom), Point(right, bottom), Point(right, top), Point(left, top)
    return solid(corners, fill, edge, radius)


def beam(start: Point, end: Point, width: float, fill: Token, edge: Token) -> Path:
    """A bar with round ends."""
    return Path((rounded((start, end), width / 2),), fill=fill, stroke=edge)


@dataclass(frozen=True, slots=True)
class Ground:
    """The floor as a line."""

    left: float
    right: float
    height: float = 0.0

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it; its upper edge is the height at which things stand."""
        y = self.height - LINE_WEIGHT / 2
        line = polyline((Point(self.left, y), Point(self.right, y)))
        yield Path((line,), stroke=Token.GROUND, weight=1.3 * LINE_WEIGHT)


@dataclass(frozen=True, slots=True)
class Chair:
    """A chair from the side."""

    back: float
    """Where the back edge of the seat is."""
    depth: float = 0.265
    """From the back edge to the front one; minus where the chair faces left."""
    seat: float = 0.238
    top: float = 0.475
    cushion: float = 0.0
    """Thickness of a cushion on the seat."""

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it from the far legs to the seat."""
        way = 1 if self.depth > 0 else -1
        front, back, under = self.back + self.depth, self.back, self.seat - 0.028
        for foot, head in ((back + way * 0.040, back + way * 0.044), (front - way * 0.052,) * 2):
            yield _leg(foot, head, under, Token.PROP_SHADE)
        yield _leg(front - way * 0.026, front - way * 0.026, under, Token.PROP)
        post = (
            Point(back - way * 0.014, 0), Point(back + way * 0.012, 0),
            Point(back + way * 0.020, self.seat), Point(back - way * 0.012, self.top),
            Point(back - way * 0.036, self.top), Point(back - way * 0.008, self.seat),
        )  # fmt: skip
        low, high = (post[0], post[1], post[2], post[5]), (post[5], post[2], post[3], post[4])
        yield Path(
            (rounded(_inset(low), 0.004), rounded(_inset(high), 0.004)),
            fill=Token.PROP_LINE, stroke=Token.PROP_LINE, weight=2 * LINE_WEIGHT * 0.8,
        )  # fmt: skip
        yield Path((rounded(_inset(low), 0.004), rounded(_inset(high), 0.004)), fill=Token.PROP)
        left, right = sorted((back - way * 0.010, front + way * 0.012))
        yield block(left, under, right, self.seat, radius=0.012)
        if self.cushion:
            left, right = sorted((back + way * 0.020, front + way * 0.004))
            yield block(left, self.seat, right, self.seat + self.cushion, Token.SOFT, radius=0.018)


def _leg(foot: float, head: float, under: float, fill: Token) -> Path:
    half = 0.0115
    points = (
        Point(foot - half, 0), Point(foot + half, 0), Point(head + half, under),
        Point(head - half, under),
    )  # fmt: skip
    return solid(points, fill, radius=0.003)


def _inset(points: Sequence[Point]) -> list[Point]:
    x = sum(p.x for p in points) / len(points)
    y = sum(p.y for p in points) / len(points)
    return [Point(p.x + (0.004 if p.x < x else -0.004), p.y + (0.004 if p.y < y else -0.004))
            for p in points]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A step, a stool or a low wall: a plain block on the ground."""

    left: float
    right: float
    height: float

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it, with a tread along its top."""
        yield block(self.left, 0, self.right, self.height)
        y = self.height - 0.018
        tread = polyline((Point(self.left, y), Point(self.right, y)))
        yield Path((tread,), stroke=Token.PROP_LINE, weight=DETAIL_WEIGHT)


@dataclass(frozen=True, slots=True)
class Bench:
    """A padded bench."""

    left: float
    right: float
    height: float
    pad: float = 0.034

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it from the legs to the pad."""
        under = self.height - self.pad
        for foot in (self.left + 0.07, self.right - 0.07):
            yield _leg(foot, foot, under, Token.PROP)
            yield block(foot - 0.05, 0, foot + 0.05, 0.016, radius=0.004)
        yield block(self.left, under, self.right, self.height, Token.IRON, Token.LINE, 0.014)


@dataclass(frozen=True, slots=True)
class Cushion:
    """A pillow or a cushion."""

    left: float
    right: float
    bottom: float
    thickness: float

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it as a soft block."""
        top = self.bottom + self.thickness
        yield block(self.left, self.bottom, self.right, top, Token.SOFT, radius=0.022)


@dataclass(frozen=True, slots=True)
class Panel:
    """A wall beyond the figure, with a skirting board."""

    left: float
    right: float
    height: float

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it as a pale field."""
        yield block(self.left, 0, self.right, self.height, Token.MAT, Token.MAT, 0.010)
        yield block(self.left, 0, self.right, 0.034, Token.PROP, Token.PROP, 0.002)


@dataclass(frozen=True, slots=True)
class Stool:
    """A bench for one, seen from the front or behind."""

    half: float
    height: float

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw two legs and the seat."""
        for side in (-1, 1):
            at = side * (self.half - 0.030)
            yield _leg(at + side * 0.012, at, self.height - 0.028, Token.PROP)
        yield block(-self.half, self.height - 0.032, self.half, self.height, radius=0.010)


@dataclass(frozen=True, slots=True)
class Footfalls:
    """Where the feet come down: short prints under the ground line."""

    first: float
    gap: float
    count: int

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw a print for each step."""
        for number in range(self.count):
            x = self.first + number * self.gap
            sole = (Point(x - 0.036, -0.036), Point(x + 0.010, -0.036))
            yield Path((rounded(sole, 0.0125),), fill=Token.ARROW)
            yield Path((rounded((Point(x + 0.036, -0.036),), 0.0105),), fill=Token.ARROW)


@dataclass(frozen=True, slots=True)
class Mat:
    """A mat on the floor, seen from above at a slant."""

    head: float
    """How far it goes beyond the hip toward the head, and toward the feet."""
    feet: float
    front: float
    """How far it goes toward the viewer, and away."""
    rear: float

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it as it lies under the figure."""
        seen = [
            camera.turned(Vec(x, 0, z))
            for x, z in (
                (self.front, -self.head), (self.front, self.feet),
                (-self.rear, self.feet), (-self.rear, -self.head),
            )
        ]  # fmt: skip
        yield solid([Point(p.x, p.y) for p in seen], Token.MAT, Token.GROUND, 0.012)


@dataclass(frozen=True, slots=True)
class Hill:
    """Ground that rises to the right."""

    left: float
    right: float
    rise: float
    """Height gained over the whole width; the hill is at height 0 under the hip."""

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it as a soft wedge."""
        slope = self.rise / (self.right - self.left)
        ends = [Point(x, x * slope) for x in (self.left, self.right)]
        base = self.left * slope - 0.02
        shape = polyline([*ends, Point(self.right, base), Point(self.left, base)], closed=True)
        yield Path((shape,), fill=Token.MAT)
        yield Path((smooth(ends),), stroke=Token.GROUND, weight=1.3 * LINE_WEIGHT)
