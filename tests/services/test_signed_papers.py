"""Note and course report say who signed and when, what is late, added, a draft, or not valid."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from clinic_desktop.domain.papers import Part
from clinic_desktop.domain.signing import (
    AddendumValidity,
    Difference,
    Fault,
    Signature,
    State,
    Validity,
)
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum, Patient
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.visit_notes import make_visit_note
from tests.paper_contents import CAUDA, FIRST, a_course, a_source, a_suggestion, right

ZONE = dt.timezone(dt.timedelta(hours=1))
SIGNED = Signature("u-anna", "Anna Muster", "PT", dt.datetime(2026, 1, 12, 10, 42, tzinfo=ZONE))
CASE = a_course({right("slr.angle"): 58})
CALM = a_suggestion()
VALID = Validity(State.VALID, FIRST, SIGNED, answer=CALM.short)
SPOILT = replace(
    VALID,
    state=State.NOT_VALID,
    faults=(Fault.CHANGED, Fault.FORGED),
    differences=(Difference(("visit", "findings", "slr.angle@right"), "58", "59"),),
)


def facts(part: Part) -> dict[str, str]:
    return {fact.label: fact.text for fact in part.facts}


def test_the_note_says_who_signed_when_and_as_what() -> None:
    """Whoever prints it: the head names its author, not the one at the printer."""
    note = make_visit_note(CASE, CALM, a_source(), VALID)
    assert note.status == "Signed by Anna Muster, PT, 12 Jan 2026 10:42."
    assert note.signing == ("Signed as the author of this note. Times are those of UTC+01:00.",)
    assert note.alarms == ()
    assert "by Anna Muster, PT" in note.head.who[1]
    draft = make_visit_note(CASE, CALM, a_source(), Validity(State.DRAFT, FIRST))
    assert (draft.status, draft.signing) == ("Draft, not signed.", ())
    assert "A. Rivera" in draft.head.who[1]


def test_a_late_entry_shows_service_typing_and_signing() -> None:
    at = dt.datetime(2026, 1, 14, 10, 42, tzinfo=ZONE)
    late = replace(
        VALID,
        signed=replace(SIGNED, at=at),
        first_entry=at - dt.timedelta(minutes=41),
        last_entry=at - dt.timedelta(minutes=2),
    )
    said = (
        "Late entry: visit of 12 Jan 2026; typed 14 Jan 2026 10:01 to 10:40;"
        " signed 14 Jan 2026 10:42."
    )
    assert make_visit_note(CASE, CALM, a_source(), late).signing[0] == said
    report = make_course_report(CASE, CALM, a_source(), (late,))
    assert said in facts(report.signatures)["Visit 1, 12 Jan 2026"]
    table = report.visits.table
    assert table is not None
    assert table.rows[0].cells[0] == "1\n12 Jan 2026\nsigned, late entry"


def test_what_does_not_verify_is_printed_as_not_valid_with_what_does_not_fit() -> None:
    note = make_visit_note(CASE, CALM, a_source(), SPOILT)
    assert note.status.startswith("NOT VALID: signed by Anna Muster, PT, 12 Jan 2026 10:42")
    assert "by " not in note.head.who[1], "nobody vouches for it"
    (box,) = note.alarms
    assert box.grave
    assert "Visit of 12 Jan 2026. NOT VALID" in box.title
    assert "first symptom, right: 58 was signed, 59 stands here now." in box.action
    assert "does not belong to the content" in box.action
    report = make_course_report(CASE, CALM, a_source(), (SPOILT,))
    assert report.alarms == (box,)
    assert facts(report.signatures)["Visit 1, 12 Jan 2026"].startswith("NOT VALID")


def test_addenda_are_printed_with_author_time_and_what_they_are_worth() -> None:
    told = Addendum("2026-01-13T09:30:00+01:00", "Ben Beispiel, PT", "Tested in shoes.")
    by = replace(SIGNED, name="Ben Beispiel", at=dt.datetime(2026, 1, 13, 9, 30, tzinfo=ZONE))
    fine = AddendumValidity(told, State.VALID, by)
    bad = replace(fine, state=State.NOT_VALID, faults=(Fault.FORGED,))
    gone = replace(fine, state=State.NOT_VALID, faults=(Fault.MISSING,))
    for added, remark in ((fine, "signed"), (bad, "NOT VALID"), (gone, "NOT VALID")):
        note = make_visit_note(CASE, CALM, a_source(), replace(VALID, addenda=(added,)))
        head = f"13 Jan 2026 09:30, Ben Beispiel, PT ({remark})"
        assert "Tested in shoes." in facts(note.addenda)[head]
        assert bool(note.alarms) is (added is not fine)
    assert "Signed by Anna Muster" in note.status, "the note itself still is"


def test_corrected_details_of_the_patient_are_told_beside_the_signature() -> None:
    named = Patient("Case B-Smith", dt.date(1986, 5, 15))
    note = make_visit_note(CASE, CALM, a_source(), replace(VALID, named=named))
    assert note.signing[0] == ("Signed under the details of then: Case B-Smith, born 15 May 1986.")


def test_a_signed_note_prints_what_the_rules_said_then_not_what_newer_ones_say() -> None:
    """Under another version nothing of today's ledger is put into her signed note."""
    then = ShortAnswer("2025.1.1", "c" * 64, "suggested", ("local",), (), ())
    note = make_visit_note(CASE, CALM, a_source(), replace(VALID, answer=then))
    assert "Local tendon or muscle" in note.suggestion.lines[0]
    assert "kept when the visit was signed" in note.suggestion.lines[1]
    assert facts(note.suggestion) == {
        "Rules": "version 2025.1.1, cccccccccccc; clinic experience, not validated"
    }
    report = make_course_report(CASE, CALM, a_source(), (replace(VALID, answer=then),))
    assert "Local tendon" in facts(report.summary)["Suggested at the last visit"]


def test_a_red_flag_that_was_open_at_signing_stands_on_the_note_for_good() -> None:
    """Also where the rules of today would say nothing; and no pattern is named over it."""
    then = ShortAnswer("2025.1.1", "c" * 64, "red_flag", (), (), (("cauda_equina", "E"),))
    note = make_visit_note(CASE, CALM, a_source(), replace(VALID, answer=then))
    assert [box.title for box in note.flags] == ["Red flag open, emergency: Cauda equina"]
    assert note.suggestion.lines[0].startswith("A red flag is open")
    same = a_suggestion(CAUDA)
    note = make_visit_note(CASE, same, a_source(), replace(VALID, answer=then))
    assert note.flags[0].because == "Because of: Saddle numbness"


def test_the_report_tells_each_visit_for_itself() -> None:
    case = a_course({}, {}, {}, {})
    found = tuple(
        replace(one, date=visit.date)
        for visit, one in zip(
            case.visits,
            (VALID, Validity(State.ELSEWHERE, FIRST), SPOILT, Validity(State.DRAFT, FIRST)),
            strict=True,
        )
    )
    report = make_course_report(case, CALM, a_source(), found)
    said = list(facts(report.signatures).values())
    assert said[0] == "Signed by Anna Muster, PT, 12 Jan 2026 10:42."
    assert said[1] == "Signed elsewhere, not by this clinic."
    assert said[2].startswith("NOT VALID")
    assert said[3] == "Draft, not signed."
    assert len(report.alarms) == 1
