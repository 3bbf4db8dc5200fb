"""The clinic's own settings: a small TOML file beside the record."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Final

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import ChartError

from .translation import _
from .whole_files import replace_file

FILE_NAME: Final = "settings.toml"
LOGO: Final = "logo"
LARGEST_LOGO: Final = 2_000_000
"""Bytes of the logo's file."""


def load_clinic(folder: Path) -> Clinic:
    """The clinic as `[clinic]` in the settings names it; without settings a blank one.

    `logo` names a picture beside the settings, PNG or JPEG. Raises ChartError, naming file and
    place, where there are settings that cannot be read. Keys of a newer program are passed over.
    """
    nameless = Clinic(_("Your clinic"))
    try:
        settings = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return nameless
    except OSError as problem:
        raise ChartError(f"{FILE_NAME}: {problem.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ChartError(f"{FILE_NAME}: {problem}") from None
    given = settings.get("clinic", {})
    if not isinstance(given, dict):
        raise ChartError(f"{FILE_NAME}: clinic must be a table")
    known = {field.name: given[field.name] for field in fields(Clinic) if field.name in given}
    for key, value in known.items():
        if not isinstance(value, str):
            raise ChartError(f"{FILE_NAME}: clinic.{key} must be text")
    logo = _logo(folder, str(known.pop(LOGO))) if known.get(LOGO) else b""
    known.pop(LOGO, None)
    return Clinic(**{"name": nameless.name, **known, LOGO: logo})


def write_clinic(folder: Path, clinic: Clinic) -> None:
    """Write the first settings of a clinic; where there are some, they stay. Raises ChartError."""
    if (folder / FILE_NAME).exists():
        return
    lines = ["[clinic]"]
    for field in fields(Clinic):
        value = getattr(clinic, field.name)
        if isinstance(value, str) and value:
            # A JSON string is a TOML string too, but for the one letter that JSON leaves as it is.
            text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
            lines.append(f"{field.name} = {text}")
    try:
        replace_file(folder / FILE_NAME, ("\n".join(lines) + "\n").encode())
    except OSError as problem:
        raise ChartError(f"{FILE_NAME}: {problem.strerror}") from None


def _logo(folder: Path, name: str) -> bytes:
    """The logo's file; it must lie beside the settings. Raises ChartError."""
    place = f"{FILE_NAME}: clinic.{LOGO}"
    if Path(name).name != name:
        raise ChartError(f"{place} must be the name of a file beside {FILE_NAME}")
    try:
        with (folder / name).open("rb") as file:
            content = file.read(LARGEST_LOGO + 1)
    except OSError as problem:
        raise ChartError(f"{place}: {name}: {problem.strerror}") from None
    if len(content) > LARGEST_LOGO:
        raise ChartError(f"{place}: {name}: has more than {LARGEST_LOGO} bytes")
    return content
