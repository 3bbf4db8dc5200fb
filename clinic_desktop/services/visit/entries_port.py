"""What the use cases need from the record to put wrong entries of patients right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from clinic_desktop.domain.visits import Patient

if TYPE_CHECKING:
    from clinic_desktop.domain.acts import Act


@dataclass(frozen=True, slots=True)
class PatientEntry:
    """An entry of a patient, for the lists of what may be put right."""

    number: int
    patient: Patient
    latest_on: dt.date
    """Of the newest visit, or of the entry where there is none."""
    removed_why: str = ""


class EntriesWork(Protocol):
    """The part of a unit of work that puts wrong entries right."""

    def merge_patients(self, kept: int, other: int, act: Act, reason: str) -> None:
        """Let an entry point to another one of the same person. Raises NotFound."""

    def part_patients(self, other: int, act: Act, reason: str) -> None:
        """Let an entry stand for itself again. Raises NotFound."""

    def merged_into(self, number: int) -> tuple[int, ...]:
        """The numbers that point to this one."""

    def remove_patient(self, number: int, act: Act, reason: str) -> None:
        """Take an entry that was made by mistake out of all lists. Raises NotFound."""

    def restore_patient(self, number: int, act: Act) -> None:
        """Bring a removed entry back. Raises NotFound."""

    def removed_why(self, number: int) -> str | None:
        """Why an entry was removed; None where it was not. Raises NotFound."""

    def removed_patients(self) -> tuple[PatientEntry, ...]:
        """The newest first."""

    def has_signed(self, number: int) -> bool:
        """Whether a patient has a visit that somebody signed."""

    def born_alike(self) -> tuple[tuple[PatientEntry, PatientEntry], ...]:
        """Pairs of entries with one birth date, or with one name where a birth date is missing."""

    def unseen_since(self, day: dt.date) -> tuple[PatientEntry, ...]:
        """Patients whose newest visit is older than a day, the longest unseen first."""

    def move_visit(self, visit_id: int, course_id: int, act: Act, reason: str) -> None:
        """Put an unsigned visit into another course. Raises NotFound, SignedVisit."""
