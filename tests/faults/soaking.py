"""Lives a clinic's days at the real window, in one process that is never started again.

Run as `python -m tests.faults.soaking PROFILE VISITS`. Patients come, are charted, get their sheet
on paper and are signed; pages and windows are opened and put away, the computer is locked, backed
up and, at night, asleep. Every few visits what the process holds is counted, and each evening the
record is compared with what was typed. Says each count on standard error, and at the end what came
of it as one line of JSON.

Growth is counted for visits, never for seconds (`growing.py`).
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from clinic_desktop import bootstrap
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.storage.places import Places
from tests.faults.growing import MOST, growth
from tests.records import PASSPHRASE, make_clinic
from tests.settled import all_done
from ui.demo.typist import Typist
from ui.main_window import MainWindow
from ui.reception import Reception
from ui.widgets.keys import HELP_KEY, HISTORY_KEY

A_DAY: Final = 16
"""Visits from morning to evening: eight hours, half an hour each."""
EACH_COMES: Final = 6
"""Visits of one patient before somebody new comes in their place."""
COUNTED_EVERY: Final = 8
CHARTED: Final[tuple[tuple[Key, tuple[Value, ...]], ...]] = (
    (Key("slr.result", Side.RIGHT), ("positive", "negative")),
    (Key("slr.angle", Side.RIGHT), (48, 58, 61)),
    (Key("slr.result", Side.LEFT), ("negative",)),
    (Key("slump.result", Side.RIGHT), ("positive", "inconclusive", "negative")),
)
NOTE: Final = Key("note.subjective")
OURS: Final = ("clinic_desktop.", "reports.", "ui.")
TEXT: Final = "Visit {visit}: less pain on stairs, runs again twice a week."


class Clock:
    """The clock of the program, which a night puts forward."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def __call__(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead


