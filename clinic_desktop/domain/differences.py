"""What differs between two states of a value, field by field: for any dataclass of the domain."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

APART: Final = "/"
"""Between a field and the entry in it, as in `findings/slr.result@right`."""
_NOTHING: Final[tuple[object, ...]] = (None, (), {})


@dataclass(frozen=True, slots=True)
class Change:
    """One field in two states, each as JSON; None where nothing stood there."""

    field: str
    before: str | None
    after: str | None


def changes(before: object | None, after: object | None) -> tuple[Change, ...]:
    """What differs between two states of one dataclass; None for a state in which it was not there.

    A field that holds a mapping is compared entry by entry. 58 is not 58.0, as in the record.
    """
    known = after if after is not None else before
    if known is None:
        return ()
    names = [field.name for field in fields(known)]  # type: ignore[arg-type]
    return tuple(
        change
        for name in names
        for change in _of_field(name, getattr(before, name, None), getattr(after, name, None))
    )


def as_json(value: object) -> str | None:
    """A value as canonical JSON: one text for one value, None for nothing at all."""
    if value is None:
        return None
    return json.dumps(
        _plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def _of_field(name: str, before: Any, after: Any) -> Iterator[Change]:
    if before is after:
        return
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        yield from _of_entries(name, before or {}, after or {})
    # A value that only now came to be says nothing by fields that hold nothing.
    elif not (before is None and after in _NOTHING) and not (after is None and before in _NOTHING):
        yield from _change(name, before, after)


def _of_entries(
    name: str, before: Mapping[Any, object], after: Mapping[Any, object]
) -> Iterator[Change]:
    for key in sorted({*before, *after}, key=str):
        yield from _change(f"{name}{APART}{key}", before.get(key), after.get(key))


def _change(name: str, before: object, after: object) -> Iterator[Change]:
    if before is after:
        return
    old, new = as_json(before), as_json(after)
    if old != new:
        yield Change(name, old, new)


def _plain(value: Any) -> Any:
    """The value in what JSON has: a dataclass by its fields, without those that hold nothing."""
    if is_dataclass(value):
        held = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _plain(one) for name, one in held if one is not None}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value
