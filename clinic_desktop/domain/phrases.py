"""Phrases: texts that are written often, by a short name; what is still to fill in is in braces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

TRIGGER: Final = "."
"""Before a phrase's name, at the start of a word: no sentence has it there, and a number goes on
with a figure."""
LONGEST_NAME: Final = 20
LONGEST_PHRASE: Final = 500
"""Characters: a paragraph."""
MOST_PHRASES: Final = 100
"""Of a clinic's own; more of them nobody remembers."""

_LETTER: Final = r"[^\W\d_]"
_NAME: Final = re.compile(rf"{_LETTER}[\w-]{{0,{LONGEST_NAME - 1}}}")
_ASKED: Final = re.compile(rf"(?:^|[\s(\[])\.((?:{_LETTER}[\w-]{{0,{LONGEST_NAME - 1}}})?)$")
_PLACE: Final = re.compile(r"\{[^{}\n]{1,60}\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and the name that stands for it."""

    name: str
    text: str
    own: bool = False
    """Whether the clinic wrote it; else it ships with the program."""


def is_name(name: str) -> bool:
    """Whether a phrase can be called so: a letter, then letters, figures, `-` and `_`."""
    return _NAME.fullmatch(name) is not None


def asked_for(before: str) -> str | None:
    """What stands of a phrase's name right before the cursor, blank behind the trigger alone; None
    where no phrase is asked for."""
    found = _ASKED.search(before)
    return found.group(1) if found else None


def fitting(phrases: Iterable[Phrase], asked: str) -> tuple[Phrase, ...]:
    """The phrases that what was typed may mean: by their names first, then by a word of them."""
    wanted, by_name, by_word = _plain(asked), [], []
    for phrase in phrases:
        if _plain(phrase.name).startswith(wanted):
            by_name.append(phrase)
        elif any(word.startswith(wanted) for word in re.findall(r"\w+", _plain(phrase.text))):
            by_word.append(phrase)
    return (*by_name, *by_word)


def open_places(text: str) -> tuple[tuple[int, int], ...]:
    """Where something is still to fill in, as in `{how long}`: start and end of each."""
    return tuple(found.span() for found in _PLACE.finditer(text))


def open_words(text: str) -> tuple[str, ...]:
    """What is still to fill in, as it stands there."""
    return tuple(text[start:end] for start, end in open_places(text))


def _plain(text: str) -> str:
    """Small letters without accents, as they are compared."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in bare if not unicodedata.combining(one))
