"""A new rule set is held against the answers that signed visits got."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.suggestion import Screen, ShortAnswer, SuggestedPlan, Suggestion
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.casefiles.replaying import Replay, in_words, replay
from clinic_desktop.services.ports import OpenRecord
from clinic_desktop.services.visit.editing import VisitEditor
from tests.records import opened

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
ANGLE = Key("slr.angle", Side.RIGHT)


@pytest.fixture
def open_record(tmp_path: Path) -> Iterator[OpenRecord]:
    """An empty record."""
    database = opened(tmp_path)
    yield database.begin
    database.close()


def answer(*patterns: str, sha256: str = "a" * 64) -> Suggestion:
    """An answer that names these patterns."""
    return Suggestion(
        status="suggested" if patterns else "not_enough_data",
        patterns=patterns,
        lean=(),
        provisional=False,
        red_flags=(),
        resolved_flags=(),
        screen=Screen(True, ()),
        ledger={},
        contradictions=(),
        ask_next=(),
        plan=SuggestedPlan(),
        knowledge=("2026.11.1", sha256),
    )


def old_rules(case: Case) -> Suggestion:
    """A stiff leg is pattern 2."""
    angle = case.last.findings.get(ANGLE)
    return answer("pattern_2") if isinstance(angle, int) and angle < 60 else answer()


def new_rules(case: Case) -> Suggestion:
    """A very stiff leg is pattern 2."""
    angle = case.last.findings.get(ANGLE)
    stiff = isinstance(angle, int) and angle < 50
    return answer(*(("pattern_2",) if stiff else ()), sha256="b" * 64)


def a_course(*angles: Value, signed: bool = True) -> Case:
    visits = (
        Visit(dt.date(2026, 3, day), {ANGLE: angle}, signed=signed)
        for day, angle in enumerate(angles, 2)
    )
    return Case(Patient(f"Case of {len(angles)}"), tuple(visits))


def test_only_the_visits_that_a_new_rule_answers_otherwise_are_listed(
    open_record: OpenRecord,
) -> None:
    """45 is stiff either way, 55 no longer, 70 never was."""
    record.chart_case(open_record, ACT, a_course(45, 55, 70), suggest=old_rules)
    found = replay(open_record, new_rules)
    assert found.looked_at == 3
    (difference,) = found.differences
    assert (difference.number, difference.date) == (1, dt.date(2026, 3, 3))
    assert in_words(difference.then) == "Pattern 2"
    assert in_words(difference.now) == "not enough data"
    assert not difference.same_rules
    assert replay(open_record, old_rules) == Replay(3, ())


def test_drafts_are_looked_at_only_when_asked_for(open_record: OpenRecord) -> None:
    record.chart_case(open_record, ACT, a_course(55, signed=False), suggest=old_rules)
    assert replay(open_record, new_rules) == Replay(0, ())
    assert len(replay(open_record, new_rules, unsigned_too=True).differences) == 1


def test_a_visit_from_before_answers_were_kept_is_passed_over(open_record: OpenRecord) -> None:
    record.chart_case(open_record, ACT, a_course(55))
    assert replay(open_record, new_rules) == Replay(0, ())


def test_a_change_of_an_earlier_visit_is_told_from_a_change_of_the_rules(
    open_record: OpenRecord,
) -> None:
    """The same rules say something else: then it was the record that changed."""

    def first_visit_decides(case: Case) -> Suggestion:
        return old_rules(replace(case, visits=case.visits[:1]))

    record.chart_case(open_record, ACT, a_course(55, 55, signed=False), suggest=first_visit_decides)
    first = record.open_chart(open_record, ACT, 1).visits[0]
    after = first.visit.charted(ANGLE, 70)
    record.save_visit(open_record, ACT, first.id, first.visit, after)
    found = replay(open_record, first_visit_decides, unsigned_too=True).differences
    assert [difference.same_rules for difference in found] == [True, True]


def test_the_answer_saved_belongs_to_the_findings_saved() -> None:
    """The rules answer first, then both go into the record together."""
    saved: list[tuple[Value | None, tuple[str, ...]]] = []

    def save(_before: Visit, after: Visit, said: Suggestion | None) -> dt.datetime:
        assert said is not None
        saved.append((after.findings.get(ANGLE), said.patterns))
        return ACT.at

    editor = VisitEditor(Case(Patient("Case A"), (Visit(ACT.at.date()),)), old_rules, save)
    editor.chart(ANGLE, 55)
    editor.end_step()
    editor.chart(ANGLE, 70)
    editor.undo()
    assert saved == [(55, ("pattern_2",)), (70, ()), (55, ("pattern_2",))]


def test_what_was_typed_is_saved_without_an_answer_where_the_rules_fail() -> None:
    saved: list[tuple[Value | None, object]] = []

    def failing(case: Case) -> Suggestion:
        if case.last.findings:
            raise ZeroDivisionError
        return answer("pattern_1")

    def save(_before: Visit, after: Visit, said: Suggestion | None) -> dt.datetime:
        saved.append((after.findings.get(ANGLE), said))
        return ACT.at

    editor = VisitEditor(Case(Patient("Case A"), (Visit(ACT.at.date()),)), failing, save)
    with pytest.raises(ZeroDivisionError):
        editor.chart(ANGLE, 55)
    assert saved == [(55, None)]
    assert editor.save_state.saved_at == ACT.at


@pytest.mark.parametrize(
    ("short", "words"),
    [
        (("red_flag", (), (), (("dvt", "E"), ("distress", "W"))), "red flags: dvt E, distress W"),
        (
            ("suggested", ("pattern_1",), (), (("distress", "W"),)),
            "red flags: distress W; Pattern 1",
        ),
        (("not_enough_data", (), ("pattern_2", "local"), ()), "leans to Pattern 2, Local"),
        (("not_enough_data", (), (), ()), "not enough data"),
    ],
)
def test_an_answer_fits_into_a_line(short: tuple[object, ...], words: str) -> None:
    said = ShortAnswer("", "", *short)  # type: ignore[arg-type]  # status, patterns, lean, flags
    assert in_words(said).startswith(words)
