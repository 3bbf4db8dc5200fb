"""Puts a record together from what a damaged one still holds, and a backup where it does not.

The damaged files are only read. A row is taken from the backup only where a page that could have
held it cannot be read, and only if the audit trail knows of no later change to it; what is missing
then is counted by what the trail tells of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from clinic_desktop.domain.audit import AuditHead
from clinic_desktop.domain.backups import BackupContent
from clinic_desktop.domain.rescues import Saved
from clinic_desktop.services import progress

from .blank_record import BlankRecord, Layout, opened_past_triggers, rows_of
from .damaged_record import DamagedRecord
from .keys import VaultKeys
from .rebuilding import Rebuilding, Rebuilt
from .search_text import folded_words
from .trail_facts import COLUMNS, FINDINGS, PARTS, TrailFacts, field_of
from .trees import Gap, Key

_STEPS_AFTER: Final = 8
"""What comes after the tables takes about as long as so many of them."""
_DERIVED: Final = "patient_words"
"""By which patients are found; made anew from their names."""


@dataclass(slots=True)
class Rescued:
    """What was put into a record, and what is known to be missing."""

    facts: TrailFacts
    gaps: dict[str, list[Gap]] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    rebuilt: Rebuilt = field(default_factory=Rebuilt)
    lost: Counter[str] = field(default_factory=Counter)
    taken_of_visit: Counter[int] = field(default_factory=Counter)
    lost_of_visit: Counter[int] = field(default_factory=Counter)
    visits_of_backup: set[int] = field(default_factory=set)
    visits_taken: set[int] = field(default_factory=set)
    """Whose own row is the backup's."""

    def saved(self, table: str) -> Saved:
        """The counts of one table."""
        made = self.rebuilt.rows[table]
        return Saved(self.read.get(table, 0), self.taken.get(table, 0), made, self.lost[table])


@dataclass(frozen=True, slots=True)
class Backing:
    """A copy of a backup's record that stands in, with what the backup says of itself."""

    record: Path
    content: BackupContent


def fill(
    blank: BlankRecord,
    damaged: DamagedRecord,
    backing: Backing | None,
    keys: VaultKeys,
    noted: AuditHead | None,
) -> Rescued:
    """Put into an empty record what can be read of a damaged one, and what can not from the backup
    and from what the trail tells. `noted` is the trail's end as it was noted outside.

    Raises RecordUnavailable.
    """
    gaps: dict[str, list[Gap]] = {}
    for done, (name, layout) in enumerate(blank.layouts.items()):
        progress.step(done, len(blank.layouts) + _STEPS_AFTER)
        blank.put(layout, damaged.rows(layout, gaps.setdefault(name, [])))
    numbers = [damaged.sequence()]
    for name, rows in damaged.loose(blank.layouts, gaps).items():
        blank.put(blank.layouts[name], rows)
    read = {name: blank.count(name) for name in blank.layouts}
    progress.step(len(blank.layouts), len(blank.layouts) + _STEPS_AFTER)
    rescued = Rescued(_facts(blank, backing), gaps, read)
    with ExitStack() as stack:
        backup = None
        if backing is not None:
            backup = stack.enter_context(opened_past_triggers(backing.record, keys))
            numbers.append(_begin_with_trail(blank, backup, rescued))
            for name in blank.layouts.keys() - {"audit", _DERIVED}:
                _take_missing(blank, backup, rescued, name)
        whole = _whole_from(blank, noted)
        rescued.rebuilt = Rebuilding(blank, rescued.gaps, rescued.facts, whole).rebuild()
        if backup is not None:
            # Better a visit as it was then than none at all.
            for name in ("patients", "visits"):
                _take_missing(blank, backup, rescued, name, older=True)
            _sign_again(blank, rescued)
    _leave_out_orphans(blank, rescued)
    _count_lost(blank, rescued)
    _write_words(blank)
    _set_sequence(blank, numbers)
    return rescued


def _facts(blank: BlankRecord, backing: Backing | None) -> TrailFacts:
    """What the trail tells, as far as it is there."""
    since = backing.content.audit_seq if backing is not None else 0
    if "audit" not in blank.layouts:
        return TrailFacts(since)
    entries = blank.all(f"SELECT {', '.join(COLUMNS)} FROM audit ORDER BY seq")
    return TrailFacts.of(entries, since)


