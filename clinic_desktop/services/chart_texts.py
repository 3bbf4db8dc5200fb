"""The free texts of a visit: where each stands, and what in them is still to fill in."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.phrases import open_words
from clinic_desktop.domain.values import Kind
from clinic_desktop.domain.visits import Case, Visit

from .translation import _


def texts_of(visit: Visit, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every free text of a visit with the finding that it is about; blank where it is about none.

    In the order of the forms, the latest part of a visit last.
    """
    yield from visit.notes_on.items()
    for key, value in visit.findings.items():
        if catalogue.spec(key.finding).kind is Kind.TEXT and isinstance(value, str):
            yield key.finding, value
    others = (
        *(activity.activity for activity in visit.psfs),
        *visit.activities,
        *(retest.note for retest in visit.retests),
        *(choice.words for choice in (*visit.plan, *visit.parked)),
        *(flag.reason for flag in visit.resolved_flags),
        visit.decision.reason if visit.decision is not None else None,
    )
    for text in others:
        if text:
            yield "", text


def written_in(case: Case, catalogue: Catalogue) -> Iterator[str]:
    """All that was written in a course, the newest first: this patient's and nobody else's."""
    for visit in reversed(case.visits):
        yield from reversed([text for _finding, text in texts_of(visit, catalogue)])


def still_to_fill_in(visit: Visit, catalogue: Catalogue, text: CatalogueText) -> tuple[str, ...]:
    """What of a phrase nobody has filled in, each with the field that it stands in."""
    found = []
    for finding, written in texts_of(visit, catalogue):
        open_ones = ", ".join(open_words(written))
        if open_ones and finding:
            name = text.findings[finding].brief or text.findings[finding].name
            found.append(_("{field} {places}").format(field=name, places=open_ones))
        elif open_ones:
            found.append(open_ones)
    return tuple(found)
