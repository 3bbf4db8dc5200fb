"""Conditions as they are written in the rule files, turned into values."""

from __future__ import annotations

import math
from typing import Final

from clinic_desktop.domain.logic import (
    GRADE_OPS,
    NUMBER_OPS,
    PAIR_OPS,
    SIDE_SETS,
    WORD_OPS,
    Condition,
    Group,
    IsPainful,
    Leaf,
    OnSides,
    Ref,
)
from clinic_desktop.domain.values import GRADES

DEEPEST: Final = 12
"""Conditions within conditions; deeper ones are to be named as terms of their own."""

_LEAF_OPS = (*WORD_OPS, *NUMBER_OPS, *GRADE_OPS, *PAIR_OPS, "charted")


class ConditionFault(ValueError):
    """What is wrong with a condition, in one sentence."""


def condition_from(raw: object, depth: int = 1) -> Condition:
    """Read a condition: a table, or the name of a term. Raises ConditionFault."""
    if depth > DEEPEST:
        raise ConditionFault(f"is nested more than {DEEPEST} deep; make a part of it a term")
    if isinstance(raw, str):
        return Ref(raw)
    if not isinstance(raw, dict):
        raise ConditionFault(f"a condition is a table or a term's name, not {type(raw).__name__}")
    if "finding" in raw:
        return _leaf(raw)
    keys = set(raw)
    if keys in ({"term"}, {"term", "side"}):
        return Ref(_text(raw["term"]), _side(raw))
    if keys == {"yes_if", "no_if"}:
        return Group("verdict", _parts([raw["yes_if"], raw["no_if"]], depth))
    if len(keys) == 1:
        ((op, inner),) = raw.items()
        return _operator(op, inner, depth)
    if keys in ({"at_least", "of"}, {"several", "of"}):
        op = "at_least" if "at_least" in raw else "several"
        return Group(op, _parts(raw["of"], depth), _count(op, raw[op]))
    raise ConditionFault(f"nothing is called {', '.join(sorted(keys))} in a condition")


def _operator(op: str, inner: object, depth: int) -> Condition:
    if op in ("all", "any"):
        return Group(op, _parts(inner, depth))
    if op in ("not", "known", "unknown"):
        return Group(op, (condition_from(inner, depth + 1),))
    if op in SIDE_SETS:
        return OnSides(op, condition_from(inner, depth + 1))
    if op == "is_painful":
        if inner is not True:
            raise ConditionFault('is_painful takes true; use "not" for the reverse')
        return IsPainful()
    raise ConditionFault(f"there is no operator {op}")


def _count(op: str, count: object) -> int:
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ConditionFault(f"{op} needs a whole number of 1 or more")
    return count


def _parts(raw: object, depth: int) -> tuple[Condition, ...]:
    if not isinstance(raw, list) or not raw:
        raise ConditionFault("a list of at least one condition is wanted here")
    return tuple(condition_from(part, depth + 1) for part in raw)


def _side(raw: dict[str, object]) -> str:
    side = raw.get("side", "same")
    if side not in ("same", "other"):
        raise ConditionFault('side is "same" or "other"')
    return str(side)


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise ConditionFault("a name is wanted here")
    return raw


def _leaf(raw: dict[str, object]) -> Leaf:
    ops = set(raw) - {"finding", "side"}
    if len(ops) != 1 or not ops <= set(_LEAF_OPS):
        raise ConditionFault(f"a finding is compared by exactly one of {', '.join(_LEAF_OPS)}")
    (op,) = ops
    return Leaf(_text(raw["finding"]), op, _operand(op, raw[op]), _side(raw))


def _operand(op: str, operand: object) -> object:
    if op in WORD_OPS:
        words = operand if isinstance(operand, list) else [operand]
        if not words or not all(isinstance(word, str) for word in words):
            raise ConditionFault(f"{op} takes a word or a list of words")
        return tuple(words)
    wanted = {
        **dict.fromkeys(GRADE_OPS, (operand in GRADES, "a muscle power grade")),
        "less_than_finding": (isinstance(operand, str), "a finding's id"),
        "charted": (operand is True, 'true; use "not" for the reverse'),
    }
    is_number = (
        isinstance(operand, int | float)
        and not isinstance(operand, bool)
        and math.isfinite(operand)
    )
    fits, what = wanted.get(op, (is_number, "a number"))
    if not fits:
        raise ConditionFault(f"{op} takes {what}")
    return operand
