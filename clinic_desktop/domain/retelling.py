"""The value that a chain of changes leads to: the other way round of `differences`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from .differences import APART
from .values import Key, Side

_Value = TypeVar("_Value")
_SIDES: Final = frozenset(Side)


def retold(kind: type[_Value], told: Iterable[tuple[str, str | None]]) -> _Value:
    """The value of a dataclass that changes lead to, each a field and what it then held as JSON,
    oldest first.

    Raises ValueError, KeyError, TypeError or AttributeError where they lead to none.
    """
    plain: dict[str, Any] = {}
    for field, after in told:
        name, apart, part = field.partition(APART)
        at = plain.setdefault(name, {}) if apart else plain
        key = part if apart else name
        if after is None:
            at.pop(key, None)
        else:
            at[key] = json.loads(after)
    value: _Value = _value(kind, plain)
    return value


def _value(kind: Any, plain: Any) -> Any:
    """A value of a type, from what JSON holds of it."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(parts, plain)
    if kind is Key:
        return Key(plain[0], Side(plain[1]) if plain[1] else None)
    if kind is dt.date:
        return dt.date.fromisoformat(plain)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        held = {f.name: plain[f.name] for f in fields(kind) if f.name in plain}
        return kind(**{name: _value(hints[name], one) for name, one in held.items()})
    if origin is tuple:
        return tuple(_value(parts[0], one) for one in plain)
    if origin is not None and issubclass(origin, Mapping):
        name_of = key_of if parts[0] is Key else str
        return {name_of(name): _value(parts[1], one) for name, one in plain.items()}
    return plain


def _one_of(parts: tuple[Any, ...], plain: Any) -> Any:
    if plain is None:
        return None
    if dt.date in parts or any(is_dataclass(part) for part in parts):
        return _value(next(part for part in parts if part is not NoneType), plain)
    if Side in parts:
        return Side(plain)
    return tuple(plain) if isinstance(plain, list) else plain


def key_of(name: str) -> Key:
    """A finding's key from the name that the trail gives it, as in `slr.result@right`."""
    finding, _at, side = name.partition("@")
    return Key(finding, Side(side) if side in _SIDES else None)
