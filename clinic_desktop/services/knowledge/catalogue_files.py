"""Reads the exam catalogue and its words from the shipped files, and refuses broken ones."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

import resources
from clinic_desktop.domain.catalogue import (
    FIGURES,
    Catalogue,
    CatalogueText,
    FindingSpec,
    FindingText,
    Group,
    GroupText,
    Section,
    words_of,
)
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.values import Key, Kind
from clinic_desktop.services.words.translation import decimal_sign

STRUCTURE = "catalogue/findings.toml"
FALLBACK_LANGUAGE = "en"

_Entry = TypeVar("_Entry")
_TABLES = ("section", "group", "finding")
_AMOUNT, _SOURCE = "amount", "source"
_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_WORD = re.compile(r"[a-z0-9_]+")
_OWN_WORDS = (Kind.CHOICE, Kind.SET)


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[section]]` as written."""

    id: str


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[group]]` as written."""

    id: str
    section: str
    figure: str = ""


class _Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[finding."..."]` as written."""

    group: str
    kind: Kind
    source: str
    sides: bool = False
    values: tuple[str, ...] | None = None
    unit: str | None = None
    range: tuple[float, float] | None = None
    tapped: bool = False
    normal: str = ""


class _GroupText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[group.*]` of a language as written."""

    label: str
    hint: str = ""


class _FindingText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[finding."..."]` of a language as written."""

    label: str
    name: str
    help: str = ""
    choices: dict[str, str] = {}
    brief: str = ""


class _FaultError(Exception):
    """What is wrong with an entry; the reader adds the file."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")


@cache
def load_catalogue() -> Catalogue:
    """The shipped catalogue. Raises BrokenKnowledge with file, place and reason."""
    text = _shipped(STRUCTURE)
    if text is None:
        raise BrokenKnowledge(f"{STRUCTURE}: whole file: is not there")
    return catalogue_from(text, STRUCTURE)


@cache
def load_catalogue_text(language: str = FALLBACK_LANGUAGE) -> CatalogueText:
    """The shipped words of a language; one that is not shipped reads as English.

    Raises BrokenKnowledge with file, place and reason.
    """
    file = f"catalogue/{language}.toml"
    text = _shipped(file)
    if text is not None:
        return catalogue_text_from(text, file, load_catalogue(), language)
    if language == FALLBACK_LANGUAGE:
        raise BrokenKnowledge(f"{file}: whole file: is not there")
    return load_catalogue_text(FALLBACK_LANGUAGE)


def _shipped(file: str) -> str | None:
    """The text of a shipped file, None where it does not ship."""
    try:
        return resources.text(file)
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise BrokenKnowledge(f"{file}: byte {error.start}: is not UTF-8") from error


def catalogue_from(text: str, file: str) -> Catalogue:
    """Build the catalogue from the text of its file. Raises BrokenKnowledge naming `file`."""
    return _reading(file, lambda: _catalogue(_tables(text)))


def catalogue_text_from(
    text: str, file: str, catalogue: Catalogue, language: str = FALLBACK_LANGUAGE
) -> CatalogueText:
    """Build the words of a language; they must be complete for `catalogue`.

    Raises BrokenKnowledge naming `file`.
    """
    return _reading(file, lambda: _catalogue_text(_tables(text), catalogue, language))


def _reading(file: str, build: Callable[[], _Entry]) -> _Entry:
    try:
        return build()
    except _FaultError as fault:
        # One line, even where what it quotes has several.
        raise BrokenKnowledge(f"{file}: {' '.join(str(fault).split())}") from fault


def _tables(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = msgspec.toml.decode(text)
    except msgspec.DecodeError as error:
        # tomllib's message ends with "(at line 3, column 7)".
        reason, _, place = str(error).rpartition(" (at ")
        raise _FaultError(place.rstrip(")") or "whole file", reason or str(error)) from error
    for name in found:
        if name not in (*_TABLES, _AMOUNT, _SOURCE):
            raise _FaultError(name, "is not a part of a catalogue")
    for name in _TABLES:
        if not found.get(name):
            raise _FaultError(name, "there is none")
    return found


def _entry(value: object, form: type[_Entry], place: str) -> _Entry:
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        # msgspec's message may end with " - at `$.kind`".
        reason, _, path = str(error).partition(" - at `$")
        raise _FaultError(place + path.rstrip("`"), reason) from error


