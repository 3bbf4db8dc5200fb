"""The red-flag screen: which questions are open, which flags stand, and which the clinician has
resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .engine import Engine
from .explaining import Explainer
from .logic import Facts
from .reading import Reading, read_case
from .suggestion import RedFlag, ResolvedFlag, Screen
from .values import LEVELS, SIDES, Key, Value, says_nothing
from .visits import Case

FLAG = "flag."
"""Every finding with this prefix is a question of the screen (docs/reading.md 1)."""

NEURAL_OPEN = "neural.open"


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A red flag with the findings that raised it and the values they had: what a resolution rests
    on."""

    flag: RedFlag
    rests_on: frozenset[tuple[Key, Value]]


def with_stale_answers_open(engine: Engine, reading: Reading) -> tuple[Reading, Facts]:
    """Evaluate, and where a neural finding is open drop the cauda equina "no" of an earlier visit.

    A "yes" of an earlier visit stays: an open flag stays open until it is resolved or answered
    anew.
    """
    facts = engine.run(reading)
    if facts.truths[engine.names.slot(NEURAL_OPEN, None)] is not True:
        return reading, facts
    stale = [
        key
        for finding in engine.rulebook.reading.asked_anew
        if (key := Key(finding)) not in reading.fresh and reading.values.get(key) == "no"
    ]
    if not stale:
        return reading, facts
    values = {key: value for key, value in reading.values.items() if key not in stale}
    reading = replace(reading, values=values)
    return reading, engine.run(reading)


def screen_of(engine: Engine, reading: Reading, facts: Facts) -> Screen:
    """Which questions are unanswered, and which do not apply."""
    answered_otherwise = {
        flag
        for rule, node in zip(engine.rulebook.not_applicable, engine.not_applicable, strict=True)
        if facts.truths[node] is True
        for flag in rule.flags
        if Key(flag) not in facts.values
    }
    neural_open = facts.truths[engine.names.slot(NEURAL_OPEN, None)] is True
    anew = set(engine.rulebook.reading.asked_anew) if neural_open else set()
    open_ids = []
    for finding in engine.catalogue.findings:
        if not finding.startswith(FLAG) or finding in answered_otherwise:
            continue
        key = Key(finding)
        if key not in facts.values or (finding in anew and key not in reading.fresh):
            open_ids.append(finding)
    if neural_open:
        open_ids += _open_leg_power(engine, reading)
    order = {finding: place for place, finding in enumerate(engine.catalogue.findings)}
    unanswered = tuple(sorted(open_ids, key=order.__getitem__))
    folded = tuple(f for f in engine.catalogue.findings if f in answered_otherwise)
    return Screen(not unanswered, unanswered, folded)


def _open_leg_power(engine: Engine, reading: Reading) -> list[str]:
    """Leg powers not measured at this visit on a side that hurts."""
    return [
        finding
        for finding in engine.rulebook.reading.leg_power
        if any(Key(finding, side) not in reading.fresh for side in SIDES if side in reading.painful)
    ]


def raised_flags(
    engine: Engine, reading: Reading, facts: Facts, explainer: Explainer
) -> dict[str, RaisedFlag]:
    """The flags that the findings raise, each at its gravest level.

    A past fact in dispute is also read as the yes it once was: a contradiction may take away a
    name, never a flag.
    """
    raised = _raised(engine, facts, explainer)
    if reading.once_yes:
        said = engine.evaluate(
            {**facts.values, **dict.fromkeys(reading.once_yes, "yes")}, facts.painful
        )
        for flag, there in _raised(engine, said, engine.explainer(said)).items():
            here = raised.get(flag)
            if here is None or _rank(there) < _rank(here):
                raised[flag] = there
    return raised


def _rank(raised: RaisedFlag) -> int:
    return LEVELS.index(raised.flag.level)


def _raised(engine: Engine, facts: Facts, explainer: Explainer) -> dict[str, RaisedFlag]:
    raised: dict[str, RaisedFlag] = {}
    for row, node in zip(engine.rulebook.flags, engine.flag_rows, strict=True):
        if facts.truths[node] is not True:
            continue
        reason = engine.explain(explainer, node)
        because = tuple(dict.fromkeys(k.finding for k in engine.ordered(reason.because)))
        rests_on = _rests_on(engine, reason.because | reason.denied, facts)
        known = raised.get(row.flag)
        if known is None or LEVELS.index(row.level) < LEVELS.index(known.flag.level):
            text = engine.rulebook.flag_texts[row.flag]
            action = text.actions[row.level]
            flag = RedFlag(row.flag, row.level, because, action, text.title, row.id)
        else:
            flag = known.flag
        earlier = known.rests_on if known else frozenset()
        raised[row.flag] = RaisedFlag(flag, earlier | rests_on)
    return raised


def _rests_on(engine: Engine, keys: frozenset[Key], facts: Facts) -> frozenset[tuple[Key, Value]]:
    """The charted findings and values behind a flag; time that passes is not a change."""
    grows = engine.rulebook.reading.grows
    return frozenset(
        (key, _comparable(facts.values[key]))
        for key in engine.ordered(keys)
        if key.finding not in grows and key in facts.values
    )


def split_resolved(
    engine: Engine, case: Case, raised: dict[str, RaisedFlag]
) -> tuple[tuple[RedFlag, ...], tuple[ResolvedFlag, ...]]:
    """Part the raised flags into open ones (gravest first) and those a written resolution still
    covers."""
    resolved: dict[str, str] = {}
    for index, visit in enumerate(case.visits):
        for resolution in visit.resolved_flags:
            now = raised.get(resolution.flag)
            if now is None:
                continue
            if index == len(case.visits) - 1 or (
                _unchanged(case, index, now) and now.rests_on == _then(engine, case, index, now)
            ):
                resolved[resolution.flag] = resolution.reason
            else:
                resolved.pop(resolution.flag, None)
    open_flags = [raised[flag].flag for flag in raised if flag not in resolved]
    open_flags.sort(key=lambda flag: LEVELS.index(flag.level))
    return tuple(open_flags), tuple(ResolvedFlag(f, resolved[f]) for f in raised if f in resolved)


def _unchanged(case: Case, index: int, now: RaisedFlag) -> bool:
    """Whether nothing behind the flag was charted otherwise after the visit where it was resolved,
    also for a while: what went and came back is new."""
    later = [visit.findings for visit in case.visits[index + 1 :]]
    return all(
        says_nothing(charted) or _comparable(charted) == value
        for key, value in now.rests_on
        for findings in later
        if (charted := findings.get(key)) is not None
    )


def _comparable(value: Value) -> Value:
    """The value with the words of a set in one order: in which they were entered says nothing."""
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def _then(
    engine: Engine, case: Case, index: int, now: RaisedFlag
) -> frozenset[tuple[Key, Value]] | None:
    """What the flag rested on at the visit where it was resolved; None where it was not raised
    there."""
    earlier = replace(case, visits=case.visits[: index + 1])
    rules = engine.rulebook
    reading, facts = with_stale_answers_open(
        engine, read_case(earlier, rules.reading, rules.plan.bands)
    )
    raised = raised_flags(engine, reading, facts, engine.explainer(facts)).get(now.flag.id)
    return None if raised is None else raised.rests_on
