"""The system ends the program while something is typed: it is saved, nothing is asked, it ends.

Line 10 of reliability.md, section 7: SIGTERM, SIGHUP and Ctrl+C, at the real window in a process of
its own. (Sleep and idleness: `tests/ui/test_reception.py`.)
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic_desktop.domain.values import Key
from tests.faults.oracle import Ledger, look
from tests.records import connected_clinic, make_clinic

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the signals of Unix"),
    pytest.mark.timeout(600),
]

NOTE = Key("note.subjective")
TEXT = "pain since the last long run"
TYPE_AND_WAIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from clinic_desktop.bootstrap import main
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from ui.main_window import MainWindow
from ui.demo.typist import Typist

NOTE, TEXT = Key("note.subjective"), sys.argv.pop(1)
run = QApplication.exec

def type_it():
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    hand = Typist(window, load_catalogue())
    hand.take_window()
    hand.fill_in_patient(Patient("Case A", sex="female"))
    hand.create_patient()
    hand.go_to(NOTE)
    hand.types(TEXT)
    print("typed", flush=True)

def run_and_type(*_):
    QTimer.singleShot(0, type_it)
    return run()

QApplication.exec = run_and_type
sys.exit(main(sys.argv[1:]))
"""


SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


def test_what_is_typed_is_saved_and_nothing_is_asked(
    tmp_path: Path, tries: Callable[[int, int], int]
) -> None:
    """At once after the last key, when the field has not even handed its text on. By each of the
    signals with `--long`."""
    for name in SIGNALS[: tries(1, len(SIGNALS))]:
        ended_by(name, tmp_path / name)


def ended_by(name: str, profile: Path) -> None:
    """Type, end the program, look."""
    signs_in = make_clinic(profile)
    with subprocess.Popen(
        [sys.executable, "-c", TYPE_AND_WAIT, TEXT, *signs_in],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        child.send_signal(getattr(signal, name))
        _rest, complained = child.communicate(timeout=120)
    assert child.returncode == 0, complained
    database = connected_clinic(profile)
    with database.begin() as work:
        (visit,) = (stored.visit for stored in work.course_of_visit(1).visits)
    database.close()
    assert visit.findings[NOTE] == TEXT
    look(profile, Ledger())
