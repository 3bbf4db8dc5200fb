"""Holds kept answers against what the rules say now, so that a new rule set surprises nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clinic_desktop.domain.suggestion import ShortAnswer, Suggestion
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.ports import OpenRecord
from clinic_desktop.services.stored import StoredCourse
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import pattern_name


@dataclass(frozen=True, slots=True)
class Difference:
    """A visit of which the rules now say something else than when it was last changed."""

    number: int
    """The patient's number."""
    date: dt.date
    then: ShortAnswer
    now: ShortAnswer

    @property
    def same_rules(self) -> bool:
        """Whether the rules are the same: then the record was changed since (an earlier visit, the
        patient's age or sex)."""
        return self.then.sha256 == self.now.sha256


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it: how many visits were looked at, and which would be answered otherwise."""

    looked_at: int
    differences: tuple[Difference, ...]


def replay(
    open_record: OpenRecord, suggest: Callable[[Case], Suggestion], *, unsigned_too: bool = False
) -> Replay:
    """Answer the visits of the record anew; nothing is written. Raises RecordUnavailable."""
    with open_record() as work:
        kept = work.answers(signed_only=not unsigned_too)
        course: StoredCourse | None = None
        found = []
        for answered in kept:
            if course is None or course.id != answered.course_id:
                course = work.course(answered.course_id)
            now = suggest(course.case_up_to(answered.visit_id)).short
            if not now.says_the_same(answered.answer):
                found.append(Difference(answered.number, answered.date, answered.answer, now))
    return Replay(len(kept), tuple(found))


def in_words(answer: ShortAnswer) -> str:
    """A kept answer in one short line: `Pattern 1, Pattern 2`, with its red flags if it has any."""
    return "; ".join(_parts(answer))


def _parts(answer: ShortAnswer) -> Iterator[str]:
    if answer.red_flags:
        flags = (f"{flag} {level}" for flag, level in answer.red_flags)
        yield _("red flags: {flags}").format(flags=", ".join(flags))
    if answer.patterns:
        yield ", ".join(map(pattern_name, answer.patterns))
    elif answer.lean:
        yield _("leans to {patterns}").format(patterns=", ".join(map(pattern_name, answer.lean)))
    elif answer.status != "red_flag":
        yield _("not enough data")