# ---- structure


def _catalogue(tables: Mapping[str, Any]) -> Catalogue:
    sections = _unique("section", _entry(tables["section"], list[_Section], "section"))
    groups = _unique("group", _entry(tables["group"], list[_Group], "group"))
    for group in groups.values():
        if group.section not in sections:
            raise _FaultError(f"group {group.id}", f'there is no section "{group.section}"')
        if group.figure not in ("", *FIGURES):
            raise _FaultError(f"group {group.id}", f'there is no figure "{group.figure}"')
    # Form order is section by section, group by group, wherever an entry stands in the file.
    in_order = [group for name in sections for group in groups.values() if group.section == name]
    members: dict[str, list[FindingSpec]] = {group.id: [] for group in in_order}
    for name, table in _entry(tables["finding"], dict[str, Any], "finding").items():
        place = f"finding {name}"
        if not _ID.fullmatch(name):
            raise _FaultError(place, "is no id of the form part.detail")
        written = _entry(table, _Finding, place)
        if written.group not in groups:
            raise _FaultError(place, f'there is no group "{written.group}"')
        members[written.group].append(_spec(name, written, groups[written.group].section))
    for group in in_order:
        if not members[group.id]:
            raise _FaultError(f"group {group.id}", "has no findings")
    findings = {spec.id: spec for group in in_order for spec in members[group.id]}
    return Catalogue(
        findings=MappingProxyType(findings),
        groups=MappingProxyType(
            {
                group.id: Group(
                    group.id, group.section, tuple(s.id for s in members[group.id]), group.figure
                )
                for group in in_order
            }
        ),
        sections=tuple(
            Section(name, tuple(group.id for group in in_order if group.section == name))
            for name in sections
        ),
        order=MappingProxyType(_order(findings.values())),
    )


def _order(findings: Iterable[FindingSpec]) -> dict[Key, int]:
    keys = (key for spec in findings for key in spec.keys)
    return {key: place for place, key in enumerate(keys)}


_Named = TypeVar("_Named", _Section, _Group)


def _unique(what: str, entries: Iterable[_Named]) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for entry in entries:
        if not entry.id:
            raise _FaultError(what, "has an empty id")
        if entry.id in found:
            raise _FaultError(f"{what} {entry.id}", "stands there twice")
        found[entry.id] = entry
    return found


def _spec(name: str, written: _Finding, section: str) -> FindingSpec:
    place = f"finding {name}"
    if not written.source.strip():
        raise _FaultError(place, "has no source")
    low, high = _checked_range(written, place)
    words = _checked_words(written, place)
    if written.normal and (written.normal not in words or written.kind is Kind.SET):
        raise _FaultError(place, f'"{written.normal}" is none of its values')
    return FindingSpec(
        id=name,
        kind=written.kind,
        section=section,
        group=written.group,
        sides=written.sides,
        choices=words,
        unit=written.unit or "",
        low=low,
        high=high,
        source=written.source,
        tapped=written.tapped,
        normal=written.normal,
    )


def _checked_words(written: _Finding, place: str) -> tuple[str, ...]:
    if written.kind not in _OWN_WORDS:
        if written.values is not None:
            raise _FaultError(place, f"the kind {written.kind} takes no values of its own")
        return words_of(written.kind)
    if not written.values:
        raise _FaultError(place, f"the kind {written.kind} needs values")
    for word in written.values:
        if not _WORD.fullmatch(word):
            raise _FaultError(place, f'"{word}" is no value: small letters, digits and _ only')
        if written.values.count(word) > 1:
            raise _FaultError(place, f'names the value "{word}" twice')
    return written.values


