"""The whole figure as groups from far to near: limbs, trunk and head with volume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from clinic_desktop.domain.values import Side

from .drawing import Mark, Path, Point, Subpath
from .head import head_group
from .limbs import FAR, NEAR, Dress, Part, arm_part, leg_part
from .outlines import Circle, circle_hull, smooth
from .palette import Token
from .pose import SHOULDER_DROP, Pose
from .seeing import DETAIL_WEIGHT, Ball, Camera, Group, Patch, seam
from .skeleton import Skeleton
from .tubes import Tube, cut_across, tube
from .vectors import Frame, Vec

SHOULDER_RADIUS: Final = 0.0355
_YOKE_RADIUS: Final = 0.0462
_YOKE_HALF: Final = 0.050


def far_marks(camera: Camera, body: Skeleton, pose: Pose) -> Iterator[Mark]:
    """The limbs behind the trunk, in pale colours."""
    arm = arm_part(camera, body.arms[Side.LEFT], FAR, pose.left_arm.grip)
    yield from _group((arm,), FAR).marks()
    yield from _group((leg_part(camera, body.legs[Side.LEFT], FAR),), FAR).marks()


def middle_marks(camera: Camera, body: Skeleton, both_legs: bool = False) -> Iterator[Mark]:
    """Trunk, neck, head and the near leg; from the front both legs."""
    sides = (Side.LEFT, Side.RIGHT) if both_legs else (Side.RIGHT,)
    legs = [leg_part(camera, body.legs[side], NEAR) for side in sides]
    shirt, seams = _shirt(camera, body)
    patches = (
        *(patch for leg in legs for patch in leg.patches),
        Patch(Token.SHORTS, _hips(camera, body)),
        Patch(Token.SKIN, tube(_neck(camera, body)).runs),
        Patch(Token.SHIRT, shirt),
    )
    details = (*(path for leg in legs for path in leg.details), *seams, *_throat(camera, body))
    yield from Group(patches, details=details).marks()
    yield from head_group(camera, body).marks()


def arm_marks(camera: Camera, body: Skeleton, side: Side, grip: bool) -> Iterator[Mark]:
    """An arm in front of the trunk; its outline runs out on the shoulder instead of ringing it."""
    part = arm_part(camera, body.arms[side], NEAR, grip)
    yield from _group((part,), NEAR).marks()
    out = 1 if side is Side.RIGHT else -1
    # From the side a hair smaller than the yoke below it, so that the shirt's own outline stays;
    # from the front clear of the neckline.
    half, r = (_YOKE_HALF, 0.0455) if camera.sideways(body.chest) else (0.056, 0.0400)
    inner = body.neck.plus(body.chest.at(0.0, -SHOULDER_DROP, out * half))
    cover = circle_hull((_shoulder(camera, body, side), camera.circle(Ball(inner, r))))
    yield Path((cover,), fill=NEAR.shirt)


def _group(parts: Sequence[Part], dress: Dress) -> Group:
    patches = tuple(patch for part in parts for patch in part.patches)
    return Group(patches, dress.edge, tuple(path for part in parts for path in part.details))


def _shoulder(camera: Camera, body: Skeleton, side: Side) -> Circle:
    return camera.circle(Ball(body.arms[side].root, SHOULDER_RADIUS))


def _yoke(camera: Camera, body: Skeleton, out: int) -> Circle:
    at = body.neck.plus(body.chest.at(0.0, -SHOULDER_DROP, out * _YOKE_HALF))
    return camera.circle(Ball(at, _YOKE_RADIUS))


def _level(camera: Camera, at: Vec, frame: Frame, half: float, r: float) -> tuple[Circle, Circle]:
    """Two discs side by side: one level of the trunk."""
    return (
        camera.circle(Ball(at.plus(frame.z.times(half)), r)),
        camera.circle(Ball(at.plus(frame.z.times(-half)), r)),
    )


def _hips(camera: Camera, body: Skeleton) -> tuple[Subpath, ...]:
    """Pelvis and seat, in shorts."""
    hips, pelvis = body.hips, body.pelvis
    levels = [
        _level(camera, hips.plus(pelvis.at(-0.004, -0.004)), pelvis, 0.044, 0.0600),
        _level(camera, hips.plus(pelvis.at(-0.008, 0.022)), pelvis, 0.042, 0.0610),
        _level(camera, hips.plus(pelvis.at(-0.005, 0.055)), pelvis, 0.034, 0.0590),
        _level(camera, hips.plus(pelvis.at(0.000, 0.085)), pelvis, 0.030, 0.0560),
    ]
    seat = _level(camera, hips.plus(pelvis.at(-0.020, -0.012)), pelvis, 0.036, 0.0540)
    return (*_trunk(levels).runs, circle_hull(tuple(dict.fromkeys((*seat, *levels[0])))))


def _shirt(camera: Camera, body: Skeleton) -> tuple[tuple[Subpath, ...], tuple[Path, ...]]:
    """The shirt from its hem below the waist to the shoulders."""
    pelvis, loin, chest = body.pelvis, body.loin, body.chest
    levels = [
        (_yoke(camera, body, 1), _yoke(camera, body, -1)),
        _level(camera, body.ribs.plus(chest.at(0.005, 0.044)), chest, 0.047, 0.0610),
        _level(camera, body.ribs.plus(chest.at(0.003, 0.004)), chest, 0.040, 0.0625),
        _level(camera, body.waist.plus(loin.at(0.002, 0.045)), loin, 0.033, 0.0595),
        _level(camera, body.waist.plus(loin.at(0.001, 0.000)), loin, 0.030, 0.0580),
        _level(camera, body.hips.plus(pelvis.at(-0.006, 0.040)), pelvis, 0.0400, 0.0620),
    ]
    depth = abs(camera.turned(pelvis.y).z)
    cloth = _trunk(levels, 0.005 + depth * 0.05)
    shoulders = (
        circle_hull((_yoke(camera, body, 1), _shoulder(camera, body, Side.RIGHT))),
        circle_hull((_yoke(camera, body, -1), _shoulder(camera, body, Side.LEFT))),
    )
    collar = _collar(camera, body)
    dots = (Circle(*point, 0.003) for point in (collar[0], collar[2], collar[-1]))
    neck = circle_hull((*dict.fromkeys(levels[0]), *dots))
    seams = (*seam(cloth.rim, Token.LINE), *seam(smooth(collar), Token.LINE))
    return (*cloth.runs, *shoulders, neck), seams


def _collar(camera: Camera, body: Skeleton) -> list[Point]:
    """Where the shirt ends about the neck."""
    ring = camera.circle(Ball(body.neck.plus(body.throat.at(0.001, 0.014)), 0.0375))
    way = camera.turned(body.throat.y)
    return cut_across((ring,), (way.x, way.y), -0.003)


def _throat(camera: Camera, body: Skeleton) -> tuple[Path, ...]:
    """The round neckline in front, with the skin that it leaves free."""
    if camera.turned(body.chest.x).z < 0.7:
        return ()
    sheet = camera.sheet(body.neck, body.chest.z, body.throat.y)
    line = sheet.points(((-0.0335, 0.018), (-0.026, 0.0), (0.0, -0.015), (0.026, 0.0),
                         (0.0335, 0.018)))  # fmt: skip
    free = [*line, *sheet.points(((0.0310, 0.030), (-0.0310, 0.030)))]
    return (
        Path((smooth(free, closed=True, tension=0.7),), fill=Token.SKIN),
        Path((smooth(line),), stroke=Token.LINE, weight=DETAIL_WEIGHT),
    )


def _trunk(levels: Sequence[tuple[Circle, Circle]], bulge: float | None = None) -> Tube:
    """The outline round levels, from first to last."""
    return tube([level[0] for level in levels], [level[1] for level in levels], bulge)


def _neck(camera: Camera, body: Skeleton) -> list[Circle]:
    return [
        camera.circle(Ball(body.neck.plus(body.throat.at(0.0, -0.010)), 0.0350)),
        camera.circle(Ball(body.neck.toward(body.skull_base, 0.6), 0.0320)),
        camera.circle(Ball(body.skull_base.plus(body.head.at(0.004, 0.012)), 0.0320)),
    ]
