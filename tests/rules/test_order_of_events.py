"""The dated story: what came first tells pattern 2 from pattern 3."""

import pytest

from tests.rules.charts import (
    NERVE_CLEAR,
    NERVE_COUNTS,
    RIGHT_FOR_30_WEEKS,
    TENDON_SET,
    Chart,
    asked,
    blank,
    read,
)

P2_STORY: Chart = {"story.tightness": "yes", "story.stretching_before": "yes"}
NEITHER_BEFORE: Chart = {"story.tightness": "no", "story.stretching_before": "no"}
TIGHT_ONLY: Chart = {"story.tightness": "yes", "story.stretching_before": "no"}
INJURED: Chart = {"story.injury": "yes", "story.injury_weeks_ago": 30}
NEVER_INJURED: Chart = {"story.injury": "no"}
AFTER: Chart = {"story.stretching_after": "yes"}
NOT_AFTER: Chart = {"story.stretching_after": "no"}


def order(*story: Chart, nerve: Chart = NERVE_COUNTS) -> tuple[str, ...]:
    """The patterns named for a story, with a nerve finding that counts unless said otherwise."""
    return read(RIGHT_FOR_30_WEEKS, nerve, *story).patterns


# ---------------------------------------------------------------------- the table of part 2
@pytest.mark.parametrize(
    ("story", "nerve", "named"),
    [
        pytest.param(
            {**P2_STORY, **NEVER_INJURED}, NERVE_COUNTS, ("pattern_2",), id="stretcher, no injury"
        ),
        pytest.param(
            {**P2_STORY, **INJURED, **NOT_AFTER},
            NERVE_COUNTS,
            ("pattern_2",),
            id="stretcher, injured, stopped: the injury is a result",
        ),
        pytest.param(
            {**P2_STORY, **INJURED, **AFTER},
            NERVE_COUNTS,
            ("pattern_2", "pattern_3"),
            id="stretcher, injured, stretched on: mixed, 2 drives",
        ),
        pytest.param(
            {**NEITHER_BEFORE, **INJURED, **AFTER},
            NERVE_COUNTS,
            ("pattern_3",),
            id="injured first, then stretched",
        ),
        pytest.param(
            {**NEITHER_BEFORE, **INJURED, **AFTER},
            NERVE_CLEAR,
            (),
            id="injured, stretched, nerves clear: neither",
        ),
        pytest.param(
            {**NEITHER_BEFORE, **INJURED, **NOT_AFTER},
            NERVE_COUNTS,
            (),
            id="injured, never stretched: neither",
        ),
        pytest.param(
            {**NEITHER_BEFORE, **NEVER_INJURED, **NOT_AFTER},
            NERVE_COUNTS,
            (),
            id="no story at all: neither",
        ),
        pytest.param(
            {**TIGHT_ONLY, **INJURED, **AFTER},
            NERVE_COUNTS,
            ("pattern_3",),
            id="tight but never a stretcher, injured, stretched: 3",
        ),
        pytest.param(
            {**P2_STORY, **INJURED, **AFTER}, NERVE_CLEAR, (), id="whole story, nerves clear"
        ),
        pytest.param({**P2_STORY, **NEVER_INJURED}, NERVE_CLEAR, (), id="stretcher, nerves clear"),
    ],
)
def test_the_order_of_events_names_the_pattern(
    story: Chart, nerve: Chart, named: tuple[str, ...]
) -> None:
    answer = read(RIGHT_FOR_30_WEEKS, nerve, story)
    assert answer.patterns == named
    assert answer.status == ("suggested" if named else "not_enough_data")
    assert answer.lean == ()


def test_a_local_exam_explains_an_injured_stretcher_with_clear_nerves() -> None:
    answer = read(
        RIGHT_FOR_30_WEEKS,
        NEITHER_BEFORE,
        INJURED,
        AFTER,
        NERVE_CLEAR,
        TENDON_SET,
        {"story.back": "no", "lumbar.movement": "negative"},
    )
    assert answer.patterns == ("local",)


# ---------------------------------------------------------------------- unknown is not none
@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_before_not_known_leans_to_pattern_3_and_asks(word: str | None) -> None:
    before: Chart = {"story.tightness": word, "story.stretching_before": word}
    answer = read(RIGHT_FOR_30_WEEKS, NERVE_COUNTS, INJURED, AFTER, before)
    assert answer.status == "not_enough_data"
    assert answer.patterns == ()
    assert answer.lean == ("pattern_3",)
    assert "story.stretching_before" in asked(answer)


