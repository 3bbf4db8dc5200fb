"""The rule files as plain tables: decoded, laid over each other, and checked entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec

from clinic_desktop.domain.errors import BrokenKnowledge

from .rule_entries import (
    BandEntry,
    ContradictionEntry,
    ItemEntry,
    NotApplicableEntry,
    PatternEntry,
    RowEntry,
    Strict,
    TermEntry,
)

FILES: Final = ("terms", "patterns", "flags", "contradictions", "reading", "plan", "words")

Tables = dict[str, dict[str, Any]]
"""Each file by its short name, as TOML reads it."""

_BY_ID: Final[Mapping[str, Mapping[str, type[Strict]]]] = {
    "terms": {"term": TermEntry},
    "patterns": {"pattern": PatternEntry},
    "flags": {"row": RowEntry, "not_applicable": NotApplicableEntry},
    "contradictions": {"contradiction": ContradictionEntry},
    "plan": {"item": ItemEntry},
}
"""Lists whose entries have an id, by which a clinic's own entry replaces a shipped one."""

_BY_KEY: Final[Mapping[str, tuple[str, ...]]] = {
    "flags": ("flag",),
    "plan": ("standing",),
    "words": ("text", "cost"),
}
"""Tables in which a clinic's own keys replace shipped ones."""

_ENTRY_TYPES: Final[Mapping[str, Mapping[str, type[Strict]]]] = {
    **_BY_ID,
    "plan": {**_BY_ID["plan"], "band": BandEntry},
}
_File = TypeVar("_File", bound=Strict)
_MISSING: Final = re.compile(r"Object missing required field `(\w+)`")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(\w+)`")


def tables_of(texts: Mapping[str, str]) -> Tables:
    """The tables of rule files by their short name. Raises BrokenKnowledge with all faults."""
    tables: Tables = {}
    faults = []
    for name, text in texts.items():
        try:
            tables[name] = msgspec.toml.decode(text, type=dict[str, Any])
        except msgspec.DecodeError as fault:
            faults.append(f"rules/{name}.toml: whole file: {fault}")
        except RecursionError:
            faults.append(f"rules/{name}.toml: whole file: is nested too deeply")
        except ValueError:  # a number of more figures than Python reads, a day that is none
            faults.append(f"rules/{name}.toml: whole file: holds a number or date that is none")
    if faults:
        raise BrokenKnowledge(*faults)
    return tables


def table_as(name: str, tables: Tables, kind: type[_File]) -> _File:
    """One file with the shape it must have. Raises BrokenKnowledge with all faults."""
    try:
        return msgspec.convert(tables[name], kind)
    except msgspec.ValidationError as fault:
        entries = tuple(_entry_faults(name, tables[name]))
        raise BrokenKnowledge(*(entries or (f"rules/{name}.toml: {_plain(fault)}",))) from fault


def _entry_faults(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    for part, kind in _ENTRY_TYPES.get(name, {}).items():
        entries = table.get(part, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
            try:
                msgspec.convert(entry, kind)
            except msgspec.ValidationError as fault:
                yield f"rules/{name}.toml: {_name(part, number, entry)}: {_plain(fault)}"


def _name(part: str, number: int, entry: object) -> str:
    named = entry.get("id") if isinstance(entry, dict) else None
    return named if isinstance(named, str) and named else f"{part} {number}"


def _plain(fault: Exception) -> str:
    """What msgspec says, in words for somebody who writes rules."""
    reason, _, path = str(fault).partition(" - at `$")
    place = path.rstrip("`").lstrip(".")
    if missing := _MISSING.fullmatch(reason):
        reason = f"has no {missing[1]}"
    elif unknown := _UNKNOWN.fullmatch(reason):
        reason = f"there is nothing called {unknown[1]}"
    return f"{reason}, in {place}" if place else reason


# ---------------------------------------------------------------------- a clinic's own on top
def laid_over(shipped: Tables, own: Tables, since: str) -> Tables:
    """The shipped tables with a clinic's own on top.

    Entries with an id replace the shipped one or are added, and came with version `since` unless
    they say otherwise; tables merge by key; what else stands in a file replaces what shipped.
    Raises BrokenKnowledge for an id that stands twice.
    """
    faults = [fault for name in own for fault in _twice(name, own[name])]
    if faults:
        raise BrokenKnowledge(*faults)
    merged = dict(shipped)
    for name, table in own.items():
        merged[name] = {**shipped[name]}
        for part, value in table.items():
            merged[name][part] = _part(name, part, shipped[name].get(part), value, since)
    return merged


def _part(name: str, part: str, shipped: object, own: object, since: str) -> object:
    if part in _BY_ID.get(name, {}) and isinstance(own, list):
        stamped = name != "plan"
        return _entries(shipped if isinstance(shipped, list) else [], own, since if stamped else "")
    if part in _BY_KEY.get(name, ()) and isinstance(shipped, dict) and isinstance(own, dict):
        deep = part == "flag"
        return {
            **shipped,
            **{
                key: {**shipped[key], **value}
                if deep and isinstance(value, dict) and isinstance(shipped.get(key), dict)
                else value
                for key, value in own.items()
            },
        }
    return own


def _entries(shipped: list[Any], own: list[Any], since: str) -> list[Any]:
    mark = {"since": since} if since else {}
    stamped = [{**mark, **entry} if isinstance(entry, dict) else entry for entry in own]
    waiting = {_id(entry): entry for entry in stamped}
    kept = [waiting.pop(_id(entry), entry) for entry in shipped]
    return [*kept, *(entry for entry in stamped if _id(entry) in waiting)]


def _id(entry: object) -> object:
    named = entry.get("id") if isinstance(entry, dict) else None
    return named if isinstance(named, str) else id(entry)


def _twice(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    for part in _BY_ID.get(name, {}):
        entries = table.get(part, [])
        ids = [_id(entry) for entry in entries] if isinstance(entries, list) else []
        for named in dict.fromkeys(i for i in ids if isinstance(i, str) and ids.count(i) > 1):
            yield f"rules/{name}.toml: {named}: stands there twice"
