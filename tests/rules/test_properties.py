"""What must hold for every chart (published cases, part 3): changes that move no answer."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.reading import read_case
from clinic_desktop.domain.suggestion import Line, SuggestedPlan, Suggestion
from clinic_desktop.domain.values import NO_INFORMATION, PATTERNS, Key
from clinic_desktop.domain.visits import SEXES, Case, PlanChoice, Retest
from clinic_desktop.services.casefiles import casefile
from clinic_desktop.services.casefiles.answer import answer_as_json
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from tests.rules.chart_strategies import (
    BACK,
    EXAMPLES,
    LEFT,
    PAINFUL,
    RIGHT,
    Findings,
    catalogue,
    chart_of,
    charting,
    charts,
    engine,
    findings,
    keys_of,
    label,
    map_findings,
    mirrored,
    mirrored_text,
    quiet_screen,
    sided,
    suggest,
    with_last,
)

CORE = {"pattern_1", "pattern_2", "pattern_3"}
HINTS = tuple(key for key in keys_of("hint."))
FAMILIAR = keys_of("slr.familiar", "slump.familiar", "stretch_test.familiar")
CUES = {"cue_cadence", "cue_land_closer", "cue_tall_lean"}
SEEDS = st.integers(0, 2**32 - 1)


# ---------------------------------------------------------------------- 1: right and left
@EXAMPLES
@given(charts())
def test_the_left_leg_is_judged_like_the_right(case: Case) -> None:
    """Same label, flags and plan; only the sides in ledger, questions and texts are exchanged."""
    one, other = suggest(case), suggest(mirrored(case))
    assert label(one) == label(other)
    assert one.red_flags == other.red_flags
    assert one.contradictions == other.contradictions
    assert one.screen == other.screen
    assert one.plan == other.plan
    for pattern in PATTERNS:
        for column in ("supports", "against", "missing"):
            mine = Counter(getattr(one.ledger[pattern], column))
            assert Counter(map(_mirrored_line, getattr(other.ledger[pattern], column))) == mine
        assert one.ledger[pattern].unmet == other.ledger[pattern].unmet


@EXAMPLES
@given(charts())
def test_the_same_is_asked_next_on_the_other_side(case: Case) -> None:
    """The last of five may be one of two equal sides, of which the form's first is asked."""
    one, other = suggest(case).ask_next, suggest(mirrored(case)).ask_next
    assert [question.finding for question in one] == [question.finding for question in other]
    asked = {(question.finding, question.side) for question in one[:4]}
    turned = {(q.finding, q.side.other if q.side else None) for q in other}
    assert {(f, s) for f, s in asked - turned if f != one[-1].finding} == set()


def _mirrored_line(line: Line) -> Line:
    side = line.side.other if line.side else None
    return replace(line, side=side, text=mirrored_text(line.text))


# ---------------------------------------------------------------------- 2: order of entry
@EXAMPLES
@given(charts(), SEEDS)
def test_the_order_of_entry_leaves_no_trace(case: Case, seed: int) -> None:
    shuffle = random.Random(seed)

    def entered_otherwise(charted: Findings) -> Findings:
        entries = list(charted.items())
        shuffle.shuffle(entries)
        return {
            key: tuple(shuffle.sample(value, len(value))) if isinstance(value, tuple) else value
            for key, value in entries
        }

    again = map_findings(case, entered_otherwise)
    assert answer_as_json(suggest(again)) == answer_as_json(suggest(case))


@EXAMPLES
@given(charts())
def test_the_same_findings_give_the_same_bytes_also_from_a_file(case: Case) -> None:
    """Nothing is kept between two answers, and a case file carries all that they read."""
    first = answer_as_json(suggest(case))
    copy = casefile.read_case(write_case(case), catalogue(), load_plan_library().items)
    assert answer_as_json(suggest(copy)) == first
    assert answer_as_json(suggest(case)) == first


# ---------------------------------------------------------------------- 3: not tested
@EXAMPLES
@given(charts(), st.data())
def test_words_that_say_nothing_read_like_a_blank(case: Case, data: st.DataObject) -> None:
    """`not_tested`, `unable`, `unknown` and `not_asked` in a blank, at any visit. Only "unknown" to
    a question of the screen says something: it takes an earlier denial back
    (`test_flags_over_visits`)."""
    visit = data.draw(st.integers(0, len(case.visits) - 1), label="visit")
    open_keys = [
        key
        for key in catalogue().order
        if key not in case.visits[visit].findings and _empty_words(key)
    ]
    chosen = data.draw(st.lists(st.sampled_from(open_keys), unique=True, max_size=12))
    empty: Findings = {key: data.draw(st.sampled_from(_empty_words(key))) for key in chosen}
    visits = list(case.visits)
    visits[visit] = replace(visits[visit], findings={**visits[visit].findings, **empty})
    said = answer_as_json(suggest(replace(case, visits=tuple(visits))))
    assert said == answer_as_json(suggest(case))


