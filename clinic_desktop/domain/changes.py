"""What changed since last time: each finding of this visit against the last visit that tested
it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .activities import (
    SINGLE_CHANGE,
    activities_of,
    earlier_score,
    folded_name,
    mean_score,
    same_activities,
    verdict_of_activity,
)
from .catalogue import Catalogue, FindingSpec
from .retests import PAIN_OF, judge
from .rulebook import RetestBand
from .signs import method_of
from .trends import GROC, OWN_GOAL, PSFS
from .values import Key, Kind, Value, grade_rank, says_nothing
from .visits import Case, Retest, Visit


class Turn(StrEnum):
    """Which way a finding went since it was tested last, in the order they are told."""

    NEW = "new"
    WORSE = "worse"
    GONE = "gone"
    BETTER = "better"
    OTHER = "other"
    """Not the same as before, and neither better nor worse can be told."""
    UNTESTED = "untested"
    """Tested before and not today: never the same as gone."""
    SAME = "same"
    """The same, or within the measuring error: no real change."""


@dataclass(frozen=True, slots=True)
class Turned:
    """One finding, before and now."""

    key: Key
    turn: Turn
    before: Value | None = None
    """None where it was never tested before."""
    now: Value | None = None
    """None where it was not tested today."""
    at: int | None = None
    """Place in the course of the visit that tested it last, 0 for the first."""
    least: float | None = None
    """The least change that counts, in the unit of the test; None without one."""
    why: str = ""
    """`method` where it was seen in another way, `first` where it was never tested before, `pain`
    where it would be better, but only at more pain."""
    activity: str = ""
    """Name of the patient's own activity; empty for all else."""


_TESTED: Final = ("nerves", "hamstring", "back", "glutes", "gait", "measures")
"""Sections of what is tested at a visit; what is told or asked once is not "no longer tested"."""
_ASKED: Final = ("story", "screen")
_TURN_OF: Final = {"better": Turn.BETTER, "worse": Turn.WORSE, "same": Turn.SAME}
_ORDER: Final = tuple(Turn)


def changes_of(
    case: Case, catalogue: Catalogue, bands: Mapping[str, RetestBand]
) -> tuple[Turned, ...]:
    """What became of everything tested at this visit or an earlier one; gravest first, then in the
    order of the forms. Empty at a first visit: there is nothing to compare with."""
    if len(case.visits) < 2:
        return ()
    found: list[Turned] = []
    for spec in catalogue.findings.values():
        if spec.section in (*_TESTED, *_ASKED) and spec.id not in (GROC, PSFS):
            for key in spec.keys:
                found += _of_key(case, spec, key, bands)
    found += _mean(case, bands)
    found += _activities(case)
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.turn)))


def last_tested(case: Case, key: Key) -> tuple[int, Value] | None:
    """The latest earlier visit in which something was found out, by its place, and what it was."""
    for at in range(len(case.visits) - 2, -1, -1):
        value = case.visits[at].findings.get(key)
        if value is not None and not says_nothing(value):
            return at, value
    return None


def _of_key(
    case: Case, spec: FindingSpec, key: Key, bands: Mapping[str, RetestBand]
) -> Iterator[Turned]:
    now = case.last.findings.get(key)
    tested = last_tested(case, key)
    if says_nothing(now):
        if tested is not None and spec.section in _TESTED and spec.kind is not Kind.TEXT:
            yield Turned(key, Turn.UNTESTED, tested[1], None, tested[0])
        return
    assert now is not None
    if tested is None:
        if spec.kind in (Kind.RESULT, Kind.ANSWER) and _is_there(spec, now) is True:
            yield Turned(key, Turn.NEW, None, now, why="first")
        return
    at, before = tested
    if spec.kind is Kind.SET:
        told = _of_set(key, at, _words(before), _words(now))
        yield from (one for one in told if one.turn is not Turn.SAME or spec.section in _TESTED)
    elif spec.kind is not Kind.TEXT:
        turned = _turned(case, spec, key, at, (before, now), bands)
        if turned is not None:
            yield turned


def _turned(
    case: Case, spec: FindingSpec, key: Key, at: int, values: tuple[Value, Value],
    bands: Mapping[str, RetestBand],
) -> Turned | None:  # fmt: skip
    before, now = values
    if spec.kind is Kind.NUMBER:
        return _of_number(case, spec, key, at, values, bands)
    if spec.kind is Kind.GRADE:
        risen = grade_rank(str(now)) - grade_rank(str(before))
        turn = Turn.BETTER if risen > 0 else Turn.WORSE if risen < 0 else Turn.SAME
        return Turned(key, turn, before, now, at)
    was, is_ = _is_there(spec, before), _is_there(spec, now)
    if before == now and spec.section in _ASKED:
        return None  # what is told once is told again, and nobody tested it
    if before == now:
        turn = Turn.SAME
    elif is_ is True and was is not True:
        turn = Turn.NEW
    elif is_ is False and was is True:
        turn = Turn.GONE
    elif spec.section in _ASKED:
        return None  # told in other words; neither came nor went
    else:
        turn = Turn.OTHER
    return Turned(key, turn, before, now, at)


