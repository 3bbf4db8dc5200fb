"""Measures over the visits of a course: numbers, bands and gaps, no drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .activities import folded_name
from .catalogue import Catalogue, FindingSpec
from .rulebook import RetestBand
from .values import Key, Side
from .visits import Case, Visit

MEASURES: Final = (
    "outcome.nprs_now",
    "outcome.nprs_worst",
    "outcome.nprs_running",
    "outcome.nprs_24h_after",
    "outcome.pain_free_run",
    "outcome.sitting_minutes",
    "slr.angle",
    "slump.knee_angle",
    "bridge.reps",
    "bridge.pain",
    "glute.bridge_hold",
    "outcome.psfs",
    "outcome.lefs",
    "outcome.visa_h",
    "outcome.fash",
    "outcome.odi",
    "outcome.groc",
)
"""What is followed over a course, in the order it is shown (design, progress)."""

LOWER_IS_BETTER: Final = frozenset(
    {name for name in MEASURES if "nprs" in name}
    | {"slump.knee_angle", "bridge.pain", "outcome.odi"}
)
"""The rest is better the higher it is."""

OWN_GOAL: Final = frozenset({"outcome.pain_free_run", "outcome.sitting_minutes", "outcome.fash"})
"""Measures without a published change that counts: only the patient's own goal judges them
(clinical facts, section 4). Within one visit they have bands; over weeks they have none."""

PSFS: Final = "outcome.psfs"
GROC: Final = "outcome.groc"
GROC_LEAST: Final = 3.0
"""Change overall is itself a change: from 3 of 7 on it is a small real one (Jaeschke; textbook,
not yet reviewed)."""

SCALES: Final = frozenset(
    name for name in MEASURES if "nprs" in name or name in {"outcome.psfs", "outcome.lefs"}
) | {"bridge.pain", "outcome.visa_h", "outcome.fash", "outcome.odi", GROC}
"""Measures that are drawn over their whole range; the others from nought to what was reached."""


@dataclass(frozen=True, slots=True)
class Target:
    """A value to reach, with the words it comes from."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """Between these two values a change from the first visit is within the error."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Change:
    """From the first charted value to the last."""

    first: int
    last: int
    """Places of the visits in the course, 0 for the first."""
    before: float
    after: float
    verdict: str | None
    """`better`, `same` (no real change), `worse`; None where no error is known."""

    @property
    def by(self) -> float:
        """How much more or, below nought, less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure of one side over the visits."""

    side: Side | None
    values: tuple[float | None, ...]
    """One for each visit; None is a gap, where it was not charted. Never a nought."""
    band: Band | None
    change: Change | None
    """None where it was charted at fewer than two visits."""

    @property
    def charted(self) -> tuple[tuple[int, float], ...]:
        """The places of the visits that have a value, with it."""
        return tuple((at, value) for at, value in enumerate(self.values) if value is not None)


@dataclass(frozen=True, slots=True)
class ActivityTrend:
    """One of the patient's own activities over the visits, scored 0 to 10."""

    name: str
    """As it was typed last."""
    values: tuple[float | None, ...]
    """One for each visit; None where it was not scored."""

    @property
    def charted(self) -> tuple[tuple[int, float], ...]:
        """The places of the visits that scored it, with the score."""
        return tuple((at, value) for at, value in enumerate(self.values) if value is not None)


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over the visits, with one trend, or one for each side that was charted."""

    finding: str
    unit: str
    low: float
    high: float
    """The range to draw."""
    better: str
    """`lower` or `higher`."""
    days: tuple[dt.date, ...]
    """Of all visits of the course."""
    trends: tuple[Trend, ...]
    least: float | None
    """The least change that counts, in `unit`, or in percent of the first value."""
    percent: bool
    source: str
    """Where the least change comes from; empty without one."""
    proposal: bool
    """Whether this program proposes the change that counts, rather than a study."""
    target: Target | None = None
    decimals: int = 1
    """Of its values in a table; a distance is told with each figure that was typed."""
    decimal_sign: str = "."
    activities: tuple[ActivityTrend, ...] = ()
    """The patient's own, of whose scores the scale is the mean; none for other measures."""


def series_of(
    case: Case,
    catalogue: Catalogue,
    bands: Mapping[str, RetestBand],
    targets: Mapping[str, Target] | None = None,
) -> tuple[Series, ...]:
    """The measures that were charted at least once, in their order."""
    targets = targets or {}
    found = (
        _series(case.visits, catalogue.spec(name), bands, targets.get(name)) for name in MEASURES
    )
    return tuple(series for series in found if series.trends)


def told_in(series: Series, unit: str, told: Callable[[float], float]) -> Series:
    """A series over its reached range in another unit, such as miles for a distance."""
    target = series.target and replace(series.target, value=told(series.target.value))
    trends = tuple(_trend_in(trend, told) for trend in series.trends)
    high = _reach(trends, target)
    return replace(series, unit=unit, low=0.0, high=high, trends=trends, target=target)


