"""Marks of a running picture: trunk and shin lines, plumb lines, and where the foot lands."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.values import Side

from .drawing import LINE_WEIGHT, Label, Mark, Path, Placing, Point
from .outlines import disc, polyline
from .palette import Token
from .seeing import DETAIL_WEIGHT, Camera
from .skeleton import Skeleton

_CARRY: Final = 1.38
"""The trunk line is drawn on beyond the shoulder, so that its lean is seen at the head."""
_BAR_DROP: Final = 0.048


@dataclass(frozen=True, slots=True)
class Gait:
    """Which marks a running picture shows, and whether it is the way to run or not."""

    good: bool
    trunk: bool = True
    shin: bool = True
    foot: bool = True
    """The bar from under the hip to where the foot lands."""
    degrees: bool = False
    """Angles in figures, for the therapist's screen; a home plan says it in words."""
    words: bool = True
    """Whether anything is written on the picture; a small one has its words beside it."""

    def marks(self, camera: Camera, body: Skeleton, words: Mapping[str, str]) -> Iterator[Mark]:
        """Draw plumb lines, body lines and the bar on the ground, with their words."""
        token = Token.ARROW if self.good else Token.NERVE
        hip, leg = camera.point(body.hips), body.legs[Side.RIGHT]
        knee, ankle = camera.point(leg.middle), camera.point(leg.end)
        top = camera.point(body.skull).y + 0.085 if self.trunk else hip.y
        yield _plumb(Point(hip.x, top), Point(hip.x, -_BAR_DROP if self.foot else 0.0))
        if self.shin:
            yield _plumb(knee, Point(knee.x, 0.010))
            yield from _rod((knee, ankle), token)
        if self.trunk:
            shoulder = camera.point(body.arms[Side.RIGHT].root)
            end = Point(
                hip.x + (shoulder.x - hip.x) * _CARRY, hip.y + (shoulder.y - hip.y) * _CARRY
            )
            yield from _rod((hip, shoulder, end), token)
        if self.foot:
            yield from self._ground(hip, ankle, token)
        if self.words:
            yield from self._words(camera, body, words, token)

    def _ground(self, hip: Point, ankle: Point, token: Token) -> Iterator[Mark]:
        y = -_BAR_DROP
        for weight, color in ((5.0, Token.WHITE), (2.2, token)):
            bar = polyline((Point(hip.x, y), Point(ankle.x, y)))
            ticks = [polyline((Point(x, y - 0.018), Point(x, y + 0.018))) for x in (hip.x, ankle.x)]
            yield Path((bar, *ticks), stroke=color, weight=weight * LINE_WEIGHT)

    def _words(
        self, camera: Camera, body: Skeleton, words: Mapping[str, str], token: Token
    ) -> Iterator[Mark]:
        key = "good" if self.good else "wrong"
        hip, leg = camera.point(body.hips), body.legs[Side.RIGHT]
        knee, ankle = camera.point(leg.middle), camera.point(leg.end)
        if self.foot:
            middle = Point((hip.x + ankle.x) / 2, -_BAR_DROP - 0.030)
            yield Label(words[f"gait_foot_{key}"], Placing(middle, 0.5, 1.0), token, bold=True)
        if self.trunk:
            text = words[f"gait_trunk_{key}"]
            if self.degrees:
                text = words["gait_trunk_degrees"].format(angle=_signed(trunk_lean(body)))
            # Above or below the figure, where it costs no width.
            above = Placing(Point(hip.x, camera.point(body.skull).y + 0.100), 0.5, 0.0)
            below = Placing(Point(hip.x, -0.030), 0.5, 1.0)
            yield Label(text, above if self.degrees else below, token, bold=True)
        if self.shin and self.degrees:
            text = words["gait_shin_degrees"].format(angle=_signed(shin_lean(body, Side.RIGHT)))
            at = Point(max(knee.x, ankle.x) + 0.075, (knee.y + ankle.y) / 2 + 0.02)
            yield Label(text, Placing(at), token, bold=True)


def _plumb(start: Point, end: Point) -> Path:
    return Path(
        (polyline((start, end)),), stroke=Token.LINE, weight=DETAIL_WEIGHT * 1.3, dash=(2.6, 2.6)
    )


def _rod(points: tuple[Point, ...], token: Token) -> Iterator[Mark]:
    """A straight line through joints, with a ring at each of the first two."""
    line = polyline((points[0], points[-1]))
    yield Path((line,), stroke=Token.WHITE, weight=4.2 * LINE_WEIGHT)
    yield Path((line,), stroke=token, weight=2.2 * LINE_WEIGHT)
    rings = tuple(disc(*point, 0.0125) for point in points[:2])
    yield Path(rings, fill=Token.WHITE, stroke=Token.LINE, weight=LINE_WEIGHT)


def _signed(angle: float) -> str:
    return f"{angle:+.0f}".replace("-", "\N{MINUS SIGN}")


def trunk_lean(body: Skeleton) -> float:
    """The line from hip to shoulder against the vertical, plus forward."""
    shoulder = body.arms[Side.RIGHT].root.toward(body.arms[Side.LEFT].root, 0.5)
    way = shoulder.minus(body.hips)
    return math.degrees(math.atan2(way.x, way.y))


def shin_lean(body: Skeleton, side: Side) -> float:
    """The shin against the vertical, plus where the ankle is ahead of the knee."""
    way = body.legs[side].end.minus(body.legs[side].middle)
    return math.degrees(math.atan2(way.x, -way.y))
