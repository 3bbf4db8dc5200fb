"""Entries of a TOML file, checked one by one; what is wrong is told with file, place and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from string import Formatter
from typing import Any, TypeVar

import msgspec

from clinic_desktop.domain.errors import BrokenKnowledge

_Entry = TypeVar("_Entry")


class EntryFault(Exception):
    """What is wrong with an entry; the reader of the file adds its name."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")


def reading(file: str, build: Callable[[], _Entry]) -> _Entry:
    """What is built from a file. Raises BrokenKnowledge naming `file` for an entry at fault."""
    try:
        return build()
    except EntryFault as fault:
        raise BrokenKnowledge(f"{file}: {fault}") from fault


class Faults:
    """Gathers what is wrong, so that whoever writes the files is told all of it at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @contextmanager
    def gathered(self, before: str = "") -> Iterator[None]:
        """Note what is raised within as BrokenKnowledge or EntryFault, and go on after it.

        `before` stands before each of them: the name of the file.
        """
        try:
            yield
        except BrokenKnowledge as broken:
            self.found += (before + fault for fault in broken.faults)
        except EntryFault as fault:
            self.found.append(f"{before}{fault}")

    def refuse(self) -> None:
        """Raise BrokenKnowledge with all faults, where there are any."""
        if self.found:
            raise BrokenKnowledge(*dict.fromkeys(self.found))


def tables_in(text: str) -> dict[str, Any]:
    """A whole file as tables. Raises EntryFault."""
    try:
        found: dict[str, Any] = msgspec.toml.decode(text)
    except msgspec.DecodeError as error:
        # tomllib's message ends with "(at line 3, column 7)".
        reason, _, place = str(error).rpartition(" (at ")
        raise EntryFault(place.rstrip(")") or "whole file", reason or str(error)) from error
    except RecursionError:
        raise EntryFault("whole file", "is nested too deeply") from None
    except ValueError:  # a number of more figures than Python reads, a day that is none
        raise EntryFault("whole file", "holds a number or date that is none") from None
    return found


def entry_as(value: object, form: type[_Entry], place: str) -> _Entry:
    """An entry in the form it must have. Raises EntryFault naming the place within `place`."""
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        # msgspec's message may end with " - at `$.kind`".
        reason, _, path = str(error).partition(" - at `$")
        raise EntryFault((place + path.rstrip("`")).lstrip(".") or "whole file", reason) from error


def check_filled(place: str, text: str | tuple[str, ...]) -> None:
    """Make sure that each text says something. Raises EntryFault."""
    for part in (text,) if isinstance(text, str) else text:
        if not part.strip():
            raise EntryFault(place, "is empty")


def check_fillings(place: str, text: str, wanted: tuple[str, ...]) -> None:
    """Make sure that just these names stand in braces in a text. Raises EntryFault."""
    try:
        found = [field[1:] for field in Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        raise EntryFault(place, str(error)) from error
    plain = all(not form and not how for _, form, how in found)
    if not plain or sorted(str(name) for name, _, _ in found) != sorted(wanted):
        names = " and ".join(f"{{{name}}}" for name in wanted) or "nothing in braces"
        raise EntryFault(place, f"needs {names}")
