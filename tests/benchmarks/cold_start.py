"""How long the start takes, beside bare windows that do the least that could be done.

    python tests/benchmarks/cold_start.py [--rounds 15] [--patients 200]

Each start is a process of its own, in turns, so that a busy machine slows all alike; the record is
filled beforehand. The states:

`painted`: the entrance, where the passphrase is asked for, is on the screen. Its peer is a bare
window with three widgets. (`bare, names` is the same after it has named one thing of Qt's own
namespace and of QStyle: PySide then makes all their enumerations, as any real window has it do.)
`home`: the list of patients is on the screen, of a start whose passphrase is given at once. Its
peer opens the same record with the same cipher and cost, the key derived in a thread while the ORM
is imported and 25 classes are mapped, and lists the same patients.
`let in`: from Return after the passphrase, typed a second and a half after the entrance was
painted, to the list of patients. Its peer does the same with everything imported beforehand.
`MB`: what the process held then (resident).
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

from clinic_desktop.bootstrap import PROFILE_VARIABLE  # noqa: E402
from clinic_desktop.domain.acts import Act  # noqa: E402
from clinic_desktop.domain.documents import Clinic  # noqa: E402
from clinic_desktop.domain.visits import Patient  # noqa: E402
from clinic_desktop.services.access.front_door import FrontDoor  # noqa: E402
from clinic_desktop.services.access.new_user import NewUser  # noqa: E402
from clinic_desktop.services.record import register_patient  # noqa: E402
from clinic_desktop.storage.clinic_files import FolderOfClinic  # noqa: E402
from clinic_desktop.storage.places import Places  # noqa: E402
from tests.records import PASSPHRASE  # noqa: E402

GOALS = {"painted": 1.5, "home": 1.2, "let in": 1.2}
"""The program may take so many times its peer's (performance.md, section 8)."""
MEMORY_GOALS = {"painted": 1.3, "home": 1.5}

TELL = """
import json, sys, time

begun, profile, passphrase = float(sys.argv[1]), sys.argv[2], sys.argv[3]

def megabytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6

def tell(state, since=begun):
    now = time.monotonic()
    print(json.dumps([state, (now - since) * 1000, megabytes()]), flush=True)
"""
BARE = (
    TELL
    + """
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QMainWindow
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

def bare_window(*widgets):
    window, body = QMainWindow(), QWidget()
    column = QVBoxLayout(body)
    for widget in widgets:
        column.addWidget(widget)
    window.setCentralWidget(body)
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    return window

def first_window():
    return bare_window(QLabel("Patients"), QLineEdit(), QPushButton("New patient"))

def import_and_map():
    import sqlcipher3, sqlalchemy
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
    class Base(DeclarativeBase):
        pass
    for number in range(25):
        columns = {f"c{place}": mapped_column(sqlalchemy.String) for place in range(10)}
        names = {"__tablename__": f"t{number}"}
        names["id"] = mapped_column(sqlalchemy.Integer, primary_key=True)
        type(f"T{number}", (Base,), names | columns)
    sqlalchemy.orm.configure_mappers()
    return sqlcipher3, sqlalchemy

def unlock(found):
    from clinic_desktop.storage.vault import Vault
    from clinic_desktop.storage.places import Places
    from pathlib import Path
    places = Places(Path(profile))
    found.append((places.record(), Vault(places.vault).unlock("anna", passphrase).keys))

def names_in(file, keys, sqlcipher3, sqlalchemy):
    def connect():
        raw = sqlcipher3.connect(str(file))
        raw.execute(f'PRAGMA key = "x\\'{keys.database.hex()}{keys.salt.hex()}\\'"')
        return raw
    engine = sqlalchemy.create_engine("sqlite://", creator=connect)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name FROM patients ORDER BY name LIMIT 50")
        return [row[0] for row in rows]

app = QApplication([])
"""
)
BARE_PAINTED = BARE + "window = first_window()\ntell('painted')\n"
BARE_WITH_NAMES = (
    BARE
    + """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle
named = Qt.AlignmentFlag.AlignLeft, QStyle.StateFlag.State_Active
window = first_window()
tell('painted')
"""
)
BARE_HOME = (
    BARE
    + """
import threading
found = []
thread = threading.Thread(target=unlock, args=(found,))
thread.start()
modules = import_and_map()
thread.join()
box = QListWidget()
box.addItems(names_in(*found[0], *modules))
window = bare_window(box)
tell("home")
"""
)
BARE_LET_IN = (
    BARE
    + """
modules = import_and_map()
window = first_window()
asked, found = time.monotonic(), []
unlock(found)
box = QListWidget()
box.addItems(names_in(*found[0], *modules))
second = bare_window(box)
tell("let in", asked)
"""
)
PROGRAM = (
    TELL
    + """
from clinic_desktop.bootstrap import main
import ui
from PySide6.QtWidgets import QApplication

def shown(name):
    return next((w for w in QApplication.topLevelWidgets()
                 if type(w).__name__ == name and w.isVisible()), None)

def turn():
    QApplication.processEvents()
    time.sleep(0.001)  # an event loop that waits lets other threads run, too

def until_home():
    while (window := shown("MainWindow")) is None:
        turn()
    while not window.home.results.model().rowCount():
        turn()
    QApplication.processEvents()
"""
)
PROGRAM_PAINTED = (
    PROGRAM
    + """
def measure(*_):
    QApplication.processEvents()
    assert shown("Entrance")
    tell("painted")
    return 0

QApplication.exec = measure
sys.exit(main([]))  # as from an icon
"""
)
PROGRAM_HOME = (
    PROGRAM
    + """
def measure(*_):
    until_home()
    tell("home")
    return 0

QApplication.exec = measure
sys.exit(main(["--profile", profile, "--key-file", profile + "/../key"]))
"""
)
PROGRAM_LET_IN = (
    PROGRAM
    + """
def measure(*_):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    typed = time.monotonic() + 1.5
    while time.monotonic() < typed:
        QApplication.processEvents()
        time.sleep(0.005)
    line = shown("Entrance").findChild(object, "sign_in_passphrase")
    line.setText(passphrase)
    asked = time.monotonic()
    QTest.keyClick(line, Qt.Key.Key_Return)
    until_home()
    tell("let in", asked)
    return 0

QApplication.exec = measure
sys.exit(main([]))  # as from an icon
"""
)
CODES = {
    ("painted", "bare"): BARE_PAINTED,
    ("painted", "bare, names"): BARE_WITH_NAMES,
    ("painted", "program"): PROGRAM_PAINTED,
    ("home", "bare"): BARE_HOME,
    ("home", "program"): PROGRAM_HOME,
    ("let in", "bare"): BARE_LET_IN,
    ("let in", "program"): PROGRAM_LET_IN,
}


