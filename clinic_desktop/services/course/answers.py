"""The answer after three visits without a real change, as it is kept with the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from clinic_desktop.domain.visits import Decision
from clinic_desktop.services.words.translation import in_every_language

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
    return {answer: words[0] for answer, words in _answers().items()}


def answer_of(decision: Decision | None) -> CourseAnswer | None:
    """The answer that a decision holds; None where there is none."""
    reason = (decision.reason if decision else None) or ""
    for answer, lead in _leads():
        _before, found, why = reason.partition(lead)
        if found:
            return CourseAnswer(answer, why.strip())
    return None


def with_answer(decision: Decision | None, said: CourseAnswer | None) -> Decision | None:
    """The decision with this answer in place of an earlier one; its own reason stays before it."""
    kept = decision or Decision()
    own = kept.reason or ""
    for _answer, lead in _leads():
        own = own.partition(lead)[0].strip()
    lead = _before()[0].format(answer=answer_words()[said.answer]) if said else ""
    parts = (own, *((lead, said.why.strip()) if said else ()))
    reason = " ".join(part for part in parts if part)
    made = replace(kept, reason=reason or None)
    return None if made == Decision() != decision else made


def _leads() -> Iterator[tuple[str, str]]:
    """Each answer with what stands before its reason, in each language in which it may have been
    kept."""
    for answer, words in _answers().items():
        for before in _before():
            yield from ((answer, before.format(answer=word)) for word in words)


def _answers() -> Mapping[str, tuple[str, ...]]:
    return {
        ANOTHER: in_every_language("another pattern"),
        REFER: in_every_language("refer"),
        GO_ON: in_every_language("go on"),
    }


def _before() -> tuple[str, ...]:
    """What stands before the reason in the record and on paper."""
    return in_every_language("After three visits without a real change: {answer}.")
