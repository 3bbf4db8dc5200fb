"""Where a clinic's files lie in its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.whole_files import replace_file
from clinic_desktop.services.words.translation import _

RECORD: Final = "record.db"
PLAIN: Final = "record.sqlite3"
"""The record's name before it was encrypted."""
CURRENT: Final = "CURRENT"
FIRST: Final = "gen-0001"
_GENERATION: Final = re.compile(r"gen-\d{4,}")


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one clinic. The record lies in the generation that `CURRENT` names: a restore
    makes a new one beside it and never writes over a file that may be open."""

    folder: Path

    @property
    def vault(self) -> Path:
        """The wrapped keys; its twin stands beside it."""
        return self.folder / "vault.json"

    @property
    def attempts(self) -> Path:
        """How often a wrong passphrase was given."""
        return self.folder / "attempts.json"

    @property
    def anchor(self) -> Path:
        """The head of the audit trail, outside the record."""
        return self.folder / "anchor.bin"

    @property
    def backups(self) -> Path:
        """Backups on this machine."""
        return self.folder / "backups"

    def record(self) -> Path:
        """The record's file. Raises RecordUnavailable where nothing says which it is."""
        return self.folder / self.generation() / RECORD

    def generation(self) -> str:
        """Name of the folder of the record in use. Raises RecordUnavailable."""
        try:
            name = (self.folder / CURRENT).read_text("ascii").strip()
        except (OSError, ValueError) as problem:
            raise RecordUnavailable(_missing()) from problem
        if not _GENERATION.fullmatch(name):
            raise RecordUnavailable(_missing())
        return name

    def next_generation(self) -> str:
        """A name that no generation in this folder has had."""
        taken = [p.name for p in self.folder.iterdir() if _GENERATION.fullmatch(p.name)]
        return f"gen-{max((int(name[4:]) for name in taken), default=0) + 1:04d}"

    def use(self, generation: str) -> None:
        """Make a generation the one in use, in one step."""
        replace_file(self.folder / CURRENT, f"{generation}\n".encode("ascii"))


def make_folder(folder: Path) -> None:
    """Make a folder for nobody but its owner. Raises RecordUnavailable."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise RecordUnavailable(unusable(folder, problem)) from problem


def _missing() -> str:
    return _(
        "The record of this clinic is not where it should be. It may have been moved or deleted;"
        " please restore a backup."
    )


def unusable(folder: Path, problem: OSError) -> str:
    """Why a folder cannot hold the record, in a sentence."""
    return _("The folder {folder} cannot be used for the record: {reason}.").format(
        folder=folder, reason=problem.strerror or type(problem).__name__
    )
