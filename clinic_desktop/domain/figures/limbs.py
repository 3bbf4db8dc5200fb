"""Arms and legs with volume: skin, sleeve, shorts, hands and shoes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .drawing import Path, Subpath
from .outlines import Circle, circle_hull, smooth
from .palette import Token
from .pose import ANKLE_HEIGHT, FOREARM, SHANK, THIGH, UPPER_ARM
from .seeing import DETAIL_WEIGHT, Ball, Camera, Patch, seam
from .skeleton import BALL_AHEAD, Limb, foot_point
from .tubes import Tube, cut_across, tube
from .vectors import Frame, Vec

Profile = Sequence[tuple[float, float, float]]
"""Stations of a bone: how far along, how far toward its front, and how thick."""

THIGH_PROFILE: Final[Profile] = (
    (0.0, -0.004, 0.0600), (0.25, 0.003, 0.0580), (0.5, 0.004, 0.0520),
    (0.75, 0.002, 0.0440), (0.92, 0.002, 0.0388), (1.0, 0.002, 0.0378),
)  # fmt: skip
SHANK_PROFILE: Final[Profile] = (
    (0.0, 0.002, 0.0378), (0.12, -0.003, 0.0366), (0.3, -0.009, 0.0382), (0.5, -0.007, 0.0340),
    (0.72, -0.002, 0.0268), (0.88, 0.0, 0.0237), (1.0, 0.0, 0.0235),
)  # fmt: skip
UPPER_ARM_PROFILE: Final[Profile] = (
    (0.0, 0.0, 0.0355), (0.3, 0.001, 0.0330), (0.6, 0.002, 0.0300), (0.85, 0.0, 0.0255),
    (1.0, 0.0, 0.0245),
)  # fmt: skip
FOREARM_PROFILE: Final[Profile] = (
    (0.0, 0.0, 0.0245), (0.22, 0.003, 0.0262), (0.5, 0.002, 0.0235), (0.8, 0.0, 0.0185),
    (1.0, 0.0, 0.0168),
)  # fmt: skip
_SHORTS_END: Final = 0.54
_SLEEVE_END: Final = 0.52


@dataclass(frozen=True, slots=True)
class Dress:
    """The colours of a near or a far part of the figure."""

    skin: Token
    shirt: Token
    shorts: Token
    edge: Token
    shoe: Token = Token.SHOE
    sole: Token = Token.SOLE


NEAR: Final = Dress(Token.SKIN, Token.SHIRT, Token.SHORTS, Token.LINE)
FAR: Final = Dress(Token.FAR_SKIN, Token.FAR_SHIRT, Token.FAR_SHORTS, Token.FAR_LINE)


@dataclass(frozen=True, slots=True)
class Part:
    """Shapes and details of a limb, to be put into a group."""

    patches: tuple[Patch, ...]
    details: tuple[Path, ...] = ()


def leg_part(camera: Camera, leg: Limb, dress: Dress) -> Part:
    """A leg with shorts and shoe."""
    thigh = _bone(camera, leg.root, leg.upper, THIGH, THIGH_PROFILE)
    shank = _bone(camera, leg.middle, leg.lower, SHANK, SHANK_PROFILE)
    cloth = _garment(
        camera, leg.root, leg.upper, THIGH, THIGH_PROFILE, _SHORTS_END, (0.003, 0.0085)
    )
    foot = _shoe(camera, leg, dress)
    patches = (
        Patch(dress.skin, (*thigh, *shank)),
        *foot.patches,
        Patch(dress.shorts, cloth.runs),
    )
    return Part(patches, (*seam(cloth.rim, dress.edge), *foot.details))


def arm_part(camera: Camera, arm: Limb, dress: Dress, grip: bool) -> Part:
    """An arm with sleeve and hand."""
    upper = _bone(camera, arm.root, arm.upper, UPPER_ARM, UPPER_ARM_PROFILE)
    fore = _bone(camera, arm.middle, arm.lower, FOREARM, FOREARM_PROFILE)
    cloth = _garment(
        camera, arm.root, arm.upper, UPPER_ARM, UPPER_ARM_PROFILE, _SLEEVE_END,
        (0.0012, 0.0075),
    )  # fmt: skip
    hand = _fist(camera, arm) if grip else _hand(camera, arm)
    skin = (*upper, *fore, *hand.patches[0].runs)
    details = tuple(Path(path.runs, stroke=dress.edge, weight=path.weight) for path in hand.details)
    return Part(
        (Patch(dress.skin, skin), Patch(dress.shirt, cloth.runs)),
        (*seam(cloth.rim, dress.edge), *details),
    )


def _bone(
    camera: Camera, root: Vec, frame: Frame, length: float, profile: Profile
) -> tuple[Subpath, ...]:
    return tube([_station(camera, root, frame, length, station) for station in profile]).runs


def _station(
    camera: Camera, root: Vec, frame: Frame, length: float, station: tuple[float, float, float]
) -> Circle:
    along, ahead, r = station
    return camera.circle(Ball(root.plus(frame.at(ahead, -along * length)), r))


def _garment(
    camera: Camera,
    root: Vec,
    frame: Frame,
    length: float,
    profile: Profile,
    end: float,
    loose: tuple[float, float],
) -> Tube:
    """Cloth about the upper part of a bone, wider toward its straight hem."""
    circles = []
    for along, ahead, r in _up_to(profile, end):
        width = r + loose[0] + (loose[1] - loose[0]) * along / end
        circles.append(_station(camera, root, frame, length, (along, ahead, width)))
    depth = abs(camera.turned(frame.y).z)
    return tube(circles, bulge=0.004 + depth * circles[-1].r * 0.8)


def _up_to(profile: Profile, end: float) -> list[tuple[float, float, float]]:
    """The stations before a part of the bone, and one right there."""
    kept = [station for station in profile if station[0] < end - 0.05]
    before, after = kept[-1], profile[len(kept)]
    part = (end - before[0]) / (after[0] - before[0])
    last = [b + (a - b) * part for b, a in zip(before, after, strict=True)]
    return [*kept, (end, last[1], last[2])]


_FINGERS: Final = ((0.0, 0.0, 0.0165), (0.034, 0.001, 0.0205), (0.056, 0.0, 0.0180))
_FINGER_TIP: Final = (0.082, 0.006, 0.0095)
_THUMB: Final = ((0.016, 0.010, 0.0100), (0.040, 0.023, 0.0082), (0.054, 0.023, 0.0070))


def _hand(camera: Camera, arm: Limb) -> Part:
    """An open hand, fingers together, the thumb on the side toward which the elbow bends."""
    fingers = [_on_hand(camera, arm, *place) for place in (*_FINGERS, _FINGER_TIP)]
    planted = arm.last.y.dot(arm.lower.y) < 0.75
    thumb = [] if planted else [_on_hand(camera, arm, *place) for place in _THUMB]
    runs = tube(fingers).runs + (tube(thumb).runs if thumb else ())
    details: tuple[Path, ...] = ()
    if thumb and camera.sideways(arm.last):
        sheet = camera.sheet(arm.end, arm.last.x, arm.last.y)
        crease = sheet.points(((0.0145, -0.058), (0.0125, -0.046), (0.008, -0.036)))
        details = (Path((smooth(crease),), weight=DETAIL_WEIGHT),)
    return Part((Patch(Token.SKIN, runs),), details)


def _fist(camera: Camera, arm: Limb) -> Part:
    """A closed hand with the thumb across the fingers."""
    places = ((0.0, 0.0, 0.0165), (0.026, 0.002, 0.0220), (0.042, 0.001, 0.0215))
    runs = tube([_on_hand(camera, arm, *place) for place in places]).runs
    details: tuple[Path, ...] = ()
    if camera.sideways(arm.last):
        sheet = camera.sheet(arm.end, arm.last.x, arm.last.y)
        thumb = sheet.points(((0.021, -0.022), (0.010, -0.038), (-0.004, -0.044)))
        details = (Path((smooth(thumb),), weight=DETAIL_WEIGHT),)
    return Part((Patch(Token.SKIN, runs),), details)


def _on_hand(camera: Camera, arm: Limb, along: float, ahead: float, r: float) -> Circle:
    return camera.circle(Ball(arm.end.plus(arm.last.at(ahead, -along)), r))


_UPPER: Final = (
    (-0.022, 0.018), (-0.031, 0.004), (-0.045, -0.012), (-0.0485, -0.028), (-0.046, -0.041),
    (-0.020, -0.0415), (0.020, -0.0395), (0.060, -0.0415), (0.086, -0.0405), (0.100, -0.034),
    (0.1015, -0.024), (0.092, -0.0145), (0.070, -0.006), (0.048, 0.004), (0.031, 0.017),
    (0.019, 0.022), (0.000, 0.014),
)  # fmt: skip
_SOLE: Final = (
    (-0.0478, -0.031), (-0.0475, -0.0395), (-0.020, -0.0415), (0.020, -0.0395), (0.060, -0.0415),
    (0.086, -0.0405), (0.099, -0.034), (0.098, -0.0295), (0.060, -0.0305), (0.020, -0.0285),
    (-0.020, -0.0305),
)  # fmt: skip
_SOLE_TOP: Final = ((-0.0485, -0.030), (-0.020, -0.0303), (0.020, -0.0283), (0.060, -0.0305),
                    (0.101, -0.0295))  # fmt: skip
_COLLAR: Final = ((-0.022, 0.018), (-0.012, 0.0115), (0.000, 0.012), (0.019, 0.022))
_LACES: Final = (((0.034, 0.013), (0.026, 0.002)), ((0.047, 0.0035), (0.039, -0.007)))


def _shoe(camera: Camera, leg: Limb, dress: Dress) -> Part:
    if not camera.sideways(leg.last):
        return _shoe_of_balls(camera, leg, dress)
    sheet = camera.sheet(leg.end, leg.last.x, leg.last.y)
    upper = smooth(sheet.points(_UPPER), closed=True)
    sole = smooth(sheet.points(_SOLE), closed=True)
    lines = [smooth(sheet.points(_SOLE_TOP)), smooth(sheet.points(_COLLAR))]
    lines += [smooth(sheet.points(lace)) for lace in _LACES]
    details = Path(tuple(lines), stroke=dress.edge, weight=DETAIL_WEIGHT)
    return Part((Patch(dress.shoe, (upper,)), Patch(dress.sole, (sole,))), (details,))


def _shoe_of_balls(camera: Camera, leg: Limb, dress: Dress) -> Part:
    """A shoe seen from the front, from above or from the sole."""

    def ball(ahead: float, above: float, out: float, r: float) -> Circle:
        return camera.circle(Ball(foot_point(leg, ahead, above, out), r))

    heel = (ball(-0.026, 0.027, 0.006, 0.0190), ball(-0.026, 0.027, -0.006, 0.0190))
    instep = (ball(0.012, 0.042, 0.0, 0.0250),)
    front = (ball(BALL_AHEAD, 0.025, 0.016, 0.0155), ball(BALL_AHEAD, 0.025, -0.016, 0.0155))
    toes = (ball(0.086, 0.021, 0.010, 0.0125), ball(0.086, 0.021, -0.009, 0.0125))
    collar = (ball(-0.004, ANKLE_HEIGHT + 0.010, 0.0, 0.0262),)
    upper = (
        circle_hull((*heel, *instep)), circle_hull((*heel, *collar)),
        circle_hull((*heel, *front)), circle_hull((*instep, *front)),
        circle_hull((*front, *toes)), circle_hull((*instep, *collar)),
    )  # fmt: skip
    rear = (ball(-0.032, 0.009, 0.014, 0.0090), ball(-0.032, 0.009, -0.014, 0.0090))
    wide = (ball(BALL_AHEAD, 0.009, 0.024, 0.0090), ball(BALL_AHEAD, 0.009, -0.024, 0.0090))
    tip = (ball(0.091, 0.009, 0.013, 0.0090), ball(0.091, 0.009, -0.012, 0.0090))
    sole = (circle_hull((*rear, *wide)), circle_hull((*wide, *tip)))
    way = camera.turned(leg.last.y)
    rim = smooth(cut_across(collar, (way.x, way.y), -0.004 - 0.02 * abs(way.z)))
    return Part((Patch(dress.sole, sole), Patch(dress.shoe, upper)), seam(rim, dress.edge))
