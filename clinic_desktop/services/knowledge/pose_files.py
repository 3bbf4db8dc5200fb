"""Reads the drawings of the home items from the shipped files, and refuses broken ones."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import msgspec

import resources
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.figures.pose import Pose
from clinic_desktop.domain.figures.scene import Scene, draw
from clinic_desktop.domain.figures.skeleton import posed
from clinic_desktop.domain.figures.spots import Spot
from clinic_desktop.domain.values import Side

from .toml_entries import EntryFault, check_fillings, reading, tables_in

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


@cache
def load_scenes() -> Mapping[str, Scene]:
    """Every shipped drawing by id, in the order of the files. Raises BrokenKnowledge."""
    items = (file.removesuffix(".toml") for file in resources.names(FOLDER, ".toml"))
    every = (scene for item in items for scene in _of_item(item.rpartition("/")[2]))
    return MappingProxyType({scene.id: scene for scene in every})


@cache
def load_figure_words(language: str = FALLBACK_LANGUAGE) -> FigureWords:
    """The words of the drawings; a language that is not shipped reads as English.

    Raises BrokenKnowledge with file, place and reason.
    """
    file = _words_file(language)
    try:
        text = _shipped(file)
    except (FileNotFoundError, ValueError):
        if language == FALLBACK_LANGUAGE:
            raise
        return load_figure_words(FALLBACK_LANGUAGE)
    return figure_words_from(text, file)


def item_scenes(item: str, variant: str = "") -> tuple[Scene, ...]:
    """The drawings of a plan item, in the order in which its steps come; none has an unknown one.

    An item without drawings for the variant shows its usual ones. Raises BrokenKnowledge.
    """
    try:
        every = _of_item(item)
    except FileNotFoundError:
        return ()
    chosen = tuple(scene for scene in every if scene.variant == variant)
    return chosen or tuple(scene for scene in every if not scene.variant)


@cache
def figure(scene: str, side: Side = Side.RIGHT, language: str = FALLBACK_LANGUAGE) -> Drawing:
    """A shipped drawing, named by item and drawing as in `hinge.start`, for the patient's side.

    Raises KeyError for one that does not ship, BrokenKnowledge for a broken file.
    """
    item = scene.partition(".")[0]
    try:
        found = next(one for one in _of_item(item) if one.id == scene)
    except (FileNotFoundError, StopIteration):
        raise KeyError(scene) from None
    words = load_figure_words(language)
    check_figure_words(words, _words_file(language), [found])
    return draw(found, words.labels, side, words.descriptions[scene])


def _words_file(language: str) -> str:
    return f"{FOLDER}/words/{language}.toml"


@cache
def _of_item(item: str) -> tuple[Scene, ...]:
    file = f"{FOLDER}/{item}.toml"
    return scenes_from(_shipped(file), file, item)


def scenes_from(text: str, file: str, item: str) -> tuple[Scene, ...]:
    """Build the drawings of one item. Raises BrokenKnowledge naming `file`."""
    return reading(file, lambda: tuple(_scenes(tables_in(text), item)))


def figure_words_from(text: str, file: str) -> FigureWords:
    """Build the words of one language. Raises BrokenKnowledge naming `file`."""
    return reading(file, lambda: _words(tables_in(text)))


def check_figure_words(words: FigureWords, file: str, scenes: Iterable[Scene]) -> None:
    """Make sure that some drawings have their words. Raises BrokenKnowledge naming `file`."""
    for scene in scenes:
        if scene.id not in words.descriptions:
            raise BrokenKnowledge(f'{file}: descriptions."{scene.id}": has no words')
        for key in (scene.caption, *(note.key for note in scene.notes)):
            if key not in words.labels:
                raise BrokenKnowledge(f"{file}: labels.{key}: has no words")


_Made = typing.TypeVar("_Made")


def _shipped(file: str) -> str:
    try:
        return resources.text(file)
    except UnicodeDecodeError as error:
        raise BrokenKnowledge(f"{file}: byte {error.start}: is not UTF-8") from error


def _scenes(tables: Mapping[str, Any], item: str) -> Iterable[Scene]:
    if not tables:
        raise EntryFault("whole file", "there are no drawings")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise EntryFault(name, "is not a drawing")
        scene = _value({**table, "id": f"{item}.{name}", "item": item}, Scene, name)
        _check(scene, name)
        yield scene


def _value(table: object, made: type[_Made], place: str) -> _Made:
    try:
        written = msgspec.convert(table, _form(typing.cast("Any", made)))
    except msgspec.ValidationError as error:
        # msgspec's message may end with " - at `$.pose.pitch`".
        reason, _, path = str(error).partition(" - at `$")
        raise EntryFault(place + path.rstrip("`"), reason) from error
    return typing.cast("_Made", _unpacked(written, made))


@cache
def _hints(made: type) -> Mapping[str, Any]:
    return typing.get_type_hints(made)


@cache
def _form(made: type) -> type[msgspec.Struct]:
    """A dataclass as it is written: the same fields and defaults, and no others."""
    hints = _hints(made)
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
    hints, values = _hints(made), {}
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
        raise EntryFault(f"{place}.step", "counts from 1")
    for spot in _spots(scene):
        if spot.joint and spot.joint not in _joints():
            raise EntryFault(place, f"there is no joint {spot.joint!r}")


def _spots(value: object) -> Iterable[Spot]:
    """Every place that a drawing names, however deep."""
    if isinstance(value, Spot):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spots(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Pose):
        for field in dataclasses.fields(value):
            yield from _spots(getattr(value, field.name))


@cache
def _joints() -> frozenset[str]:
    return frozenset(posed(Pose()).joints())


def _words(tables: Mapping[str, Any]) -> FigureWords:
    try:
        written = msgspec.convert(tables, _FigureWords)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        raise EntryFault(path.rstrip("`").lstrip(".") or "whole file", reason) from error
    labels, descriptions = written.labels, written.descriptions
    for name in _OF_GAIT:
        if name not in labels:
            raise EntryFault(f"labels.{name}", "has no words")
    for place, texts in (("labels", labels), ("descriptions", descriptions)):
        for name, text in texts.items():
            if not text.strip():
                raise EntryFault(f"{place}.{name}", "is empty")
    for name, text in labels.items():
        check_fillings(f"labels.{name}", text, _OF_GAIT.get(name, ()))
    return FigureWords(MappingProxyType(labels), MappingProxyType(descriptions))
