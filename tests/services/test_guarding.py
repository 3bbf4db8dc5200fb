"""What each role may do with the record, method by method, and what is left of a refusal."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from clinic_desktop.domain.access import Action, Role, may
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import SECURITY, AuditEntry, AuditQuery, Deed
from clinic_desktop.domain.courses import Closing, CourseFacts, Standing
from clinic_desktop.domain.errors import NotFound, RecordUnavailable, Refused
from clinic_desktop.domain.people import User
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.access.guarding import (
    DEEDS_NEEDED,
    EVERYBODYS,
    NEEDED,
    READING_THE_TRAIL,
    SAME_LOOK,
    guard,
)
from clinic_desktop.services.ports import OpenRecord, UnitOfWork
from clinic_desktop.storage.database import Database
from tests.records import opened
from tests.storage.audit_rows import entries

NOW = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
ACT = Act("Anna", NOW)
METHODS = {
    name: inspect.signature(method)
    for name, method in inspect.getmembers(UnitOfWork, inspect.isfunction)
    if not name.startswith("_")
}


def user(role: Role, **more: Any) -> User:
    """Somebody of a role."""
    return User(f"u-{role}", f"Somebody at {role}", "", role, **more)


class FakeUnitOfWork:
    """Takes any call and notes it."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __enter__(self) -> FakeUnitOfWork:
        return self

    def __exit__(self, *_why: object) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        def called(*_given: object, **_named: object) -> Any:
            self.calls.append(name)
            if name == "user":
                raise NotFound

        return called


def call(work: UnitOfWork, name: str, **given: Any) -> object:
    """Call a method with something for each thing it must be given."""
    usual = {
        parameter.name: SimpleNamespace(signed=None)
        for parameter in METHODS[name].parameters.values()
        if parameter.name != "self" and parameter.default is inspect.Parameter.empty
    }
    both = {**usual, **given}
    kinds = METHODS[name].parameters
    named = {n: v for n, v in both.items() if kinds[n].kind is inspect.Parameter.KEYWORD_ONLY}
    return getattr(work, name)(*(v for n, v in both.items() if n not in named), **named)


SOMETHING: dict[str, dict[str, Any]] = {
    "audit_entries": {"query": AuditQuery()},
    "note_act": {"deed": Deed.SIGNED_IN},
}
"""What cannot be just anything."""


# ---------------------------------------------------------------- the table
def test_every_method_of_a_unit_of_work_is_in_the_table_once() -> None:
    """A method of tomorrow fails here until somebody has decided who may call it."""
    assert {*NEEDED, *EVERYBODYS, *READING_THE_TRAIL} == set(METHODS)
    assert not set(NEEDED) & (EVERYBODYS | READING_THE_TRAIL)


@pytest.mark.parametrize("name", sorted(NEEDED))
@pytest.mark.parametrize("role", Role)
def test_a_method_is_reached_by_the_roles_of_its_action_and_no_other(role: Role, name: str) -> None:
    inner = FakeUnitOfWork()
    open_record: Any = lambda *, writing=False: inner  # noqa: E731
    allowed = may(role, NEEDED[name])
    if allowed:
        with guard(open_record, user(role), lambda: NOW)() as work:
            call(work, name)
    else:
        with (
            pytest.raises(Refused, match="Who may"),
            guard(open_record, user(role), lambda: NOW)() as work,
        ):
            call(work, name)
    assert (name in inner.calls) == allowed
    assert ("note_act" in inner.calls) == (not allowed)


@pytest.mark.parametrize("deed", sorted(DEEDS_NEEDED))
@pytest.mark.parametrize("role", Role)
def test_what_leaves_only_an_entry_is_allowed_by_that_entry(role: Role, deed: Deed) -> None:
    inner = FakeUnitOfWork()
    open_record: Any = lambda *, writing=False: inner  # noqa: E731
    begin = guard(open_record, user(role), lambda: NOW)
    if may(role, DEEDS_NEEDED[deed]):
        with begin(writing=True) as work:
            work.note_act(deed, ACT)
    else:
        with pytest.raises(Refused), begin(writing=True) as work:
            work.note_act(deed, ACT)


