"""How long a keystroke in the nerves form takes until form and panel are painted anew.

    python tests/benchmarks/keystroke.py [--keys 200]

The real window with a real record: each key is charted, judged by all rules and painted; in a
thread of its own, which competes for the processor, it is saved durably. Beside it, in turns in the
same process, a bare control that only paints its four segments, and one frame of a 60 Hz screen.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QRect, Qt  # noqa: E402
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from typing_extensions import override  # noqa: E402

from clinic_desktop import bootstrap  # noqa: E402
from clinic_desktop.domain.values import Key, Side  # noqa: E402
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue  # noqa: E402
from tests.records import make_clinic  # noqa: E402
from ui.demo.typist import Typist  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

FRAME_MS = 16.0
IN_A_ROW = 10
CASE = ROOT / "resources" / "cases" / "article_1.json"
RESULT = Key("slr.result", Side.RIGHT)
SIGNS = "+-?"
P = ParamSpec("P")
T = TypeVar("T")


class Bare(QWidget):
    """Four segments, the next of which each key chooses."""

    chosen = 0

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the next one."""
        self.chosen = (self.chosen + 1) % 4
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all four."""
        painter = QPainter(self)
        for place, word in enumerate(("+", "-", "?", "not")):
            cell = QRect(place * 50, 0, 48, 24)
            on = place == self.chosen
            painter.fillRect(cell, QColor("#2277cc" if on else "#e8e8ee"))
            painter.setPen(Qt.GlobalColor.white if on else Qt.GlobalColor.black)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, word)
        painter.end()


def paint(window: QWidget) -> None:
    """Bring the pixels up to date now."""
    QApplication.processEvents()
    QApplication.sendPostedEvents()
    QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))


class Eye(QObject):
    """Sees when a field is painted first after a key."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[float] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the moment."""
        if event.type() is QEvent.Type.Paint:
            self.seen.append(time.perf_counter())
        return False


def press(window: QWidget, field: QWidget, sign: str) -> tuple[float, float]:
    """Press a key and paint what follows; ms on the clock, and of the processor in this thread."""
    begun, worked = time.perf_counter(), time.thread_time()
    QTest.keyClicks(field, sign)
    paint(window)
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000


def timed(does: Callable[P, T], times: list[float]) -> Callable[P, T]:
    """A part of the work that keeps how long it took; ms."""

    def call(*arguments: P.args, **named: P.kwargs) -> T:
        begun = time.perf_counter()
        done = does(*arguments, **named)
        times.append((time.perf_counter() - begun) * 1000)
        return done

    return call


def open_nerves(window: MainWindow) -> QWidget:
    """The article's first case with its nerves in front; all sections built."""
    hand = Typist(window, load_catalogue())
    hand.take_window()
    hand.open_patient("case")
    hand.go_to(RESULT)
    for _turn in range(50):  # the other sections are built while nobody waits
        QTest.qWait(10)
    return hand.focus


def measure(keys: int) -> None:
    """Press keys in turns on both and print how long they took."""
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    field, bare = open_nerves(window), Bare()
    bare.resize(200, 24)
    bare.show()
    assert window.visit is not None
    editor = window.visit.model.editor
    parts: dict[str, list[float]] = {"saving": [], "rules": []}
    # Only to tell the parts apart; nothing public sees inside one change.
    kept = editor._keeping  # noqa: SLF001
    kept._write = timed(kept._write, parts["saving"])  # noqa: SLF001
    editor._suggest = timed(editor._suggest, parts["rules"])  # noqa: SLF001
    eye = Eye()
    field.installEventFilter(eye)
    at_field: list[float] = []
    names = ("key to pixels", "  processor", "bare control", "  its processor")
    found: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(keys // IN_A_ROW + 1):
        for place in range(IN_A_ROW):
            sign = SIGNS[place % len(SIGNS)]
            eye.seen.clear()
            begun = time.perf_counter()
            times = (*press(window, field, sign), *press(bare, bare, sign))
            if turn:
                at_field.append((eye.seen[0] - begun) * 1000)
                for name, taken in zip(found, times, strict=True):
                    found[name].append(taken)
    found["  the field itself"] = at_field
    tell(found | {f"  of a key: {name}": times for name, times in parts.items()})


def tell(found: dict[str, list[float]]) -> None:
    """Print each case, and how the keystroke stands to its limits."""
    print(f"{'':19} {'median':>8} {'p95':>8} {'worst':>8}   ms")
    for name, times in found.items():
        ninety_fifth = sorted(times)[int(len(times) * 0.95)]
        print(f"{name:19} {statistics.median(times):8.2f} {ninety_fifth:8.2f} {max(times):8.2f}")
    key, bare = (statistics.median(found[name]) for name in ("key to pixels", "bare control"))
    late = sum(taken > FRAME_MS for taken in found["key to pixels"])
    print(f"{key / bare:.0f} times the bare control; {key / FRAME_MS:.2f} of a frame of 16 ms;")
    print(f"{late} of {len(found['key to pixels'])} keys took longer than a frame")


def main() -> None:
    """Open the program on a record with one case, and measure in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=200)
    keys = parser.parse_args().keys
    QApplication.exec = lambda *_: measure(keys)  # type: ignore[method-assign, assignment]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        signs_in = make_clinic(Path(folder))
        sys.exit(bootstrap.main(["chart", str(CASE), *signs_in]) or bootstrap.main([*signs_in]))


if __name__ == "__main__":
    main()
