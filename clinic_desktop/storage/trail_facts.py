"""What the audit trail knows of a record: what should be in it, and what was changed since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.differences import APART

from .trees import Key

COLUMNS: Final = ("seq", "deed", "number", "visit_id", "field", "after")
FINDINGS: Final = "findings"
PARTS: Final = {
    "notes": ("notes_on",),
    "retests": ("retests",),
    "plan_items": ("plan", "parked"),
    "adherence": ("adherence",),
    "flag_resolutions": ("resolved_flags",),
    "activities": ("psfs",),
    "activity_names": ("activities",),
    "signs": ("signs",),
}
"""The short lists of a visit, each with the fields of the trail that tell of it."""
_OWN_ROW: Final = ("signed", "date", "decision", "begun")
"""Fields that stand in a visit's own row."""
_OF_PATIENTS: Final = {
    Deed.PATIENT_ADDED.value,
    Deed.PATIENT_CHANGED.value,
    Deed.PATIENTS_MERGED.value,
    Deed.PATIENTS_PARTED.value,
    Deed.PATIENT_REMOVED.value,
    Deed.PATIENT_RESTORED.value,
}
_OF_VISITS: Final = {Deed.VISIT_BEGUN.value, Deed.VISIT_CHANGED.value}


@dataclass(slots=True)
class TrailFacts:
    """Put together from the trail's entries, oldest first."""

    since: int = 0
    """Entries after this one are newer than the backup."""
    newest: int = 0
    patients: set[int] = field(default_factory=set)
    visits: dict[int, int | None] = field(default_factory=dict)
    """Every visit that was begun, with its patient's number."""
    told: dict[int, dict[str, bool]] = field(default_factory=dict)
    """By visit and field whether something stands there now."""
    papers: Counter[int] = field(default_factory=Counter)
    """How many were kept of each visit."""
    signed: set[int] = field(default_factory=set)
    """Visits that were signed here."""
    seals: Counter[int] = field(default_factory=Counter)
    """How many signatures each visit was given."""
    changed: set[tuple[int, str]] = field(default_factory=set)
    """Visits and fields that were changed since the backup."""
    changed_patients: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, entries: Iterable[tuple[Any, ...]], since: int) -> TrailFacts:
        """From entries by `COLUMNS`."""
        facts = cls(since)
        for entry in entries:
            facts._take(*entry)
        return facts

    def _take(
        self, seq: int, deed: str, number: int | None, visit: int | None, name: str, after: object
    ) -> None:
        self.newest = max(self.newest, seq)
        if visit is None:
            if number is not None and deed in _OF_PATIENTS:
                self.patients.add(number)
                if seq > self.since:
                    self.changed_patients.add(number)
            return
        if deed in _OF_VISITS:
            self.visits.setdefault(visit, number)
            self.told.setdefault(visit, {})[name] = after is not None
            if seq > self.since:
                self.changed.add((visit, name))
        elif deed == Deed.VISIT_MOVED:
            self.visits[visit] = number
            self._own_row_changed(seq, visit)
        elif deed == Deed.DOCUMENT_KEPT:
            self.papers[visit] += 1
        elif deed in (Deed.VISIT_SIGNED, Deed.ADDENDUM_ADDED) and name == "digest":
            self.seals[visit] += 1
            if deed == Deed.VISIT_SIGNED:
                self.signed.add(visit)
                self._own_row_changed(seq, visit)

    def _own_row_changed(self, seq: int, visit: int) -> None:
        if seq > self.since:
            self.changed.add((visit, _OWN_ROW[0]))

    def is_older(self, table: str, key: Key) -> bool:
        """Whether a backup's row is older than a change that the trail tells of."""
        if table == FINDINGS:
            return (key[0], field_of(key)) in self.changed
        if table == "patients":
            return key[0] in self.changed_patients
        names = _OWN_ROW if table == "visits" else PARTS.get(table, ())
        return any(
            visit == key[0] and name.partition(APART)[0] in names for visit, name in self.changed
        )

    def findings_of(self, visit: int) -> set[str]:
        """The fields of the findings that stand in a visit."""
        told = self.told.get(visit, {})
        return {name for name, there in told.items() if there and name.startswith(FINDINGS + APART)}

    def tells_of(self, visit: int, table: str) -> bool:
        """Whether one of a visit's short lists has anything in it."""
        told = self.told.get(visit, {})
        return any(
            there and name.partition(APART)[0] in PARTS[table] for name, there in told.items()
        )


def field_of(key: Key) -> str:
    """The field by which the trail names a finding: of visit, finding and side."""
    _visit, finding, side = key
    return f"{FINDINGS}{APART}{finding}" + (f"@{side}" if side else "")
