"""Times the rules over random charts, beside their limit and one frame of a 60 Hz screen.

    python tests/benchmarks/rules.py [CHARTS] [--profile]

For each chart: every condition worked out (`engine.run`), one change tried (`engine.what_if`), and
the whole answer of the panel with what to ask next (`suggest`). The limit in the same run are bare
closures over the same conditions: two-valued, so `unknown` and `several` are only alike (a blank
is no, `several` is `at_least`, a verdict is its yes part); they keep no reasons and no third value.
All are called in turn on each chart, so that a busy machine slows all alike.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import random
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import HypothesisWarning

from clinic_desktop.domain.engine import Engine
from clinic_desktop.domain.logic import (
    PAIR_OPS,
    Condition,
    Group,
    IsPainful,
    Leaf,
    OnSides,
    Ref,
    leaf_test,
    turned,
)
from clinic_desktop.domain.reading import read_case
from clinic_desktop.domain.values import SIDES, Key, Side, Value
from clinic_desktop.domain.visits import Case
from tests.rules.chart_strategies import charts, engine, suggest

FRAME_MS = 16.0
ROUNDS = 3
Values = Mapping[Key, Value]
Bare = Callable[[Values, "list[bool]"], bool]


def random_charts(count: int) -> list[Case]:
    """The same charts in every run, each drawn like those of the property tests."""
    drawn: list[Case] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(charts())
    def draw(case: Case) -> None:
        drawn.append(case)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)
        draw()
    return drawn


# ---------------------------------------------------------------------- the limit
class BareClosures:
    """The conditions of the rules as plain two-valued closures, in the order of the engine."""

    def __init__(self, rules: Engine) -> None:
        self._rules = rules
        self.painful: tuple[Side, ...] = SIDES
        self.tests = [self._bare(node.condition, node.side) for node in rules.nodes]

    def all(self, values: Values) -> list[bool]:
        """Work out everything."""
        truths = [False] * len(self.tests)
        for index, test in enumerate(self.tests):
            truths[index] = test(values, truths)
        return truths

    def change(self, values: Values, before: list[bool], key: Key) -> list[bool]:
        """Work out what reads one finding."""
        truths = list(before)
        for index in self._rules.affected.get(key, ()):
            truths[index] = self.tests[index](values, truths)
        return truths

    def _bare(self, condition: Condition, side: Side | None) -> Bare:
        match condition:
            case Leaf():
                return self._leaf(condition, turned(side, condition.side))
            case Ref(term, how):
                slot = self._rules.names.slot(term, turned(side, how))
                return lambda values, truths: truths[slot]
            case IsPainful():
                return lambda values, truths: side in self.painful
            case OnSides(which, part):
                return self._on_sides(which, {s: self._bare(part, s) for s in SIDES})
            case Group(op, parts, count):
                return _group(op, [self._bare(part, side) for part in parts], count)

    def _on_sides(self, which: str, tests: dict[Side, Bare]) -> Bare:
        every = which in ("every_painful", "both_sides")
        if "painful" not in which:
            return _all([*tests.values()]) if every else _any([*tests.values()])

        def test(values: Values, truths: list[bool]) -> bool:
            for side in self.painful:
                if tests[side](values, truths) is not every:
                    return not every
            return every

        return test

    def _leaf(self, leaf: Leaf, side: Side | None) -> Bare:
        key = self._rules.names.key(leaf.finding, side)
        holds = leaf_test(leaf.op, leaf.operand)
        if leaf.op == "charted":
            return lambda values, truths: key in values
        if leaf.op not in PAIR_OPS:
            return lambda values, truths: (value := values.get(key)) is not None and holds(value)
        other = Key(key.finding, key.side.other) if key.side else Key(str(leaf.operand))
        return lambda values, truths: (
            (mine := values.get(key)) is not None
            and (theirs := values.get(other)) is not None
            and holds((mine, theirs))
        )


def _all(tests: list[Bare]) -> Bare:
    def test(values: Values, truths: list[bool]) -> bool:
        for part in tests:  # noqa: SIM110 - a generator is slower, and this is the limit
            if not part(values, truths):
                return False
        return True

    return test


def _any(tests: list[Bare]) -> Bare:
    def test(values: Values, truths: list[bool]) -> bool:
        for part in tests:  # noqa: SIM110
            if part(values, truths):
                return True
        return False

    return test


def _group(op: str, tests: list[Bare], count: int) -> Bare:
    first = tests[0]
    match op:
        case "all":
            return _all(tests)
        case "any":
            return _any(tests)
        case "not" | "unknown":
            return lambda values, truths: not first(values, truths)
        case "known" | "verdict":
            return first
    return lambda values, truths: sum(test(values, truths) for test in tests) >= count


# ---------------------------------------------------------------------- timing
def timed(times: list[float], work: Callable[[], object]) -> None:
    """Add the milliseconds of one call: those of this thread, others on the machine aside."""
    start = time.thread_time_ns()
    work()
    times.append((time.thread_time_ns() - start) / 1e6)


def measure(cases: list[Case]) -> dict[str, list[float]]:
    """Milliseconds of each call by what was timed."""
    rules, chance = engine(), random.Random(7)
    bare = BareClosures(rules)
    keys = [key for key in rules.catalogue.order if key in rules.affected and rules.probes.get(key)]
    names = ("all", "all, limit", "one change", "one change, limit", "whole answer")
    times: dict[str, list[float]] = {name: [] for name in names}
    for case in cases:
        suggest(case)  # explanations are compiled when first asked for
    gc.collect()
    gc.freeze()
    for case in cases * ROUNDS:
        reading = read_case(case, rules.rulebook.reading, rules.rulebook.plan.bands)
        facts = rules.run(reading)
        bare.painful = reading.painful
        truths = bare.all(reading.values)
        key = chance.choice(keys)
        value = chance.choice(rules.probes[key])
        changed = {**reading.values, key: value}
        timed(times["all"], partial(rules.run, reading))
        timed(times["all, limit"], partial(bare.all, reading.values))
        timed(times["one change"], partial(rules.what_if, facts, key, value))
        timed(times["one change, limit"], partial(bare.change, changed, truths, key))
        timed(times["whole answer"], partial(suggest, case))
    return times


def report(cases: list[Case], times: dict[str, list[float]]) -> None:
    """Print medians, 99th percentiles, and how far they are from limit and frame."""
    findings = statistics.median(sum(len(v.findings) for v in case.visits) for case in cases)
    nodes = len(engine().nodes)
    print(f"{len(cases)} charts, {findings:g} findings each (median), {nodes} conditions")
    print(f"{'':20}{'median ms':>12}{'p99 ms':>10}{'of limit':>10}{'of 16 ms frame':>16}")
    for name, values in times.items():
        median = statistics.median(values)
        p99 = sorted(values)[int(0.99 * len(values))]
        limit = times.get(f"{name}, limit")
        ratio = f"{median / statistics.median(limit):.1f}" if limit else ""
        print(f"{name:20}{median:12.4f}{p99:10.4f}{ratio:>10}{100 * p99 / FRAME_MS:15.0f}%")


def profile(cases: list[Case]) -> None:
    """Print where the whole answer spends its time."""
    profiler = cProfile.Profile()
    for case in cases:
        profiler.runcall(suggest, case)
    stats = pstats.Stats(profiler)
    stats.strip_dirs().sort_stats("cumulative").print_stats(28)
    stats.sort_stats("tottime").print_stats(14)


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description="Times the rules over random charts.")
    arguments.add_argument("charts", nargs="?", type=int, default=300)
    arguments.add_argument("--profile", action="store_true", help="where the whole answer spends")
    wanted = arguments.parse_args()
    cases = random_charts(wanted.charts)
    report(cases, measure(cases))
    if wanted.profile:
        profile(cases)


if __name__ == "__main__":
    main()
