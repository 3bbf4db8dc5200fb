"""Where a command gets the passphrase from: a prompt, a file descriptor or a file, nothing else."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.whole_files import reason_of

LARGEST: Final = 4096
"""Bytes of a passphrase, with the line's end."""


class Credentials(NamedTuple):
    """How somebody signs in without a window."""

    passphrase: Callable[[], str]
    """Asks for it only when it is needed."""
    login: str | None = None
    """None where only one can sign in."""


def credentials_in(arguments: Namespace) -> Credentials:
    """How the command line lets somebody sign in."""
    return Credentials(lambda: passphrase_in(arguments), arguments.user)


def signs_in(arguments: Namespace) -> bool:
    """Whether the command line says who signs in."""
    return (arguments.user, arguments.passphrase_fd, arguments.key_file) != (None, None, None)


def passphrase_in(arguments: Namespace, *, twice: bool = False) -> str:
    """The passphrase; asked twice where it is a new one. Raises ChartError where it cannot be
    read."""
    if arguments.passphrase_fd is not None:
        return _text(_from_descriptor(arguments.passphrase_fd))
    if arguments.key_file is not None:
        return _text(_from_file(arguments.key_file))
    if sys.stdin is None or not sys.stdin.isatty():
        raise ChartError("a passphrase is needed: give --passphrase-fd N or --key-file FILE")
    from getpass import getpass  # only here: the window never asks at a terminal

    try:
        given = getpass("Passphrase: ")
        if twice and getpass("Once more: ") != given:
            raise ChartError("the two passphrases are not the same")
    except EOFError:
        raise ChartError("a passphrase is needed") from None
    return given


def _from_descriptor(descriptor: int) -> bytes:
    try:
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as problem:
        raise ChartError(f"--passphrase-fd {descriptor}: {reason_of(problem)}") from None


def _from_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as problem:
        raise ChartError(f"--key-file {path}: {reason_of(problem)}") from None


def _text(content: bytes) -> str:
    """The first line, without its end; blanks at its ends belong to it."""
    if len(content) > LARGEST:
        raise ChartError(f"a passphrase has at most {LARGEST} bytes")
    try:
        return content.decode("utf-8").split("\n")[0].rstrip("\r")
    except UnicodeDecodeError:
        raise ChartError("the passphrase is not UTF-8 text") from None
