"""Slips of the fingers: how far what was typed is from a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.likeness import allowed, meant, slips

WORDS = st.text("abcdehr", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("typed", "name", "apart"),
    [
        ("maira", "maria", 1), ("hbuer", "huber", 1), ("schmitt", "schmidt", 1),
        ("katarina", "katharina", 1), ("huebner", "hubner", 1), ("hubr", "huber", 1),
        ("schm", "schmidt", 0),
    ],
)  # fmt: skip
def test_a_slip_is_still_meant_for_the_name(typed: str, name: str, apart: int) -> None:
    assert meant(typed, name) == apart


@pytest.mark.parametrize(
    ("typed", "name"), [("guber", "huber"), ("ann", "otto"), ("anna", "arne"), ("huberle", "hu")]
)
def test_another_name_is_not_taken_for_it(typed: str, name: str) -> None:
    assert meant(typed, name) is None


@given(WORDS, WORDS)
def test_slips_are_the_same_both_ways_and_none_only_between_equals(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one) <= max(len(one), len(other))
    assert (slips(one, other) == 0) == (one == other)


@given(WORDS, st.integers(0, 8))
def test_two_neighbours_swapped_are_one_slip(word: str, place: int) -> None:
    letters = list(word)
    at = place % len(letters)
    letters[at : at + 2] = letters[at : at + 2][::-1]
    assert slips(word, "".join(letters)) <= 1 <= allowed(word)
