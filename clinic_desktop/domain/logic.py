"""Conditions over findings in three values: yes, no, and not known.

A condition is data. `compile_condition` turns it into a closure once, at load; `Explainer` walks
the same
data when an answer is shown, to say which findings made it so and which open ones could change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from .values import INCONCLUSIVE, SIDES, Key, Side, Value, grade_rank

Truth: TypeAlias = bool | None
"""True is yes, False is no, None is not known."""


class Facts:
    """What the closures read: informative findings, the painful sides, and the truth of each term
    so far."""

    __slots__ = ("painful", "truths", "values")

    def __init__(self, values: dict[Key, Value], painful: tuple[Side, ...], terms: int) -> None:
        self.values = values
        self.painful = painful
        self.truths: list[Truth] = [None] * terms


Test: TypeAlias = Callable[[Facts], Truth]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A comparison of one finding with a constant, with another finding, or with the other side."""

    finding: str
    op: str
    operand: object
    side: str = "same"
    """`same`: the side at hand (or none, where the finding has no sides); `other`: the opposite
    one."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The truth of a named term."""

    term: str
    side: str = "same"


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions under one operator."""

    op: str
    """`all`, `any`, `not`, `at_least`, and these:
    `verdict`: yes when its first part is yes, else no when its second is yes, else not known.
    `several`: yes with `count` yes; no once two are known and none is yes (docs/reading.md 7).
    `known`: yes where its part is yes, else no.
    `unknown`: yes where its part is not known, else no."""
    parts: tuple[Condition, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class OnSides:
    """A condition tried on sides: `painful` (any), `every_painful`, `either_side`, `both_sides`."""

    which: str
    part: Condition


@dataclass(frozen=True, slots=True)
class IsPainful:
    """Whether the side at hand is one that hurts."""


Condition: TypeAlias = Leaf | Ref | Group | OnSides | IsPainful

SIDE_SETS: Final = ("painful", "every_painful", "either_side", "both_sides")

NUMBER_OPS: Final = ("under", "over", "at_least", "at_most")
GRADE_OPS: Final = ("grade_below", "grade_at_most")
WORD_OPS: Final = ("is", "has")
PAIR_OPS: Final = ("less_than_finding", "other_side_higher_by")


@dataclass(frozen=True, slots=True)
class Names:
    """What a condition may refer to: findings with and without sides, and where each term's truth
    stands."""

    sided: frozenset[str]
    unsided: frozenset[str]
    slots: Mapping[tuple[str, Side | None], int]

    def key(self, finding: str, side: Side | None) -> Key:
        """The key of a finding for the side at hand. Raises KeyError for an unknown one."""
        if finding in self.sided:
            if side is None:
                raise KeyError(f"{finding} has sides, and no side is at hand here")
            return Key(finding, side)
        if finding in self.unsided:
            return Key(finding)
        raise KeyError(f"{finding} is not in the catalogue")

    def slot(self, term: str, side: Side | None) -> int:
        """Where a term's truth stands. Raises KeyError for an unknown one."""
        for wanted in ((term, side), (term, None)):
            if wanted in self.slots:
                return self.slots[wanted]
        raise KeyError(f"term {term} is unknown here")


def turned(side: Side | None, how: str) -> Side | None:
    """The side meant by `same` or `other`."""
    return side.other if side is not None and how == "other" else side


# ---------------------------------------------------------------------- compiling


def compile_condition(condition: Condition, side: Side | None, names: Names) -> Test:
    """Turn a condition into a closure for one side. Raises KeyError for what it cannot refer to."""
    match condition:
        case Leaf():
            return _compile_leaf(condition, turned(side, condition.side), names)
        case Ref(term, how):
            slot = names.slot(term, turned(side, how))
            return lambda facts: facts.truths[slot]
        case IsPainful():
            if side is None:
                raise KeyError("no side is at hand for is_painful here")
            return lambda facts: side in facts.painful
        case OnSides(which, part):
            return _compile_sides(which, part, names)
        case Group(op, parts, count):
            return _compile_group(op, [compile_condition(p, side, names) for p in parts], count)


def _compile_leaf(leaf: Leaf, side: Side | None, names: Names) -> Test:
    key = names.key(leaf.finding, side)
    holds = leaf_test(leaf.op, leaf.operand)
    if leaf.op == "charted":
        return lambda facts: key in facts.values
    if leaf.op in PAIR_OPS:
        partner = _partner(leaf, key, names)

        def compare(facts: Facts) -> Truth:
            mine, theirs = facts.values.get(key), facts.values.get(partner)
            if mine is None or theirs is None:
                return None
            return holds((mine, theirs))

        return compare

    def test(facts: Facts) -> Truth:
        value = facts.values.get(key)
        if value is None or (value == INCONCLUSIVE and not holds(value)):
            return None  # done, and it told nothing: no help to a no
        return holds(value)

    return test


