"""Speaks to whoever called the program: text on standard output, faults on standard error."""

from __future__ import annotations

import sys
from typing import TextIO


def say(text: str) -> None:
    """Print a text and a line's end on standard output."""
    _print(text + "\n", sys.stdout)


def complain(line: str) -> None:
    """Print one line on standard error."""
    _print(line + "\n", sys.stderr)


def hand_over(content: bytes) -> None:
    """Put bytes on standard output as they are."""
    if sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _print(text: str, stream: TextIO | None) -> None:
    if stream is None:  # a program without a console on Windows
        return
    encoding = stream.encoding or "utf-8"
    # A terminal of an older code page shows a question mark rather than nothing at all.
    stream.write(text.encode(encoding, "replace").decode(encoding))
