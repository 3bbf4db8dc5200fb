"""What is done with the record, told as days at the clinic, on a real record in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.errors import ChartError, DuplicatePatient, NotFound
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services import record
from clinic_desktop.services.ports import OpenRecord
from tests.records import opened

TODAY = dt.date(2026, 11, 24)
ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
BORN = dt.date(1982, 3, 14)
ANGLE = Key("slr.angle", Side.RIGHT)


@pytest.fixture
def open_record(tmp_path: Path) -> Iterator[OpenRecord]:
    """An empty record."""
    database = opened(tmp_path)
    yield database.begin
    database.close()


def a_case(*days: int, name: str = "Case A", born: dt.date | None = BORN) -> Case:
    """Visits on these days of March, each with its own angle."""
    visits = tuple(Visit(dt.date(2026, 3, day), {ANGLE: day}) for day in days)
    return Case(Patient(name, born), visits)


# -------------------------------------------------------------------- patients
def test_patients_are_numbered_from_one(open_record: OpenRecord) -> None:
    people = [Patient("Case A"), Patient("Case B", BORN, None, "female", "es")]
    assert [record.register_patient(open_record, ACT, who) for who in people] == [1, 2]
    assert record.open_chart(open_record, ACT, 2).patient == people[1]


@pytest.mark.parametrize("name", ["Case A", "case  a", " CASE A "])
def test_the_same_person_is_not_entered_twice(open_record: OpenRecord, name: str) -> None:
    record.register_patient(open_record, ACT, Patient("Case A", BORN))
    with pytest.raises(DuplicatePatient, match="number 000001") as caught:
        record.register_patient(open_record, ACT, Patient(name, BORN))
    assert caught.value.number == 1
    assert len(record.find_patients(open_record, "")) == 1


def test_two_people_of_one_name_are_told_apart_by_birth(open_record: OpenRecord) -> None:
    births = [BORN, BORN + dt.timedelta(days=1), None]
    people = [Patient("Case A", born) for born in births]
    assert [record.register_patient(open_record, ACT, who) for who in people] == [1, 2, 3]
    with pytest.raises(DuplicatePatient, match="number 000003"):
        record.register_patient(open_record, ACT, Patient("Case A"))


@pytest.mark.parametrize(
    "patient", [Patient(""), Patient(" \t"), Patient("Case A", TODAY + dt.timedelta(days=1))]
)
def test_nobody_is_entered_without_a_name_or_before_birth(
    open_record: OpenRecord, patient: Patient
) -> None:
    with pytest.raises(ChartError):
        record.register_patient(open_record, ACT, patient)
    number = record.register_patient(open_record, ACT, Patient("Case B"))
    with pytest.raises(ChartError):
        record.correct_patient(open_record, ACT, number, patient)
    assert record.open_chart(open_record, ACT, number).patient == Patient("Case B")


def test_details_are_corrected_but_never_into_another_patient(open_record: OpenRecord) -> None:
    record.register_patient(open_record, ACT, Patient("Case A", BORN))
    number = record.register_patient(open_record, ACT, Patient("Case B", age=44))
    right = Patient("Case B", BORN, sex="female")
    record.correct_patient(open_record, ACT, number, right)
    assert record.open_chart(open_record, ACT, number).patient == right
    with pytest.raises(DuplicatePatient, match="number 000001"):
        record.correct_patient(open_record, ACT, number, replace(right, name="case a"))
    record.correct_patient(open_record, ACT, number, replace(right, name="case b"))
    assert record.open_chart(open_record, ACT, number).patient.name == "case b"
    with pytest.raises(NotFound, match="000009"):
        record.correct_patient(open_record, ACT, 9, right)


# -------------------------------------------------------------------- visits
def test_a_chart_opens_with_a_course_and_always_the_same_one(open_record: OpenRecord) -> None:
    number = record.register_patient(open_record, ACT, Patient("Case A"))
    course = record.open_chart(open_record, ACT, number)
    assert (course.number, course.visits) == (number, ())
    assert course.facts == CourseFacts(planned_visits=3, opened=TODAY)
    assert record.open_chart(open_record, ACT, number) == course
    with pytest.raises(NotFound):
        record.open_chart(open_record, ACT, 9)


def test_a_visit_started_twice_on_a_day_is_one_visit(open_record: OpenRecord) -> None:
    number = record.register_patient(open_record, ACT, Patient("Case A"))
    course = record.open_chart(open_record, ACT, number)
    first = record.start_visit(open_record, ACT, course.id, TODAY)
    assert record.start_visit(open_record, ACT, course.id, TODAY) == first
    next_week = TODAY + dt.timedelta(weeks=1)
    second = record.start_visit(open_record, ACT, course.id, next_week)
    visits = record.open_chart(open_record, ACT, number).visits
    assert [stored.id for stored in visits] == [first, second]
    assert [stored.visit for stored in visits] == [
        Visit(TODAY, signed=False),
        Visit(next_week, signed=False),
    ]
    with pytest.raises(NotFound):
        record.start_visit(open_record, ACT, 9, TODAY)


def test_a_signed_visit_stays_as_it_is_and_the_day_gets_another(open_record: OpenRecord) -> None:
    signed = Visit(TODAY, {ANGLE: 58}, signed=True)
    number = record.chart_case(open_record, ACT, Case(Patient("Case A"), (signed,)))
    course = record.open_chart(open_record, ACT, number)
    changed = signed.charted(ANGLE, 60)
    with pytest.raises(ChartError, match="signed"):
        record.save_visit(open_record, ACT, course.visits[0].id, signed, changed)
    assert record.export_case(open_record, ACT, number).last == signed
    assert record.start_visit(open_record, ACT, course.id, TODAY) != course.visits[0].id


def test_saving_says_when_and_an_empty_field_is_empty_again(open_record: OpenRecord) -> None:
    number = record.register_patient(open_record, ACT, Patient("Case A"))
    course = record.open_chart(open_record, ACT, number)
    visit_id = record.start_visit(open_record, ACT, course.id, TODAY)
    states = [Visit(TODAY, signed=False)]
    states.append(states[0].charted(ANGLE, 58))
    states.append(replace(states[1], plan=(PlanChoice("brace"), PlanChoice("hinge", "2 x 10"))))
    states.append(replace(states[2], plan=(PlanChoice("hinge", "2 x 10"),)))
    states.append(states[3].charted(ANGLE, None))
    for before, after in pairwise(states):
        assert record.save_visit(open_record, ACT, visit_id, before, after) == ACT.at
        assert record.export_case(open_record, ACT, number).last == after


def test_only_what_differs_is_written(open_record: OpenRecord) -> None:
    """What another hand wrote into the same visit meanwhile is not overwritten by a save."""
    number = record.register_patient(open_record, ACT, Patient("Case A"))
    course = record.open_chart(open_record, ACT, number)
    visit_id = record.start_visit(open_record, ACT, course.id, TODAY)
    empty = Visit(TODAY, signed=False)
    other = ANGLE._replace(side=Side.LEFT)
    record.save_visit(open_record, ACT, visit_id, empty, empty.charted(ANGLE, 58))
    record.save_visit(open_record, ACT, visit_id, empty, empty.charted(other, 72))
    assert record.export_case(open_record, ACT, number).last.findings == {ANGLE: 58, other: 72}


def test_unsigned_visits_wait_on_the_home_page_oldest_first(open_record: OpenRecord) -> None:
    first, second = a_case(2, 9), a_case(3, name="Case B")
    signed = replace(first.visits[0], signed=True)
    record.chart_case(open_record, ACT, replace(first, visits=(signed, first.visits[1])))
    record.chart_case(open_record, ACT, second)
    drafts = record.unsigned_drafts(open_record)
    assert [(d.number, d.patient.name, d.visit_ordinal, d.date.day) for d in drafts] == [
        (2, "Case B", 1, 3),
        (1, "Case A", 2, 9),
    ]
    assert record.open_chart(open_record, ACT, 1).visits[1].id == drafts[1].visit_id
    assert len(record.unsigned_drafts(open_record, limit=1)) == 1


# -------------------------------------------------------------------- whole cases
def test_a_case_charted_again_is_refused_and_nothing_stored(open_record: OpenRecord) -> None:
    record.chart_case(open_record, ACT, a_case(2, 9))
    with pytest.raises(DuplicatePatient, match="number 000001"):
        record.chart_case(open_record, ACT, a_case(2, 9, 16))
    assert record.export_case(open_record, ACT, 1) == a_case(2, 9)
    assert len(record.find_patients(open_record, "")) == 1


def test_later_visits_are_added_to_the_patient_they_are_said_to_be_of(
    open_record: OpenRecord,
) -> None:
    number = record.chart_case(open_record, ACT, a_case(2, 16))
    said = CourseFacts(goal="run 10 km", planned_visits=3)
    more = replace(a_case(9, 23), course=said)
    assert record.chart_case(open_record, ACT, more, number) == number
    whole = record.export_case(open_record, ACT, number)
    assert whole == replace(a_case(2, 9, 16, 23), course=said)
    with pytest.raises(NotFound):
        record.chart_case(open_record, ACT, more, 9)


def test_visits_that_are_there_already_are_not_doubled_but_named(open_record: OpenRecord) -> None:
    number = record.chart_case(open_record, ACT, a_case(2, 9))
    with pytest.raises(ChartError, match=r"dates already: 2026-03-02, 2026-03-09\.") as caught:
        record.chart_case(open_record, ACT, a_case(2, 9, 9, 16), number)
    assert "Case A" not in str(caught.value)
    assert record.export_case(open_record, ACT, number) == a_case(2, 9)


def test_two_visits_of_one_day_are_kept_in_their_order(open_record: OpenRecord) -> None:
    case = a_case(2, 2)
    case = replace(case, visits=(case.visits[0], case.visits[1].charted(ANGLE, 60)))
    number = record.chart_case(open_record, ACT, case)
    assert record.export_case(open_record, ACT, number) == case


def test_a_patient_without_a_visit_has_no_case_to_export(open_record: OpenRecord) -> None:
    number = record.register_patient(open_record, ACT, Patient("Case A"))
    for _ in range(2):
        with pytest.raises(ChartError, match="no visit"):
            record.export_case(open_record, ACT, number)
        record.open_chart(open_record, ACT, number)
    with pytest.raises(NotFound):
        record.export_case(open_record, ACT, 9)


def test_a_new_course_without_visits_does_not_hide_the_one_before(
    open_record: OpenRecord,
) -> None:
    number = record.chart_case(open_record, ACT, a_case(2, 9))
    with open_record(writing=True) as work:
        newer = work.add_course(number, CourseFacts(), ACT)
        work.commit()
    assert record.export_case(open_record, ACT, number) == a_case(2, 9)
    assert record.open_chart(open_record, ACT, number).id == newer
    with open_record() as work:
        assert [len(course.visits) for course in work.courses(number)] == [2, 0]
        assert work.course(newer).number == number


# -------------------------------------------------------------------- papers
def test_a_reprint_gives_the_very_same_bytes(open_record: OpenRecord) -> None:
    record.chart_case(open_record, ACT, a_case(2))
    visit_id = record.open_chart(open_record, ACT, 1).visits[0].id
    for content in (b"%PDF first", b"%PDF \0\xff second"):
        record.keep_document(open_record, ACT, visit_id, "handout", content)
    record.keep_document(open_record, ACT, visit_id, "report", b"%PDF other")
    with open_record() as work:
        _, kept, _ = work.documents(visit_id)
    assert record.paper_content(open_record, kept) == b"%PDF \0\xff second"
    assert (kept.kind, kept.made_by, kept.made_at) == ("handout", "Anna", ACT.at)
    assert len(kept.sha256) == 64
    with pytest.raises(NotFound), open_record() as work:
        work.document_content(9)
