"""Counts the syllables of a Spanish word by the rules of its spelling."""

from __future__ import annotations

import re
from typing import Final

_STRONG: Final = frozenset("aeoáéíóú")
"""Each is the core of a syllable of its own: i and u too where they carry an accent."""
_VOWELS: Final = "aeiouáéíóúü"
_SILENT_U: Final = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_SILENT_H: Final = re.compile(rf"(?<=[{_VOWELS}])h(?=[{_VOWELS}])")
_LAST_Y: Final = re.compile(r"y$")
_RUN: Final = re.compile(rf"[{_VOWELS}]+")


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word, at least one.

    Two strong vowels stand apart (le-er, dí-a); a weak one leans on its neighbour (cua-tro, ciu-
    dad); the u of que and gui is silent, an h between vowels parts nothing, a last y is a vowel.
    """
    plain = _SILENT_U.sub("", word.lower())
    plain = _LAST_Y.sub("i", _SILENT_H.sub("", plain))
    runs = _RUN.findall(plain)
    return max(1, sum(max(1, sum(letter in _STRONG for letter in run)) for run in runs))
