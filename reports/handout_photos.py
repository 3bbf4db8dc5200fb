"""A clinic's own pictures of an exercise in the block beside its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.documents import Photo

from . import shapes
from .columns import Column
from .pictures import draw_photo

GAP: Final = 7.0
_LEAST_HEIGHT: Final = 99.2
"""Points, 35 mm: what is shown of a standing figure can be made out."""
_LEAST_LYING: Final = 71.0
"""Points, 25 mm, of a picture that is broader than high."""
_MOST_HEIGHT: Final = 212.0
"""Points, 75 mm: larger, a picture takes the room of words and says no more."""
_LEAST_WIDTH: Final = 78.0


@dataclass(frozen=True, slots=True)
class Photos:
    """Pictures with their captions in a block of a given width, in points."""

    photos: tuple[Photo, ...]
    captions: tuple[Column, ...]
    width: float
    stacked: bool

    @property
    def least(self) -> float:
        """The least height at which they can be made out."""
        broad = all(photo.width > photo.height for photo in self.photos)
        return self._height_at(_LEAST_LYING if broad else _LEAST_HEIGHT)

    @property
    def most(self) -> float:
        """The height from which on they do not grow any more."""
        return self._height_at(_MOST_HEIGHT)

    @property
    def legible(self) -> bool:
        """Whether the frames are wide enough to make the pictures out."""
        broadest = max(photo.width / photo.height for photo in self.photos)
        return self.frame_width >= max(_LEAST_WIDTH, broadest * _LEAST_LYING)

    @property
    def frame_width(self) -> float:
        """Of one picture."""
        count = 1 if self.stacked else len(self.photos)
        return (self.width - 2 * GAP * (count - 1)) / count

    @property
    def _above(self) -> float:
        """What captions take of a frame's height."""
        highest = max(caption.height for caption in self.captions)
        return highest + 3 if highest else 0.0

    @property
    def _rows(self) -> int:
        return len(self.photos) if self.stacked else 1

    def _height_at(self, most: float) -> float:
        """The block's height when no picture is higher than so many points."""
        wide = self.frame_width
        high = max(min(most, wide * photo.height / photo.width) for photo in self.photos)
        return (self._above + high) * self._rows + GAP * (self._rows - 1)

    def draw(self, canvas: Canvas, x: float, top: float, height: float) -> None:
        """Draw the block with its upper left corner at `x`, `top`."""
        one = (min(height, self.most) - GAP * (self._rows - 1)) / self._rows
        for number, (left, high) in enumerate(self._corners(x, top, one)):
            self.captions[number].draw(canvas, left, high)
            room = one - self._above
            draw_photo(canvas, self.photos[number], left, high - one, self.frame_width, room)

    def _corners(self, x: float, top: float, one: float) -> Iterator[tuple[float, float]]:
        """The upper left corner of each frame."""
        for number in range(len(self.photos)):
            if self.stacked:
                yield x, top - number * (one + GAP)
            else:
                yield x + number * (self.frame_width + 2 * GAP), top

    def draw_dividers(self, canvas: Canvas, x: float, top: float, height: float) -> None:
        """Thin lines between the frames."""
        one = (height - GAP * (self._rows - 1)) / self._rows
        for left, high in list(self._corners(x, top, one))[1:]:
            if self.stacked:
                shapes.rule(canvas, left, high + GAP / 2, self.width)
            else:
                shapes.upright(canvas, left - GAP, high, height)
