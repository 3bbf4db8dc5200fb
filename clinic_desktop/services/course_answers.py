"""The answer after three visits without a real change, as it is kept with the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from clinic_desktop.domain.visits import Decision

from .translation import _

ANOTHER, REFER, GO_ON = "another", "refer", "go_on"
ANSWERS: Final = (ANOTHER, REFER, GO_ON)
"""What a course without a real change can lead to (design, section 5)."""


@dataclass(frozen=True, slots=True)
class CourseAnswer:
    """What the clinician answered, and why."""

    answer: str
    """One of `ANSWERS`."""
    why: str = ""


def answer_words() -> Mapping[str, str]:
    """Each answer in words."""
    return {ANOTHER: _("another pattern"), REFER: _("refer"), GO_ON: _("go on")}


def answer_of(decision: Decision | None) -> CourseAnswer | None:
    """The answer that a decision holds; None where there is none."""
    reason = (decision.reason if decision else None) or ""
    for answer in ANSWERS:
        _before, lead, why = reason.partition(_lead(answer))
        if lead:
            return CourseAnswer(answer, why.strip())
    return None


def with_answer(decision: Decision | None, said: CourseAnswer | None) -> Decision | None:
    """The decision with this answer in place of an earlier one; its own reason stays before it."""
    kept = decision or Decision()
    own = kept.reason or ""
    for answer in ANSWERS:
        own = own.partition(_lead(answer))[0].strip()
    parts = (own, *((_lead(said.answer), said.why.strip()) if said else ()))
    reason = " ".join(part for part in parts if part)
    made = replace(kept, reason=reason or None)
    return None if made == Decision() != decision else made


def _lead(answer: str) -> str:
    """What stands before the reason in the record and on paper."""
    said = _("After three visits without a real change: {answer}.")
    return said.format(answer=answer_words()[answer])
