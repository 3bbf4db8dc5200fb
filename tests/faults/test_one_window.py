"""One window a record: of many that start at one moment one wins, a frozen one is not pushed out.

Lines 36 and 37 of reliability.md, section 7. (A lock that is empty, of another host, or left by one
that was killed: `tests/ui/test_single.py`. Commands at one moment: `test_races_and_clocks.py`.)
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.running import ROOT
from ui.single import LOCK_NAME, OnlyWindow

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the signals of Unix"),
    pytest.mark.timeout(600),
]

STARTS = 20
START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.single import OnlyWindow
app = QCoreApplication([])
only = OnlyWindow(Path(sys.argv[1]))
sys.stdin.readline()
won = only.take()
if won:
    only.listen()
print(won, flush=True)
sys.stdin.readline()
"""


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go(*starts: subprocess.Popen[str]) -> None:
    for one in starts:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()


def answer(one: subprocess.Popen[str]) -> bool:
    assert one.stdout is not None
    return one.stdout.readline() == "True\n"


def test_of_twenty_that_start_at_one_moment_one_has_the_window(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    rounds = tries(1, 10)
    for turn in range(rounds):
        folder = tmp_path / str(turn)
        starts = [start(folder) for _start in range(STARTS)]
        go(*starts)
        won = [answer(one) for one in starts]
        go(*starts)
        for one in starts:
            one.communicate()
        assert sum(won) == 1
    record_property("windows that raced, one of each twenty won", STARTS * rounds)


@pytest.mark.usefixtures("qapp")
def test_a_holder_that_is_frozen_keeps_its_place(tmp_path: Path) -> None:
    """As in a debugger, or on a disk that does not answer: it may go on at any moment, and there
    must be no second writer then."""
    holder = start(tmp_path)
    go(holder)
    assert answer(holder)
    holder.send_signal(signal.SIGSTOP)
    try:
        assert not OnlyWindow(tmp_path).take()
        assert (tmp_path / LOCK_NAME).exists()
    finally:
        holder.send_signal(signal.SIGCONT)
    go(holder)
    holder.communicate()


@pytest.mark.usefixtures("qapp")
def test_a_lock_whose_number_belongs_to_another_program_by_now_keeps_nobody_out(
    tmp_path: Path,
) -> None:
    """After a crash and a restart the number of the dead process may be anybody's."""
    host = os.uname().nodename
    (tmp_path / LOCK_NAME).write_bytes(f"{os.getppid()}\nsome-other-program\n{host}\n".encode())
    only = OnlyWindow(tmp_path)
    assert only.take()
    only.leave()
