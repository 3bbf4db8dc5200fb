"""The skeleton in space: joints from angles, reach to what stays put, contact with the ground."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.values import SIDES, Side

from .pose import (
    ANKLE_HEIGHT,
    FOREARM,
    HAND,
    HEEL_BEHIND,
    HIGH_RIBS,
    HIP_WIDTH,
    LOW_RIBS,
    NECK,
    PELVIS,
    SHANK,
    SHOULDER_DROP,
    SHOULDER_WIDTH,
    SKULL,
    SKULL_AHEAD,
    THIGH,
    TOE_AHEAD,
    UPPER_ARM,
    Arm,
    Leg,
    Pose,
)
from .vectors import WORLD, Frame, Vec, frame_along

HEEL_RADIUS: Final = 0.022
TOE_RADIUS: Final = 0.011
BALL_AHEAD: Final = 0.064
BALL_RADIUS: Final = 0.013

# What can touch the ground, by joint, and how thick it is there.
_SPINE_BALLS: Final = {"hips": 0.064, "ribs": 0.062, "neck": 0.040, "skull": 0.058}
_LEG_BALLS: Final = {
    "hip": 0.058, "knee": 0.038, "heel": HEEL_RADIUS, "ball": BALL_RADIUS, "toe": TOE_RADIUS,
}  # fmt: skip
_ARM_BALLS: Final = {"shoulder": 0.037, "elbow": 0.0245, "wrist": 0.0175, "hand": 0.014}


@dataclass(frozen=True, slots=True)
class Limb:
    """A leg or an arm: its three joints from the trunk on, its tip, and the axes of its parts."""

    root: Vec
    middle: Vec
    end: Vec
    tip: Vec
    """Toes or fingertips."""
    upper: Frame
    lower: Frame
    last: Frame
    """Of foot or hand: x points to the toes; the hand's bone runs along minus y."""

    def along(self, part: float) -> Vec:
        """A point on its two long bones, 0 at the root, 1 at the middle joint, 2 at the end."""
        if part <= 1:
            return self.root.toward(self.middle, part)
        return self.middle.toward(self.end, part - 1)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A posed figure in space, standing on the ground at height 0."""

    hips: Vec
    waist: Vec
    ribs: Vec
    neck: Vec
    """The root of the neck, where the back ends."""
    skull_base: Vec
    skull: Vec
    pelvis: Frame
    loin: Frame
    """Of the part between waist and ribs."""
    chest: Frame
    throat: Frame
    head: Frame
    legs: Mapping[Side, Limb]
    arms: Mapping[Side, Limb]

    def joints(self) -> Mapping[str, Vec]:
        """Every joint by name, sided ones as `right_knee`."""
        found = {
            name: getattr(self, name)
            for name in ("hips", "waist", "ribs", "neck", "skull_base", "skull")
        }
        for side in SIDES:
            leg, arm = self.legs[side], self.arms[side]
            for limb, names in (
                (leg, ("hip", "knee", "ankle", "toe")),
                (arm, ("shoulder", "elbow", "wrist", "hand")),
            ):
                places = (limb.root, limb.middle, limb.end, limb.tip)
                found.update({f"{side}_{name}": at for name, at in zip(names, places, strict=True)})
            found[f"{side}_heel"] = foot_point(leg, -HEEL_BEHIND + HEEL_RADIUS, HEEL_RADIUS)
            found[f"{side}_ball"] = foot_point(leg, BALL_AHEAD, BALL_RADIUS)
        return found


def foot_point(leg: Limb, ahead: float, above: float, out: float = 0.0) -> Vec:
    """A point of the foot: ahead of the ankle, above the sole, to the body's right."""
    return leg.end.plus(leg.last.at(ahead, above - ANKLE_HEIGHT, out))


def posed(pose: Pose) -> Skeleton:
    """The skeleton of a pose."""
    height = 0.0 if pose.hip_height is None else pose.hip_height
    built = _built(pose, Vec(0, height, 0))
    if pose.hip_height is not None:
        return built
    lowest = min(at.y - radius for at, radius in _touching(built, pose))
    return _built(pose, Vec(0, pose.lift - lowest, 0))


def _built(pose: Pose, hips: Vec) -> Skeleton:
    pelvis = WORLD.pitched(pose.pitch).about(Vec(1, 0, 0), -pose.roll)
    loin = pelvis.pitched(pose.lumbar / 2)
    chest = pelvis.pitched(pose.lumbar)
    throat, head = chest.pitched(pose.neck * 0.55), chest.pitched(pose.neck)
    waist = hips.plus(pelvis.y.times(PELVIS))
    ribs = waist.plus(loin.y.times(LOW_RIBS))
    neck = ribs.plus(chest.y.times(HIGH_RIBS))
    base = neck.plus(throat.at(NECK * 0.18, NECK))
    legs, arms = {}, {}
    for side, leg, arm in (
        (Side.RIGHT, pose.right, pose.right_arm),
        (Side.LEFT, pose.left, pose.left_arm),
    ):
        out = 1 if side is Side.RIGHT else -1
        hip = hips.plus(pelvis.z.times(out * HIP_WIDTH))
        legs[side] = _leg(leg, hip, pelvis, out)
        shoulder = neck.plus(chest.at(0.0, -SHOULDER_DROP, out * SHOULDER_WIDTH))
        arms[side] = _arm(arm, shoulder, chest, out)
    skull = base.plus(head.at(SKULL_AHEAD, SKULL))
    return Skeleton(
        hips, waist, ribs, neck, base, skull, pelvis, loin, chest, throat, head, legs, arms
    )


