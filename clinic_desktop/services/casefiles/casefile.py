"""Reads a case file, the JSON form of a course of care, and names the place of every fault."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.domain.visits import SEXES, Case, Patient, Visit
from clinic_desktop.services.words.translation import _

from .checked_json import Node, parse
from .courses import COURSE_KEYS, read_course
from .visits import UNREAD_DAY, VisitReader

FORMAT: Final = "clinic-desktop-case/1"
LARGEST_FILE: Final = 5_000_000
"""Bytes: many times the course of a patient who came every day for a year."""

MOST_VISITS: Final = 1_000
"""The rules answer each of them, with all before it."""
OLDEST: Final = 130


def read_case(data: bytes, catalogue: Catalogue, plan_items: Collection[str]) -> Case:
    """The course of care in a case file.

    Raises BadCaseFile with one fault a line, each naming its place. Numbers and choices are quoted
    there, free text and names never.
    """
    root = parse(data, LARGEST_FILE)
    case = _case(root, VisitReader(catalogue, plan_items))
    root.faults.raise_any()
    return case


def _case(root: Node, reader: VisitReader) -> Case:
    fields = root.fields(
        ("format", "patient", *COURSE_KEYS, "visits"), required=("format", "patient", "visits")
    )
    if "format" in fields and fields["format"].value != FORMAT:
        fields["format"].fault(_('must be "{format}"').format(format=FORMAT))
    patient = _patient(fields["patient"]) if "patient" in fields else Patient("")
    visits = _visits(fields["visits"], reader.visit) if "visits" in fields else ()
    if patient.birth_date is not None:
        _check_ages(patient, visits, fields["patient"])
    course = read_course(fields, reader.catalogue)
    if visits and course.closing and UNREAD_DAY < course.closing.on < visits[-1].date:
        last = f"visits[{len(visits) - 1}]"
        root.faults.add("closed.date", _("is before the date of {visit}").format(visit=last))
    return Case(patient, visits, course)


def _visits(node: Node, read_visit: Callable[[Node], Visit]) -> tuple[Visit, ...]:
    visits: list[Visit] = []
    for item in node.items(MOST_VISITS):
        visit = read_visit(item)
        if visits and UNREAD_DAY < visit.date < visits[-1].date:
            earlier = f"visits[{len(visits) - 1}]"
            said = _("is before the date of {visit}").format(visit=earlier)
            item.faults.add(f"{item.place}.date", said)
        visits.append(visit)
    if node.value == []:
        node.fault(_("must hold at least one visit"))
    return tuple(visits)


def _patient(node: Node) -> Patient:
    fields = node.fields(("name", "birth_date", "age", "sex", "language"), required=("name",))
    if "age" in fields and "birth_date" in fields:
        fields["age"].fault(_("stands in place of birth_date; give one of the two"))
    return Patient(
        fields["name"].name() if "name" in fields else "",
        birth_date=fields["birth_date"].day() if "birth_date" in fields else None,
        age=fields["age"].whole_number(0, OLDEST, _("years")) if "age" in fields else None,
        sex=fields["sex"].word(SEXES) if "sex" in fields else None,
        language=fields["language"].word(LANGUAGES) if "language" in fields else None,
    )


def _check_ages(patient: Patient, visits: tuple[Visit, ...], node: Node) -> None:
    """Note a birth after a visit, and a patient who would be older at it than people get."""
    for index, visit in enumerate(visits):
        age = patient.age_on(visit.date)
        if visit.date == UNREAD_DAY or age is None or 0 <= age <= OLDEST:
            continue
        place, at = f"{node.place}.birth_date", f"visits[{index}]"
        if age < 0:
            node.faults.add(place, _("is after the date of {visit}").format(visit=at))
        else:
            said = _("{age} is outside 0..{oldest} years at {visit}")
            node.faults.add(place, said.format(age=age, oldest=OLDEST, visit=at))
        return
