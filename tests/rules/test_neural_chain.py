"""When a nerve finding counts, when it is weak, and when "not tested" must stay apart from "no"."""

import pytest

from tests.rules.charts import (
    NERVE_CLEAR,
    NO_INJURY,
    P1,
    P2,
    P2_AND_P3,
    P3,
    RIGHT_FOR_30_WEEKS,
    STRETCHER,
    TENDON_SET,
    Chart,
    asked,
    blank,
    disputed,
    mirrored,
    read,
)

STORY: Chart = {**RIGHT_FOR_30_WEEKS, **STRETCHER, **NO_INJURY}
"""Tight, a stretcher, never injured: pattern 2 but for the nerve finding."""

SLR = "slr.result@right"
SLUMP = "slump.result@right"

COUNTS = {
    "leg raise, own pain, more with the ankle": {
        SLR: "positive",
        "slr.familiar@right": "yes",
        "slr.ankle_effect@right": "more",
    },
    "leg raise, own pain, more with the neck": {
        SLR: "positive",
        "slr.familiar@right": "yes",
        "slr.neck_effect@right": "more",
    },
    "leg raise, own pain, less with the neck": {
        SLR: "positive",
        "slr.familiar@right": "yes",
        "slr.neck_effect@right": "less",
    },
    "leg raise, own pain, ankle the same but neck more": {
        SLR: "positive",
        "slr.familiar@right": "yes",
        "slr.ankle_effect@right": "same",
        "slr.neck_effect@right": "more",
    },
    "slump, own pain, eases on release": {
        SLUMP: "positive",
        "slump.familiar@right": "yes",
        "slump.release@right": "eases",
    },
    "stretch test, own pain, toes": {
        "stretch_test.toes@right": "more",
        "stretch_test.familiar@right": "yes",
    },
    "stretch test, own pain, chin": {
        "stretch_test.chin@right": "more",
        "stretch_test.toes@right": "same",
        "stretch_test.familiar@right": "yes",
    },
}

DOES_NOT_COUNT = {
    "leg raise positive, not the own pain": {SLR: "positive", "slr.familiar@right": "no"},
    "leg raise positive, not the own pain, more with the ankle": {
        SLR: "positive",
        "slr.familiar@right": "no",
        "slr.ankle_effect@right": "more",
    },
    "leg raise positive, own pain, nothing changes it": {
        SLR: "positive",
        "slr.familiar@right": "yes",
        "slr.ankle_effect@right": "same",
        "slr.neck_effect@right": "same",
    },
    "slump positive, not the own pain": {SLUMP: "positive", "slump.familiar@right": "no"},
    "slump positive, own pain, release changes nothing": {
        SLUMP: "positive",
        "slump.familiar@right": "yes",
        "slump.release@right": "same",
    },
}

NOT_TESTED = {
    "nothing charted": {},
    "leg raise not tested": {SLR: "not_tested"},
    "leg raise could not be tested": {SLR: "unable"},
    "both not tested": {SLR: "not_tested", SLUMP: "not_tested"},
    "leg raise negative, slump not tested": {SLR: "negative", SLUMP: "not_tested"},
    "leg raise negative alone": {SLR: "negative"},
    "slump negative, leg raise could not be tested": {SLUMP: "negative", SLR: "unable"},
    "inconclusive": {SLR: "inconclusive"},
}

WEAK = {
    "leg raise marked positive and no more": {SLR: "positive"},
    "leg raise, own pain, chain not charted": {SLR: "positive", "slr.familiar@right": "yes"},
    "slump marked positive and no more": {SLUMP: "positive"},
    "slump, own pain, release not charted": {SLUMP: "positive", "slump.familiar@right": "yes"},
    "nerve mobility sign, which test not noted": {"nerve_mobility.result@right": "positive"},
}

CHAIN = {
    "slr.familiar",
    "slr.ankle_effect",
    "slr.neck_effect",
    "slump.familiar",
    "slump.release",
    "slr.result",
    "slump.result",
}


def cases(table: dict[str, dict[str, str]]) -> pytest.MarkDecorator:
    """One test a row, named by the row."""
    return pytest.mark.parametrize("nerve", table.values(), ids=table.keys())


