"""Numbers as they are told: nobody reads ten for one, or five for half of one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.services.words.finding_words import figures, number_words, with_unit
from ui.viewmodels.reading import number_text

SOUND = re.compile("\N{MINUS SIGN}?(0|[1-9][0-9]*)([.][0-9]*[1-9])?")
"""A nought before the point, none behind the last figure, no exponent, a real minus."""


@given(st.floats(-1e9, 1e9))
def test_each_number_has_its_nought_before_and_none_behind(value: float) -> None:
    """On screen and on paper, from the one formatter."""
    for told in (figures(value), number_text(value), number_words(value)):
        assert SOUND.fullmatch(told), told
    assert float(figures(value).replace("\N{MINUS SIGN}", "-")) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.5, "0.5"), (5.0, "5"), (0.05, "0.05"), (1e-7, "0"), (-0.0, "0"), (1234567, "1234567"),
        (-3.25, "\N{MINUS SIGN}3.25"), (10, "10"), (100.0, "100"),
    ],
)  # fmt: skip
def test_numbers_that_are_misread(value: float, told: str) -> None:
    assert figures(value) == told


@given(st.floats(0, 200))
def test_a_space_stands_between_number_and_unit(value: float) -> None:
    number, space, unit = with_unit(value, "deg").partition(" ")
    assert SOUND.fullmatch(number)
    assert (space, unit) == (" ", "deg")
