"""The drawings of an exercise: side by side where they stand, below each other where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.documents import Photo, Picture
from clinic_desktop.domain.figures.drawing import Drawing, Path, Subpath, points_along

from . import shapes
from .columns import LEADING, Column, Paragraph, set_column
from .drawing import draw_drawing, fit_drawings
from .handout_photos import GAP, Photos
from .text import prose

_LEAST_SCALE: Final = 99.2
"""Points for the height of a standing figure, 35 mm: smaller, how the head tilts is lost."""
_LEAST_LYING: Final = 118.0
_LYING: Final = 1.35
"""A drawing this much wider than high is of somebody who lies."""
_KEPT: Final = 128
"""Drawings whose measures are kept: those of all items, both sides and languages in part."""
_CAPTION_INDENT: Final = 20.0
_OVERLAP: Final = 0.5
"""Part of a caption's height that a figure keeps clear of whose upper left corner is free."""
_CORNER_HEIGHT: Final = 0.75
"""From which part of a drawing's height on that corner begins."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings with their captions in a block of a given width, in points."""

    drawings: tuple[Drawing, ...]
    captions: tuple[Column, ...]
    width: float
    stacked: bool
    size: float
    """Of the words on the drawings."""
    clear: bool
    """Whether lying figures leave the corner of their captions free."""

    @property
    def least(self) -> float:
        """The least height at which the figures can be made out."""
        return self._height_at(_LEAST_LYING if self.stacked else _LEAST_SCALE)

    @property
    def most(self) -> float:
        """The height from which on they do not grow any more."""
        return self._height_at(float("inf"))

    @property
    def legible(self) -> bool:
        """Whether the frames are wide enough to make the figures out."""
        widest = max(drawing.bounds.width for drawing in self.drawings)
        return self.frame_width >= widest * _LEAST_SCALE * 0.95

    @property
    def frame_width(self) -> float:
        """Of one drawing."""
        count = 1 if self.stacked else len(self.drawings)
        return (self.width - 2 * GAP * (count - 1)) / count

    @property
    def _caption_height(self) -> float:
        return max(caption.height for caption in self.captions)

    @property
    def _above(self) -> float:
        """What captions take of a frame's height."""
        return self._caption_height * (_OVERLAP if self.clear else 1.0) + 2

    def _height_at(self, scale: float) -> float:
        boxes = [drawing.bounds for drawing in self.drawings]
        scale = min(scale, self.frame_width / max(box.width for box in boxes))
        words = self.size * LEADING if any(map(_has_words, self.drawings)) else 0.0
        high = max(box.top for box in boxes) - min(box.bottom for box in boxes)
        # Above who lies there is room beside the caption for words and for a lifted knee.
        one = self._above + high * scale + (0.0 if self.stacked else words)
        rows = len(self.drawings) if self.stacked else 1
        return one * rows + GAP * (rows - 1)

    def draw(self, canvas: Canvas, x: float, top: float, height: float) -> None:
        """Draw the block with its upper left corner at `x`, `top`."""
        rows = len(self.drawings) if self.stacked else 1
        height = min(height, self.most)
        # Whole points, so that the same drawing in the same frame is made once a process.
        one = (height - GAP * (rows - 1)) / rows
        room = float(int(one - self._above))
        placed = fit_drawings(self.drawings, round(self.frame_width, 1), room, self.size)
        for number, (left, high) in enumerate(self._corners(x, top, one)):
            self.captions[number].draw(canvas, left, high)
            low = high - one
            drawing = self.drawings[number]
            draw_drawing(canvas, drawing, placed[number], left, low, size=self.size)

    def _corners(self, x: float, top: float, one: float) -> Iterator[tuple[float, float]]:
        """The upper left corner of each frame."""
        for number in range(len(self.drawings)):
            if self.stacked:
                yield x, top - number * (one + GAP)
            else:
                yield x + number * (self.frame_width + 2 * GAP), top

    def draw_dividers(self, canvas: Canvas, x: float, top: float, height: float) -> None:
        """Thin lines between the frames."""
        rows = len(self.drawings) if self.stacked else 1
        one = (height - GAP * (rows - 1)) / rows
        for left, high in list(self._corners(x, top, one))[1:]:
            if self.stacked:
                shapes.rule(canvas, left, high + GAP / 2, self.width)
            else:
                shapes.upright(canvas, left - GAP, high, height)


