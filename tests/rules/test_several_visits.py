"""A course of visits: what is kept, what grows old, what is disputed, what is asked again."""

import json

import pytest

from clinic_desktop.services.casefiles.answer import answer_as_json
from clinic_desktop.services.words.wording import line_words
from tests.rules.charts import (
    ASKED_AGAIN,
    CAUDA_EQUINA,
    GLUTE_DEFICIT,
    INJURY,
    NERVE_CLEAR,
    NERVE_COUNTS,
    NEVER_STRETCHED,
    NO_INJURY,
    P1,
    P2,
    P3,
    POWERS,
    RIGHT_FOR_30_WEEKS,
    STRETCHED_AFTER,
    STRETCHER,
    Chart,
    a_visit,
    asked,
    assert_withheld,
    blank,
    disputed,
    read_visits,
    screen_answered,
)

SCREEN = screen_answered()


# ---------------------------------------------------------------------- disputes (13)
@pytest.mark.parametrize(
    ("chart", "fact", "said_first", "said_then"),
    [
        pytest.param(P2, "story.stretching_before", "yes", "no", id="stretched, then never did"),
        pytest.param(P3, "story.injury", "yes", "no", id="injured, then never"),
        pytest.param(
            P3, "story.stretching_after", "no", "yes", id="never stretched after, then did"
        ),
        pytest.param(P1, "story.back", "yes", "no", id="back pain, then never"),
    ],
)
def test_a_past_fact_told_two_ways_is_disputed_until_asked_again(
    chart: Chart, fact: str, said_first: str, said_then: str
) -> None:
    first = a_visit(SCREEN, chart, {fact: said_first})
    then = a_visit(ASKED_AGAIN, {fact: said_then}, day=14)
    answer = read_visits(first, then)
    assert answer.status == "not_enough_data"
    assert answer.patterns == ()
    assert answer.lean == ()
    assert fact in disputed(answer)
    assert answer.contradictions[0].text.endswith(
        ": this past fact was answered differently at two visits; ask again."
    )


def test_a_disputed_tightness_names_nothing_and_is_asked_again() -> None:
    told_two_ways = read_visits(
        a_visit(SCREEN, P2, {"story.tightness": "no"}),
        a_visit(ASKED_AGAIN, {"story.tightness": "yes"}, day=14),
    )
    hinted = read_visits(a_visit(SCREEN, P2, {"story.tightness": "no", "hint.both_tight": "yes"}))
    for answer in (told_two_ways, hinted):
        assert answer.status == "not_enough_data"
        assert answer.patterns == ()
        assert "story.tightness" in disputed(answer)
        assert "story.tightness" in asked(answer)


@pytest.mark.parametrize("silent", [None, "not_asked"])
def test_a_fact_not_asked_again_is_not_disputed(silent: str | None) -> None:
    answer = read_visits(
        a_visit(SCREEN, P2), a_visit(ASKED_AGAIN, {"story.stretching_before": silent}, day=14)
    )
    assert answer.patterns == ("pattern_2",)
    assert answer.contradictions == ()


@pytest.mark.parametrize(("finally_said", "named"), [("yes", ("pattern_2",)), ("no", ())])
def test_asked_again_at_a_later_visit_settles_it(finally_said: str, named: tuple[str, ...]) -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, {"story.stretching_before": "yes"}),
        a_visit(ASKED_AGAIN, {"story.stretching_before": "no"}, day=14),
        a_visit(ASKED_AGAIN, {"story.stretching_before": finally_said}, day=28),
    )
    assert answer.patterns == named
    assert "story.stretching_before" not in disputed(answer)


def test_a_dispute_takes_only_the_name_that_rests_on_it() -> None:
    answer = read_visits(
        a_visit(SCREEN, P2, P1),
        a_visit(ASKED_AGAIN, {"story.stretching_before": "no"}, day=14),
    )
    assert answer.patterns == ("pattern_1",)
    assert "story.stretching_before" in disputed(answer)


