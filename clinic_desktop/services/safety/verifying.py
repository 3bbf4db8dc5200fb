"""Holds what stands in the record against what was signed, each time that it is shown."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from clinic_desktop.domain.signing import (
    VISIT_PLACE,
    AddendumValidity,
    Difference,
    Fault,
    Seal,
    Signable,
    Signature,
    State,
    Validity,
    addendum_content,
    differences,
    digest_of,
)
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum, Patient
from clinic_desktop.services.ports import OpenRecord, UnitOfWork
from clinic_desktop.services.progress import step
from clinic_desktop.services.stored import KeptSeal, StoredCourse, StoredVisit

_WHERE: Final = frozenset(
    {("format",), ("about",), ("clinic",), ("patient", "number"), ("visit", "id")}
)
"""Places of a content that say to what it belongs."""


def check_course(open_record: OpenRecord, course_id: int, clinic: str = "") -> dict[int, Validity]:
    """What the signatures of a course are worth, by visit. Raises NotFound, RecordUnavailable."""
    with open_record() as work:
        return check_visits(work, work.course(course_id), clinic)


def check_visit(
    open_record: OpenRecord, course: StoredCourse, visit_id: int, clinic: str = ""
) -> Validity:
    """The same of one visit of a course that was just read. Raises NotFound, RecordUnavailable."""
    with open_record() as work:
        found = check_visits(work, course, clinic, visit_id)[visit_id]
        if found.state is State.NOT_VALID:
            # Before that is said: has somebody signed between the two readings?
            found = check_visits(work, work.course(course.id), clinic, visit_id)[visit_id]
    return found


def check_visits(
    work: UnitOfWork, course: StoredCourse, clinic: str = "", only: int | None = None
) -> dict[int, Validity]:
    """The same inside a transaction, of a course that was read in it; or of one of its visits."""
    answers = work.course_answers(course.id)
    seals: dict[int, dict[int, KeptSeal]] = {}
    for kept in work.seals(course.id):
        seals.setdefault(kept.seal.visit_id, {})[kept.seal.place] = kept
    return {
        stored.id: check_stored(
            course, stored, seals.get(stored.id, {}), answers.get(stored.id), clinic
        )
        for stored in course.visits
        if only in (None, stored.id)
    }


@dataclass(frozen=True, slots=True)
class BrokenSignature:
    """A signature that is not valid, by its place in the record."""

    number: int
    """The patient's number."""
    visit_id: int
    date: dt.date
    addendum: int | None = None
    """Which addendum of the visit, 1 the first; None for the visit itself."""


def check_all(work: UnitOfWork, clinic: str = "") -> tuple[int, tuple[BrokenSignature, ...]]:
    """How many signed visits of the record are valid, and every signature that is not."""
    valid, broken = 0, []
    courses = work.signed_courses()
    for place, (course_id, number) in enumerate(courses.items()):
        step(place, len(courses))
        for visit_id, found in check_visits(work, work.course(course_id), clinic).items():
            valid += found.state is State.VALID
            if found.state is State.NOT_VALID:
                broken.append(BrokenSignature(number, visit_id, found.date))
            broken += [
                BrokenSignature(number, visit_id, found.date, n)
                for n, added in enumerate(found.addenda, 1)
                if added.state is State.NOT_VALID
            ]
    return valid, tuple(broken)


def check_stored(
    course: StoredCourse,
    stored: StoredVisit,
    seals: Mapping[int, KeptSeal],
    answer: ShortAnswer | None,
    clinic: str = "",
) -> Validity:
    """The same of one visit, with its signatures by place and what the rules said of it."""
    return _Check(course, stored, seals, answer, clinic).validity()


