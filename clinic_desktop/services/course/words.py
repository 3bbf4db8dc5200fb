"""A course of care in words: which one it is, its goal, how far it is and how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from clinic_desktop.domain.courses import Closing, CourseFacts
from clinic_desktop.domain.papers import Fact
from clinic_desktop.domain.trends import LOWER_IS_BETTER, values_over
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.papers.parts import PaperSource, finding_label
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.finding_words import not_recorded, unit_words, with_unit
from clinic_desktop.services.words.translation import _


def outcome_words() -> Mapping[str, str]:
    """How a course ended, each outcome in words."""
    return {
        "goals_met": _("goals met"),
        "partly_met": _("partly met"),
        "no_change": _("no change"),
        "referred": _("referred on"),
        "stopped_coming": _("stopped coming"),
        "other": _("other"),
    }


def ended_words(closing: Closing) -> str:
    """When and how a course ended: `closed 23 Mar 2026, goals met`."""
    outcome = outcome_words()[closing.outcome]
    return _("closed {day}, {outcome}").format(day=date_words(closing.on), outcome=outcome)


def subject_words(reason: str | None, side: str | None) -> str:
    """What a course is about, in its own words or by the side; empty where neither is known."""
    sides = {
        "right": _("right hamstring"),
        "left": _("left hamstring"),
        "both": _("both hamstrings"),
    }
    return " ".join((reason or "").split()) or sides.get(side or "", "")


def course_opening(case: Case) -> str:
    """Which of a patient's courses this is, by its beginning: the same before and after its end."""
    day = _opened(case)
    subject = subject_words(case.course.reason, case.side)
    opened = _("Course of care opened {day}").format(day=day)
    return f"{opened}: {subject}" if subject else opened


def _opened(case: Case) -> str:
    """The day a course was opened; where nobody said, that of its first visit."""
    return date_words(case.course.opened or case.visits[0].date)


def course_name(case: Case) -> str:
    """The same with how it ended, for the head of what tells of the whole course."""
    ended = ended_words(case.course.closing) if case.course.closing else ""
    return f"{course_opening(case)}; {ended}" if ended else course_opening(case)


def course_facts(case: Case, source: PaperSource) -> Iterator[Fact]:
    """Goal, number, visits, beginning and end, for the summary of a course."""
    course = case.course
    yield Fact(_("Goal"), case.goal or not_recorded())
    if course.target is not None:
        yield Fact(_("Goal in a number"), goal_words(case, source))
    planned = str(course.planned_visits) if course.planned_visits else not_recorded()
    yield Fact(_("Visits planned"), planned)
    yield Fact(_("Course opened"), _opened(case))
    if course.closing is not None:
        note = course.closing.note
        said = ended_words(course.closing)
        said = said[:1].upper() + said[1:]
        yield Fact(_("Course closed"), f"{said}. {note}" if note else f"{said}.")


def goal_words(case: Case, source: PaperSource) -> str:
    """The goal in a number, and how far the newest value is: `Pain-free run 10 km: 9.7 km on 16
    Mar 2026`. A goal whose measure was not charted says so."""
    target = case.course.target
    if target is None:
        return not_recorded()
    spec = source.catalogue.spec(target.measure)
    unit = unit_words(spec)
    name = f"{finding_label(source, target.measure)} {with_unit(target.value, unit)}"
    newest = _newest(case, source)
    if newest is None:
        return _("{goal}: not recorded yet").format(goal=name)
    value, day = newest
    better = target.measure in LOWER_IS_BETTER
    reached = value <= target.value if better else value >= target.value
    said = _("{goal}: reached, {value} on {day}") if reached else _("{goal}: {value} on {day}")
    return said.format(goal=name, value=with_unit(value, unit), day=date_words(day))


def _newest(case: Case, source: PaperSource) -> tuple[float, dt.date] | None:
    """The newest value of the goal's measure with its day; of two sides the one further off."""
    target = case.course.target
    if target is None:
        return None
    worst = max if target.measure in LOWER_IS_BETTER else min
    columns = [values_over(case.visits, key) for key in source.catalogue.spec(target.measure).keys]
    for place in reversed(range(len(case.visits))):
        values = [column[place] for column in columns if column[place] is not None]
        if values:
            return worst(value for value in values if value is not None), case.visits[place].date
    return None


def visit_of(ordinal: int, facts: CourseFacts) -> str:
    """Which visit of the course it is: `visit 2 of 3`; beyond the plan, by how much."""
    planned = facts.planned_visits
    if planned is None:
        return _("visit {n}").format(n=ordinal)
    if ordinal > planned:
        return _("visit {n}, {planned} planned").format(n=ordinal, planned=planned)
    return _("visit {n} of {most}").format(n=ordinal, most=planned)
