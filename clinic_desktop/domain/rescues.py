"""What came of reading a damaged record row by row, as values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from .audit import Hole


@dataclass(frozen=True, slots=True)
class Saved:
    """How much of one kind was saved."""

    read: int = 0
    """Read from the damaged file itself."""
    taken: int = 0
    """From a backup, where the damaged file could not be read."""
    rebuilt: int = 0
    """Made anew from the audit trail, which tells each change."""
    lost: int = 0
    """In none of them: only that there was one is known."""


@dataclass(frozen=True, slots=True)
class TouchedVisit:
    """A visit of which not everything could be read."""

    number: int
    """The patient's."""
    visit_id: int
    date: dt.date | None
    """None where only the trail knows of it."""
    taken: int = 0
    """Rows that are as the backup has them."""
    rebuilt: int = 0
    """Rows that were made anew from the audit trail."""
    lost: int = 0
    """What is known to be missing."""


ADDENDUM: Final = "addendum"
PAPER: Final = "paper"


@dataclass(frozen=True, slots=True)
class GonePaper:
    """An addendum or a kept paper of which only that there was one is known."""

    number: int
    """The patient's."""
    date: dt.date
    """Of its visit."""
    kind: str
    """`ADDENDUM` or `PAPER`."""
    at: dt.datetime
    """When it was added or kept."""


@dataclass(frozen=True, slots=True)
class RescueReport:
    """What a damaged file still holds, and what is put together from it."""

    patients: Saved
    visits: Saved
    findings: Saved
    lists: Saved
    """Remarks, retests, plans and the like."""
    papers: Saved
    entries: Saved
    """Of the audit trail."""
    pages: int = 0
    """Pages of the file that could not be read."""
    touched: tuple[TouchedVisit, ...] = ()
    gone: tuple[GonePaper, ...] = ()
    """Addenda and papers that are lost, oldest first."""
    holes: tuple[Hole, ...] = ()
    backup: dt.datetime | None = None
    """When the backup was made that stands in; None where there is none."""
    visits_only_here: int = 0
    """Visits that the damaged file holds and the backup does not."""
    entries_only_here: int = 0
    """Entries of the trail since the backup: what has been done since."""
    signatures: int = 0
    """Signed visits that are valid."""
    broken: tuple[str, ...] = field(default=())
    """A sentence for each signature that is not."""

    @property
    def all(self) -> tuple[Saved, ...]:
        """The counts of each kind."""
        return (
            self.patients, self.visits, self.findings, self.lists, self.papers, self.entries
        )  # fmt: skip
