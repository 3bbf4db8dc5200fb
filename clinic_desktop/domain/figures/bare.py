"""The standing figure of the body chart: one calm outline from the front and from behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .drawing import LINE_WEIGHT, Path, Point, Subpath
from .outlines import disc, smooth
from .palette import Token
from .pose import Arm, Leg, Pose

STANDING: Final = Pose(
    right=Leg(abduction=4.2),
    left=Leg(abduction=4.2),
    right_arm=Arm(shoulder=0, elbow=4, abduction=11),
    left_arm=Arm(shoulder=0, elbow=4, abduction=11),
)
"""The mannequin's pose round whose joints the outline is drawn; a test holds the two together."""

Places = Sequence[tuple[float, float]]
_THIN: Final = 0.6 * LINE_WEIGHT

# All places are of the half to the viewer's right, in parts of the body's height, from the
# middle line out and from the ground up.
_NECK_AND_ARM: Final = (
    (0.0240, 0.885), (0.0300, 0.872), (0.0315, 0.854), (0.0385, 0.840), (0.0680, 0.826),
    (0.0980, 0.813),
    (0.1190, 0.792), (0.1275, 0.764), (0.1305, 0.730), (0.1345, 0.690), (0.1400, 0.655),
    (0.1480, 0.615), (0.1565, 0.560), (0.1615, 0.515), (0.1660, 0.488), (0.1705, 0.455),
    (0.1690, 0.424), (0.1620, 0.407), (0.1550, 0.412), (0.1525, 0.436), (0.1470, 0.443),
    (0.1415, 0.462), (0.1400, 0.488), (0.1385, 0.512), (0.1350, 0.538), (0.1275, 0.572),
    (0.1170, 0.612),
    (0.1105, 0.645), (0.1040, 0.690), (0.0985, 0.722), (0.0945, 0.735),
)  # fmt: skip
_TRUNK_AND_LEG: Final = (
    (0.0945, 0.735), (0.0905, 0.705), (0.0845, 0.668), (0.0795, 0.634), (0.0810, 0.606),
    (0.0900, 0.572), (0.0985, 0.536), (0.1030, 0.498), (0.1045, 0.460), (0.1025, 0.415),
    (0.0980, 0.370), (0.0935, 0.330), (0.0920, 0.298), (0.0925, 0.270), (0.0960, 0.235),
    (0.0975, 0.200), (0.0950, 0.160), (0.0890, 0.115), (0.0855, 0.075), (0.0865, 0.050),
)  # fmt: skip
_INNER_LEG: Final = (
    (0.0520, 0.050), (0.0530, 0.075), (0.0500, 0.115), (0.0420, 0.165), (0.0380, 0.205),
    (0.0385, 0.240), (0.0395, 0.275), (0.0380, 0.305), (0.0315, 0.345), (0.0225, 0.390),
    (0.0125, 0.430), (0.0050, 0.458), (0.0, 0.466),
)  # fmt: skip
_FOOT_FRONT: Final = (
    (0.0865, 0.050), (0.0910, 0.034), (0.1010, 0.017), (0.1020, 0.006), (0.0940, 0.001),
    (0.0750, 0.0), (0.0560, 0.001), (0.0490, 0.006), (0.0490, 0.019), (0.0520, 0.035),
    (0.0520, 0.050),
)  # fmt: skip
_FOOT_BEHIND: Final = (
    (0.0865, 0.050), (0.0870, 0.030), (0.0960, 0.013), (0.0970, 0.005), (0.0880, 0.001),
    (0.0700, 0.0), (0.0540, 0.001), (0.0490, 0.005), (0.0500, 0.014), (0.0525, 0.031),
    (0.0520, 0.050),
)  # fmt: skip
_HEAD: Final = (
    (0.0, 0.8600), (0.0150, 0.8625), (0.0285, 0.8770), (0.0375, 0.9020), (0.0415, 0.9300),
    (0.0405, 0.9600), (0.0300, 0.9860), (0.0, 0.9960),
)  # fmt: skip
_EAR: Final = (
    (0.0400, 0.936), (0.0450, 0.939), (0.0465, 0.930), (0.0440, 0.916), (0.0385, 0.911),
)  # fmt: skip

