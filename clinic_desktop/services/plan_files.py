"""Reads the plan items and the words of the home-plan sheet from the shipped files."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

import msgspec

import resources
from clinic_desktop.domain.documents import SheetWords
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.plans import PlanItem, PlanItemText, PlanLibrary
from clinic_desktop.domain.rulebook import FIRST_VERSION

STRUCTURE: Final = "plan/items.toml"
FALLBACK_LANGUAGE: Final = "en"

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
}
"""What is filled into which of the sheet's words; the others are printed as they stand."""

_SAID: Final = ("name", "short", "purpose", "dose", "steps", "feel", "ease_off", "more", "stop")
"""What each item says to the patient."""
_COUNTS: Final = {"months": 12, "weekdays": 7, "weekday_letters": 7}
_KINDS = Literal["nerve", "back", "glute", "load", "tissue", "advice", "gait", "run", "pause"]
_Entry = TypeVar("_Entry")

_SheetFile = msgspec.defstruct(
    "_SheetFile",
    [(field.name, typing.get_type_hints(SheetWords)[field.name]) for field in fields(SheetWords)],
    frozen=True,
    forbid_unknown_fields=True,
)
"""`[sheet]` as written: each of the sheet's words, and no other."""


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of `items.toml` as written."""

    kind: _KINDS
    source: str
    mark: Literal["article", "evidence", "proposal"]
    clinic_only: bool = False
    standing: bool = False
    moves_on_to: str = ""
    backs_off_to: str = ""
    since: str = FIRST_VERSION


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


@dataclass(frozen=True, slots=True)
class PlanWords:
    """One language file: the words of the plan items, and the fixed words of the sheet."""

    texts: Mapping[str, PlanItemText]
    sheet: SheetWords


class _FaultError(Exception):
    """What is wrong with an entry; the reader adds the file."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")


@cache
def load_plan_library(language: str = FALLBACK_LANGUAGE) -> PlanLibrary:
    """The shipped plan items with their words; a language that is not shipped reads as English.

    Raises BrokenKnowledge with file, place and reason.
    """
    language, words = _shipped_words(language)
    return PlanLibrary(language, _shipped_items(), words.texts)


@cache
def load_sheet_words(language: str = FALLBACK_LANGUAGE) -> SheetWords:
    """The fixed words of the sheet; a language that is not shipped reads as English.

    Raises BrokenKnowledge with file, place and reason.
    """
    return _shipped_words(language)[1].sheet


@cache
def _shipped_items() -> Mapping[str, PlanItem]:
    return plan_items_from(resources.text(STRUCTURE), STRUCTURE)


@cache
def _shipped_words(language: str) -> tuple[str, PlanWords]:
    file = f"plan/{language}.toml"
    try:
        text = resources.text(file)
    except (FileNotFoundError, ValueError):
        if language == FALLBACK_LANGUAGE:
            raise
        return _shipped_words(FALLBACK_LANGUAGE)
    return language, plan_words_from(text, file, _shipped_items())


def plan_items_from(text: str, file: str) -> Mapping[str, PlanItem]:
    """Build the plan items from the text of their file. Raises BrokenKnowledge naming `file`."""
    return _reading(file, lambda: _items(_tables(text)))


def plan_words_from(text: str, file: str, items: Iterable[str]) -> PlanWords:
    """Build the words of one language; they must be complete for `items`.

    Raises BrokenKnowledge naming `file`.
    """
    return _reading(file, lambda: _words(_tables(text), tuple(items)))


def words_over(library: PlanLibrary, text: str, file: str) -> PlanLibrary:
    """The library with a clinic's own words on top: what an item does not say anew, it keeps.

    A review was of the old words, so it counts for new ones only where they say so. Raises
    BrokenKnowledge naming `file`.
    """
    return _reading(file, lambda: _words_over(library, _tables(text)))


def _words_over(library: PlanLibrary, tables: Mapping[str, Any]) -> PlanLibrary:
    for name in tables:
        if name != "items":
            raise _FaultError(name, "only the words of plan items can be changed here")
    own = {}
    for name, table in _entry(tables.get("items", {}), dict[str, Any], "items").items():
        place = f"items.{name}"
        if name not in library.items:
            raise _FaultError(place, "there is no such plan item")
        said = _entry(table, dict[str, Any], place)
        kept = asdict(replace(library.texts[name], sides={}, reviewed_by="", reviewed_on=""))
        kept["sides"] = dict(library.texts[name].sides) or None
        own[name] = _item_text({**kept, **said}, place)
    return replace(library, texts=MappingProxyType({**library.texts, **own}))


