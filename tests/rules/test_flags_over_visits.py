"""Red flags over a course: falling power, flags that stay, resolutions that hold and reopen."""

import pytest

from tests.rules.charts import (
    ASKED_AGAIN,
    OLD_BACK,
    P1,
    P2,
    P2_AND_P3,
    POWERS,
    RIGHT_FOR_30_WEEKS,
    Chart,
    a_visit,
    assert_withheld,
    blank,
    disputed,
    flag_levels,
    read_visits,
    screen_answered,
)

SCREEN = screen_answered()


# ---------------------------------------------------------------------- power over visits
@pytest.mark.parametrize(
    ("before", "now", "level"),
    [
        ("5", "4", "S"),
        ("5", "5-", "S"),
        ("4", "4-", "S"),
        ("4", "4", "U"),
        ("4-", "4", "U"),
        ("4", "5", None),
        ("5", "5", None),
    ],
)
def test_power_below_the_last_visits_is_seen_the_same_day(
    before: str, now: str, level: str | None
) -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, {"power.plantarflexion@right": before}),
        a_visit(ASKED_AGAIN, {"power.plantarflexion@right": now}, day=7),
    )
    assert flag_levels(answer).get("motor_deficit") == level


@pytest.mark.parametrize("power", ["power.knee_extension", "power.knee_flexion", *POWERS])
@pytest.mark.parametrize("side", ["right", "left"])
def test_any_leg_power_that_falls_counts(power: str, side: str) -> None:
    answer = read_visits(a_visit(SCREEN, P2), a_visit(ASKED_AGAIN, {f"{power}@{side}": "4"}, day=7))
    assert flag_levels(answer) == {"motor_deficit": "S"}


def test_power_is_compared_across_a_visit_where_it_was_not_graded() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2),
        a_visit(day=7),
        a_visit(ASKED_AGAIN, {"power.toe_extension@right": "4"}, day=14),
    )
    assert flag_levels(answer) == {"motor_deficit": "S"}


def test_a_fall_limited_by_pain_is_no_fall() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2),
        a_visit(
            ASKED_AGAIN,
            {"power.toe_extension@right": "4", "power.pain_limited@right": "yes"},
            day=7,
        ),
    )
    assert answer.red_flags == ()


def test_falling_glute_power_is_no_flag() -> None:
    answer = read_visits(
        a_visit(SCREEN, P1, {"glute.abduction_power@right": "4"}),
        a_visit(ASKED_AGAIN, {"glute.abduction_power@right": "2"}, day=7),
    )
    assert answer.red_flags == ()
    assert answer.patterns == ("pattern_1",)


# ---------------------------------------------------------------------- flags over visits
@pytest.mark.parametrize(
    "disputing",
    [
        pytest.param({"hint.back_history": "no"}, id="the hint says no"),
        pytest.param({"story.back": "no"}, id="now the story says no"),
        pytest.param({"story.back": "no", "hint.back_history": "yes"}, id="the hint says yes"),
    ],
)
def test_a_dispute_over_the_back_takes_no_red_flag_away(disputing: Chart) -> None:
    """Sexual change with an old back is an emergency until the back is settled to be none."""
    emergency = a_visit(SCREEN, RIGHT_FOR_30_WEEKS, OLD_BACK, {"flag.sexual_change": "yes"})
    answer = read_visits(emergency, a_visit({**ASKED_AGAIN, "flag.sexual_change": None}, disputing))
    assert flag_levels(answer) == {"cauda_equina": "E"}
    assert "story.back" in disputed(answer)
    assert answer.status == "red_flag"


def test_a_back_settled_to_be_none_does() -> None:
    no_back = {**ASKED_AGAIN, "flag.sexual_change": None, "story.back": "no"}
    answer = read_visits(
        a_visit(SCREEN, RIGHT_FOR_30_WEEKS, OLD_BACK, {"flag.sexual_change": "yes"}),
        a_visit(no_back, day=7),
        a_visit(no_back, day=14),
    )
    assert "E" not in flag_levels(answer).values()


@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
@pytest.mark.parametrize(
    ("question", "flag", "level"),
    [
        ("flag.saddle_numbness", "cauda_equina", "E"),
        ("flag.major_trauma", "fracture", "S"),
        ("flag.fluoroquinolone", "tendon_drug", "I"),
        ("flag.self_harm", "self_harm", "S"),
    ],
)
def test_an_open_flag_stays_open_until_answered_anew(
    word: str | None, question: str, flag: str, level: str
) -> None:
    first = a_visit(SCREEN, P2, {question: "yes"})
    still = read_visits(first, a_visit({**ASKED_AGAIN, question: word}, day=7))
    assert flag_levels(still) == {flag: level}
    answered = read_visits(first, a_visit({**ASKED_AGAIN, question: "no"}, day=7))
    assert answered.red_flags == ()
    assert answered.patterns == ("pattern_2",)


