"""Head and hair, from the side, the front or behind; no face, so that it can be anybody."""

from __future__ import annotations

from typing import Final

from .drawing import Path
from .outlines import smooth
from .palette import Token
from .seeing import DETAIL_WEIGHT, Camera, Group, Patch
from .skeleton import Skeleton

_PROFILE: Final = (
    (-0.024, -0.044), (-0.044, -0.026), (-0.0535, 0.000), (-0.052, 0.026), (-0.036, 0.050),
    (-0.008, 0.0615), (0.022, 0.0565), (0.041, 0.038), (0.0465, 0.019), (0.0455, 0.006),
    (0.0480, -0.004), (0.0570, -0.0175), (0.0555, -0.0225), (0.0475, -0.0255), (0.0495, -0.0325),
    (0.0475, -0.0375), (0.0480, -0.0430), (0.0440, -0.0490), (0.0455, -0.0590), (0.0390, -0.0670),
    (0.0230, -0.0660), (0.0030, -0.0560), (-0.0110, -0.0420),
)  # fmt: skip
_HAIR: Final = (
    (-0.026, -0.047), (-0.046, -0.032), (-0.0575, -0.002), (-0.0565, 0.028), (-0.040, 0.054),
    (-0.010, 0.0665), (0.022, 0.0625), (0.0415, 0.047), (0.0435, 0.037), (0.030, 0.0375),
    (0.0205, 0.026), (0.0165, 0.010), (0.0105, 0.0025), (0.0085, -0.014), (0.002, -0.012),
    (-0.010, -0.008), (-0.019, -0.024), (-0.0215, -0.040),
)  # fmt: skip
_EAR: Final = (
    (-0.001, 0.001), (-0.009, 0.003), (-0.0140, -0.004), (-0.0120, -0.014), (-0.0065, -0.0245),
    (-0.001, -0.0235), (0.0005, -0.0150), (0.0025, -0.007),
)  # fmt: skip

_FACE: Final = (
    (0.000, -0.0690), (0.0160, -0.0660), (0.0290, -0.0530), (0.0380, -0.0300), (0.0425, 0.000),
    (0.0430, 0.028), (0.0330, 0.0520), (0.000, 0.0630), (-0.0330, 0.0520), (-0.0430, 0.028),
    (-0.0425, 0.000), (-0.0380, -0.0300), (-0.0290, -0.0530), (-0.0160, -0.0660),
)  # fmt: skip
_FRONT_HAIR_HALF: Final = (
    (0.000, 0.0690), (0.024, 0.0645), (0.0420, 0.0480), (0.0475, 0.024), (0.0435, -0.006),
    (0.0405, 0.008), (0.0365, 0.024), (0.026, 0.0330), (0.000, 0.0375),
)  # fmt: skip
_FRONT_HAIR: Final = (
    *_FRONT_HAIR_HALF,
    *((-x, y) for x, y in reversed(_FRONT_HAIR_HALF[1:-1])),
)
_FRONT_EAR: Final = (
    (0.0400, -0.004), (0.0480, 0.000), (0.0500, -0.008), (0.0470, -0.019), (0.0420, -0.023),
    (0.0395, -0.018),
)  # fmt: skip
_BACK_HAIR: Final = (
    (-0.0440, -0.012), (-0.0475, 0.018), (-0.0420, 0.047), (-0.022, 0.0645), (0.004, 0.0685),
    (0.028, 0.0610), (0.0450, 0.040), (0.0470, 0.014), (0.0430, -0.012), (0.0310, -0.036),
    (0.0140, -0.0480), (-0.012, -0.0480), (-0.0300, -0.036),
)  # fmt: skip


def head_group(camera: Camera, body: Skeleton) -> Group:
    """The head with an outline of its own, so that jaw and hair stand out from neck and shirt."""
    if camera.sideways(body.head):
        return _from_the_side(camera, body)
    behind = camera.turned(body.head.x).z < 0
    return _from_the_front(camera, body, behind)


def _from_the_side(camera: Camera, body: Skeleton) -> Group:
    sheet = camera.sheet(body.skull, body.head.x, body.head.y)
    ear = smooth(sheet.points(_EAR), closed=True)
    lines = Path((ear,), fill=Token.SKIN, stroke=Token.LINE, weight=DETAIL_WEIGHT)
    patches = (
        Patch(Token.SKIN, (smooth(sheet.points(_PROFILE), closed=True),)),
        Patch(Token.HAIR, (smooth(sheet.points(_HAIR), closed=True),)),
    )
    return Group(patches, details=(lines,))


def _from_the_front(camera: Camera, body: Skeleton, behind: bool) -> Group:
    sheet = camera.sheet(body.skull, body.head.z, body.head.y)
    ears = tuple(
        smooth(sheet.points([(side * x, y) for x, y in _FRONT_EAR]), closed=True)
        for side in (1, -1)
    )
    hair = _BACK_HAIR if behind else _FRONT_HAIR
    face = smooth(sheet.points(_FACE), closed=True)
    patches = (
        Patch(Token.SKIN, (*ears, face)),
        Patch(Token.HAIR, (smooth(sheet.points(hair), closed=True),)),
    )
    return Group(patches)
