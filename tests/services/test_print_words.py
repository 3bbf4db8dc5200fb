"""Why a paper cannot be printed, said in the window's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import (
    ChartError,
    NamesTooLong,
    TooLargeToPrint,
    UnprintableText,
)
from clinic_desktop.domain.texts import character_name
from clinic_desktop.services.papers.print_words import saying_why, why_not
from reports.papers import render_paper
from tests.languages import english_in
from tests.spanish import case_of, paper, speaking


def test_a_sign_that_the_typeface_lacks_is_named_in_the_windows_language() -> None:
    """With its field; the sign itself has only its own name."""
    note = paper("note", case_of("cases/article_1.json"), "es")
    head = replace(note.head, clinic=Clinic("\N{GRINNING FACE}"))
    with speaking("es"), pytest.raises(ChartError) as found, saying_why():
        render_paper(replace(note, head=head), "a4")
    assert str(found.value) == (
        "nombre de la clínica: no se puede imprimir GRINNING FACE (U+1F600); escríbalo con letras"
    )


@pytest.mark.parametrize(
    "problem",
    [
        NamesTooLong("sheet"),
        TooLargeToPrint(),
        UnprintableText("dose of plan item 2", "\u0416\u0416\u0416\u0416"),
        UnprintableText("patient's name", "\u0416"),
        UnprintableText("recipient", "\u0416"),
    ],
    ids=str,
)
def test_every_reason_is_there_in_spanish(problem: ChartError) -> None:
    """And in English it is what the program always said."""
    assert isinstance(problem, NamesTooLong | TooLargeToPrint | UnprintableText)
    with speaking("es"):
        assert english_in(why_not(problem), [character_name("\u0416")]) == []
    assert why_not(problem).rstrip(".").casefold() == str(problem).casefold().replace(
        "sheet", "paper"
    )
