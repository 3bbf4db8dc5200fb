"""Whether a comparison suits the finding that it compares: found at load, not at the chart."""

from __future__ import annotations

from .catalogue import Catalogue
from .logic import GRADE_OPS, Leaf
from .reading import AGE, COURSE_FINDINGS, FELL
from .values import Kind

_WORDS = (Kind.RESULT, Kind.ANSWER, Kind.CHOICE, Kind.GRADE)


def leaf_fault(leaf: Leaf, catalogue: Catalogue) -> str | None:
    """What is wrong with a comparison, in words; None where nothing is, or the finding unknown."""
    kind = _kind(leaf.finding, catalogue)
    if kind is None or leaf.op == "charted":
        return None
    if not _suits(leaf.op, kind):
        return f'"{leaf.op}" does not suit {leaf.finding}, which is of the kind {kind}'
    if leaf.op in ("is", "has"):
        return _word_fault(leaf, catalogue)
    spec = catalogue.findings.get(leaf.finding)
    if leaf.op == "other_side_higher_by" and (spec is None or not spec.sides):
        return f"{leaf.finding} has no sides to compare"
    if leaf.op == "less_than_finding" and _kind(str(leaf.operand), catalogue) is not Kind.NUMBER:
        return f"{leaf.operand} is no number to compare with"
    return None


def _kind(finding: str, catalogue: Catalogue) -> Kind | None:
    spec = catalogue.findings.get(finding)
    if spec is not None:
        return spec.kind
    if finding == AGE.finding:
        return Kind.NUMBER
    if finding in COURSE_FINDINGS or finding.startswith(FELL):
        return Kind.CHOICE
    return None


def _suits(op: str, kind: Kind) -> bool:
    if op == "is":
        return kind in _WORDS
    if op == "has":
        return kind is Kind.SET
    if op in GRADE_OPS:
        return kind is Kind.GRADE
    return kind is Kind.NUMBER


def _word_fault(leaf: Leaf, catalogue: Catalogue) -> str | None:
    spec = catalogue.findings.get(leaf.finding)
    if spec is None:
        return None
    words = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
    for word in words:
        if word not in spec.choices:
            return f'{leaf.finding} does not take "{word}"'
    return None
