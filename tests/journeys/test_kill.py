"""The process dies while somebody types at the window: what it said to be saved is there.

(How old the oldest thing is that is not on the disk yet: `tests/faults/test_typing.py`.)
"""

import json
import subprocess
import sys
from pathlib import Path

from clinic_desktop.bootstrap import main
from tests.records import make_clinic

TYPE_ON_AND_ON = """
import itertools, sys, time
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from clinic_desktop.bootstrap import main
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from ui.main_window import MainWindow
from ui.demo.typist import Typist

NOTE, ANGLE = Key("note.subjective"), Key("slr.angle", Side.RIGHT)

def type_on(*_):
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    hand = Typist(window, load_catalogue())
    hand.take_window()
    hand.fill_in_patient(Patient("Case A", sex="female"))
    hand.create_patient()
    signs = angle = 0
    kept = [0, 0]
    model = window.visit.model

    def acknowledged():
        if not model.editor.save_state.pending:
            kept[:] = len(model.value(NOTE) or ""), model.value(ANGLE) or 0

    model.saved.connect(acknowledged)
    for word in itertools.count(1):
        if word % 400 == 1:  # rarely: leaving the note would hand its text on at once
            angle += 1
            hand.chart(ANGLE, angle)
        hand.go_to(NOTE)
        for sign in f"{word} ":
            hand.types(sign)
            signs += 1
            now = time.monotonic()
            QTest.qWait(5)
            print(now, signs, *kept, flush=True)

QApplication.exec = type_on
sys.exit(main(sys.argv[1:]))
"""
SAVES = 3
"""How many of the note are acknowledged, while typing goes on, before the process is killed."""


def test_killed_in_the_middle_of_typing_what_was_acknowledged_is_kept(tmp_path: Path) -> None:
    """She types without a pause, and it is saved all the same."""
    signs_in, exported = make_clinic(tmp_path / "profile"), tmp_path / "case.json"
    acknowledged, typed, angle_kept = [0], 0, 0
    with subprocess.Popen(
        [sys.executable, "-c", TYPE_ON_AND_ON, *signs_in],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            typed, signs_kept, angle_kept = map(int, line.split()[1:])
            if signs_kept > acknowledged[-1]:
                acknowledged.append(signs_kept)
            if len(acknowledged) > SAVES:
                break
        child.kill()
        for line in child.stdout:  # what it typed and said before it was gone
            if line.endswith("\n"):
                typed, signs_kept, angle_kept = map(int, line.split()[1:])
    assert len(acknowledged) > SAVES, "the window never came to typing"

    reopened = main(["export", "--patient", "1", *signs_in, "--out", str(exported)])
    assert reopened == 0
    (visit,) = json.loads(exported.read_bytes())["visits"]
    note = visit["findings"]["note.subjective"]
    everything = "".join(f"{word} " for word in range(1, typed + 2))
    assert everything.startswith(note), "nothing but what was typed, in its order"
    assert len(note) >= signs_kept
    assert visit["findings"]["slr.angle"]["right"] >= angle_kept > 0