def _partner(leaf: Leaf, key: Key, names: Names) -> Key:
    if leaf.op == "less_than_finding":
        return names.key(str(leaf.operand), key.side)
    return Key(key.finding, key.side.other if key.side else None)


def leaf_test(op: str, operand: object) -> Callable[[object], bool]:
    """The bare comparison behind a leaf, on a charted value."""
    if op in WORD_OPS:
        words = frozenset(operand if isinstance(operand, tuple) else (operand,))
        if op == "is":
            return lambda value: value in words
        return lambda value: not words.isdisjoint(value)  # type: ignore[arg-type]  # a set's words
    if op in GRADE_OPS:
        rank = grade_rank(str(operand))
        if op == "grade_below":
            return lambda value: grade_rank(str(value)) < rank
        return lambda value: grade_rank(str(value)) <= rank
    return _number_test(op, operand)


def _number_test(op: str, operand: object) -> Callable[[object], bool]:
    if op == "less_than_finding":
        return lambda pair: pair[0] < pair[1]  # type: ignore[index]  # two numbers
    number = operand if isinstance(operand, int | float) else 0.0
    tests: dict[str, Callable[[object], bool]] = {
        "under": lambda value: value < number,  # type: ignore[operator]
        "over": lambda value: value > number,  # type: ignore[operator]
        "at_least": lambda value: value >= number,  # type: ignore[operator]
        "at_most": lambda value: value <= number,  # type: ignore[operator]
        "other_side_higher_by": lambda pair: pair[1] - pair[0] > number,  # type: ignore[index]
        "charted": bool,
    }
    return tests[op]


def _compile_sides(which: str, part: Condition, names: Names) -> Test:
    tests = {side: compile_condition(part, side, names) for side in SIDES}
    every = which in ("every_painful", "both_sides")
    fixed = SIDES if which in ("either_side", "both_sides") else None

    def test(facts: Facts) -> Truth:
        truths = [tests[side](facts) for side in (fixed or facts.painful)]
        return all_of(truths) if every else any_of(truths)

    return test


def all_of(truths: Iterable[Truth]) -> Truth:
    """Yes when all are yes, no when one is no, else not known."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Yes when one is yes, no when all are no, else not known."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def combine(op: str, truths: list[Truth], count: int) -> Truth:
    """The truth of a group from the truths of its parts."""
    match op:
        case "all":
            return all_of(truths)
        case "any":
            return any_of(truths)
        case "not":
            return None if truths[0] is None else not truths[0]
        case "known":
            return truths[0] is True
        case "unknown":
            return truths[0] is None
        case "verdict":
            return True if truths[0] is True else (False if truths[1] is True else None)
    yes, unknown = truths.count(True), truths.count(None)
    if yes >= count:
        return True
    if yes + unknown < count:
        return False
    if op == "several" and yes == 0 and len(truths) - unknown >= 2:
        return False
    return None


def _compile_group(op: str, tests: list[Test], count: int) -> Test:
    if op == "all":
        return _compile_all(tests)
    if op == "any":
        return _compile_any(tests)
    if len(tests) == 1 and op in ("not", "known", "unknown"):
        (only,) = tests
        if op == "known":
            return lambda facts: only(facts) is True
        if op == "unknown":
            return lambda facts: only(facts) is None
        return lambda facts: None if (truth := only(facts)) is None else not truth
    if op == "verdict":
        says_yes, says_no = tests
        return lambda facts: (
            True if says_yes(facts) is True else (False if says_no(facts) is True else None)
        )
    return lambda facts: combine(op, [test(facts) for test in tests], count)


def _compile_all(tests: list[Test]) -> Test:
    def test(facts: Facts) -> Truth:
        result: Truth = True
        for part in tests:
            truth = part(facts)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return test


def _compile_any(tests: list[Test]) -> Test:
    def test(facts: Facts) -> Truth:
        result: Truth = False
        for part in tests:
            truth = part(facts)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return test


def keys_read(condition: Condition, side: Side | None, names: Names) -> frozenset[Key]:
    """The findings that a condition reads itself (not through terms)."""
    match condition:
        case Leaf():
            key = names.key(condition.finding, turned(side, condition.side))
            if condition.op in PAIR_OPS:
                return frozenset({key, _partner(condition, key, names)})
            return frozenset({key})
        case OnSides(_, part):
            return frozenset().union(*(keys_read(part, s, names) for s in SIDES))
        case Group(_, parts, _):
            return frozenset().union(*(keys_read(part, side, names) for part in parts))
        case _:
            return frozenset()


def slots_read(condition: Condition, side: Side | None, names: Names) -> frozenset[int]:
    """The terms that a condition reads."""
    match condition:
        case Ref(term, how):
            return frozenset({names.slot(term, turned(side, how))})
        case OnSides(_, part):
            return frozenset().union(*(slots_read(part, s, names) for s in SIDES))
        case Group(_, parts, _):
            return frozenset().union(*(slots_read(part, side, names) for part in parts))
        case _:
            return frozenset()
