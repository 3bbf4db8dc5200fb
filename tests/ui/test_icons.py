"""The project's own icons: one stroke on one grid, in the colour of the scheme."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui.widgets.buttons import Button, Look
from ui.widgets.icons import GRID, STROKE, icon_path
from ui.widgets.program_icon import program_icon

FOLDER = Path(__file__).parents[2] / "resources" / "icons"
ICONS = sorted(file.stem for file in FOLDER.iterdir())


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_one_stroke_on_the_grid(name: str) -> None:
    drawn = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert f'viewBox="0 0 {GRID} {GRID}" fill="none" stroke="currentColor"' in drawn
    assert f'stroke-width="{STROKE}"' in drawn
    box = icon_path(name).boundingRect()
    assert box.left() >= 2
    assert box.top() >= 2
    assert box.right() <= GRID - 2
    assert box.bottom() <= GRID - 2
    numbers = map(float, re.findall(r"\d+\.?\d*", drawn.partition(' d="')[2]))
    assert all(number * 2 == int(number * 2) for number in numbers)


def test_an_icon_stands_beside_its_word_and_makes_room_for_it(qapp: QApplication) -> None:
    plain, with_icon = Button("Lock", Look.LINK), Button("Lock", Look.LINK).with_icon("lock")
    assert with_icon.text() == "Lock"
    assert with_icon.sizeHint().width() > plain.sizeHint().width() + GRID


def test_the_program_has_its_icon_in_each_size_that_task_bars_take(qapp: QApplication) -> None:
    assert {size.width() for size in program_icon().availableSizes()} >= {16, 32, 48}
