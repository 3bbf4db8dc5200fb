"""What is drawn on top of a figure: arrows, the nerve's path, muscles at work, words, verdicts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from clinic_desktop.domain.values import Side

from .drawing import LINE_WEIGHT, Label, Mark, Path, Placing, Point, Subpath
from .outlines import Circle, circle_hull, disc, hatching, polyline, smooth
from .palette import Token
from .seeing import DETAIL_WEIGHT, Camera
from .skeleton import Skeleton, foot_point
from .spots import Spot
from .vectors import Vec

ARROW_WEIGHT: Final = 2.6 * LINE_WEIGHT
ARROW_HEAD: Final = 0.060
_CASING: Final = 1.6 * LINE_WEIGHT
"""White beside a mark, so that it stands clear of what it lies on."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """The movement of one part."""

    start: Spot
    end: Spot
    bend: float = 0.0
    """How far the middle bows to the left of its way, as a part of its length."""
    size: float = 1.0

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw its casing, then shaft and head."""
        start, end = self.start.on(camera, body), self.end.on(camera, body)
        yield from arrow(start, end, self.bend, self.size)


def arrow(start: Point, end: Point, bend: float, size: float) -> Iterator[Mark]:
    """A shaft with an even bow and a head as long as wide, in a white casing."""
    dx, dy = end.x - start.x, end.y - start.y
    middle = Point(start.x + dx / 2 - dy * bend, start.y + dy / 2 + dx * bend)
    points = [_on_bow(start, middle, end, part / 12) for part in range(13)]
    head, weight = ARROW_HEAD * size, ARROW_WEIGHT * size
    shaft = [p for p in points if math.dist(p, end) > head * 0.8]
    tail = shaft[-1]
    ux, uy = end.x - tail.x, end.y - tail.y
    length = math.hypot(ux, uy)
    ux, uy = ux / length, uy / length
    back = Point(end.x - ux * head, end.y - uy * head)
    wings = (
        back.moved(-uy * head / 2, ux * head / 2),
        back.moved(uy * head / 2, -ux * head / 2),
    )
    tip = polyline((end, *wings), closed=True)
    line = smooth([*shaft, Point(end.x - ux * head * 0.7, end.y - uy * head * 0.7)])
    yield Path((line,), stroke=Token.WHITE, weight=weight + 2 * _CASING)
    yield Path((tip,), fill=Token.WHITE, stroke=Token.WHITE, weight=2 * _CASING + 0.006)
    yield Path((line,), stroke=Token.ARROW, weight=weight)
    yield Path((tip,), fill=Token.ARROW, stroke=Token.ARROW, weight=0.006)


def _on_bow(start: Point, middle: Point, end: Point, part: float) -> Point:
    """A point of the parabola through three points."""
    a, b, c = (1 - part) * (1 - 2 * part), 4 * part * (1 - part), part * (2 * part - 1)
    return Point(
        a * start.x + b * middle.x + c * end.x,
        a * start.y + b * middle.y + c * end.y,
    )


def nerve_marks(camera: Camera, body: Skeleton) -> Iterator[Mark]:
    """The path from the neck down the back, buttock, thigh and calf to the sole of the near leg."""
    line = smooth([camera.point(at) for at in _nerve(body)])
    yield Path((line,), stroke=Token.WHITE, weight=1.7 * LINE_WEIGHT + 2 * _CASING * 0.55)
    yield Path((line,), stroke=Token.NERVE, weight=1.7 * LINE_WEIGHT)


