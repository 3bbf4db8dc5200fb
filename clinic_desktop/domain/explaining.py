"""Why a condition came out as it did: the findings behind it, and the open ones that could change
it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from .logic import (
    PAIR_OPS,
    Condition,
    Facts,
    Group,
    IsPainful,
    Leaf,
    Names,
    OnSides,
    Ref,
    Truth,
    all_of,
    any_of,
    combine,
    compile_condition,
    keys_read,
    slots_read,
    turned,
)
from .values import SIDES, Key, Side

_NONE: frozenset[Key] = frozenset()


class Reason(NamedTuple):
    """A truth, the charted findings that made it so, and the open ones that could change it."""

    truth: Truth
    because: frozenset[Key] = _NONE
    missing: frozenset[Key] = _NONE
    denied: frozenset[Key] = _NONE
    """Charted findings that matter by not standing in the way (those under a `not`)."""


class Explainer:
    """Explains conditions over one state of the facts; the reason of each node is worked out
    once."""

    def __init__(self, facts: Facts, explanations: Explanations) -> None:
        self.facts = facts
        self._explanations = explanations
        self._known: dict[int, Reason] = {}

    def explain(self, condition: Condition, side: Side | None = None) -> Reason:
        """The reason of a condition for one side."""
        return self._explanations.of(condition, side)(self)

    def node(self, index: int) -> Reason:
        """The reason of a node of the engine."""
        reason = self._known.get(index)
        if reason is None:
            reason = self._known[index] = self._explanations.of_node(index)(self)
        return reason


Explanation = Callable[[Explainer], Reason]


class Explanations:
    """Explanations of conditions, each compiled when it is first asked for.

    Each remembers what it said last, and says it again while all that it goes by is as it was: one
    change leaves most reasons as they were.
    """

    def __init__(
        self,
        names: Names,
        nodes: Mapping[int, tuple[Condition, Side | None]],
        behind: Sequence[frozenset[Key]],
    ) -> None:
        """`behind`: the findings that each node reads, itself or through others."""
        self._names = names
        self._nodes = nodes
        self._behind = behind
        self._by_node: dict[int, Explanation] = {}
        self._by_condition: dict[tuple[int, Side | None], tuple[Condition, Explanation]] = {}

    def of_node(self, index: int) -> Explanation:
        """The explanation of a node of the engine."""
        if index not in self._by_node:
            explanation = self._compiled(*self._nodes[index])
            self._by_node[index] = _remembering(explanation, self._behind[index])
        return self._by_node[index]

    def of(self, condition: Condition, side: Side | None) -> Explanation:
        """The explanation of a condition that is no node, such as a line of evidence."""
        # By identity: hashing a whole condition costs more than explaining it. The condition is
        # kept beside its explanation, so that its identity cannot pass to another one.
        known = self._by_condition.get((id(condition), side))
        if known is None:
            slots = slots_read(condition, side, self._names)
            keys = keys_read(condition, side, self._names)
            keys = keys.union(*(self._behind[slot] for slot in slots))
            known = (condition, _remembering(self._compiled(condition, side), keys))
            self._by_condition[id(condition), side] = known
        return known[1]

    def _compiled(self, condition: Condition, side: Side | None) -> Explanation:
        match condition:
            case Leaf():
                return self._leaf(condition, side)
            case Ref(term, how):
                slot = self._names.slot(term, turned(side, how))
                return lambda explainer: explainer.node(slot)
            case IsPainful():
                return lambda explainer: Reason(side in explainer.facts.painful)
            case OnSides(which, part):
                return self._sides(which, part)
            case Group(op, parts, count):
                compiled = [self._compiled(part, side) for part in parts]
                return lambda explainer: _joined(op, [e(explainer) for e in compiled], count)

    def _leaf(self, leaf: Leaf, side: Side | None) -> Explanation:
        read = keys_read(leaf, side, self._names)
        test = compile_condition(leaf, side, self._names)
        blank = Reason(None, _NONE, read)
        yes, no = Reason(True, read), Reason(False, read)
        if leaf.op == "charted":
            no = Reason(False, _NONE, read)
        if leaf.op not in PAIR_OPS:
            return lambda explainer: (
                blank if (truth := test(explainer.facts)) is None else (yes if truth else no)
            )

        def pair(explainer: Explainer) -> Reason:
            truth = test(explainer.facts)
            if truth is None:
                return Reason(None, _NONE, read - explainer.facts.values.keys())
            return yes if truth else no

        return pair

    def _sides(self, which: str, part: Condition) -> Explanation:
        fixed = SIDES if which in ("either_side", "both_sides") else None
        op = "all" if which in ("every_painful", "both_sides") else "any"
        compiled = {side: self._compiled(part, side) for side in SIDES}
        return lambda explainer: _joined(
            op, [compiled[side](explainer) for side in (fixed or explainer.facts.painful)], 1
        )


def _remembering(explanation: Explanation, keys: frozenset[Key]) -> Explanation:
    """The same, which works out anew only where a value behind it or the painful side is another.
    What it remembers is replaced whole, so that two threads may ask it."""
    goes_by = tuple(keys)
    last: tuple[object, Reason] | None = None

    def explain(explainer: Explainer) -> Reason:
        nonlocal last
        values = explainer.facts.values
        now = (explainer.facts.painful, [values.get(key) for key in goes_by])
        known = last
        if known is not None and known[0] == now:
            return known[1]
        reason = explanation(explainer)
        last = (now, reason)
        return reason

    return explain


def _joined(op: str, reasons: list[Reason], count: int) -> Reason:
    truths = [reason.truth for reason in reasons]
    if op == "not":
        (inner,) = reasons
        return Reason(
            None if inner.truth is None else not inner.truth,
            inner.denied,
            inner.missing,
            inner.because,
        )
    if op in ("all", "any"):
        truth = all_of(truths) if op == "all" else any_of(truths)
    else:
        truth = combine(op, truths, count)
    if op in ("known", "unknown"):
        return reasons[0]._replace(truth=truth)
    telling = [r for r in reasons if _tells(op, truth, r.truth)]
    if op == "verdict" and truth is not None:
        telling = reasons[:1] if truth else reasons[1:]
    missing = _union(r.missing for r in (reasons if op == "verdict" and truth is None else telling))
    if truth is None:
        missing = missing or _union(r.missing for r in reasons)
        telling = [r for r in reasons if r.truth is not None]
    elif op in ("several", "verdict") and truth is False:
        # Answered no by what was charted; the rest stay missing (docs/reading.md 7).
        missing = _union(r.missing for r in reasons)
    return Reason(
        truth, _union(r.because for r in telling), missing, _union(r.denied for r in telling)
    )


def _tells(op: str, truth: Truth, part: Truth) -> bool:
    """Whether a part of this truth decided the whole: all parts of a yes `all`, only the no's of a
    no one."""
    if truth is None:
        return part is None
    if op == "all":
        return truth or part is False
    if op == "any":
        return part is True or not truth
    return part is True or not truth


def _union(sets: Iterable[frozenset[Key]]) -> frozenset[Key]:
    filled = [s for s in sets if s]
    if len(filled) < 2:
        return filled[0] if filled else _NONE
    return frozenset().union(*filled)
