"""Units in words, and distances as the clinic counts them: the record keeps km, screen and paper
may say miles."""

from __future__ import annotations

import re
from typing import Final

from .translation import _

KM: Final = "km"
MILES: Final = "miles"
UNITS: Final = (KM, MILES)
KM_PER_MILE: Final = 1.609344
"""The international mile of 1959, exact."""
MOST_DECIMALS: Final = 3
"""Of a distance as it is typed: a thousandth of a mile is a step and a half."""
_KEPT_DECIMALS: Final = 9
"""Thousandths of a mile end here in km, so nothing of what was typed is rounded away."""
_IN_MILES: Final = r"(\d+(?:\.\d+)?)[ \u00a0](?:miles?|millas?)\b"

_current: str = KM


def install(unit: str) -> None:
    """Count distances in a unit from now on. Raises ValueError for one that is not in `UNITS`."""
    global _current
    if unit not in UNITS:
        raise ValueError(unit)
    _current = unit


def in_use() -> str:
    """The unit that distances are told in."""
    return _current


def shown_unit(unit: str) -> str:
    """The unit in words behind a value kept in `unit`, of a distance the clinic's own; what is no
    unit of the catalogue as it is."""
    if unit == KM:
        return _("miles") if _current == MILES else _("km")
    return {
        "deg": _("deg"), "reps": _("reps"), "weeks": _("weeks"), "min": _("min"), "s": _("s"),
        "steps/min": _("steps/min"), "% leg length": _("% leg length"),
    }.get(unit, unit)  # fmt: skip


def shown(number: float, unit: str) -> float:
    """A number kept in `unit` as it is told. A distance that was typed in miles is told in miles
    as it was typed; one that was typed in the other unit is rounded, as nobody typed its figures.
    """
    if unit != KM:
        return number
    number = round(number, _KEPT_DECIMALS)
    miles = _typed_in_miles(number)
    if _current == MILES:
        return _rounded(number / KM_PER_MILE) if miles is None else miles
    if miles is not None and round(number, MOST_DECIMALS) != number:
        return _rounded(number)
    return number


def kept(typed: float, unit: str) -> float:
    """A number as it was typed by the clinic's unit, as the record keeps it."""
    if unit != KM or _current == KM:
        return typed
    return round(typed * KM_PER_MILE, _KEPT_DECIMALS)


def told(text: str) -> str:
    """A shipped text that speaks of miles, in the clinic's unit."""
    return text if _current == MILES else re.sub(_IN_MILES, _told_in_km, text)


def _told_in_km(found: re.Match[str]) -> str:
    return f"{_rounded(float(found[1]) * KM_PER_MILE):g} {KM}"


def _typed_in_miles(km: float) -> float | None:
    """The miles that give just this distance, where a person may have typed them."""
    miles = round(km / KM_PER_MILE, MOST_DECIMALS)
    return miles if round(miles * KM_PER_MILE, _KEPT_DECIMALS) == km else None


def _rounded(number: float) -> float:
    """To a tenth, and below one to a hundredth: a short run is not told as none."""
    return round(number, 1 if abs(number) >= 1 else 2)
