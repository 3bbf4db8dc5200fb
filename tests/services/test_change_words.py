"""What changed since last time, treatments and own activities, in the words of the visit note."""

from dataclasses import replace

from clinic_desktop.domain.activities import OwnActivity, with_activities
from clinic_desktop.domain.changes import changes_of
from clinic_desktop.domain.papers import Part, VisitNote
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Activity, Case, Retest
from clinic_desktop.services.course.change_words import ToldChange, told_changes
from clinic_desktop.services.papers.visit_notes import make_visit_note
from tests.paper_contents import a_course, a_source, a_suggestion, left, right

SLUMP = {
    right("slump.result"): "positive", right("slump.familiar"): "yes",
    right("slump.release"): "eases",
}  # fmt: skip


def told(case: Case) -> tuple[ToldChange, ...]:
    source = a_source()
    changes = changes_of(case, source.catalogue, source.bands)
    return told_changes(changes, case, source.catalogue, source.text)


def note(case: Case) -> VisitNote:
    return make_visit_note(case, a_suggestion(), a_source())


def facts(part: Part) -> dict[str, str]:
    return {fact.label: fact.text for fact in part.facts}


def test_each_change_says_how_much_and_the_error_it_was_held_against() -> None:
    case = a_course({right("slr.angle"): 50}, {right("slr.angle"): 66})
    (line,) = told(case)
    assert line.spoken == (
        "SLR, first symptom, right: 50 deg, now 66 deg, 16 deg more,"
        " error \N{PLUS-MINUS SIGN}10 deg"
    )


def test_a_date_stands_where_it_was_tested_before_the_last_visit() -> None:
    case = a_course({right("slr.angle"): 50}, {}, {right("slr.angle"): 66})
    assert told(case)[0].day == "on 12 Jan 2026"
    assert told(a_course({right("slr.angle"): 50}, {right("slr.angle"): 66}))[0].day == ""


def test_a_test_that_was_not_done_again_is_one_line_with_what_it_found() -> None:
    (line,) = told(a_course(SLUMP, {}))
    assert (line.name, line.now) == ("Slump, right", "")
    assert line.before == "result positive; familiar yes; head lifted eases"


def test_the_note_tells_what_changed_and_never_calls_the_untested_gone() -> None:
    case = a_course(
        {**SLUMP, right("slr.angle"): 50, left("slump.result"): "positive"},
        {right("slr.angle"): 66, left("slump.result"): "negative"},
    )
    said = facts(note(case).changes)
    assert said["Better"] == "SLR, first symptom, right (50 deg, now 66 deg)."
    assert said["Gone"] == "Slump left (positive, now negative)."
    assert said["No longer tested"] == "Slump, right."


def test_what_stayed_on_both_sides_is_named_once() -> None:
    """An exam of sixty fields would else fill half a page with right and left of each."""
    same = {right("slr.result"): "positive", left("slr.result"): "negative"}
    one_side = {right("slump.result"): "positive"}
    said = facts(note(a_course({**same, **one_side}, {**same, **one_side})).changes)
    assert said["No real change"] == "SLR, both sides; Slump right."
    gone = facts(note(a_course({**same, **one_side}, {})).changes)
    assert gone["No longer tested"] == "SLR, both sides; Slump right."


def test_a_first_visit_has_no_such_part() -> None:
    assert note(a_course(SLUMP)).changes.empty


def test_the_retest_sentence_has_dose_minutes_verdict_and_error() -> None:
    retest = Retest("slider_seated", "slr.angle", right("slr.angle").side, 54, 66,
                    dose="2 x 10", minutes=4)  # fmt: skip
    case = a_course({right("slr.angle"): 54})
    case = replace(case, visits=(replace(case.last, retests=(retest,)),))
    assert note(case).retests.lines == (
        "Straight leg raise, first symptom, right: 54 deg before, 66 deg after Seated nerve slider"
        " (2 x 10; 4 min): 12 deg more, better (error \N{PLUS-MINUS SIGN}10 deg).",
    )


def test_more_repetitions_at_more_pain_say_so() -> None:
    side = right("bridge.reps").side
    retests = (Retest("brace", "bridge.reps", side, 10, 15),
               Retest("brace", "bridge.pain", side, 3, 4))  # fmt: skip
    case = a_course({})
    case = replace(case, visits=(replace(case.last, retests=retests),))
    assert "no real change, for it was at more pain" in note(case).retests.lines[0]


def test_an_activity_without_a_score_reads_as_not_recorded() -> None:
    case = a_course({Key("outcome.nprs_now"): 3})
    visit = with_activities(case.last, (OwnActivity("Sitting", 3), OwnActivity("Stairs")))
    assert visit.psfs == (Activity("Sitting", 3),)
    parts = note(replace(case, visits=(visit,))).findings
    rows = [cell for part in parts if part.table for row in part.table.rows for cell in row.cells]
    assert "Sitting: 3 of 10" in rows
    assert "Stairs: not recorded" in rows
