"""Finds texts by letters typed in order, beginnings of words first. Knows nothing of the window."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final

_START, _RUN, _LOOSE = 8, 12, -4
"""What a letter is worth at the start of a word, right behind the one before it, or elsewhere."""
_NEXT_WORD, _FIRST_WORD = 5, 1
"""What a start is worth more in the word after that of the letter before, or in the first word."""
_LETTERS_PER_LOOSE: Final = 4
"""One letter of so many may stand loose; more would find nearly everything."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """A text made ready to be searched; made once, searched at each keystroke."""

    text: str
    folded: str
    """Letter for letter as the text, without case and accents."""
    starts: frozenset[int]
    """Where words begin."""
    word_at: tuple[int, ...]
    """For each letter the number of its word, from 1."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text fits what was typed, and where."""

    score: int
    spans: tuple[Span, ...]


def target(text: str) -> Target:
    """A text made ready to be searched."""
    folded = "".join(map(_folded, text))
    starts = frozenset(
        place
        for place, letter in enumerate(folded)
        if letter.isalnum() and (place == 0 or not folded[place - 1].isalnum())
    )
    word_at = tuple(accumulate(place in starts for place in range(len(folded))))
    return Target(text, folded, starts, word_at)


def match(where: Target, typed: str) -> Match | None:
    """How a text fits: each typed word must be found, in letters that no other has taken.

    Blank fits everything. None where it does not fit.
    """
    words = "".join(map(_folded, typed)).split()
    whole = _whole(where, " ".join(words))
    if whole is not None:
        return whole
    taken: set[int] = set()
    score = 0
    # The longest first: a short one finds letters nearly everywhere.
    for word in sorted(words, key=len, reverse=True):
        found = _best(where, word, taken)
        if found is None:
            return None
        score += found[0]
        taken.update(found[1])
    return Match(score, _spans(sorted(taken)))


def _whole(where: Target, typed: str) -> Match | None:
    """All that was typed in one piece, from the start of a word: nothing fits better."""
    place = where.folded.find(typed) if typed else -1
    while place >= 0 and place not in where.starts:
        place = where.folded.find(typed, place + 1)
    if place < 0:
        return None
    end = place + len(typed)
    ends_a_word = end == len(where.folded) or not where.folded[end].isalnum()
    worth = _worth(where, place, None) + _RUN * len(typed) + ends_a_word
    return Match(worth, ((place, place + len(typed)),))


@cache
def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter)[0].casefold()
    return plain if len(plain) == 1 else letter


def _could_fit(folded: str, word: str) -> bool:
    place = -1
    for letter in word:
        place = folded.find(letter, place + 1)
        if place < 0:
            return False
    return True


def _best(where: Target, word: str, taken: set[int]) -> tuple[int, tuple[int, ...]] | None:
    """The best places for the letters of one word, and what they are worth."""
    if not _could_fit(where.folded, word):
        return None
    ways: dict[int, tuple[int, int, tuple[int, ...]]] = {-2: (0, 0, ())}
    for letter in word:
        ways = _one_letter_on(where, letter, taken, ways)
    allowed = len(word) // _LETTERS_PER_LOOSE
    good = [(score, places) for score, loose, places in ways.values() if loose <= allowed]
    return max(good, key=lambda way: way[0], default=None)


def _one_letter_on(
    where: Target,
    letter: str,
    taken: set[int],
    ways: dict[int, tuple[int, int, tuple[int, ...]]],
) -> dict[int, tuple[int, int, tuple[int, ...]]]:
    """The best way to each place of a letter, from the best ways to the letter before it."""
    further: dict[int, tuple[int, int, tuple[int, ...]]] = {}
    place = where.folded.find(letter)
    while place >= 0:
        before = [way for end, way in ways.items() if end < place]
        if before and place not in taken:
            reached = []
            for score, loose, places in before:
                worth = _worth(where, place, places[-1] if places else None)
                reached.append((score + worth, loose + (worth < 0), (*places, place)))
            further[place] = max(reached, key=lambda way: (way[0], -way[1]))
        place = where.folded.find(letter, place + 1)
    return further


def _worth(where: Target, place: int, before: int | None) -> int:
    """What a letter is worth at a place, behind the letter before it."""
    if place in where.starts:
        follows = before is not None and where.word_at[place] == where.word_at[before] + 1
        first = where.word_at[place] == 1
        return _START + _NEXT_WORD * follows + _FIRST_WORD * first
    return _RUN if before == place - 1 else _LOOSE


def _spans(places: list[int]) -> tuple[Span, ...]:
    """Places next to each other as one span: start and end."""
    spans: list[Span] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)
