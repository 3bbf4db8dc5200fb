"""Changes whose end nobody could tell: found out before anything else is written, and done once.

Where the disk fails at the very end of a commit, nobody knows whether the change is in the record;
to do it again could do it twice. Each change has an id of its own: the hash of its last entry in
the audit trail, which no other change has.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import AuditHead
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.words.translation import _

from . import audit
from .engine import checkpoint

P = ParamSpec("P")
R = TypeVar("R")
Asked = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One call that wrote: what was asked for, whoever asked and when, and what came of it."""

    name: str
    asked: Asked
    result: object


@dataclass(frozen=True, slots=True)
class Attempt:
    """A change, with the entry of the trail by which it is found."""

    last: AuditHead
    written: tuple[Written, ...]

    @property
    def made_something(self) -> bool:
        """Whether something new came of it that to do it again would make once more."""
        return any(one.result is not None for one in self.written)


class Unsettled:
    """The changes of one open record whose end could not be told when they were made, and whose
    turn it is to make one."""

    def __init__(self) -> None:
        self.turn = threading.RLock()
        """Held by whoever writes: the threads of one process queue here however long the disk
        takes, and none is told that another program is writing."""
        self._lock = threading.Lock()
        self._open: Attempt | None = None
        self._made: list[Attempt] = []
        """Those that are in the record though it was said that they could not be written."""

    def settle(self, engine: Engine) -> None:
        """Find out what came of the last change. Raises RecordUnavailable while that cannot be
        told: until then nothing else is written."""
        with self._lock:
            attempt = self._open
            if attempt is None:
                return
            there = came_about(engine, attempt.last)
            if there is None:
                raise RecordUnavailable(
                    _(
                        "The disk failed at the end of the last change. Nothing more is written"
                        " until it is known whether that change is in the record."
                    )
                )
            self._open = None
            if there:
                self._made.append(attempt)

    def keep(self, attempt: Attempt) -> None:
        """What came of this one is not known yet."""
        with self._lock:
            self._open = attempt

    def begins_like(self, name: str, asked: Asked) -> Attempt | None:
        """What is in the record already and began with this call, where there is such a one."""
        with self._lock:
            for attempt in self._made:
                first = attempt.written[0]
                if (first.name, first.asked) == (name, asked):
                    return attempt
        return None

    def went_on(self, again: Attempt | None) -> None:
        """Another change was made: `again` is settled, and to repeat an older one that only put
        something in another's place would no longer be the same."""
        with self._lock:
            self._made = [one for one in self._made if one is not again and one.made_something]


def came_about(engine: Engine, last: AuditHead) -> bool | None:
    """Whether the change that ended with this entry is in the record and durable now; None where
    that cannot be told yet."""
    try:
        with Session(engine.execution_options(begin="")) as fresh:
            if audit.hash_at(fresh, last.seq) != last.hash:
                return False
        # Out of the log, which the disk did not take, into the file.
        return True if checkpoint(engine) else None
    except RecordUnavailable:
        return None


class Writing:
    """What one unit of work wrote so far; what is in the record already is not written again."""

    def __init__(self, unsettled: Unsettled | None) -> None:
        """Without what is unsettled it only reads."""
        self._unsettled = unsettled
        self._again: Attempt | None = None
        self.written: list[Written] = []

    def call(self, name: str, given: Asked, does: Callable[[], R]) -> R:
        """Do it, or give what came of it when it was done before."""
        if self._unsettled is None:
            # To begin as a reader and write half way is to be refused when another wrote since.
            raise RuntimeError("a unit of work that will write says so at its beginning")
        asked = _timeless(given)
        place = len(self.written)
        if place == 0:
            self._again = self._unsettled.begins_like(name, asked)
        known = self._again.written[place : place + 1] if self._again is not None else ()
        if [(one.name, one.asked) for one in known] == [(name, asked)]:
            result: R = known[0].result  # type: ignore[assignment]
        else:
            result = does()
        self.written.append(Written(name, asked, result))
        return result

    def made(self) -> None:
        """It is durable."""
        if self._unsettled is not None and self.written:
            self._unsettled.went_on(self._again)

    def in_doubt(self, last: AuditHead) -> None:
        """It could not be told whether it is in the record."""
        if self._unsettled is not None and self.written:
            self._unsettled.keep(Attempt(last, tuple(self.written)))


def _timeless(given: Asked) -> Asked:
    """What was asked for; when is no part of it."""
    moments = [one.at for one in given if isinstance(one, Act)]
    return tuple(_without(one, moments) for one in given if not isinstance(one, Act))


def _without(value: object, moments: list[dt.datetime]) -> object:
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = (field.name for field in fields(value))
    stamped = [name for name in names if getattr(value, name) in moments]
    return replace(value, **dict.fromkeys(stamped)) if stamped else value


class Writer(Protocol):
    """A unit of work, as far as it writes."""

    @property
    def writing(self) -> Writing:
        """What it wrote so far."""


W = TypeVar("W", bound=Writer)


def writes(method: Callable[Concatenate[W, P], R]) -> Callable[Concatenate[W, P], R]:
    """Mark a method of a unit of work as one that writes: what is in the record already, since it
    was tried before, it does not do again."""

    @wraps(method)
    def once(self: W, /, *given: P.args, **named: P.kwargs) -> R:
        asked = (*given, *(item for pair in sorted(named.items()) for item in pair))
        return self.writing.call(method.__name__, asked, lambda: method(self, *given, **named))

    return once
