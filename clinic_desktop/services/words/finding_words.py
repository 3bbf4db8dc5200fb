"""Values, numbers and comparisons in the words of a paper, the same wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from clinic_desktop.domain.catalogue import CatalogueText, FindingSpec
from clinic_desktop.domain.values import Kind, Value

from .distances import KM, MILES, MOST_DECIMALS, shown, shown_unit
from .translation import _, decimal_sign, pgettext

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


def verdict_words(verdict: str | None) -> str:
    """What a comparison comes to; `no real change` inside the error."""
    return {
        "better": _("better"),
        "same": _("no real change"),
        "worse": _("worse"),
    }.get(verdict or "", _("not judged: no error is known"))


def moved_words(change: float, unit: str) -> str:
    """How much more or less: `12 deg more`."""
    if change == 0:
        return _("no difference")
    said = _("{much} more") if change > 0 else _("{much} less")
    return said.format(much=with_unit(abs(change), unit))