@pytest.mark.parametrize(
    ("chart", "hint"),
    [
        pytest.param({**P1, "story.back": "no"}, "hint.back_history", id="back denied, hint yes"),
    ],
)
def test_a_hint_and_a_story_that_disagree_are_shown(chart: Chart, hint: str) -> None:
    answer = read_visits(a_visit(SCREEN, chart, {hint: "yes"}))
    assert answer.patterns == ()
    assert answer.lean == ()
    assert hint in disputed(answer)


@pytest.mark.parametrize(
    ("chart", "hint", "word"),
    [(P1, "hint.back_history", "yes"), (P2, "hint.both_tight", "yes"), (P1, "hint.sitting", "no")],
)
def test_a_hint_that_agrees_changes_nothing(chart: Chart, hint: str, word: str) -> None:
    plain, hinted = (
        read_visits(a_visit(SCREEN, chart)),
        read_visits(a_visit(SCREEN, chart, {hint: word})),
    )
    assert hinted.patterns == plain.patterns
    assert hinted.contradictions == ()


def test_a_back_hint_denied_disputes_the_back() -> None:
    answer = read_visits(a_visit(SCREEN, P1, {"hint.back_history": "no"}))
    assert answer.patterns == ()
    assert {"hint.back_history", "story.back"} <= disputed(answer)


# ---------------------------------------------------------------------- time passes (15)
def test_findings_are_read_at_their_latest() -> None:
    first = a_visit(SCREEN, P2)
    assert read_visits(first, a_visit(ASKED_AGAIN, day=7)).patterns == ("pattern_2",)
    cleared = a_visit(ASKED_AGAIN, NERVE_CLEAR, day=7)
    assert read_visits(first, cleared).patterns == ()


@pytest.mark.parametrize("word", ["not_tested", "unable"])
def test_not_tested_today_leaves_what_was_found_before(word: str) -> None:
    today = a_visit(ASKED_AGAIN, {"slump.result@right": word}, day=7)
    assert read_visits(a_visit(SCREEN, P2), today).patterns == ("pattern_2",)


@pytest.mark.parametrize(("day", "named"), [(7, ()), (14, ()), (42, ("pattern_3",))])
def test_the_six_weeks_after_an_injury_run_on_between_visits(
    day: int, named: tuple[str, ...]
) -> None:
    fresh = a_visit(
        SCREEN,
        RIGHT_FOR_30_WEEKS,
        NERVE_COUNTS,
        INJURY,
        NEVER_STRETCHED,
        STRETCHED_AFTER,
        {"story.injury_weeks_ago": 3, "complaint.duration_weeks": 3},
    )
    assert read_visits(fresh, a_visit(ASKED_AGAIN, day=day)).patterns == named


def test_weeks_ago_grow_before_they_are_compared() -> None:
    """Back pain of 20 weeks, told 10 weeks ago, is older than a thigh pain of 25 told today."""
    back = a_visit(
        SCREEN, GLUTE_DEFICIT, {"story.back": "yes", "story.back_weeks_ago": 20}, NO_INJURY
    )
    today = a_visit(ASKED_AGAIN, RIGHT_FOR_30_WEEKS, {"complaint.duration_weeks": 25}, day=70)
    assert read_visits(back, today).patterns == ("pattern_1",)
    same_day = a_visit(ASKED_AGAIN, RIGHT_FOR_30_WEEKS, {"complaint.duration_weeks": 25}, day=0)
    assert read_visits(back, same_day).patterns == ()


def test_the_duration_grows_too() -> None:
    first = a_visit(
        SCREEN, RIGHT_FOR_30_WEEKS, GLUTE_DEFICIT, {"complaint.duration_weeks": 20}, NO_INJURY
    )
    today = a_visit(ASKED_AGAIN, {"story.back": "yes", "story.back_weeks_ago": 25}, day=70)
    assert read_visits(first, today).patterns == ()


