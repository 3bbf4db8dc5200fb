"""Whatever fails, and with whatever in its text: what is said of it names no patient."""

from __future__ import annotations

import gc
import itertools
import logging
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy.exc

from clinic_desktop import bootstrap
from clinic_desktop.services import traces
from clinic_desktop.storage import translate
from tests.canaries import CANARIES, found_below, found_in, hooks_kept
from tests.casefiles import as_bytes
from tests.records import make_clinic
from tests.records import signing_in as signs_in
from tests.terminal import clear_case

TEXT = " ".join(CANARIES)


@pytest.fixture
def watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Path]:
    """A folder for everything; at the end no canary is on a stream, in a name or in a file."""
    make_clinic(tmp_path / "clinic")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with hooks_kept():
        traces.install()
        yield tmp_path
    out, err = capfd.readouterr()
    assert found_in(out) == found_in(err) == []
    assert "Traceback" not in err
    (tmp_path / "case.json").unlink(missing_ok=True)  # the only place where they may stand
    assert found_below(tmp_path) == []


def canary_case() -> dict[str, Any]:
    """A case in which each free text holds canaries."""
    birds = itertools.cycle(CANARIES)
    case = clear_case(
        plan=[{"item": "slider_seated", "dose": next(birds), "words": next(birds)}],
        notes_on={"slr.result": next(birds)},
        psfs=[{"activity": next(birds), "score": 4}],
        retests=[
            {
                "treatment": "other",
                "note": next(birds),
                "test": "slump.result",
                "side": "right",
                "verdict": "better",
            }
        ],
        decision={"pattern": "pattern_1", "agree": False, "reason": next(birds)},
        addenda=[{"at": "2026-03-03T09:30:00Z", "author": next(birds), "text": " ".join(CANARIES)}],
    )
    case["patient"]["name"] = f"{CANARIES[0]} {CANARIES[1]}"
    case["goal"] = " ".join(CANARIES)
    return case


def fault_of(kind: type[BaseException]) -> BaseException:
    """A fault with all canaries in its arguments, as libraries make them."""
    if issubclass(kind, sqlalchemy.exc.DBAPIError):
        return kind(f"INSERT {TEXT}", {"name": TEXT}, Exception(TEXT))
    if issubclass(kind, sqlalchemy.exc.StatementError):
        return kind(TEXT, f"SELECT {TEXT}", {"name": TEXT}, Exception(TEXT))
    if issubclass(kind, UnicodeDecodeError):
        return kind("utf-8", TEXT.encode(), 0, 1, TEXT)
    if issubclass(kind, UnicodeEncodeError):
        return kind("ascii", TEXT, 0, 1, TEXT)
    if issubclass(kind, OSError):
        return kind(5, TEXT)
    return kind(TEXT)


FAULTS = (
    *(ValueError, KeyError, LookupError, TypeError, RuntimeError, AssertionError, AttributeError),
    *(ArithmeticError, ZeroDivisionError, NotImplementedError, EOFError, MemoryError, OSError),
    *(RecursionError, UnicodeDecodeError, UnicodeEncodeError, StopIteration, PermissionError),
    *(sqlalchemy.exc.IntegrityError, sqlalchemy.exc.OperationalError),
    *(sqlalchemy.exc.StatementError, sqlalchemy.exc.DataError, sqlalchemy.exc.InvalidRequestError),
)
POINTS = {
    "chart": (
        "clinic_desktop.commands.cases.read_case",
        "clinic_desktop.commands.charting.chart_case",
    ),
    "handout": ("clinic_desktop.commands.handout.make_handout", "reports.handout.setting"),
    "note": ("clinic_desktop.commands.papers.make_visit_note", "reports.columns.draw_line"),
    "report": ("clinic_desktop.commands.papers.make_course_report", "reports.page.Canvas"),
    "suggest": ("clinic_desktop.commands.suggest.answer_as_text",),
    "export": ("clinic_desktop.commands.exporting.write_case",),
}  # fmt: skip
"""Where each command is made to fail."""