class Clinic:
    """One therapist, her days, and what is counted of the process meanwhile."""

    def __init__(self, profile: Path, visits: int, clock: Clock) -> None:
        self._profile, self._visits, self._clock = profile, visits, clock
        self._process = psutil.Process()
        self._catalogue = load_catalogue()
        self._patients: dict[int, str] = {}
        """Who comes when, of each day."""
        self._typed: dict[int, dict[Key, Value]] = {}
        """By visit, what was charted in it."""
        self.counts: list[tuple[int, dict[str, float]]] = []
        self.sizes: list[tuple[int, int]] = []
        """Bytes of the record and of its log."""
        self.compared = 0
        self.fault: BaseException | None = None
        self._acts = self._lives()

    def begin(self, desk: Reception) -> None:
        """Act as soon as the event loop turns."""
        self._desk = desk
        QTimer.singleShot(0, self.next_act)

    # ------------------------------------------------------------------ turning
    def next_act(self) -> None:
        """Do what comes next, from the event loop, and come back to it."""
        try:
            next(self._acts)
        except StopIteration:
            self._window.close()
        except BaseException as fault:  # said at the end: here the window would only tell of it
            self.fault = fault
            QApplication.exit(1)
        else:
            QTimer.singleShot(0, self.next_act)

    def _lives(self) -> Iterator[None]:
        yield from self._comes_in()
        for visit in range(self._visits):
            yield from self._sees(visit)
            if visit % COUNTED_EVERY == COUNTED_EVERY - 1:
                yield from self._has_a_break(visit)
            if visit % A_DAY == A_DAY - 1:
                yield from self._goes_home(visit // A_DAY)
        yield from self._compares()

    def _comes_in(self) -> Iterator[None]:
        entrance = self._desk.entrance
        if entrance.isVisible():
            line = entrance.findChild(QLineEdit, "sign_in_passphrase")
            assert isinstance(line, QLineEdit)
            line.clear()
            QTest.keyClicks(line, PASSPHRASE)
            QTest.keyClick(line, Qt.Key.Key_Return)
            all_done()
            yield
        assert self._desk.window is not None
        self._window: MainWindow = self._desk.window
        self._hand = Typist(self._window, self._catalogue)
        self._hand.take_window()
        yield

    # ------------------------------------------------------------------ a visit
    def _sees(self, visit: int) -> Iterator[None]:
        hand = self._hand
        day, slot = divmod(visit, A_DAY)
        if day == 0 or (day + slot) % EACH_COMES == 0:
            self._patients[slot] = f"Runner {visit:05d}"
            hand.fill_in_patient(Patient(self._patients[slot], sex="female"))
            hand.create_patient()
        else:
            hand.open_patient(self._patients[slot])
            all_done()
            hand.click(hand.widget("new_visit"))
        all_done()
        yield
        yield from self._charts(visit)
        if visit % 2 == 0:
            yield from self._gives_the_sheet(visit)
        if visit % 3 == 0:
            yield from self._looks_around()
        yield from self._signs(visit)
        if visit % 4 == 0:
            hand.press("Ctrl+L")
            all_done()
            yield
            assert self._desk.entrance.isVisible()
            yield from self._comes_in()
        hand.press("Ctrl+W")
        all_done()
        yield
        assert self._window.pages.currentWidget() is self._window.home

    def _charts(self, visit: int) -> Iterator[None]:
        page = self._window.visit
        assert page is not None
        assert page.model.visit.findings == {}
        typed: dict[Key, Value] = {}
        for key, values in CHARTED:
            typed[key] = values[visit % len(values)]
            self._hand.chart(key, typed[key])
            yield
        self._hand.press("Ctrl+Z")
        self._hand.press("Ctrl+Shift+Z")
        typed[NOTE] = TEXT.format(visit=visit)
        self._hand.chart(NOTE, typed[NOTE])
        for section in self._catalogue.sections:
            self._hand.open_section(section.id)
            yield
        all_done()
        assert page.model.visit.findings == typed
        self._typed[page.chart.visit_id] = typed

    def _gives_the_sheet(self, visit: int) -> Iterator[None]:
        """As a file; every fourth time a letter and the note are looked at, too."""
        hand, file = self._hand, self._profile.parent / "sheet.pdf"
        hand.press("Ctrl+P")
        all_done()
        yield
        if hand.sees("save_handout") and hand.widget("save_handout").isEnabled():
            hand.save_sheet(file)
            all_done()
        yield
        hand.press("Esc")
        if visit % 4 == 0:
            for kind in ("letter", "note", "report"):
                self._window.show_paper(kind)
                all_done()
                yield
                self._window.go_back()
                all_done()
                yield

    def _looks_around(self) -> Iterator[None]:
        """Everything that a key opens is opened, and put away."""
        hand, page = self._hand, self._window.visit
        assert page is not None
        opening = ["Ctrl+B", "Ctrl+E", "Ctrl+K", "Ctrl+/", HELP_KEY, HISTORY_KEY, "Ctrl+I"]
        if len(page.model.editor.case.visits) > 1:
            opening.append("Ctrl+D")
        for keys in opening:
            hand.press(keys)
            all_done()
            yield
            hand.press("Ctrl+D" if keys == "Ctrl+D" else "Esc")
            all_done()
            yield
            assert self._window.pages.currentWidget() is page, keys
            assert self._window.overlays.shown is None, keys

    def _signs(self, visit: int) -> Iterator[None]:
        hand = self._hand
        hand.press("Ctrl+Return")
        all_done()
        yield
        hand.types(PASSPHRASE)
        hand.press("Return")
        all_done()
        yield
        assert self._window.visit is not None
        assert self._window.visit.model.locked, "it was signed"
        if visit % 5 == 0:
            hand.press("Ctrl+Return")
            hand.types("Tested in shoes.")
            hand.walk_to("addendum_passphrase")
            hand.types(PASSPHRASE)
            hand.press("Return")
            all_done()
            yield

    # ------------------------------------------------------------------ the day
    def _has_a_break(self, visit: int) -> Iterator[None]:
        """Backs up, looks at the clinic's page and at the trail; then the process is counted."""
        self._desk.back_up()
        all_done()
        yield
        self._window.show_clinic()
        all_done()
        yield
        self._window.show_home()
        for toggle in (
            self._window.overlays.toggle_audit,
            self._window.overlays.toggle_manual,
            self._window.overlays.toggle_about,
        ):
            toggle()
            all_done()
            yield
            self._hand.press("Esc")
            all_done()
            yield
        yield from self._settles()
        self.counts.append((visit + 1, self._count()))
        self.sizes.append(self._size())
        told = " ".join(f"{name}={count:.0f}" for name, count in self.counts[-1][1].items())
        sys.stderr.write(f"{visit + 1} {told} record={self.sizes[-1]}\n")

    def _settles(self) -> Iterator[None]:
        """Until what was let go is gone."""
        for _turn in range(3):
            all_done()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            gc.collect()
            yield

    def _goes_home(self, day: int) -> Iterator[None]:
        """Compares; every fifth evening the window speaks another language for a moment; then the
        night passes."""
        yield from self._compares()
        if day % 5 == 4:
            for language in ("es", "en"):
                self._window.language_asked.emit(language)
                all_done()
                yield
                assert self._desk.window is not None
                self._window = self._desk.window
        self._desk.lock()
        all_done()
        yield
        self._clock.ahead += dt.timedelta(days=1)
        yield from self._comes_in()

    def _compares(self) -> Iterator[None]:
        """Each visit of the day is in the record as it was typed, and its signature holds."""
        session = self._desk.session
        assert session is not None
        for visit_id, typed in self._typed.items():
            with session.begin() as work:
                course = work.course_of_visit(visit_id)
            (found,) = (one.visit for one in course.visits if one.id == visit_id)
            assert found.findings == typed
            state = check_course(session.begin, course.id, session.clinic)[visit_id].state
            assert state is State.VALID
            self.compared += 1
        self._typed.clear()
        yield

    # ------------------------------------------------------------------ counting
    def _count(self) -> dict[str, float]:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        tops: list[QObject] = [app, *QApplication.topLevelWidgets()]
        objects = sum(1 + len(one.findChildren(QObject)) for one in tops)
        gc.collect()
        return {
            "widgets": len(QApplication.allWidgets()),
            "windows": len(QApplication.topLevelWidgets()),
            "objects of Qt": objects,
            "objects of ours": sum(
                type(one).__module__.startswith(OURS) for one in gc.get_objects()
            ),
            "open files": self._process.num_fds(),
            "threads": threading.active_count(),
            "memory, KiB": self._process.memory_info().rss // 1024,
        }

    def _size(self) -> tuple[int, int]:
        record = Places(self._profile).record()
        log = record.with_name(record.name + "-wal")
        return record.stat().st_size, log.stat().st_size if log.exists() else 0


def lived(profile: Path, visits: int) -> Clinic:
    """Live through so many visits. Raises what hindered it."""
    clock = Clock()
    bootstrap._now = clock  # noqa: SLF001 - nights pass at once
    clinic = Clinic(profile, visits, clock)
    signs_in = make_clinic(profile)
    opens = Reception.open

    def open_and_begin(self: Reception, session: Session | None = None) -> None:
        opens(self, session)
        clinic.begin(self)

    Reception.open = open_and_begin  # type: ignore[method-assign]
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    status = bootstrap.main([*signs_in])
    if clinic.fault is not None:
        raise clinic.fault
    assert status == 0
    assert clinic.compared == visits
    return clinic


def main(profile: str, visits: str) -> None:
    """Say what came of it. Raises AssertionError where something grew with each visit."""
    clinic = lived(Path(profile), int(visits))
    told: dict[str, float] = {"visits at one window, each found as it was typed": clinic.compared}
    told |= {f"{name}, at the end": count for name, count in clinic.counts[-1][1].items()}
    told |= dict(zip(("record, bytes", "its log, bytes"), clinic.sizes[-1], strict=True))
    grew = growth(clinic.counts, int(visits))
    told |= {f"{name}, growth for 100 visits": round(count, 2) for name, count in grew.items()}
    over = {name: count for name, count in grew.items() if count > MOST[name]}
    assert not over, f"it grows with each visit: {over}"
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
