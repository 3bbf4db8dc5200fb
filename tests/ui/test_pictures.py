"""The windows look as they did when somebody last looked at them and found them good.

After a change of looks that is meant: `python3 dev.py pictures --accept`, and commit the pictures
after a look at them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.pictures.accepted import COMMAND, FOLDER, beside_each_other, difference, reduced
from tests.pictures.all_scenes import SCENES
from ui.tokens import LIGHT
from ui.typeface import BODY, font

ROOT: Final = Path(__file__).parents[2]
ACCEPTED: Final = sorted(file.name for file in FOLDER.glob("*.png"))
MOST_BYTES: Final = 1_500_000
"""Of all accepted pictures together: they are in every copy of the project."""

pytestmark = pytest.mark.xdist_group("pictures")


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pictures as the windows look now, taken by a program of its own: whatever
    other tests left behind, it begins anew."""
    folder = tmp_path_factory.mktemp("present")
    command = [sys.executable, "-m", "tests.pictures", "--compared", "--out", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ACCEPTED)
def test_the_window_looks_as_it_was_accepted(present: Path, tmp_path: Path, name: str) -> None:
    accepted, now = QImage(str(FOLDER / name)), QImage(str(present / name))
    found = difference(accepted, now)
    if found is None:
        return
    seen = tmp_path / name
    assert beside_each_other(accepted, now, found).save(str(seen))
    pytest.fail(
        f"{len(found.squares)} squares look otherwise, by {found.most:.0f} of 255. Accepted,"
        f" present and difference side by side: {seen}. If it is meant: {COMMAND}"
    )


def test_each_scene_to_compare_has_its_picture() -> None:
    scenes = {scene.name for scene in SCENES if scene.accepted}
    assert {name.rpartition("-")[0] for name in ACCEPTED} == scenes
    assert sum((FOLDER / name).stat().st_size for name in ACCEPTED) < MOST_BYTES


def _words(x: float, bold: bool = False) -> QImage:
    """A line of text on a form, as it is kept."""
    image = QImage(1280, 800, QImage.Format.Format_RGB32)
    image.fill(LIGHT.surface)
    painter = QPainter(image)
    painter.setPen(LIGHT.ink2)
    painter.setFont(font(BODY, bold))
    painter.drawText(QPointF(x, 100), "first symptom")
    painter.end()
    return reduced(image)


def test_letters_that_are_smoothed_otherwise_are_no_difference(qapp: QApplication) -> None:
    """Half a px to the side gives each edge other greys, as another machine might."""
    assert difference(_words(100), _words(100.5)) is None


def test_a_word_that_is_bold_or_moved_is_a_difference(qapp: QApplication) -> None:
    assert difference(_words(100), _words(100, bold=True)) is not None
    assert difference(_words(100), _words(104)) is not None
