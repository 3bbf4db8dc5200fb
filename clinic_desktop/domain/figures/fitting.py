"""Fits a drawing into a rectangle: one scale and place, so that screen and paper look alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from .drawing import LEAST_POINTS, LINE_WEIGHT, Box, Drawing, Label, Path, Point
from .outlines import disc, polyline
from .palette import Token

LABEL_POINTS: Final = 12.0
"""Size of the words on a drawing, in points: no print on a sheet is smaller than 11."""
_LINE_HEIGHT: Final = 1.2
_SMALLEST: Final = 0.02
_HALVINGS: Final = 20
_WORTH_MOVING: Final = 1.04
"""Words move to their other place only for a gain that shows."""
_LEAST_FIGURE: Final = 0.5
"""A figure smaller than this part of what it could be does without its words."""


class Words(Enum):
    """Where the words of a drawing stand."""

    FIRST = "first"
    BESIDE = "beside"
    LEFT_OUT = "left out"
    """In a frame so small that with them no figure could be made out."""


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
    words: Words = Words.FIRST

    def labels(self, drawing: Drawing) -> tuple[Label, ...]:
        """The words of a drawing, each at the place that was chosen."""
        return _placed(drawing.labels, self.words)

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
    least_line: float = LEAST_POINTS,
) -> Fit:
    """The largest scale at which paths and words lie inside a rectangle; centred.

    `measure` gives the width of a label's words in the renderer's units at `label_size`.
    """
    return fit_together((drawing,), width, height, measure, label_size, least_line)[0]


def fit_together(
    drawings: Sequence[Drawing],
    width: float,
    height: float,
    measure: Callable[[Label], float],
    label_size: float = LABEL_POINTS,
    least_line: float = LEAST_POINTS,
) -> tuple[Fit, ...]:
    """One scale for drawings that each get such a rectangle, and the ground at one height in all.

    So start and end of an exercise show the same figure on the same floor.
    """
    widths = {(label.text, label.bold): measure(label) for one in drawings for label in one.labels}
    boxes = [one.bounds for one in drawings]
    highest = min(min(width / box.width, height / box.height) for box in boxes)
    found: dict[Words, tuple[float, list[Box]]] = {}
    for words in Words:
        shapes = [
            _Shape(box, _placed(one.labels, words), widths, label_size, least_line)
            for box, one in zip(boxes, drawings, strict=True)
        ]
        scale = _largest(shapes, width, height, highest)
        found[words] = scale, [shape.at(scale) for shape in shapes]
    words = _best({words: scale for words, (scale, _) in found.items()})
    scale, boxes = found[words]
    low, top = min(b.bottom for b in boxes), max(b.top for b in boxes)
    bottom = (height - (top - low) * scale) / 2 - low * scale
    thicker = _thicker(scale, least_line)
    return tuple(Fit(scale, left, bottom, thicker, words) for left in _lefts(boxes, scale, width))


def _lefts(boxes: Sequence[Box], scale: float, width: float) -> list[float]:
    """Where the origin of each lies: above each other where there is room, else each centred."""
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    if (right - left) * scale <= width:
        return [(width - (right - left) * scale) / 2 - left * scale] * len(boxes)
    return [(width - box.width * scale) / 2 - box.left * scale for box in boxes]


def _largest(shapes: Sequence[_Shape], width: float, height: float, highest: float) -> float:
    """The largest scale at which all lie inside with their grounds at one height."""

    def fits(scale: float) -> bool:
        boxes = [shape.at(scale) for shape in shapes]
        whole = max(b.top for b in boxes) - min(b.bottom for b in boxes)
        return whole * scale <= height and all(b.width * scale <= width for b in boxes)

    if fits(highest):
        return highest
    # What words take does not shrink with the scale, so it is found by halving.
    low, high = highest * _SMALLEST, highest
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _best(scales: Mapping[Words, float]) -> Words:
    least = scales[Words.LEFT_OUT] * _LEAST_FIGURE
    if max(scales[Words.FIRST], scales[Words.BESIDE]) < least:
        return Words.LEFT_OUT
    gain = scales[Words.BESIDE] / scales[Words.FIRST]
    return Words.BESIDE if gain > _WORTH_MOVING else Words.FIRST


def _placed(labels: tuple[Label, ...], words: Words) -> tuple[Label, ...]:
    if words is Words.LEFT_OUT:
        return ()
    return tuple(
        replace(label, placing=label.beside) if words is Words.BESIDE and label.beside else label
        for label in labels
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """A drawing's paths and words, measured once."""

    box: Box
    labels: tuple[Label, ...]
    widths: Mapping[tuple[str, bool], float]
    size: float
    least_line: float

    def at(self, scale: float) -> Box:
        """All that it takes at a scale, in figure units."""
        box = self.box.grown(LINE_WEIGHT * (_thicker(scale, self.least_line) - 1))
        for label in self.labels:
            width = self.widths[label.text, label.bold]
            box = box.joined(label_box(label, width, scale, self.size))
        return box


def _thicker(scale: float, least_line: float) -> float:
    return max(1.0, least_line / (LINE_WEIGHT * scale))


def label_box(label: Label, width: float, scale: float, size: float) -> Box:
    """The room of a label's words in figure units; `width` and `size` in the renderer's units."""
    long, high = width / scale, size * _LINE_HEIGHT / scale
    at, align, level = label.placing
    left, low = at.x - long * align, at.y - high * level
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
    if box.left <= goal.x <= box.right or abs(goal.y - middle) > abs(goal.x - label.placing.at.x):
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