def _of_number(
    case: Case, spec: FindingSpec, key: Key, at: int, values: tuple[Value, Value],
    bands: Mapping[str, RetestBand],
) -> Turned | None:  # fmt: skip
    before, now = values
    if spec.section in _ASKED or not isinstance(before, int | float):
        return None  # weeks since something began grow by themselves
    if not isinstance(now, int | float):
        return None
    if method_of(case.visits[at].findings, key) != method_of(case.last.findings, key):
        return Turned(key, Turn.OTHER, before, now, at, why="method")
    judged = judge(Retest("", key.finding, key.side, before, now), bands)
    if spec.id in OWN_GOAL or judged.verdict is None:
        return Turned(key, Turn.SAME if before == now else Turn.OTHER, before, now, at)
    if judged.verdict == "better" and _hurts_more(case, key, at):
        return Turned(key, Turn.SAME, before, now, at, judged.least, why="pain")
    return Turned(key, _TURN_OF[judged.verdict], before, now, at, judged.least)


def _hurts_more(case: Case, key: Key, at: int) -> bool:
    """Whether a test that is counted hurts more than it did at an earlier visit."""
    pain = Key(PAIN_OF.get(key.finding, ""), key.side)
    before, now = case.visits[at].findings.get(pain), case.last.findings.get(pain)
    return isinstance(before, int | float) and isinstance(now, int | float) and now > before


def _is_there(spec: FindingSpec, value: Value) -> bool | None:
    """Whether a value says that something is there; None where it says neither."""
    if spec.kind is Kind.RESULT:
        return {"positive": True, "negative": False}.get(str(value))
    if spec.kind is Kind.ANSWER or (spec.kind is Kind.CHOICE and "no" in spec.choices):
        return value != "no"
    return None


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _of_set(key: Key, at: int, before: Sequence[str], now: Sequence[str]) -> Iterator[Turned]:
    """What came into a set and what went out of it, each told for itself."""
    came = tuple(word for word in now if word not in before)
    went = tuple(word for word in before if word not in now)
    if came:
        yield Turned(key, Turn.NEW, tuple(before), came, at)
    if went:
        yield Turned(key, Turn.GONE, went, tuple(now), at)
    if not came and not went:
        yield Turned(key, Turn.SAME, tuple(before), tuple(now), at)


# ---------------------------------------------------------------------- the patient's own scale
def _total(visit: Visit) -> float | None:
    """The scale's mean: as charted, else of the activities that were scored."""
    charted = visit.findings.get(Key(PSFS))
    return charted if isinstance(charted, int | float) else mean_score(visit)


def _mean(case: Case, bands: Mapping[str, RetestBand]) -> Iterator[Turned]:
    key, now = Key(PSFS), _total(case.last)
    earlier = [(at, total) for at, visit in enumerate(case.visits[:-1])
               if (total := _total(visit)) is not None]  # fmt: skip
    if not earlier:
        return
    at, before = earlier[-1]
    if now is None:
        yield Turned(key, Turn.UNTESTED, before, None, at)
        return
    by_total = [key in visit.findings for visit in (case.visits[at], case.last)]
    alike = all(by_total) or (not any(by_total) and same_activities(case.visits[at], case.last))
    if not alike:
        yield Turned(key, Turn.OTHER, before, now, at, why="method")
        return
    judged = judge(Retest("", PSFS, None, before, now), bands)
    yield Turned(key, _TURN_OF.get(judged.verdict or "", Turn.OTHER), before, now, at, judged.least)


def _activities(case: Case) -> Iterator[Turned]:
    """Each activity that an earlier visit scored, by its name."""
    key = Key(PSFS)
    # Of two of one name, which only a case file can hold, the first counts, as before.
    today = {folded_name(row.name): row for row in reversed(activities_of(case.last))}
    names = {
        folded_name(row.name): row.name
        for visit in case.visits[:-1]
        for row in activities_of(visit)
        if row.score is not None
    }
    for known, name in names.items():
        scored = earlier_score(case, name)
        if scored is None:
            continue
        at, before = scored
        row = today.get(known)
        if row is None or row.score is None:
            yield Turned(key, Turn.UNTESTED, before, None, at, activity=name)
            continue
        turn = _TURN_OF[verdict_of_activity(before, row.score)]
        yield Turned(key, turn, before, row.score, at, SINGLE_CHANGE, activity=row.name)
