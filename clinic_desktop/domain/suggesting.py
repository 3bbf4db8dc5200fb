"""The whole answer of the rules to a course of care: a pure function of what was charted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .asking import Asker
from .catalogue import CatalogueText
from .engine import Engine
from .ledgers import LedgerWriter
from .logic import Facts
from .naming import WITHHOLDING, outcome_of
from .planning import Planner
from .reading import PAST_FACT_RULE, Reading, read_case
from .screening import raised_flags, screen_of, split_resolved, with_stale_answers_open
from .suggestion import Contradiction, Suggestion
from .values import Key
from .visits import Case


def suggest(engine: Engine, text: CatalogueText, case: Case) -> Suggestion:
    """Read the course, evaluate the rules and put the answer for its last visit together."""
    rules = engine.rulebook
    reading, facts = with_stale_answers_open(
        engine, read_case(case, rules.reading, rules.plan.bands)
    )
    explainer = engine.explainer(facts)
    screen = screen_of(engine, reading, facts)
    raised = raised_flags(engine, reading, facts, explainer)
    open_flags, resolved = split_resolved(engine, case, raised)
    outcome = outcome_of(engine, facts.truths, facts.values)
    grave = any(flag.level in WITHHOLDING for flag in open_flags)
    named = () if grave else outcome.named
    writer = LedgerWriter(engine, text, reading, facts, explainer)
    asker = Asker(engine, reading, facts, explainer, writer.say_value)
    return Suggestion(
        status="red_flag" if grave else ("suggested" if named else "not_enough_data"),
        patterns=named,
        lean=() if grave or named else outcome.lean,
        provisional=not screen.complete,
        red_flags=open_flags,
        resolved_flags=resolved,
        screen=screen,
        ledger=writer.all(named),
        contradictions=_contradictions(engine, reading, facts, writer),
        ask_next=asker.questions(screen),
        plan=Planner(engine, case, reading, explainer).plan(named, open_flags, screen),
        knowledge=(rules.version, rules.sha256),
    )


def _contradictions(
    engine: Engine, reading: Reading, facts: Facts, writer: LedgerWriter
) -> tuple[Contradiction, ...]:
    found = [_with_its_fact(disputed, writer) for disputed in reading.contradictions]
    for rule, nodes in zip(engine.rulebook.contradictions, engine.contradictions, strict=True):
        if any(facts.truths[node] is True for node in nodes):
            found.append(Contradiction(rule.findings, rule.text, rule.id))
    return tuple(_in_form_order(engine, dict.fromkeys(found)))


def _with_its_fact(disputed: Contradiction, writer: LedgerWriter) -> Contradiction:
    """The one sentence for all past facts says of which one it speaks."""
    if disputed.rule != PAST_FACT_RULE:
        return disputed
    fact, text = writer.name(Key(disputed.findings[0])), disputed.text
    return replace(disputed, text=f"{fact}: {text[:1].lower()}{text[1:]}")


def _in_form_order(engine: Engine, found: Iterable[Contradiction]) -> list[Contradiction]:
    order = {finding: place for place, finding in enumerate(engine.catalogue.findings)}
    return sorted(found, key=lambda c: (order[c.findings[0]], c.text))
