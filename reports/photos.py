"""A clinic's own pictures of exercises: read by content, made small and plain, drawn on paper."""

from __future__ import annotations

import io
import warnings
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


def read_picture(content: bytes) -> Photo:
    """The picture in a PNG or JPEG file, whatever it is called: turned upright, on white, small.

    Place, time, maker and whatever else stands in the file beside its dots are left behind. Raises
    ChartError saying what is wrong with it.
    """
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that would fill the memory; its size is refused below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=_KINDS)
        with opened:
            _check_size(*opened.size)
            return _remade(opened)
    except ChartError:
        raise
    except Image.DecompressionBombError as problem:
        raise ChartError(_too_large()) from problem
    except UnidentifiedImageError as problem:
        raise ChartError("is no PNG or JPEG picture") from problem
    except Exception as problem:  # a damaged or hostile file: there is no end of ways to be one
        raise ChartError("is damaged and cannot be read") from problem


def _too_large() -> str:
    return f"has more than {MOST_DOTS // 1_000_000} million dots; save it smaller"


def _check_size(width: int, height: int) -> None:
    """Look at what the file says of itself before any dot is unpacked. Raises ChartError."""
    if width * height > MOST_DOTS:
        raise ChartError(_too_large())
    if min(width, height) < LEAST_SIDE:
        raise ChartError(f"is too small to print: {LEAST_SIDE} dots each way at least")
    if max(width, height) > MOST_SLIM * min(width, height):
        raise ChartError(f"is more than {MOST_SLIM:g} times as long as it is broad")


def _remade(opened: Image.Image) -> Photo:
    # A JPEG can be unpacked at a fraction of its size: half a second less for a telephone's.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    small = _on_white(ImageOps.exif_transpose(opened))
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


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    colored = picture.convert("RGBA")
    plain = Image.new("RGB", colored.size, "white")
    plain.paste(colored, mask=colored.getchannel("A"))
    return plain


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
