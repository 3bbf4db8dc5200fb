"""Exercises in a chart whose words are not here: of a clinic whose own folder is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_desktop.domain.plans import PlanLibrary, is_own_item
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.words.translation import _


def missing_items(case: Case, library: PlanLibrary) -> tuple[str, ...]:
    """Own items that a course speaks of and the library does not hold, each once."""
    named = dict.fromkeys(_named(case))
    return tuple(item for item in named if is_own_item(item) and item not in library.items)


def missing_words(item: str) -> str:
    """What is to be said of one."""
    said = _(
        "{item}: an exercise of a clinic's own whose words are not here;"
        " it is kept, and not printed."
    )
    return said.format(item=item)


def _named(case: Case) -> Iterator[str]:
    for visit in case.visits:
        yield from (choice.item for choice in (*visit.plan, *visit.parked))
        yield from (retest.treatment for retest in visit.retests)
        yield from visit.adherence
