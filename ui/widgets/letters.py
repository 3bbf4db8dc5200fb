"""Letters that lead to a field or a heading with Alt: each once on a page, in any language."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget


def letters_for(labels: Sequence[str]) -> tuple[str, ...]:
    """A letter for each label, none twice: the first of a word where it can be had.

    Empty where every letter of a label is taken.
    """
    used: set[str] = set()
    found: dict[int, str] = {}
    for choices in (_first, _of_words, _all):
        for place, label in enumerate(labels):
            free = next((c for c in choices(label) if c not in used), "")
            if place not in found and free:
                found[place] = free
                used.add(free)
    return tuple(found.get(place, "") for place in range(len(labels)))


def _keyed(sign: str) -> str:
    """The key that types a letter, without its accent; empty for what no key types alone."""
    plain = unicodedata.normalize("NFD", sign)[:1].upper()
    return plain if "A" <= plain <= "Z" else ""


def _first(label: str) -> list[str]:
    return [c for c in (_keyed(label[:1]),) if c]


def _of_words(label: str) -> list[str]:
    return [c for word in label.split() if (c := _keyed(word[:1]))]


def _all(label: str) -> list[str]:
    return [c for sign in label if (c := _keyed(sign))]


def place_of_letter(label: str, letter: str) -> int:
    """Where in a label its letter stands: at the start of a word, else the first."""
    places = [n for n, sign in enumerate(label) if _keyed(sign) == letter]
    starts = [n for n in places if n == 0 or not label[n - 1].isalnum()]
    return (starts or places or [0])[0]


def give_letters(page: QWidget) -> None:
    """Give each label of a page that stands for a field its letter; Alt and the letter go there."""
    labels = [
        label
        for label in page.findChildren(QLabel)
        if isinstance(label, QLabel) and label.buddy() is not None
    ]
    labels.sort(key=lambda one: one.mapTo(page, QPoint(0, 0)).toTuple()[::-1])
    words = [plain_label(label.text()) for label in labels]
    for label, said, letter in zip(labels, words, letters_for(words), strict=True):
        label.setText(with_letter(said, letter))


def with_letter(said: str, letter: str) -> str:
    """A label as Qt reads it, an ampersand before its letter."""
    if not letter:
        return said.replace("&", "&&")
    place = place_of_letter(said, letter)
    before, after = said[:place].replace("&", "&&"), said[place:].replace("&", "&&")
    return f"{before}&{after}"


def plain_label(text: str) -> str:
    """A label without the ampersands that Qt reads."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
