"""A pose in numbers: joint angles in degrees, and what must touch what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

Place = tuple[float, float]
"""A place in the figure's side plane: forward of the hip centre, and above the ground."""

# Lengths as parts of the body's height; ordinary adult proportions, near enough for a drawing.
PELVIS: Final = 0.095
LOW_RIBS: Final = 0.088
HIGH_RIBS: Final = 0.110
NECK: Final = 0.054
SKULL: Final = 0.062
SKULL_AHEAD: Final = 0.012
THIGH: Final = 0.245
SHANK: Final = 0.246
ANKLE_HEIGHT: Final = 0.041
HEEL_BEHIND: Final = 0.050
TOE_AHEAD: Final = 0.102
UPPER_ARM: Final = 0.172
FOREARM: Final = 0.146
HAND: Final = 0.085
SHOULDER_WIDTH: Final = 0.096
SHOULDER_DROP: Final = 0.038
HIP_WIDTH: Final = 0.050


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg: plus is thigh forward, heel to buttock, toes up, out to the side, turned out."""

    hip: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    abduction: float = 0.0
    rotation: float = 0.0
    swing: float = 0.0
    """The whole leg turned about the line from hip to ankle: plus lifts the knee outward."""
    ankle_at: Place | None = None
    """Where the ankle stays put; hip and knee follow by reach, and the angles above give way."""
    ankle_out: float | None = None
    """With `ankle_at`: how far to the body's right the ankle is; under the hip where none."""
    sole: float | None = None
    """Slope of the sole to the ground where the ankle is put: plus is toes up."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: plus is forward, bent, out to the side, turned out, hand bent the same way."""

    shoulder: float = 4.0
    elbow: float = 14.0
    abduction: float = 0.0
    rotation: float = 0.0
    wrist: float = 0.0
    grip: bool = False
    """A closed hand, as in running or round a bar."""
    hand_at: Place | None = None
    """Where the wrist stays put; the angles above give way, all but the wrist's."""
    hand_out: float | None = None
    """With `hand_at`: how far to the body's right the wrist is; as the shoulder where none."""
    elbow_to: tuple[float, float, float] | None = None
    """With `hand_at`: the way in which the elbow points (forward, up, to the body's right)."""
    hand_slope: float | None = None
    """Direction of the hand where the wrist is put: 0 forward, 90 up, -90 down."""


@dataclass(frozen=True, slots=True)
class Pose:
    """A whole figure; the right side is the near one, and the one that the drawing is about."""

    pitch: float = 0.0
    """Pelvis to the vertical: plus forward, -90 on the back, 90 face down."""
    lumbar: float = 0.0
    """Lower back bent forward: half at the waist, all at the ribs."""
    neck: float = 0.0
    """Chin down."""
    right: Leg = field(default_factory=Leg)
    left: Leg = field(default_factory=Leg)
    right_arm: Arm = field(default_factory=Arm)
    left_arm: Arm = field(default_factory=Arm)
    roll: float = 0.0
    """Turned about the body's forward axis: 90 lies on the left side."""
    hip_height: float | None = None
    """Height of the hip centre; where none is given, the figure drops until it touches ground."""
    lift: float = 0.0
    """With no hip height: how far above the ground its lowest part is, as in flight."""


@dataclass(frozen=True, slots=True)
class View:
    """From where the figure is seen, in degrees."""

    turn: float = 0.0
    """0 from its right side, -90 from the front, 90 from behind."""
    tilt: float = 0.0
    """Seen from above by so much."""
