"""What the audit trail says is enough to rebuild a visit: nothing charted escapes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import AuditEntry
from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.differences import Change, as_json, changes
from clinic_desktop.domain.retelling import retold
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.audit.words import AuditWords
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from tests.storage.audit_rows import checked
from tests.storage.test_round_trip import assert_same, new_record
from tests.strategies import cases, patients, visits

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
WORDS = AuditWords(load_catalogue(), load_catalogue_text(), load_plan_library())


def replayed(kind: type[Any], told: Iterable[AuditEntry | Change]) -> Any:
    """The value that the entries, oldest first, lead to: as a rescue makes it anew."""
    return retold(kind, ((entry.field, entry.after) for entry in told))


# ---------------------------------------------------------------- on a record
@settings(max_examples=15, deadline=None)
@given(st.lists(visits(), min_size=1, max_size=5), patients())
def test_any_visit_is_rebuilt_from_its_entries(states: list[Visit], patient: Patient) -> None:
    """Whatever was charted, changed and taken out again, the trail leads to what stands there."""
    states = [replace(state, signed=False, addenda=()) for state in states]
    with new_record() as database:
        number = record.chart_case(database.begin, ACT, Case(patient, (states[0],)))
        for before, after in pairwise(states):
            record.save_visit(database.begin, ACT, 1, before, after)
        with database.begin() as work:
            told = work.field_history(1)[::-1]
            stored = work.course_of_visit(1).visits[0].visit
        rebuilt = replayed(Visit, told)
        check = checked(database)
        for entry in told:
            assert WORDS.what(entry)
    assert {entry.number for entry in told} == {number}
    assert_same(rebuilt, stored)
    assert_same(rebuilt, states[-1])
    assert check.broken is None


# ---------------------------------------------------------------- without one
@given(cases())
def test_people_and_courses_are_rebuilt_from_what_differs(case: Case) -> None:
    assert replayed(Patient, changes(None, case.patient)) == case.patient
    assert replayed(CourseFacts, changes(None, case.course)) == case.course


@given(visits(), visits())
def test_what_differs_is_told_once_and_nothing_else_is(one: Visit, other: Visit) -> None:
    told = changes(one, other)
    assert len({change.field for change in told}) == len(told)
    assert all(change.before != change.after for change in told)
    assert changes(one, replace(one, findings=dict(one.findings))) == ()
    back = {change.field: (change.after, change.before) for change in changes(other, one)}
    assert back == {change.field: (change.before, change.after) for change in told}


def test_a_field_of_tomorrow_is_covered_by_itself() -> None:
    """Each field of a visit, changed alone, is told under its own name."""
    full = {
        "date": dt.date(2026, 1, 1), "findings": {Key("slr.angle"): 1}, "notes_on": {"a": "b"},
        "adherence": {"hinge": "all"}, "signed": True,
    }  # fmt: skip
    blank = Visit(dt.date(2026, 3, 2))
    for field in fields(Visit):
        changed: dict[str, Any] = {field.name: full.get(field.name, ("something",))}
        told = changes(blank, replace(blank, **changed))
        assert [change.field.partition("/")[0] for change in told] == [field.name]


def test_one_value_is_one_text() -> None:
    assert as_json({"b": 1, "a": (1, 2.0, "é", None, True)}) == '{"a":[1,2.0,"é",null,true],"b":1}'
    assert as_json(None) is None
