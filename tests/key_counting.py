"""Keys of whole visits, by what they went into, beside what the visits took when counted first."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NamedTuple


class Keys(NamedTuple):
    """How many keys went into what."""

    moved: int = 0
    """To get somewhere: sections, letters, Tab, Return, finding by typing."""
    answered: int = 0
    """Values and deliberate answers."""
    written: int = 0
    """Letters of names, remarks and notes."""

    @property
    def all(self) -> int:
        """However they were spent."""
        return sum(self)

    def and_also(self, more: Keys) -> Keys:
        """These and more."""
        return Keys(*(one + other for one, other in zip(self, more, strict=True)))


FIRST_FOUND: dict[str, dict[str, Keys]] = {
    "first": {
        "patient": Keys(4, 2, 6), "findings": Keys(85, 20, 548), "screen": Keys(36, 11),
        "power": Keys(45, 14), "plan": Keys(6, 2),
    },
    "second": {
        "patient": Keys(15), "findings": Keys(52, 4), "screen": Keys(36, 11),
        "power": Keys(42, 14),
    },
}  # fmt: skip
"""What the same visits took when they were counted first: by Tab and one key a field. Activities,
signs and retests were not among them."""

STORIES = {
    "patient": "the patient entered, or found and today's visit begun",
    "findings": "story and tests; of the second visit the nerve tests, the same",
    "screen": "the red-flag screen, a key a group",
    "power": "leg power, both sides",
    "signs": "signs to follow, measured",
    "retests": "treatments tried, signs taken again after each",
    "activities": "three activities scored",
    "plan": "two items into the plan",
    "find and print": "a patient found, on Print of the last sheet",
}


def tell(visit: str, counted: dict[str, Keys]) -> None:
    """Print a visit's table: keys by kind, beside what was first found."""
    first = FIRST_FOUND.get(visit, {})
    say = sys.stdout.write
    say(f"\n\n{visit} visit: moved + answered + written = keys (first found), clicks 0\n")
    for part, keys in counted.items():
        before = f"({first[part].all:4})" if part in first else "(   -)"
        row = f"{keys.moved:4} + {keys.answered:3} + {keys.written:3} = {keys.all:4} {before}"
        say(f"  {row}  {STORIES[part]}\n")
    now, then = sum_of(counted[part] for part in first), sum_of(first.values())
    if first:
        told = " + ".join(f"{a} ({b})" for a, b in zip(now, then, strict=True))
        say(f"  of what was counted first: {told} = {now.all} ({then.all})\n")
    say(f"  in all: {sum_of(counted.values()).all}\n")


def sum_of(parts: Iterable[Keys]) -> Keys:
    """All of them together."""
    total = Keys()
    for keys in parts:
        total = total.and_also(keys)
    return total