@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_a_stretcher_whose_tightness_is_not_known_leans_and_is_asked(word: str | None) -> None:
    answer = read(
        RIGHT_FOR_30_WEEKS,
        NERVE_COUNTS,
        NEVER_INJURED,
        {"story.tightness": word, "story.stretching_before": "yes"},
    )
    assert answer.status == "not_enough_data"
    assert answer.lean == ("pattern_2",)
    assert "story.tightness" in asked(answer)


def test_a_stretcher_who_was_never_tight_is_not_pattern_2() -> None:
    answer = read(
        RIGHT_FOR_30_WEEKS,
        NERVE_COUNTS,
        NEVER_INJURED,
        {"story.tightness": "no", "story.stretching_before": "yes"},
    )
    assert answer.patterns == ()
    assert answer.lean == ()


@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_tight_with_stretching_not_known_does_not_lean_to_pattern_2(word: str | None) -> None:
    answer = read(
        RIGHT_FOR_30_WEEKS,
        NERVE_COUNTS,
        NEVER_INJURED,
        {"story.tightness": "yes", "story.stretching_before": word},
    )
    assert answer.patterns == ()
    assert answer.lean == ()
    assert "story.stretching_before" in asked(answer)


@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_stretching_after_not_known_neither_names_nor_leans_to_pattern_3(word: str | None) -> None:
    answer = read(
        RIGHT_FOR_30_WEEKS, NERVE_COUNTS, INJURED, NEITHER_BEFORE, {"story.stretching_after": word}
    )
    assert answer.patterns == ()
    assert answer.lean == ()
    assert "story.stretching_after" in asked(answer)


@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_stretching_after_not_known_leaves_pattern_2_standing(word: str | None) -> None:
    named = order(P2_STORY, INJURED, {"story.stretching_after": word})
    assert named == ("pattern_2",)


@pytest.mark.parametrize("word", [None, "unknown", "not_asked"])
def test_an_injury_not_known_is_no_injury_for_pattern_3(word: str | None) -> None:
    answer = read(RIGHT_FOR_30_WEEKS, NERVE_COUNTS, NEITHER_BEFORE, AFTER, {"story.injury": word})
    assert answer.patterns == ()
    assert "pattern_3" not in answer.lean


def test_an_injury_denied_is_never_pattern_3() -> None:
    answer = read(RIGHT_FOR_30_WEEKS, NERVE_COUNTS, NEITHER_BEFORE, AFTER, NEVER_INJURED)
    assert "pattern_3" not in answer.patterns + answer.lean


@pytest.mark.parametrize(
    ("nerve", "lean"),
    [
        pytest.param({}, ("pattern_2",), id="nerves open"),
        pytest.param({"slr.result@right": "not_tested"}, ("pattern_2",), id="not tested"),
        pytest.param(NERVE_CLEAR, (), id="nerves clear"),
    ],
)
def test_without_a_nerve_finding_a_stretcher_leans_while_it_is_open(
    nerve: Chart, lean: tuple[str, ...]
) -> None:
    answer = read(RIGHT_FOR_30_WEEKS, P2_STORY, NEVER_INJURED, nerve)
    assert answer.patterns == ()
    assert answer.lean == lean


@pytest.mark.parametrize(
    ("nerve", "lean"),
    [
        pytest.param({}, ("pattern_3",), id="nerves open"),
        pytest.param({"slump.result@right": "unable"}, ("pattern_3",), id="unable"),
        pytest.param(NERVE_CLEAR, (), id="nerves clear"),
    ],
)
def test_without_a_nerve_finding_an_injured_stretcher_leans_while_it_is_open(
    nerve: Chart, lean: tuple[str, ...]
) -> None:
    answer = read(RIGHT_FOR_30_WEEKS, NEITHER_BEFORE, INJURED, AFTER, nerve)
    assert answer.patterns == ()
    assert tuple(name for name in answer.lean if name == "pattern_3") == lean


# ---------------------------------------------------------------------- dates
@pytest.mark.parametrize(
    ("tight", "stretched", "injured", "named"),
    [
        pytest.param(300, 200, 30, ("pattern_2",), id="all before the injury"),
        pytest.param(300, 10, 30, (), id="tight before, stretching after"),
        pytest.param(30, 30, 30, (), id="all in the same week: no order"),
    ],
)
def test_dates_alone_give_the_order(
    tight: int, stretched: int, injured: int, named: tuple[str, ...]
) -> None:
    """Dates are charted and the yes-or-no answers beside them left blank."""
    dates: Chart = {
        "story.tightness_weeks_ago": tight,
        "story.stretching_before_weeks_ago": stretched,
        "story.injury_weeks_ago": injured,
    }
    assert order(dates, NOT_AFTER) == named


