"""Two windows on one clinic would save over each other: the second start raises the first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.single import LOCK_NAME, OnlyWindow

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.single import OnlyWindow
app = QCoreApplication([])
print(OnlyWindow(Path(sys.argv[1])).take())
"""


def second_start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(folder)],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_second_start_raises_the_first_and_ends(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    first = OnlyWindow(tmp_path)
    assert first.take()
    first.listen()
    with qtbot.waitSignal(first.raise_asked):
        second = second_start(tmp_path)
    assert second.communicate()[0] == "False\n"
    first.leave()
    third = second_start(tmp_path)
    assert third.communicate()[0] == "True\n"


def test_a_window_that_is_just_being_opened_is_raised_all_the_same(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    """It holds its place from the first moment, and listens once it is painted."""
    first = OnlyWindow(tmp_path)
    assert first.take()
    second = second_start(tmp_path)
    with qtbot.waitSignal(first.raise_asked):
        first.listen()
    assert second.communicate()[0] == "False\n"
    first.leave()


def test_another_clinics_window_is_nobodys_business(tmp_path: Path, qapp: QApplication) -> None:
    one, other = OnlyWindow(tmp_path / "one"), OnlyWindow(tmp_path / "other")
    assert one.take()
    assert other.take()
    one.leave()
    other.leave()


def test_a_lock_left_by_a_crash_or_a_full_disk_keeps_nobody_out(
    tmp_path: Path, qapp: QApplication
) -> None:
    for content in (b"", b"999999999\nclinic-desktop\nanother-host\n\n\n"):
        (tmp_path / LOCK_NAME).write_bytes(content)
        only = OnlyWindow(tmp_path)
        assert only.take(), content
        only.leave()


def test_a_window_that_was_killed_leaves_its_place(tmp_path: Path, qapp: QApplication) -> None:
    held = SECOND + "\nsys.stdout.flush()\nimport time\ntime.sleep(60)\n"
    with subprocess.Popen(
        [sys.executable, "-c", held, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ},
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        first.kill()
    only = OnlyWindow(tmp_path)
    assert only.take()
    only.leave()
