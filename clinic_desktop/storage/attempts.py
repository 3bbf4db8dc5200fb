"""Counts wrong passphrases outside the record, so that no restart and no restore resets it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from clinic_desktop.domain.signing_in import Attempts, folded_login
from clinic_desktop.services.whole_files import replace_file

MOST_NAMES: Final = 1000
"""Somebody who tries names by the thousand only makes their own list longer."""


class AttemptsFile:
    """How often a wrong passphrase was given for each name."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, login: str) -> Attempts:
        """The wrong tries for a name since the last right one."""
        try:
            failed, last = self._all()[_mark(login)]
            return Attempts(int(failed), dt.datetime.fromisoformat(last))
        except (KeyError, TypeError, ValueError):
            return Attempts()

    def failed(self, login: str, at: dt.datetime) -> None:
        """Count one more. Where it cannot be written the try has failed all the same."""
        entries = self._all()
        entries.pop(_mark(login), None)
        entries[_mark(login)] = (self.of(login).failed + 1, at.isoformat())
        self._write(entries)

    def cleared(self, login: str) -> None:
        """Forget them after a right one."""
        entries = self._all()
        if entries.pop(_mark(login), None) is not None:
            self._write(entries)

    def _all(self) -> dict[str, Any]:
        try:
            entries = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return entries if isinstance(entries, dict) else {}

    def _write(self, entries: dict[str, Any]) -> None:
        newest = dict(list(entries.items())[-MOST_NAMES:])
        with suppress(OSError):
            replace_file(self._path, json.dumps(newest).encode())


def _mark(login: str) -> str:
    """A name's key in the file: no name of a person stands there, nor what was typed by mistake."""
    return hashlib.sha256(folded_login(login).encode()).hexdigest()[:32]
