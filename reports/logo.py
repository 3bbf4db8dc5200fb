"""The clinic's logo: a picture made small and plain before it goes onto paper."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.errors import ChartError

LOGO_GAP: Final = 8.0
_MOST_HEIGHT: Final = 32.0
_MOST_WIDTH: Final = 130.0
"""In points: it never takes room from what the patient is to read."""
_DOTS_PER_POINT: Final = 300 / 72
_KINDS: Final = ("PNG", "JPEG")
_MOST_DOTS: Final = 40_000_000
_SIMPLE: Final = frozenset({"RGB", "RGBA", "L", "LA", "P", "PA", "1"})
"""Kinds of dots that turn into those of a page by themselves; those for a press do not."""


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
        colored = _opened(content)
    except ChartError:
        raise
    except Image.DecompressionBombError as problem:
        raise ChartError(_too_large()) from problem
    except UnidentifiedImageError as problem:
        raise ChartError("the clinic's logo must be a PNG or JPEG picture") from problem
    except Exception as problem:  # a damaged or hostile file: there is no end of ways to be one
        raise ChartError("the clinic's logo is damaged and cannot be read") from problem
    scale = min(_MOST_HEIGHT / colored.height, _MOST_WIDTH / colored.width)
    width, height = colored.width * scale, colored.height * scale
    dots = (round(width * _DOTS_PER_POINT) or 1, round(height * _DOTS_PER_POINT) or 1)
    if dots[0] < colored.width:
        colored = colored.resize(dots)
    plain = Image.new("RGB", colored.size, "white")
    plain.paste(colored, mask=colored.getchannel("A"))
    return Logo(ImageReader(plain), width, height)


def _opened(content: bytes) -> Image.Image:
    """The dots of the picture and nothing else of the file, turned upright. Raises ChartError."""
    with warnings.catch_warnings():
        # Pillow only warns of a picture that would fill the memory; its size is refused below.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        opened = Image.open(io.BytesIO(content), formats=_KINDS)
    with opened:
        # What the file says of itself, before any dot is unpacked.
        if opened.width * opened.height > _MOST_DOTS:
            raise ChartError(_too_large())
        upright = ImageOps.exif_transpose(opened)
        plain = upright if upright.mode in _SIMPLE else upright.convert("RGB")
        return plain.convert("RGBA")


def _too_large() -> str:
    return "the clinic's logo has too many dots; please save it smaller"
