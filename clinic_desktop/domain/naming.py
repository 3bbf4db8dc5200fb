"""Which patterns are named, which are leaned to, and which red flags stand: read off the truths
alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .engine import CORE, Engine, PatternNodes
from .logic import Truth
from .values import LEVELS, PATTERNS, Key, Value

WITHHOLDING = ("E", "S", "U")
"""Levels that set patterns and plan aside until resolved."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer in short: enough to tell whether another finding would change it."""

    named: tuple[str, ...]
    lean: tuple[str, ...]
    flags: tuple[tuple[str, str], ...]
    """Raised flags with their gravest level, resolved ones included, in the order of the table."""
    needs: tuple[tuple[Truth, ...], ...]
    """The needs of each pattern, in the order of `PATTERNS`."""


def outcome_of(
    engine: Engine,
    truths: Sequence[Truth],
    values: Mapping[Key, Value],
    flags: tuple[tuple[str, str], ...] | None = None,
) -> Outcome:
    """Read the outcome off the truths; `flags` spares the table of red flags where it is known that
    no row of it changed."""
    needs = tuple(tuple(truths[n] for n in engine.patterns[p].needs) for p in PATTERNS)
    named = _named(engine, truths, values)
    lean = () if named else _lean(engine, truths)
    return Outcome(named, lean, _flags(engine, truths) if flags is None else flags, needs)


def _met(nodes: PatternNodes, truths: Sequence[Truth]) -> bool:
    return all(truths[need] is True for need in nodes.needs)


def _blocked(nodes: PatternNodes, truths: Sequence[Truth]) -> bool:
    return nodes.blocked is not None and truths[nodes.blocked] is True


def _named(engine: Engine, truths: Sequence[Truth], values: Mapping[Key, Value]) -> tuple[str, ...]:
    nodes = engine.patterns
    met = [p for p in CORE if _met(nodes[p], truths)]
    core = _driver_first(engine, [p for p in met if not _blocked(nodes[p], truths)], values)
    other = not met and _met(nodes["other_source"], truths)
    beside = nodes["local"].beside
    if core or other:
        local = beside is not None and truths[beside] is True
    else:
        local = _met(nodes["local"], truths)
    return (*core, *(("local",) if local else ()), *(("other_source",) if other else ()))


def _driver_first(
    engine: Engine, patterns: list[str], values: Mapping[Key, Value]
) -> tuple[str, ...]:
    """The pattern whose first event is the oldest comes first; without all dates, the order of the
    model."""
    began = {}
    for pattern in patterns:
        weeks = [values.get(Key(f)) for f in engine.patterns[pattern].pattern.began]
        dated = [float(w) for w in weeks if isinstance(w, int | float)]
        if not dated:
            return tuple(patterns)
        began[pattern] = max(dated)
    return tuple(sorted(patterns, key=lambda p: -began[p]))


def _lean(engine: Engine, truths: Sequence[Truth]) -> tuple[str, ...]:
    core_met = any(_met(engine.patterns[p], truths) for p in CORE)
    leaning = []
    for pattern in PATTERNS:
        nodes = engine.patterns[pattern]
        if truths[nodes.first_mover] is not True or _blocked(nodes, truths):
            continue
        if any(truths[need] is False for need in nodes.needs):
            continue
        if pattern == "other_source" and core_met:
            continue
        leaning.append(pattern)
    return tuple(leaning)


def _flags(engine: Engine, truths: Sequence[Truth]) -> tuple[tuple[str, str], ...]:
    gravest: dict[str, str] = {}
    for row, node in zip(engine.rulebook.flags, engine.flag_rows, strict=True):
        if truths[node] is True:
            level = gravest.get(row.flag, row.level)
            gravest[row.flag] = min(level, row.level, key=LEVELS.index)
    return tuple(gravest.items())
