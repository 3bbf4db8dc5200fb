"""A series over the visits in sentences, and the words that stand around its drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from clinic_desktop.domain.activities import verdict_of_activity
from clinic_desktop.domain.papers import ChartText
from clinic_desktop.domain.trends import (
    GROC,
    ActivityTrend,
    Series,
    Target,
    Trend,
    told_in,
    verdict_between,
)
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.papers.parts import PaperSource
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.distances import KM, KM_PER_MILE, shown, shown_unit
from clinic_desktop.services.words.finding_words import (
    change_unit,
    moved_words,
    number_words,
    unit_words,
    verdict_words,
    with_unit,
)
from clinic_desktop.services.words.translation import _, decimal_sign, pgettext
from clinic_desktop.services.words.wording import side_word

_KM: Final = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s?km\b")
_MILES: Final = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s?(?:mi|miles?|millas?)\b")
_SITTING: Final = re.compile(
    r"\b(?:sit|sent|sient)\w*\b[^.;,]*?(?<![\d.,])(\d{1,3})\s?min", re.IGNORECASE
)


def targets_of(case: Case) -> Mapping[str, Target]:
    """The goal in figures: the course's own number, and what its words name, one distance to run or
    one time to sit.

    Where the words name two of a kind they name no target: nobody guesses which is meant.
    """
    goal = case.goal or ""
    found = {}
    run = [(text, 1.0) for text in _KM.findall(goal)]
    run += [(text, KM_PER_MILE) for text in _MILES.findall(goal)]
    sitting = [(text, 1.0) for text in _SITTING.findall(goal)]
    for finding, named in (("outcome.pain_free_run", run), ("outcome.sitting_minutes", sitting)):
        if len(named) == 1:
            text, times = named[0]
            value = round(float(text.replace(",", ".")) * times, 9)
            found[finding] = Target(value, _("the patient's goal"))
    own = case.course.target
    if own is not None:
        found[own.measure] = Target(float(own.value), _("the patient's goal"))
    return found


def chart_text(series: Series, source: PaperSource) -> ChartText:
    """A series with its title, its sentences and the words of its legend."""
    spec = source.catalogue.spec(series.finding)
    unit = unit_words(spec)
    gaps = any(value is None for trend in series.trends for value in trend.values)
    target = series.target
    drawn = series
    if series.unit == KM:
        drawn = told_in(series, shown_unit(KM), lambda km: shown(km, KM))
    return ChartText(
        series=replace(drawn, decimal_sign=decimal_sign()),
        title=source.text.findings[series.finding].name,
        unit=shown_unit(unit),
        sentences=tuple(_sentences(series, source)),
        visit=_("Visit"),
        right=pgettext("short", "Right"),
        left=pgettext("short", "Left"),
        band=_band(series, source),
        target=_("target {value}: {words}").format(
            value=with_unit(target.value, unit), words=target.text
        )
        if target
        else "",
        gap=_("\N{EN DASH} not recorded") if gaps else "",
        days=tuple(map(date_words, series.days)),
        calm=_("grey marks: no real change") if series.least is not None else "",
    )


def _band(series: Series, source: PaperSource) -> str:
    if series.least is None:
        return ""
    spec = source.catalogue.spec(series.finding)
    unit = "%" if series.percent else change_unit(spec)
    return _("tinted: no real change (\N{PLUS-MINUS SIGN}{least})").format(
        least=with_unit(series.least, unit)
    )


def _sentences(series: Series, source: PaperSource) -> Iterator[str]:
    for trend in series.trends:
        side = side_word(trend.side)
        said = _sentence(series, trend, source)
        yield f"{side[:1].upper() + side[1:]}: {said}" if side else said[:1].upper() + said[1:]
    for activity in series.activities:
        yield _activity_sentence(series, activity)
    if series.target is not None:
        yield _goal_sentence(series, series.target, source)
    if series.least is None:
        yield _("No change that counts is published: the patient's own goal judges it.")
    else:
        yield _error_sentence(series)


def _error_sentence(series: Series) -> str:
    of_groc = _("Jaeschke 1989, textbook, not yet reviewed")
    origin = of_groc if series.finding == GROC else series.source
    own = series.proposal and _("proposal") not in origin
    said = _("Error: {source} (own proposal).") if own else _("Error: {source}.")
    return said.format(source=origin.rstrip("."))


def _activity_sentence(series: Series, activity: ActivityTrend) -> str:
    """One of the patient's own activities, by the change that counts for a single one."""
    (first, before), (last, after) = activity.charted[0], activity.charted[-1]
    if first == last:
        return _("{activity}: {value} of 10 on {day}, scored once.").format(
            activity=activity.name,
            value=number_words(after),
            day=date_words(series.days[last]),
        )
    return _("{activity}: {before} of 10, then {after}: {verdict}.").format(
        activity=activity.name,
        before=number_words(before),
        after=number_words(after),
        verdict=verdict_words(verdict_of_activity(before, after)),
    )


def _goal_sentence(series: Series, target: Target, source: PaperSource) -> str:
    """Whether the newest values are at the goal, on both sides where both were charted."""
    values = [trend.charted[-1][1] for trend in series.trends]
    lower = series.better == "lower"
    reached = all(v <= target.value if lower else v >= target.value for v in values)
    said = _("The goal of {value} is reached.") if reached else _("The goal of {value} is ahead.")
    unit = unit_words(source.catalogue.spec(series.finding))
    return said.format(value=with_unit(target.value, unit))


def _sentence(series: Series, trend: Trend, source: PaperSource) -> str:
    spec = source.catalogue.spec(series.finding)
    unit, steps = unit_words(spec), change_unit(spec)
    at, value = trend.charted[-1]
    if series.finding == GROC:
        verdict = verdict_words(verdict_between(GROC, 0, value, source.bands))
        return _("rated {value} on {day}: {verdict} since the start.").format(
            value=number_words(value), day=date_words(series.days[at]), verdict=verdict
        )
    change = trend.change
    if change is None:
        return _("{value} on {day}; charted once, a change cannot be told.").format(
            value=with_unit(value, unit), day=date_words(series.days[at])
        )
    moved = moved_words(change.by, steps)
    if change.verdict is not None and change.by != 0:
        moved = f"{moved}, {verdict_words(change.verdict)}"
    elif change.by == 0:
        moved = verdict_words("same")
    return _("{before} on {first}, {after} on {last}: {moved}.").format(
        before=with_unit(change.before, unit),
        first=date_words(series.days[change.first]),
        after=with_unit(change.after, unit),
        last=date_words(series.days[change.last]),
        moved=moved,
    )


def sorted_by_verdict(
    series: Iterable[Series], source: PaperSource
) -> Mapping[str, tuple[str, ...]]:
    """The names of measures with their sides under `better`, `same`, `worse`, `own`, `once`."""
    found: dict[str, list[str]] = {"better": [], "same": [], "worse": [], "own": [], "once": []}
    for one in series:
        name = source.text.findings[one.finding].name
        sides: dict[str, list[str]] = {}
        for trend in one.trends:
            sides.setdefault(_kind(one, trend, source), []).append(side_word(trend.side))
        for kind, words in sides.items():
            side = _("both sides") if len(words) > 1 else words[0]
            found[kind].append(f"{name}, {side}" if side else name)
    return {kind: tuple(names) for kind, names in found.items()}


def _kind(series: Series, trend: Trend, source: PaperSource) -> str:
    if series.finding == GROC:
        return verdict_between(GROC, 0, trend.charted[-1][1], source.bands) or "own"
    if trend.change is None:
        return "once"
    return trend.change.verdict or "own"
