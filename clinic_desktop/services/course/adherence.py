"""What was done of the last sheet: which items to ask about, and what they come to together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import ADHERENCE, Case, PlanChoice, Visit
from clinic_desktop.services.papers.handouts import printed_choices

_STEPS: Final = {word: step for step, word in enumerate(reversed(ADHERENCE))}
"""0 for none to 3 for all."""
_MOST: Final = 1.5
"""Half way between some and most: from here on the whole plan counts as mostly done [P]."""


@dataclass(frozen=True, slots=True)
class LastSheet:
    """The sheet with which the patient went home."""

    visit: Visit
    choices: tuple[PlanChoice, ...]
    kept: bool
    """Whether a copy is in the record; else nobody knows whether it was given."""
    names: Mapping[str, str]
    """Of its items."""


def last_sheet(
    case: Case,
    with_sheet: Collection[int],
    suggest: Callable[[Case], Suggestion],
    library: PlanLibrary,
) -> LastSheet | None:
    """The sheet that a visit asks about, None where no earlier visit had a plan.

    `with_sheet` holds the places in the course of the visits whose sheet was kept: the latest of
    them counts, and without any the latest plan. Where a sheet was printed without a plan it held
    what the rules suggest of that visit.
    """
    earlier = case.visits[:-1]
    printed = [place for place in range(len(earlier)) if place in with_sheet]
    planned = [place for place, visit in enumerate(earlier) if visit.plan]
    places = printed or planned
    if not places:
        return None
    until = Case(case.patient, earlier[: places[-1] + 1])
    choices = printed_choices(until, None if until.last.plan else suggest(until), library)
    names = {choice.item: library.name(choice.item, choice.drawing) for choice in choices}
    return LastSheet(until.last, choices, bool(printed), names) if choices else None


def whole_plan(done: Mapping[str, str], asked: Sequence[str]) -> str | None:
    """What the items come to together, one of `ADHERENCE`; None until each was answered.

    `all` and `none` only where every item is; in between by the mean. It is a proposal: the
    clinician charts it, or something else.
    """
    said = [done[item] for item in asked if item in done]
    if not said or len(said) < len(asked):
        return None
    if len(set(said)) == 1:
        return said[0]
    mean = sum(_STEPS[word] for word in said) / len(said)
    return "most" if mean >= _MOST else "some"
