"""Somebody types at the real window on a disk that takes seconds, and the system ends the program.

Run as `python -m tests.faults.sitting HOW PROFILE LIBRARY`, with the library of `preload.c` loaded.
Prints what was counted as one line of JSON; what is in the record then, the test looks up itself.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from clinic_desktop import bootstrap
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.catalogue_files import load_catalogue
from tests.records import make_clinic
from tests.settled import all_done
from ui.leaving import Leaving
from ui.main_window import MainWindow
from ui.typist import Typist
from ui.worker import writer

NOTE, RESULT = Key("note.subjective"), Key("slr.result", Side.RIGHT)
SLOW_MS = 3000
TYPED = "pain since March, worse on stairs"


class Sitting:
    """One visit: a sign charted, whose saving takes its time, and a note that is still typed."""

    def __init__(self, library: Path, ends: Callable[[], object]) -> None:
        self._slow = ctypes.c_int.in_dll(ctypes.CDLL(str(library)), "slow_flushes_ms")
        self._ends = ends
        self.beats = self.keys = 0
        self._pulse = QTimer()
        self._pulse.timeout.connect(self._beat)

    def begin(self) -> None:
        """Open the visit, and let the disk be slow from then on."""
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        self.hand = Typist(window, load_catalogue())
        self.hand.take_window()
        self.hand.fill_in_patient(Patient("Case A", sex="female"))
        self.hand.create_patient()
        self.hand.go_to(NOTE)
        all_done()
        self.window = window
        self._slow.value = SLOW_MS
        assert window.visit is not None
        window.visit.model.record(RESULT, "positive")
        self._pulse.start(5)

    def _beat(self) -> None:
        """Type on while the save is under way; once everything is typed, the system ends it."""
        self.beats += 1
        if not writer().busy:
            raise AssertionError("the disk was quicker than the fault that was injected")
        if self.keys < len(TYPED):
            self.hand.types(TYPED[self.keys])
            self.keys += 1
        elif self.beats > 2 * len(TYPED):
            self._pulse.stop()
            self._ends()


def ask_to_end_the_session() -> None:
    """What Qt tells as the session ends (no test can make its QSessionManager, so what it calls is
    called); then the system ends the program."""
    app = QApplication.instance()
    leaving = app.findChild(Leaving) if app is not None else None
    assert isinstance(leaving, Leaving)
    leaving.on_session_end()
    os.kill(os.getpid(), signal.SIGKILL)


HOW: dict[str, Callable[[], object]] = {
    "SIGTERM": lambda: os.kill(os.getpid(), signal.SIGTERM),
    "SIGINT": lambda: os.kill(os.getpid(), signal.SIGINT),
    "close": lambda: next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)
    ).close(),
    "session": ask_to_end_the_session,
}


def main(how: str, profile: str, library: str) -> None:
    """Sit down, type, and be ended."""
    signs_in = make_clinic(Path(profile))
    sitting = Sitting(Path(library), HOW[how])
    really = QApplication.exec

    def exec_(*_: object) -> int:
        QTimer.singleShot(0, sitting.begin)
        return really()

    QApplication.exec = exec_  # type: ignore[method-assign]
    status = bootstrap.main([*signs_in])
    counted = {"exit": status, "turns while a flush took 3 s": sitting.beats}
    sys.stdout.write(json.dumps(counted) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
