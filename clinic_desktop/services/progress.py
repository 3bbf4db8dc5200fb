"""How far work that takes time has come, told to whoever started it; and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final


class Cancelled(Exception):
    """Whoever started the work wants it no more. Whoever works leaves nothing half made."""


Listener = Callable[[int, int], None]
"""Is told how many of how many steps are done; raises Cancelled."""

_LISTENER: Final[ContextVar[Listener | None]] = ContextVar("progress", default=None)


def step(done: int, of: int) -> None:
    """Say how far it is. Raises Cancelled where it is to stop; nothing where nobody listens."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(done, of)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Until the end of the block, what is done in this thread tells this listener."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Until the end of the block, work tells nobody and is not stopped."""
    token = _LISTENER.set(None)
    try:
        yield
    finally:
        _LISTENER.reset(token)