def _reading(file: str, build: Callable[[], _Entry]) -> _Entry:
    try:
        return build()
    except _FaultError as fault:
        raise BrokenKnowledge(f"{file}: {fault}") from fault


def _tables(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = msgspec.toml.decode(text)
    except msgspec.DecodeError as error:
        # tomllib's message ends with "(at line 3, column 7)".
        reason, _, place = str(error).rpartition(" (at ")
        raise _FaultError(place.rstrip(")") or "whole file", reason or str(error)) from error
    return found


def _entry(value: object, form: type[_Entry], place: str) -> _Entry:
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        # msgspec's message may end with " - at `$.kind`".
        reason, _, path = str(error).partition(" - at `$")
        raise _FaultError(place + path.rstrip("`"), reason) from error


def _items(tables: Mapping[str, Any]) -> Mapping[str, PlanItem]:
    if not tables:
        raise _FaultError("whole file", "there are no items")
    found = {}
    for name, table in tables.items():
        written = _entry(table, _Item, name)
        if not written.source.strip():
            raise _FaultError(name, "has no source")
        for other in (written.moves_on_to, written.backs_off_to):
            if other and (other not in tables or other == name):
                raise _FaultError(name, f"moves on or backs off to {other}, which is no other item")
        found[name] = PlanItem(
            id=name,
            kind=written.kind,
            clinic_only=written.clinic_only,
            standing=written.standing,
            moves_on_to=written.moves_on_to,
            backs_off_to=written.backs_off_to,
            source=written.source,
            mark=written.mark,
            since=written.since,
        )
    return MappingProxyType(found)


def _words(tables: Mapping[str, Any], items: tuple[str, ...]) -> PlanWords:
    for name in tables:
        if name not in {"sheet", "items"}:
            raise _FaultError(name, "is not a part of the plan's words")
    texts = _entry(tables.get("items", {}), dict[str, Any], "items")
    for name in texts:
        if name not in items:
            raise _FaultError(f"items.{name}", "there is no such plan item")
    for name in items:
        if name not in texts:
            raise _FaultError(f"items.{name}", "has no words")
    return PlanWords(
        MappingProxyType({name: _item_text(texts[name], f"items.{name}") for name in items}),
        _sheet_words(tables.get("sheet", {})),
    )


def _item_text(table: object, place: str) -> PlanItemText:
    written = _entry(table, _ItemText, place)
    plain = msgspec.structs.asdict(written)
    if not written.steps:
        raise _FaultError(f"{place}.steps", "is empty")
    for name in (*_SAID, "note"):
        _filled(f"{place}.{name}", plain[name])
    _check_review(written, place)
    sides = msgspec.structs.asdict(written.sides) if written.sides else {}
    _filled(f"{place}.sides", tuple(sides.values()))
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
    )


def _check_review(written: _ItemText, place: str) -> None:
    if bool(written.reviewed_by.strip()) != bool(written.reviewed_on):
        raise _FaultError(f"{place}.reviewed_by", "a review needs both a name and a date")
    try:
        dt.date.fromisoformat(written.reviewed_on or "2000-01-01")
    except ValueError as error:
        raise _FaultError(f"{place}.reviewed_on", "needs a date as in 2026-11-24") from error


def _sheet_words(table: object) -> SheetWords:
    plain = msgspec.structs.asdict(_entry(table, _SheetFile, "sheet"))
    for name, value in plain.items():
        place = f"sheet.{name}"
        _filled(place, value)
        if isinstance(value, str):
            _check_fillings(place, value, SHEET_FILLINGS.get(name, ()))
        elif name in _COUNTS and len(value) != _COUNTS[name]:
            raise _FaultError(place, f"needs {_COUNTS[name]} names, has {len(value)}")
    return SheetWords(**plain)


def _check_fillings(place: str, text: str, wanted: tuple[str, ...]) -> None:
    try:
        found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise _FaultError(place, str(error)) from error
    if sorted(found) != sorted(wanted):
        names = " and ".join(f"{{{name}}}" for name in wanted) or "nothing in braces"
        raise _FaultError(place, f"needs {names}")


def _filled(place: str, text: str | tuple[str, ...]) -> None:
    for part in (text,) if isinstance(text, str) else text:
        if not part.strip():
            raise _FaultError(place, "is empty")