# ---------------------------------------------------------------------- asked at each visit
def test_cauda_equina_and_power_are_asked_again_while_a_nerve_finding_is_open() -> None:
    answer = read_visits(a_visit(SCREEN, P2), a_visit(day=7))
    assert answer.provisional
    assert {*CAUDA_EQUINA, "flag.both_legs_new", *POWERS} <= set(answer.screen.unanswered)
    assert "flag.weight_loss" not in answer.screen.unanswered
    assert answer.patterns == ("pattern_2",)
    assert_withheld(answer)


def test_asked_again_the_screen_is_complete() -> None:
    answer = read_visits(a_visit(SCREEN, P2), a_visit(ASKED_AGAIN, day=7))
    assert answer.screen.complete
    assert answer.plan.first


def test_a_second_visit_on_the_same_day_asks_again_too() -> None:
    assert read_visits(a_visit(SCREEN, P2), a_visit(day=0)).provisional


@pytest.mark.parametrize("left_out", [*CAUDA_EQUINA, "flag.both_legs_new"])
def test_one_stale_answer_keeps_the_screen_open(left_out: str) -> None:
    answer = read_visits(a_visit(SCREEN, P2), a_visit(ASKED_AGAIN, blank(left_out), day=7))
    assert answer.screen.unanswered == (left_out,)


def test_without_a_nerve_finding_the_answers_last() -> None:
    answer = read_visits(a_visit(SCREEN, RIGHT_FOR_30_WEEKS, NO_INJURY), a_visit(day=7))
    assert answer.screen.complete


def test_once_the_nerves_are_clear_the_answers_last() -> None:
    clear = {**NERVE_CLEAR, "slump.familiar@right": "no", "slump.release@right": "same"}
    assert read_visits(a_visit(SCREEN, P2), a_visit(clear, day=7)).screen.complete


def test_a_stretcher_whose_order_is_told_at_a_later_visit_is_named_then() -> None:
    first = a_visit(SCREEN, RIGHT_FOR_30_WEEKS, NERVE_COUNTS, NO_INJURY)
    assert read_visits(first).patterns == ()
    assert read_visits(first, a_visit(ASKED_AGAIN, STRETCHER, day=7)).patterns == ("pattern_2",)


def test_a_hint_that_disputes_a_no_opens_what_it_had_closed_and_is_asked_again() -> None:
    """Tight hamstrings for months and no lasting tightness: neither is believed until re-asked."""
    story: Chart = {
        "complaint.duration_weeks": 40,
        "story.tightness": "no",
        "story.stretching_before": "yes",
        "story.injury": "yes",
        "story.injury_weeks_ago": 30,
        "story.stretching_after": "yes",
    }
    assert read_visits(a_visit(story)).lean == ("pattern_3",)
    disputing = read_visits(a_visit(story, {"hint.both_tight": "yes"}))
    assert (disputing.patterns, disputing.lean) == ((), ("pattern_2", "pattern_3"))
    (said,) = disputing.contradictions
    assert said.findings == ("hint.both_tight", "story.tightness")


# ---------------------------------------------------------------------- how old a test is
def test_a_test_of_an_earlier_visit_stands_in_the_ledger_with_its_day() -> None:
    """The slump was done a week ago and not today: nobody shall take it for today's."""
    raised = {"slr.result@right": "positive", "slr.familiar@right": "yes"}
    answer = read_visits(a_visit(SCREEN, P2, raised), a_visit(ASKED_AGAIN, raised, day=7))
    said = {line.finding: line_words(line) for line in answer.ledger["pattern_2"].supports}
    assert said["slump.result"].split() == ["Slump", "right:", "positive", "(2", "Mar", "2026)"]
    assert said["slr.result"] == "SLR right: positive"
    assert said["story.tightness"] == "Tight before any injury: yes"
    lines = json.loads(answer_as_json(answer))["ledger"]["pattern_2"]["for"]
    dates = {line["finding"]: line.get("date") for line in lines}
    assert (dates["slump.result"], dates["slr.result"]) == ("2026-03-02", None)


def test_two_visits_on_one_day_are_one_day() -> None:
    answer = read_visits(a_visit(SCREEN, P2), a_visit(ASKED_AGAIN))
    assert not [line for line in answer.ledger["pattern_2"].supports if line.on]
