"""What a chart can say, the record holds: nothing is lost, added or turned into something else."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Decision, Patient, Retest, Visit
from clinic_desktop.services import record
from clinic_desktop.storage import translate
from clinic_desktop.storage.database import Database
from clinic_desktop.storage.places import CURRENT, FIRST
from tests.records import file_of, opened
from tests.strategies import cases, visits

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))


@cache
def empty_record() -> bytes:
    """The file of a record with nothing in it yet."""
    with tempfile.TemporaryDirectory() as folder:
        opened(Path(folder)).close()
        return file_of(Path(folder)).read_bytes()


@contextmanager
def new_record() -> Iterator[Database]:
    """A record of its own for each example."""
    with tempfile.TemporaryDirectory() as folder:
        file_of(Path(folder)).parent.mkdir()
        file_of(Path(folder)).write_bytes(empty_record())
        Path(folder, CURRENT).write_text(FIRST)
        database = opened(Path(folder))
        yield database
        database.close()


def exactly(value: object) -> str:
    """A text that differs wherever two values do: 6 and 6.0, False and None, order in sets."""
    if isinstance(value, dict):
        return repr({key: value[key] for key in sorted(value, key=str)})
    return repr(value)


def assert_same(found: Visit, charted: Visit) -> None:
    for name in Visit.__dataclass_fields__:
        assert exactly(getattr(found, name)) == exactly(getattr(charted, name)), name


@settings(max_examples=40, deadline=None)
@given(cases())
def test_any_case_charted_and_exported_is_the_same_case(case: Case) -> None:
    with new_record() as database:
        number = record.chart_case(database.begin, ACT, case)
        found = record.export_case(database.begin, ACT, number)
    assert found == case
    for visit, charted in zip(found.visits, case.visits, strict=True):
        assert_same(visit, charted)


@settings(max_examples=30, deadline=None)
@given(st.lists(visits(), min_size=2, max_size=4))
def test_a_visit_changed_step_by_step_is_each_time_what_was_saved(states: list[Visit]) -> None:
    """Saving writes only what differs; the differences must add up to the whole."""
    with new_record() as database:
        # What was added stays: addenda only become more, and never by saving.
        added = states[0].addenda
        unsigned = [replace(state, signed=False, addenda=added) for state in states]
        case = Case(Patient("Case A"), (unsigned[0],))
        number = record.chart_case(database.begin, ACT, case)
        visit_id = record.open_chart(database.begin, ACT, number).visits[0].id
        for before, after in pairwise(unsigned):
            record.save_visit(database.begin, ACT, visit_id, before, after)
            found = record.open_chart(database.begin, ACT, number).visits[0].visit
            assert_same(found, after)


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.tuples(st.text())))
def test_a_value_comes_back_as_the_very_same_value(value: Value) -> None:
    assert exactly(translate.value_of(translate.text_of(value))) == exactly(value)


def test_whole_numbers_stay_whole_and_silence_stays_silence(tmp_path: Path) -> None:
    visit = Visit(
        dt.date(2026, 3, 2),
        {
            Key("slr.angle", Side.RIGHT): 58,
            Key("slr.angle", Side.LEFT): 58.0,
            Key("complaint.sites", Side.RIGHT): ("gluteal_fold", "calf"),
            Key("complaint.sites", Side.LEFT): (),
        },
        retests=(Retest("slider_seated", "bridge.pain", Side.RIGHT, 6, 3.0),),
        decision=Decision(),
    )
    database = opened(tmp_path)
    number = record.chart_case(database.begin, ACT, Case(Patient("Case A", age=0), (visit,)))
    found = record.export_case(database.begin, ACT, number)
    database.close()
    assert_same(found.last, visit)
    assert found.last.signed is None
    assert found.last.decision == Decision()
    assert found.patient == Patient("Case A", age=0)
    assert json.dumps([found.last.retests[0].before, found.last.retests[0].after]) == "[6, 3.0]"
