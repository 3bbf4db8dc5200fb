"""No rule is dead: for each row, need, contradiction and plan item there is a chart it acts on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pytest

from clinic_desktop.domain.reaching import charts_for_item, node_reached
from clinic_desktop.domain.rulebook import ContradictionRule, FlagRow, Pattern, PlanCaution
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import SIDES, Key, Side, Value
from clinic_desktop.domain.visits import Case
from tests.rules.chart_strategies import catalogue, chart_of, engine, quiet_screen, suggest
from tests.rules.making import HURTS, START, Wanted, charts_with, course_of, of_all

TRIES = 400
RULES = engine().rulebook


def first_answer(cases: Iterable[Case], wanted: object) -> Suggestion | None:
    """The first of these answers that holds what is wanted."""
    assert callable(wanted)
    return next((a for a in map(suggest, islice(cases, TRIES)) if wanted(a)), None)


def screened(ways: Iterable[Wanted], **more: tuple[str, ...]) -> Iterator[Case]:
    """Courses with the rest of the screen answered no."""
    for way in ways:
        quiet: dict[Key, Value | None] = {k: v for k, v in quiet_screen().items() if k not in way}
        yield course_of({**quiet, **way}, **more)


# ---------------------------------------------------------------------- terms
@pytest.mark.parametrize("index", range(len(engine().nodes)), ids=lambda i: engine().nodes[i].name)
def test_each_condition_can_come_out_yes_and_no(index: int) -> None:
    """Worked out by the engine over findings made to order."""
    for truth in (True, False):
        assert node_reached(engine(), index, truth), truth


# ---------------------------------------------------------------------- patterns
@pytest.mark.parametrize("pattern", RULES.patterns, ids=lambda p: p.id)
def test_each_pattern_can_be_named_and_leaned_to(pattern: Pattern) -> None:
    wishes = [(need.when, HURTS, True) for need in pattern.needs]
    named = of_all(*wishes, given=START)
    assert first_answer(map(course_of, named), lambda a: pattern.id in a.patterns)
    leaning = charts_with(pattern.first_mover, True, START)
    assert first_answer(map(course_of, leaning), lambda a: pattern.id in a.lean)


@pytest.mark.parametrize("pattern", RULES.patterns, ids=lambda p: p.id)
def test_each_need_is_said_to_be_open_and_to_be_denied(pattern: Pattern) -> None:
    """Open on a chart that only names the leg; but nothing lumbar found is a yes from the start."""
    empty = suggest(course_of(START)).ledger[pattern.id].unmet
    for need in pattern.needs:
        said = RULES.words["need_open"].format(need=need.sentence)
        assert (said in empty) == (need.id != "lumbar")
        said = RULES.words["need_denied"].format(need=need.sentence)
        ways = map(course_of, charts_with(need.when, False, START))
        assert first_answer(ways, lambda a, s=said: s in a.ledger[pattern.id].unmet), need.id


@pytest.mark.parametrize("pattern", RULES.patterns, ids=lambda p: p.id)
def test_each_line_of_evidence_can_speak_for_and_against(pattern: Pattern) -> None:
    """A retest that eased a hamstring sign speaks for pattern 1; it has no opposite."""
    for evidence in pattern.evidence:
        extra = [(evidence.only_if, HURTS, True)] if evidence.only_if else []
        for truth in (True, False):
            if not truth and evidence.finding == "resisted.result" and evidence.text:
                continue
            column = "supports" if truth == (evidence.speaks == "for") else "against"
            wanted = of_all((evidence.when, HURTS, truth), *extra, given=START)
            found = first_answer(
                map(course_of, wanted),
                lambda a, c=column, f=evidence.finding: (
                    f in {line.finding for line in getattr(a.ledger[pattern.id], c)}
                ),
            )
            assert found, (evidence.finding, truth)


# ---------------------------------------------------------------------- flags
@pytest.mark.parametrize("row", RULES.flags, ids=lambda row: row.id)
def test_each_row_of_the_red_flag_table_can_set_the_level(row: FlagRow) -> None:
    shown = first_answer(
        chain(
            islice(map(course_of, charts_with(row.when, True, START)), TRIES // 4),
            screened(charts_with(row.when, True, START)),
        ),
        lambda a: (row.flag, row.level) in {(f.id, f.level) for f in a.red_flags},
    )
    assert shown
    flag = next(flag for flag in shown.red_flags if flag.id == row.flag)
    assert flag.action == RULES.flag_texts[row.flag].actions[row.level]
    assert flag.because


def test_each_action_belongs_to_a_row() -> None:
    rows = {(row.flag, row.level) for row in RULES.flags}
    texts = {(flag, level) for flag, text in RULES.flag_texts.items() for level in text.actions}
    assert rows == texts


@pytest.mark.parametrize("rule", RULES.not_applicable, ids=lambda rule: rule.id)
def test_each_question_that_cannot_apply_folds_away(rule: object) -> None:
    ways = charts_with(rule.when, True, START)  # type: ignore[attr-defined]
    flags = set(rule.flags)  # type: ignore[attr-defined]
    assert first_answer(map(course_of, ways), lambda a: flags <= set(a.screen.not_applicable))


# ---------------------------------------------------------------------- contradictions
@pytest.mark.parametrize("rule", RULES.contradictions, ids=lambda rule: rule.id)
@pytest.mark.parametrize("side", SIDES)
def test_each_contradiction_can_be_listed(rule: ContradictionRule, side: Side) -> None:
    ways = of_all((rule.when, side if rule.per_side else HURTS, True), given=START)
    assert first_answer(
        map(course_of, ways),
        lambda a: rule.text in {conflict.text for conflict in a.contradictions},
    )


def test_hints_and_dates_that_disagree_with_the_story_can_be_listed() -> None:
    for pair in RULES.reading.hints:
        for hint, story in pair.disagree:
            answer = suggest(chart_of({Key(pair.hint): hint, Key(pair.story): story}))
            assert pair.text in {conflict.text for conflict in answer.contradictions}
    for dated in RULES.reading.dates:
        dates: dict[Key, Value] = {Key(dated.weeks): 10, Key(dated.other_weeks): 20}
        answer = suggest(chart_of({**dates, Key(dated.answer): "yes"}))
        assert dated.text in {conflict.text for conflict in answer.contradictions}


# ---------------------------------------------------------------------- plan
@pytest.mark.parametrize("item", RULES.plan.items)
def test_each_plan_item_can_be_suggested(item: str) -> None:
    def lists_it(answer: Suggestion) -> bool:
        plan = answer.plan
        return item in {*plan.standing, *plan.first, *plan.later}

    assert first_answer(screened(charts_for_item(engine(), item)), lists_it)


@pytest.mark.parametrize(
    ("item", "caution"),
    [(item, c) for item, rule in RULES.plan.items.items() for c in rule.cautions],
    ids=lambda x: x if isinstance(x, str) else x.text,
)
def test_each_caution_can_be_read(item: str, caution: PlanCaution) -> None:
    """With the item chosen by hand, and with what raised a red flag resolved in writing."""
    flags = tuple(RULES.flag_texts)
    ways = charts_with(caution.when, True, START)
    cases = screened(ways, chosen=(item,), resolved=flags)
    assert first_answer(
        cases, lambda a: (item, caution.text) in {(c.item, c.text) for c in a.plan.cautions}
    )


def test_the_plan_speaks_of_the_library() -> None:
    """Every item of the library has a rule of its kind, and no rule speaks of another."""
    from clinic_desktop.services.knowledge.plan_files import load_plan_library

    library = load_plan_library().items
    assert {i: rule.kind for i, rule in RULES.plan.items.items()} == {
        i: item.kind for i, item in library.items()
    }


def test_what_the_rules_read_is_in_the_catalogue() -> None:
    read = {key.finding for key in engine().affected}
    own = {finding for finding in read if finding.startswith(("course.", "fell."))}
    assert read - own <= set(catalogue().findings)
