"""The referral letter: why, how soon, on which findings, and what the patient was told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import ChartError, InvalidValue
from clinic_desktop.domain.papers import Part, ReferralLetter
from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.papers.letters import make_referral_letter
from tests.paper_contents import CAUDA, a_course, a_source, a_suggestion, left, right, with_last

SADDLE = Key("flag.saddle_numbness")
CASE = with_last(
    a_course(
        {Key("flag.sexual_change"): "no", Key("complaint.side"): "right"},
        {SADDLE: "yes", Key("flag.bladder_bowel"): "no", right("reflex.ankle"): "absent"},
    ),
    notes_on={"flag.saddle_numbness": "Since Sunday."},
)


def letter(case: Case = CASE, **more: str) -> ReferralLetter:
    given = {"flag": "cauda_equina", "recipient": "St Anne's", "told": "Go now."} | more
    return make_referral_letter(case, a_suggestion(CAUDA), a_source(), **given)


def facts(part: Part) -> dict[str, str]:
    return {fact.label: fact.text for fact in part.facts}


def test_a_letter_prints_over_an_open_red_flag() -> None:
    made = letter()
    assert made.to.text == "St Anne's"
    assert (made.level, made.urgency[:9]) == ("E", "EMERGENCY")
    assert facts(made.reason)["Red flag open"] == "Cauda equina"
    assert made.told.lines == ("Go now.",)
    assert made.closing[0].endswith("020 7946 0123.")


def test_the_findings_behind_the_flag_come_first_with_their_remarks() -> None:
    found = facts(letter().findings)
    assert next(iter(found)) == "Saddle numbness"
    assert found["Saddle numbness"] == "yes. Since Sunday."
    assert found["Side of the complaint"] == "right (on 12 Jan 2026)"
    assert found["Ankle reflex (S1)"] == "right absent; left not recorded"
    *_charted, last = found
    assert last == "Not recorded"
    assert "Slump" in found[last].split("; ")
    assert "Ankle reflex (S1)" not in found[last]


def test_only_what_was_denied_is_a_negative_and_blanks_are_named() -> None:
    made = letter()
    assert facts(made.negatives) == {
        "No, on 19 Jan 2026": "Bladder or bowel",
        "No, on 12 Jan 2026": "Sexual change",
    }
    blank = facts(made.not_recorded)
    assert "Both legs, new" in blank["Not recorded"]
    assert "Sexual change" not in blank["Not recorded"]
    assert blank["Not recorded at this visit"] == "Sexual change"


@pytest.mark.parametrize(
    ("answer", "label"), [("unknown", "Not known"), ("not_asked", "Not asked")]
)
def test_an_answer_that_says_nothing_is_no_negative(answer: str, label: str) -> None:
    last = CASE.last.charted(Key("flag.both_legs_new"), answer)
    made = letter(replace(CASE, visits=(CASE.visits[0], last)))
    assert facts(made.not_recorded)[label] == "Both legs, new"
    assert "Both legs" not in " ".join(facts(made.negatives).values())


@pytest.mark.parametrize(
    ("level", "word"),
    [("E", "EMERGENCY"), ("S", "SAME DAY"), ("U", "URGENT"), ("I", "BEFORE"), ("W", "FOR INFO")],
)
def test_each_level_says_how_soon(level: str, word: str) -> None:
    flag = replace(CAUDA, level=level)
    made = make_referral_letter(CASE, a_suggestion(flag), a_source(), flag.id)
    assert made.urgency.startswith(word)


def test_a_letter_by_hand_needs_a_reason_and_names_no_urgency() -> None:
    made = make_referral_letter(
        CASE, a_suggestion(), a_source(), reason="No change in twelve weeks."
    )
    assert made.reason.lines == ("No change in twelve weeks.",)
    assert made.level == ""
    assert "not recorded" in made.urgency
    assert made.told.lines == ("Not recorded",)
    assert set(made.to.text) == {"_"}
    with pytest.raises(ChartError, match="reason"):
        make_referral_letter(CASE, a_suggestion(), a_source(), reason="  ")


def test_a_flag_that_is_not_open_needs_a_reason() -> None:
    with pytest.raises(ChartError, match="Deep vein clot: this red flag is not open"):
        letter(flag="dvt")
    made = letter(flag="dvt", reason="The calf worries me.")
    assert facts(made.reason)["About"] == "Deep vein clot, not open"
    assert facts(made.reason)["Also open"] == "Cauda equina (emergency)"
    with pytest.raises(InvalidValue):
        letter(flag="hunch", reason="x")


@pytest.mark.parametrize("about", ["dvt", None, "distress"])
def test_an_emergency_beside_what_the_letter_is_about_is_told_first(about: str | None) -> None:
    """Written for the calf or for the mood, with cauda equina open: whoever opens the letter reads
    how soon, and on which answer."""
    distress = RedFlag("distress", "W", ("flag.distress",), "Take time.", "Marked distress")
    made = make_referral_letter(
        CASE, a_suggestion(CAUDA, distress), a_source(), about, "Please review."
    )
    assert (made.level, made.urgency[:9]) == ("E", "EMERGENCY")
    assert facts(made.findings)["Saddle numbness"] == "yes. Since Sunday."


def test_a_watched_flag_beside_it_makes_a_letter_no_more_urgent() -> None:
    distress = RedFlag("distress", "W", ("flag.distress",), "Take time.", "Marked distress")
    made = make_referral_letter(CASE, a_suggestion(distress), a_source(), reason="No change.")
    assert made.level == ""


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_a_scan_not_yet_made_stands_among_no_denials(answer: str) -> None:
    """'Answered no: ... bone injury excluded' would read as if the bone were sound."""
    scan, hop = Key("flag.bone_injury_excluded"), Key("flag.hop_pain")
    flag = RedFlag("bone_stress_pelvis", "I", ("flag.hop_pain",), "Imaging.", "Bone stress")
    case = a_course({hop: "yes", scan: answer, Key("flag.load_jump"): "no"})
    made = make_referral_letter(case, a_suggestion(flag), a_source(), flag.id)
    assert facts(made.findings)["Bone injury excluded"] == answer
    assert list(facts(made.negatives).values()) == ["Jump in training"]


def test_a_letter_about_something_else_lists_no_blank_nerve_tests() -> None:
    flag = RedFlag("distress", "W", ("flag.distress",), "Take time.", "Marked distress")
    case = a_course({Key("flag.distress"): "yes", left("power.knee_flexion"): "4-"})
    made = make_referral_letter(case, a_suggestion(flag), a_source(), "distress")
    assert list(facts(made.findings)) == ["Distress", "Power, knee bending (L5-S1)"]
    assert "left 4\N{MINUS SIGN} of 5" in facts(made.findings)["Power, knee bending (L5-S1)"]


def test_a_clinic_without_a_phone_leaves_a_line() -> None:
    source = a_source(Clinic("Harbour Physio"))
    made = make_referral_letter(CASE, a_suggestion(CAUDA), source, "cauda_equina")
    assert made.closing == ("Please answer to Harbour Physio; telephone: ____________________",)
