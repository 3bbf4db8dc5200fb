"""What would surprise the clinic in its own exercises: hard words, missing ones, no picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Final

from clinic_desktop.domain.documents import TEXT_SIZES, Clinic, Handout
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.plans import PlanItemText, PlanLibrary
from clinic_desktop.domain.suggestion import Screen, SuggestedPlan, Suggestion
from clinic_desktop.domain.values import LANGUAGES, Key
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.papers.handouts import make_handout
from clinic_desktop.services.papers.readability import HIGHEST_GRADE, LEAST_EASE, grade, hard_words
from clinic_desktop.services.papers.sheet_reading import reading_words

from .compiled import FIRST_DAY, Knowledge
from .own_folder import ITEMS, PLAN
from .plan_files import load_plan_library
from .plan_words import SAID

Render = Callable[[Handout, str], bytes]
PAPERS: Final = ("a4", "letter")
_ENOUGH_WORDS: Final = 5
_SLACK_GRADE, _SLACK_EASE = 2.0, 15.0
"""A single line may be so much harder than the whole: of few words the measure jumps."""


def own_plan_findings(knowledge: Knowledge, render: Render | None = None) -> Iterator[str]:
    """A line a finding, with file and place, on what a clinic says itself on the sheet.

    With `render` each of its exercises is printed for trial, on every paper in every size.
    """
    for item in _own_items(knowledge.library):
        if not knowledge.library.illustrations.get(item):
            yield f"{ITEMS}.toml: {item}: has no picture: it is printed in words alone"
    for language in LANGUAGES:
        library = knowledge.library_in(language)
        file = f"{PLAN}{language}.toml"
        for item in sorted(library.borrowed):
            yield f"{file}: items.{item}: has no words: the English ones are printed"
        for item in _said_anew(library):
            for place, text in _drawn(library, item):
                yield from _reading(f"{file}: items.{place}", text, language)
    if render is not None:
        yield from _printed(knowledge, render)


def own_exercises(knowledge: Knowledge) -> Iterator[str]:
    """A line for each exercise of the clinic's own: its name, how it is shown, how it reads."""
    for item in _own_items(knowledge.library, clinic_only=True):
        text = knowledge.library.texts[item]
        count = len(knowledge.library.illustrations.get(item, ()))
        shown = f"{count} pictures" if count > 1 else "1 picture" if count else "no picture"
        if knowledge.library.items[item].clinic_only:
            shown = "in the clinic only"
        parts = [f"{text.name}", knowledge.library.items[item].kind, shown]
        for language in LANGUAGES:
            library = knowledge.library_in(language)
            said = (
                "in English" if item in library.borrowed else _grade(library.texts[item], language)
            )
            parts.append(f"{language}: {said}")
        yield f"{ITEMS}.toml: {item}: {'; '.join(parts)}"


def _grade(text: PlanItemText, language: str) -> str:
    return reading_words(grade("\n".join(dict(_lines(text)).values()), language))


def _own_items(library: PlanLibrary, *, clinic_only: bool = False) -> Iterator[str]:
    shipped = load_plan_library(library.language).items
    return (
        name
        for name, item in library.items.items()
        if name not in shipped and (clinic_only or not item.clinic_only)
    )


def _said_anew(library: PlanLibrary) -> Iterator[str]:
    """Items for home whose words in this language are the clinic's."""
    shipped = load_plan_library(library.language).texts
    for name, text in library.texts.items():
        if library.items[name].clinic_only or name in library.borrowed:
            continue
        if name not in shipped or _said(text) != _said(shipped[name]):
            yield name


def _said(text: PlanItemText) -> list[object]:
    own = [getattr(text, field.name) for field in fields(text) if field.name in SAID]
    return [own, *(_said(drawn) for drawn in text.drawings.values())]


def _drawn(library: PlanLibrary, item: str) -> Iterator[tuple[str, PlanItemText]]:
    usual = library.texts[item]
    yield item, usual
    for name, text in usual.drawings.items():
        yield f"{item}.drawings.{name}", text


def _lines(text: PlanItemText) -> Iterator[tuple[str, str]]:
    for name in SAID:
        said = getattr(text, name)
        if isinstance(said, str):
            yield name, said
        else:
            yield from ((f"{name}[{number}]", line) for number, line in enumerate(said))


def _reading(place: str, text: PlanItemText, language: str) -> Iterator[str]:
    lines = dict(_lines(text))
    said = "\n".join(lines.values())
    reading = grade(said, language)
    if not reading.ok:
        yield f"{place}: is hard to read: {reading_words(reading)}"
    for name, line in lines.items():
        alone = grade(line, language)
        above = alone.score - HIGHEST_GRADE if alone.measure == "grade" else 0.0
        below = LEAST_EASE - alone.score if alone.measure == "ease" else 0.0
        if len(line.split()) >= _ENOUGH_WORDS and (above > _SLACK_GRADE or below > _SLACK_EASE):
            yield f"{place}.{name}: is hard to read by itself: {reading_words(alone)}"
    for hard, plain in hard_words(said, language):
        yield f'{place}: "{hard}" is hard to read; plainer: "{plain}"'


# ---------------------------------------------------------------------- printed for trial
def _printed(knowledge: Knowledge, render: Render) -> Iterator[str]:
    for language in LANGUAGES:
        library = knowledge.library_in(language)
        shipped = load_plan_library(language)
        anew = [*_said_anew(library), *(i for i in _own_items(library) if i in library.borrowed)]
        if not anew and library.sheet != shipped.sheet:
            anew = ["slider_seated"]
        for item in dict.fromkeys(anew):
            drawings = (None, *library.texts[item].drawings)
            for drawing in drawings:
                yield from _trial(library, PlanChoice(item, drawing=drawing), render)


def _trial(library: PlanLibrary, choice: PlanChoice, render: Render) -> Iterator[str]:
    for size in TEXT_SIZES:
        for paper in PAPERS:
            try:
                render(trial_sheet(library, choice, size), paper)
            except ChartError as problem:
                file = f"{PLAN}{library.language}.toml"
                yield f"{file}: items.{choice.item}: cannot be printed: {problem}"
                return


def trial_sheet(library: PlanLibrary, choice: PlanChoice, text_size: int) -> Handout:
    """A sheet of nobody's with the pause, this item, and something that has changed."""
    before = Visit(FIRST_DAY - dt.timedelta(7), plan=(PlanChoice("brace"),))
    plan = [PlanChoice("pause_stretching"), choice]
    if choice.item == "pause_stretching":
        del plan[0]
    now = Visit(FIRST_DAY, {Key("complaint.side"): "right"}, plan=tuple(plan))
    case = Case(Patient("Nobody"), (before, now))
    clear = Suggestion(
        status="not_enough_data",
        patterns=(),
        lean=(),
        provisional=False,
        red_flags=(),
        resolved_flags=(),
        screen=Screen(True, ()),
        ledger={},
        contradictions=(),
        ask_next=(),
        plan=SuggestedPlan(),
    )
    next_visit = FIRST_DAY + dt.timedelta(7)
    clinic = Clinic("Clinic", phone="0", address="Street", emergency_phone="0")
    return make_handout(
        case, clear, library, clinic, "Nobody", next_visit=next_visit, text_size=text_size
    )
