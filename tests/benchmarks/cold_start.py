"""How long the window takes from the start of the process, beside a bare window of the same size.

    python tests/benchmarks/cold_start.py [--rounds 15] [--patients 200]

Each start is a process of its own, in turns, so that a busy machine slows both alike; the record is
filled beforehand. `painted`: the first picture is done and the event loop has nothing left to do.
`ready`: a letter typed into the search has found its patients, and these are painted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from clinic_desktop.domain.visits import Patient  # noqa: E402
from clinic_desktop.services.ports import Act  # noqa: E402
from clinic_desktop.services.record import register_patient  # noqa: E402
from tests.records import connected_clinic, make_clinic, signing_in  # noqa: E402

GOAL = 1.5
"""The program's first picture may take so many times the bare window's."""

TELL = """
import json, sys, time

def tell(**moments):
    begun = float(sys.argv[1])
    print(json.dumps({name: (moment - begun) * 1000 for name, moment in moments.items()}))
"""
BARE = (
    TELL
    + """
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPushButton
from PySide6.QtWidgets import QVBoxLayout, QWidget

app = QApplication([])
window, body = QMainWindow(), QWidget()
column = QVBoxLayout(body)
line = QLineEdit()
for widget in (QLabel("Patients"), line, QPushButton("New patient")):
    column.addWidget(widget)
window.setCentralWidget(body)
window.resize(1280, 800)
window.show()
app.processEvents()
painted = time.monotonic()
line.setText("c")
app.processEvents()
tell(painted=painted, ready=time.monotonic())
"""
)
PROGRAM = (
    TELL
    + """
from PySide6.QtWidgets import QApplication
from clinic_desktop.bootstrap import main
from ui.home import HomePage

reading = HomePage.refresh
begun_reading = []

def note_and_read(page):
    begun_reading.append(time.monotonic())  # Qt comes to it when the first picture is done
    reading(page)

HomePage.refresh = note_and_read

def measure(*_):
    while not begun_reading:
        QApplication.processEvents()
    painted = begun_reading[0]
    QApplication.processEvents()
    from PySide6.QtTest import QTest
    QTest.keyClicks(QApplication.focusWidget(), "c")
    QApplication.processEvents()
    tell(painted=painted, ready=time.monotonic())
    return 0

QApplication.exec = measure
sys.exit(main(sys.argv[2:]))
"""
)


def fill(profile: Path, patients: int) -> None:
    """A clinic with so many patients."""
    make_clinic(profile)
    database = connected_clinic(profile)
    act = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
    for number in range(patients):
        born = dt.date(1950, 1, 1) + dt.timedelta(days=97 * number)
        register_patient(database.begin, act, Patient(f"Case {number}", born))
    database.close()


def start(code: str, profile: Path) -> dict[str, float]:
    """Milliseconds from before the process was started to each state that it tells of."""
    command = [sys.executable, "-c", code, str(time.monotonic()), *signing_in(profile)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> None:
    """Start both in turns and print medians, best times and how they stand to each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--patients", type=int, default=200)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    codes = {"bare window": BARE, "clinic-desktop": PROGRAM}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in codes}
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        fill(profile, options.patients)
        for turn in range(options.rounds + 1):
            for name, code in codes.items():
                told = start(code, profile)
                if turn:  # the first of each compiles and warms the disk
                    found[name].append(told)
    print(f"{'':16} {'painted':>9} {'(best)':>9} {'ready':>9} {'(best)':>9}   ms")
    middle: dict[tuple[str, str], float] = {}
    for name, runs in found.items():
        figures = []
        for state in ("painted", "ready"):
            times = [run[state] for run in runs]
            middle[name, state] = statistics.median(times)
            figures += [middle[name, state], min(times)]
        print(f"{name:16} " + " ".join(f"{figure:9.0f}" for figure in figures))
    for state in ("painted", "ready"):
        ratio = middle["clinic-desktop", state] / middle["bare window", state]
        goal = f" (goal {GOAL})" if state == "painted" else ""
        print(f"{state}: {ratio:.2f} times the bare window{goal}")


if __name__ == "__main__":
    main()