def _checked_range(written: _Finding, place: str) -> tuple[float, float]:
    if written.kind is not Kind.NUMBER:
        if written.range is not None or written.unit is not None:
            raise _FaultError(place, f"the kind {written.kind} takes no range and no unit")
        if written.tapped:
            raise _FaultError(place, f"the kind {written.kind} cannot be counted by tapping")
        return 0.0, 0.0
    if written.range is None:
        raise _FaultError(place, "the kind number needs a range")
    if not written.unit:
        raise _FaultError(place, "the kind number needs a unit")
    low, high = written.range
    if not (math.isfinite(low) and math.isfinite(high)):
        raise _FaultError(place, "its range has an end that is no number")
    if low > high:
        raise _FaultError(place, f"its range runs from {low:g} down to {high:g}")
    return low, high


# ---- words


def _catalogue_text(
    tables: Mapping[str, Any], catalogue: Catalogue, language: str
) -> CatalogueText:
    names = [section.id for section in catalogue.sections]
    sections = _complete("section", tables["section"], names, str)
    groups = _complete("group", tables["group"], catalogue.groups, _GroupText)
    findings = _complete("finding", tables["finding"], catalogue.findings, _FindingText)
    for name, label in sections.items():
        _filled(f"section {name}", label=label)
    for name, group in groups.items():
        _filled(f"group {name}", label=group.label)
    for name, finding in findings.items():
        _filled(f"finding {name}", label=finding.label, name=finding.name)
        _check_choices(catalogue.spec(name), finding.choices)
    amounts = _entry(tables.get(_AMOUNT, {}), dict[str, str | tuple[str, str]], _AMOUNT)
    sources = _entry(tables.get(_SOURCE, {}), dict[str, str], _SOURCE)
    return CatalogueText(
        language=language,
        sections=MappingProxyType(sections),
        groups=MappingProxyType({name: GroupText(g.label, g.hint) for name, g in groups.items()}),
        findings=MappingProxyType(
            {
                name: FindingText(f.label, f.name, f.help, MappingProxyType(f.choices), f.brief)
                for name, f in findings.items()
            }
        ),
        amounts=MappingProxyType(dict(_amounts(amounts, catalogue))),
        decimal_sign=decimal_sign(language),
        sources=MappingProxyType(sources),
    )


def _amounts(
    written: Mapping[str, str | tuple[str, str]], catalogue: Catalogue
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Of each unit the words for one and for many; a single text is for both."""
    units = {spec.unit for spec in catalogue.findings.values()}
    for unit, said in written.items():
        if unit not in units:
            raise _FaultError(f"{_AMOUNT} {unit}", "the catalogue has no such unit")
        one, many = (said, said) if isinstance(said, str) else said
        if any(text.count("{n}") != 1 or "{" in text.replace("{n}", "") for text in (one, many)):
            raise _FaultError(f"{_AMOUNT} {unit}", "must hold the number once, as {n}")
        yield unit, (one, many)


def _complete(
    what: str, table: object, wanted: Iterable[str], form: type[_Entry]
) -> dict[str, _Entry]:
    """The texts of `wanted` in that order; one too few or too many is a fault."""
    written = _entry(table, dict[str, Any], what)
    known = list(wanted)
    for name in written:
        if name not in known:
            raise _FaultError(f"{what} {name}", f"the catalogue has no such {what}")
    for name in known:
        if name not in written:
            raise _FaultError(f"{what} {name}", "has no text")
    return {name: _entry(written[name], form, f"{what} {name}") for name in known}


def _filled(place: str, **texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise _FaultError(place, f"its {name} is empty")


def _check_choices(spec: FindingSpec, texts: Mapping[str, str]) -> None:
    place = f"finding {spec.id}"
    # Results, answers and grades look the same everywhere; the form words them once.
    words = spec.choices if spec.kind in _OWN_WORDS else ()
    for word in texts:
        if word not in words:
            raise _FaultError(place, f'has a text for "{word}", which is no choice of it')
    for word in words:
        if not texts.get(word, "").strip():
            raise _FaultError(place, f'has no text for the choice "{word}"')
