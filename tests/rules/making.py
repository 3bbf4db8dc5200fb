"""Charts made to order: findings that make a condition of the rules yes, no or not known.

The charts are guesses that the tests check on the real engine; a wrong guess fails there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import cast

from clinic_desktop.domain.logic import (
    GRADE_OPS,
    PAIR_OPS,
    Condition,
    Group,
    IsPainful,
    Leaf,
    OnSides,
    Ref,
    Truth,
    leaf_test,
    turned,
)
from clinic_desktop.domain.reading import AGE, BACK_RELIEF, FELL, PAINFUL, SEX
from clinic_desktop.domain.values import GRADES, NO_INFORMATION, Key, Side, Value
from clinic_desktop.domain.visits import Case, FlagResolution, Patient, PlanChoice, Retest, Visit
from tests.rules.chart_strategies import FIRST_DAY, catalogue, engine

Wanted = Mapping[Key, Value | None]
"""Findings to chart; None is one that must stay blank."""

HURTS = Side.RIGHT


def charts_with(
    condition: Condition, truth: Truth, given: Wanted | None = None
) -> Iterator[Wanted]:
    """Ways to make a condition come out so, the simplest first; the right leg is painful."""
    start: Wanted = {Key("complaint.side"): "right", PAINFUL: "right"} if given is None else given
    return _ways(condition, HURTS, truth, start)


def of_all(*wishes: tuple[Condition, Side | None, Truth], given: Wanted) -> Iterator[Wanted]:
    """Ways to fulfil several wishes at once."""
    if not wishes:
        yield given
        return
    (condition, side, truth), *rest = wishes
    for so_far in _ways(condition, side, truth, given):
        yield from of_all(*rest, given=so_far)


def _ways(condition: Condition, side: Side | None, want: Truth, given: Wanted) -> Iterator[Wanted]:
    match condition:
        case Leaf():
            yield from _leaf(condition, turned(side, condition.side), want, given)
        case Ref(term, how):
            slot = engine().names.slot(term, turned(side, how))
            node = engine().nodes[slot]
            yield from _ways(node.condition, node.side, want, given)
        case IsPainful():
            yield given  # which leg hurts is chosen by the caller
        case OnSides(which, part):
            sides = (HURTS,) if "painful" in which else (HURTS, HURTS.other)
            op = "all" if which in ("every_painful", "both_sides") else "any"
            wishes = tuple((part, s) for s in sides)
            yield from _group(op, wishes, 1, want, given)
        case Group(op, parts, count):
            yield from _group(op, tuple((part, side) for part in parts), count, want, given)


Parts = tuple[tuple[Condition, Side | None], ...]


def _group(op: str, parts: Parts, count: int, want: Truth, given: Wanted) -> Iterator[Wanted]:
    for truths in _part_truths(op, len(parts), count, want):
        wishes = [(*part, truth) for part, truth in zip(parts, truths, strict=True) if truth != "?"]
        yield from of_all(*cast("list[tuple[Condition, Side | None, Truth]]", wishes), given=given)


def _part_truths(op: str, size: int, count: int, want: Truth) -> Iterable[tuple[object, ...]]:
    """Truths of the parts that give the wanted one; "?" where a part does not matter."""
    one_part: dict[tuple[str, Truth], tuple[Truth, ...]] = {
        ("not", True): (False,),
        ("not", False): (True,),
        ("not", None): (None,),
        ("known", True): (True,),
        ("known", False): (False, None),
        ("unknown", True): (None,),
        ("unknown", False): (True, False),
    }
    verdict: dict[Truth, list[tuple[object, ...]]] = {
        True: [(True, "?")],
        False: [(False, True), (None, True)],
        None: [(None, None), (None, False), (False, None), (False, False)],
    }
    if op == "verdict":
        return verdict[want]
    if op in ("not", "known", "unknown"):
        return [(truth,) for truth in one_part.get((op, want), ())]
    if op in ("all", "any"):
        return _joined_truths(op == "all", size, want)
    if want:
        chosen = combinations(range(size), count)
        return [tuple(True if place in yes else "?" for place in range(size)) for yes in chosen]
    return [(want,) * size]


def _joined_truths(every: bool, size: int, want: Truth) -> list[tuple[object, ...]]:
    """The same for `all` (`every`) and `any`."""
    if want is every:
        return [(want,) * size]
    rest: object = every if want is None else "?"
    odd = [tuple(want if p == place else rest for p in range(size)) for place in range(size)]
    return [*odd, (want,) * size] if want is None else odd


def _leaf(leaf: Leaf, side: Side | None, want: Truth, given: Wanted) -> Iterator[Wanted]:
    key = engine().names.key(leaf.finding, side)
    if leaf.op == "charted":
        options: list[Value | None] = list(_candidates(leaf, key)) if want else [None]
        yield from _charted(given, key, options if want is not None else [])
        return
    if leaf.op in PAIR_OPS:
        yield from _pair(leaf, key, want, given)
        return
    holds = leaf_test(leaf.op, leaf.operand)
    if want is None:
        yield from _charted(given, key, [None])
    else:
        yield from _charted(given, key, [v for v in _candidates(leaf, key) if holds(v) is want])


def _pair(leaf: Leaf, key: Key, want: Truth, given: Wanted) -> Iterator[Wanted]:
    other = (
        Key(str(leaf.operand))
        if leaf.op == "less_than_finding"
        else Key(key.finding, key.side.other if key.side else None)
    )
    holds = leaf_test(leaf.op, leaf.operand)
    if want is None:
        yield from _charted(given, key, [None])
        return
    for mine, theirs in ((40, 80), (80, 40)):
        if holds((mine, theirs)) is want:
            for so_far in _charted(given, key, [mine]):
                yield from _charted(so_far, other, [theirs])


def _charted(given: Wanted, key: Key, options: list[Value | None]) -> Iterator[Wanted]:
    for value in options:
        if key not in given:
            yield {**given, key: value}
        elif given[key] == value:
            yield given


def _candidates(leaf: Leaf, key: Key) -> list[Value]:
    """Values to try for a finding: those of the comparison, and what lies beside them."""
    if leaf.op in GRADE_OPS:
        return ["3", "3-", "4", "4-", "5", "2"]
    if isinstance(leaf.operand, int | float) and not isinstance(leaf.operand, bool):
        near = (leaf.operand, leaf.operand - 1, leaf.operand + 1)
        spec = catalogue().findings.get(key.finding)
        return [v for v in near if spec is None or spec.low <= v <= spec.high]
    words = leaf.operand if isinstance(leaf.operand, tuple) else ()
    spec = catalogue().findings.get(key.finding)
    if spec is None:
        return [*words, "female" if key == SEX else "no"]
    if leaf.op == "has":
        return [*((word,) for word in words), *((w,) for w in spec.choices if w not in words)]
    telling = [word for word in spec.choices if word not in NO_INFORMATION]
    return [*words, *(word for word in telling if word not in words)] or [spec.low]


# ---------------------------------------------------------------------- from findings to a course
def course_of(wanted: Wanted, resolved: tuple[str, ...] = (), chosen: tuple[str, ...] = ()) -> Case:
    """The course in which these findings were charted, those of the course itself included."""
    charted = {key: value for key, value in wanted.items() if value is not None}
    sex, age = charted.pop(SEX, None), charted.pop(AGE, None)
    charted.pop(PAINFUL, None)
    relief = charted.pop(BACK_RELIEF, None) == "yes"
    fell = {k: charted.pop(k) for k in tuple(charted) if k.finding.startswith(FELL)}
    visits = [Visit(FIRST_DAY, charted)]
    if fell:
        earlier = dict(charted)
        for key, answer in fell.items():
            power = Key(key.finding.removeprefix(FELL), key.side)
            now = str(charted.setdefault(power, "4" if answer == "yes" else "5"))
            step = GRADES.index(now) + (1 if answer == "yes" else 0)
            earlier[power] = GRADES[min(step, len(GRADES) - 1)]
        visits = [Visit(FIRST_DAY, earlier), Visit(FIRST_DAY + dt.timedelta(days=7), charted)]
    tried = (Retest("brace", "resisted_15.pain", HURTS, before=6, after=2),) if relief else ()
    last = Visit(
        visits[-1].date,
        charted,
        retests=tried,
        plan=tuple(PlanChoice(item) for item in chosen),
        resolved_flags=tuple(FlagResolution(flag, "seen by a doctor") for flag in resolved),
    )
    patient = Patient(
        "Somebody",
        age=int(age) if isinstance(age, int | float) else None,
        sex=None if sex is None else str(sex),
    )
    return Case(patient, (*visits[:-1], last))
