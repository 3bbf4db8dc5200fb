"""The rules ready to answer: files read, checked and compiled once."""

from __future__ import annotations

from collections.abc import Callable

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.engine import compile_rules
from clinic_desktop.domain.retests import Judgement, judge
from clinic_desktop.domain.suggesting import suggest
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Case, Retest

from .rule_files import read_rule_files, rulebook_from


def load_suggester(catalogue: Catalogue, text: CatalogueText) -> Callable[[Case], Suggestion]:
    """The rule panel's answer as a function of a course. Raises BrokenKnowledge."""
    engine = compile_rules(rulebook_from(read_rule_files()), catalogue)
    return lambda case: suggest(engine, text, case)


def load_judge() -> Callable[[Retest], Judgement]:
    """How a retest is held against the measuring error, by the rules. Raises BrokenKnowledge."""
    bands = rulebook_from(read_rule_files()).plan.bands
    return lambda retest: judge(retest, bands)
