"""Comparable signs: which tests are taken again after a treatment, and what may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .catalogue import Catalogue, FindingSpec
from .errors import InvalidValue
from .rulebook import RetestBand
from .values import Key, Kind, Value
from .visits import MOST_SIGNS, Case, Findings, Retest, Visit

NOW: Final = "outcome.nprs_now"
"""The one measure of the patient's own that can change within a visit."""
OF_A_RUN: Final = (Key("gait.cadence"), Key(NOW))
"""What is taken again after a cue: cadence, and the pain there is."""
MOST_PROPOSED: Final = 6
"""More proposals than that are no help to choose one to three."""
_EXAMINED: Final = ("nerves", "hamstring", "back", "glutes", "gait")
_CONDITIONS: Final = {"gait": ("gait.speed", "gait.slope")}
"""Findings that say how all others of their kind were seen: what was seen at another speed or
slope was not seen by the same method."""
_PAINFUL: Final = 4
PAIN: Final = "0-10"
"""Unit of the pain scale."""


def can_be_taken_again(spec: FindingSpec) -> bool:
    """Whether a finding is a test that can be done again minutes later, by number or in words."""
    if spec.id in _CONDITIONS.get(spec.id.partition(".")[0], ()):
        return False
    tested = spec.section in _EXAMINED or spec.id == NOW
    return tested and spec.kind in (Kind.NUMBER, Kind.RESULT)


# ---------------------------------------------------------------------- choosing
def carried_signs(case: Case) -> tuple[Key, ...]:
    """The signs of the latest earlier visit that had some: a proposal, never a finding."""
    for visit in reversed(case.visits[:-1]):
        tried = dict.fromkeys(retest.sign for retest in visit.retests)
        if visit.signs or tried:
            return visit.signs or tuple(tried)[:MOST_SIGNS]
    return ()


def proposed_signs(
    case: Case, catalogue: Catalogue, bands: Mapping[str, RetestBand], painful: str | None = None
) -> tuple[Key, ...]:
    """Signs worth following, the best first: those of last time, then what was painful, limited,
    positive or measured today, on the painful side (`right`, `left`) before the other."""
    today = case.last.findings
    order = catalogue.order or {
        key: place
        for place, key in enumerate(
            key for spec in catalogue.findings.values() for key in spec.keys
        )
    }
    weighed = []
    for key, value in today.items():
        spec = catalogue.findings.get(key.finding)
        weight = _weight(spec, key, value, today, bands) if spec else 0
        if weight:
            hurts = -value if weight == _PAINFUL and isinstance(value, int | float) else 0
            weighed.append((_is_other_side(key, painful), -weight, hurts, order[key], key))
    found = [key for *_place, key in sorted(weighed)]
    return tuple(dict.fromkeys((*carried_signs(case), *found)))[:MOST_PROPOSED]


def _is_other_side(key: Key, painful: str | None) -> bool:
    return key.side is not None and painful in ("right", "left") and key.side != painful


def _weight(
    spec: FindingSpec, key: Key, value: Value, today: Findings, bands: Mapping[str, RetestBand]
) -> int:
    """How well a charted test serves: 4 painful (the more the better), 3 limited, 2 positive,
    1 measured; 0 not at all."""
    if not can_be_taken_again(spec):
        return 0
    if spec.kind is Kind.RESULT:
        # Where the same test was measured, the number tells more.
        measured = any(other.side == key.side and _same_test(other, key) for other in today)
        return 2 if value == "positive" and not measured else 0
    band = bands.get(spec.id)
    if band is None or not isinstance(value, int | float):
        return 0
    if band.better == "lower" and value < band.by:
        return 0  # it cannot get better by more than the error
    if spec.unit == PAIN:
        return _PAINFUL
    result = Key(f"{spec.id.partition('.')[0]}.result", key.side)
    return 3 if today.get(result) == "positive" else 1


def _same_test(other: Key, result: Key) -> bool:
    test = result.finding.partition(".")[0]
    return other.finding in (f"{test}.angle", f"{test}.knee_angle", f"{test}.pain")


# ---------------------------------------------------------------------- comparing
class NotComparable(InvalidValue):
    """Two values that are not of the same test, side and method. `why` is `test`, `side`,
    `method`, `words` (one was measured, the other told) or `before` (there is none)."""

    def __init__(self, why: str) -> None:
        super().__init__(f"not comparable: {why}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Taken:
    """A sign as it was taken at one moment."""

    sign: Key
    value: float | None = None
    """None where it was not measured."""
    method: tuple[tuple[str, Value], ...] = ()
    """How it was seen, by finding: the speed of a run, for instance."""


def taken_today(visit: Visit, sign: Key, without: Iterable[Retest] = ()) -> Taken:
    """A sign as it last stood in a visit: after its last retest, else as charted.

    `without` are retests that do not count: those of the treatment that is being judged.
    """
    ours = set(map(id, without))
    method = method_of(visit.findings, sign)
    for retest in reversed(visit.retests):
        if retest.sign == sign and retest.after is not None and id(retest) not in ours:
            return Taken(sign, retest.after, method)
    value = visit.findings.get(sign)
    return Taken(sign, value if isinstance(value, int | float) else None, method)


def method_of(findings: Findings, sign: Key) -> tuple[tuple[str, Value], ...]:
    """How a sign was seen, as far as it was charted."""
    names = _CONDITIONS.get(sign.finding.partition(".")[0], ())
    return tuple((name, findings[Key(name)]) for name in names if Key(name) in findings)


def check_comparable(before: Taken, after: Taken) -> None:
    """Refuse to compare what is not the same test, side and method. Raises NotComparable."""
    if before.sign.finding != after.sign.finding:
        raise NotComparable("test")
    if before.sign.side != after.sign.side:
        raise NotComparable("side")
    if before.method != after.method:
        raise NotComparable("method")
    if before.value is None and after.value is not None:
        raise NotComparable("before")
    if before.value is not None and after.value is None:
        raise NotComparable("words")