@cases(COUNTS)
def test_the_own_pain_changed_from_the_far_end_counts(nerve: Chart) -> None:
    answer = read(STORY, nerve)
    assert answer.patterns == ("pattern_2",)
    assert answer.status == "suggested"
    assert answer.contradictions == ()
    supports = {line.finding for line in answer.ledger["pattern_2"].supports}
    assert supports & {key.split("@")[0] for key in nerve}


@cases(DOES_NOT_COUNT)
def test_marked_positive_with_the_chain_absent_does_not_count_and_is_disputed(nerve: Chart) -> None:
    answer = read(STORY, nerve)
    assert answer.status == "not_enough_data"
    assert answer.patterns == ()
    assert {key.split("@")[0] for key in nerve} & disputed(answer)


@cases(NOT_TESTED)
def test_not_tested_leaves_the_nerves_open(nerve: Chart) -> None:
    answer = read(STORY, nerve)
    assert answer.status == "not_enough_data"
    assert answer.patterns == ()
    assert answer.lean == ("pattern_2",)
    assert {line.finding for line in answer.ledger["pattern_2"].missing} & CHAIN
    assert set(asked(answer)) & CHAIN


@cases(WEAK)
def test_a_weak_nerve_finding_names_a_story_that_is_otherwise_whole(nerve: Chart) -> None:
    answer = read(STORY, nerve)
    assert answer.patterns == ("pattern_2",)
    assert set(asked(answer)) & CHAIN, "the missing links are asked for"


@cases({name: nerve for name, nerve in WEAK.items() if name.startswith(("leg raise", "slump"))})
def test_the_missing_links_are_asked_for_first(nerve: Chart) -> None:
    answer = read(STORY, nerve)
    assert asked(answer)[0] in CHAIN - {"slr.result", "slump.result"}


def test_weak_findings_on_both_tests_name_it_too() -> None:
    assert read(STORY, {SLR: "positive", SLUMP: "positive"}).patterns == ("pattern_2",)


# ---------------------------------------------------------------------- the other leg
@pytest.mark.parametrize(
    ("right", "left", "counts"),
    [(55, 66, True), (40, 80, True), (55, 65, False), (55, 57, False), (66, 55, False)],
)
def test_a_clear_side_difference_counts_beyond_ten_degrees(
    right: int, left: int, counts: bool
) -> None:
    """The own pain is reproduced and nothing is charted of the ankle; the other leg decides."""
    answer = read(
        STORY,
        {
            "slr.result@right": "positive",
            "slr.result@left": "negative",
            "slr.angle@right": right,
            "slr.angle@left": left,
            "slr.ankle_effect@right": "same",
            "slr.neck_effect@right": "same",
        },
    )
    assert (answer.patterns == ("pattern_2",)) is counts


def test_a_side_difference_says_nothing_where_both_sides_hurt() -> None:
    answer = read(
        STORY,
        {
            "complaint.side": "both",
            "slr.result@right": "positive",
            "slr.angle@right": 50,
            "slr.angle@left": 70,
            "slr.ankle_effect@right": "same",
            "slr.neck_effect@right": "same",
        },
    )
    assert answer.patterns == ()


def test_a_side_difference_needs_both_angles() -> None:
    answer = read(
        STORY,
        {
            "slr.result@right": "positive",
            "slr.angle@right": 40,
            "slr.ankle_effect@right": "same",
            "slr.neck_effect@right": "same",
        },
    )
    assert answer.patterns == ()


def test_a_nerve_finding_of_the_painless_leg_names_nothing_for_the_painful_one() -> None:
    left = {
        "slump.result@left": "positive",
        "slump.familiar@left": "yes",
        "slump.release@left": "eases",
    }
    assert read(STORY, left).patterns == ()


@pytest.mark.parametrize("familiar", ["no", "unknown", None])
def test_a_new_calf_pull_in_the_stretch_test_does_not_count(familiar: str | None) -> None:
    pull = {
        "stretch_test.toes@right": "more",
        "stretch_test.site@right": "calf",
        "stretch_test.familiar@right": familiar,
    }
    counted = read(STORY, pull)
    assert counted.patterns == () or "stretch_test.familiar" in asked(counted)
    if familiar == "no":
        assert counted.patterns == ()