def fill(profile: Path, patients: int) -> None:
    """A clinic with so many patients, its passphrase as dear as this computer bears."""
    (profile.parent / "key").write_text(PASSPHRASE + "\n")
    door = FrontDoor(FolderOfClinic(profile), profile, lambda: dt.datetime.now(dt.UTC))
    door.make_clinic(Clinic("Bench"), NewUser("anna", "Anna Muster", "PT"), PASSPHRASE).lock()
    database = FolderOfClinic(profile).unlock("anna", PASSPHRASE).open_record()
    act = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
    for number in range(patients):
        born = dt.date(1950, 1, 1) + dt.timedelta(days=97 * number)
        register_patient(database.begin, act, Patient(f"Case {number}", born))
    database.close()
    assert Places(profile).record().exists()


def start(code: str, profile: Path) -> tuple[float, float]:
    """Milliseconds to the state, and megabytes then."""
    # An installed program has its byte code, whatever the environment of the measurer says.
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(profile.parent / "compiled")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env[PROFILE_VARIABLE] = str(profile)
    command = [sys.executable, "-c", code, str(time.monotonic()), str(profile), PASSPHRASE]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    _state, took, megabytes = json.loads(done.stdout.splitlines()[-1])
    return took, megabytes


def main() -> None:
    """Start all in turns and print medians, best times and how they stand to each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--patients", type=int, default=200)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: dict[tuple[str, str], list[tuple[float, float]]] = {name: [] for name in CODES}
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "clinic"
        profile.mkdir()
        fill(profile, options.patients)
        for turn in range(options.rounds + 1):
            for name, code in CODES.items():
                told = start(code, profile)
                if turn:  # the first of each compiles and warms the disk
                    found[name].append(told)
    tell_all(found)


def tell_all(found: dict[tuple[str, str], list[tuple[float, float]]]) -> None:
    """Print each state of both, and how the program stands to its peer."""
    print(f"{'':18} {'ms':>7} {'(best)':>8} {'MB':>6}")
    middle = {}
    for name, runs in found.items():
        times, sizes = zip(*runs, strict=True)
        middle[name] = statistics.median(times), statistics.median(sizes)
        took, held = middle[name]
        print(f"{' '.join(name):18} {took:7.0f} {min(times):8.0f} {held:6.0f}")
    for state, goal in GOALS.items():
        (bare, bare_mb), (took, held) = middle[state, "bare"], middle[state, "program"]
        memory = MEMORY_GOALS.get(state)
        limit = f" (goal {memory})" if memory else ""
        print(
            f"{state}: {took / bare:.2f} times its peer (goal {goal}),"
            f" memory {held / bare_mb:.2f} times{limit}"
        )


if __name__ == "__main__":
    main()