def _nerve(body: Skeleton) -> list[Vec]:
    leg = body.legs[Side.RIGHT]
    thigh, shank = leg.upper, leg.lower
    # From the trunk's middle to the near leg, so that a view from behind shows it go outward.
    near = leg.root.minus(body.hips)
    return [
        body.skull_base.plus(body.head.at(-0.016, 0.004)),
        body.neck.plus(body.throat.at(-0.018, 0.020)),
        body.neck.plus(body.chest.at(-0.024, -0.030)),
        body.ribs.plus(body.chest.at(-0.034, 0.010)),
        body.waist.plus(body.loin.at(-0.030, 0.010)),
        body.hips.plus(body.pelvis.at(-0.036, 0.040)).plus(near.times(0.5)),
        leg.root.plus(body.pelvis.at(-0.030, -0.004)).plus(thigh.at(-0.016, 0.0)),
        leg.along(0.28).plus(thigh.at(-0.030, 0)),
        leg.along(0.60).plus(thigh.at(-0.022, 0)),
        leg.along(0.90).plus(thigh.at(-0.016, 0)),
        leg.along(1.12).plus(shank.at(-0.018, 0)),
        leg.along(1.35).plus(shank.at(-0.022, 0)),
        leg.along(1.70).plus(shank.at(-0.013, 0)),
        leg.along(1.95).plus(shank.at(-0.010, 0)),
        foot_point(leg, -0.022, 0.026),
        foot_point(leg, 0.000, 0.015),
        foot_point(leg, 0.034, 0.017),
        foot_point(leg, 0.072, 0.016),
    ]


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle as a patch, hatched where it works, a dashed ring where it is only shown."""

    part: Literal["thigh", "buttock", "waist", "hip_side"]
    working: bool = True

    def shape(self, camera: Camera, body: Skeleton) -> Subpath:
        """Its outline on the near side."""
        leg = body.legs[Side.RIGHT]
        if self.part == "thigh":
            stations = ((0.24, 0.013), (0.42, 0.019), (0.62, 0.017), (0.80, 0.009))
            places = [(leg.along(t).plus(leg.upper.at(-0.024, 0)), r) for t, r in stations]
        elif self.part == "buttock":
            at = body.hips.plus(body.pelvis.z.times(0.06))
            spots = ((-0.030, 0.034, 0.022), (-0.034, 0.000, 0.030), (-0.022, -0.030, 0.020))
            places = [(at.plus(body.pelvis.at(x, y)), r) for x, y, r in spots]
        elif self.part == "hip_side":
            at = body.hips.plus(body.pelvis.z.times(0.082))
            places = [(at.plus(body.pelvis.at(x, y)), r)
                      for x, y, r in ((-0.002, 0.030, 0.024), (0.000, -0.028, 0.021))]  # fmt: skip
        else:
            at = body.waist
            places = [(at.plus(body.loin.at(x, y)), 0.016)
                      for x in (-0.041, 0.043) for y in (-0.012, 0.040)]  # fmt: skip
        return circle_hull([Circle(*camera.point(at), r) for at, r in places])

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it in its casing."""
        run = self.shape(camera, body)
        yield Path((run,), stroke=Token.WHITE, weight=3.4 * LINE_WEIGHT)
        if not self.working:
            yield Path((run,), stroke=Token.MUSCLE, weight=1.5 * LINE_WEIGHT, dash=(2.2, 2.0))
            return
        yield Path((run,), fill=Token.MUSCLE)
        lines = hatching(run, 0.0125)
        if lines:
            yield Path(lines, stroke=Token.MUSCLE_EDGE, weight=DETAIL_WEIGHT)
        yield Path((run,), stroke=Token.MUSCLE_EDGE, weight=LINE_WEIGHT)


@dataclass(frozen=True, slots=True)
class Beside:
    """A second place for words."""

    at: Spot
    align: float = 0.0
    level: float = 0.5


@dataclass(frozen=True, slots=True)
class Note:
    """Words beside a drawing, with a line to what they name."""

    key: str
    at: Spot
    align: float = 0.0
    level: float = 0.5
    """0 stands on the place, 0.5 is centred on its height, 1 hangs below it."""
    to: Spot | None = None
    beside: Beside | None = None
    """Another place, for a wide frame in which it leaves the figure more height."""

    def marks(self, camera: Camera, body: Skeleton, words: Mapping[str, str]) -> Iterator[Mark]:
        """Set the words. Raises KeyError for words that are missing."""
        goal = None if self.to is None else self.to.on(camera, body)
        placing = Placing(self.at.on(camera, body), self.align, self.level)
        other = None
        if self.beside is not None:
            other = Placing(self.beside.at.on(camera, body), self.beside.align, self.beside.level)
        yield Label(words[self.key], placing, names=goal, beside=other)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A cross for what not to do, a tick for what to do."""

    good: bool
    at: Spot
    size: float = 0.062

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw a disc with the sign in white: the shapes differ, not only the colours."""
        x, y = self.at.on(camera, body)
        s = self.size
        token = Token.RIGHT if self.good else Token.WRONG
        if self.good:
            yield Path((disc(x, y, s),), fill=token, pivot=x)
            tick = ((-0.48, -0.02), (-0.12, -0.40), (0.50, 0.40))
            strokes = [polyline([Point(x + s * across, y + s * up) for across, up in tick])]
        else:
            corners = [Point(x + s * 1.06 * math.cos(a), y + s * 1.06 * math.sin(a))
                       for a in (math.pi / 8 + n * math.pi / 4 for n in range(8))]  # fmt: skip
            yield Path((polyline(corners, closed=True),), fill=token, pivot=x)
            d = s * 0.40
            strokes = [polyline((Point(x - d, y - d), Point(x + d, y + d))),
                       polyline((Point(x - d, y + d), Point(x + d, y - d)))]  # fmt: skip
        yield Path(tuple(strokes), stroke=Token.WHITE, weight=s * 0.27, pivot=x)
