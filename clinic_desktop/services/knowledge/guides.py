"""Help on each test and each group of questions: how it is done, what counts, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import msgspec

import resources
from clinic_desktop.domain.errors import BrokenKnowledge

from .catalogue_files import FALLBACK_LANGUAGE, load_catalogue

FOLDER: Final = "guides"


@dataclass(frozen=True, slots=True)
class Guide:
    """What there is to know of one group of the form, in sentences."""

    how: str
    """How it is done or asked."""
    tells: str
    """What it tells, and what it does not."""
    positive: str = ""
    """What counts, with thresholds and units."""
    mistakes: str = ""
    """What often goes wrong."""
    safety: str = ""
    """When not to, and when to stop; empty where it is nothing but asking."""


class _Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of a language as written."""

    how: str
    tells: str
    positive: str = ""
    mistakes: str = ""
    safety: str = ""


@cache
def load_guides(language: str = FALLBACK_LANGUAGE) -> Mapping[str, Guide]:
    """The guides of a language by the group's id; one that is not shipped reads as English.

    Raises BrokenKnowledge with file, place and reason.
    """
    file = f"{FOLDER}/{language}.toml"
    try:
        text = resources.text(file)
    except FileNotFoundError:
        if language == FALLBACK_LANGUAGE:
            raise BrokenKnowledge(f"{file}: whole file: is not there") from None
        return load_guides(FALLBACK_LANGUAGE)
    return guides_from(text, file)


def guides_from(text: str, file: str) -> Mapping[str, Guide]:
    """Build guides from the text of their file: one for each group of the catalogue, no more.

    Raises BrokenKnowledge naming `file`.
    """
    try:
        written: dict[str, Any] = msgspec.toml.decode(text)
        found = {name: msgspec.convert(table, _Guide) for name, table in written.items()}
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BrokenKnowledge(f"{file}: {' '.join(str(error).split())}") from error
    groups = load_catalogue().groups
    for name in found:
        if name not in groups:
            raise BrokenKnowledge(f"{file}: {name}: the catalogue has no such group")
    for name in groups:
        guide = found.get(name)
        if guide is None or not guide.how.strip() or not guide.tells.strip():
            raise BrokenKnowledge(f"{file}: {name}: needs how and tells")
    return MappingProxyType(
        {name: Guide(g.how, g.tells, g.positive, g.mistakes, g.safety) for name, g in found.items()}
    )