@pytest.mark.parametrize(
    "question", ["flag.night_pain", "flag.cancer_history", "flag.fever_unwell"]
)
def test_a_denial_that_is_no_longer_known_opens_the_screen_again(question: str) -> None:
    """She said no last week; today she does not know. Not to ask again takes nothing back."""
    first = a_visit(SCREEN, P2)
    for word, open_again in (("unknown", True), ("not_asked", False), (None, False), ("no", False)):
        answer = read_visits(first, a_visit({**ASKED_AGAIN, question: word}, day=7))
        assert (question in answer.screen.unanswered) is open_again
        assert answer.provisional is open_again
        assert answer.patterns == ("pattern_2",)
    unsure = a_visit({**ASKED_AGAIN, question: "unknown"}, day=7)
    settled = read_visits(first, unsure, a_visit({**ASKED_AGAIN, question: "no"}, day=14))
    assert settled.screen.complete


HIP: Chart = {"flag.hop_pain": "yes", "complaint.sites@right": ("groin",)}
FEMORAL = "bone_stress_femoral_neck"


def test_a_resolution_brings_the_former_label_back_and_is_listed() -> None:
    assert read_visits(a_visit(SCREEN, P2, HIP)).status == "red_flag"
    answer = read_visits(a_visit(SCREEN, P2, HIP, resolved=[FEMORAL]))
    assert answer.red_flags == ()
    assert [(flag.id, bool(flag.reason)) for flag in answer.resolved_flags] == [(FEMORAL, True)]
    assert answer.patterns == ("pattern_2",)
    assert answer.plan.first == read_visits(a_visit(SCREEN, P2)).plan.first


@pytest.mark.parametrize(
    "later",
    [
        pytest.param({}, id="not asked again"),
        pytest.param({"flag.hop_pain": "yes"}, id="the same answer again"),
        pytest.param({"flag.hop_pain": "not_asked"}, id="marked not asked"),
        pytest.param({"flag.night_pain": "yes"}, id="something else is found"),
    ],
)
def test_a_resolution_holds_at_later_visits(later: Chart) -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, HIP, resolved=[FEMORAL]), a_visit(ASKED_AGAIN, later, day=7)
    )
    assert FEMORAL not in flag_levels(answer)
    assert [flag.id for flag in answer.resolved_flags] == [FEMORAL]
    assert answer.patterns == ("pattern_2",)


def test_a_resolution_holds_until_a_finding_behind_it_changes() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, HIP, resolved=[FEMORAL]),
        a_visit(ASKED_AGAIN, {"flag.groin_pain_on_impact": "yes"}, day=7),
    )
    assert flag_levels(answer) == {FEMORAL: "S"}
    assert answer.resolved_flags == ()


def test_a_flag_that_comes_back_after_it_had_gone_is_open_again() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, HIP, resolved=[FEMORAL]),
        a_visit(ASKED_AGAIN, {"flag.hop_pain": "no"}, day=7),
        a_visit(ASKED_AGAIN, {"flag.hop_pain": "yes"}, day=14),
    )
    assert flag_levels(answer) == {FEMORAL: "S"}


def test_a_flag_that_has_gone_is_neither_open_nor_resolved() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, HIP, resolved=[FEMORAL]),
        a_visit(ASKED_AGAIN, {"flag.hop_pain": "no"}, day=7),
    )
    assert answer.red_flags == ()
    assert answer.resolved_flags == ()


def test_a_resolved_weakness_that_gets_worse_reopens() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, {"power.ankle_dorsiflexion@right": "4"}, resolved=["motor_deficit"]),
        a_visit(ASKED_AGAIN, {"power.ankle_dorsiflexion@right": "3"}, day=7),
    )
    assert flag_levels(answer) == {"motor_deficit": "S"}


def test_a_resolved_weakness_that_is_graded_the_same_stays_resolved() -> None:
    weak = {"power.ankle_dorsiflexion@right": "4"}
    answer = read_visits(
        a_visit(SCREEN, P2, weak, resolved=["motor_deficit"]), a_visit(ASKED_AGAIN, weak, day=7)
    )
    assert answer.red_flags == ()
    assert answer.patterns == ("pattern_2",)


def test_a_resolution_closes_its_own_flag_only() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, HIP, {"flag.saddle_numbness": "yes"}, resolved=[FEMORAL])
    )
    assert flag_levels(answer) == {"cauda_equina": "E"}
    assert answer.status == "red_flag"


def test_a_flag_resolved_at_the_second_visit() -> None:
    answer = read_visits(a_visit(SCREEN, P2, HIP), a_visit(ASKED_AGAIN, day=7, resolved=[FEMORAL]))
    assert answer.red_flags == ()
    assert answer.patterns == ("pattern_2",)


def test_a_resolution_does_not_answer_the_screen() -> None:
    answer = read_visits(a_visit(SCREEN, P2, HIP, blank("flag.weight_loss"), resolved=[FEMORAL]))
    assert answer.provisional
    assert_withheld(answer)


def test_a_watched_flag_is_asked_again_at_each_visit() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2_AND_P3, {"flag.distress": "yes"}), a_visit(ASKED_AGAIN, day=7)
    )
    assert flag_levels(answer) == {"distress": "W"}
