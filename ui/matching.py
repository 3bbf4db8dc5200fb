"""Which letters of a result were typed, and which names on screen are easily mixed up."""

from __future__ import annotations

import re
from itertools import combinations

SHORTEST_MIXED_UP = 4
"""Letters a differing word must have before two names count as look-alikes."""


def matched(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Start and end of the beginnings of words in a text that the typed words match."""
    folded = text.casefold()
    if len(folded) != len(text):
        return ()
    spans = []
    for word in typed.casefold().split():
        pattern = rf"(?<!\w){re.escape(word)}" if word.isalpha() else re.escape(word)
        if found := re.search(pattern, folded):
            spans.append(found.span())
    return tuple(sorted(spans))


def look_alikes(names: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Pairs of places in a list whose names are equal or differ by one or two letters."""
    return tuple(
        (first, second)
        for first, second in combinations(range(len(names)), 2)
        if _alike(names[first], names[second])
    )


def _alike(first: str, second: str) -> bool:
    one, two = _words(first), _words(second)
    if len(one) != len(two):
        return False
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if not differing:
        return True
    if len(differing) > 1:
        return False
    a, b = differing[0]
    return min(len(a), len(b)) >= SHORTEST_MIXED_UP and _distance(a, b) <= 2


def _words(name: str) -> list[str]:
    return sorted(re.findall(r"\w+", name.casefold()))


def _distance(first: str, second: str) -> int:
    """Letters to insert, remove or change to make one word of the other (Levenshtein)."""
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        line = [row]
        for column, other in enumerate(second, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other)))
        above = line
    return above[-1]
