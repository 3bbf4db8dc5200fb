"""Lets the n-th thing that our own code does to a file fail, as a disk or a hand would."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

HARMS: Final = ("EIO", "ENOSPC", "short", "stopped", "EIO for good")
"""A disk that fails, a full one, a write that is cut short without a word, Ctrl+C, a disk that is
gone for good."""


@dataclass(slots=True)
class Fault:
    """What is to fail, and whether it came to that."""

    place: int
    harm: str
    under: Path
    seen: int = 0
    struck: str = ""
    """The call that failed; empty where there were not so many."""

    def comes(self, name: str) -> bool:
        """Let one call come. Raises what harms it; True where a write is to be cut short."""
        number, self.seen = self.seen, self.seen + 1
        for_good = self.harm == "EIO for good" and number > self.place
        if number != self.place and not for_good:
            return False
        self.struck = self.struck or name
        match self.harm:
            case "short":
                return True
            case "stopped":
                raise KeyboardInterrupt
            case "ENOSPC":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def concerns(self, path: object) -> bool:
        """Whether it is a file of the clinic, by its path."""
        if not isinstance(path, str | os.PathLike):
            return False
        return Path(os.fspath(path)).is_relative_to(self.under)


class FaultyFile:
    """A file whose writing may fail; everything else is the file's own."""

    def __init__(self, file: Any, fault: Fault) -> None:
        self._file = file
        self._fault = fault

    def write(self, content: bytes) -> int:
        if self._fault.comes("write"):
            self._file.write(content[: len(content) // 2])
        else:
            self._file.write(content)
        return len(content)

    def __enter__(self) -> FaultyFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """Until the end of the block, calls of Python's own to files may fail: SQLite's own calls are
    below this and are tried by the power cuts and the disks of this folder."""

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(first: Any, *more: Any, **named: Any) -> Any:
            # A fault of a write only: other calls have nothing to cut short.
            ours = name == "fsync" or fault.concerns(first) or named.get("dir_fd") is not None
            if ours and fault.harm != "short":
                fault.comes(name)
            return real(first, *more, **named)

        return call

    real_open = io.open

    def opened(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        writes = any(letter in mode for letter in "wxa+")
        if writes and fault.harm != "short" and fault.concerns(file):
            fault.comes("open")
        made = real_open(file, mode, *more, **named)
        binary = writes and "b" in mode
        return FaultyFile(made, fault) if binary else made

    with pytest.MonkeyPatch.context() as patched:
        for name in ("open", "fsync", "replace", "unlink", "mkdir"):
            patched.setattr(os, name, counted(name, getattr(os, name)))
        patched.setattr(io, "open", opened)
        yield
