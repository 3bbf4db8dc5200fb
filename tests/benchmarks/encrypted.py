"""What encryption, the audit trail and the anchor cost: a saved change, its flushes, unlocking.

Run: python tests/benchmarks/encrypted.py [FOLDER_ON_THE_DISK_THAT_MATTERS]

Beside each figure stands a peer from the same run: plain SQLite with the same guarantees
(write-ahead log, synchronous FULL) that stores one row a commit. Flushes are counted by strace,
where it is there: those of a change, and those of a pause, in which the log goes into the file.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3  # the peer; the program never uses it
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import record
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.passphrase_cost import Cost
from tests.records import PASSPHRASE, make_clinic, opened

ROUNDS = 400
ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import sys
from pathlib import Path
import os
from tests.benchmarks.encrypted import saver
save, pause, close = saver(Path(sys.argv[1]))
os.getppid()
for turn in range(int(sys.argv[2])):
    save(turn)
    os.getppid()
    if turn % 10 == 9:
        pause()
        os.getppid()
close()
"""


def saver(folder: Path) -> tuple[Callable[[int], None], Callable[[], bool], Callable[[], None]]:
    """One finding of one visit, saved over and over as the window does; what it does in a pause;
    and the end of it."""
    database = opened(folder)
    number = record.register_patient(database.begin, ACT, Patient(f"Case {time.time_ns()}"))
    course = record.open_chart(database.begin, ACT, number)
    visit_id = record.start_visit(database.begin, ACT, course.id, ACT.at.date())
    state = record.open_chart(database.begin, ACT, number).visits[0].visit

    def save(turn: int) -> None:
        nonlocal state
        after = state.charted(Key("gait.pain"), turn % 10)
        record.save_visit(database.begin, ACT, visit_id, state, after)
        state = after

    return save, database.checkpoint, database.close


def plain(folder: Path) -> Callable[[int], None]:
    """The peer."""
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for line in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {line}")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, at TEXT, value TEXT)")

    def save(turn: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (at, value) VALUES (?, ?)", (ACT.at.isoformat(), turn))
        connection.execute("COMMIT")

    return save


def times(save: Callable[[int], None]) -> list[float]:
    """Milliseconds of each round."""
    taken = []
    for turn in range(ROUNDS):
        begun = time.perf_counter()
        save(turn)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def told(name: str, taken: list[float]) -> float:
    """Print median and 99th percentile; gives the median."""
    middle = statistics.median(taken)
    print(f"{name:44} {middle:8.2f} {sorted(taken)[int(len(taken) * 0.99)]:8.2f}   ms (p50, p99)")
    return middle


def flushes(folder: Path, saves: int) -> tuple[list[int], list[int]]:
    """How often a file is flushed in each of so many saved changes, and in each pause after ten."""
    calls = "trace=fsync,fdatasync,getppid"
    command = ["strace", "-f", "-e", calls, sys.executable, "-c", CHILD]
    done = subprocess.run(
        [*command, str(folder), str(saves)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    # Between two marks stands what belongs together: after each save a mark, and one after a pause.
    parts = [part.count("sync(") for part in re.split(r"getppid\(\)[^\n]*", done.stderr)[1:-1]]
    pauses = parts[10::11]
    return [count for place, count in enumerate(parts) if place % 11 != 10], pauses


def main(place: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        save, _pause, close = saver(folder / "clinic")
        peer = told("plain SQLite, one row", times(plain(folder)))
        ours = told("a saved change: encrypted, audited, anchored", times(save))
        close()
        print(f"{'':44} {ours / peer:8.1f} times the peer (limit of the issue: 0.5 ms a commit)")
        if shutil.which("strace"):
            saves, pauses = flushes(folder / "flushes", 400)
            least, most = min(saves), max(saves)
            print(f"{'flushes for each of 400 saved changes':44} {least} to {most}   (wanted: 1)")
            print(f"{'flushes in each pause, apart from that':44} {min(pauses)} to {max(pauses)}")
        unlocking(folder / "locked")


def unlocking(folder: Path) -> None:
    """From the passphrase to the open record, with the cost that this computer bears."""
    make_clinic(folder)
    cost = Cost.calibrated()
    begun = time.perf_counter()
    cost.key(PASSPHRASE, bytes(16))
    deriving = (time.perf_counter() - begun) * 1000
    begun = time.perf_counter()
    database = FolderOfClinic(folder).unlock("anna", PASSPHRASE).open_record()
    opening = (time.perf_counter() - begun) * 1000
    database.close()
    name = f"one try of a passphrase, {cost.memory_kib // 1024} MiB"
    print(f"{name:44} {deriving:8.1f}   ms (wanted: about 250)")
    print(f"{'open the record behind it':44} {opening:8.1f}   ms")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
