"""Keeps the log of a record that is about to be opened, in case something of it is thrown away.

SQLite takes a damaged log up to the damage, says nothing, and deletes it as it closes. A rescue can
read beyond.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.whole_files import replace_file

from .places import Places

KEPT_LOG: Final = "record.db-log-kept"
LEFT_LOG: Final = "record.db-log-left"
"""A kept one after somebody went on without it; nothing reads it."""


def log_of(record: Path) -> Path:
    """The write-ahead log of a record."""
    return record.with_name(f"{record.name}-wal")


@contextmanager
def log_kept(places: Places) -> Iterator[None]:
    """Within it a record is opened: where that comes to nothing, its log is kept as it was."""
    try:
        record = places.record()
    except RecordUnavailable:  # nothing says where it is
        yield
        return
    before = b""
    with suppress(OSError):
        before = log_of(record).read_bytes()
    kept = record.with_name(KEPT_LOG)
    try:
        yield
    except RecordUnavailable:
        with suppress(OSError):
            if before and not kept.exists():  # the first one has the most in it
                replace_file(kept, before)
        raise
    with suppress(OSError):
        kept.replace(record.with_name(LEFT_LOG))
