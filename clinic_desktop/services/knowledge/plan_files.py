"""Reads the plan items and the words of the home-plan sheet from the shipped files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal

import msgspec

import resources
from clinic_desktop.domain.documents import SheetWords
from clinic_desktop.domain.plans import PlanItem, PlanItemText, PlanLibrary
from clinic_desktop.domain.rulebook import FIRST_VERSION
from clinic_desktop.services.words import distances

from .plan_words import item_text, sheet_words
from .rule_words import load_sources
from .toml_entries import EntryFault, entry_as, reading, tables_in

STRUCTURE: Final = "plan/items.toml"
FALLBACK_LANGUAGE: Final = "en"

_KINDS = Literal["nerve", "back", "glute", "load", "tissue", "advice", "gait", "run", "pause"]


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of `items.toml` as written."""

    kind: _KINDS
    source: str
    mark: Literal["article", "evidence", "proposal"]
    clinic_only: bool = False
    standing: bool = False
    moves_on_to: str = ""
    backs_off_to: str = ""
    drawings: tuple[str, ...] = ()
    since: str = FIRST_VERSION


@dataclass(frozen=True, slots=True)
class PlanWords:
    """One language file: the words of the plan items, and the fixed words of the sheet."""

    texts: Mapping[str, PlanItemText]
    sheet: SheetWords


def load_plan_library(language: str = FALLBACK_LANGUAGE) -> PlanLibrary:
    """The shipped plan items with their words, distances in the clinic's unit; a language that is
    not shipped reads as English.

    Raises BrokenKnowledge with file, place and reason.
    """
    return _library(language, distances.in_use())


@cache
def _library(language: str, _unit: str) -> PlanLibrary:
    language, words = _shipped_words(language)
    texts = {name: _told(text) for name, text in words.texts.items()}
    sources = load_sources(language)
    items = {
        name: replace(item, source=sources.get(item.source, item.source))
        for name, item in _shipped_items().items()
    }
    return PlanLibrary(language, MappingProxyType(items), MappingProxyType(texts), words.sheet)


def _told(text: PlanItemText) -> PlanItemText:
    """The words of an item with its distances in the clinic's unit."""
    return replace(
        text,
        purpose=distances.told(text.purpose),
        dose=distances.told(text.dose),
        steps=tuple(map(distances.told, text.steps)),
        ease_off=distances.told(text.ease_off),
        more=distances.told(text.more),
        note=distances.told(text.note),
    )


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
    words = plan_words_from(text, file, _shipped_items())
    reading(file, lambda: check_drawings(_shipped_items().values(), words.texts))
    return language, words


def plan_items_from(text: str, file: str) -> Mapping[str, PlanItem]:
    """Build the plan items from the text of their file. Raises BrokenKnowledge naming `file`."""
    return reading(file, lambda: _items(tables_in(text)))


def plan_words_from(text: str, file: str, items: Iterable[str]) -> PlanWords:
    """Build the words of one language; they must be complete for `items`.

    Raises BrokenKnowledge naming `file`.
    """
    return reading(file, lambda: _words(tables_in(text), tuple(items)))


def check_drawings(items: Iterable[PlanItem], texts: Mapping[str, PlanItemText]) -> None:
    """Make sure that each drawing of an item has its words, and no other has. Raises EntryFault."""
    for item in items:
        said = texts[item.id].drawings
        for name in item.drawings:
            if name not in said:
                raise EntryFault(f"items.{item.id}.drawings.{name}", "has no words")
        for name in said:
            if name not in item.drawings:
                raise EntryFault(f"items.{item.id}.drawings.{name}", "there is no such drawing")


def plan_items(tables: Mapping[str, Any], known: Iterable[str] = ()) -> dict[str, PlanItem]:
    """The items of a file in their order; `known` are others to which they may lead.

    Raises EntryFault.
    """
    there = {*tables, *known}
    found = {}
    for name, table in tables.items():
        written = entry_as(table, _Item, name)
        if not written.source.strip():
            raise EntryFault(name, "has no source")
        for other in (written.moves_on_to, written.backs_off_to):
            if other and (other not in there or other == name):
                raise EntryFault(name, f"moves on or backs off to {other}, which is no other item")
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
            drawings=written.drawings,
        )
    return found


def _items(tables: Mapping[str, Any]) -> Mapping[str, PlanItem]:
    if not tables:
        raise EntryFault("whole file", "there are no items")
    return MappingProxyType(plan_items(tables))


def _words(tables: Mapping[str, Any], items: tuple[str, ...]) -> PlanWords:
    for name in tables:
        if name not in {"sheet", "items"}:
            raise EntryFault(name, "is not a part of the plan's words")
    texts = entry_as(tables.get("items", {}), dict[str, Any], "items")
    for name in texts:
        if name not in items:
            raise EntryFault(f"items.{name}", "there is no such plan item")
    for name in items:
        if name not in texts:
            raise EntryFault(f"items.{name}", "has no words")
    return PlanWords(
        MappingProxyType({name: item_text(texts[name], f"items.{name}") for name in items}),
        sheet_words(tables.get("sheet", {})),
    )
