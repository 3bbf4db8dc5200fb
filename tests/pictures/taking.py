"""Plays scenes and takes their pictures: each scheme, each size, one language at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.settled import all_done
from ui import style

from .clinic import make_clinic
from .scene import Scene
from .stage import LEAST, USUAL, Stage


@dataclass(frozen=True, slots=True)
class View:
    """One way of showing a scene."""

    scheme: style.Scheme
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """As in `light-1280x800`."""
        return f"{self.scheme}-{self.size[0]}x{self.size[1]}"


def usual_views() -> tuple[View, ...]:
    """Both sizes in light, the larger one in each other scheme."""
    others = [scheme for scheme in style.Scheme if scheme not in {"system", "light"}]
    light = style.Scheme.LIGHT
    return (View(light, USUAL), View(light, LEAST), *(View(other, USUAL) for other in others))


def play_scenes(
    scenes: Iterable[Scene], then: Callable[[Scene, Stage], None], at: style.Scheme
) -> None:
    """Play each on a fresh stage, dressed in a scheme, and do something while it stands."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setCursorFlashTime(0)  # a caret that blinks is in one picture and not in the next
    with tempfile.TemporaryDirectory(prefix="clinic-desktop-pictures-") as folder:
        clinic = Path(folder) / "made"
        numbers = make_clinic(clinic)
        for scene in scenes:
            style.apply(app, at)
            with Stage(clinic, numbers, Path(folder) / "clinic") as stage:
                scene.play(stage)
                settle()
                then(scene, stage)


def photographed(stage: Stage, views: Iterable[View]) -> Iterator[tuple[View, QImage]]:
    """The window in front in each of the views."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for view in views:
        style.apply(app, view.scheme)
        stage.shown.resize(*view.size)
        settle()
        yield view, stage.shown.grab().toImage()


def view_named(name: str) -> View:
    """The view of a name such as `light-1280x800`, of any size. Raises ValueError."""
    scheme, _dash, size = name.partition("-")
    wide, high = map(int, size.split("x"))
    return View(style.Scheme(scheme), (wide, high))


SETTLING: Final = 3


def settle() -> None:
    """Let what was put off happen: work beside the window, layouts, sections built late."""
    for _round in range(SETTLING):
        all_done()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
