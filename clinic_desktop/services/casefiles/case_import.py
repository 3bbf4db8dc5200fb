"""Case files into the record: looked at first, then charted, each patient whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import (
    BadCaseFile,
    ChartError,
    DuplicatePatient,
    RecordUnavailable,
)
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Case
from clinic_desktop.services import progress
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.missing_items import missing_items, missing_words
from clinic_desktop.services.record import chart_case
from clinic_desktop.services.stored import PatientSummary
from clinic_desktop.services.visit.entries import perhaps_the_same, remove_entry
from clinic_desktop.services.whole_files import reason_of
from clinic_desktop.services.words.translation import _

from .casefile import LARGEST_FILE, read_case


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file that was looked at, and what came of it since; looking stores nothing."""

    path: Path
    case: Case | None = None
    """What it holds; None where it has faults."""
    faults: tuple[str, ...] = ()
    """Why nothing of it can be charted, a line each, which names its place in the file."""
    known: int | None = None
    """The patient of the same name and birth date who is in the record already."""
    same_as: Path | None = None
    """An earlier file with the same patient."""
    alike: PatientSummary | None = None
    """Somebody in the record who may be the same person, by birth date and a similar name."""
    remarks: tuple[str, ...] = ()
    number: int | None = None
    """Under which number the patient was entered."""
    refused: str = ""
    """Why the patient was not entered when that was asked for."""

    @property
    def is_new(self) -> bool:
        """Whether a patient would be entered."""
        waits = self.case is not None and not self.faults and self.number is None
        return waits and self.known is None and self.same_as is None


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of bringing cases in."""

    files: tuple[CaseFile, ...]
    """All that were looked at, each with what came of it."""
    cancelled: bool = False
    """Whether it was stopped; who was entered by then is entered whole."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The patients who were entered."""
        return tuple(one.number for one in self.files if one.number is not None)

    @property
    def can_be_taken_back(self) -> bool:
        """Whether `take_back` can take out all of them: nothing of theirs is signed."""
        entered = [one.case for one in self.files if one.number is not None and one.case]
        return bool(entered) and not any(map(_is_signed, entered))


# -------------------------------------------------------------------- looking
def look_at_files(desk: Desk, paths: Iterable[Path]) -> tuple[CaseFile, ...]:
    """What each file holds and what would come of it, each file once. Tells how far it is.

    Raises RecordUnavailable, Refused where patients are not part of the role.
    """
    once = tuple(dict.fromkeys(paths))
    seen: dict[tuple[object, ...], Path] = {}
    found: list[CaseFile] = []
    for place, path in enumerate(once):
        progress.step(place, len(once))
        one = _beside_the_record(desk, _read(desk, path))
        if one.case is not None and one.known is None:
            # As the record compares them: a name is one whatever its capitals and spaces.
            patient = one.case.patient
            who = (" ".join(patient.name.casefold().split()), patient.birth_date)
            first = seen.setdefault(who, path)
            one = replace(one, same_as=first if first != path else None)
        found.append(one)
    return tuple(found)


def _read(desk: Desk, path: Path) -> CaseFile:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        case = read_case(content, desk.catalogue, desk.plan_library.items)
    except OSError as problem:
        said = _("the file: cannot be read ({reason})").format(reason=reason_of(problem))
        return CaseFile(path, faults=(said,))
    except BadCaseFile as problem:
        return CaseFile(path, faults=problem.faults)
    remarks = tuple(missing_words(item) for item in missing_items(case, desk.plan_library))
    faults: tuple[str, ...] = ()
    if _is_signed(case):
        # Who may not sign may not bring in what somebody signed.
        faults = tuple(filter(None, (desk.why_not(Action.SIGN),)))
    return CaseFile(path, case, faults, remarks=remarks)


def _beside_the_record(desk: Desk, one: CaseFile) -> CaseFile:
    if one.case is None:
        return one
    patient = one.case.patient
    with desk.open_record() as work:
        known = work.same_person(patient.name, patient.birth_date)
    alike = perhaps_the_same(desk.open_record, 0, patient) if known is None else None
    return replace(one, known=known, alike=alike)


def _is_signed(case: Case) -> bool:
    return any(visit.signed for visit in case.visits)


# -------------------------------------------------------------------- bringing in
def import_cases(desk: Desk, files: Sequence[CaseFile]) -> Imported:
    """Enter the patient of each file that is new, in one transaction each; tells how far it is by
    visits, and can be stopped between two of them.

    One that is refused does not keep the others out; where the record is not available, all that
    were not entered by then are refused.
    """
    counted = _Counted(desk, sum(len(one.case.visits) for one in files if one.case and one.is_new))
    done: list[CaseFile] = []
    problem = ""
    for place, one in enumerate(files):
        if one.case is None or not one.is_new:
            done.append(one)
            continue
        if problem:
            done.append(replace(one, refused=problem))
            continue
        try:
            done.append(_enter(desk, one, one.case, counted))
        except progress.Cancelled:
            return Imported((*done, *files[place:]), cancelled=True)
        except RecordUnavailable as fault:
            problem = str(fault)
            done.append(replace(one, refused=problem))
    return Imported(tuple(done))


def _enter(desk: Desk, one: CaseFile, case: Case, counted: _Counted) -> CaseFile:
    asks = desk.asks_what_follows
    try:
        number = chart_case(desk.open_record, desk.act(), case, suggest=counted.suggest, asks=asks)
    except DuplicatePatient as double:  # entered by another window since
        return replace(one, known=double.number)
    except RecordUnavailable:
        raise
    except ChartError as problem:
        return replace(one, refused=str(problem))
    return replace(one, number=number, refused="")


class _Counted:
    """Answers like the desk's rules, and counts the visits that it answered."""

    def __init__(self, desk: Desk, of: int) -> None:
        self._desk, self._of, self._done = desk, of, 0

    def suggest(self, case: Case) -> Suggestion:
        """The rules' answer. Raises Cancelled where it is to stop."""
        progress.step(min(self._done, self._of), self._of)
        self._done += 1
        return self._desk.suggest(case)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of taking entries out again."""

    numbers: tuple[int, ...]
    """Those that are out."""
    problem: str = ""
    """Why another one stayed."""


def take_back(desk: Desk, files: Sequence[CaseFile]) -> TakenBack:
    """Take the patients out again who were brought in by mistake; each can be brought back. Tells
    how far it is. Who was charted in since stays, and who was signed."""
    reason = _("Imported by mistake, taken back.")
    entered = [(one.number, one.case) for one in files if one.number is not None and one.case]
    out: list[int] = []
    problem = ""
    for place, (number, case) in enumerate(entered):
        progress.step(place, len(entered))
        try:
            if _is_as_it_came(desk, number, case):
                remove_entry(desk.open_record, desk.act(), number, reason)
                out.append(number)
            else:
                said = _("No {number} was charted in since, and stays.")
                problem = said.format(number=f"{number:06d}")
        except ChartError as fault:
            problem = str(fault)
    return TakenBack(tuple(out), problem)


def _is_as_it_came(desk: Desk, number: int, case: Case) -> bool:
    with desk.open_record() as work:
        course = work.newest_course(number)
    return course is not None and tuple(one.visit for one in course.visits) == case.visits