@pytest.mark.parametrize("name", ["add_visit", "change_visit"])
def test_a_closed_visit_is_brought_in_only_by_who_may_sign(name: str) -> None:
    inner = FakeUnitOfWork()
    open_record: Any = lambda *, writing=False: inner  # noqa: E731
    closed = {"visit" if name == "add_visit" else "after": SimpleNamespace(signed=True)}
    for role in (Role.ASSISTANT, Role.THERAPIST):
        begin = guard(open_record, user(role), lambda: NOW)
        if role is Role.THERAPIST:
            with begin() as work:
                call(work, name, **closed)
        else:
            with pytest.raises(Refused, match="Signing a visit"), begin() as work:
                call(work, name, **closed)


def test_somebody_who_left_is_refused_everything() -> None:
    inner = FakeUnitOfWork()
    open_record: Any = lambda *, writing=False: inner  # noqa: E731
    gone = user(Role.THERAPIST, active=False, administers=True)
    for name in sorted(set(METHODS) - {"commit"}):
        with (
            pytest.raises(Refused, match="no longer"),
            guard(open_record, gone, lambda: NOW)() as work,
        ):
            call(work, name, **(SOMETHING.get(name, {})))
    # Besides the look at who they are by now.
    assert set(inner.calls) == {"user", "note_act", "commit"}


def test_a_method_that_nobody_has_decided_on_is_refused() -> None:
    open_record: Any = lambda *, writing=False: FakeUnitOfWork()  # noqa: E731
    with (
        pytest.raises(Refused, match="not part of any role"),
        guard(open_record, user(Role.THERAPIST), lambda: NOW)() as work,
    ):
        work.open_the_safe()  # type: ignore[attr-defined]


