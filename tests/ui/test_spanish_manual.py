"""The manual in Spanish: the same chapters, pictures, keys and words of the screen."""

from __future__ import annotations

import re
from pathlib import Path

from clinic_desktop.services.words import translation
from tests.languages import english_in
from tests.spanish import speaking
from ui.sheets.manual_sheet import manual_text

DOCS = Path(__file__).resolve().parents[2] / "docs"
ENGLISH = (DOCS / "manual.md").read_text(encoding="utf-8")
SPANISH = (DOCS / "manual-es.md").read_text(encoding="utf-8")
KEYS = {"Intro": "Return", "Supr": "Del", "Abajo": "Down", "Mayús": "Shift"}
"""As Spanish keyboards name them."""


def by_chapter(text: str, pattern: str) -> list[list[str]]:
    """What a pattern finds in each chapter, in its order."""
    return [re.findall(pattern, chapter) for chapter in re.split(r"^## ", text, flags=re.MULTILINE)]


def test_it_has_the_same_chapters_and_pictures() -> None:
    """Of its own windows: they speak Spanish."""
    assert by_chapter(SPANISH, r"\]\(pictures/es/([^)]+)\)") == by_chapter(
        ENGLISH, r"\]\(pictures/([^)]+)\)"
    )


def test_it_names_the_same_keys() -> None:
    """In the same order, by their Spanish names."""
    keys = r"`([^`]+)`"
    spanish = [
        ["+".join(KEYS.get(part, part) for part in re.split(r"(?<=.)\+", key)) for key in chapter]
        for chapter in by_chapter(SPANISH, keys)
    ]
    assert spanish == by_chapter(ENGLISH, keys)


def test_its_bold_words_are_those_on_the_screen() -> None:
    """Each is what the program says in Spanish where the English manual has its English text."""
    bold = r"\*\*([^*]+)\*\*"
    spanish, english = (
        [" ".join(word.split()) for chapter in by_chapter(text, bold) for word in chapter]
        for text in (SPANISH, ENGLISH)
    )
    with speaking("es"):
        said = [translation._(word) for word in english[1:]]
    assert spanish[1:] == said


def test_no_english_is_left_in_it() -> None:
    text = re.sub(r"`[^`]+`|\([^)]*\)|\*Safekeeping\*", " ", SPANISH)
    assert english_in(text) == []


def test_the_window_opens_it_in_its_own_language() -> None:
    """And the English one in a language that has none."""
    with speaking("es"):
        assert manual_text() == SPANISH
    assert manual_text() == ENGLISH
