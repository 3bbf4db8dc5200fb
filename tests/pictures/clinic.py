"""The made-up clinic of the pictures: who works there, who comes, and what was charted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import resources
from clinic_desktop.bootstrap import _DeskOpener
from clinic_desktop.domain.access import Role
from clinic_desktop.domain.catalogue import Catalogue, FindingSpec
from clinic_desktop.domain.courses import CourseFacts, GoalNumber
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.values import Key, Kind, Side, Value
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Retest, Visit
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.people import add_person
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import chart_case, register_patient
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import PASSPHRASE, QUICK

NOW: Final = dt.datetime(2026, 3, 23, 10, 42, tzinfo=dt.UTC)
"""Each picture is taken on this Monday morning."""
TODAY: Final = NOW.date()
WEEK: Final = dt.timedelta(weeks=1)
LOGIN: Final = "anna"

_R, _L = Side.RIGHT, Side.LEFT


def clock() -> dt.datetime:
    """The one moment of all pictures."""
    return NOW


def make_clinic(folder: Path) -> dict[str, int]:
    """Make the clinic in a folder; gives the patients' numbers by what they show."""
    door = FrontDoor(FolderOfClinic(folder, QUICK), folder, clock)
    clinic = Clinic("Riverside Running Clinic", "555 0100", "12 Mill Lane")
    session = door.make_clinic(clinic, NewUser(LOGIN, "Anna Muster", "PT"), PASSPHRASE)
    desk = desk_of(session, folder)
    _enter_people(session)
    numbers = _enter_patients(desk)
    session.lock()
    return numbers


def desk_of(session: Session, folder: Path) -> Desk:
    """The real desk, the clock excepted."""
    return replace(_DeskOpener().desk_of(session, folder), clock=clock)


def _enter_people(session: Session) -> None:
    add_person(session, NewUser("ben", "Ben Beispiel", "PT, OCS"), "four green apples fell")
    front = NewUser("cleo", "Cleo Front", "", Role.FRONT_DESK)
    add_person(session, front, "seven slow boats sail")


def _enter_patients(desk: Desk) -> dict[str, int]:
    for name, born, sex in (
        ("MARDEN, Ella", dt.date(1990, 9, 2), "female"),
        ("MARSDEN, Ella", dt.date(1988, 2, 20), "female"),
        ("MARTIN, Joel", dt.date(1979, 6, 27), "male"),
    ):
        patient = Patient(name, born, sex=sex)
        register_patient(desk.open_record, desk.act(), patient)
    begun = Case(Patient("Case E", dt.date(1997, 1, 30), sex="male"), (Visit(TODAY, signed=False),))
    cases = {"flagged": _flagged(), "empty": begun, "case_a": _case_a(desk)}
    return {
        name: chart_case(
            desk.open_record, desk.act(), case, None, desk.suggest, desk.asks_what_follows
        )
        for name, case in cases.items()
    }


def _case_a(desk: Desk) -> Case:
    """The article's first case, gone on with: three visits, the last one open and whole."""
    published = read_case(
        resources.data("cases/article_1.json"), desk.catalogue, desk.plan_library.items
    )
    first = published.last
    said = {**first.findings, **_screened(desk.catalogue)}
    plan = (PlanChoice("pause_stretching"), PlanChoice("slider_seated"))
    visits = (
        replace(first, date=TODAY - 2 * WEEK, findings={**said, **_measured(54, 6, 2)},
                retests=(Retest("slider_seated", "slr.angle", _R, 54, 62),), plan=plan),
        Visit(TODAY - WEEK, {**said, **_measured(58, 4, 3)}, plan=plan),
        Visit(TODAY, {**_everything(desk.catalogue), **said, **_measured(66, 3, 5)},
              retests=(Retest("slider_seated", "slr.angle", _R, 58, 66, dose="2 x 10"),),
              signs=(Key("slr.angle", _R),), plan=plan, signed=False),
    )  # fmt: skip
    course = CourseFacts(
        goal="10 km easy run, no pain next morning",
        planned_visits=3,
        side="right",
        target=GoalNumber("outcome.pain_free_run", 10),
        opened=TODAY - 2 * WEEK,
    )
    return Case(Patient("Case A", dt.date(1982, 3, 14), sex="female"), visits, course)


def _measured(angle: int, pain: int, run: int) -> dict[Key, Value]:
    """What is followed from visit to visit."""
    return {
        Key("slr.result", _R): "positive", Key("slr.result", _L): "negative",
        Key("slr.angle", _R): angle, Key("slr.angle", _L): 74,
        Key("slr.familiar", _R): "yes", Key("slr.ankle_effect", _R): "more",
        Key("outcome.nprs_now"): pain, Key("outcome.pain_free_run"): run,
    }  # fmt: skip


def _flagged() -> Case:
    """Leg power that fell within a week: a flag for the same day."""
    patient = Patient("Case D", dt.date(1979, 8, 21), sex="male")
    fell = Key("power.ankle_dorsiflexion", _R)
    before = {Key("complaint.side"): "right", **_measured(54, 5, 2), fell: "5"}
    after = {**_measured(54, 5, 2), fell: "3"}
    return Case(patient, (Visit(TODAY - WEEK, before), Visit(TODAY, after, signed=False)))


def _screened(catalogue: Catalogue) -> dict[Key, Value]:
    """Every red-flag question asked and heard no, leg power full."""
    flags = {key: "no" for spec in catalogue.in_section("screen") for key in spec.keys
             if spec.kind is Kind.ANSWER}  # fmt: skip
    power = {
        key: "no" if key.finding == "power.pain_limited" else "5"
        for spec in catalogue.in_section("nerves")
        for key in spec.keys
        if key.finding.startswith("power.")
    }
    return {**flags, **power}


def _everything(catalogue: Catalogue) -> dict[Key, Value]:
    """A value for each field there is, so that a picture shows each kind of field charted."""
    return dict(_values(catalogue))


def _values(catalogue: Catalogue) -> Iterator[tuple[Key, Value]]:
    for spec in catalogue.findings.values():
        if spec.section in {"note", "plan"}:
            continue
        for place, key in enumerate(spec.keys):
            yield key, _value(spec, place)


def _value(spec: FindingSpec, place: int) -> Value:
    match spec.kind:
        case Kind.NUMBER:
            # Low: what is high is a flag in one field or another.
            return round(spec.low + (spec.high - spec.low) * (0.3 - 0.1 * place))
        case Kind.TEXT:
            return "As the patient told it, in her own words."
        case Kind.SET:
            return spec.choices[: 2 + place]
        case Kind.GRADE:
            return "5"
        case Kind.RESULT:
            return "negative" if place else "positive"
        case Kind.ANSWER:
            return "no"
        case _:
            return spec.choices[place]
