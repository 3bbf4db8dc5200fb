"""Fits a drawing into a rectangle: one scale and place, so that screen and paper look alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .drawing import LEAST_POINTS, LINE_WEIGHT, Box, Drawing, Label, Path, Point
from .outlines import disc, polyline
from .palette import Token

LABEL_POINTS: Final = 12.0
"""Size of the words on a drawing, in points: no print on a sheet is smaller than 11."""
_LINE_HEIGHT: Final = 1.2
_SMALLEST: Final = 0.02
_HALVINGS: Final = 20


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a drawing lies in its rectangle, in the renderer's units, y up."""

    scale: float
    """Units for the height of the figure."""
    left: float
    bottom: float
    """Where the origin of the figure units lies."""
    thicker: float
    """By how much lines are thickened so that the outline keeps its least weight."""

    def point(self, point: Point) -> tuple[float, float]:
        """A place of the drawing in the rectangle."""
        return self.left + point.x * self.scale, self.bottom + point.y * self.scale

    def weight(self, path: Path) -> float:
        """How wide a path's line is drawn."""
        return path.weight * self.scale * self.thicker


def fit(
    drawing: Drawing,
    width: float,
    height: float,
    measure: Callable[[Label], float],
    label_size: float = LABEL_POINTS,
    largest: float = float("inf"),
    least_line: float = LEAST_POINTS,
) -> Fit:
    """The largest scale, up to `largest`, at which paths and words lie inside; centred.

    `measure` gives the width of a label's words in the renderer's units at `label_size`.
    """
    shape = drawing.bounds
    words = [(label, measure(label)) for label in drawing.labels]
    scale = min(width / shape.width, height / shape.height, largest)

    def whole(at: float) -> Box:
        box = shape.grown(LINE_WEIGHT * (_thicker(at, least_line) - 1))
        for label, long in words:
            box = box.joined(label_box(label, long, at, label_size))
        return box

    def fits(at: float) -> bool:
        box = whole(at)
        return box.width * at <= width and box.height * at <= height

    if not fits(scale):
        # What words take does not shrink with the scale, so it is found by halving.
        low, high = scale * _SMALLEST, scale
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(middle) else (low, middle)
        scale = low
    box = whole(scale)
    left = (width - box.width * scale) / 2 - box.left * scale
    bottom = (height - box.height * scale) / 2 - box.bottom * scale
    return Fit(scale, left, bottom, _thicker(scale, least_line))


def _thicker(scale: float, least_line: float) -> float:
    return max(1.0, least_line / (LINE_WEIGHT * scale))


def label_box(label: Label, width: float, scale: float, size: float) -> Box:
    """The room of a label's words in figure units; `width` and `size` in the renderer's units."""
    long, high = width / scale, size * _LINE_HEIGHT / scale
    left, low = label.at.x - long * label.align, label.at.y - high * label.level
    return Box(left, low, left + long, low + high)


def leader(label: Label, width: float, placed: Fit, size: float = LABEL_POINTS) -> tuple[Path, ...]:
    """The line from a label's words to what they name, with a dot at its end, if it has one.

    It starts at the middle of that edge of the words which faces the goal.
    """
    goal = label.names
    if goal is None:
        return ()
    box = label_box(label, width, placed.scale, size).grown(0.25 * size / placed.scale)
    middle = (box.bottom + box.top) / 2
    if box.left <= goal.x <= box.right or abs(goal.y - middle) > abs(goal.x - label.at.x):
        x = min(max(goal.x, box.left + box.width * 0.2), box.right - box.width * 0.2)
        start = Point(x, box.top if goal.y > middle else box.bottom)
    else:
        start = Point(box.left if goal.x < box.left else box.right, middle)
    line = polyline((start, goal))
    return (
        Path((line,), stroke=Token.WHITE, weight=2.4 * LINE_WEIGHT),
        Path((disc(*goal, 0.0115),), fill=Token.WHITE),
        Path((line,), stroke=Token.TEXT, weight=0.8 * LINE_WEIGHT),
        Path((disc(*goal, 0.0085),), fill=Token.TEXT),
    )