def _trend_in(trend: Trend, told: Callable[[float], float]) -> Trend:
    band = trend.band and Band(told(trend.band.low), told(trend.band.high))
    change = trend.change and replace(
        trend.change, before=told(trend.change.before), after=told(trend.change.after)
    )
    values = tuple(None if value is None else told(value) for value in trend.values)
    return Trend(trend.side, values, band, change)


def values_over(visits: Iterable[Visit], key: Key) -> tuple[float | None, ...]:
    """A number at each visit, None where it was not charted there.

    The scale of own activities counts with the mean of its activities where no total was charted;
    a visit that scored other activities than the first one is a gap: the means cannot be compared.
    """
    visits = tuple(visits)
    asked = next((_activities(visit) for visit in visits if visit.psfs), frozenset())
    return tuple(_value(visit, key, asked) for visit in visits)


def verdict_between(
    finding: str, before: float, after: float, bands: Mapping[str, RetestBand]
) -> str | None:
    """`better`, `same` or `worse` over time, against the error; None where none is known."""
    least = _least(finding, before, bands)
    if least is None:
        return None
    gain = before - after if finding in LOWER_IS_BETTER else after - before
    if finding == GROC:
        gain = after
    if gain == 0 or abs(gain) < least:
        return "same"
    return "better" if gain > 0 else "worse"


def _series(
    visits: tuple[Visit, ...],
    spec: FindingSpec,
    bands: Mapping[str, RetestBand],
    target: Target | None,
) -> Series:
    trends = tuple(
        trend
        for key in spec.keys
        if (trend := _trend(key, values_over(visits, key), bands)).charted
    )
    band = None if spec.id in OWN_GOAL else bands.get(spec.id)
    source = band.origin.source if band else ""
    least = band.by if band else None
    if spec.id == GROC:
        least, source = GROC_LEAST, "Jaeschke 1989, textbook, not yet reviewed"
    low, high = _range(spec, trends, target)
    return Series(
        finding=spec.id,
        unit=spec.unit,
        low=low,
        high=high,
        better="lower" if spec.id in LOWER_IS_BETTER else "higher",
        days=tuple(visit.date for visit in visits),
        trends=trends,
        least=least,
        percent=bool(band and band.percent),
        source=source,
        proposal=bool(band and band.origin.mark == "proposal"),
        target=target,
        decimals=3 if spec.unit == "km" else 1,
        activities=_own_activities(visits) if spec.id == PSFS else (),
    )


def _activities(visit: Visit) -> frozenset[str]:
    return frozenset(folded_name(a.activity) for a in visit.psfs)


def _own_activities(visits: tuple[Visit, ...]) -> tuple[ActivityTrend, ...]:
    """Each activity that was ever scored, in the order in which they came up."""
    names = {folded_name(a.activity): a.activity for visit in visits for a in visit.psfs}
    scores = [{folded_name(a.activity): a.score for a in visit.psfs} for visit in visits]
    return tuple(
        ActivityTrend(name, tuple(scored.get(known) for scored in scores))
        for known, name in names.items()
    )


def _value(visit: Visit, key: Key, asked: frozenset[str]) -> float | None:
    value = visit.findings.get(key)
    if isinstance(value, int | float):
        return float(value)
    if key.finding == PSFS and visit.psfs and _activities(visit) == asked:
        return sum(activity.score for activity in visit.psfs) / len(visit.psfs)
    return None


def _trend(key: Key, values: tuple[float | None, ...], bands: Mapping[str, RetestBand]) -> Trend:
    charted = [(at, value) for at, value in enumerate(values) if value is not None]
    if not charted:
        return Trend(key.side, values, None, None)
    (first, before), (last, after) = charted[0], charted[-1]
    least = _least(key.finding, before, bands)
    middle = 0.0 if key.finding == GROC else before
    band = None if least is None else Band(middle - least, middle + least)
    change = None
    if last > first:
        verdict = verdict_between(key.finding, before, after, bands)
        change = Change(first, last, before, after, verdict)
    return Trend(key.side, values, band, change)


def _least(finding: str, first: float, bands: Mapping[str, RetestBand]) -> float | None:
    if finding == GROC:
        return GROC_LEAST
    band = bands.get(finding)
    if band is None or finding in OWN_GOAL:
        return None
    return band.by * first / 100 if band.percent else band.by


def _range(
    spec: FindingSpec, trends: tuple[Trend, ...], target: Target | None
) -> tuple[float, float]:
    if spec.id in SCALES:
        return spec.low, spec.high
    return 0.0, _reach(trends, target)


def _reach(trends: tuple[Trend, ...], target: Target | None) -> float:
    """The top of an axis that begins at nought."""
    reached = [value for trend in trends for _, value in trend.charted]
    reached += [trend.band.high for trend in trends if trend.band]
    reached += [target.value * 1.1] if target else []  # the line stays clear of the edge
    return _round_up(max(reached, default=0.0))


def _round_up(value: float) -> float:
    """The next of 5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 150 ... at or above a value."""
    size = 1.0
    while True:
        for step in (5, 10, 15, 20, 30, 40):
            if value <= step * size:
                return step * size
        size *= 10
        if value <= 5 * size:
            return 5 * size
        if value <= 6 * size:
            return 6 * size
        if value <= 8 * size:
            return 8 * size
