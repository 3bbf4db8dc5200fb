"""How hard a text is to read, in English and Spanish, and which of its words have a plainer one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import msgspec

import resources
from clinic_desktop.domain.errors import BrokenKnowledge

from .spanish_syllables import spanish_syllables

HIGHEST_GRADE: Final = 6.0
"""Flesch-Kincaid: American school years. Sixth grade or below is what guides for patient
education ask for (AAACN)."""
LEAST_EASE: Final = 70.0
"""Fernandez Huerta 1959: 70 to 80 is the band of the sixth school year, above is easier."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_SENTENCE_END: Final = re.compile(r"[.!?:;…]+(?!\d)|\n+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text is."""

    score: float
    measure: str
    """`grade`: Flesch-Kincaid school years, lower is easier (English). `ease`: Fernandez Huerta,
    0 to 100 and beyond, higher is easier (Spanish)."""
    ok: bool
    """Whether it reads at grade 6 or below; a text without words does."""


class _PlainFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's list of plainer words as written."""

    words: dict[str, str]
    syllables: dict[str, int] = {}


def grade(text: str, language: str) -> Reading:
    """How hard a text in `en` or `es` is to read; another language counts as English."""
    spanish = language == "es"
    words = _WORD.findall(text)
    if not words:
        return Reading(0.0, "ease" if spanish else "grade", ok=True)
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(text))
    long = len(words) / sentences
    per_word = sum(syllables(word, language) for word in words) / len(words)
    if spanish:
        # Fernandez Huerta 1959, with words for each sentence (the printed formula's misprint set
        # right by Law 2011).
        ease = 206.84 - 60.0 * per_word - 1.02 * long
        return Reading(ease, "ease", ease >= LEAST_EASE)
    # Kincaid et al. 1975.
    years = 0.39 * long + 11.8 * per_word - 15.59
    return Reading(years, "grade", years <= HIGHEST_GRADE)


def syllables(word: str, language: str) -> int:
    """How many syllables a word has; a number counts as a short word."""
    if not word[:1].isalpha():
        return 1
    if language == "es":
        return spanish_syllables(word)
    return _english_syllables(word.lower().replace("’", "'"))


@cache
def _english_syllables(word: str) -> int:
    known = _list("en").syllables.get(word)
    if known is not None:
        return known
    # Only here: its word list takes a twentieth of a second, and most commands never need it.
    import syllapy  # type: ignore[import-untyped]

    return max(1, int(syllapy.count(word)))


def hard_words(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Words of a text, as written, that have a plainer one, with that one; each once, in order."""
    plainer = _plainer(language)
    found = {match.group().lower(): match.group() for match in _hard(language).finditer(text)}
    return tuple((written, plainer[word]) for word, written in found.items())


@cache
def _plainer(language: str) -> Mapping[str, str]:
    return MappingProxyType({word.lower(): other for word, other in _list(language).words.items()})


@cache
def _hard(language: str) -> re.Pattern[str]:
    # Longest first, so that "prior to" is found before "prior".
    words = sorted(_plainer(language), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


@cache
def _list(language: str) -> _PlainFile:
    """The shipped list; a language without one has the English list. Raises BrokenKnowledge."""
    file = f"plan/plain-{'es' if language == 'es' else 'en'}.toml"
    return plain_words_from(resources.text(file), file)


def plain_words_from(text: str, file: str) -> _PlainFile:
    """Read a list of plainer words. Raises BrokenKnowledge naming `file`."""
    try:
        found = msgspec.toml.decode(text, type=_PlainFile)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BrokenKnowledge(f"{file}: {error}") from error
    for word, other in found.words.items():
        if not word.strip() or not other.strip():
            raise BrokenKnowledge(f"{file}: words.{word}: is empty")
    if not found.words:
        raise BrokenKnowledge(f"{file}: words: is empty")
    return found