@pytest.mark.parametrize(
    "dates",
    [
        pytest.param(
            {"story.stretching_before_weeks_ago": 10}, id="stretching dated after the injury"
        ),
        pytest.param({"story.tightness_weeks_ago": 10}, id="tightness dated after the injury"),
    ],
)
def test_an_answer_and_its_date_that_disagree_name_nothing(dates: Chart) -> None:
    answer = read(RIGHT_FOR_30_WEEKS, NERVE_COUNTS, P2_STORY, INJURED, NOT_AFTER, dates)
    assert answer.patterns == ()
    assert answer.contradictions


def test_stretching_dated_after_the_injury_is_no_first_mover() -> None:
    late: Chart = {"story.stretching_before_weeks_ago": 10}
    answer = read(RIGHT_FOR_30_WEEKS, NERVE_COUNTS, P2_STORY, INJURED, NOT_AFTER, late)
    assert answer.lean == ()


def test_a_date_alone_is_a_fresh_injury_too() -> None:
    fresh: Chart = {"story.injury_weeks_ago": 3}
    back: Chart = {"story.back": "yes", "story.back_weeks_ago": 300, "glute.weak@right": "yes"}
    assert order(back) == ("pattern_1",)
    assert order(back, fresh) == ()


@pytest.mark.parametrize(("weeks", "named"), [(300, ("pattern_1",)), (30, ("pattern_1",)), (5, ())])
def test_a_date_alone_tells_of_the_back(weeks: int, named: tuple[str, ...]) -> None:
    assert order({"story.back_weeks_ago": weeks, "glute.weak@right": "yes"}) == named


def test_stretching_dated_without_an_injury_is_pattern_2() -> None:
    dates: Chart = {"story.tightness_weeks_ago": 300, "story.stretching_before_weeks_ago": 10}
    assert order(dates, NEVER_INJURED) == ("pattern_2",)
    assert order(dates) == (), "whether it came before an injury is not known"
    assert order(dates, {"story.injury": "yes"}) == ()


def test_an_answer_stands_where_its_date_is_the_injurys_week() -> None:
    same_week: Chart = {"story.tightness_weeks_ago": 30, "story.stretching_before_weeks_ago": 30}
    assert order(P2_STORY, INJURED, NOT_AFTER, same_week) == ("pattern_2",)


def test_dates_that_bear_the_answers_out_change_nothing() -> None:
    dates: Chart = {"story.tightness_weeks_ago": 300, "story.stretching_before_weeks_ago": 200}
    assert order(P2_STORY, INJURED, AFTER, dates) == ("pattern_2", "pattern_3")


def test_order_can_be_charted_without_any_date() -> None:
    undated: Chart = {**INJURED, **blank("story.injury_weeks_ago")}
    assert order(P2_STORY, undated, NOT_AFTER) == ("pattern_2",)


# ---------------------------------------------------------------------- the first six weeks
@pytest.mark.parametrize("weeks", [0, 1, 3, 5, 5.9])
@pytest.mark.parametrize(
    "story",
    [
        pytest.param({**P2_STORY, **AFTER}, id="stretcher"),
        pytest.param({**NEITHER_BEFORE, **AFTER}, id="not a stretcher"),
        pytest.param(
            {
                "story.back": "yes",
                "story.back_weeks_ago": 300,
                "judgement.glute_inhibition": "yes",
            },
            id="old back and quiet glutes",
        ),
    ],
)
def test_no_pattern_in_the_first_six_weeks_after_an_injury(story: Chart, weeks: float) -> None:
    fresh: Chart = {
        "story.injury": "yes",
        "story.injury_weeks_ago": weeks,
        "complaint.duration_weeks": weeks,
    }
    answer = read(RIGHT_FOR_30_WEEKS, NERVE_COUNTS, story, fresh)
    assert not {"pattern_1", "pattern_2", "pattern_3"} & set(answer.patterns + answer.lean)


@pytest.mark.parametrize("weeks", [7, 8, 30])
def test_after_six_weeks_the_story_is_read(weeks: int) -> None:
    injured: Chart = {"story.injury": "yes", "story.injury_weeks_ago": weeks}
    assert order(NEITHER_BEFORE, AFTER, injured) == ("pattern_3",)