Block: TypeAlias = Pictures | Photos
"""What stands beside the words of an exercise."""


@lru_cache(maxsize=4 * _KEPT)
def pictures_of(
    pictures: tuple[Picture, ...], width: float, size: float, signs: float
) -> Block | None:
    """Set the drawings of an item; none where it has none. Raises UnprintableText."""
    if not pictures:
        return None
    photos = tuple(one.drawing for one in pictures if isinstance(one.drawing, Photo))
    if photos:
        broad = sum(photo.width / photo.height for photo in photos) > _LYING * len(photos)
        stacked = broad and len(photos) > 1
        count = 1 if stacked else len(photos)
        frame = (width - 2 * GAP * (count - 1)) / count
        captions = tuple(_caption(picture, frame, size, signs) for picture in pictures)
        return Photos(photos, captions, width, stacked)
    drawings = tuple(one.drawing for one in pictures if isinstance(one.drawing, Drawing))
    boxes = [drawing.bounds for drawing in drawings]
    lying = sum(box.width for box in boxes) > _LYING * sum(box.height for box in boxes)
    stacked = lying and len(drawings) > 1
    count = 1 if stacked else len(drawings)
    frame = (width - 2 * GAP * (count - 1)) / count
    captions = tuple(_caption(picture, frame, size, signs) for picture in pictures)
    # A drawing is at most as wide as its frame, so the caption covers at least this part of it.
    part = max(_caption_width(caption) for caption in captions) / frame
    clear = stacked and all(_corner_is_free(drawing, round(part, 2)) for drawing in drawings)
    return Pictures(drawings, captions, width, stacked, size, clear)


@lru_cache(maxsize=_KEPT)
def _corner_is_free(drawing: Drawing, part: float) -> bool:
    """Whether nothing of a drawing lies in its upper left corner, which is so wide a part of it."""
    box = drawing.bounds
    right, low = box.left + box.width * part, box.bottom + box.height * _CORNER_HEIGHT
    runs = (run for mark in drawing.marks if isinstance(mark, Path) for run in mark.runs)
    # A run stays among its corners and control points: few come near enough to be followed.
    near = (run for run in runs if _reaches(run, right, low))
    inside = any(x < right and y > low for run in near for x, y in points_along(run))
    placings = (p for label in drawing.labels for p in (label.placing, label.beside) if p)
    # Words that end at a place reach to the left of it.
    words = any(place.at.x < right or place.align > 0.5 for place in placings)
    return not inside and not words


def _reaches(run: Subpath, right: float, low: float) -> bool:
    points = (run.start, *(point for step in run.steps for point in step))
    return min(x for x, _y in points) < right and max(y for _x, y in points) > low


def _caption_width(caption: Column) -> float:
    return max(row.paragraph.indent + row.line.ems * row.paragraph.size for row in caption.rows)


def _caption(picture: Picture, width: float, size: float, signs: float) -> Column:
    words = prose(picture.caption, "caption of a drawing", bold=True)
    if not picture.step and not picture.caption:
        return Column((), width)
    if not picture.step:
        return set_column([Paragraph(words, size)], width)
    mark = prose(str(picture.step), "caption of a drawing", bold=True)
    return set_column([Paragraph(words, size, 0.0, _CAPTION_INDENT * signs, mark)], width)


@lru_cache(maxsize=_KEPT)
def _has_words(drawing: Drawing) -> bool:
    return bool(drawing.labels)