def test_every_kind_of_fault_in_every_command(
    watched: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """Its kind and its line are said, and the status is 1."""
    signing_in = signs_in(watched / "clinic")
    file = watched / "case.json"
    file.write_bytes(as_bytes(canary_case()))
    assert bootstrap.main(["chart", str(file), *signing_in]) == 0
    out = str(watched / "x.out")
    commands = {
        "chart": ["chart", str(file), *signing_in],
        "export": ["export", "--patient", "1", "--out", out, *signing_in],
        "suggest": ["suggest", str(file)],
        **{verb: [verb, str(file), "--out", out] for verb in ("handout", "note", "report")},
    }
    forced = 0
    for verb, points in POINTS.items():
        for point, kind in itertools.product(points, FAULTS):

            def fail(*_: object, kind: type[BaseException] = kind, **__: object) -> None:
                raise fault_of(kind)

            # A sign-in each would take the time of ten other failures.
            if verb in {"chart", "export"} and kind not in FAULTS[::4]:
                continue
            with monkeypatch.context() as patched:
                patched.setattr(point, fail)
                assert bootstrap.main(commands[verb]) == 1, (point, kind)
            forced += 1
    assert not Path(out).exists()
    record_property("failures forced in commands, each with 60 canaries", forced)
    assert forced > 150


def test_a_breach_of_the_records_own_rules(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """UNIQUE and CHECK: the database quotes columns, never values."""
    signing_in = signs_in(watched / "clinic")
    file = watched / "case.json"
    file.write_bytes(as_bytes(canary_case()))
    findings, addenda = translate.finding_columns, translate.addendum_columns
    patients = translate.patient_columns
    for name, broken in {
        "finding_columns": lambda key, value: findings(key, value) | {"side": TEXT},
        "addendum_columns": lambda visit: addenda(visit) * 2,
        "patient_columns": lambda patient: patients(patient) | {"same_name": None},
        "visit_columns": lambda visit: {"date": {TEXT}, "signed": TEXT},
    }.items():
        with monkeypatch.context() as patched:
            patched.setattr(translate, name, broken)
            assert bootstrap.main(["chart", str(file), *signing_in]) == 1, name


def test_a_disk_that_gives_out(watched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = watched / "case.json"
    file.write_bytes(as_bytes(canary_case()))
    for failing in ("os.fsync", "tempfile.mkstemp", "pathlib.Path.replace"):
        with monkeypatch.context() as patched:
            patched.setattr(failing, lambda *_, **__: (_ for _ in ()).throw(OSError(28, TEXT)))
            out = watched / "note.pdf"
            assert bootstrap.main(["note", str(file), "--out", str(out)]) == 1
            assert not out.exists()


class _FailsAtTheEnd:
    def __del__(self) -> None:
        raise ValueError(TEXT)


def test_what_python_itself_would_print(
    watched: Path, record_property: Callable[[str, object], None]
) -> None:
    """In a thread, at the end of an object, in a warning, in any library's log, uncaught."""

    def fails() -> None:
        raise KeyError(TEXT)

    for canary in CANARIES:
        thread = threading.Thread(target=fails, name=canary)
        thread.start()
        thread.join()
        _FailsAtTheEnd()
        gc.collect()
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = traces_warning
            warnings.warn(canary, UserWarning, stacklevel=1)
        for logger in ("sqlalchemy.engine", "PIL", "py.warnings", "another"):
            logging.getLogger(logger).error("bound %s", canary)
            try:
                fails()
            except KeyError as fault:
                logging.getLogger(logger).exception("while %s", canary)
                sys.excepthook(type(fault), fault, fault.__traceback__)
        logging.getLogger("reports.x").error("a value too many", canary)
    record_property("faults, warnings and log lines told to Python's hooks", len(CANARIES) * 12)


traces_warning = traces._on_warning  # noqa: SLF001 - pytest takes warnings itself while it runs


def test_a_qt_message_is_known_by_its_place_alone() -> None:
    assert traces.qt_report("default", f'QFile::open: "{TEXT}"') == "Qt (default): QFile::open"
    assert traces.qt_report("", TEXT) == "Qt (default): a message"


def test_the_reports_do_say_where(capfd: pytest.CaptureFixture[str]) -> None:
    """Or they would be of no use to anybody."""
    with hooks_kept():
        traces.install()
        try:
            raise LookupError(TEXT)
        except LookupError as fault:
            sys.excepthook(type(fault), fault, fault.__traceback__)
        logging.getLogger("ui.application").error("fault in the window")
        logging.getLogger("other").error("whatever %s", TEXT)
    err = capfd.readouterr().err
    assert "LookupError\n  test_no_patient_in_traces.py:" in err
    assert "ERROR ui.application test_no_patient_in_traces.py" in err
    assert "fault in the window" in err
    assert "ERROR other test_no_patient_in_traces.py" in err
    assert "whatever" not in err
