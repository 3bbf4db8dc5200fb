"""The windows at 100 to 200 %, from the smallest size to a wide screen: nothing is cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fitting import faults_of
from ui.tokens import INSET

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (
    "controls,first-start-refused,sign-in-wrong,home-search,new-patient-error,"
    "visit-story-charted,visit-screen-charted,visit-nerves-charted,visit-hamstring-charted,"
    "visit-plan-charted,visit-red-flag,visit-error,visit-retest,visit-changes,visit-signed,"
    "visit-older,palette,keys,history,patient-sheet,course-*,paper-handout,paper-letter,"
    "clinic,clinic-people,clinic-roles,audit"
)
"""Without the panel over the form: a drawer covers what is beneath."""
SIZES: Final = {"1": ("1024x700", "1280x800", "2560x1440")}
"""At other scales a window has as many px of its own, and the screen has more."""
USUAL_SIZES: Final = ("1024x700", "1280x800")


@pytest.mark.timeout(900)
@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_nothing_is_cut_off_covered_or_overlapping(scale: str) -> None:
    """Each scale in a program of its own: Qt takes it as it starts."""
    sizes = SIZES.get(scale, USUAL_SIZES)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fitting", PAGES, *sizes],
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": scale, "TZ": "UTC"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_a_label_that_is_too_narrow_is_noticed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("Straight leg raise", window)
    label.setGeometry(INSET, INSET, 40, 20)
    window.show()
    assert [fault.partition(":")[0] for fault in faults_of(window)] == ["cut off by its own widget"]


def test_two_labels_in_one_place_are_noticed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for words in ("Slump", "Bridge"):
        QLabel(words, window).setGeometry(INSET, INSET, 80, 20)
    window.show()
    assert any("lies over" in fault for fault in faults_of(window))
