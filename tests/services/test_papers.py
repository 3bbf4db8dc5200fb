"""The visit note: what was charted, what was not, and never one for the other."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace

import pytest

from clinic_desktop.domain.papers import Part
from clinic_desktop.domain.trends import Series
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import (
    Addendum,
    Decision,
    FlagResolution,
    PlanChoice,
    Retest,
)
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.papers.visit_notes import make_visit_note
from tests.paper_contents import CAUDA, a_course, a_source, a_suggestion, left, right, with_last


def words(content: object) -> str:
    """Every text of a paper's content."""
    if isinstance(content, str):
        return content
    if isinstance(content, Series):
        return ""
    if isinstance(content, tuple):
        return "\n".join(map(words, content))
    if is_dataclass(content):
        return "\n".join(words(getattr(content, field.name)) for field in fields(content))
    return ""


def rows(parts: tuple[Part, ...]) -> list[tuple[str, ...]]:
    return [row.cells for part in parts if part.table for row in part.table.rows]


def facts(part: Part) -> dict[str, str]:
    return {fact.label: fact.text for fact in part.facts}


NOTHING = a_course({})
CALM = a_suggestion()


@pytest.mark.parametrize("case", [NOTHING, a_course({}, {}, {})])
def test_what_is_blank_is_never_normal_or_negative(case: object) -> None:
    """An empty visit says "not recorded" in every paper, and nothing that sounds like a result."""
    assert isinstance(case, type(NOTHING))
    papers = (
        make_visit_note(case, CALM, a_source()),
        make_course_report(case, CALM, a_source()),
        make_referral_letter(case, CALM, a_source(), reason="No change"),
    )
    for paper in papers:
        text = words(paper).lower()
        assert "not recorded" in text
        assert not re.search(r"\b(normal|negative|clear|unremarkable|nil|intact|none)\b", text)


def test_each_side_says_what_was_charted_for_it() -> None:
    case = a_course(
        {right("slr.result"): "positive", right("slr.angle"): 58, left("slr.angle"): 72}
    )
    found = rows(make_visit_note(case, CALM, a_source()).findings)
    assert ("Straight leg raise", "Result", "positive", "not recorded") in found
    assert ("", "First symptom", "58 deg", "72 deg") in found


def test_what_has_no_side_stands_below_none() -> None:
    case = a_course({Key("lumbar.movement"): "negative", Key("outcome.nprs_now"): 4})
    found = rows(make_visit_note(case, CALM, a_source()).findings)
    assert ("Low back", "Movements: negative") in found
    assert ("Pain, 0 to 10", "Now: 4 of 10") in found


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("inconclusive", "inconclusive"),
        ("not_tested", "not tested"),
        ("unable", "unable to test"),
    ],
)
def test_a_test_without_a_result_is_told_as_such(value: str, shown: str) -> None:
    case = a_course({right("arabesque.result"): value})
    (row,) = rows(make_visit_note(case, CALM, a_source()).findings)
    assert row == ("Arabesque", "Result", shown, "not recorded")


@pytest.mark.parametrize(
    ("notes", "shown"),
    [({"arabesque.result": "Too painful."}, "Too painful."), ({}, "Reason not recorded.")],
)
def test_a_test_the_patient_was_unable_to_do_has_its_reason(
    notes: dict[str, str], shown: str
) -> None:
    case = with_last(a_course({right("arabesque.result"): "unable"}), notes_on=notes)
    (part,) = make_visit_note(case, CALM, a_source()).findings
    assert part.table is not None
    assert part.table.rows[0].remark == shown


def test_the_screen_names_blank_questions_as_blank() -> None:
    case = a_course({Key("flag.pop"): "yes", Key("flag.palpable_gap"): "no"})
    found = {row[0]: row[1] for row in rows(make_visit_note(case, CALM, a_source()).findings)}
    said = found["Tear"]
    assert said.startswith("Yes: pop. No: gap. Not recorded: ")
    assert "could not go on" in said
    assert "Blood clot" not in found


def test_retests_are_sentences_with_verdict_and_error() -> None:
    retests = (
        Retest("slider_seated", "slr.angle", Side.RIGHT, 58, 70),
        Retest("glute_burn", "bridge.pain", Side.RIGHT, 5, 4),
        Retest("other", "slump.result", Side.LEFT, verdict="worse", note="Manual traction"),
        Retest("brace", "bridge.pain", Side.LEFT, 3, 5),
    )
    note = make_visit_note(with_last(NOTHING, retests=retests), CALM, a_source())
    assert note.retests.lines == (
        "Straight leg raise, first symptom, right: 58 deg before, 70 deg after Seated nerve"
        " slider: 12 deg more, better (error ±10 deg).",
        "Hamstring bridge, pain, right: 5 of 10 before, 4 of 10 after Clamshell: 1 point less,"
        " no real change (error ±2 points).",
        "Slump, left: worse after Manual traction; told in words, not measured.",
        "Hamstring bridge, pain, left: 3 of 10 before, 5 of 10 after Brace: 2 points more,"
        " worse (error ±2 points).",
    )


