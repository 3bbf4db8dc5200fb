"""A clinic's own pictures, logo and exercises: opened safely, made small and plain, drawn."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.documents import Photo
from clinic_desktop.domain.errors import ChartError

from . import shapes

MOST_DOTS: Final = 32_000_000
"""Of the picture as it comes: more than a telephone takes, and little enough to open."""
LEAST_SIDE: Final = 160
"""Dots: smaller, nothing could be made out on paper."""
LONGEST_SIDE: Final = 1000
"""Dots of the picture as it is kept: 300 to the inch where it is printed largest."""
MOST_SLIM: Final = 3.0
"""Length over breadth."""
_KINDS: Final = ("PNG", "JPEG")
_QUALITY: Final = 88
_FEW_COLORS: Final = 256
"""A line drawing has no more; it stays without loss."""
_KEPT: Final = 64

LOGO_GAP: Final = 8.0
_LOGO_HEIGHT: Final = 32.0
_LOGO_WIDTH: Final = 130.0
"""In points: it never takes room from what the patient is to read."""
_LOGO_DOTS: Final = 40_000_000
_DOTS_PER_POINT: Final = 300 / 72


@contextmanager
def _opened(content: bytes, most_dots: int) -> Iterator[Image.Image]:
    """A PNG or JPEG picture, its dots not unpacked yet. Raises ChartError saying what is wrong with
    it, also where that shows only as it is used."""
    too_large = f"has more than {most_dots // 1_000_000} million dots; save it smaller"
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that would fill the memory; its size is refused below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=_KINDS)
        with opened:
            if opened.width * opened.height > most_dots:
                raise ChartError(too_large)
            yield opened
    except ChartError:
        raise
    except Image.DecompressionBombError as problem:
        raise ChartError(too_large) from problem
    except UnidentifiedImageError as problem:
        raise ChartError("is no PNG or JPEG picture") from problem
    except Exception as problem:  # a damaged or hostile file: there is no end of ways to be one
        raise ChartError("is damaged and cannot be read") from problem


def _upright_on_white(opened: Image.Image) -> Image.Image:
    """Its dots and nothing else of the file."""
    picture = ImageOps.exif_transpose(opened)
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    colored = picture.convert("RGBA")
    plain = Image.new("RGB", colored.size, "white")
    plain.paste(colored, mask=colored.getchannel("A"))
    return plain


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture with its size on paper, in points."""

    picture: ImageReader
    width: float
    height: float

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it with its upper left corner at `x`, `top`."""
        canvas.drawImage(self.picture, x, top - self.height, self.width, self.height)


@lru_cache(maxsize=4)
def logo_of(content: bytes) -> Logo | None:
    """The logo in a PNG or JPEG file, on white; none for no content. Raises ChartError."""
    if not content:
        return None
    try:
        with _opened(content, _LOGO_DOTS) as opened:
            plain = _upright_on_white(opened)
    except ChartError as problem:
        raise ChartError(f"the clinic's logo {problem}") from problem
    scale = min(_LOGO_HEIGHT / plain.height, _LOGO_WIDTH / plain.width)
    width, height = plain.width * scale, plain.height * scale
    dots = (round(width * _DOTS_PER_POINT) or 1, round(height * _DOTS_PER_POINT) or 1)
    if dots[0] < plain.width:
        plain = plain.resize(dots)
    return Logo(ImageReader(plain), width, height)


def read_picture(content: bytes) -> Photo:
    """The picture in a PNG or JPEG file, whatever it is called: turned upright, on white, small.

    Place, time, maker and whatever else stands in the file beside its dots are left behind. Raises
    ChartError saying what is wrong with it.
    """
    with _opened(content, MOST_DOTS) as opened:
        if min(opened.size) < LEAST_SIDE:
            raise ChartError(f"is too small to print: {LEAST_SIDE} dots each way at least")
        if max(opened.size) > MOST_SLIM * min(opened.size):
            raise ChartError(f"is more than {MOST_SLIM:g} times as long as it is broad")
        return _remade(opened)


def _remade(opened: Image.Image) -> Photo:
    # A JPEG can be unpacked at a fraction of its size: half a second less for a telephone's.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    small = _upright_on_white(opened)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A picture of its own: a converted one carries remarks along, and they would be written again.
    plain = Image.new("RGB", small.size)
    plain.paste(small)
    made = io.BytesIO()
    colors = plain.getcolors(_FEW_COLORS) if opened.format == "PNG" else None
    if colors:
        (plain.convert("L") if _is_grey(plain) else plain).save(made, "PNG")
    else:
        plain.save(made, "JPEG", quality=_QUALITY)
    return Photo(made.getvalue(), *plain.size)


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = (band.tobytes() for band in picture.split())
    return red == green == blue


@lru_cache(maxsize=_KEPT)
def reader_of(content: bytes) -> ImageReader:
    """A picture, read for paper."""
    return ImageReader(io.BytesIO(content))


def draw_photo(
    canvas: Canvas, photo: Photo, x: float, y: float, width: float, height: float
) -> None:
    """Draw it as large as it can be within a rectangle, in its middle, with a thin edge."""
    scale = min(width / photo.width, height / photo.height)
    wide, high = photo.width * scale, photo.height * scale
    left, low = x + (width - wide) / 2, y + (height - high) / 2
    canvas.saveState()
    if photo.mirrored:
        canvas.translate(2 * left + wide, 0)
        canvas.scale(-1, 1)
    canvas.drawImage(reader_of(photo.content), left, low, wide, high)
    canvas.setStrokeColor(shapes.DIVIDER)
    canvas.setLineWidth(0.7)
    canvas.rect(left, low, wide, high, stroke=1, fill=0)
    canvas.restoreState()
