"""The process dies while somebody types at the window: what was typed a second before is there."""

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
from clinic_desktop.services.catalogue_files import load_catalogue
from ui.main_window import MainWindow
from ui.typist import Typist

NOTE, ANGLE = Key("note.subjective"), Key("slr.angle", Side.RIGHT)

def type_on(*_):
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    hand = Typist(window, load_catalogue())
    hand.take_window()
    hand.fill_in_patient(Patient("Case A", sex="female"))
    hand.create_patient()
    signs = angle = 0
    for word in itertools.count(1):
        if word % 400 == 1:  # rarely: leaving the note would hand its text on at once
            angle += 1
            hand.chart(ANGLE, angle)
        hand.go_to(NOTE)
        for sign in f"{word} ":
            hand.types(sign)
            signs += 1
            # Whatever was due by now is done by the time that the line is out.
            now = time.monotonic()
            QTest.qWait(5)
            print(now, signs, angle, flush=True)

QApplication.exec = type_on
sys.exit(main(sys.argv[1:]))
"""
A_SECOND = 1.0
LONG_ENOUGH = 2.5
"""Seconds of typing before the process is killed, so that some of it is older than a second."""


def test_killed_in_the_middle_of_typing_all_but_the_last_second_is_kept(tmp_path: Path) -> None:
    signs_in, exported = make_clinic(tmp_path / "profile"), tmp_path / "case.json"
    lines: list[tuple[float, int, int]] = []
    with subprocess.Popen(
        [sys.executable, "-c", TYPE_ON_AND_ON, *signs_in],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            moment, signs, angle = line.split()
            lines.append((float(moment), int(signs), int(angle)))
            if lines[-1][0] - lines[0][0] > LONG_ENOUGH:
                break
        child.kill()
    assert lines, "the window never came to typing"
    end = lines[-1][0]
    _then, signs_kept, angle_kept = [line for line in lines if end - line[0] > A_SECOND][-1]

    reopened = main(["export", "--patient", "1", *signs_in, "--out", str(exported)])
    assert reopened == 0
    (visit,) = json.loads(exported.read_bytes())["visits"]
    note = visit["findings"]["note.subjective"]
    everything = "".join(f"{word} " for word in range(1, lines[-1][1] + 1))
    assert everything.startswith(note), "nothing but what was typed, in its order"
    assert len(note) >= signs_kept
    assert visit["findings"]["slr.angle"]["right"] >= angle_kept > 0
