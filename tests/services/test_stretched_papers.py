"""Every text on a clinician's paper goes through translation: told in a language that nobody
speaks, whose texts stand in brackets, no word is left outside of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest

from clinic_desktop.domain.plans import PlanItemText
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.papers.parts import PaperSource
from clinic_desktop.services.papers.visit_notes import make_visit_note
from tests.spanish import CASES, CLINIC, WHO, case_of, texts_of, written_by_people
from tests.stretched import CODE, speaking_stretched

SAME_EVERYWHERE = frozenset({CODE, "km", "reps", "UTC"})
"""A code, and units that a unit's id says where a language has no words for it."""
_INNERMOST = re.compile(r"\[[^\[\]]*\]")


def said_by_the_plan() -> tuple[str, ...]:
    """The words of the exercises: they have a file for each language, and tests of their own."""
    return tuple(said for text in load_plan_library().texts.values() for said in _said(text))


def _said(text: PlanItemText) -> Iterator[str]:
    for field in fields(text):
        value = getattr(text, field.name)
        if isinstance(value, str) and value:
            yield " ".join(value.split())
        elif field.name == "drawings":
            yield from (said for drawn in value.values() for said in _said(drawn))
        elif field.name == "sides":
            yield from value.values()


def outside_of_brackets(text: str, allowed: tuple[str, ...]) -> list[str]:
    """The words of a text that no translation gave."""
    for known in sorted(allowed, key=len, reverse=True):
        text = text.replace(known, " ")
    while text != (shorter := _INNERMOST.sub(" ", text)):
        text = shorter
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in SAME_EVERYWHERE]


@pytest.mark.parametrize("file", CASES)
def test_no_word_of_a_paper_stands_in_code(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Note, report and letter; what people wrote and the exercises' words are no code."""
    allowed = (*said_by_the_plan(), *written_by_people(file), "Control")
    with speaking_stretched(monkeypatch):
        text = load_catalogue_text(CODE)
        rules = shipped_knowledge(load_catalogue(), text)
        bands = rules.engine.rulebook.plan.bands
        source = PaperSource(load_catalogue(), text, rules.library, bands, CLINIC, WHO, 17)
        case, answer = case_of(file), rules.suggest(case_of(file))
        flag = answer.red_flags[0].id if answer.red_flags else None
        papers = (
            make_visit_note(case, answer, source),
            make_course_report(case, answer, source),
            make_referral_letter(case, answer, source, flag, "" if flag else "Control"),
        )
    for paper in papers:
        for told in texts_of(paper):
            assert outside_of_brackets(told, allowed) == [], told
