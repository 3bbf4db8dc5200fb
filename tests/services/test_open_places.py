"""What a phrase leaves open is told before a paper leaves, whichever field it stands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress

import pytest

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.errors import Withheld
from clinic_desktop.domain.phrases import open_words
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import (
    Activity,
    Case,
    Decision,
    FlagResolution,
    PlanChoice,
    Retest,
    Visit,
)
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.handouts import make_handout
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.papers.open_places import (
    OpenPlace,
    Written,
    open_in,
    open_on_paper,
    unfilled_words,
)
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.visit.chart_texts import fields_of_course
from reports.course import render_course
from reports.letter import render_letter
from reports.note import render_note
from tests.handout_contents import pages_of
from tests.paper_contents import FIRST, a_course, a_source, a_suggestion, with_last
from tests.spanish import CASES, CLINIC, KINDS, WHO, case_of, knowledge, paper, speaking


def written_everywhere() -> Case:
    """A course in which every free text has an open place of its own."""
    case = with_last(
        a_course({}),
        date=FIRST + dt.timedelta(days=7),
        findings={
            Key("note.subjective"): "Worse since {since when}.",
            Key("complaint.goal"): "Run {which race}.",
        },
        notes_on={"slr.result": "Done in {position}."},
        psfs=(Activity("walk {how far}", 3.0),),
        retests=(
            Retest("other", "slr.result", verdict="better", note="pull {how}", dose="{sets} x 10"),
        ),
        plan=(PlanChoice("brace", "{times} a day", words="Keep {which side} still."),),
        parked=(PlanChoice("slider_seated", words="From {day} on."),),
        resolved_flags=(FlagResolution("distress", "Talked with {whom}."),),
        decision=Decision(agree=False, reason="Because {why}."),
    )
    earlier = Visit(FIRST, {Key("note.plan"): "See {who}."})
    facts = CourseFacts(reason="Fall on {which leg}", goal="{a goal}")
    return Case(case.patient, (earlier, *case.visits), facts)


def named(places: Iterable[OpenPlace]) -> set[str]:
    return set(open_words(" ".join(place.words for place in places)))


@pytest.mark.parametrize("kind", ["note", "report", "letter"])
def test_nothing_open_is_printed_without_being_told(kind: str) -> None:
    """What stands in braces on the very pages is told, each place of it."""
    case, said = written_everywhere(), a_suggestion()
    written: tuple[Written, ...] = ()
    if kind == "note":
        content: object = make_visit_note(case, said, a_source())
        pdf = render_note(make_visit_note(case, said, a_source()))
    elif kind == "report":
        content = make_course_report(case, said, a_source())
        pdf = render_course(make_course_report(case, said, a_source()))
    else:
        letter = make_referral_letter(
            case, said, a_source(), reason="{reason}", told="{told}", recipient="{to}"
        )
        written, content, pdf = (Written("{reason}", "reason"),), letter, render_letter(letter)
    fields = (*written, *fields_of_course(case, load_catalogue(), load_catalogue_text()))
    told = named(open_on_paper(content, fields))
    printed = set(open_words(" ".join(" ".join(pages_of(pdf)).split())))
    assert printed
    assert printed <= told
    assert printed >= told, "what is not on this paper is not told"


def test_each_place_is_named_with_its_field_and_where_it_is_filled_in() -> None:
    fields = fields_of_course(written_everywhere(), load_catalogue(), load_catalogue_text())
    found = {one.words: one for one in open_in(fields)}
    assert found["{position}"].at == "slr.result"
    assert found["{since when}"].at == "note.subjective"
    assert found["{times}"].at == "plan:brace"
    assert found["{times}"].said == "plan {times}"
    assert found["{who}"].at == "", "an earlier visit is not filled in any more"
    assert found["{a goal}"].said == "course {a goal}"
    assert found["{why}"].said == "{why}"


def test_a_paper_tells_also_what_no_text_is_known_to_have() -> None:
    (place,) = open_on_paper(("Call {whom} by {when}.",), (Written("Call {whom}.", "told"),))[1:]
    assert place.said == "{when}"
    assert unfilled_words((place,)) == "Not filled in: {when}."
    assert unfilled_words(()) == ""


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("file", CASES)
def test_our_own_words_are_never_taken_for_something_to_fill_in(file: str, language: str) -> None:
    case = case_of(file)
    for kind in KINDS:
        assert open_on_paper(paper(kind, case, language), ()) == (), kind
    rules = knowledge(language)
    with speaking(language), suppress(Withheld):
        sheet = make_handout(case, rules.suggest(case), rules.library, CLINIC, WHO)
        assert open_on_paper(sheet, ()) == ()
