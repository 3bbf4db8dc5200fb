"""Places on a drawing, named by a joint or by the ground under the hip."""

from __future__ import annotations

from dataclasses import dataclass

from .drawing import Point
from .seeing import Camera
from .skeleton import Skeleton
from .vectors import Vec


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: so far to the right of and above a joint, or of the ground under the hip centre."""

    x: float = 0.0
    y: float = 0.0
    joint: str = ""
    """A joint as `right_knee`; empty for the ground under the hip centre."""

    def on(self, camera: Camera, body: Skeleton) -> Point:
        """Where it is on the drawing. Raises KeyError for a joint that does not exist."""
        origin = body.joints()[self.joint] if self.joint else Vec(0, 0, 0)
        return camera.point(origin).moved(self.x, self.y)
