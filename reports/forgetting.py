"""Lets go of what is kept in memory to draw papers faster: among it are names and body charts."""

from __future__ import annotations

from typing import Final

from . import drawing, handout_pictures, pictures, text

_KEPT: Final = (
    *(text.prose, text.joint, text.break_lines),
    *(drawing.fit_drawings, drawing.form_of),
    *(handout_pictures.pictures_of, pictures.reader_of),
)


def forget() -> None:
    """Empty every store of words, drawings and pictures; the next paper fills them anew."""
    for store in _KEPT:
        store.cache_clear()