def _empty_words(key: Key) -> tuple[str, ...]:
    silent = NO_INFORMATION - {"unknown"} if key.finding.startswith("flag.") else NO_INFORMATION
    return tuple(w for w in catalogue().spec(key.finding).choices if w in silent)


# ---------------------------------------------------------------------- 4: hints
@EXAMPLES
@given(charts(), st.sampled_from(("yes", "no")), st.booleans())
def test_hints_never_name_a_pattern(case: Case, answer: str, everywhere: bool) -> None:
    """All seven on or off never add one of the three patterns; they act by contradiction alone."""
    silent = map_findings(case, lambda f: {k: v for k, v in f.items() if k not in HINTS})
    hints = dict.fromkeys(HINTS, answer)
    loud = map_findings(silent, lambda f: f | hints) if everywhere else charting(silent, hints)
    before, after = suggest(silent), suggest(loud)
    if before.status == "red_flag":
        return  # nothing was named that could move; the flag itself is held in the other file
    assert CORE & {*after.patterns} <= {*before.patterns}
    # A story that a hint disputes counts as unknown (reading.md, 13): what its "no" had closed is
    # open again, as if it had not been charted, and nothing else.
    disputed = {f for c in after.contradictions for f in c.findings if Key(f) not in HINTS}
    unknown = suggest(
        map_findings(silent, lambda f: {k: v for k, v in f.items() if k.finding not in disputed})
    )
    closed = {*before.lean, *before.patterns}
    assert CORE & {*after.lean} <= closed | {*unknown.lean, *unknown.patterns}
    if before.contradictions == after.contradictions:
        assert CORE & {*after.lean} <= closed
        assert label(before) == label(after)
        assert before.red_flags == after.red_flags
        assert before.ledger == after.ledger


# ---------------------------------------------------------------------- 6: familiar pain
@EXAMPLES
@given(charts())
def test_without_familiar_pain_no_neural_pattern_is_left(case: Case) -> None:
    """Familiar no on every neural test: patterns 2 and 3 go, and so do their leans."""
    answer = suggest(charting(case, dict.fromkeys(FAMILIAR, "no")))
    assert {"pattern_2", "pattern_3"}.isdisjoint((*answer.patterns, *answer.lean))


# ---------------------------------------------------------------------- 7: gait
@EXAMPLES
@given(charts(answered=True), findings(keys_of("gait."), most=8))
def test_gait_moves_nothing_but_gait_items(case: Case, gait: Findings) -> None:
    without = map_findings(
        case, lambda f: {k: v for k, v in f.items() if not k.finding.startswith("gait.")}
    )
    before, after = suggest(without), suggest(charting(without, gait))
    assert replace(after, plan=before.plan) == before
    assert _without_cues(after.plan) == _without_cues(before.plan)


def _without_cues(plan: SuggestedPlan) -> SuggestedPlan:
    return replace(
        plan,
        first=tuple(item for item in plan.first if item not in CUES),
        later=tuple(item for item in plan.later if item not in CUES),
        cautions=tuple(caution for caution in plan.cautions if caution.item not in CUES),
    )


def test_a_leg_seen_running_is_no_painful_leg() -> None:
    """Where nobody charted which leg hurts, the gait of the other leg does not tell it."""
    right = sided(
        RIGHT,
        palpation__tuberosity=6,
        bridge__pain=5,
        modified_bent_knee__pain=5,
        slr__familiar="no",
        slump__familiar="no",
    )
    before = suggest(chart_of(right))
    after = suggest(chart_of(right | sided(LEFT, gait__overstride="clear")))
    assert label(before) == ("suggested", ("local",), ())
    assert label(after) == label(before)


# ---------------------------------------------------------------------- 8: who it is
@EXAMPLES
@given(
    charts(),
    st.none() | st.integers(10, 95),
    st.sampled_from((None, *SEXES)),
    findings(keys_of("outcome.nprs", "complaint.sport"), most=5),
)
def test_age_sex_sport_and_intensity_carry_no_name(
    case: Case, age: int | None, sex: str | None, intensity: Findings
) -> None:
    """But for the flags that name an age, and the question that a man is not asked."""
    somebody_else = replace(case, patient=replace(case.patient, age=age, sex=sex))
    before, after = suggest(case), suggest(charting(somebody_else, intensity))
    assert {f for f in before.red_flags if f.id not in {"aneurysm", "inflammatory"}} == {
        f for f in after.red_flags if f.id not in {"aneurysm", "inflammatory"}
    }
    if _grave(before) == _grave(after):
        assert label(before) == label(after)
    assert before.ledger.keys() == after.ledger.keys()
    folded = {*before.screen.unanswered} ^ {*after.screen.unanswered}
    assert folded <= {"flag.menstrual_loss"}


