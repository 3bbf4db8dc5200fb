"""How long the event loop of a real window stands still, beside the limit of 100 ms.

    python tests/benchmarks/responsive.py [--flush-ms 3000] [--visits 30]

A beat every 5 ms in the window's thread; the longest pause between two of them is how long the
window stood still. Beside it what of that its own work was (processor time of its thread), which a
busy machine does not stretch. Each piece of work is begun as a user begins it, and watched until it
is over. On Linux with a C compiler the same is done once more on a disk whose flushes take so long.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: E402

from clinic_desktop import bootstrap  # noqa: E402
from clinic_desktop.domain.values import Key, Side  # noqa: E402
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit  # noqa: E402
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue  # noqa: E402
from clinic_desktop.services.record import chart_case  # noqa: E402
from tests.records import PASSPHRASE, make_clinic  # noqa: E402
from tests.settled import all_done  # noqa: E402
from ui.demo.typist import Typist  # noqa: E402
from ui.leaving import Leaving  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

LIMIT_MS = 100.0
ANGLE = Key("slr.angle", Side.RIGHT)
SLIDER = PlanChoice("slider_seated")


class Watch:
    """Beats, and keeps the longest pause by the clock, and the longest of its own work; ms."""

    def __init__(self) -> None:
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.longest = self.own = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self.own = max(self.own, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    def over(self, does: Callable[[], object]) -> float:
        """Do something, wait until it is over, and give how long it all took; ms."""
        QTest.qWait(50)
        self.longest = self.own = 0.0
        begun = time.perf_counter()
        does()
        all_done()
        took = (time.perf_counter() - begun) * 1000
        QTest.qWait(50)
        return took


def many_visits(window: MainWindow, count: int) -> int:
    """A patient with so many visits."""
    first = dt.date(2025, 1, 6)
    desk = window.desk
    visits = tuple(
        Visit(
            first + dt.timedelta(weeks=n), {ANGLE: 40 + n % 30}, plan=(PlanChoice("slider_seated"),)
        )
        for n in range(count)
    )
    case = Case(Patient("Long course", dt.date(1980, 1, 1)), visits)
    return chart_case(desk.open_record, desk.act(), case, None, desk.suggest)


def measure(visits: int, slow: Callable[[int], None], flush_ms: int) -> None:
    """Do each thing once as the disk is, and print how long the window stood still."""
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    all_done()  # what is imported while somebody signs in
    watch = Watch()
    number = many_visits(window, visits)
    folder = Path(tempfile.mkdtemp(dir=os.environ["RESPONSIVE_FOLDER"]))
    window.home.refresh()
    slow(flush_ms)
    hand = Typist(window, load_catalogue())
    hand.take_window()
    print(f"{'':34} {'stood still':>11} {'own work':>9} {'over after':>11}   ms")

    def tell(what: str, does: Callable[[], object]) -> None:
        took = watch.over(does)
        mark = "" if watch.own <= LIMIT_MS else "   over the limit"
        print(f"{what:34} {watch.longest:11.0f} {watch.own:9.0f} {took:11.0f}{mark}", flush=True)

    tell(f"open a chart of {visits} visits", lambda: window.open_patient(number))
    tell("begin today's visit", lambda: window.begin_visit(number))
    tell("chart an angle", lambda: hand.chart(ANGLE, 61))
    tell("chart another", lambda: hand.chart(ANGLE, 62))
    tell("go home", window.show_home)
    tell("open it again", lambda: window.open_patient(number))
    tell("the patient's sheet, first time", window.show_handout)
    tell("back to the visit", window.go_back)
    tell("the visit note", lambda: window.show_paper("note"))
    window.go_back()
    window.show_home()
    tell("the clinic's page", window.show_clinic)
    assert window.clinic is not None
    card = window.clinic.backups
    assert card is not None
    tell("a backup", card.back_up)
    assert window.desk.session is not None
    ((file, _at),) = window.desk.session.opened.backups()[:1]
    tell("trying it", lambda: card.drill(file))
    tell("checking everything", card.check_everything)
    window.open_patient(number)
    assert window.visit is not None
    page = window.visit
    window.overlays.toggle_patient(page)
    sheet = window.overlays.shown
    copy = getattr(sheet, "copy_button", None)
    if copy is not None:
        tell("the patient's copy", lambda: copy.copy_to(folder))
    window.overlays.put_away()
    window.show_home()
    tell("the day's sheets", lambda: window.home.day_sheets.make_into(folder))
    tell("lock", window.lock_asked.emit)
    entrance = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window)
    line = entrance.findChild(QLineEdit, "sign_in_passphrase")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, PASSPHRASE)
    tell("sign in", lambda: QTest.keyClick(line, Qt.Key.Key_Return))
    slow(0)
    leaving = QApplication.instance().findChild(Leaving)  # type: ignore[union-attr]
    assert isinstance(leaving, Leaving)
    tell("closing", window.close)


def run(visits: int, flush_ms: int) -> None:
    """Open the program on a new clinic, and measure in it."""
    library = os.environ.get("LD_PRELOAD")

    def slow(ms: int) -> None:
        if library and ms:
            ctypes.c_int.in_dll(ctypes.CDLL(library), "slow_flushes_ms").value = ms
        elif library:
            ctypes.c_int.in_dll(ctypes.CDLL(library), "slow_flushes_ms").value = 0

    really = QApplication.exec

    def exec_(*_: object) -> int:
        QTimer.singleShot(200, lambda: measure(visits, slow, flush_ms))
        return really()

    QApplication.exec = exec_  # type: ignore[method-assign]
    profile = Path(os.environ["RESPONSIVE_FOLDER"]) / "clinic"
    sys.exit(bootstrap.main([*make_clinic(profile)]))


def main() -> None:
    """Once as the disk is, and once on one that takes its time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flush-ms", type=int, default=3000)
    parser.add_argument("--visits", type=int, default=30)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        run(asked.visits, asked.flush_ms)
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        turns: list[tuple[str, dict[str, str], int]] = [("the disk as it is", {}, 0)]
        compiler = shutil.which("cc")
        if sys.platform == "linux" and compiler:
            library = Path(scratch) / "preload.so"
            source = ROOT / "tests" / "faults" / "preload.c"
            subprocess.run(
                [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True
            )
            more = {"LD_PRELOAD": str(library)}
            turns.append((f"each flush takes {asked.flush_ms} ms", more, asked.flush_ms))
        for place, (words, more, flush) in enumerate(turns):
            folder = Path(scratch) / str(place)
            folder.mkdir()
            where = {"RESPONSIVE_FOLDER": str(folder), "FAULTS_UNDER": str(folder / "clinic")}
            print(f"\n{words}; limit {LIMIT_MS:.0f} ms", flush=True)
            subprocess.run(
                [sys.executable, __file__, "--inside", "--visits", str(asked.visits),
                 "--flush-ms", str(flush)],
                env={**os.environ, **more, **where}, check=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()
