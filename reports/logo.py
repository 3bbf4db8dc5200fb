"""The clinic's logo: a picture made small and plain before it goes onto paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, UnidentifiedImageError
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
        with Image.open(io.BytesIO(content), formats=_KINDS) as opened:
            if opened.width * opened.height > _MOST_DOTS:
                raise ChartError("the clinic's logo has too many dots; please save it smaller")
            colored = opened.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise ChartError("the clinic's logo must be a PNG or JPEG picture") from problem
    except (OSError, SyntaxError, ValueError) as problem:
        raise ChartError("the clinic's logo is damaged and cannot be read") from problem
    scale = min(_MOST_HEIGHT / colored.height, _MOST_WIDTH / colored.width)
    width, height = colored.width * scale, colored.height * scale
    dots = (round(width * _DOTS_PER_POINT) or 1, round(height * _DOTS_PER_POINT) or 1)
    if dots[0] < colored.width:
        colored = colored.resize(dots)
    plain = Image.new("RGB", colored.size, "white")
    plain.paste(colored, mask=colored.getchannel("A"))
    return Logo(ImageReader(plain), width, height)
