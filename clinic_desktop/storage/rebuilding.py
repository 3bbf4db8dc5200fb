"""Makes anew, from what the audit trail tells, what of a damaged record could not be read.

The trail holds each change of a patient and of a visit, field by field, each entry proven by its
place in the chain. Where none is missing from something's first entry on, it tells how that stands
now; where one is, nothing is made of it. What it does not tell of is not invented.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.retelling import retold
from clinic_desktop.domain.visits import Patient, Visit

from . import translate
from .blank_record import BlankRecord, Layout
from .rescued_addenda import ADDENDA, told_addenda
from .rows import FINDINGS
from .trail_facts import TrailFacts
from .trees import Gap
from .visits import PARTS

_TELLS_NOTHING: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError)
_VISITS: Final = (Deed.VISIT_BEGUN.value, Deed.VISIT_CHANGED.value)
_PATIENTS: Final = (Deed.PATIENT_ADDED.value, Deed.PATIENT_CHANGED.value)
_OF_USERS: Final = frozenset({"name", "credentials", "role", "active", "administers"})
_ENTRIES: Final = "SELECT seq, at, who, deed, number, visit_id, field, after, reason FROM audit"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Entry:
    seq: int
    at: str
    who: str
    deed: str
    number: int | None
    visit_id: int | None
    field: str
    after: str | None
    reason: str

    @property
    def stamp(self) -> Row:
        """Who changed it and when."""
        return {"changed_at": self.at, "changed_by": self.who}


@dataclass(slots=True)
class Rebuilt:
    """How many rows of each table, and of each visit, were made anew."""

    rows: Counter[str] = field(default_factory=Counter)
    of_visit: Counter[int] = field(default_factory=Counter)


class Rebuilding:
    """Works on a record that was filled with what can be read."""

    def __init__(
        self, blank: BlankRecord, gaps: Mapping[str, Sequence[Gap]], facts: TrailFacts, whole: int
    ) -> None:
        """From entry `whole` on none of the trail is missing."""
        self._blank = blank
        self._gaps = gaps
        self._facts = facts
        self._whole = whole
        self.done = Rebuilt()

    def rebuild(self) -> Rebuilt:
        """Put everything in place that the trail tells of and that is missing."""
        if self._gaps["users"]:
            self._users()
        if self._gaps["patients"]:
            self._patients()
        if self._gaps["courses"] or self._gaps["visits"]:
            self._courses()
        for visit_id, row in told_addenda(self._blank, self._gaps):
            self._put(ADDENDA, row, visit_id)
        told = self._told_of_visits()
        standing = self._there("visits", "id")
        for visit_id, entries in told.items():
            if entries[0].deed != Deed.VISIT_BEGUN or entries[0].seq < self._whole:
                continue
            try:
                visit = retold(Visit, ((one.field, one.after) for one in entries))
            except _TELLS_NOTHING:  # of a field that is no more, or spoilt
                continue
            if visit_id not in standing and not self._put_visit(visit_id, visit, entries):
                continue
            self._put_content(visit_id, visit, entries)
        return self.done

    # ------------------------------------------------------------ people and courses
    def _users(self) -> None:
        """Somebody who left, or may less than at the time of the backup, does not come back."""
        for entry in self._entries(f"deed = '{Deed.USER_CHANGED.value}'"):
            if entry.seq > self._facts.since and entry.field in _OF_USERS and entry.after:
                self._blank.connection.exec_driver_sql(
                    f"UPDATE users SET {entry.field} = ? WHERE id = ?",
                    (json.loads(entry.after), entry.reason),
                )

    def _patients(self) -> None:
        missing = self._facts.patients - self._there("patients", "number")
        told: dict[int, list[_Entry]] = defaultdict(list)
        for entry in self._entries("number IS NOT NULL AND visit_id IS NULL"):
            if entry.number in missing:
                told[entry.number].append(entry)
        for number, entries in sorted(told.items()):
            if entries[0].deed != Deed.PATIENT_ADDED or entries[0].seq < self._whole:
                continue
            own = [one for one in entries if one.deed in _PATIENTS]
            try:
                patient = retold(Patient, ((one.field, one.after) for one in own))
            except _TELLS_NOTHING:
                continue
            latest = max(
                (
                    date
                    for visit, date in self._dates.items()
                    if self._facts.visits[visit] == number
                ),
                default=own[0].at[:10],
            )
            columns = {
                "number": number,
                "latest_on": latest,
                "merged_into": _merged(entries),
                "removed_why": _removed(entries),
            }
            self._put("patients", columns | translate.patient_columns(patient) | own[-1].stamp)

    def _courses(self) -> None:
        """A course whose visits are there is made anew around them, with nothing said of it; one
        whose visits are lost as well, where the patient has no other."""
        known = self._there("courses", "id")
        for visit_id, course in self._blank.all("SELECT id, course_id FROM visits ORDER BY id"):
            number = self._facts.visits.get(visit_id)
            if course not in known and number is not None:
                known.add(course)
                self._put_course(course, number, visit_id)
        with_course = self._there("courses", "number")
        visits = self._there("visits", "id")
        for visit_id, number in sorted(self._facts.visits.items()):
            if visit_id not in visits and number is not None and number not in with_course:
                with_course.add(number)
                self._put_course(max(known, default=0) + 1, number, visit_id)
                known.add(max(known, default=0) + 1)

    def _put_course(self, course: int, number: int, visit_id: int) -> None:
        entry = next(iter(self._entries(f"visit_id = {visit_id}")))
        # Nobody has looked yet whether it stands still.
        columns = {"id": course, "number": number, "stands_still": None}
        self._put("courses", columns | entry.stamp)

    # ------------------------------------------------------------ visits
    def _told_of_visits(self) -> dict[int, list[_Entry]]:
        """The entries of each visit of which something may be missing."""
        tables = ("visits", "courses", "patients", FINDINGS.name, *(t.name for t, _c in PARTS))
        gaps = [gap for table in tables for gap in self._gaps.get(table, ())]
        all_of_them = bool(self._gaps["patients"] or self._gaps["courses"])
        told: dict[int, list[_Entry]] = defaultdict(list)
        for entry in self._entries("visit_id IS NOT NULL"):
            visit = entry.visit_id
            if entry.deed not in _VISITS or visit is None:
                continue
            if all_of_them or visit in told or any(gap.holds((visit,)) for gap in gaps):
                told[visit].append(entry)
        return told

    def _put_visit(self, visit_id: int, visit: Visit, entries: Sequence[_Entry]) -> bool:
        """A visit whose row is lost, in its patient's only course; False where there are more."""
        number = self._facts.visits.get(visit_id)
        courses = self._blank.all(f"SELECT id FROM courses WHERE number = {number or 0}")
        if len(courses) != 1 or not self._in_gap("visits", (visit_id,)):
            return False
        signed = visit_id in self._facts.signed
        typed = [one for one in entries if _is_content(one)]
        columns = {
            **translate.visit_columns(visit),
            "id": visit_id,
            "course_id": courses[0][0],
            "first_entry": typed[0].at if typed else None,
            "last_entry": typed[-1].at if typed else None,
            **entries[-1].stamp,
        }
        if signed:
            columns |= {"signed": 1, "signed_here": 1}
        return self._put("visits", columns, visit_id)

    def _put_content(self, visit_id: int, visit: Visit, entries: Sequence[_Entry]) -> None:
        """What is charted in a visit, where its page could not be read."""
        last = {one.field: one for one in entries}
        for key, value in visit.findings.items():
            columns = translate.finding_columns(key, value)
            unique = (visit_id, columns["finding"], columns["side"])
            if self._in_gap(FINDINGS.name, unique):
                stamp = last[f"{FINDINGS.name}/{key}"].stamp
                self._put(FINDINGS.name, {"visit_id": visit_id, **columns, **stamp}, visit_id)
        for table, columns_of in PARTS:
            if not self._in_gap(table.name, (visit_id,)):
                continue
            there = self._blank.all(
                f"SELECT 1 FROM {table.name} WHERE visit_id = {visit_id} LIMIT 1"
            )
            if not there:  # a list is one thing: never part from here and part from there
                for row in columns_of(visit):
                    stamp = entries[-1].stamp
                    self._put(table.name, {"visit_id": visit_id, **row, **stamp}, visit_id)

    # ------------------------------------------------------------ inside
    def _in_gap(self, table: str, key: tuple[Any, ...]) -> bool:
        return any(gap.holds(key) for gap in self._gaps.get(table, ()))

    @property
    def _dates(self) -> dict[int, str]:
        return dict(self._blank.all("SELECT id, date FROM visits"))

    def _there(self, table: str, column: str) -> set[int]:
        return {row[0] for row in self._blank.all(f"SELECT {column} FROM {table}")}

    def _entries(self, which: str) -> Iterator[_Entry]:
        for row in self._blank.all(f"{_ENTRIES} WHERE {which} ORDER BY seq"):
            yield _Entry(*row)

    def _put(self, table: str, columns: Row, visit_id: int | None = None) -> bool:
        """Add a row; one that is there stays. Gives whether it was added."""
        layout: Layout = self._blank.layouts[table]
        usual = dict(zip(layout.columns, layout.defaults, strict=True))
        row = [columns.get(name, usual[name]) for name in layout.columns]
        added = self._blank.put_one(layout, row)
        self.done.rows[table] += added
        if visit_id is not None and added:
            self.done.of_visit[visit_id] += 1
        return added


def _is_content(entry: _Entry) -> bool:
    """Whether something was typed into the visit: not only begun or signed."""
    return entry.field not in (
        ("date", "signed") if entry.deed == Deed.VISIT_BEGUN else ("signed",)
    )


def _merged(entries: Sequence[_Entry]) -> int | None:
    """The entry that stands for this one too, if it was merged."""
    into = [one.after for one in entries if one.field == "merged_into"]
    return int(into[-1]) if into and into[-1] is not None else None


def _removed(entries: Sequence[_Entry]) -> str | None:
    """Why an entry of a patient was made by mistake; None for one that stands."""
    why = None
    for entry in entries:
        if entry.deed == Deed.PATIENT_REMOVED:
            why = entry.reason
        elif entry.deed == Deed.PATIENT_RESTORED:
            why = None
    return why
