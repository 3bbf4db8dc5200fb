"""Points, directions and turned axes in space; the unit of length is the figure's height."""

from __future__ import annotations

import math
from typing import NamedTuple


class Vec(NamedTuple):
    """A point or a direction: x forward, y up, z to the body's right."""

    x: float
    y: float
    z: float = 0.0

    def plus(self, other: Vec) -> Vec:
        """The sum."""
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def minus(self, other: Vec) -> Vec:
        """The way from the other to this one."""
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def times(self, factor: float) -> Vec:
        """Made longer or shorter."""
        return Vec(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other: Vec) -> float:
        """The inner product."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: Vec) -> Vec:
        """The outer product."""
        return Vec(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        """How long it is."""
        return math.sqrt(self.dot(self))

    @property
    def unit(self) -> Vec:
        """The same direction, one long. Raises ZeroDivisionError for no direction at all."""
        return self.times(1 / self.length)

    def toward(self, other: Vec, part: float) -> Vec:
        """The point that lies `part` of the way to another."""
        return self.plus(other.minus(self).times(part))

    def about(self, axis: Vec, degrees: float) -> Vec:
        """Turned about an axis of length one through the origin, right-handed."""
        angle = math.radians(degrees)
        cos, sin = math.cos(angle), math.sin(angle)
        along = axis.times(axis.dot(self) * (1 - cos))
        return self.times(cos).plus(axis.cross(self).times(sin)).plus(along)


class Frame(NamedTuple):
    """The three axes of a part of the body; a limb's bone runs along minus y."""

    x: Vec
    y: Vec
    z: Vec

    def about(self, axis: Vec, degrees: float) -> Frame:
        """All three axes turned about one."""
        return Frame(*(own.about(axis, degrees) for own in self))

    def pitched(self, degrees: float) -> Frame:
        """Bent in its own side plane: plus tips the upper end forward."""
        return self.about(self.z, -degrees)

    def at(self, x: float, y: float, z: float = 0.0) -> Vec:
        """The direction that has these parts along the three axes."""
        return self.x.times(x).plus(self.y.times(y)).plus(self.z.times(z))


WORLD = Frame(Vec(1, 0, 0), Vec(0, 1, 0), Vec(0, 0, 1))


def frame_along(bone: Vec, side: Vec) -> Frame:
    """The axes of a bone that runs along `bone` and bends about `side`, made square."""
    y = bone.unit.times(-1)
    z = side.minus(y.times(side.dot(y))).unit
    return Frame(y.cross(z), y, z)
