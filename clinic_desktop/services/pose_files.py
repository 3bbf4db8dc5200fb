"""Reads the drawings of the home items from the shipped files, and refuses broken ones."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any, Final

import msgspec

import resources
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.figures.scene import Props, Scene, draw
from clinic_desktop.domain.values import Side

FOLDER: Final = "poses"
FALLBACK_LANGUAGE: Final = "en"
_OF_GAIT: Final = {
    "gait_foot_good": (), "gait_foot_wrong": (), "gait_trunk_good": (), "gait_trunk_wrong": (),
    "gait_trunk_degrees": ("angle",), "gait_shin_degrees": ("angle",),
}  # fmt: skip
"""Words that gait marks need, and what is filled into them."""


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The words of the drawings in one language."""

    labels: Mapping[str, str]
    """Words on a drawing, and the captions above it, by key."""
    descriptions: Mapping[str, str]
    """What each drawing shows, by its id, for those who do not see it."""


class _FigureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language file as written."""

    labels: dict[str, str]
    descriptions: dict[str, str]


class _FaultError(Exception):
    """What is wrong with an entry; the reader adds the file."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")


@cache
def load_scenes() -> Mapping[str, Scene]:
    """Every shipped drawing by id, in the order of the files. Raises BrokenKnowledge."""
    found: dict[str, Scene] = {}
    for file in resources.names(FOLDER, ".toml"):
        for scene in scenes_from(_shipped(file), file):
            if scene.id in found:
                raise BrokenKnowledge(f"{file}: {scene.id}: is in another file too")
            found[scene.id] = scene
    return MappingProxyType(found)


@cache
def load_figure_words(language: str = FALLBACK_LANGUAGE) -> FigureWords:
    """The words of the drawings; a language that is not shipped reads as English.

    Raises BrokenKnowledge with file, place and reason.
    """
    file = f"{FOLDER}/words/{language}.toml"
    try:
        text = _shipped(file)
    except (FileNotFoundError, ValueError):
        if language == FALLBACK_LANGUAGE:
            raise
        return load_figure_words(FALLBACK_LANGUAGE)
    return figure_words_from(text, file, load_scenes().values())


def item_scenes(item: str, variant: str = "") -> tuple[Scene, ...]:
    """The drawings of a plan item, in the order in which its steps come.

    An item without drawings for the variant shows its usual ones.
    """
    every = [scene for scene in load_scenes().values() if scene.item == item]
    chosen = [scene for scene in every if scene.variant == variant]
    return tuple(chosen or [scene for scene in every if not scene.variant])


def figure(scene: str, side: Side = Side.RIGHT, language: str = FALLBACK_LANGUAGE) -> Drawing:
    """A shipped drawing for the patient's side. Raises KeyError for an id that does not ship."""
    words = load_figure_words(language)
    return draw(load_scenes()[scene], words.labels, side, words.descriptions[scene])


def scenes_from(text: str, file: str) -> tuple[Scene, ...]:
    """Build the drawings of one file. Raises BrokenKnowledge naming `file`."""
    return _reading(file, lambda: tuple(_scenes(_tables(text))))


def figure_words_from(text: str, file: str, scenes: Iterable[Scene]) -> FigureWords:
    """Build the words of one language; they must be complete for `scenes`.

    Raises BrokenKnowledge naming `file`.
    """
    return _reading(file, lambda: _words(_tables(text), tuple(scenes)))


_Made = typing.TypeVar("_Made")


def _shipped(file: str) -> str:
    try:
        return resources.text(file)
    except UnicodeDecodeError as error:
        raise BrokenKnowledge(f"{file}: byte {error.start}: is not UTF-8") from error


def _reading(file: str, build: Callable[[], _Made]) -> _Made:
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


def _scenes(tables: Mapping[str, Any]) -> Iterable[Scene]:
    if not tables:
        raise _FaultError("whole file", "there are no drawings")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise _FaultError(name, "is not a drawing")
        scene = _value({**table, "id": name}, Scene, name)
        _check(scene, name)
        yield scene


