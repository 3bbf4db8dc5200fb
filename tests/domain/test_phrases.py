"""What asks for a phrase, and what in it is still to fill in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.phrases import (
    Phrase,
    asked_for,
    fitting,
    is_name,
    open_places,
    open_words,
)


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (".", ""), (".co", "co"), ("so .co", "co"), ("(.co", "co"),
        ("a\t.intérprete", "intérprete"),
        ("pain.", None), ("pain.co", None), ("3.5", None), (" .5", None), ("..co", None),
        (".co ", None), ("", None), (". co", None), (".a-b_1", "a-b_1"),
    ],
)  # fmt: skip
def test_a_stop_at_the_start_of_a_word_asks_for_a_phrase(before: str, asked: str | None) -> None:
    assert asked_for(before) == asked


@given(st.text())
def test_what_is_asked_for_can_be_a_name(before: str) -> None:
    asked = asked_for(before)
    assert not asked or is_name(asked)


def test_phrases_are_found_by_name_first_then_by_a_word_and_without_accents() -> None:
    phrases = (Phrase("aa", "Once more"), Phrase("día", "x"), Phrase("once", "y"))
    assert [one.name for one in fitting(phrases, "on")] == ["once", "aa"]
    assert [one.name for one in fitting(phrases, "dia")] == ["día"]
    assert fitting(phrases, "zz") == ()


def test_places_to_fill_in_are_those_in_braces_on_one_line() -> None:
    assert open_words("Began {when}, {at once}; {} {a\nb} {{c}}") == ("{when}", "{at once}", "{c}")
    assert open_places("a {b}") == ((2, 5),)
