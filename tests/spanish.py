"""Courses and papers in Spanish, beside the same in English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Final

import resources
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.papers import Paper
from clinic_desktop.domain.trends import Series
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import Knowledge, shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.papers.parts import PaperSource
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.words import translation

CASES: Final = (
    *resources.names("cases", ".json"),
    *resources.names("sample", ".json"),
)
CLINIC: Final = Clinic("Fisioterapia La Ladera", "555 0123", "Calle Mayor 12", "112")
WHO: Final = "A. Rivera, FT"
KINDS: Final = ("note", "report", "letter")
_ID: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """A language for as long as this lasts."""
    translation.install(language)
    try:
        yield
    finally:
        translation.install(translation.ENGLISH)


@cache
def knowledge(language: str) -> Knowledge:
    """The shipped rules in a language."""
    return shipped_knowledge(load_catalogue(), load_catalogue_text(language))


@cache
def case_of(file: str) -> Case:
    """A shipped course."""
    return read_case(resources.data(file), load_catalogue(), load_plan_library().items)


def paper(kind: str, case: Case, language: str) -> Paper:
    """A paper about a course, made in a language."""
    rules = knowledge(language)
    bands = rules.engine.rulebook.plan.bands
    text = load_catalogue_text(language)
    source = PaperSource(load_catalogue(), text, rules.library, bands, CLINIC, WHO, 17)
    answer = rules.suggest(case)
    with speaking(language):
        if kind == "note":
            return make_visit_note(case, answer, source)
        if kind == "report":
            return make_course_report(case, answer, source)
        flag = answer.red_flags[0].id if answer.red_flags else None
        return make_referral_letter(case, answer, source, flag, "" if flag else "Control")


@cache
def written_by_people(file: str) -> tuple[str, ...]:
    """Every text of a case file: a paper gives them back as they were written."""
    return (*_strings(json.loads(resources.data(file))), CLINIC.name, CLINIC.address, WHO)


def _strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        # As a paper sets it: in one line, perhaps with a capital.
        said = " ".join(part.split())
        if not _ID.fullmatch(said):
            yield from (said, said[:1].upper() + said[1:], said.rstrip("."))
    elif isinstance(part, Mapping):
        for one in part.values():
            yield from _strings(one)
    elif isinstance(part, list):
        for one in part:
            yield from _strings(one)


def texts_of(part: object) -> Iterator[str]:
    """Every text that a paper sets; ids of what it draws are none."""
    if isinstance(part, str):
        yield " ".join(part.split())
    elif isinstance(part, Series | Drawing):
        return
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts_of(getattr(part, field.name))
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts_of(one)


def shape_of(part: object) -> object:
    """A paper without its words: how many of what stands where, and what is blank."""
    if isinstance(part, str):
        return bool(part)
    if isinstance(part, Series | Drawing):
        return type(part).__name__
    if is_dataclass(part):
        return {field.name: shape_of(getattr(part, field.name)) for field in fields(part)}
    if isinstance(part, tuple | list):
        return [shape_of(one) for one in part]
    return part
