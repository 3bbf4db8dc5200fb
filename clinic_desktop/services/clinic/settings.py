"""The clinic's own settings: a small TOML file beside the record."""

from __future__ import annotations

import stat
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.texts import character_name, composed, unfit_in_text
from clinic_desktop.services.words.distances import UNITS
from clinic_desktop.services.words.translation import _

if TYPE_CHECKING:
    from clinic_desktop.domain.documents import Clinic

FILE_NAME: Final = "settings.toml"
LOGO: Final = "logo"
DISTANCE: Final = "distance"
SAMPLE: Final = "sample"
"""Whether the clinic's patients are invented."""
LARGEST_FILE: Final = 100_000
"""Bytes: a file of settings has some hundreds."""
LONGEST_SETTING: Final = 500
"""Characters: an address of many lines."""
LARGEST_LOGO: Final = 2_000_000
"""Bytes of the logo's file."""


def load_clinic(folder: Path) -> Clinic:
    """The clinic as `[clinic]` in the settings names it; without settings a blank one.

    `logo` names a picture beside the settings, PNG or JPEG; `distance` is km or miles. Raises
    ChartError, naming file and place, where there are settings that cannot be read. Keys of a
    newer program are passed over.
    """
    # Only here: the entrance reads its own settings, and stands sooner without what papers need.
    from clinic_desktop.domain.documents import Clinic

    given = read_table(folder, "clinic")
    known = {field.name: given[field.name] for field in fields(Clinic) if field.name in given}
    invented = known.pop(SAMPLE, False)
    if not isinstance(invented, bool):
        raise ChartError(f"{FILE_NAME}: clinic.{SAMPLE} must be true or false")
    for key, value in known.items():
        known[key] = checked_text(value, f"{FILE_NAME}: clinic.{key}")
    if known.get(DISTANCE, UNITS[0]) not in UNITS:
        raise ChartError(f"{FILE_NAME}: clinic.{DISTANCE} must be {' or '.join(UNITS)}")
    logo = _logo(folder, str(known.pop(LOGO))) if known.get(LOGO) else b""
    known.pop(LOGO, None)
    told = _("SAMPLE: an invented runner. Not for any patient.") if invented else ""
    return Clinic(**{"name": _("Your clinic"), **known, LOGO: logo, SAMPLE: told})


def read_table(folder: Path, table: str) -> dict[str, Any]:
    """A table of the settings; empty where it is not there, or there are none. Raises ChartError,
    naming file and place."""
    try:
        given = read_settings(folder).get(table, {})
    except (FileNotFoundError, NotADirectoryError):
        return {}
    if not isinstance(given, dict):
        raise ChartError(f"{FILE_NAME}: {table} must be a table")
    return given


def read_settings(folder: Path) -> dict[str, Any]:
    """All that the settings say. Raises FileNotFoundError, NotADirectoryError, ChartError."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as problem:
        raise ChartError(f"{FILE_NAME}: {problem.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise ChartError(f"{FILE_NAME}: has more than {LARGEST_FILE} bytes")
    try:
        # Some editors put a mark before the text.
        return tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise ChartError(f"{FILE_NAME}: is nested too deeply") from None
    except tomllib.TOMLDecodeError as problem:
        raise ChartError(f"{FILE_NAME}: {problem}") from None
    except UnicodeDecodeError as problem:
        raise ChartError(f"{FILE_NAME}: is not UTF-8 at byte {problem.start}") from None
    except ValueError:  # a number of more figures than Python reads
        raise ChartError(f"{FILE_NAME}: holds a number or date that is none") from None


def checked_text(value: object, place: str) -> str:
    """A text as it may stand on paper. Raises ChartError."""
    if not isinstance(value, str):
        raise ChartError(f"{place} must be text")
    if len(value) > LONGEST_SETTING:
        raise ChartError(f"{place}: {len(value)} characters are more than {LONGEST_SETTING}")
    stranger = unfit_in_text(value)
    if stranger is not None:
        raise ChartError(f"{place} holds {character_name(stranger)}, which no text may hold")
    return composed(value)


def _logo(folder: Path, name: str) -> bytes:
    """The logo's file; it must lie beside the settings. Raises ChartError."""
    place = f"{FILE_NAME}: clinic.{LOGO}"
    if Path(name).name != name or "\\" in name or ":" in name:
        raise ChartError(f"{place} must be the name of a file beside {FILE_NAME}")
    try:
        if not stat.S_ISREG((folder / name).stat().st_mode):
            raise ChartError(f"{place}: {name}: is no file")
        with (folder / name).open("rb") as file:
            content = file.read(LARGEST_LOGO + 1)
    except OSError as problem:
        raise ChartError(f"{place}: {name}: {problem.strerror}") from None
    if len(content) > LARGEST_LOGO:
        raise ChartError(f"{place}: {name}: has more than {LARGEST_LOGO} bytes")
    return content