def _limb_frame(
    parent: Frame, flexion: float, abduction: float, rotation: float, out: int
) -> Frame:
    """The axes of thigh or upper arm: out to the side and turned in the parent's axes first."""
    frame = parent.about(parent.y, -out * rotation)
    frame = frame.about(parent.x, out * -abduction)
    return frame.about(parent.z, flexion)


def _leg(leg: Leg, hip: Vec, pelvis: Frame, out: int) -> Limb:
    thigh = _limb_frame(pelvis, leg.hip, leg.abduction, leg.rotation, out)
    shank = thigh.pitched(leg.knee)
    knee = hip.minus(thigh.y.times(THIGH))
    ankle = knee.minus(shank.y.times(SHANK))
    foot = shank.pitched(-leg.ankle)
    if leg.ankle_at is not None:
        target = Vec(*leg.ankle_at, hip.z if leg.ankle_out is None else leg.ankle_out)
        knee, ankle = reach(hip, target, THIGH, SHANK, pelvis.x.plus(thigh.x))
        side = thigh.z
        thigh, shank = frame_along(knee.minus(hip), side), frame_along(ankle.minus(knee), side)
        foot = shank.pitched(-leg.ankle)
        if leg.sole is not None:
            foot = WORLD.pitched(-leg.sole).about(WORLD.y, -out * leg.rotation)
    if leg.swing:
        axis, turn = ankle.minus(hip).unit, out * leg.swing
        knee = hip.plus(knee.minus(hip).about(axis, turn))
        thigh, shank, foot = (frame.about(axis, turn) for frame in (thigh, shank, foot))
    toe = ankle.plus(foot.at(TOE_AHEAD, TOE_RADIUS - ANKLE_HEIGHT))
    return Limb(hip, knee, ankle, toe, thigh, shank, foot)


def _arm(arm: Arm, shoulder: Vec, chest: Frame, out: int) -> Limb:
    upper = _limb_frame(chest, arm.shoulder, arm.abduction, arm.rotation, out)
    fore = upper.pitched(-arm.elbow)
    elbow = shoulder.minus(upper.y.times(UPPER_ARM))
    wrist = elbow.minus(fore.y.times(FOREARM))
    hand = fore.pitched(-arm.wrist)
    if arm.hand_at is not None:
        target = Vec(*arm.hand_at, shoulder.z if arm.hand_out is None else arm.hand_out)
        pole = chest.x.times(-1) if arm.elbow_to is None else Vec(*arm.elbow_to)
        elbow, wrist = reach(shoulder, target, UPPER_ARM, FOREARM, pole)
        side = _bend_axis(shoulder, elbow, wrist, chest.z)
        upper = frame_along(elbow.minus(shoulder), side)
        fore = frame_along(wrist.minus(elbow), side)
        hand = fore.pitched(-arm.wrist)
        if arm.hand_slope is not None:
            hand = WORLD.pitched(-arm.hand_slope - 90)
    tip = wrist.minus(hand.y.times(HAND))
    return Limb(shoulder, elbow, wrist, tip, upper, fore, hand)


def _bend_axis(root: Vec, middle: Vec, end: Vec, like: Vec) -> Vec:
    """The axis about which a limb is bent, on the side of the one it is like."""
    axis = end.minus(middle).cross(middle.minus(root))
    if axis.length < 1e-6:
        return like
    return axis if axis.dot(like) > 0 else axis.times(-1)


def reach(root: Vec, target: Vec, upper: float, lower: float, pole: Vec) -> tuple[Vec, Vec]:
    """The middle joint and the end of two bones that reach for a target, bent toward the pole.

    A target too far or too near is met as nearly as the bones allow.
    """
    way = target.minus(root)
    least, most = abs(upper - lower) * 1.001 + 1e-6, (upper + lower) * 0.9999
    distance = min(max(way.length, least), most)
    along = way.unit if way.length > 1e-9 else Vec(0, -1, 0)
    across = pole.minus(along.times(pole.dot(along)))
    across = across.unit if across.length > 1e-9 else along.cross(Vec(0, 0, 1)).unit
    foot = (upper**2 - lower**2 + distance**2) / (2 * distance)
    rise = math.sqrt(max(upper**2 - foot**2, 0.0))
    middle = root.plus(along.times(foot)).plus(across.times(rise))
    return middle, root.plus(along.times(distance))


def _touching(body: Skeleton, pose: Pose) -> Iterator[tuple[Vec, float]]:
    """What may come to rest on the ground; hands and feet with a place of their own may not."""
    joints = body.joints()
    for name, radius in _SPINE_BALLS.items():
        yield joints[name], radius
    for side, leg, arm in (
        (Side.RIGHT, pose.right, pose.right_arm),
        (Side.LEFT, pose.left, pose.left_arm),
    ):
        if leg.ankle_at is None:
            yield from ((joints[f"{side}_{name}"], r) for name, r in _LEG_BALLS.items())
        if arm.hand_at is None:
            yield from ((joints[f"{side}_{name}"], r) for name, r in _ARM_BALLS.items())
