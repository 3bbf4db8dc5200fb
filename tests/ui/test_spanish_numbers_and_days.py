"""Numbers, days and the letters of choices in the words of Spanish."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.words import distances
from clinic_desktop.services.words.dates import date_words, day_and_month
from clinic_desktop.services.words.finding_words import value_words
from clinic_desktop.services.words.translation import install
from ui.forms.words import key_of
from ui.viewmodels.reading import Unreadable, number_text, read_typed, shown_number
from ui.viewmodels.retesting import read_minutes, verdict_of, verdict_word
from ui.widgets.dates import UnclearDate, age_text, read_day, weekday_text
from ui.widgets.keys import shown_key

TODAY = dt.date(2026, 3, 23)
TEXT = load_catalogue_text("es")
RUN = load_catalogue().spec("outcome.pain_free_run")


@pytest.fixture(autouse=True)
def spanish() -> None:
    install("es")


def test_decimals_stand_behind_a_comma_and_are_read_behind_either() -> None:
    assert number_text(3.5) == "3,5"
    assert number_text(-2.25) == "\N{MINUS SIGN}2,25"
    assert number_text(1200) == "1200"
    assert read_typed(RUN, "3,5") == read_typed(RUN, "3.5") == 3.5
    assert read_minutes("2,5") == read_minutes("2.5") == 2.5


@pytest.mark.parametrize("typed", ["1.234,5", "1,234.5", "1 234"])
def test_nothing_holds_thousands_apart(typed: str) -> None:
    """What could be read in two ways is read in none."""
    with pytest.raises(Unreadable):
        read_typed(RUN, typed)


def test_what_is_shown_can_be_typed_again() -> None:
    for unit in distances.UNITS:
        distances.install(unit)
        kept = read_typed(RUN, "2,25")
        assert kept is not None
        assert read_typed(RUN, shown_number(RUN, kept)) == kept
        assert "2,25" in value_words(RUN, TEXT, kept)


def test_a_day_has_its_month_in_a_word() -> None:
    assert date_words(TODAY) == "23 mar 2026"
    assert day_and_month(dt.date(2026, 1, 9)) == "9 ene"
    assert weekday_text(TODAY) == "lun 23 mar 2026"
    assert age_text(44) == "(44 a)"


@pytest.mark.parametrize(
    "typed", ["9 ene 2020", "09 enero 2020", "9 Jan 2020", "2020-01-09", "09/01/2020"]
)
def test_a_day_is_read_in_either_language(typed: str) -> None:
    assert read_day(typed, TODAY) == dt.date(2020, 1, 9)


def test_what_is_wrong_with_a_day_is_said_with_one_that_is_right() -> None:
    with pytest.raises(UnclearDate, match="14 mar 1982"):
        read_day("31-feb-1990", TODAY)


def test_keys_are_those_of_the_keyboard_and_of_the_words() -> None:
    assert shown_key("Ctrl+Return") == "Ctrl+Intro"
    assert shown_key("Shift+N") == "Mayús+N"
    assert key_of("yes") == "s"
    assert key_of("no") == "n"
    assert [verdict_of(word) for word in ("m", "igual", "pe", "b")] == [
        "better", "same", "worse", None,
    ]  # fmt: skip
    assert verdict_of(verdict_word("worse")) == "worse"


def test_a_command_speaks_english_whatever_the_computer_does(tmp_path: Path) -> None:
    """What other programs read does not change with the locale."""
    case = tmp_path / "case.json"
    case.write_text(resources.text("cases/article_1.json"), "utf-8")
    said = {
        language: subprocess.run(
            [sys.executable, "-m", "clinic_desktop", "suggest", str(case), "--format", "json"],
            capture_output=True,
            env={**os.environ, "LANG": language, "LC_ALL": language, "LANGUAGE": language},
            check=True,
        ).stdout
        for language in ("C.UTF-8", "es_ES.UTF-8")
    }
    assert said["C.UTF-8"] == said["es_ES.UTF-8"]
    assert said["C.UTF-8"]