# ---------------------------------------------------------------------- answered no (7)
TWO_NEGATIVE = {
    "leg raise and slump": {SLR: "negative", SLUMP: "negative"},
    "leg raise and nerve mobility": {SLR: "negative", "nerve_mobility.result@right": "negative"},
    "slump and nerve mobility": {SLUMP: "negative", "nerve_mobility.result@right": "negative"},
}


@cases(TWO_NEGATIVE)
def test_two_charted_and_none_positive_answers_the_need_no(nerve: Chart) -> None:
    answer = read(STORY, nerve)
    assert answer.patterns == ()
    assert answer.lean == ()
    assert {line.finding for line in answer.ledger["pattern_2"].missing} & {
        "slr.result",
        "slump.result",
        "nerve_mobility.result",
        "stretch_test.toes",
        "stretch_test.chin",
    }, "the rest stay missing"


def test_a_weak_finding_never_outweighs_what_was_charted_no() -> None:
    charted = {SLUMP: "negative", "nerve_mobility.result@right": "negative"}
    assert read(STORY, {SLR: "positive"}).patterns == ("pattern_2",)
    assert read(STORY, {SLR: "positive"}, charted).patterns == ()


def test_one_positive_among_negatives_is_not_answered_no() -> None:
    answer = read(STORY, {SLR: "negative", "nerve_mobility.result@right": "negative"}, COUNTS_SLUMP)
    assert answer.patterns == ("pattern_2",)


COUNTS_SLUMP = COUNTS["slump, own pain, eases on release"]


# ---------------------------------------------------------------------- checks for every case
@pytest.mark.parametrize(
    ("chart", "left_over"),
    [
        pytest.param(P2, (), id="stretcher"),
        pytest.param(P3, (), id="injury then stretching"),
        pytest.param(P2_AND_P3, (), id="mixed"),
    ],
)
def test_without_familiar_pain_every_nerve_part_disappears(
    chart: Chart, left_over: tuple[str, ...]
) -> None:
    strange = {
        "slump.familiar@right": "no",
        "slr.result@right": "positive",
        "slr.familiar@right": "no",
    }
    answer = read(chart, strange)
    assert answer.patterns == left_over
    assert not {"pattern_2", "pattern_3"} & set(answer.patterns + answer.lean)


def test_without_familiar_pain_the_back_and_glutes_still_stand() -> None:
    named = read({**P2, **P1})
    assert set(named.patterns) == {"pattern_1", "pattern_2"}
    assert read({**P2, **P1}, {"slump.familiar@right": "no"}).patterns == ("pattern_1",)


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param({**STORY, **nerve}, id=name)
        for name, nerve in {**COUNTS, **DOES_NOT_COUNT, **WEAK, **TWO_NEGATIVE}.items()
    ],
)
def test_right_and_left_are_read_alike(chart: Chart) -> None:
    right = read(chart, TENDON_SET)
    left = read(mirrored({**chart, **TENDON_SET}))
    assert (right.status, right.patterns, right.lean) == (left.status, left.patterns, left.lean)
    assert right.plan.first == left.plan.first
    assert asked(right) == asked(left)


@pytest.mark.parametrize("finding", ["slr.result", "crossed_slr.result", "nerve_mobility.result"])
@pytest.mark.parametrize("chart", [P1, P2, P3, {**RIGHT_FOR_30_WEEKS, **TENDON_SET}])
def test_saying_not_tested_is_the_same_as_saying_nothing(chart: Chart, finding: str) -> None:
    silent, said = read(chart), read(chart, {f"{finding}@right": "not_tested"})
    assert (silent.status, silent.patterns, silent.lean) == (said.status, said.patterns, said.lean)
    assert silent.plan == said.plan


def test_negative_nerves_are_not_the_same_as_untested_ones() -> None:
    """A tendon with the nerves tested is named; with them untested it only leans."""
    tendon = {**RIGHT_FOR_30_WEEKS, **TENDON_SET, **NO_INJURY, "lumbar.movement": "negative"}
    story = {"story.back": "no"}
    assert read(tendon, story, NERVE_CLEAR).patterns == ("local",)
    untested = read(tendon, story, blank(*NERVE_CLEAR))
    assert untested.patterns == ()
    assert untested.lean == ("local",)