_FRONT_LINES: Final[tuple[Places, ...]] = (
    ((0.012, 0.815), (0.040, 0.820), (0.072, 0.814)),  # collar bone
    ((0.012, 0.722), (0.042, 0.714), (0.072, 0.730)),  # lower edge of the chest
    ((0.012, 0.484), (0.045, 0.510), (0.078, 0.545)),  # groin
    ((0.052, 0.302), (0.065, 0.314), (0.080, 0.303)),  # knee cap
    ((0.054, 0.276), (0.066, 0.268), (0.079, 0.277)),
    ((0.060, 0.016), (0.059, 0.004)), ((0.069, 0.017), (0.069, 0.003)),  # toes
    ((0.078, 0.017), (0.079, 0.003)), ((0.087, 0.016), (0.089, 0.003)),
)  # fmt: skip
_BACK_LINES: Final[tuple[Places, ...]] = (
    ((0.030, 0.785), (0.034, 0.752), (0.050, 0.724), (0.066, 0.730)),  # shoulder blade
    ((0.004, 0.478), (0.030, 0.470), (0.062, 0.475), (0.088, 0.490)),  # gluteal fold
    ((0.050, 0.296), (0.064, 0.290), (0.080, 0.295)),  # crease of the knee
    ((0.058, 0.208), (0.066, 0.178), (0.074, 0.206)),  # end of the calf's two bellies
    ((0.064, 0.118), (0.062, 0.082), (0.060, 0.052)), ((0.075, 0.118), (0.077, 0.082),
                                                       (0.079, 0.052)),  # the heel cord
)  # fmt: skip
_SPINE: Final = ((0.0, 0.800), (0.0, 0.700), (0.0, 0.600))
_CLEFT: Final = ((0.0, 0.560), (0.0, 0.515), (0.0, 0.470))


def outline(front: bool) -> Subpath:
    """The edge of neck, arms, trunk and legs in one run; the head lies over it."""
    foot = _FOOT_FRONT if front else _FOOT_BEHIND
    half = [*_NECK_AND_ARM, *_TRUNK_AND_LEG[1:], *foot[1:], *_INNER_LEG[1:]]
    points = [Point(x, y) for x, y in half]
    other = [point.mirrored() for point in reversed(points[:-1])]
    return smooth([*points, *other], closed=True)


def head(front: bool) -> tuple[Subpath, ...]:
    """The head without a face, and from the front its two ears."""
    right = [Point(x, y) for x, y in _HEAD]
    skull = smooth([*right, *(point.mirrored() for point in reversed(right[1:-1]))], closed=True)
    ear = smooth([Point(x, y) for x, y in _EAR], closed=True)
    return ear, ear.mirrored(), skull


def figure_marks(front: bool) -> Iterator[Path]:
    """The figure from the front or from behind, its middle line at x 0."""
    body, over = outline(front), head(front)
    edge = Token.BODY_LINE
    yield Path((body, *over), fill=edge, stroke=edge, weight=1.7 * LINE_WEIGHT)
    yield Path((body,), fill=Token.BODY)
    if front:
        yield Path(over[-1:], stroke=edge, weight=1.0 * LINE_WEIGHT)
    yield Path(over, fill=Token.BODY)
    lines = list(_mirrored(_FRONT_LINES if front else _BACK_LINES))
    if front:
        lines.append(disc(0.0, 0.606, 0.0018))
    else:
        lines += [smooth([Point(x, y) for x, y in line]) for line in (_SPINE, _CLEFT)]
    yield Path(tuple(lines), stroke=Token.BODY_FOLD, weight=_THIN)


def _mirrored(lines: Sequence[Places]) -> Iterator[Subpath]:
    """Open lines on both halves."""
    for line in lines:
        run = smooth([Point(x, y) for x, y in line])
        yield run
        yield run.mirrored()
