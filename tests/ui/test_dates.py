"""Dates that nobody can misread, and birth dates as people type them."""

import datetime as dt

import pytest

from clinic_desktop.services.words.dates import date_words
from ui.widgets.dates import UnclearDate, read_coming_day, read_day, weekday_text
from ui.widgets.matching import look_alikes, matched

TODAY = dt.date(2026, 3, 23)
BORN = dt.date(1982, 3, 14)


def test_a_date_is_written_with_its_month_in_letters() -> None:
    assert date_words(BORN) == "14 Mar 1982"
    assert weekday_text(TODAY) == "Mon 23 Mar 2026"


@pytest.mark.parametrize(
    "typed",
    ["14-Mar-1982", "14 march 1982", "14mar1982", "14.03.1982", "14/3/1982", "1982-03-14"],
)
def test_a_birth_date_is_read_day_first(typed: str) -> None:
    assert read_day(typed, TODAY) == BORN


@pytest.mark.parametrize("typed", ["", "14", "14-Mar", "14/03/82", "03/14/1982", "31-Feb-1982",
                                   "24-Mar-2026", "01-Jan-1890", "14-Xyz-1982"])  # fmt: skip
def test_what_is_no_birth_date_is_refused_with_a_reason(typed: str) -> None:
    with pytest.raises(UnclearDate) as refused:
        read_day(typed, TODAY)
    assert str(refused.value)


def test_a_coming_day_may_be_a_number_of_days() -> None:
    assert read_coming_day("7", TODAY) == dt.date(2026, 3, 30)
    assert read_coming_day("30-Mar-2026", TODAY) == dt.date(2026, 3, 30)


@pytest.mark.parametrize("typed", ["0", "23-Mar-2026", "400", "soon"])
def test_a_coming_day_lies_within_a_year(typed: str) -> None:
    with pytest.raises(UnclearDate):
        read_coming_day(typed, TODAY)


def test_typed_letters_are_marked_at_the_beginning_of_words() -> None:
    assert matched("MARTIN, Joel", "jo mar") == ((0, 3), (8, 10))
    assert matched("OMAR, Lina", "mar") == ()
    assert matched("000142", "142") == ((3, 6),)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("MARDEN, Ella", "MARSDEN, Ella", True),
        ("Ella Marden", "MARDEN, Ella", True),
        ("MARDEN, Ella", "MARDEN, Tom", False),
        ("Case A", "Case B", False),
        ("MARTIN, Joel", "OTTER, Ida", False),
    ],
)
def test_look_alikes_differ_by_a_letter_or_two(first: str, second: str, alike: bool) -> None:
    assert bool(look_alikes((first, second))) is alike
