"""Values, numbers, dates and retests in the words of a paper, the same wherever they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText, FindingSpec
from clinic_desktop.domain.plans import PlanLibrary, is_own_item
from clinic_desktop.domain.retests import judge
from clinic_desktop.domain.rulebook import RetestBand
from clinic_desktop.domain.values import Kind, Value
from clinic_desktop.domain.visits import Retest, Treatment

from .distances import KM, MILES, MOST_DECIMALS, shown, shown_unit
from .translation import _, decimal_sign, pgettext
from .wording import finding_name

MINUS: Final = "\N{MINUS SIGN}"
_SCALE: Final = re.compile(r"(-?\d+)(?:-|\.\.)(\d+)")


_MOST_FIGURES: Final = 6
"""Behind the decimal sign: more than anybody types or measures."""


def not_recorded() -> str:
    """What a blank says on paper: never "no", "normal" or "negative"."""
    return _("not recorded")


def number_words(value: float) -> str:
    """A number without decimals that say nothing, with a real minus."""
    return figures(round(value, 1))


def figures(value: float) -> str:
    """A number as it stands on screen and paper: a nought before the decimal sign, none at the end,
    never an exponent, a real minus, the decimal sign of the language."""
    plain = f"{value:.{_MOST_FIGURES}f}"
    plain = plain.rstrip("0").rstrip(".")
    return ("0" if plain == "-0" else plain).replace("-", MINUS).replace(".", decimal_sign())


def unit_words(spec: FindingSpec) -> str:
    """The unit behind a value: `deg`; `of 10` for a scale that begins at nought."""
    scale = _SCALE.fullmatch(spec.unit)
    if scale is None:
        return spec.unit
    low, high = scale.groups()
    return _("of {most}").format(most=high) if low == "0" else ""


def change_unit(spec: FindingSpec) -> str:
    """The unit behind a difference: points on a scale, else as behind a value."""
    return _("points") if _SCALE.fullmatch(spec.unit) else spec.unit


def with_unit(number: float, unit: str) -> str:
    """A number and its unit, which stands in the singular for one; a distance is told by the
    clinic's unit."""
    words, number, unit = number_in(number, unit), shown(number, unit), shown_unit(unit)
    if number == 1:
        unit = {
            _("points"): _("point"), _("reps"): _("rep"), _("weeks"): _("week"),
            _("miles"): _("mile"), _("deg"): pgettext("of one", "deg"),
        }.get(unit, unit)  # fmt: skip
    return f"{words} {unit}".strip()


def number_in(number: float, unit: str) -> str:
    """A number kept in `unit` as it is told without it: a distance with each figure that was
    typed."""
    if unit in (KM, MILES, _("miles")):
        return figures(round(shown(number, unit), MOST_DECIMALS))
    return number_words(number)


def value_words(spec: FindingSpec, text: CatalogueText, value: Value) -> str:
    """A charted value as a colleague would write it."""
    if isinstance(value, tuple):
        return ", ".join(text.choice(spec.id, word) for word in value) or _("none of these")
    if spec.kind is Kind.NUMBER and isinstance(value, int | float):
        said = with_unit(value, unit_words(spec))
        return _("{time} ago").format(time=said) if spec.id.endswith("_ago") else said
    if spec.kind in (Kind.RESULT, Kind.ANSWER):
        return _plain_words()[str(value)]
    if spec.kind is Kind.GRADE:
        return _("{grade} of {most}").format(grade=str(value).replace("-", MINUS), most=5)
    return text.choice(spec.id, str(value)) if spec.kind is Kind.CHOICE else str(value)


def _plain_words() -> Mapping[str, str]:
    return {
        "positive": _("positive"), "negative": _("negative"), "inconclusive": _("inconclusive"),
        "not_tested": _("not tested"), "unable": _("unable to test"), "yes": _("yes"),
        "no": _("no"), "unknown": _("not known"), "not_asked": _("not asked"),
    }  # fmt: skip


def date_words(day: dt.date) -> str:
    """A day nobody can misread, on screen and on paper: `2 Mar 2026`."""
    return f"{day_and_month(day)} {day.year:04d}"


def day_and_month(day: dt.date) -> str:
    """A day where the year is clear: `2 Mar`."""
    return f"{day.day} {month_names()[day.month - 1]}"


