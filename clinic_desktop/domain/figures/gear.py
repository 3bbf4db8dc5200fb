"""Things held, worn or lain on: stick, weights, band, ball, roller, a sheet of paper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_desktop.domain.values import SIDES, Side

from .drawing import Mark, Path, Point, Subpath
from .furniture import beam
from .outlines import Circle, arc_steps, disc, polyline, rounded
from .palette import Token
from .pose import SHANK
from .seeing import DETAIL_WEIGHT, Camera
from .skeleton import Skeleton
from .spots import Spot


@dataclass(frozen=True, slots=True)
class Stick:
    """A wooden stick."""

    start: Spot
    end: Spot
    width: float = 0.017

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it."""
        ends = self.start.on(camera, body), self.end.on(camera, body)
        yield beam(*ends, self.width, Token.WOOD, Token.LINE)


@dataclass(frozen=True, slots=True)
class Ball:
    """A ball with a seam."""

    at: Spot
    radius: float

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it."""
        x, y = self.at.on(camera, body)
        yield Path((disc(x, y, self.radius),), fill=Token.BALL, stroke=Token.LINE)
        seam = Circle(x - self.radius * 1.1, y + self.radius * 0.55, self.radius * 1.15)
        bow = Subpath(seam.at(-1.15), tuple(arc_steps(seam, -1.15, 0.30)), closed=False)
        yield Path((bow,), stroke=Token.LINE, weight=DETAIL_WEIGHT)


@dataclass(frozen=True, slots=True)
class Roller:
    """A foam roller seen end on."""

    at: Spot
    radius: float

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it."""
        x, y = self.at.on(camera, body)
        yield Path((disc(x, y, self.radius),), fill=Token.BALL, stroke=Token.LINE)
        inner = disc(x, y, self.radius * 0.45)
        yield Path((inner,), fill=Token.MAT, stroke=Token.LINE, weight=DETAIL_WEIGHT)


@dataclass(frozen=True, slots=True)
class Band:
    """An elastic band about both shins."""

    down: float = 0.22
    """How far down the shin, 0 at the knee."""
    height: float = 0.022

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it from shin to shin, round the outside of both."""
        ends = []
        for side in SIDES:
            at = camera.point(body.legs[side].along(1 + self.down))
            other = camera.point(body.legs[side.other].along(1 + self.down))
            out = 0.034 * SHANK / 0.246
            way = math.copysign(out, at.x - other.x)
            ends.append(at.moved(way, 0))
        yield beam(ends[0], ends[1], self.height, Token.BAND, Token.LINE)
        line = polyline((ends[0], ends[1]))
        yield Path((line,), stroke=Token.LINE, weight=DETAIL_WEIGHT * 0.7)


@dataclass(frozen=True, slots=True)
class Kettlebell:
    """A kettlebell hanging from the near hand."""

    size: float = 0.055

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw the handle, then the bell."""
        arm = body.arms[Side.RIGHT]
        x, y = camera.point(arm.end.toward(arm.tip, 0.45))
        size = self.size
        low = y - size * 1.70
        side, foot, grip = size * 0.62, low + size * 0.6, y - 0.002
        loop = (
            Point(x - side, foot), Point(x - size * 0.42, grip),
            Point(x + size * 0.42, grip), Point(x + side, foot),
        )  # fmt: skip
        yield Path((polyline(loop),), stroke=Token.LINE, weight=0.022)
        yield Path((polyline(loop),), stroke=Token.IRON, weight=0.010)
        bell = rounded((Point(x - size * 0.45, low - size * 0.1), Point(x, low + size * 0.1),
                        Point(x + size * 0.45, low - size * 0.1)), size * 0.72)  # fmt: skip
        yield Path((bell,), fill=Token.IRON, stroke=Token.LINE)


@dataclass(frozen=True, slots=True)
class CurlLever:
    """The arm of a leg-curl machine: from its axle at the knee to a round pad behind the heel."""

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw lever, axle and pad."""
        leg = body.legs[Side.RIGHT]
        axle = camera.point(leg.middle.plus(leg.lower.at(0.004, 0.0)))
        end = camera.point(leg.along(1.84).plus(leg.lower.at(-0.050, 0.0)))
        bend = camera.point(leg.along(1.35).plus(leg.lower.at(0.052, 0.0)))
        low = camera.point(leg.along(1.84).plus(leg.lower.at(0.052, 0.0)))
        line = polyline((axle, bend, low, end))
        yield Path((line,), stroke=Token.LINE, weight=0.022)
        yield Path((line,), stroke=Token.PROP, weight=0.011)
        yield Path((disc(*axle, 0.016),), fill=Token.PROP, stroke=Token.LINE)
        yield Path((disc(*end, 0.028),), fill=Token.IRON, stroke=Token.LINE)
        yield Path((disc(*end, 0.009),), fill=Token.PROP, stroke=Token.LINE, weight=DETAIL_WEIGHT)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper with lines on it, held in the hand."""

    at: Spot
    slope: float
    """Direction of its long side in degrees: 90 upright."""
    long: float = 0.150
    thickness: float = 0.004

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it at a slant, so that it reads as a page."""
        x, y = self.at.on(camera, body)
        angle = math.radians(self.slope)
        ux, uy = math.cos(angle) * self.long, math.sin(angle) * self.long
        wx, wy = -0.066, 0.026
        corners = [Point(x, y), Point(x + ux, y + uy), Point(x + ux + wx, y + uy + wy),
                   Point(x + wx, y + wy)]  # fmt: skip
        yield Path((polyline(corners, closed=True),), fill=Token.WHITE, stroke=Token.LINE)
        lines = [
            polyline((Point(x + ux * t + wx * 0.18, y + uy * t + wy * 0.18),
                      Point(x + ux * t + wx * 0.82, y + uy * t + wy * 0.82)))
            for t in (0.2, 0.36, 0.52, 0.68, 0.84)
        ]  # fmt: skip
        yield Path(tuple(lines), stroke=Token.PROP_LINE, weight=DETAIL_WEIGHT)
