"""How far two words are apart, as slips of the fingers count it."""

from __future__ import annotations

from typing import Final

MOST_SLIPS: Final = 2
SHORT: Final = 5
"""Below so many letters one slip is as much as two in a longer word."""


def slips(first: str, second: str) -> int:
    """Letters to insert, remove, change, or swap with their neighbour, to make one word of the
    other (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        line = [row]
        for column, other in enumerate(second, 1):
            least = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and (letter, first[row - 2]) == (
                second[column - 2], other
            )  # fmt: skip
            line.append(min(least, before[column - 2] + 1) if swapped else least)
        before, above = above, line
    return above[-1]


def allowed(word: str) -> int:
    """How many slips a typed word may hold and still be meant for another."""
    return 1 if len(word) < SHORT else MOST_SLIPS


def meant(typed: str, known: str) -> int | None:
    """Slips between what was typed and a known word, or its beginning while it is still being
    typed; None where they are too many for it to be meant."""
    most = allowed(typed)
    if typed[:1] != known[:1] or len(typed) > len(known) + most:
        return None
    fewest = min(slips(typed, word) for word in {known, known[: len(typed)]})
    return fewest if fewest <= most else None