# ---------------------------------------------------------------- on a real record
@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A record with one patient, whose every text names a canary."""
    database = opened(tmp_path)
    facts = CourseFacts(
        reason="canary reason",
        side="right",
        goal="canary goal",
        planned_visits=4,
        opened=TODAY,
        closing=Closing(TODAY, "other", "canary end"),
    )
    findings = {Key("complaint.side"): "right", Key("complaint.goal"): "canary finding"}
    visit = Visit(TODAY, findings, notes_on={"slr.result": "canary remark"}, signed=False)
    case = Case(Patient("Case A", dt.date(1982, 3, 14)), (visit,), facts)
    record.chart_case(database.begin, ACT, case)
    with database.begin(writing=True) as work:
        work.keep_standing(1, Standing(TODAY, stands_still=True))
        work.commit()
    yield database
    database.close()


def new_entries(database: Database, known: int) -> list[AuditEntry]:
    """What was entered after so many."""
    return [entry for entry in entries(database) if entry.seq > known]


def test_a_refusal_is_said_in_words_and_entered_though_nothing_else_is(database: Database) -> None:
    known = len(entries(database))
    desk = user(Role.FRONT_DESK)
    begin = guard(database.begin, desk, lambda: NOW)
    with pytest.raises(Refused, match="Reading a chart is not part of the role front desk"):
        record.open_chart(begin, ACT, 1)
    (entry,) = new_entries(database, known)
    assert (entry.deed, entry.field, entry.number) == ("refused", "read_chart", 1)
    assert "Who may: therapist, assistant." in entry.reason


def test_a_refusal_undoes_what_stood_before_it(database: Database) -> None:
    begin = guard(database.begin, user(Role.FRONT_DESK), lambda: NOW)
    case = Case(Patient("Case B"), (Visit(TODAY),))
    with pytest.raises(Refused):
        record.chart_case(begin, ACT, case)
    assert record.find_patients(database.begin, "Case B") == ()


def test_a_refusal_that_somebody_passes_over_lets_nothing_through(database: Database) -> None:
    begin = guard(database.begin, user(Role.FRONT_DESK), lambda: NOW)
    with begin(writing=True) as work:
        work.add_patient(Patient("Case B"), ACT)
        with pytest.raises(Refused):
            work.add_course(2, CourseFacts(), ACT)
        with pytest.raises(Refused, match="Charting"):
            work.commit()
    assert record.find_patients(database.begin, "Case B") == ()


def test_the_front_desk_sees_people_and_dates_and_nothing_charted(database: Database) -> None:
    begin = guard(database.begin, user(Role.FRONT_DESK), lambda: NOW)
    seen: list[object] = []
    with begin() as work:
        seen += [work.patient(1), work.same_person("Case A", None), work.count_patients()]
        seen += [work.find_patients(""), work.drafts(), work.visits_on(TODAY)]
        seen += [work.course_summaries(1), work.courses_due(dt.date(2027, 1, 1))]
        (summary,) = work.course_summaries(1)
        (found,) = work.find_patients("Case")
    assert "canary" not in repr(seen)
    assert (found.problem, summary.side, summary.facts.closing) == (None, None, None)
    assert (found.last_visit, summary.last_visit) == (TODAY, TODAY)
    assert summary.standing == Standing(TODAY, None), "not known is not 'no'"
    with database.begin() as work:
        assert "canary" in repr(work.course_summaries(1)), "it is there to be seen"


def test_the_front_desk_enters_and_corrects_people(database: Database) -> None:
    begin = guard(database.begin, user(Role.FRONT_DESK), lambda: NOW)
    number = record.register_patient(begin, ACT, Patient("Case B"))
    record.correct_patient(begin, ACT, number, Patient("Case B", age=40))
    assert [found.number for found in record.find_patients(begin, "Case B")] == [number]


def test_an_assistant_charts_and_neither_signs_nor_prints_nor_exports(database: Database) -> None:
    begin = guard(database.begin, user(Role.ASSISTANT), lambda: NOW)
    visit = record.open_chart(begin, ACT, 1).visits[0]
    changed = visit.visit.charted(Key("complaint.goal"), "run")
    record.save_visit(begin, ACT, visit.id, visit.visit, changed)
    with pytest.raises(Refused, match="Printing"):
        record.keep_document(begin, ACT, visit.id, "note", b"bytes")
    with pytest.raises(Refused, match="Exporting"):
        record.export_case(begin, ACT, 1)


# ---------------------------------------------------------------- looks
def looks(database: Database) -> list[int | None]:
    """The patients whose charts were opened, in order."""
    return [entry.number for entry in entries(database) if entry.deed == "chart_opened"]


def test_each_chart_that_is_opened_is_entered_once(database: Database) -> None:
    record.register_patient(database.begin, ACT, Patient("Case B"))
    time = [NOW]
    begin = guard(database.begin, user(Role.THERAPIST), lambda: time[0])
    for number in (1, 1, 2, 2, 1):
        record.open_chart(begin, ACT, number)
    assert looks(database) == [1, 2, 1]
    time[0] += SAME_LOOK + dt.timedelta(seconds=1)
    record.open_chart(begin, ACT, 1)
    assert looks(database) == [1, 2, 1, 1], "later it is another look"


def test_a_look_while_nothing_can_be_written_is_entered_later(database: Database) -> None:
    full = [True]

    def open_record(*, writing: bool = False) -> UnitOfWork:
        if writing and full[0]:
            raise RecordUnavailable("The disk is full.")
        return database.begin(writing=writing)

    begin = guard(open_record, user(Role.THERAPIST), lambda: NOW)
    assert record.open_chart(begin, ACT, 1).number == 1, "the chart is there to be read"
    assert looks(database) == []
    full[0] = False
    record.register_patient(begin, ACT, Patient("Case B"))
    assert looks(database) == [1]
    record.open_chart(begin, ACT, 1)
    assert looks(database) == [1]


# ---------------------------------------------------------------- each role's part of the trail
def seen_by(begin: OpenRecord, query: AuditQuery) -> tuple[AuditEntry, ...]:
    """What a guarded record gives of the trail."""
    with begin() as work:
        return work.audit_entries(query)


@pytest.fixture
def trail(database: Database) -> Database:
    """A trail in which two people acted, one was refused, and both signed in."""
    for role in (Role.THERAPIST, Role.ASSISTANT):
        database.write_as(user(role), "desk-1", "s1")
        with database.begin(writing=True) as work:
            work.note_act(Deed.SIGNED_IN, ACT)
            work.change_patient(1, Patient("Case A", age=30 + len(role)), ACT)
            work.commit()
    return database


def test_a_therapist_reads_her_own_acts_and_no_others(trail: Database) -> None:
    anna = user(Role.THERAPIST)
    begin = guard(trail.begin, anna, lambda: NOW)
    found = seen_by(begin, AuditQuery())
    assert {entry.user for entry in found} == {anna.id}
    assert {entry.deed for entry in found} == {"signed_in", "patient_changed"}
    assert seen_by(begin, AuditQuery(user=anna.id)) == found
    with pytest.raises(Refused, match="whole audit trail"):
        seen_by(begin, AuditQuery(user=user(Role.ASSISTANT).id))
    with begin() as work:
        assert [one for one, _name in work.audit_users()] == [anna.id]


def test_the_administrator_reads_who_signed_in_and_nothing_of_charts(trail: Database) -> None:
    begin = guard(trail.begin, user(Role.ADMINISTRATOR), lambda: NOW)
    assert {entry.deed for entry in seen_by(begin, AuditQuery())} == {"signed_in"}
    asked = AuditQuery(deeds=frozenset({Deed.SIGNED_IN, Deed.PATIENT_CHANGED}))
    assert {entry.deed for entry in seen_by(begin, asked)} == {"signed_in"}
    with pytest.raises(Refused):
        seen_by(begin, AuditQuery(deeds=frozenset({Deed.PATIENT_CHANGED})))
    with begin() as work:
        assert len(work.audit_users()) == 3


def test_the_auditor_reads_everything_and_writes_nothing(trail: Database) -> None:
    begin = guard(trail.begin, user(Role.AUDITOR), lambda: NOW)
    assert len(seen_by(begin, AuditQuery())) == len(entries(trail))
    with pytest.raises(Refused):
        record.register_patient(begin, ACT, Patient("Case B"))


def test_the_front_desk_reads_no_trail(trail: Database) -> None:
    begin = guard(trail.begin, user(Role.FRONT_DESK), lambda: NOW)
    with pytest.raises(Refused):
        seen_by(begin, AuditQuery())
    with pytest.raises(Refused), begin() as work:
        work.audit_users()


def test_a_therapist_who_administers_reads_both_parts(trail: Database) -> None:
    both = user(Role.THERAPIST, administers=True)
    begin = guard(trail.begin, both, lambda: NOW)
    own = seen_by(begin, AuditQuery(user=both.id))
    everybody = seen_by(begin, AuditQuery())
    assert {entry.deed for entry in own} == {"signed_in", "patient_changed"}
    assert {Deed(entry.deed) for entry in everybody} <= SECURITY
    assert {entry.user for entry in everybody} > {both.id}


def test_whether_the_trail_is_whole_anybody_may_check(trail: Database) -> None:
    for role in Role:
        with guard(trail.begin, user(role), lambda: NOW)() as work:
            assert work.check_audit(work.audit_head()).broken is None


def test_an_action_of_the_table_stands_for_something() -> None:
    """Each action guards a method, a deed, a part of the trail, or what administrators do."""
    used = {*NEEDED.values(), *DEEDS_NEEDED.values()}
    trail = {Action.READ_OWN_ACTS, Action.READ_SECURITY_EVENTS, Action.READ_ALL_ACTS}
    assert set(Action) - used - trail == {Action.BACK_UP}
