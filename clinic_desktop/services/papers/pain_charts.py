"""Makes the charts of the body for papers and for the page of the course."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.domain.figures.body_chart import before_sample, kind_sample
from clinic_desktop.domain.pain import KINDS, PLACES, PainMap, charted_maps
from clinic_desktop.domain.papers import BodyPicture, BodyPictures, Fact, LegendEntry
from clinic_desktop.domain.values import SIDES
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.pain_words import (
    body_drawing,
    change_words,
    kind_words,
    marked_before,
    no_kind_said,
    side_words,
)
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import side_word

MOST: Final = 8
"""Charts of one course: of a longer one the first and the latest."""


def body_of_visit(case: Case, text: CatalogueText) -> BodyPictures:
    """The chart of the last visit, with the marks of the visit before in grey."""
    return _pictures(case, text, only_last=True)


def body_of_course(case: Case, text: CatalogueText) -> BodyPictures:
    """A chart for each visit that said where it hurts, oldest first."""
    return _pictures(case, text, only_last=False)


def _pictures(case: Case, text: CatalogueText, only_last: bool) -> BodyPictures:
    charted = charted_maps(case)
    note = ""
    if only_last:
        charted = tuple(one for one in charted if one[0] == len(case.visits) - 1)
    elif len(charted) > MOST:
        note = _("The first and the latest {n} of {all} visits that charted it.").format(
            n=MOST - 1, all=len(charted)
        )
        charted = (charted[0], *charted[-(MOST - 1) :])
    pictures = []
    for at, now, before in charted:
        title = _("Visit {n}, {day}").format(n=at + 1, day=date_words(case.visits[at].date))
        sides = tuple(Fact(_first_up(side_word(s)), side_words(text, now, s)) for s in SIDES)
        change = change_words(text, before, now)
        drawing = body_drawing(text, now, before)
        pictures.append(BodyPicture("" if only_last else title, drawing, sides, change))
    maps = [(now, before) for _at, now, before in charted]
    return BodyPictures(_("Where it hurts"), tuple(pictures), _legend(maps, text), note)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _legend(
    maps: Sequence[tuple[PainMap, PainMap]], text: CatalogueText
) -> tuple[LegendEntry, ...]:
    """What the patterns that are drawn mean, and no others."""
    now = [mark for here, _before in maps for mark in here.marks]
    said = {kind for mark in now for kind in mark.kinds}
    entries = [
        LegendEntry(kind_sample(kind), kind_words(text, PLACES[0], kind))
        for kind in KINDS
        if kind in said
    ]
    if any(not mark.kinds for mark in now):
        entries.append(LegendEntry(kind_sample(""), no_kind_said()))
    if any(before.marks for _here, before in maps):
        entries.append(LegendEntry(before_sample(), marked_before()))
    return tuple(entries)
