"""What the panel asks for next, as a colleague would who stands beside the couch."""

from __future__ import annotations

import pytest

from clinic_desktop.domain.values import Side
from clinic_desktop.domain.visits import Patient

from .charts import (
    BACK_CLEAR,
    GLUTE_DEFICIT,
    HAMSTRING,
    NERVE_CLEAR,
    NEVER_STRETCHED,
    NO_INJURY,
    OLD_BACK,
    P2,
    RIGHT_FOR_30_WEEKS,
    STRETCHER,
    TENDON_SET,
    Chart,
    a_case,
    asked,
    blank,
    flag_levels,
    panel,
    read,
)

LOOK_ALIKES = {
    "piriformis_stretch.result",
    "piriformis_active.result",
    "hip.rotation",
    "sij.result",
    "palpation.sciatic_notch",
}
DETAILS = {
    "slr.result": {"slr.familiar", "slr.ankle_effect", "slr.neck_effect"},
    "slump.result": {"slump.familiar", "slump.release"},
}
QUIET_BACK: Chart = {
    "lumbar.movement": "negative",
    "lumbar.repeated_flexion": "no_effect",
    "lumbar.repeated_extension": "no_effect",
    "lumbar.repeated_movement": "no_effect",
}
SOUND_GLUTES: Chart = {
    "glute.abduction_power@right": "5",
    "glute.trendelenburg@right": "negative",
}
SOUND_HAMSTRING: Chart = {"resisted.result@right": "negative", "palpation.tuberosity@right": 0}
BARE_STRETCHER: Chart = {**RIGHT_FOR_30_WEEKS, **STRETCHER, **NO_INJURY}


# ---------------------------------------------------------------------- a test and its details
@pytest.mark.parametrize("done", DETAILS)
def test_a_name_that_rests_on_a_bare_positive_test_asks_for_its_details_first(done: str) -> None:
    """She marked the test positive and moved on: whether it was her own pain, and what ankle and
    neck did to it, decides what the name is worth (decision 6)."""
    answer = read(BARE_STRETCHER, {f"{done}@right": "positive"})
    assert answer.patterns == ("pattern_2",)
    assert set(asked(answer)[: len(DETAILS[done])]) == DETAILS[done]


@pytest.mark.parametrize("done", DETAILS)
@pytest.mark.parametrize("story", [BARE_STRETCHER, RIGHT_FOR_30_WEEKS], ids=["stretcher", "blank"])
def test_no_detail_is_asked_of_a_test_that_was_not_done(done: str, story: Chart) -> None:
    (other,) = set(DETAILS) - {done}
    for chart in ({}, {f"{done}@right": "positive"}, {f"{other}@right": "not_tested"}):
        assert not DETAILS[other] & set(asked(read(story, chart)))


def test_details_that_are_all_charted_are_not_asked_for_again() -> None:
    assert not set.union(*DETAILS.values()) & set(asked(read(P2)))


def test_one_raise_that_was_only_an_end_feel_leaves_the_slump_to_be_done() -> None:
    """One neural test that is not the nerve answers nothing with no; two do (decision 7)."""
    end_feel = {"slr.result@right": "positive", "slr.familiar@right": "no"}
    answer = read(BARE_STRETCHER, {"story.back": "no"}, QUIET_BACK, SOUND_GLUTES, end_feel)
    assert (answer.patterns, answer.lean) == ((), ("pattern_2",))
    assert asked(answer)[0] == "slump.result"
    both = read(BARE_STRETCHER, end_feel, {"slump.result@right": "negative"})
    assert (both.patterns, both.lean) == ((), ())


# ---------------------------------------------------------------------- in which order
def test_a_sore_tendon_is_asked_about_its_nerve_before_the_look_alikes() -> None:
    """Local is named only once the nerve tests are negative (decision 10)."""
    story = {**RIGHT_FOR_30_WEEKS, **NEVER_STRETCHED, **NO_INJURY, "story.back": "no"}
    answer = read(story, QUIET_BACK, TENDON_SET)
    assert answer.lean == ("local",)
    assert set(asked(answer)[:2]) == {"slr.result", "slump.result"}
    look_alikes = [f in LOOK_ALIKES for f in asked(answer)]
    assert look_alikes == sorted(look_alikes)


def test_with_the_rest_said_the_look_alikes_are_what_is_left_to_ask() -> None:
    story = {**RIGHT_FOR_30_WEEKS, **NEVER_STRETCHED, **NO_INJURY}
    assert set(asked(read(story, NERVE_CLEAR, BACK_CLEAR))) & LOOK_ALIKES


