"""Words that can be completed while they are typed: of the program's own texts, and of a chart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import Final

LEAST_TYPED: Final = 3
"""Letters after which the likeliest word is offered, whichever it is."""
LEAST_SURE: Final = 2
"""Letters after which a word is offered that this chart has, or that most texts mean by them."""
LEAST_SPARED: Final = 2
"""Letters that a key must spare: for one letter it is none saved."""
_MOSTLY: Final = 0.5
_WORD: Final = re.compile(r"[^\W\d_]+")
_BEGUN: Final = re.compile(r"[^\W_]+$")


class Vocabulary:
    """Words by how often they stand in some texts; those all in capitals are left out."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = Counter(word for text in texts for word in words_of(text))
        self._counts = counted
        self._sorted = sorted(counted)

    def rest_of(self, begun: str) -> str:
        """The rest of the likeliest word that begins so; blank where none is likely."""
        if len(begun) < LEAST_SURE:
            return ""
        words = self._beginning(begun)
        longer = [word for word in words if len(word) >= len(begun) + LEAST_SPARED]
        if not longer:
            return ""
        best = max(longer, key=lambda word: (self._counts[word], -len(word)))
        if len(begun) < LEAST_TYPED:
            among = sum(self._counts[word] for word in words)
            if self._counts[best] < _MOSTLY * among:
                return ""
        return best[len(begun) :]

    def _beginning(self, begun: str) -> list[str]:
        start = bisect_left(self._sorted, begun)
        found = []
        for word in self._sorted[start:]:
            if not word.startswith(begun):
                break
            found.append(word)
        return found


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without those all in capitals: `SLR` is no word."""
    found = _WORD.findall(text)
    return [word.lower() for word in found if len(word) == 1 or not word.isupper()]


def recent_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of some texts, the newest text first: each once, the one written last first."""
    return tuple(dict.fromkeys(word for text in texts for word in reversed(words_of(text))))


def rest_of_word(before: str, written: Iterable[str], known: Vocabulary) -> str:
    """The rest of the word right before the cursor, at the end of a text.

    A word of this very text, or of `written`, the chart's words with the newest first, goes before
    those of the program's own. Blank where nothing is offered.
    """
    found = _BEGUN.search(before)
    begun = found.group() if found else ""
    if len(begun) < LEAST_SURE or not begun.isalpha() or begun[1:] != begun[1:].lower():
        return ""
    here, begun = recent_words((before[: -len(begun)],)), begun.lower()
    for word in (*here, *written):
        if word.startswith(begun) and len(word) >= len(begun) + LEAST_SPARED:
            return word[len(begun) :]
    return known.rest_of(begun)
