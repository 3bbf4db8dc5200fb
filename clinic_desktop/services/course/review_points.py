"""The points at which a course is looked at as a whole (clinical facts, section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from clinic_desktop.domain.papers import Fact, Part
from clinic_desktop.domain.retests import verdict_of
from clinic_desktop.domain.trends import (
    GROC,
    LOWER_IS_BETTER,
    Series,
    values_over,
    verdict_between,
)
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.papers.parts import PaperSource, charted_words, finding_label
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.finding_words import not_recorded, number_words
from clinic_desktop.services.words.translation import _, ngettext

from .words import ended_words

EXPECTED: Final[Mapping[str, float]] = {
    "outcome.nprs_now": 2,
    "outcome.nprs_worst": 2,
    "outcome.nprs_running": 2,
    "outcome.nprs_24h_after": 2,
    "outcome.psfs": 2,
    "outcome.lefs": 9,
    "outcome.visa_h": 20,
}
"""Change expected by week 6 in those who respond (clinical facts, section 4, this app's
proposal)."""

WEEK_6: Final = dt.timedelta(weeks=6)
WEEK_12: Final = dt.timedelta(weeks=12)
BASELINE: Final = (
    "slr.angle", "slr.result", "slump.result", "slump.knee_angle", "bridge.reps", "bridge.pain",
    "outcome.nprs_now", "outcome.nprs_worst", "outcome.nprs_running",
)  # fmt: skip
"""Tests of the first visit that a second visit can repeat."""

BOARD: Final = 3
"""Visits after which a course without a real change is questioned (design, section 5)."""


def review_points(case: Case, series: Sequence[Series], source: PaperSource) -> Part:
    """What visit 2, week 6, week 12 and every visit ask for, with what the chart answers."""
    points = (
        (_("Visit 2"), _second_visit(case, source)),
        (_("Week 6"), _week_6(case, source)),
        (_("Week 12"), _week_12(case, source)),
        (_("Every visit"), _every_visit(case, series, source)),
    )
    facts = tuple(Fact(label, "\n".join(lines)) for label, lines in points)
    return Part(_("Review points"), facts=facts)


def asks_for_answer(case: Case, series: Sequence[Series]) -> bool:
    """Whether the third visit is reached and no measure changed for the better beyond its error."""
    verdicts = {trend.change.verdict for one in series for trend in one.trends if trend.change}
    return len(case.visits) >= BOARD and "better" not in verdicts


# ---------------------------------------------------------------------- visit 2
def _second_visit(case: Case, source: PaperSource) -> Iterator[str]:
    if len(case.visits) < 2:
        yield _("Not reached yet: due 7 to 14 days after the first visit.")
        return
    first, second = case.visits[:2]
    days = (second.date - first.date).days
    yield ngettext(
        "{day}, {n} day after the first (7 to 14 are meant).",
        "{day}, {n} days after the first (7 to 14 are meant).",
        days,
    ).format(day=date_words(second.date), n=days)
    keys = [key for name in BASELINE for key in source.catalogue.spec(name).keys]
    again = dict.fromkeys(
        finding_label(source, key.finding)
        for key in keys
        if key in first.findings and key in second.findings
    )
    yield _("Tests of the first visit done again: {tests}.").format(
        tests="; ".join(again) or not_recorded()
    )
    for finding in ("adherence.home_plan", "outcome.nprs_24h_after"):
        yield f"{finding_label(source, finding)}: {charted_words(source, second, Key(finding))}."
    failed = _failed(case, source)
    if len(failed) > 1:
        yield _("No new item passed its retest ({items}): swap one.").format(
            items=", ".join(map(source.library.name, failed))
        )


def _failed(case: Case, source: PaperSource) -> list[str]:
    """The first visit's new items, where each was retested and none of the retests was better."""
    items = [
        choice.item
        for choice in case.visits[0].plan
        if choice.item in source.library.items and not source.library.items[choice.item].standing
    ]
    verdicts = {
        item: [
            verdict_of(retest, source.bands, visit.retests)
            for visit in case.visits[:2]
            for retest in visit.retests
            if retest.treatment == item
        ]
        for item in items
    }
    no_help = {"same", "worse"}
    failed = all(said and set(said) <= no_help for said in verdicts.values())
    return items if failed else []