def test_a_reason_names_only_who_waits_for_the_answer() -> None:
    """Whose pain the sitting bone gives says nothing for or against the pattern that is named."""
    raised = {"slr.result@right": "positive", "slr.familiar@right": "yes"}
    bent = {"slr.ankle_effect@right": "more", "slr.neck_effect@right": "more"}
    story = {**P2, "story.back": "no", "story.stretching_after": "no"}
    answer = read(story, raised, bent, QUIET_BACK, SOUND_GLUTES, SOUND_HAMSTRING)
    assert answer.patterns == ("pattern_2",)
    why = {question.finding: question.why for question in answer.ask_next}
    nearer = "brings Local tendon or muscle nearer to an answer"
    assert why["palpation.familiar"] == nearer


# ---------------------------------------------------------------------- the glutes of an old back
def test_an_old_back_with_a_quiet_spine_is_asked_about_the_glutes() -> None:
    """Two lumbar tests did nothing; the glutes, where pattern 1 would show, nobody has tested."""
    answer = read(RIGHT_FOR_30_WEEKS, OLD_BACK, HAMSTRING, QUIET_BACK)
    assert (answer.patterns, answer.lean) == ((), ("pattern_1",))
    assert asked(answer)[0].startswith("glute.")
    weak = read(RIGHT_FOR_30_WEEKS, OLD_BACK, HAMSTRING, QUIET_BACK, GLUTE_DEFICIT)
    assert weak.patterns == ("pattern_1",)


def test_sound_glutes_leave_the_back_to_be_looked_at() -> None:
    answer = read(RIGHT_FOR_30_WEEKS, OLD_BACK, HAMSTRING, SOUND_GLUTES)
    assert (answer.patterns, answer.lean) == ((), ("pattern_1",))
    assert asked(answer)[0].startswith("lumbar.")


def test_a_quiet_spine_and_sound_glutes_take_the_lean_away() -> None:
    answer = read(RIGHT_FOR_30_WEEKS, OLD_BACK, HAMSTRING, QUIET_BACK, SOUND_GLUTES)
    assert (answer.patterns, answer.lean) == ((), ())


# ---------------------------------------------------------------------- what cannot be asked
def test_what_does_not_hurt_at_all_needs_no_word_on_whose_pain_it_is() -> None:
    answer = read(RIGHT_FOR_30_WEEKS, OLD_BACK, SOUND_GLUTES, SOUND_HAMSTRING)
    assert (answer.patterns, answer.lean) == ((), ())
    assert "palpation.familiar" not in asked(answer)
    a_little = {**SOUND_HAMSTRING, "palpation.tuberosity@right": 1}
    assert read(RIGHT_FOR_30_WEEKS, OLD_BACK, SOUND_GLUTES, a_little).lean == ("pattern_1",)


def test_without_an_injury_nobody_waits_for_what_was_stretched_after_it() -> None:
    ledger = read(BARE_STRETCHER).ledger["pattern_3"]
    assert "story.stretching_after" not in {line.finding for line in ledger.missing}
    open_story = read(BARE_STRETCHER, blank("story.injury")).ledger["pattern_3"]
    assert "story.stretching_after" in {line.finding for line in open_story.missing}


# ---------------------------------------------------------------------- safety
def test_a_positive_nerve_brings_the_cauda_equina_questions_to_the_front() -> None:
    """Nothing of the screen was asked: these are the questions that cannot wait."""
    answer = panel(a_case(P2))
    assert answer.provisional
    assert set(asked(answer)[:2]) == {"flag.saddle_numbness", "flag.bladder_bowel"}


def test_being_young_is_no_reason_to_ask_about_morning_stiffness_first() -> None:
    for age in (None, 30, 70):
        answer = panel(a_case(RIGHT_FOR_30_WEEKS, patient=Patient("Somebody", age=age)))
        assert not [finding for finding in asked(answer) if finding.startswith("flag.")]
    stiff = {**RIGHT_FOR_30_WEEKS, "flag.morning_stiffness_30": "yes"}
    answer = panel(a_case(stiff, patient=Patient("Somebody", age=30)))
    assert asked(answer)[0] in {"flag.night_pain", "flag.alternating_buttock"}
    assert flag_levels(answer) == {}


def test_the_details_stand_on_the_side_of_the_test() -> None:
    left = {"complaint.side": "left", "slr.result@left": "positive"}
    answer = read(BARE_STRETCHER, left)
    details = [q for q in answer.ask_next if q.finding in DETAILS["slr.result"]]
    assert {question.side for question in details} == {Side.LEFT}