def _whole_from(blank: BlankRecord, noted: AuditHead | None) -> int:
    """From which entry on none of the trail is missing."""
    whole = last = 1
    for (seq,) in blank.all("SELECT seq FROM audit ORDER BY seq"):
        if seq != last:
            whole = seq
        last = seq + 1
    return last if noted is not None and noted.seq >= last else whole


def _begin_with_trail(blank: BlankRecord, backup: Connection, rescued: Rescued) -> int:
    """Close holes of the trail from a backup, before what it tells decides about anything else;
    gives the highest number that a patient had in the backup."""
    _take_missing(blank, backup, rescued, "audit")
    entries = blank.all(f"SELECT {', '.join(COLUMNS)} FROM audit ORDER BY seq")
    rescued.facts = TrailFacts.of(entries, rescued.facts.since)
    ids = backup.exec_driver_sql("SELECT id FROM visits").scalars()
    rescued.visits_of_backup = set(ids)
    return int(backup.exec_driver_sql("SELECT seq FROM sqlite_sequence").scalar() or 0)


def _take_missing(
    blank: BlankRecord, backup: Connection, rescued: Rescued, table: str, *, older: bool = False
) -> None:
    """Take from a backup the rows of a table that cannot be read; with `older` also those that the
    trail knows to have changed since."""
    layout, gaps = blank.layouts[table], rescued.gaps[table]
    if not gaps:
        return
    there = set(blank.all(f"SELECT {', '.join(layout.unique)} FROM {table}"))
    places = [layout.columns.index(column) for column in layout.unique]
    rows = []
    for row in rows_of(backup, layout):
        unique = tuple(row[place] for place in places)
        key = layout.key(row)
        missing = key is None or any(gap.holds(key) for gap in gaps)
        if missing and unique not in there and (older or not rescued.facts.is_older(table, unique)):
            rows.append((unique, row))
    blank.put(layout, (row for _unique, row in rows))
    rescued.taken[table] = rescued.taken.get(table, 0) + len(rows)
    rescued.taken_of_visit.update(_visits_in(layout, rows))
    if table == "visits":
        rescued.visits_taken.update(unique[0] for unique, _row in rows)


def _visits_in(layout: Layout, rows: Iterable[tuple[Key, tuple[Any, ...]]]) -> Iterator[int]:
    """Of which visits rows are."""
    if layout.table == "visits":
        yield from (unique[0] for unique, _row in rows)
    elif "visit_id" in layout.columns and layout.table != "audit":
        place = layout.columns.index("visit_id")
        yield from (row[place] for _unique, row in rows)


def _sign_again(blank: BlankRecord, rescued: Rescued) -> None:
    """Close visits that a backup has as drafts and whose signature, made since, was read: what it
    is worth shows whenever they are shown."""
    for visit in sorted(rescued.visits_taken):
        blank.connection.exec_driver_sql(
            "UPDATE visits SET signed = 1, signed_here = 1 WHERE signed_here IS NOT 1"
            " AND id = ? AND id IN (SELECT visit_id FROM signatures WHERE place = 0)",
            (visit,),
        )


def _leave_out_orphans(blank: BlankRecord, rescued: Rescued) -> None:
    """Take out rows that belong to something that is lost: nobody could reach them. They stay in
    the damaged file, which is kept."""
    left = True
    while left:
        left = False
        for name in blank.layouts:
            for own, parent, theirs in _references(blank, name):
                gone = f"{own} IS NOT NULL AND {own} NOT IN (SELECT {theirs} FROM {parent})"
                found = blank.all(f"SELECT {own} FROM {name} WHERE {gone}")
                if not found:
                    continue
                left = True
                if _may_be_empty(blank, name, own):
                    statement = f"UPDATE {name} SET {own} = NULL WHERE {gone}"
                else:
                    statement = f"DELETE FROM {name} WHERE {gone}"
                    rescued.lost[name] += len(found)
                    if parent == "visits":
                        rescued.lost_of_visit.update(visit for (visit,) in found)
                blank.connection.exec_driver_sql(statement)
                elsewhere = rescued.taken.get(name, 0) + rescued.rebuilt.rows[name]
                rescued.read[name] = max(0, blank.count(name) - elsewhere)


def _references(blank: BlankRecord, table: str) -> list[tuple[str, str, str]]:
    """The columns of a table that point to another, with the column there."""
    found = blank.all(f"PRAGMA foreign_key_list({table})")
    return [(row[3], row[2], row[4]) for row in found]


