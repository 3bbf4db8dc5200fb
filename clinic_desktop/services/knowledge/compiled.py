"""The rules ready to answer: files read, checked and compiled once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.engine import Engine, compile_rules
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.retests import Judgement, judge
from clinic_desktop.domain.suggesting import suggest
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Case, Retest

from .plan_files import load_plan_library
from .rule_files import digest_of, read_rule_files, rulebook_of
from .rule_notes import RuleNote, notes_of
from .rule_tables import tables_of
from .rule_words import in_language

FIRST_DAY: Final = dt.date(2000, 1, 1)
"""Date of a visit that only tries the rules."""


@dataclass(frozen=True)
class Knowledge:
    """A whole rule set with the plan texts that go with it."""

    engine: Engine
    text: CatalogueText
    library: PlanLibrary
    """The plan items in the language of `text`."""
    own_libraries: Mapping[str, PlanLibrary] = field(default_factory=dict)
    """Languages in which a clinic has plan texts of its own."""
    problems: tuple[str, ...] = ()
    """Why a clinic's own rules are not in use, a sentence each; empty where nothing is wrong."""

    def suggest(self, case: Case) -> Suggestion:
        """The rule panel's answer to the last visit of a course."""
        return suggest(self.engine, self.text, case)

    def judge(self, retest: Retest) -> Judgement:
        """How a retest is held against the measuring error."""
        return judge(retest, self.engine.rulebook.plan.bands)

    def explain(self, rule: str) -> RuleNote:
        """The rule behind a line of the panel. Raises KeyError for an id that no rule has."""
        return self._notes[rule]

    def library_in(self, language: str) -> PlanLibrary:
        """The plan items in a language; one that is not there reads as English."""
        shipped = load_plan_library(language)
        return self.own_libraries.get(shipped.language, shipped)

    def with_problems(self, problems: tuple[str, ...]) -> Knowledge:
        """The same rules, with what is wrong with those that were to take their place."""
        return replace(self, problems=problems)

    @cached_property
    def _notes(self) -> Mapping[str, RuleNote]:
        return notes_of(self.engine.rulebook, self.library)


def shipped_knowledge(catalogue: Catalogue, text: CatalogueText) -> Knowledge:
    """The shipped rules, in the language of `text`. Raises BrokenKnowledge."""
    files = read_rule_files()
    rules = rulebook_of(in_language(tables_of(files), text.language), digest_of(files))
    return Knowledge(compile_rules(rules, catalogue), text, load_plan_library(text.language))
