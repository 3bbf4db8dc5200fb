"""Writes into the clinic's settings; all else in them stays as it was, comments too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.whole_files import replace_file
from clinic_desktop.services.words.translation import _

from .settings import FILE_NAME, LARGEST_FILE, read_settings

_MARK: Final = "\ufeff"
"""What some editors put before the text."""

Tables = Mapping[str, Mapping[str, str | int | bool | None]]
"""Of each table the keys to write; None takes a key out."""


def write_settings(folder: Path, tables: Tables) -> None:
    """Write some keys into the settings.

    Raises ChartError where they cannot be read or written; then they are as they were.
    """
    path = folder / FILE_NAME
    before = _as_written(path)
    after = _changed(before.removeprefix(_MARK), tables)
    if before.startswith(_MARK):
        after = _MARK + after
    if "\r\n" in before:
        after = after.replace("\r\n", "\n").replace("\n", "\r\n")
    content = after.encode()
    if len(content) > LARGEST_FILE:
        raise ChartError(f"{FILE_NAME}: has more than {LARGEST_FILE} bytes")
    try:
        replace_file(path, content)
    except OSError as problem:
        said = _("{file}: cannot be written: {reason}")
        raise ChartError(said.format(file=FILE_NAME, reason=problem.strerror)) from None


def _as_written(path: Path) -> str:
    """The settings as they stand. Raises ChartError: what cannot be read is not written over."""
    try:
        read_settings(path.parent)
        # As bytes: line ends stay what they are.
        return path.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as problem:
        raise ChartError(f"{FILE_NAME}: {problem.strerror}") from None


def _changed(before: str, tables: Tables) -> str:
    # Only here: it takes as long to load as a page takes to draw, and is needed once in months.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        settings = tomlkit.parse(before)
        for name, keys in tables.items():
            if name not in settings:
                settings[name] = tomlkit.table()
            table = settings[name]
            if not isinstance(table, dict):
                raise ChartError(f"{FILE_NAME}: {name} must be a table")
            for key, value in keys.items():
                if value is None:
                    table.pop(key, None)
                else:
                    table[key] = value
        return tomlkit.dumps(settings)
    except TOMLKitError as problem:
        raise ChartError(f"{FILE_NAME}: {problem}") from None