def _grave(answer: Suggestion) -> set[str]:
    return {flag.id for flag in answer.red_flags if flag.level in "ESU"}


# ---------------------------------------------------------------------- 9, 10: shape of an answer
@EXAMPLES
@given(charts())
def test_an_answer_keeps_its_shape(case: Case) -> None:
    """Five ledgers, known findings, no percentage, and lists that agree with the status."""
    answer = suggest(case)
    text = answer_as_json(answer).decode()
    assert "%" not in text
    assert "percent" not in text.lower()
    said = json.loads(text)
    assert tuple(said["ledger"]) == PATTERNS
    assert set(_ids(said)) <= set(catalogue().findings)
    assert bool(answer.patterns) == (answer.status == "suggested")
    assert not answer.lean or answer.status == "not_enough_data"
    assert (answer.status == "red_flag") == bool(_grave(answer))
    assert len(answer.ask_next) <= 5
    assert len({(q.finding, q.side) for q in answer.ask_next}) == len(answer.ask_next)


def _ids(node: object) -> list[str]:
    """Every finding that an answer names."""
    if isinstance(node, list):
        return [finding for part in node for finding in _ids(part)]
    if not isinstance(node, dict):
        return []
    named = [node["finding"]] if "finding" in node else []
    named += [*node.get("because", []), *node.get("findings", [])]
    return named + [finding for part in node.values() for finding in _ids(part)]


@EXAMPLES
@given(charts(answered=True))
def test_never_more_than_two_new_items_and_of_different_kinds(case: Case) -> None:
    plan = suggest(case).plan
    items = engine().rulebook.plan.items
    kinds = [items[item].kind for item in plan.first]
    assert len(kinds) <= 2
    assert len(set(kinds)) == len(kinds)
    listed = [*plan.standing, *plan.first, *plan.later]
    assert len(set(listed)) == len(listed)


@EXAMPLES
@given(charts())
def test_a_charted_finding_that_counts_stands_in_the_ledger(case: Case) -> None:
    """What was found on a side that hurts is for, against or still waiting; it never vanishes."""
    answer = suggest(case)
    rules = engine().rulebook
    reading = read_case(case, rules.reading, rules.plan.bands)
    for pattern in rules.patterns:
        ledger = answer.ledger[pattern.id]
        listed = {(x.finding, x.side) for x in (*ledger.supports, *ledger.against, *ledger.missing)}
        for evidence in pattern.evidence:
            if evidence.only_if is not None or _compares(evidence.when):
                continue
            sides = reading.painful if catalogue().spec(evidence.finding).sides else (None,)
            for side in sides:
                turned = getattr(evidence.when, "side", "same") == "other" and side is not None
                key = Key(evidence.finding, side.other if turned and side else side)
                if key in reading.values or key in reading.disputed:
                    assert (key.finding, key.side) in listed, (pattern.id, key)


def _compares(condition: object) -> bool:
    """Whether a line of evidence needs a second finding, or one of the course."""
    finding = str(getattr(condition, "finding", ""))
    return getattr(condition, "op", "") == "less_than_finding" or finding.startswith("course.")


# ---------------------------------------------------------------------- a plan left to the hand
def test_a_pause_that_helped_is_still_no_new_item() -> None:
    """The standing pause is not one of the two, however well its retest went."""
    case = with_last(
        chart_of(PAINFUL | BACK | dict(quiet_screen())),
        retests=(Retest("pause_stretching", "slr.angle", RIGHT, verdict="better"),),
    )
    plan = suggest(case).plan
    assert plan.standing == ("pause_stretching",)
    assert "pause_stretching" not in (*plan.first, *plan.later)


@EXAMPLES
@given(charts(answered=True), st.data())
def test_what_was_chosen_by_hand_moves_no_name(case: Case, data: st.DataObject) -> None:
    """Choosing items is the clinician's; it may add cautions, never change what is suggested."""
    items = st.sampled_from(tuple(engine().rulebook.plan.items))
    chosen = data.draw(st.lists(items, unique=True, max_size=3), label="chosen")
    after = suggest(with_last(case, plan=tuple(PlanChoice(item) for item in chosen)))
    before = suggest(with_last(case, plan=()))
    same = replace(after.plan, cautions=before.plan.cautions)
    assert replace(after, plan=same) == before