def _may_be_empty(blank: BlankRecord, table: str, column: str) -> bool:
    return any(
        row[1] == column and not row[3] and not row[5]
        for row in blank.all(f"PRAGMA table_info({table})")
    )


# -------------------------------------------------------------------- what is missing
def _count_lost(blank: BlankRecord, rescued: Rescued) -> None:
    """Count what the trail tells of and is not there, where something could not be read."""
    facts, gaps = rescued.facts, rescued.gaps
    if gaps["patients"]:
        there = {row[0] for row in blank.all("SELECT number FROM patients")}
        _lost(rescued, "patients", len(facts.patients - there))
    visits = {row[0] for row in blank.all("SELECT id FROM visits")}
    if gaps["visits"] or gaps["courses"] or gaps["patients"]:
        gone = set(facts.visits) - visits
        _lost(rescued, "visits", len(gone))
        _lost(rescued, FINDINGS, sum(len(facts.findings_of(visit)) for visit in gone))
        rescued.lost_of_visit |= Counter(dict.fromkeys(gone, 1))
    told = visits & set(facts.told)
    _count_lost_findings(blank, rescued, told)
    for table in PARTS:
        _count_lost_parts(blank, rescued, table, told)
    for table, counts in (("documents", facts.papers), ("signatures", facts.seals)):
        if gaps.get(table):
            _count_lost_of_table(blank, rescued, table, counts, visits)


def _lost(rescued: Rescued, table: str, count: int) -> None:
    """Rows that were left out are known to be lost already."""
    rescued.lost[table] = max(rescued.lost[table], count)


def _count_lost_findings(blank: BlankRecord, rescued: Rescued, visits: set[int]) -> None:
    gaps = rescued.gaps[FINDINGS]
    for visit in sorted(visits):
        if not any(gap.holds((visit,)) for gap in gaps):
            continue
        rows = blank.all(f"SELECT visit_id, finding, side FROM findings WHERE visit_id = {visit}")
        missing = rescued.facts.findings_of(visit) - {field_of(row) for row in rows}
        rescued.lost[FINDINGS] += len(missing)
        if missing:
            rescued.lost_of_visit[visit] += len(missing)


def _count_lost_parts(blank: BlankRecord, rescued: Rescued, table: str, visits: set[int]) -> None:
    """A short list counts as one thing: the trail tells of it as a whole."""
    gaps = rescued.gaps.get(table)
    if not gaps:
        return
    there = {row[0] for row in blank.all(f"SELECT DISTINCT visit_id FROM {table}")}
    for visit in visits - there:
        told = rescued.facts.tells_of(visit, table)
        if told and any(gap.holds((visit,)) for gap in gaps):
            rescued.lost[table] += 1
            rescued.lost_of_visit[visit] += 1


def _count_lost_of_table(
    blank: BlankRecord, rescued: Rescued, table: str, told: Counter[int], visits: set[int]
) -> None:
    missing = Counter(told)
    missing.subtract(dict(blank.all(f"SELECT visit_id, count(*) FROM {table} GROUP BY visit_id")))
    missing = +missing
    _lost(rescued, table, missing.total())
    rescued.lost_of_visit += Counter({v: n for v, n in missing.items() if v in visits})


# -------------------------------------------------------------------- what follows from the rest
def _write_words(blank: BlankRecord) -> None:
    """Make the words by which patients are found anew."""
    if _DERIVED not in blank.layouts:
        return
    blank.connection.exec_driver_sql(f"DELETE FROM {_DERIVED}")
    rows = []
    for number, name in blank.all("SELECT number, name FROM patients"):
        words = folded_words(name)
        folded = "".join(f" {word}" for word in words)
        rows += [(word, folded, number) for word in dict.fromkeys(words)]
    if rows:
        blank.connection.exec_driver_sql(
            f"INSERT INTO {_DERIVED} (word, folded, number) VALUES (?, ?, ?)", rows
        )


def _set_sequence(blank: BlankRecord, given: list[int]) -> None:
    """No number that a patient ever had is given out again, also of one who is lost."""
    highest = blank.all("SELECT max(number) FROM patients")[0][0] or 0
    told = blank.all("SELECT max(number) FROM audit")[0][0] if "audit" in blank.layouts else 0
    last = max(highest, told or 0, *given)
    blank.connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'patients'")
    blank.connection.exec_driver_sql(
        "INSERT INTO sqlite_sequence (name, seq) VALUES ('patients', ?)", (last,)
    )
