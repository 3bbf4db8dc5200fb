"""Somebody types at the real window while a flush does not end, and the system ends the program.

Run as `python -m tests.faults.sitting HOW PROFILE LIBRARY`, with the library of `preload.c` loaded.
Prints what was counted as one line of JSON; what is in the record then, the test looks up itself.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from clinic_desktop import bootstrap
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from tests.records import make_clinic
from tests.settled import all_done
from ui.demo.typist import Typist
from ui.leaving import Leaving
from ui.main_window import MainWindow
from ui.work.worker import writer

NOTE, RESULT = Key("note.subjective"), Key("slr.result", Side.RIGHT)
LET_GO_AFTER = 0.3
"""Seconds from the end of the program to that of the flush: some, so that the end has begun; what
must hold holds whichever is first."""
TYPED = "pain since March, worse on stairs"


class Sitting:
    """One visit: a sign charted, whose saving takes its time, and a note that is still typed."""

    def __init__(self, library: Path, ends: Callable[[], object]) -> None:
        self._hold = ctypes.c_int.in_dll(ctypes.CDLL(str(library)), "hold_flushes")
        self._ends = ends
        self.beats = self.keys = 0
        self._pulse = QTimer()
        self._pulse.timeout.connect(self._beat)

    def begin(self) -> None:
        """Open the visit, and let no flush end from then on."""
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        self.hand = Typist(window, load_catalogue())
        self.hand.take_window()
        self.hand.fill_in_patient(Patient("Case A", sex="female"))
        self.hand.create_patient()
        self.hand.go_to(NOTE)
        all_done()
        self.window = window
        self._hold.value = 1
        assert window.visit is not None
        window.visit.model.record(RESULT, "positive")
        self._pulse.start(5)

    def _beat(self) -> None:
        """Type on while the save is under way; once everything is typed, the system ends it."""
        self.beats += 1
        if not writer().busy:
            raise AssertionError("acknowledged, and not flushed")
        if self.keys < len(TYPED):
            self.hand.types(TYPED[self.keys])
            self.keys += 1
        elif self.beats > 2 * len(TYPED):
            self._pulse.stop()
            threading.Timer(LET_GO_AFTER, self._let_go).start()
            self._ends()

    def _let_go(self) -> None:
        """In a thread of its own: the window's may wait for just this."""
        self._hold.value = 0


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
    counted = {"exit": status, "turns while a flush did not end": sitting.beats}
    sys.stdout.write(json.dumps(counted) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