def time_words(at: str) -> str:
    """An ISO time as a day and an hour with its zone; as it was given where it is none."""
    try:
        time = dt.datetime.fromisoformat(at)
    except ValueError:
        return at
    zone = {None: "", "UTC": " UTC"}.get(time.tzname(), f" {time.tzname()}")
    return f"{date_words(time.date())}, {time.hour:02d}:{time.minute:02d}{zone}"


def day_words(at: str) -> str:
    """An ISO day, with its hour where it has one; as it was given where it is neither."""
    try:
        return date_words(dt.date.fromisoformat(at.strip()))
    except ValueError:
        return time_words(at.strip())


def month_names() -> tuple[str, ...]:
    """Twelve short names, January first."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip


def verdict_words(verdict: str | None) -> str:
    """What a comparison comes to; `no real change` inside the error."""
    return {
        "better": _("better"),
        "same": _("no real change"),
        "worse": _("worse"),
    }.get(verdict or "", _("not judged: no error is known"))


def treatment_words(retest: Retest | Treatment, library: PlanLibrary) -> str:
    """What was done between the two tests."""
    if retest.treatment in library.items or is_own_item(retest.treatment):
        return library.name(retest.treatment)
    return retest.note or _("another treatment")


def treated_words(retest: Retest | Treatment, library: PlanLibrary) -> str:
    """What was done with its dose, and the minutes from the one test to the other:
    `Seated nerve slider (2 x 10; 4 min)`."""
    given, name = given_words(retest), treatment_words(retest, library)
    return f"{name} ({given})" if given else name


def given_words(retest: Retest | Treatment) -> str:
    """Dose, and minutes from the one test to the other: `2 x 10; 4 min`; empty without."""
    minutes = with_unit(retest.minutes, _("min")) if retest.minutes is not None else ""
    return "; ".join(part for part in (retest.dose or "", minutes) if part)


def begun_words(begun: Treatment, library: PlanLibrary) -> str:
    """What was given with no sign taken again after it, which is not "no change"."""
    return _("{treatment}: no sign taken again after it").format(
        treatment=treated_words(begun, library)
    )


def retest_sentence(
    retest: Retest,
    bands: Mapping[str, RetestBand],
    catalogue: Catalogue,
    text: CatalogueText,
    library: PlanLibrary,
    beside: Iterable[Retest] = (),
) -> str:
    """Baseline, treatment between, after, verdict and the error it was held against; `beside` are
    the visit's retests."""
    spec = catalogue.findings.get(retest.test)
    sign = finding_name(text, retest.test, retest.side)
    treatment, done = treated_words(retest, library), treatment_words(retest, library)
    judgement = judge(retest, bands, beside)
    remark = f" {retest.note}" if retest.note and retest.note != done else ""
    if retest.before is None or retest.after is None or spec is None:
        said = _("{sign}: {verdict} after {treatment}; told in words, not measured.")
        verdict = verdict_words(judgement.verdict)
        return said.format(sign=sign, verdict=verdict, treatment=treatment) + remark
    unit, steps = unit_words(spec), change_unit(spec)
    said = _("{sign}: {before} before, {after} after {treatment}: {moved}, {verdict}.")
    verdict = verdict_words(judgement.verdict)
    if judgement.at_more_pain:
        verdict = _("{verdict}, for it was at more pain").format(verdict=verdict)
    if judgement.least is not None:
        error = with_unit(judgement.least, steps)
        held = _("{verdict} (error {error})") if judgement.verdict else "{verdict}"
        verdict = held.format(verdict=verdict, error=f"\N{PLUS-MINUS SIGN}{error}")
    return (
        said.format(
            sign=sign,
            before=with_unit(retest.before, unit),
            after=with_unit(retest.after, unit),
            treatment=treatment,
            moved=moved_words(retest.after - retest.before, steps),
            verdict=verdict,
        )
        + remark
    )


def moved_words(change: float, unit: str) -> str:
    """How much more or less: `12 deg more`."""
    if change == 0:
        return _("no difference")
    said = _("{much} more") if change > 0 else _("{much} less")
    return said.format(much=with_unit(abs(change), unit))
