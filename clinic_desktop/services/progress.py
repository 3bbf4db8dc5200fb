"""How far work that takes time has come, told to whoever started it; and how it is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol


class Cancelled(Exception):
    """Whoever started the work wants it no more. Whoever works leaves nothing half made."""


class Listener(Protocol):
    """Whoever started the work. Both are called in the thread that works."""

    def on_step(self, done: int, of: int) -> None:
        """So many of so many steps are done."""

    def wants_it_stopped(self) -> bool:
        """Whether it shall stop."""


_LISTENER: Final[ContextVar[Listener | None]] = ContextVar("progress", default=None)


def step(done: int, of: int) -> None:
    """Say how far it is, where anybody listens. Raises Cancelled where it is to stop."""
    listener = _LISTENER.get()
    if listener is not None:
        listener.on_step(done, of)
        if listener.wants_it_stopped():
            raise Cancelled


def is_watched() -> bool:
    """Whether anybody could stop what is done in this thread."""
    return _LISTENER.get() is not None


def to_be_stopped() -> bool:
    """Whether it is to stop, for work that cannot be left by an exception."""
    listener = _LISTENER.get()
    return listener is not None and listener.wants_it_stopped()


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Until the end of the block, what is done in this thread tells this listener."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
