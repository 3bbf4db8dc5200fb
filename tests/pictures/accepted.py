"""Small grey pictures that were looked at and found good, and how others are held against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from ui.style import Scheme

from .scene import Scene
from .stage import USUAL, Stage
from .taking import View, photographed, play_scenes

FOLDER: Final = Path(__file__).parent / "accepted"
COMMAND: Final = "python3 dev.py pictures --accept"
WIDTH: Final = 320
"""Of a kept picture, in px: a quarter of the window's. A word that moved shows, a letter that is
smoothed otherwise does not."""
BLOCK: Final = 4
"""Side of the squares that are compared, in px of a kept picture: 16 px of the window, a letter or
two."""
TOLERANCE: Final = 3.0
"""How far the mean grey of a square may be off, of 255. Letters that are smoothed otherwise move it
by 0.5, for what darkens one dot lightens the next; a word that moved by 4 px moves it by 4, one in
bold by 12 (`tests/ui/test_pictures.py` tries all three)."""
IN_ALL_SCHEMES: Final = frozenset({"controls", "home-search", "visit-nerves-charted"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What a picture shows otherwise than the accepted one."""

    squares: tuple[tuple[int, int], ...]
    """Upper left corners, in px of a kept picture."""
    most: float
    """How far the worst square is off, of 255."""


def kept_pictures(scenes: list[Scene], folder: Path) -> Iterator[Path]:
    """Write the scenes that are compared, as small and grey as they are kept; gives each file."""
    files: list[Path] = []

    def keep(scene: Scene, stage: Stage) -> None:
        for view, image in photographed(stage, _views(scene)):
            file = folder / f"{scene.name}-{view.scheme}.png"
            if not reduced(image).save(str(file)):
                raise OSError(f"{file} could not be written")
            files.append(file)

    play_scenes([scene for scene in scenes if scene.accepted], keep, Scheme.LIGHT)
    yield from files


def _views(scene: Scene) -> list[View]:
    every = [scheme for scheme in Scheme if scheme is not Scheme.SYSTEM]
    schemes = every if scene.name in IN_ALL_SCHEMES else [Scheme.LIGHT]
    return [View(scheme, USUAL) for scheme in schemes]


def reduced(image: QImage) -> QImage:
    """A picture as it is kept."""
    small = image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    small.setDevicePixelRatio(1)
    return small.convertToFormat(QImage.Format.Format_Grayscale8)


def difference(accepted: QImage, present: QImage) -> Difference | None:
    """Where two kept pictures differ by more than the tolerance; None where nowhere."""
    if accepted.size() != present.size():
        return Difference(((0, 0),), 255.0)
    found: list[tuple[int, int]] = []
    most = 0.0
    theirs, ours = _lines(accepted), _lines(present)
    for top in range(0, accepted.height(), BLOCK):
        for left in range(0, accepted.width(), BLOCK):
            off = abs(_mean(theirs, left, top) - _mean(ours, left, top))
            if off > TOLERANCE:
                found.append((left, top))
                most = max(most, off)
    return Difference(tuple(found), most) if found else None


def _lines(image: QImage) -> list[bytes]:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    dots, pitch = bytes(image.constBits()), image.bytesPerLine()
    return [dots[y * pitch : y * pitch + image.width()] for y in range(image.height())]


def _mean(lines: list[bytes], left: int, top: int) -> float:
    square = [line[left : left + BLOCK] for line in lines[top : top + BLOCK]]
    return sum(map(sum, square)) / sum(map(len, square))


def beside_each_other(accepted: QImage, present: QImage, found: Difference) -> QImage:
    """The accepted picture, the present one, and the present one with what differs framed."""
    size = present.size().expandedTo(accepted.size())
    sheet = QImage(3 * size.width(), size.height(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    for place, image in enumerate((accepted, present, present)):
        painter.drawImage(place * size.width(), 0, image)
    painter.setPen(Qt.GlobalColor.red)
    for left, top in found.squares:
        painter.drawRect(2 * size.width() + left, top, BLOCK - 1, BLOCK - 1)
    painter.end()
    return sheet
