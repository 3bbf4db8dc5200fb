"""The manual's pictures: of the scenes that it names, small, in docs/pictures; those of another
language than English in a folder of its own there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtGui import QImage

from clinic_desktop.services.words.translation import ENGLISH
from ui import style
from ui.languages import speak

from .all_scenes import named
from .scene import Scene
from .stage import LEAST, USUAL, Stage
from .taking import View, photographed, play_scenes

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
MANUAL: Final = DOCS / "manual.md"
PICTURES: Final = DOCS / "pictures"
WIDE: Final = frozenset({"visit-red-flag"})
"""Scenes in which the panel must stand beside the form."""
COLOURS: Final = 64
"""Of a picture: the window has few, and smooth edges."""


def scenes_of_manual() -> list[Scene]:
    """The scenes whose pictures stand in the manual, each named after its picture."""
    names = re.findall(r"\(pictures/([a-z0-9-]+)\.png\)", MANUAL.read_text(encoding="utf-8"))
    return named(dict.fromkeys(names))


def pictures_in(language: str) -> Path:
    """The folder of a language's pictures."""
    return PICTURES if language == ENGLISH else PICTURES / language


def write_pictures(language: str) -> tuple[Path, ...]:
    """Take those of a language anew; what the manual no longer names is removed."""
    folder = pictures_in(language)
    folder.mkdir(parents=True, exist_ok=True)
    speak(language)
    written: list[Path] = []

    def take(scene: Scene, stage: Stage) -> None:
        size = USUAL if scene.name in WIDE else LEAST
        for _view, image in photographed(stage, [View(style.Scheme.LIGHT, size)]):
            written.append(folder / f"{scene.name}.png")
            _small(image).save(written[-1], optimize=True)

    play_scenes(scenes_of_manual(), take, style.Scheme.LIGHT)
    for old in set(folder.glob("*.png")) - set(written):
        old.unlink()
    return tuple(written)


def _small(image: QImage) -> Image.Image:
    """The picture with one byte a dot."""
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    whole = Image.frombuffer(
        "RGB", (flat.width(), flat.height()), bytes(flat.constBits()), "raw", "RGB",
        flat.bytesPerLine(), 1,
    )  # fmt: skip
    return whole.quantize(COLOURS, dither=Image.Dither.NONE)
