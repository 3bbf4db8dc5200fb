"""Why a condition came out as it did: the findings behind it, and the open ones that could change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

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
    keys_read,
    leaf_test,
    turned,
)
from .values import SIDES, Key, Side

_NONE: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """A truth, the charted findings that made it so, and the open ones that could change it."""

    truth: Truth
    because: frozenset[Key] = _NONE
    missing: frozenset[Key] = _NONE
    denied: frozenset[Key] = _NONE
    """Charted findings that matter by not standing in the way (those under a `not`)."""


class Explainer:
    """Explains conditions over one state of the facts; the reason of each term is worked out once."""

    def __init__(
        self,
        facts: Facts,
        names: Names,
        terms: Mapping[int, tuple[Condition, Side | None]],
    ) -> None:
        self._facts = facts
        self._names = names
        self._terms = terms
        self._known: dict[int, Reason] = {}

    def explain(self, condition: Condition, side: Side | None = None) -> Reason:
        """The reason of a condition for one side."""
        match condition:
            case Leaf():
                return self._leaf(condition, side)
            case Ref(term, how):
                return self.term(self._names.slot(term, turned(side, how)))
            case IsPainful():
                return Reason(side in self._facts.painful)
            case OnSides(which, part):
                return self._sides(which, part)
            case Group(op, parts, count):
                return _joined(op, [self.explain(part, side) for part in parts], count)

    def term(self, slot: int) -> Reason:
        """The reason of a named term."""
        if slot not in self._known:
            condition, side = self._terms[slot]
            self._known[slot] = self.explain(condition, side)
        return self._known[slot]

    def _leaf(self, leaf: Leaf, side: Side | None) -> Reason:
        values = self._facts.values
        read = keys_read(leaf, side, self._names)
        charted = frozenset(key for key in read if key in values)
        if leaf.op == "charted":
            return Reason(bool(charted), charted, read - charted)
        if charted != read:
            return Reason(None, _NONE, read - charted)
        holds = leaf_test(leaf.op, leaf.operand)
        key = self._names.key(leaf.finding, turned(side, leaf.side))
        if leaf.op not in PAIR_OPS:
            return Reason(holds(values[key]), charted)
        (partner,) = (read - {key}) or {key}
        return Reason(holds((values[key], values[partner])), charted)

    def _sides(self, which: str, part: Condition) -> Reason:
        fixed = which in ("either_side", "both_sides")
        sides = SIDES if fixed else self._facts.painful
        op = "all" if which in ("every_painful", "both_sides") else "any"
        return _joined(op, [self.explain(part, side) for side in sides], 1)


def _joined(op: str, reasons: list[Reason], count: int) -> Reason:
    truths = [reason.truth for reason in reasons]
    if op in ("all", "any"):
        truth = all_of(truths) if op == "all" else any_of(truths)
    else:
        truth = combine(op, truths, count)
    if op == "not":
        (inner,) = reasons
        return Reason(truth, inner.denied, inner.missing, inner.because)
    if op in ("known", "unknown"):
        return replace(reasons[0], truth=truth)
    telling = [r for r in reasons if _tells(op, truth, r.truth)]
    if op == "verdict" and truth is not None:
        telling = reasons[:1] if truth else reasons[1:]
    missing = _union(r.missing for r in (reasons if op == "verdict" and truth is None else telling))
    if truth is None:
        missing = missing or _union(r.missing for r in reasons)
        telling = [r for r in reasons if r.truth is not None]
    elif op == "several" and truth is False:
        missing = _union(r.missing for r in reasons)
    return Reason(
        truth, _union(r.because for r in telling), missing, _union(r.denied for r in telling)
    )


def _tells(op: str, truth: Truth, part: Truth) -> bool:
    """Whether a part of this truth decided the whole: all parts of a yes `all`, only the no's of a no one."""
    if truth is None:
        return part is None
    if op == "all":
        return truth or part is False
    if op == "any":
        return part is True or not truth
    return part is True or not truth


def _union(sets: Iterable[frozenset[Key]]) -> frozenset[Key]:
    return frozenset().union(*sets)