# ---------------------------------------------------------------------- weeks
def _week_6(case: Case, source: PaperSource) -> Iterator[str]:
    changes = _changes(case, WEEK_6, source)
    if changes is None:
        yield _due(case, WEEK_6)
        return
    yield from _named(case, WEEK_6)
    met = [
        _("{measure} by {change} (expected {least})").format(
            measure=finding_label(source, finding),
            change=number_words(gain),
            least=number_words(EXPECTED[finding]),
        )
        for finding, (gain, _verdict) in changes.items()
        if finding in EXPECTED and gain >= EXPECTED[finding]
    ]
    if met:
        yield _("The change expected of responders is there: {changes}.").format(
            changes="; ".join(met)
        )
    elif any(finding in EXPECTED for finding in changes):
        yield _(
            "The change expected of responders is not there: repeat the whole exam and reconsider"
            " the suggestion, another source, imaging or medical review."
        )
    else:
        yield _unknown()


def _week_12(case: Case, source: PaperSource) -> Iterator[str]:
    changes = _changes(case, WEEK_12, source)
    if changes is None:
        yield _due(case, WEEK_12)
        return
    yield from _named(case, WEEK_12)
    better = [f for f, (_gain, verdict) in changes.items() if verdict == "better"]
    judged = [f for f, (_gain, verdict) in changes.items() if verdict is not None]
    if better:
        names = "; ".join(finding_label(source, finding) for finding in better)
        yield _("Changed beyond the error: {measures}.").format(measures=names)
    elif judged:
        yield _("No meaningful change: refer.")
    else:
        yield _unknown()


def _unknown() -> str:
    return _("It cannot be told: no measure was recorded both at the start and at this visit.")


def _due(case: Case, after: dt.timedelta) -> str:
    day = date_words(case.visits[0].date + after)
    return _("Not reached yet: due at the first visit from {day} on.").format(day=day)


def _named(case: Case, after: dt.timedelta) -> Iterator[str]:
    at = _place(case, after)
    if at is not None:
        yield _("Looked at with visit {n}, {day}.").format(
            n=at + 1, day=date_words(case.visits[at].date)
        )


def _place(case: Case, after: dt.timedelta) -> int | None:
    start = case.visits[0].date
    reached = (at for at, visit in enumerate(case.visits) if visit.date - start >= after)
    return next(reached, None)


def _changes(
    case: Case, after: dt.timedelta, source: PaperSource
) -> dict[str, tuple[float, str | None]] | None:
    """Gain (above nought for better) and verdict of each measure at a review, against its first
    value; None where the course has not come so far. The worse of two sides counts."""
    at = _place(case, after)
    if at is None:
        return None
    found: dict[str, tuple[float, str | None]] = {}
    for key in _measured(source):
        values = values_over(case.visits, key)[: at + 1]
        earlier = [value for value in values[:-1] if value is not None]
        now = values[-1]
        if now is None or not earlier or key.finding == GROC:
            continue
        gain = earlier[0] - now if key.finding in LOWER_IS_BETTER else now - earlier[0]
        verdict = verdict_between(key.finding, earlier[0], now, source.bands)
        known = found.get(key.finding)
        if known is None or gain < known[0]:
            found[key.finding] = (gain, verdict)
    return found


def _measured(source: PaperSource) -> Iterator[Key]:
    names = (*EXPECTED, "slr.angle", "bridge.reps", "outcome.odi")
    for name in names:
        yield from source.catalogue.spec(name).keys


# ---------------------------------------------------------------------- every visit
def _every_visit(case: Case, series: Sequence[Series], source: PaperSource) -> Iterator[str]:
    if len(case.visits) == 1:
        yield _("Looked at from the second visit on.")
        return
    said = False
    for at in range(1, len(case.visits)):
        worse = _worse_at(case, at, source)
        if len(worse) > 1:
            said = True
            yield _(
                "Visit {n}, {day}: worse on {measures}. Ask the red-flag questions again first."
            ).format(
                n=at + 1,
                day=date_words(case.visits[at].date),
                measures="; ".join(finding_label(source, finding) for finding in worse),
            )
    if not said:
        yield _("At no visit were two recorded measures worse beyond the error.")
    if asks_for_answer(case, series) and case.course.closing is not None:
        yield _(
            "{n} visits without a recorded change beyond the error; the course is {ended}."
        ).format(n=len(case.visits), ended=ended_words(case.course.closing))
    elif asks_for_answer(case, series):
        yield _(
            "{n} visits without a recorded change beyond the error: another pattern, a referral,"
            " or a written reason to go on."
        ).format(n=len(case.visits))


def _worse_at(case: Case, at: int, source: PaperSource) -> list[str]:
    """Measures worse at a visit than at the first that charted them, or than the last before."""
    worse = []
    for key in _measured(source):
        values = values_over(case.visits, key)
        now = values[at]
        earlier = [value for value in values[:at] if value is not None]
        if now is None or not earlier:
            continue
        before = (earlier[0], earlier[-1])
        if "worse" in {verdict_between(key.finding, old, now, source.bands) for old in before}:
            worse.append(key.finding)
    return list(dict.fromkeys(worse))