def test_suggestion_with_its_version_and_the_clinicians_decision() -> None:
    decision = Decision("pattern_3", agree=False, reason="The injury came first.")
    note = make_visit_note(with_last(NOTHING, decision=decision), CALM, a_source())
    assert note.suggestion.lines[0].startswith("Suggested: Pattern 2 (")
    assert "version 2026.11.1, abababababab" in facts(note.suggestion)["Rules"]
    assert note.decision.lines == ("The clinician does not agree with the suggestion.",)
    assert facts(note.decision)["Works with"].startswith("Pattern 3")
    assert facts(note.decision)["Reason"] == "The injury came first."


def test_no_decision_is_not_agreement() -> None:
    for decision in (None, Decision(), Decision(reason="Later.")):
        note = make_visit_note(with_last(NOTHING, decision=decision), CALM, a_source())
        assert "agrees" not in words(note.decision)
        assert "not recorded" in words(note.decision)


def test_over_an_open_red_flag_no_pattern_is_named() -> None:
    """Not even one that the clinician had settled on; and the plan says that it waits."""
    case = with_last(
        a_course({Key("flag.saddle_numbness"): "yes"}),
        decision=Decision("pattern_2", agree=True, reason="Story and tests fit."),
        plan=(PlanChoice("slider_seated"),),
    )
    note = make_visit_note(case, a_suggestion(CAUDA), a_source())
    assert note.plan.lines == ("A red flag is open: this plan waits until it is resolved.",)
    for paper in (
        make_visit_note(case, a_suggestion(CAUDA), a_source()),
        make_course_report(case, a_suggestion(CAUDA), a_source()),
    ):
        (box,) = paper.flags
        assert (box.title, box.grave) == ("Red flag open, emergency: Cauda equina", True)
        assert box.because == "Because of: Saddle numbness"
        assert not re.search(r"Pattern \d", words(paper))
        assert "Story and tests fit." in words(paper)
    assert "%" not in words(make_visit_note(case, a_suggestion(CAUDA), a_source()))


def test_plan_doses_resolved_flags_and_addenda() -> None:
    case = with_last(
        NOTHING,
        plan=(
            PlanChoice("slider_seated", "2 x 10", "left", "Slowly."),
            PlanChoice("traction_sidelying", "5 min"),
        ),
        parked=(PlanChoice("brace", "Later."),),
        resolved_flags=(FlagResolution("bone_stress_pelvis", "MRI clear."),),
        addenda=(Addendum("2026-01-13T09:30:00Z", "A. Rivera, PT", "Tested in shoes."),),
        signed=True,
        adherence={"brace": "some"},
    )
    note = make_visit_note(case, CALM, a_source())
    assert rows((note.plan,)) == [
        ("Seated nerve slider: left leg", "2 x 10 Slowly."),
        (a_source().library.name("traction_sidelying"), "5 min (in the clinic only)"),
    ]
    assert note.plan.lines == ("Parked for later: Brace: Later.",)
    assert facts(note.flags_resolved) == {"Bone stress, pelvis, 12 Jan 2026": "MRI clear."}
    assert facts(note.addenda) == {
        "13 Jan 2026, 09:30 UTC, A. Rivera, PT (from elsewhere, not signed here)": (
            "Tested in shoes."
        )
    }
    assert facts(note.plan) == {"Done since the last sheet": "Brace: some"}
    assert note.status == "Signed elsewhere, not by this clinic."
    assert make_visit_note(NOTHING, CALM, a_source()).status == "Draft, not signed."


def test_key_items_that_are_blank_are_named() -> None:
    first = make_visit_note(NOTHING, CALM, a_source()).not_recorded
    assert "Side of the complaint" in facts(first)["Story"]
    assert "Straight leg raise" in facts(first)["Nerves"]
    later = make_visit_note(a_course({}, {right("slr.result"): "not_tested"}), CALM, a_source())
    assert "Story" not in facts(later.not_recorded)
    assert facts(later.not_recorded)["Plan"] == "Home plan done since the last visit"
    assert "Straight leg raise" not in facts(later.not_recorded)["Nerves"]


def test_a_mirrored_visit_gives_a_mirrored_note() -> None:
    charted: dict[str, tuple[Value, Value]] = {
        "slr.result": ("positive", "negative"),
        "slr.angle": (54, 72),
    }
    one = a_course(
        {right(name): pair[0] for name, pair in charted.items()}
        | {left(name): pair[1] for name, pair in charted.items()}
    )
    other = a_course(
        {right(name): pair[1] for name, pair in charted.items()}
        | {left(name): pair[0] for name, pair in charted.items()}
    )
    swapped = [
        (*row[:2], row[3], row[2]) for row in rows(make_visit_note(one, CALM, a_source()).findings)
    ]
    assert swapped == rows(make_visit_note(other, CALM, a_source()).findings)


def test_the_order_of_charting_changes_nothing() -> None:
    chart: dict[Key, Value] = {
        right("slr.angle"): 58,
        Key("flag.pop"): "no",
        Key("outcome.nprs_now"): 4,
    }
    backwards = dict(reversed(chart.items()))
    assert make_visit_note(a_course(chart), CALM, a_source()) == make_visit_note(
        a_course(backwards), CALM, a_source()
    )


def test_a_patient_without_birth_date_or_number_gets_a_line_to_fill_in() -> None:
    case = replace(NOTHING, patient=replace(NOTHING.patient, birth_date=None))
    note = make_visit_note(case, CALM, a_source(number=None))
    assert note.head.identity.startswith("Case B, born ____")
    assert "age not recorded" in note.head.who[0]
