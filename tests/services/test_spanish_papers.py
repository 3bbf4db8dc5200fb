"""Note, report and letter in Spanish: every text in Spanish, and the same paper otherwise."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from clinic_desktop.domain.visits import Case, Decision
from clinic_desktop.services.course.answers import (
    GO_ON,
    CourseAnswer,
    answer_of,
    with_answer,
)
from clinic_desktop.services.papers.readability import Reading
from clinic_desktop.services.papers.sheet_reading import reading_words
from clinic_desktop.services.words.finding_words import number_words, with_unit
from tests.languages import english_in
from tests.rules.chart_strategies import charts
from tests.spanish import (
    CASES,
    KINDS,
    case_of,
    paper,
    shape_of,
    speaking,
    texts_of,
    written_by_people,
)

STUDIES = ("NHS Lothian", "BMJ Best Practice", "Reurink 2013", "Phys Ther", "US Letter")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", CASES)
def test_a_paper_in_spanish_holds_no_english(file: str, kind: str) -> None:
    """But for what people wrote: that stays as they wrote it."""
    allowed = (*written_by_people(file), *STUDIES)
    for text in texts_of(paper(kind, case_of(file), "es")):
        assert english_in(text, allowed) == [], text


@given(charts())
def test_a_note_says_the_same_in_both_languages(case: Case) -> None:
    """The same rows, sides, flags and blanks in the same order; only words differ."""
    english, spanish = paper("note", case, "en"), paper("note", case, "es")
    assert shape_of(spanish) == shape_of(english)
    for text in texts_of(spanish):
        assert english_in(text, ("track", "trail", "Somebody", *STUDIES)) == [], text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", CASES)
def test_a_paper_keeps_its_figures(file: str, kind: str) -> None:
    """Every number, date and cut-off of the English paper, in the same order in its place."""
    english = [_figures(text) for text in texts_of(paper(kind, case_of(file), "en"))]
    spanish = [
        _figures(text.replace(",", ".")) for text in texts_of(paper(kind, case_of(file), "es"))
    ]
    # A plan's doses are the sheet's own words: what they count is held by the sheet's tests.
    doses = [n for n, (one, other) in enumerate(zip(english, spanish, strict=True)) if one != other]
    assert len(doses) <= len(case_of(file).last.plan)


def _figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))


def test_a_blank_never_reads_as_a_negative_in_spanish() -> None:
    """What nobody charted, what was not tested and what could not be are three other words."""
    case = case_of("cases/article_1.json")
    said = "\n".join(texts_of(paper("note", case, "es")))
    assert "no registrado" in said
    assert not re.search(r"\b(negativo|normal)\b", said)


def test_numbers_have_the_comma_and_the_unit_its_number() -> None:
    """As Spanish writes them."""
    with speaking("es"):
        assert number_words(-2.5) == "\N{MINUS SIGN}2,5"
        assert with_unit(1, "weeks") == "1 semana"
        assert with_unit(2, "weeks") == "2 semanas"
        assert with_unit(1, "deg") == "1 grado"
        assert with_unit(6.4, "km") == "6,4 km"
        assert reading_words(Reading(4.21, "grade", ok=True)).startswith("grado de lectura 4,3")
    assert with_unit(1, "weeks") == "1 week"
    assert with_unit(6.4, "km") == "6.4 km"


def test_an_answer_to_the_board_is_known_in_every_language() -> None:
    """It is kept as a sentence: a switch of the window never asks for it again."""
    kept = with_answer(Decision("pattern_2"), CourseAnswer(GO_ON, "back to running"))
    with speaking("es"):
        assert answer_of(kept) == CourseAnswer(GO_ON, "back to running")
        again = with_answer(kept, CourseAnswer(GO_ON, "vuelve a correr"))
        assert again is not None
        assert again.reason == "Tras tres visitas sin cambio real: seguir. vuelve a correr"
    assert answer_of(again) == CourseAnswer(GO_ON, "vuelve a correr")
    assert with_answer(again, None) == replace(Decision("pattern_2"))
