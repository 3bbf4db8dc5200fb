"""Why a paper could not be made, in the window's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from clinic_desktop.domain.errors import (
    MOST_NAMED,
    CannotPrint,
    ChartError,
    NamesTooLong,
    TooLargeToPrint,
    UnprintableText,
)
from clinic_desktop.domain.texts import character_name
from clinic_desktop.services.words.translation import _

_OF_ITEM: Final = re.compile(r"(dose|words) of plan item (\d+)")


@contextmanager
def saying_why() -> Iterator[None]:
    """What is printed within; where that cannot be, it is said in the window's language.

    Raises ChartError with those words.
    """
    try:
        yield
    except CannotPrint as problem:
        raise ChartError(why_not(problem)) from problem


def why_not(problem: CannotPrint) -> str:
    """Why a paper could not be made, in a sentence."""
    match problem:
        case UnprintableText(field=field, characters=characters):
            said = _("{field}: cannot print {names}; please write it in letters")
            if len(characters) > MOST_NAMED:
                said = _("{field}: cannot print {names} and others; please write it in letters")
            names = ", ".join(map(character_name, characters[:MOST_NAMED]))
            return said.format(field=_field(field), names=names)
        case NamesTooLong():
            return _("The names or the address are too long for the paper; please shorten them.")
        case TooLargeToPrint():
            return _("Something is too large for a page of this paper.")
    return str(problem)


def _field(name: str) -> str:
    """A field by its name; headings of a paper are in its language already."""
    if found := _OF_ITEM.fullmatch(name):
        said = _("dose of plan item {n}") if found[1] == "dose" else _("words of plan item {n}")
        return said.format(n=found[2])
    return {
        "patient's name": _("patient's name"),
        "clinician's name": _("clinician's name"),
        "clinic name": _("clinic's name"),
        "clinic phone": _("clinic's phone"),
        "clinic address": _("clinic's address"),
        "recipient": _("recipient"),
    }.get(name, name)
