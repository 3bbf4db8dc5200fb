"""Sixty names and sentences that may turn up on screen and paper, and nowhere else."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CANARIES = tuple(f"Canary{number:02d}Quetzal" for number in range(60))


def found_in(text: str) -> list[str]:
    """The canaries in a text, however it is spelt."""
    folded = text.casefold()
    return [canary for canary in CANARIES if canary.casefold() in folded]


def found_below(folder: Path) -> list[str]:
    """The canaries in names and contents of the files below a folder."""
    found = []
    for path in folder.rglob("*"):
        found += [f"name {path.name}"] if found_in(path.name) else []
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            spelt = [content.decode(code, "replace") for code in ("utf-8", "utf-16-le")]
            found += [f"in {path.name}"] if any(map(found_in, spelt)) else []
    return found


@contextmanager
def hooks_kept() -> Iterator[None]:
    """Gives the hooks of the process back afterwards."""
    root = logging.getLogger()
    before = (
        sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning,
        logging.raiseExceptions, root.handlers[:], root.level,
    )  # fmt: skip
    try:
        yield
    finally:
        (
            sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning,
            logging.raiseExceptions, root.handlers[:], level,
        ) = before  # fmt: skip
        root.setLevel(level)
