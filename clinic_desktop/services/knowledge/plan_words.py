"""The words of plan items and of the sheet as they are written, checked into values."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Final

import msgspec

from clinic_desktop.domain.documents import SheetWords
from clinic_desktop.domain.plans import PlanItemText
from clinic_desktop.domain.values import LANGUAGES

from .toml_entries import EntryFault, check_filled, check_fillings, entry_as

SHEET_FILLINGS: Final = {
    "call": ("phone",),
    "born": ("day",),
    "number": ("number",),
    "age": ("age",),
    "plan": ("number",),
    "clinician": ("name",),
    "page": ("page", "pages"),
    "stop_title": ("dose",),
    "continued": ("title",),
    "emergency_title_phone": ("phone",),
    "call_title_phone": ("phone",),
    "next_visit_day": ("day",),
    "next_visit_time": ("day", "time"),
    "where": ("address",),
    "instead_of": ("now", "before"),
    "file_copy": ("language", "digest"),
}
"""What is filled into which of the sheet's words; the others are printed as they stand."""

SAID: Final = ("name", "short", "purpose", "dose", "steps", "feel", "ease_off", "more", "stop")
"""What each item says to the patient."""
_COUNTS: Final = {"languages": len(LANGUAGES), "months": 12, "weekdays": 7, "weekday_letters": 7}

_SheetFile = msgspec.defstruct(
    "_SheetFile",
    tuple(typing.get_type_hints(SheetWords).items()),
    frozen=True,
    forbid_unknown_fields=True,
)
"""`[sheet]` as written: each of the sheet's words, and no other."""


class _Sides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What follows an item's name for each answer to which side hurts."""

    right: str
    left: str
    both: str


class _ItemText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[items.*]` of a language as written."""

    name: str
    short: str
    purpose: str
    dose: str
    steps: tuple[str, ...]
    feel: str
    ease_off: str
    more: str
    stop: str
    note: str
    reviewed_by: str
    reviewed_on: str
    sides: _Sides | None = None
    drawn_as: str = ""
    drawings: dict[str, dict[str, Any]] = {}
    """What the words of each other drawing say anew."""


# ---------------------------------------------------------------------- items
def item_text(table: object, place: str) -> PlanItemText:
    """The words of an item, and those of its other drawings. Raises EntryFault."""
    written = entry_as(table, _ItemText, place)
    usual = {**msgspec.to_builtins(written), "drawings": {}}
    drawings = {}
    for name, anew in written.drawings.items():
        here = f"{place}.drawings.{name}"
        if "drawings" in anew:
            raise EntryFault(here, "has no drawings of its own")
        drawings[name] = _text(entry_as({**usual, **anew}, _ItemText, here), here)
    named = [written.drawn_as, *(text.drawn_as for text in drawings.values())]
    if drawings and len({name.strip() for name in named} - {""}) < len(named):
        raise EntryFault(f"{place}.drawn_as", "must tell its drawings apart")
    return _text(written, place, drawings)


def _text(
    written: _ItemText, place: str, drawings: Mapping[str, PlanItemText] | None = None
) -> PlanItemText:
    if not written.steps:
        raise EntryFault(f"{place}.steps", "is empty")
    plain = msgspec.structs.asdict(written)
    for name in SAID:
        check_filled(f"{place}.{name}", plain[name])
    _check_review(written, place)
    sides = msgspec.structs.asdict(written.sides) if written.sides else {}
    check_filled(f"{place}.sides", tuple(sides.values()))
    return PlanItemText(
        name=written.name,
        purpose=written.purpose,
        dose=written.dose,
        steps=written.steps,
        feel=written.feel,
        ease_off=written.ease_off,
        more=written.more,
        stop=written.stop,
        note=written.note,
        short=written.short,
        sides=MappingProxyType(sides),
        reviewed_by=written.reviewed_by.strip(),
        reviewed_on=written.reviewed_on.strip(),
        drawn_as=written.drawn_as,
        drawings=MappingProxyType(dict(drawings or {})),
    )


def _check_review(written: _ItemText, place: str) -> None:
    if bool(written.reviewed_by.strip()) != bool(written.reviewed_on):
        raise EntryFault(f"{place}.reviewed_by", "a review needs both a name and a date")
    try:
        dt.date.fromisoformat(written.reviewed_on or "2000-01-01")
    except ValueError as error:
        raise EntryFault(f"{place}.reviewed_on", "needs a date as in 2026-11-24") from error


def as_written(text: PlanItemText) -> dict[str, Any]:
    """An item's words as a table again, which reads back as the same words."""
    plain = _plain(text)
    anew = {
        name: {key: said for key, said in _plain(drawn).items() if said != plain[key]}
        for name, drawn in text.drawings.items()
    }
    return {**plain, "drawings": anew}


def _plain(text: PlanItemText) -> dict[str, Any]:
    kept = {field.name: getattr(text, field.name) for field in fields(text)}
    del kept["drawings"]
    return {**kept, "sides": dict(text.sides) or None}


# ---------------------------------------------------------------------- the sheet
def sheet_words(table: object, place: str = "sheet") -> SheetWords:
    """The fixed words of the sheet. Raises EntryFault."""
    plain = msgspec.structs.asdict(entry_as(table, _SheetFile, place))
    for name, value in plain.items():
        here = f"{place}.{name}"
        check_filled(here, value)
        if isinstance(value, str):
            check_fillings(here, value, SHEET_FILLINGS.get(name, ()))
        elif not value:
            raise EntryFault(here, "is empty")
        elif name in _COUNTS and len(value) != _COUNTS[name]:
            raise EntryFault(here, f"needs {_COUNTS[name]} names, has {len(value)}")
    return SheetWords(**plain)


def sheet_as_written(words: SheetWords) -> dict[str, Any]:
    """The sheet's words as a table again."""
    return {field.name: getattr(words, field.name) for field in fields(words)}