def _value(table: object, made: type[_Made], place: str) -> _Made:
    try:
        written = msgspec.convert(table, _form(typing.cast("Any", made)))
    except msgspec.ValidationError as error:
        # msgspec's message may end with " - at `$.pose.pitch`".
        reason, _, path = str(error).partition(" - at `$")
        raise _FaultError(place + path.rstrip("`"), reason) from error
    return typing.cast("_Made", _unpacked(written, made))


@cache
def _form(made: type) -> type[msgspec.Struct]:
    """A dataclass as it is written: the same fields and defaults, and no others."""
    hints = typing.get_type_hints(made)
    fields: list[Any] = []
    for field in dataclasses.fields(made):
        kind = _written_as(hints[field.name])
        if field.default is not dataclasses.MISSING:
            fields.append((field.name, kind, field.default))
        elif field.default_factory is not dataclasses.MISSING:
            fields.append((field.name, kind | None, None))
        else:
            fields.append((field.name, kind))
    return msgspec.defstruct(made.__name__, fields, frozen=True, forbid_unknown_fields=True)


def _written_as(hint: Any) -> Any:
    """A field's type with each dataclass in it replaced by its written form."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _form(hint)
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        return tuple[_written_as(parts[0]), ...]  # type: ignore[misc]
    if origin is types.UnionType:
        return typing.Union[tuple(_written_as(part) for part in parts)]  # noqa: UP007
    return hint


def _unpacked(written: Any, made: type) -> Any:
    """The dataclass of a written form."""
    hints, values = typing.get_type_hints(made), {}
    for field in dataclasses.fields(made):
        value = getattr(written, field.name)
        if value is None and field.default_factory is not dataclasses.MISSING:
            continue
        values[field.name] = _unpacked_value(value, hints[field.name])
    return made(**values)


def _unpacked_value(value: Any, hint: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        kinds = (part for part in (hint, *typing.get_args(hint)) if isinstance(part, type))
        return _unpacked(value, next(kind for kind in kinds if dataclasses.is_dataclass(kind)))
    if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        return tuple(_unpacked(part, typing.get_args(hint)[0]) for part in value)
    return value


def _check(scene: Scene, place: str) -> None:
    """Refuse what would only show when the drawing is made: joints that do not exist."""
    if scene.step < 0:
        raise _FaultError(f"{place}.step", "counts from 1")
    try:
        draw(scene, _AnyWord())
    except KeyError as error:
        raise _FaultError(place, f"there is no joint {error}") from error


class _AnyWord(dict[str, str]):
    """Has a word for every key."""

    def __missing__(self, key: str) -> str:
        return key


def _words(tables: Mapping[str, Any], scenes: tuple[Scene, ...]) -> FigureWords:
    try:
        written = msgspec.convert(tables, _FigureWords)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        raise _FaultError(path.rstrip("`").lstrip(".") or "whole file", reason) from error
    labels, descriptions = written.labels, written.descriptions
    _complete("labels", labels, {*_OF_GAIT, *_keys(scenes)})
    _complete("descriptions", descriptions, {scene.id for scene in scenes})
    for name, text in labels.items():
        _check_fillings(f"labels.{name}", text, _OF_GAIT.get(name, ()))
    return FigureWords(MappingProxyType(labels), MappingProxyType(descriptions))


def _keys(scenes: Iterable[Scene]) -> Iterable[str]:
    for scene in scenes:
        yield scene.caption
        yield from (note.key for note in scene.notes)


def _complete(place: str, found: Mapping[str, str], needed: set[str]) -> None:
    for name in sorted(needed - found.keys()):
        raise _FaultError(f"{place}.{name}", "has no words")
    for name in found.keys() - needed:
        raise _FaultError(f"{place}.{name}", "belongs to no drawing")
    for name, text in found.items():
        if not text.strip():
            raise _FaultError(f"{place}.{name}", "is empty")


def _check_fillings(place: str, text: str, wanted: tuple[str, ...]) -> None:
    try:
        found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise _FaultError(place, str(error)) from error
    if sorted(found) != sorted(wanted):
        names = " and ".join(f"{{{name}}}" for name in wanted) or "nothing in braces"
        raise _FaultError(place, f"needs {names}")


PROP_KINDS: Final = tuple(field.name for field in dataclasses.fields(Props))
"""The names under which a drawing's file may list things."""
