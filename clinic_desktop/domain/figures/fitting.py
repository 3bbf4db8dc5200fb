"""Fits a drawing into a rectangle: one scale and place, so that screen and paper look alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .drawing import LEAST_POINTS, LINE_WEIGHT, Box, Drawing, Label, Path, Point

LABEL_POINTS: Final = 12.0
"""Size of the words on a drawing, in points: no print on a sheet is smaller than 11."""
_LINE_HEIGHT: Final = 1.2
_ROUNDS: Final = 6


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
    shape, labels = drawing.bounds, drawing.labels
    scale = min(width / shape.width, height / shape.height, largest)
    boxes: list[tuple[Label, float]] = [(label, measure(label)) for label in labels]
    for _ in range(_ROUNDS):
        whole = _whole(shape, boxes, scale, label_size)
        if whole.width * scale <= width + 1e-6 and whole.height * scale <= height + 1e-6:
            break
        # What words take does not shrink with the scale, so a few rounds close in on it.
        scale *= min(width / (whole.width * scale), height / (whole.height * scale))
    whole = _whole(shape, boxes, scale, label_size)
    left = (width - whole.width * scale) / 2 - whole.left * scale
    bottom = (height - whole.height * scale) / 2 - whole.bottom * scale
    return Fit(scale, left, bottom, max(1.0, least_line / (LINE_WEIGHT * scale)))


def _whole(shape: Box, labels: list[tuple[Label, float]], scale: float, size: float) -> Box:
    """Paths and words together, in figure units at a scale."""
    for label, width in labels:
        long, half = width / scale, size * _LINE_HEIGHT / 2 / scale
        left = label.at.x - long * label.align
        shape = shape.joined(Box(left, label.at.y - half, left + long, label.at.y + half))
    return shape
