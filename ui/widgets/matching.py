"""Which letters of a result were typed, and which names on screen are easily mixed up."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import combinations

from clinic_desktop.domain.likeness import MOST_SLIPS, slips

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
    return min(len(a), len(b)) >= SHORTEST_MIXED_UP and slips(a, b) <= MOST_SLIPS


def _words(name: str) -> list[str]:
    return sorted(re.findall(r"\w+", name.casefold()))


def differing(name: str, other: str) -> tuple[tuple[int, int], ...]:
    """Start and end of what a name has and another, easily taken for it, has not; of a letter that
    only the other has, the two around it."""
    found = []
    for tag, start, end, *_there in SequenceMatcher(None, name, other, False).get_opcodes():
        if tag == "insert":
            start, end = max(0, start - 1), min(len(name), end + 1)
        if tag != "equal":
            found.append((start, end))
    return tuple(found)
