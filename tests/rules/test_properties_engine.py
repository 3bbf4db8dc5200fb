"""The engine under the rules: one change tried is the chart changed, and knowing grows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.engine import compile_rules
from clinic_desktop.domain.naming import outcome_of
from clinic_desktop.domain.reading import read_case
from clinic_desktop.domain.values import NO_INFORMATION, SIDES, Key, Kind, Value
from clinic_desktop.domain.visits import Case
from tests.rules.chart_strategies import (
    EXAMPLES,
    Findings,
    catalogue,
    charts,
    engine,
    findings,
)


@EXAMPLES
@given(charts(), st.data())
def test_one_change_tried_is_the_chart_with_that_change(case: Case, data: st.DataObject) -> None:
    """`what_if` works out only what a finding touches; it must equal working out everything."""
    rules = engine()
    reading = read_case(case, rules.rulebook.reading, rules.rulebook.plan.bands)
    facts = rules.run(reading)
    before = list(facts.truths)
    changes = data.draw(findings(most=6), label="changes")
    for key, value in changes.items():
        tried, changed = rules.what_if(facts, key, value)
        whole = rules.evaluate({**reading.values, key: value}, reading.painful)
        assert tried == whole.truths
        assert changed == [i for i, truth in enumerate(tried) if truth is not before[i]]
        values = {**facts.values, key: value}
        assert outcome_of(rules, tried, values) == outcome_of(rules, whole.truths, whole.values)
    assert facts.truths == before
    assert facts.values == reading.values


@EXAMPLES
@given(charts(), st.lists(findings(most=6), max_size=3))
def test_a_reason_is_the_same_whatever_was_explained_before(
    case: Case, edits: list[Findings]
) -> None:
    """Reasons are remembered from one answer to the next: typing one key after the other must end
    at the same reasons as opening the chart with all of them in it."""
    rules = engine()
    reading = read_case(case, rules.rulebook.reading, rules.rulebook.plan.bands)
    values = dict(reading.values)
    for edit in ({}, *edits):
        values |= edit
        remembered = rules.explainer(rules.evaluate(dict(values), reading.painful))
        reasons = [remembered.node(index) for index in range(len(rules.nodes))]
    anew = compile_rules(rules.rulebook, catalogue())
    fresh = anew.explainer(anew.evaluate(values, reading.painful))
    assert reasons == [fresh.node(index) for index in range(len(anew.nodes))]


@EXAMPLES
@given(charts(), findings())
def test_a_finding_more_never_takes_back_what_was_known(case: Case, more: Findings) -> None:
    """A yes or no of a term that asks nothing of blanks stays when a blank is filled in."""
    rules = engine()
    values = dict(read_case(case, rules.rulebook.reading, rules.rulebook.plan.bands).values)
    before = rules.evaluate(dict(values), SIDES).truths
    filled: dict[Key, Value] = {**{k: v for k, v in more.items() if _informs(k, v)}, **values}
    after = rules.evaluate(filled, SIDES).truths
    for node in MONOTONE:
        if before[node] is not None:
            assert after[node] is before[node], rules.nodes[node].name


def _informs(key: Key, value: Value) -> bool:
    return catalogue().spec(key.finding).kind is not Kind.TEXT and value not in NO_INFORMATION


def _monotone_nodes() -> tuple[int, ...]:
    """Nodes whose closure has none of the operators that read a blank as an answer.

    `several` is one of them on purpose: two tests charted and none positive is a no until a third
    is positive (docs/reading.md 7).
    """
    rules = engine()
    blank_readers = {"known", "unknown", "verdict", "several"}
    clean: set[int] = set()

    def reads_blanks(condition: object, node: int) -> bool:
        if getattr(condition, "op", "") in {*blank_readers, "charted"}:
            return True
        term = getattr(condition, "term", None)
        if term is not None:
            slots = {i for (name, _), i in rules.names.slots.items() if name == term}
            return not slots <= clean
        parts = getattr(condition, "parts", ()) or filter(None, [getattr(condition, "part", None)])
        return any(reads_blanks(part, node) for part in parts)

    for index, node in enumerate(rules.nodes):
        if not reads_blanks(node.condition, index):
            clean.add(index)
    return tuple(sorted(clean))


MONOTONE = _monotone_nodes()


def test_some_terms_are_held_to_it() -> None:
    names = {engine().nodes[node].name for node in MONOTONE}
    assert {"slr.change", "slump.chain", "back.after", "injury.first_six_weeks"} <= names
