"""At the window too: a slot, a painter, a printer that fail name no patient, and no title does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from clinic_desktop.services import traces
from tests.at_the_desk import Therapist
from tests.canaries import CANARIES, found_below, found_in, hooks_kept
from ui import application
from ui.papers.printing import print_pages

TEXT = " ".join(CANARIES)


@pytest.fixture
def watched(
    therapist: Therapist,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Therapist]:
    """A visit of a patient whose name and texts are canaries; at the end none is elsewhere."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    with hooks_kept():
        traces.install()
        application.catch_faults(therapist.window)
        therapist.begins_visit(f"{CANARIES[0]} {CANARIES[1]}")
        model = therapist.page.model
        for number, spec in enumerate(
            spec for spec in therapist.desk.catalogue.findings.values() if spec.kind == "text"
        ):
            if spec.id != "plan.next_visit":
                model.record(spec.keys[0], CANARIES[2 + number % 58])
        model.note_on("slr.result", TEXT)
        yield therapist
    out, err = capfd.readouterr()
    assert found_in(out) == found_in(err) == []
    assert "Traceback" not in err
    assert found_below(tmp_path) == []


class _Fails(QObject):
    """Fails in a slot."""

    told = Signal()

    def __init__(self, kind: type[Exception]) -> None:
        super().__init__()
        self._kind = kind
        self.told.connect(self._on_told)

    def _on_told(self) -> None:
        raise self._kind(TEXT)


class _FailsToPaint(QWidget):
    """Fails in what Qt calls of itself."""

    failed = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.failed = True
        raise ValueError(TEXT)


def test_a_slot_that_fails_is_told_by_its_kind(watched: Therapist) -> None:
    for kind in (ValueError, KeyError, RuntimeError, OSError, UnicodeError):
        failing = _Fails(kind)
        failing.told.emit()
        bar = watched.window.messages
        assert kind.__name__ in bar.details
        assert found_in(bar.details) == []


def test_a_painter_and_a_timer_that_fail(watched: Therapist) -> None:
    widget = _FailsToPaint()
    watched.qtbot.addWidget(widget)
    widget.show()
    watched.qtbot.waitUntil(lambda: widget.failed)
    failing = _Fails(LookupError)
    QTimer.singleShot(0, failing.told.emit)
    watched.qtbot.waitUntil(lambda: "LookupError" in watched.window.messages.details)


def test_a_paper_that_cannot_be_drawn(watched: Therapist, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the thread that draws papers, and at once."""
    watched.window.show_paper("note")
    preview = watched.window.preview
    assert preview is not None

    def fails(*_: object, **__: object) -> None:
        raise ValueError(TEXT)

    monkeypatch.setattr("ui.papers.page_maker.page_images", fails)
    preview.refresh_now()
    watched.qtbot.waitUntil(lambda: "ValueError" in watched.window.messages.details)
    assert found_in(watched.window.messages.details) == []


def test_titles_and_the_printers_queue_name_nobody(watched: Therapist, tmp_path: Path) -> None:
    """They show in task bars, in screen shares, and to all who use the printer."""
    for kind in ("note", "report"):
        watched.window.show_paper(kind)
        preview = watched.window.preview
        assert preview is not None
        assert preview.sheet is not None
        titles = [widget.windowTitle() for widget in QApplication.topLevelWidgets()]
        titles += [QApplication.applicationName(), QApplication.applicationDisplayName()]
        assert found_in(" ".join(titles)) == []
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        assert print_pages(printer, preview.sheet)
        assert printer.docName() == "Clinic Desktop"
        (tmp_path / "printed.pdf").unlink()  # what was printed is the paper itself
        watched.window.go_back()


def test_a_preview_writes_no_temporary_file(watched: Therapist, tmp_path: Path) -> None:
    """Papers are drawn and shown in memory."""
    for kind in ("note", "report"):
        watched.window.show_paper(kind)
        watched.window.go_back()
    assert list((tmp_path / "tmp").iterdir()) == []
