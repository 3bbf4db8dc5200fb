"""What the program says of its own faults: kinds, files and lines, and never what a text held.

The texts of faults, warnings and messages of other libraries may hold a patient's words. Everything
that Python, Qt or a library would print goes through here.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
import warnings
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, TextIO

from clinic_desktop import __version__

OURS: Final = ("clinic_desktop", "ui", "reports", "resources")
FAULT_LOG: Final = "faults.log"
"""In the clinic's folder: what went wrong in the program, for whoever is asked about it."""
LARGEST_LOG: Final = 100_000
"""Bytes; then it goes on in a new one, and the one before is kept."""
_QT_PLACE: Final = r"Q[A-Za-z]+(::[A-Za-z~]+)?(?=[:(])"
"""How Qt's messages begin where they name their place: `QPainter::begin: ...`."""


def fault_report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where a fault arose: its kind, and file, line and function of each step on the way."""
    steps = traceback.extract_tb(trace)
    places = [f"  {_file(step.filename)}:{step.lineno} {step.name}" for step in steps]
    return "\n".join((f"Clinic Desktop {__version__}", kind.__name__, *places))


def qt_report(category: str, message: str) -> str:
    """A message of Qt by its place alone; the rest may quote a text or the name of a file."""
    place = re.match(_QT_PLACE, message)
    return f"Qt ({category or 'default'}): {place.group() if place else 'a message'}"


def install() -> None:
    """Let nothing but these reports reach standard error, whoever would write there."""
    sys.excepthook = _on_fault
    threading.excepthook = _on_thread_fault
    sys.unraisablehook = _on_unraisable
    warnings.showwarning = _on_warning
    # A handler that fails would print the record with what is in it.
    logging.raiseExceptions = False
    handler = logging.StreamHandler(_Standard())
    handler.setFormatter(PlacesOnly())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def keep_in(folder: Path) -> logging.Handler:
    """Write the faults of the program into a clinic's folder too, until `keep_no_more`; no file
    is made before there is one."""
    handler = _FaultLog(folder / FAULT_LOG)
    handler.setFormatter(_Dated())
    handler.setLevel(logging.ERROR)
    logging.getLogger().addHandler(handler)
    return handler


def keep_no_more(handler: logging.Handler) -> None:
    """Write no more there."""
    logging.getLogger().removeHandler(handler)
    handler.close()


class _FaultLog(logging.Handler):
    """A file that begins anew when it is full; imported and opened with the first fault."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write it down."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8", delay=True
            )
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file, where there is one."""
        if self._file is not None:
            self._file.close()
        super().close()


class PlacesOnly(logging.Formatter):
    """Writes the words of our own records, which hold no values; of all others only the place."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as it is written."""
        said = f"{record.levelname} {record.name} {_file(record.pathname)}:{record.lineno}"
        if record.name.split(".")[0] in OURS:
            said += f" {record.getMessage()}"
        if record.exc_info and record.exc_info[0] is not None:
            said += "\n" + fault_report(record.exc_info[0], record.exc_info[2])
        return said


class _Dated(PlacesOnly):
    """The same behind its moment, by this computer's clock."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record)} {super().format(record)}"


class _Standard:
    """Standard error as it is when something is written; a program in a window may have none."""

    def write(self, text: str) -> None:
        """Write it, if anybody listens."""
        stream: TextIO | None = sys.stderr
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.write(text)

    def flush(self) -> None:
        """Nothing waits: standard error writes line by line."""


def _say(text: str) -> None:
    _Standard().write(text + "\n")


def _on_fault(
    kind: type[BaseException], _fault: BaseException, trace: TracebackType | None
) -> None:
    _say("stopped" if issubclass(kind, KeyboardInterrupt) else fault_report(kind, trace))


def _on_thread_fault(told: threading.ExceptHookArgs) -> None:
    if not issubclass(told.exc_type, SystemExit):
        _say(fault_report(told.exc_type, told.exc_traceback))


def _on_unraisable(told: sys.UnraisableHookArgs) -> None:
    _say(fault_report(told.exc_type, told.exc_traceback))


def _on_warning(
    message: Warning | str,  # may hold anything, and is not said
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _say(f"{category.__name__} at {_file(filename)}:{lineno}")


def _file(path: str) -> str:
    """The last part of a path: folders may bear a name."""
    return path.replace("\\", "/").split("/")[-1]
