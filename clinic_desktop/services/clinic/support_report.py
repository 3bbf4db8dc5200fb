"""What somebody who helps from afar has to know: versions, counts and checks, and nobody's name.

Nothing is copied into it but numbers, words of our own, and the fault log, which holds only places
in the program. Paths, names of files that somebody chose, and texts of settings stay out.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from clinic_desktop import __version__
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.access.clinic_port import Opened
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.papers.habits import load_habit
from clinic_desktop.services.safety.verifying import check_all
from clinic_desktop.services.traces import FAULT_LOG
from clinic_desktop.services.words.translation import _

from .about import packages, system_words
from .settings import load_clinic

MOST_FAULT_LINES: Final = 60
MOST_OF_LOG: Final = 20_000
"""Bytes at the end of the fault log that are looked at."""


def support_report(session: Session, window: str = "") -> str:
    """The report as text, for whoever is signed in; `window` says what Qt is used.

    Goes through the whole record. Raises RecordUnavailable while it is locked.
    """
    opened = session.opened
    facts = opened.facts()
    parts = (
        (_("Program"), _program(window, facts.sqlite, facts.cipher)),
        (_("Record"), (f"schema {facts.schema}", *_counts(facts.rows))),
        (_("Files"), (f"{name}: {size} bytes" for name, size in facts.files)),
        (_("Backups"), (str(len(opened.backups())),)),
        (_("Checks"), checks(opened)),
        (_("Settings, without names"), _settings(session)),
        (_("Packages"), (f"{one.name} {one.version}" for one in packages())),
        (_("Last faults"), fault_lines(session.folder)),
    )
    return "\n\n".join(
        "\n".join((title, *(f"  {line}" for line in lines))) for title, lines in parts
    )


def _program(window: str, sqlite: str, cipher: str) -> Iterator[str]:
    yield f"Clinic Desktop {__version__}"
    yield f"Python {platform.python_version()}"
    if window:
        yield window
    yield f"SQLite {sqlite}, SQLCipher {cipher}"
    yield system_words()


def _counts(rows: tuple[tuple[str, int], ...]) -> Iterator[str]:
    return (f"{table}: {count}" for table, count in rows)


def checks(opened: Opened) -> tuple[str, ...]:
    """Which checks of the record pass: only that and how many faults, never which patient."""
    said = []
    faults = opened.faults()
    said.append(_passed(_("keys, pages, tables, references"), len(faults)))
    if faults:
        return (*said, _("audit trail and signatures: not looked at"))
    record = opened.open_record()
    try:
        with record.begin() as work:
            trail = work.check_audit()
            valid, broken = check_all(work, opened.clinic)
    finally:
        record.close()
    entries = _("audit trail, {entries} entries").format(entries=trail.entries)
    unexplained = sum(not hole.unreadable for hole in trail.holes)
    said.append(_passed(entries, int(trail.broken is not None) + unexplained))
    said.append(_passed(_("signatures, {valid} valid").format(valid=valid), len(broken)))
    return tuple(said)


def _passed(what: str, faults: int) -> str:
    words = _("{what}: {count} faults") if faults else _("{what}: passes")
    return words.format(what=what, count=faults)


def _settings(session: Session) -> Iterator[str]:
    """Choices as they are; of texts only whether they are set."""
    habit = session.window_habits.now
    yield f"scheme {habit.scheme}, locks after {habit.lock_after} min"
    try:
        papers, clinic = load_habit(session.folder), load_clinic(session.folder)
    except ChartError:  # its words may quote what stands there
        yield _("cannot be read")
        return
    yield f"paper {papers.paper}, text {papers.text_size}, distances in {clinic.distance}"
    for key in ("phone", "address", "emergency_phone", "logo"):
        yield f"{key}: {_('set') if getattr(clinic, key) else _('not set')}"


def fault_lines(folder: Path) -> tuple[str, ...]:
    """The end of the program's own fault log; it holds kinds, files and lines alone."""
    try:
        with (folder / FAULT_LOG).open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - MOST_OF_LOG))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return (_("none"),)
    return tuple(lines[-MOST_FAULT_LINES:]) or (_("none"),)
