"""The free texts of a visit and of a course: what was written, and in which field each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.values import Kind
from clinic_desktop.domain.visits import Case, Retest, Treatment, Visit
from clinic_desktop.services.papers.open_places import Written
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _

PLAN: Final = "plan:"
"""Before an item's id: where a text is about an item of the plan."""


def texts_of(visit: Visit, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every free text of a visit with what it is about: a finding, or an item of the plan behind
    `PLAN`; blank where it is about neither.

    In the order of the forms, the latest part of a visit last.
    """
    yield from visit.notes_on.items()
    for key, value in visit.findings.items():
        if catalogue.spec(key.finding).kind is Kind.TEXT and isinstance(value, str):
            yield key.finding, value
    treated: list[Retest | Treatment] = [*visit.retests]
    if visit.begun is not None:
        treated.append(visit.begun)
    others = (
        *(("", activity.activity) for activity in visit.psfs),
        *(("", name) for name in visit.activities),
        *(("", text) for one in treated for text in (one.note, one.dose)),
        *(
            (PLAN + choice.item, text)
            for choice in (*visit.plan, *visit.parked)
            for text in (choice.words, choice.dose)
        ),
        *(("", flag.reason) for flag in visit.resolved_flags),
        ("", visit.decision.reason if visit.decision is not None else None),
    )
    for about, text in others:
        if text:
            yield about, text


def written_in(case: Case, catalogue: Catalogue) -> Iterator[str]:
    """All that was written in a course, the newest first: this patient's and nobody else's."""
    for visit in reversed(case.visits):
        yield from reversed([text for _about, text in texts_of(visit, catalogue)])


def fields_of(
    visit: Visit, catalogue: Catalogue, text: CatalogueText, library: PlanLibrary | None = None
) -> Iterator[Written]:
    """Every free text of a visit with the name of its field; what is written on an item of the plan
    bears the item's name where the library is given."""
    for about, written in texts_of(visit, catalogue):
        if about.startswith(PLAN):
            item = about.removeprefix(PLAN)
            yield Written(written, library.name(item) if library else _("plan"), about)
        elif about:
            yield Written(written, text.findings[about].brief or text.findings[about].name, about)
        else:
            yield Written(written)


def fields_of_course(
    case: Case, catalogue: Catalogue, text: CatalogueText, library: PlanLibrary | None = None
) -> Iterator[Written]:
    """Every free text of a course: those of the last visit, then of the earlier ones with their
    day, which nobody fills in any more, and what was said of the course itself."""
    yield from fields_of(case.last, catalogue, text, library)
    for visit in reversed(case.visits[:-1]):
        for one in fields_of(visit, catalogue, text, library):
            name = ", ".join(part for part in (one.field, date_words(visit.date)) if part)
            yield replace(one, field=name, at="")
    said = case.course
    note = said.closing.note if said.closing is not None else None
    for words in (said.reason, said.goal, note):
        if words:
            yield Written(words, _("course"))
