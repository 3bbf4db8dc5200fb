"""What is still open as a visit is signed, in short: told, and never in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.signing import is_late
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Case, Decision
from clinic_desktop.services.papers.open_places import open_in, unfilled_words
from clinic_desktop.services.papers.visit_notes import key_items
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import flag_title, level_word

from .chart_texts import fields_of

MOST_NAMED: Final = 4
"""Blank items that are named; of more, how many more."""


def open_points(
    case: Case,
    suggestion: Suggestion,
    catalogue: Catalogue,
    text: CatalogueText,
    now: dt.datetime,
    first_entry: dt.datetime | None = None,
) -> tuple[str, ...]:
    """Red flags, the screen, what is not filled in or not recorded, and whether it is late: a
    sentence each."""
    return (
        *_flags(suggestion),
        *_screen(suggestion),
        *_unfilled(case, catalogue, text),
        *_blank(case, catalogue, text),
        *_late(case, first_entry, now),
    )


def _flags(suggestion: Suggestion) -> Iterator[str]:
    if suggestion.red_flags:
        flags = (f"{flag_title(flag)} ({level_word(flag.level)})" for flag in suggestion.red_flags)
        yield _("Open red flags: {flags}.").format(flags=", ".join(flags))


def _screen(suggestion: Suggestion) -> Iterator[str]:
    if not suggestion.screen.complete:
        yield _("The red-flag screen is not finished; questions still open: {n}.").format(
            n=len(suggestion.screen.unanswered)
        )


def _unfilled(case: Case, catalogue: Catalogue, text: CatalogueText) -> Iterator[str]:
    """What a phrase leaves open: it would be signed as it stands, in its braces."""
    said = unfilled_words(open_in(fields_of(case.last, catalogue, text)))
    if said:
        yield said


def _blank(case: Case, catalogue: Catalogue, text: CatalogueText) -> Iterator[str]:
    """Key items without any finding; decision and plan."""
    visit = case.last
    names = [] if visit.plan else [_("plan")]
    if visit.decision is None or visit.decision == Decision():
        names.append(_("decision"))
    for finding in key_items(case):
        spec = catalogue.spec(finding)
        if not any(key in visit.findings for key in spec.keys):
            known = text.findings[finding]
            names.append(known.brief or known.name)
    if names:
        more = len(names) - MOST_NAMED
        said = "; ".join(names[:MOST_NAMED])
        if more > 0:
            said = _("{names}; and {n} more").format(names=said, n=more)
        yield _("Not recorded: {names}.").format(names=said)


def _late(case: Case, first_entry: dt.datetime | None, now: dt.datetime) -> Iterator[str]:
    if is_late(case.last.date, first_entry, now.astimezone()):
        yield _("It will be marked as a late entry.")
