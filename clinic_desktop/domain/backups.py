"""Backups as values: what one holds, which to keep, and when one is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many of each are kept (reliability.md, 5.7)."""
ALL_OF: Final = dt.timedelta(days=2)
"""Of these last days every one is kept."""
TOO_OLD: Final = dt.timedelta(hours=24)
"""After so long without one on a second medium the program says so."""


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What stands in a backup; the restore drill reads it back from the backup itself."""

    made_at: dt.datetime
    patients: int
    visits: int
    last_signed: dt.datetime | None
    """When the newest signature in it was given, None where nothing is signed."""
    schema: str
    audit_seq: int = 0
    """The last entry of the audit trail in it."""
    files: int = 0
    """Of what the clinic made beside its record: settings, logo, own rules."""
    left_out: tuple[str, ...] = field(default=(), compare=False)
    """Such files that were not taken: too large, too many, or no plain files."""
    kept_in: str = field(default="", compare=False)
    """After a restore: the folder with the files that stood in the place of these."""
    not_put_back: str = field(default="", compare=False)
    """Why files could not be put back; the record is restored all the same."""


def to_be_thinned(made: Iterable[dt.datetime], now: dt.datetime) -> frozenset[dt.datetime]:
    """Which of the good backups may go: all but those of the last two days, the newest of each of
    the last twelve days, ten weeks and nine months that have any, and the newest of all."""
    newest_first = sorted(made, reverse=True)
    kept = {moment for moment in newest_first if now - moment <= ALL_OF} | set(newest_first[:1])
    for count, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        firsts: dict[tuple[int, ...], dt.datetime] = {}
        for moment in newest_first:
            firsts.setdefault(period(moment), moment)
        kept |= set(list(firsts.values())[:count])
    return frozenset(newest_first) - kept


def _day(moment: dt.datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: dt.datetime) -> tuple[int, ...]:
    return moment.isocalendar()[:2]


def _month(moment: dt.datetime) -> tuple[int, ...]:
    return moment.year, moment.month
