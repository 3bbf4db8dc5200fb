"""Angles of the mannequin read back from where its joints ended up."""

from __future__ import annotations

import math
from dataclasses import dataclass

from clinic_desktop.domain.figures.skeleton import Limb, Skeleton
from clinic_desktop.domain.figures.vectors import Frame
from clinic_desktop.domain.values import Side


@dataclass(frozen=True, slots=True)
class LegAngles:
    """Joint angles of a leg in degrees, signed as in a pose."""

    hip: float
    knee: float
    ankle: float
    abduction: float


@dataclass(frozen=True, slots=True)
class ArmAngles:
    """Joint angles of an arm in degrees, signed as in a pose."""

    shoulder: float
    elbow: float
    abduction: float


def leg_angles(body: Skeleton, side: Side) -> LegAngles:
    """What the joints of a leg measure."""
    leg = body.legs[side]
    hip, abduction = _raised(leg, body.pelvis, side)
    foot = leg.last.x
    ankle = math.degrees(math.asin(_within(foot.dot(leg.lower.y))))
    return LegAngles(hip, _bend(leg, flexion_sign=-1), ankle, abduction)


def arm_angles(body: Skeleton, side: Side) -> ArmAngles:
    """What the joints of an arm measure."""
    arm = body.arms[side]
    shoulder, abduction = _raised(arm, body.chest, side)
    return ArmAngles(shoulder, _bend(arm, flexion_sign=1), abduction)


def _raised(limb: Limb, parent: Frame, side: Side) -> tuple[float, float]:
    """Flexion and abduction of the upper bone in its parent's axes."""
    bone = limb.middle.minus(limb.root).unit
    out = 1 if side is Side.RIGHT else -1
    flexion = math.atan2(bone.dot(parent.x), -bone.dot(parent.y))
    return math.degrees(flexion), math.degrees(math.asin(_within(out * bone.dot(parent.z))))


def _bend(limb: Limb, flexion_sign: int) -> float:
    """The angle between the two long bones: plus bends the lower one toward the limb's own x."""
    upper = limb.middle.minus(limb.root).unit
    lower = limb.end.minus(limb.middle).unit
    size = math.degrees(math.acos(_within(upper.dot(lower))))
    toward = lower.dot(limb.upper.x) * flexion_sign
    return size if toward >= -1e-9 else -size


def _within(value: float) -> float:
    return max(-1.0, min(1.0, value))
