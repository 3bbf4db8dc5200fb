"""Measures the form beside bare painted widgets in the same run: build, and one change to pixels.

Run from the project's folder: `python tests/benchmarks/form.py [--rounds 7] [--toggles 200]`.
Each case has a process of its own, in turns. `canvas` is the limit: 150 rows painted by hand in one
widget. `segments` is one plain widget an input that paints four segments, with no form around it.
The other cases are the program's own: the first section, the largest one, and all ten.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QRect, Qt  # noqa: E402
from PySide6.QtGui import QColor, QPainter, QPaintEvent  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override  # noqa: E402

from clinic_desktop.domain.values import Kind  # noqa: E402
from clinic_desktop.services.words import pain_words  # noqa: E402
from tests.visit_on_screen import make_model  # noqa: E402
from ui import style  # noqa: E402
from ui.forms.section_form import SectionForm  # noqa: E402
from ui.viewmodels.visit import VisitViewModel  # noqa: E402

CASES = ("canvas", "segments", "first_section", "largest_section", "all_sections")
WORDS = ("none", "mild", "moderate", "severe")
ROWS, SHOWN = 150, 20
Change = Callable[[int], object]


def draw_segments(painter: QPainter, left: int, top: int, chosen: int) -> None:
    """Four segments, as little as can show which one is chosen."""
    for place, word in enumerate(WORDS):
        cell = QRect(left + place * 60, top, 58, 24)
        on = place == chosen
        painter.fillRect(cell, QColor("#2277cc" if on else "#e8e8ee"))
        painter.setPen(Qt.GlobalColor.white if on else Qt.GlobalColor.black)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, word)


class Canvas(QWidget):
    """All rows painted in one widget."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = [0] * ROWS
        self.setMinimumSize(640, ROWS * 28)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def change(self, turn: int) -> None:
        """Choose the next segment of a row in sight."""
        row = turn % SHOWN
        self.chosen[row] = (self.chosen[row] + 1) % 4
        self.update(0, row * 28, 640, 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are asked for."""
        dirty = event.rect()
        painter = QPainter(self)
        painter.fillRect(dirty, QColor("white"))
        for row in range(dirty.top() // 28, min(ROWS, dirty.bottom() // 28 + 1)):
            painter.setPen(Qt.GlobalColor.black)
            at = QRect(0, row * 28, 300, 28)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, f"Finding number {row}")
            draw_segments(painter, 310, row * 28, self.chosen[row])
        painter.end()


class Segments(QWidget):
    """One input by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = 0

    def change(self, turn: int) -> None:
        """Choose the next segment."""
        self.chosen = turn % 4
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the four segments."""
        painter = QPainter(self)
        draw_segments(painter, 0, 0, self.chosen)
        painter.end()


def make_canvas() -> tuple[QWidget, Change]:
    """The limit."""
    canvas = Canvas()
    scroll = QScrollArea()
    scroll.setWidget(canvas)
    return scroll, canvas.change


def make_segments() -> tuple[QWidget, Change]:
    """A page of plain inputs."""
    body = QWidget()
    inputs = [Segments(body) for _ in range(ROWS)]
    for place, made in enumerate(inputs):
        made.setGeometry(310, place * 28, 240, 24)
    body.setMinimumSize(640, ROWS * 28)
    scroll = QScrollArea()
    scroll.setWidget(body)
    return scroll, lambda turn: inputs[turn % SHOWN].change(turn)


def make_form(case: str, model: VisitViewModel) -> tuple[QWidget, Change]:
    """The program's own sections, and a change as the view-model makes it for a key."""
    names = [section.id for section in model.catalogue.sections]
    wanted = {"first_section": names[:1], "largest_section": ["nerves"]}.get(case, names)
    pages = QStackedWidget()
    for name in wanted:
        pages.addWidget(SectionForm(model, name))
    kinds = (Kind.RESULT, Kind.ANSWER, Kind.CHOICE)
    first = (s for s in model.catalogue.in_section(wanted[0]) if s.kind in kinds)
    fields = [(key, spec.choices) for spec in first for key in spec.keys][:SHOWN]

    def change(turn: int) -> None:
        key, words = fields[turn % len(fields)]
        model.record(key, words[(turn // len(fields)) % 2])

    return pages, change


def measure(case: str, toggles: int) -> dict[str, float]:
    """Build one case in this process and change its inputs; times in ms."""
    app = style.application(sys.argv)
    style.apply(app, style.Scheme.LIGHT)
    model = make_model()
    # What Python learns about Qt's classes once in a program is no part of a form; nor is what the
    # program works out while a passphrase is typed.
    pain_words.get_ready()
    for once in (make_canvas()[0], SectionForm(model, "note"), SectionForm(model, "glutes")):
        once.grab()
    # Building counts in processor time: a busy machine must not make a form look slow.
    started = time.process_time()
    makers = {"canvas": make_canvas, "segments": make_segments}
    content, change = makers[case]() if case in makers else make_form(case, model)
    window = QWidget()
    QHBoxLayout(window).addWidget(content)
    window.resize(1200, 800)
    window.show()
    paint(app, window)
    built = (time.process_time() - started) * 1000
    times = []
    for turn in range(toggles + 20):
        begun = time.perf_counter()
        change(turn)
        paint(app, window)
        times.append((time.perf_counter() - begun) * 1000)
    count = len(app.allWidgets())
    return {"build": built, "toggle": statistics.median(times[20:]), "widgets": count}


def paint(app: QApplication, window: QWidget) -> None:
    """Bring the pixels up to date now."""
    app.processEvents()
    app.sendPostedEvents()
    app.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))


def main() -> None:
    """Measure all cases in turns and print their medians, and how they stand to the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--toggles", type=int, default=200)
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        sys.stdout.write(json.dumps(measure(options.case, options.toggles)) + "\n")
        sys.stdout.flush()
        # Leave without taking the application apart: only the figures count.
        os._exit(0)
    found: dict[str, list[dict[str, float]]] = {case: [] for case in CASES}
    for _ in range(options.rounds):
        for case in CASES:
            command = [sys.executable, __file__, "--case", case, "--toggles", str(options.toggles)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found[case].append(json.loads(done.stdout.splitlines()[-1]))
    middle = {
        case: {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        for case, runs in found.items()
    }
    canvas, plain = middle["canvas"], middle["segments"]
    for case, figures in middle.items():
        build, change = figures["build"], figures["toggle"]
        sys.stdout.write(
            f"{case:16} {figures['widgets']:4.0f} widgets"
            f"   build {build:6.1f} ms ({build / canvas['build']:.1f} x canvas)"
            f"   change {change:.3f} ms ({change / plain['toggle']:.1f} x plain)\n"
        )


if __name__ == "__main__":
    main()
