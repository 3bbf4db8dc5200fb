"""The rules' answer in Spanish: the same findings, ids and order as in English, other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given

from clinic_desktop.domain.suggestion import Ledger, Line, Suggestion
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import Knowledge, shipped_knowledge
from tests.languages import english_in
from tests.rules.chart_strategies import charts, suggest
from tests.rules.test_published_cases import published


@cache
def spanish() -> Knowledge:
    """The shipped rules in Spanish."""
    return shipped_knowledge(load_catalogue(), load_catalogue_text("es"))


def told(answer: Suggestion, say: Callable[[str], str]) -> Suggestion:
    """An answer with each sentence of the rules as `say` gives it back."""

    def lines(found: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(replace(line, text=say(line.text)) for line in found)

    def ledger(of: Ledger) -> Ledger:
        unmet = tuple(map(say, of.unmet))
        return Ledger(lines(of.supports), lines(of.against), lines(of.missing), unmet)

    plan = answer.plan
    return replace(
        answer,
        red_flags=tuple(
            replace(flag, action=say(flag.action), title=say(flag.title))
            for flag in answer.red_flags
        ),
        ledger={pattern: ledger(of) for pattern, of in answer.ledger.items()},
        contradictions=tuple(replace(c, text=say(c.text)) for c in answer.contradictions),
        ask_next=tuple(replace(q, why=say(q.why)) for q in answer.ask_next),
        plan=replace(
            plan,
            withheld=None if plan.withheld is None else say(plan.withheld),
            cautions=tuple(replace(c, text=say(c.text)) for c in plan.cautions),
        ),
    )


def sentences(answer: Suggestion) -> Iterator[str]:
    """Every sentence of the rules in an answer."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return ""

    told(answer, keep)
    return iter(found)


@given(charts())
def test_only_the_words_differ(case: Case) -> None:
    """Findings, sides, rules, patterns, flags, questions and plan stand there in the same order."""
    english, answer = suggest(case), spanish().suggest(case)
    assert told(answer, bool_of) == told(english, bool_of)
    assert answer.knowledge == english.knowledge
    assert answer.short == english.short


def bool_of(text: str) -> str:
    """Whether anything is said."""
    return "said" if text else ""


@given(charts())
def test_no_sentence_is_half_english(case: Case) -> None:
    """Each word of a name, value, unit or sentence comes from the Spanish files."""
    for sentence in sentences(spanish().suggest(case)):
        assert english_in(sentence) == [], sentence


@pytest.mark.parametrize("number", [1, 2, 3])
def test_published_cases_read_in_spanish(number: int) -> None:
    """Every line of their answers, with another text than in English wherever there is one."""
    english = list(sentences(suggest(published(number))))
    for before, now in zip(english, sentences(spanish().suggest(published(number))), strict=True):
        assert english_in(now) == [], now
        assert now != before or not before


def test_a_value_is_told_as_spanish_writes_it() -> None:
    """Names, sides, grades and answers as a colleague would jot them down."""
    answer = spanish().suggest(published(1))
    lines = {line.text for ledger in answer.ledger.values() for line in ledger.supports}
    assert {"EPR der.: positivo", "Resistida, calambre, der.: sí"} <= lines
