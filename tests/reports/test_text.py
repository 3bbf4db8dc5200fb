"""The one door for text: what passes it, and what is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.errors import UnprintableText
from reports.text import break_lines, checked, prose


def shown(text: str, size: float, width: float) -> list[str]:
    """The lines as they are drawn."""
    lines = break_lines(prose(text, "note"), size, width)
    return [" ".join(word.text for word in line.words) for line in lines]


@pytest.mark.parametrize(
    "text", ["A<B", "R&D", "<b>bold</b>", "50 % of 8\u00a0kg", "José Núñez", "Łukasz Ÿ", "C:\\temp"]
)
def test_signs_of_markup_and_accents_are_just_characters(text: str) -> None:
    assert shown(text, 12, 500) == [text]


def test_letters_written_with_a_loose_accent_are_composed() -> None:
    assert checked("Jose\u0301", "name") == "José"


def test_line_ends_are_kept_and_odd_spaces_become_spaces() -> None:
    assert shown("one\r\ntwo\rthree\u2028four\n\nsix", 12, 500) == [
        "one",
        "two",
        "three",
        "four",
        "",
        "six",
    ]
    assert checked("a\tb\u2009c\u200bd\u2011e", "note") == "a b cd-e"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("well done \N{GRINNING FACE}", "GRINNING FACE (U+1F600)"),
        ("Иван", "CYRILLIC CAPITAL LETTER I (U+0418)"),
        ("a \N{RIGHTWARDS ARROW} b", "RIGHTWARDS ARROW (U+2192)"),
        ("bell \x07", "a control character (U+0007)"),
    ],
)
def test_a_character_without_a_shape_is_named_and_the_text_is_not_quoted(
    text: str, name: str
) -> None:
    with pytest.raises(UnprintableText) as refused:
        prose(text, "dose of plan item 1")
    message = str(refused.value)
    assert message.startswith(f"dose of plan item 1: cannot print {name}")
    assert "well done" not in message
    assert "bell" not in message


def test_of_many_strange_characters_three_are_named() -> None:
    with pytest.raises(UnprintableText, match=r"LETTER I .* and others; please write it in"):
        prose("Привет", "name")


@given(st.text(st.sampled_from("abcW<&é -\n"), max_size=80), st.floats(30, 300))
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text: str, width: float) -> None:
    """However long the words are: a word that does not fit is broken, never cut off."""
    lines = break_lines(prose(text, "note"), 12, width)
    assert all(line.ems * 12 <= width + 0.01 for line in lines)
    drawn = "".join(word.text for line in lines for word in line.words)
    assert drawn == "".join(text.split())
