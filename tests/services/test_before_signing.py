"""What is still open is told before signing in a few sentences, and never keeps her from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from clinic_desktop.domain.suggestion import RedFlag, Screen
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Decision, PlanChoice
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.papers.visit_notes import key_items
from clinic_desktop.services.visit.before_signing import open_points
from tests.paper_contents import CAUDA, FIRST, a_course, a_suggestion, with_last

EVENING = dt.datetime.combine(FIRST, dt.time(18)).astimezone()
WATCH = RedFlag("distress", "W", (), "Ask again.", "Marked distress")


def points(
    case: Case, *flags: RedFlag, now: dt.datetime = EVENING, asked: bool = True
) -> list[str]:
    said = replace(
        a_suggestion(*flags), screen=Screen(asked, () if asked else ("flag.fever",) * 12)
    )
    return list(open_points(case, said, load_catalogue(), load_catalogue_text(), now))


def complete() -> Case:
    """A first visit with something in every key item, a plan and a decision."""
    catalogue = load_catalogue()
    case = a_course({})
    charted = {
        catalogue.spec(finding).keys[0]: (catalogue.spec(finding).choices or ("x",))[0]
        for finding in key_items(case)
    }
    return with_last(
        case, findings=charted, plan=(PlanChoice("brace"),), decision=Decision(agree=True)
    )


def test_nothing_open_is_nothing_told() -> None:
    assert points(complete()) == []


def test_open_flags_are_told_with_how_urgent_they_are() -> None:
    (said,) = points(complete(), CAUDA, WATCH)
    assert said == "Open red flags: Cauda equina (emergency), Marked distress (watch)."


def test_a_screen_that_is_not_finished_is_told_with_its_count() -> None:
    (said,) = points(complete(), asked=False)
    assert said.endswith("questions still open: 12.")


def test_what_is_not_recorded_is_named_a_few_and_counted_the_rest() -> None:
    (said,) = points(a_course({}))
    assert said.startswith("Not recorded: plan; decision; ")
    assert said.endswith(f"; and {len(key_items(a_course({}))) - 2} more.")
    (said,) = points(with_last(complete(), plan=()))
    assert said == "Not recorded: plan."


def test_a_late_entry_is_announced() -> None:
    (said,) = points(complete(), now=EVENING + dt.timedelta(days=3))
    assert said == "It will be marked as a late entry."


def test_what_a_phrase_leaves_open_is_named_with_its_field() -> None:
    case = complete()
    note = {**case.last.findings, Key("note.subjective"): "Began {when}, at once."}
    open_ones = with_last(case, findings=note, notes_on={"slr.result": "Done in {position}."})
    (said,) = points(open_ones)
    assert said.startswith("Not filled in: ")
    assert "{position}" in said
    assert "{when}" in said
    filled = with_last(case, notes_on={"slr.result": "Done lying."})
    assert points(filled) == []
