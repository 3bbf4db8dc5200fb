"""How long each command of the palette holds the window, on a chart of 30 visits.

    python tests/benchmarks/holds.py [--visits 30] [--times 2]

Each command is done from the same place, the visit in front and a field with the keyboard, and the
window is watched until all that it began is over. Beside the clock stands what of the longest pause
was the window's own work (processor time of its thread), which a busy machine does not stretch.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QFileDialog  # noqa: E402

from clinic_desktop import bootstrap  # noqa: E402
from tests.benchmarks.responsive import ANGLE, LIMIT_MS, Watch, many_visits  # noqa: E402
from tests.records import make_clinic  # noqa: E402
from tests.settled import all_done  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.palette.actions import Action  # noqa: E402

LEFT_OUT: Final = frozenset({"lock", "sample"})
"""What ends the walk: they are measured in `responsive.py`."""
SLOWEST: Final = 25


def to_the_visit(window: MainWindow, number: int) -> None:
    """The place that each command starts from."""
    window.overlays.put_away()
    all_done()
    if window.clinic is not None or window.visit is None:
        window.show_home()
        window.open_patient(number)
    while window.visit is not None and window.pages.currentWidget() is not window.visit:
        window.go_back()
    if window.visit is None:
        window.open_patient(number)
    assert window.visit is not None
    window.visit.set_drawer(False)
    window.visit.go_to(ANGLE)
    all_done()


def walk(visits: int, times: int) -> None:
    """Do each command, and print how long each held the window at most."""
    window = shown()
    all_done()
    watch = Watch()
    number = many_visits(window, visits)
    window.home.refresh()
    window.open_patient(number)
    names = [action.id for action in window.commands if action.id not in LEFT_OUT]
    found: dict[str, tuple[float, float]] = {}
    for turn in range(times):
        for name in names:
            window = shown()
            to_the_visit(window, number)
            action = next(one for one in window.commands if one.id == name)
            if action.hindrance():
                continue
            watch.over(doing(window, action))
            key = f"{name} ({'first time' if not turn else 'again'})"
            found[key] = (watch.own, watch.longest)
    print(f"{'longest hold':44} {'own work':>9} {'by the clock':>13}   ms")
    for name, (own, clock) in sorted(found.items(), key=lambda one: -one[1][0])[:SLOWEST]:
        mark = "" if own <= LIMIT_MS else "   over the limit"
        print(f"{name:44} {own:9.0f} {clock:13.0f}{mark}", flush=True)
    over = sum(own > LIMIT_MS for own, _clock in found.values())
    print(f"{len(found)} done, {over} over the limit of {LIMIT_MS:.0f} ms", flush=True)
    window.close()
    QApplication.exit()


def doing(window: MainWindow, action: Action) -> Callable[[], object]:
    """What a key or the palette does."""
    return lambda: window.do_action(action)


def shown() -> MainWindow:
    """The window in front: a switch of language makes another one."""
    every = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    return next(w for w in every if w.isVisible())


def main() -> None:
    """Open the program on a new clinic, and walk in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=30)
    parser.add_argument("--times", type=int, default=2)
    asked = parser.parse_args()
    for question in ("getOpenFileName", "getOpenFileNames", "getExistingDirectory"):
        setattr(QFileDialog, question, staticmethod(lambda *_given: ("", "")))
    really = QApplication.exec

    def exec_(*_: object) -> int:
        QTimer.singleShot(200, lambda: walk(asked.visits, asked.times))
        return really()

    QApplication.exec = exec_  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        sys.exit(bootstrap.main([*make_clinic(Path(scratch) / "clinic")]))


if __name__ == "__main__":
    main()