@dataclass(frozen=True, slots=True)
class _Check:
    """One visit with all that its signatures are held against."""

    course: StoredCourse
    stored: StoredVisit
    seals: Mapping[int, KeptSeal]
    answer: ShortAnswer | None
    clinic: str

    def validity(self) -> Validity:
        stored, kept = self.stored, self.seals.get(VISIT_PLACE)
        found = Validity(
            State.DRAFT,
            stored.visit.date,
            first_entry=stored.first_entry,
            last_entry=stored.last_entry,
        )
        covered = 0
        if kept is not None:
            said = _read(kept.seal.content)
            # Addenda that stood there already, from a file, are part of what was signed.
            covered = len(said.get("visit", {}).get("addenda", ()))
            found = self._signed_here(kept, said, covered, found)
        elif stored.signed_here:
            found = replace(found, state=State.NOT_VALID, faults=(Fault.MISSING,))
        elif stored.visit.signed:
            found = replace(found, state=State.ELSEWHERE)
        elif self.seals:
            found = replace(found, state=State.NOT_VALID, faults=(Fault.OPENED,))
        return replace(found, addenda=self._addenda(covered))

    def _signed_here(
        self, kept: KeptSeal, said: Mapping[str, Any], covered: int, found: Validity
    ) -> Validity:
        seal, visit = kept.seal, self.stored.visit
        signed = _signature_in(said) or seal.signed
        faults = self._own_faults(kept, said, signed)
        if not (visit.signed and self.stored.signed_here):
            faults.append(Fault.OPENED)
        then = replace(visit, addenda=visit.addenda[:covered])
        now = replace(self._signable(said), visit=then).content(signed, None)
        changed = differences(seal.content, now) if said and now != seal.content else ()
        # Details of a person may be corrected (a name, a birth date); whose it is may not change.
        inside = tuple(d for d in changed if d.place[0] != "patient" or d.place in _WHERE)
        faults += _faults_of(inside)
        return replace(
            found,
            state=State.NOT_VALID if faults else State.VALID,
            signed=signed,
            faults=tuple(dict.fromkeys(faults)),
            differences=inside,
            answer=_answer_in(said),
            named=_patient_in(said) if len(inside) < len(changed) else None,
        )

    def _signable(self, said: Mapping[str, Any]) -> Signable:
        named = str(said.get("clinic", ""))
        return Signable(
            (self.clinic or named) if named else "",
            self.course.signed_number,
            self.course.patient,
            self.stored.id,
            self.stored.visit,
            self.answer,
            self.stored.first_entry,
            self.stored.last_entry,
        )

    @staticmethod
    def _own_faults(kept: KeptSeal, said: Mapping[str, Any], signed: Signature) -> list[Fault]:
        """What a signature itself shows, whatever it is about."""
        seal, faults = kept.seal, []
        if not kept.genuine or not said:
            faults.append(Fault.FORGED)
        if seal.digest != digest_of(seal.content) or signed != seal.signed:
            faults.append(Fault.OTHER_SIGNER)
        if kept.owner != signed.user:
            faults.append(Fault.STRANGE_KEY)
        return faults

    # ---------------------------------------------------------------- addenda
    def _addenda(self, covered: int) -> tuple[AddendumValidity, ...]:
        standing = tuple(
            self._addendum(place, addendum, covered)
            for place, addendum in enumerate(self.stored.visit.addenda, VISIT_PLACE + 1)
        )
        gone = (
            kept.seal
            for place, kept in sorted(self.seals.items())
            if place > len(self.stored.visit.addenda)
        )
        return (*standing, *map(_removed, gone))

    def _addendum(self, place: int, addendum: Addendum, covered: int) -> AddendumValidity:
        kept = self.seals.get(place)
        if kept is None:
            from_file = place <= covered or not self.stored.signed_here
            if from_file:
                return AddendumValidity(addendum, State.ELSEWHERE)
            return AddendumValidity(addendum, State.NOT_VALID, faults=(Fault.MISSING,))
        said = _read(kept.seal.content)
        signed = _signature_in(said) or kept.seal.signed
        faults = self._own_faults(kept, said, signed)
        before = [self.seals[at].seal for at in sorted(self.seals) if at < place]
        earlier = before[-1].mark if before else None
        if said and said.get("earlier") != earlier:
            faults.append(Fault.OUT_OF_ORDER)
        about = self._signable(said)
        now = addendum_content(about, addendum, place, signed, said.get("earlier"))
        changed = differences(kept.seal.content, now) if said and now != kept.seal.content else ()
        faults += _faults_of(changed)
        state = State.NOT_VALID if faults else State.VALID
        return AddendumValidity(addendum, state, signed, tuple(dict.fromkeys(faults)), changed)


def _faults_of(changed: tuple[Difference, ...]) -> list[Fault]:
    places = [Fault.OTHER_PLACE if d.place in _WHERE else Fault.CHANGED for d in changed]
    return list(dict.fromkeys(places))


def _removed(seal: Seal) -> AddendumValidity:
    """An addendum of which only the signature is left: what was signed still tells it."""
    said = _read(seal.content)
    told = said.get("addendum", {})
    addendum = Addendum(
        str(told.get("at", seal.signed.at.isoformat())),
        str(told.get("author", seal.signed.who)),
        str(told.get("text", "")),
    )
    signed = _signature_in(said) or seal.signed
    return AddendumValidity(addendum, State.NOT_VALID, signed, (Fault.MISSING,))


# -------------------------------------------------------------------- reading what was signed
def _read(content: bytes) -> Mapping[str, Any]:
    """A signed content as JSON; empty for one that somebody has made unreadable."""
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) and _signature_in(said) else {}


def _signature_in(said: Mapping[str, Any]) -> Signature | None:
    try:
        signer, time = said["signer"], said["time"]
        zone = dt.datetime.fromisoformat(f"2000-01-01T00:00:00{time['zone']}").tzinfo
        at = dt.datetime.fromisoformat(time["utc"]).astimezone(zone)
        newest = dt.datetime.fromisoformat(time["newest"]) if "newest" in time else None
        return Signature(
            signer["user"], signer["name"], signer["credentials"], at, signer["meaning"], newest
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _answer_in(said: Mapping[str, Any]) -> ShortAnswer | None:
    rules = said.get("rules")
    if not isinstance(rules, dict):
        return None
    return ShortAnswer(
        rules.get("version", ""),
        rules.get("sha256", ""),
        rules.get("status", ""),
        tuple(rules.get("patterns", ())),
        tuple(rules.get("lean", ())),
        tuple((flag, level) for flag, level in rules.get("red_flags", ())),
    )


def _patient_in(said: Mapping[str, Any]) -> Patient:
    told = said.get("patient", {})
    born = told.get("birth_date")
    return Patient(
        str(told.get("name", "")),
        dt.date.fromisoformat(born) if born else None,
        told.get("age"),
        told.get("sex"),
        told.get("language"),
    )
