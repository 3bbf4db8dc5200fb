"""Understands what was typed into a field, by the field's catalogue entry."""

from __future__ import annotations

import re
from typing import Final

from clinic_desktop.domain.catalogue import FindingSpec
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.values import Kind, Value
from clinic_desktop.services.words import distances
from clinic_desktop.services.words.finding_words import figures
from clinic_desktop.services.words.translation import _

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
MINUS: Final = "\N{MINUS SIGN}"
_SCALES: Final = re.compile(r"(-?\d+)(?:-|\.\.)(\d+)")


class Unreadable(InvalidValue):
    """What was typed is no value of the field; the text says why, in the therapist's words."""


def read_typed(spec: FindingSpec, raw: object) -> Value | None:
    """The value that was typed or chosen; None for a blank.

    Raises Unreadable.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, list):
        raw = tuple(raw)
    if isinstance(raw, str) and spec.kind is Kind.NUMBER:
        return _read_number(spec, raw.strip())
    if isinstance(raw, str) and spec.kind is Kind.GRADE:
        return _read_grade(spec, raw.strip())
    if not isinstance(raw, str | int | float | tuple):
        raise Unreadable(_("is no value"))
    return spec.check(raw)


def _read_number(spec: FindingSpec, typed: str) -> Value:
    plain = typed.replace(MINUS, "-")
    if not _NUMBER.fullmatch(plain):
        raise Unreadable(_("not a number"))
    plain = plain.replace(",", ".")
    if spec.unit == distances.KM and len(plain.partition(".")[2]) > distances.MOST_DECIMALS:
        raise Unreadable(_("at most {n} decimals").format(n=distances.MOST_DECIMALS))
    number = distances.kept(float(plain), spec.unit)
    if not spec.low <= number <= spec.high:
        raise Unreadable(range_words(spec))
    return int(number) if number.is_integer() else number


def _read_grade(spec: FindingSpec, typed: str) -> Value:
    grade = typed.replace(MINUS, "-")
    if grade not in spec.choices:
        raise Unreadable(_("0 to 5, with - or +"))
    return grade


def range_words(spec: FindingSpec) -> str:
    """What is wrong with a number out of range: `outside 0 to 130 deg`."""
    low, high = shown_number(spec, spec.low), shown_number(spec, spec.high)
    said = _("outside {low} to {high}").format(low=low, high=high)
    unit = unit_words(spec)
    # A unit of several words would not fit behind the field.
    return said if _SCALES.fullmatch(spec.unit) or " " in unit else f"{said} {unit}".strip()


def unit_words(spec: FindingSpec) -> str:
    """The unit as it stands behind a field: `deg`; `of 10` for a scale, `of 5` for muscle power."""
    if spec.kind is Kind.GRADE:
        return _("of {most}").format(most=5)
    scale = _SCALES.fullmatch(spec.unit)
    if scale is None:
        return distances.shown_unit(spec.unit)
    low, high = scale.groups()
    if low == "0":
        return _("of {most}").format(most=high)
    return _("{low} to {high}").format(low=low.replace("-", MINUS), high=high)


def number_text(value: Value) -> str:
    """A number as it is shown: no decimals that say nothing, a real minus, and the decimal sign of
    the language."""
    return figures(value) if isinstance(value, int | float) else ""


def shown_number(spec: FindingSpec, value: Value) -> str:
    """A finding's number as it is typed and shown: a distance in the clinic's unit."""
    told = distances.shown(value, spec.unit) if isinstance(value, int | float) else value
    return number_text(told)


def could_still_become_valid(spec: FindingSpec, typed: str) -> bool:
    """Whether more typing may bring what is typed so far into the field's range or words."""
    plain = typed.strip().replace(MINUS, "-").replace(",", ".")
    if spec.kind is Kind.GRADE:
        return any(grade.startswith(plain) for grade in spec.choices)
    if plain in {"", "+", "-", "."}:
        return plain != "-" or spec.low < 0
    try:
        number = distances.kept(float(plain), spec.unit)
    except ValueError:
        return False
    # More figures move a number away from nought, never back.
    return number < spec.low if number > 0 else number > spec.high
