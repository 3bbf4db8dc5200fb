"""How hard a whole sheet is to read, and plainer words put in place of hard ones."""

from dataclasses import replace

import pytest

from clinic_desktop.services.papers.readability import Reading
from clinic_desktop.services.papers.sheet_reading import (
    reading_words,
    sheet_reading,
    sheet_words,
    with_plainer,
)
from tests.handout_contents import a_sheet


def test_what_the_therapist_wrote_for_this_patient_counts() -> None:
    sheet = a_sheet("pause_stretching", "slider_seated")
    hard = replace(sheet.items[0], words="Subsequently reevaluate symptomatology. " * 30)
    harder = replace(sheet, items=(hard, *sheet.items[1:]))
    assert "symptomatology" in sheet_words(harder)
    assert sheet_reading(harder).score > sheet_reading(sheet).score
    assert sheet_reading(sheet).ok
    assert not sheet_reading(harder).ok


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading(6.04, "grade", ok=False), "reading grade 6.1, fine up to 6"),
        (Reading(6.0, "grade", ok=True), "reading grade 6, fine up to 6"),
        (Reading(-1.5, "grade", ok=True), "reading grade below 1, fine up to 6"),
        (Reading(69.9, "ease", ok=False), "reading ease 69 of 100, fine from 70"),
    ],
)
def test_a_score_is_never_rounded_over_the_line(reading: Reading, words: str) -> None:
    assert reading_words(reading) == words


def test_a_plainer_word_keeps_the_capital_and_leaves_longer_words_alone() -> None:
    said = with_plainer("Utilize it. Do not utilize utilizers.", "Utilize", "use")
    assert said == "Use it. Do not use utilizers."
    assert with_plainer("prior to (prior to) priority", "prior to", "before") == (
        "before (before) priority"
    )
