"""What must hold for every chart: red flags set all else aside, and an open screen only waits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.suggestion import SuggestedPlan, Suggestion
from clinic_desktop.domain.values import LEVELS, Key
from clinic_desktop.domain.visits import Case, FlagResolution
from tests.rules.chart_strategies import (
    EXAMPLES,
    Findings,
    chart_of,
    charting,
    charts,
    flag_ids,
    keys_of,
    label,
    map_findings,
    power_keys,
    suggest,
    with_last,
)

GRAVE: tuple[tuple[str, Findings], ...] = (
    ("cauda_equina", {Key("flag.saddle_numbness"): "yes"}),
    ("cauda_equina", {Key("flag.bladder_bowel"): "new"}),
    ("cauda_equina", {Key("flag.both_legs_new"): "yes"}),
    ("motor_deficit", {Key("flag.power_falling"): "yes"}),
    ("dvt", {Key("flag.calf_swelling"): "yes"}),
    ("bone_stress_femoral_neck", {Key("flag.hop_pain"): "yes"}),
    (
        "bone_stress_femoral_neck",
        {Key("flag.groin_pain_on_impact"): "yes", Key("flag.bone_injury_excluded"): "no"},
    ),
    ("infection", {Key("flag.fever_unwell"): "yes", Key("flag.infection_risk"): "yes"}),
    ("cancer", {Key("flag.cancer_history"): "yes", Key("flag.weight_loss"): "yes"}),
    ("fracture", {Key("flag.major_trauma"): "yes"}),
    ("vascular", {Key("flag.cold_pale_foot"): "yes"}),
    ("vascular", {Key("flag.effort_only_pain"): "yes"}),
    ("self_harm", {Key("flag.self_harm"): "yes"}),
)
"""Findings that raise a flag of level E, S or U whatever else is charted."""
NO_BONE = {Key("flag.bone_injury_excluded"): "no"}
ADDED = st.sampled_from(GRAVE)


def grave(answer: Suggestion) -> set[str]:
    """The open flags that set patterns and plan aside."""
    return {flag.id for flag in answer.red_flags if flag.level in "ESU"}


# ---------------------------------------------------------------------- 5: a flag comes and goes
@EXAMPLES
@given(charts(answered=True), ADDED)
def test_a_red_flag_sets_names_and_plan_aside(case: Case, added: tuple[str, Findings]) -> None:
    flag, signs = added
    answer = suggest(charting(case, {**NO_BONE, **signs}))
    assert answer.status == "red_flag"
    assert flag in grave(answer)
    assert (answer.patterns, answer.lean) == ((), ())
    assert answer.plan == SuggestedPlan(withheld=answer.plan.withheld)
    assert answer.plan.withheld
    assert all(flag.action and flag.because for flag in answer.red_flags)


@EXAMPLES
@given(charts(answered=True), ADDED)
def test_a_flag_resolved_in_writing_brings_back_the_former_label(
    case: Case, added: tuple[str, Findings]
) -> None:
    """What stood before the flag stands again, the reason is shown, and nothing else is hidden."""
    _, signs = added
    case = charting(case, NO_BONE)
    before = suggest(case)
    flagged = charting(case, {**NO_BONE, **signs})
    raised = grave(suggest(flagged)) - grave(before)
    resolutions = tuple(FlagResolution(flag, "seen by a doctor") for flag in sorted(raised))
    after = suggest(with_last(flagged, resolved_flags=resolutions))
    assert label(after) == label(before)
    assert {flag.id for flag in after.resolved_flags} == raised
    assert grave(after) == grave(before)
    assert raised.isdisjoint(flag.id for flag in after.red_flags)


@EXAMPLES
@given(charts(answered=True, raised=0))
def test_a_resolution_of_a_flag_that_is_not_raised_changes_nothing(case: Case) -> None:
    raised = {flag.id for flag in suggest(case).red_flags}
    idle = tuple(
        FlagResolution(flag, "seen by a doctor")
        for flag in ("dvt", "fracture", "self_harm", "vascular")
        if flag not in raised
    )
    assert suggest(with_last(case, resolved_flags=idle)) == suggest(case)


@EXAMPLES
@given(charts(raised=4), st.sampled_from(("yes", "no")))
def test_no_hint_lowers_a_red_flag(case: Case, answer: str) -> None:
    """A hint may dispute the story; a flag that the story raised stays open until it is resolved
    or asked anew."""
    before = suggest(case)
    after = suggest(charting(case, dict.fromkeys(keys_of("hint."), answer)))
    now = {flag.id: LEVELS.index(flag.level) for flag in after.red_flags}
    for flag in before.red_flags:
        assert now.get(flag.id, len(LEVELS)) <= LEVELS.index(flag.level), flag.id


@pytest.mark.parametrize("sign", ["pulsing_abdomen", "sexual_change", "fever_unwell"])
def test_a_disputed_back_still_counts_for_a_red_flag(sign: str) -> None:
    """The story says back pain, a hint denies it: for a name it is unknown, for safety it is
    not."""
    told = {Key(f"flag.{sign}"): "yes", Key("story.back"): "yes"}
    before = suggest(chart_of(told))
    after = suggest(chart_of(told | {Key("hint.back_history"): "no"}))
    assert before.status == "red_flag"
    assert [(f.id, f.level) for f in after.red_flags] == [(f.id, f.level) for f in before.red_flags]


# ---------------------------------------------------------------------- the screen
@EXAMPLES
@given(charts())
def test_an_open_screen_is_provisional_and_its_plan_waits(case: Case) -> None:
    answer = suggest(case)
    screen, plan = answer.screen, answer.plan
    assert answer.provisional == bool(screen.unanswered) == (not screen.complete)
    assert {*screen.unanswered}.isdisjoint(screen.not_applicable)
    empty = plan == SuggestedPlan(withheld=plan.withheld)
    if answer.status == "red_flag":
        assert empty
        assert plan.withheld
    else:
        assert empty == (plan.withheld is not None) == answer.provisional


@EXAMPLES
@given(charts(answered=None), st.data())
def test_an_unanswered_screen_moves_no_name(case: Case, data: st.DataObject) -> None:
    """Each "no" of the screen may be there or not: it only decides whether the plan waits.

    But for a "no" that took back an earlier "yes": that one is an answer, and stays.
    """
    took_back = {
        key.finding
        for visit in case.visits
        for key, value in visit.findings.items()
        if value in {"yes", "new", "longstanding_explained"}
    }
    taken = data.draw(st.sets(st.sampled_from(flag_ids())), label="not asked") - took_back

    def unasked(charted: Findings) -> Findings:
        return {k: v for k, v in charted.items() if k.finding not in taken or v != "no"}

    before, after = suggest(case), suggest(map_findings(case, unasked))
    assert label(after) == label(before)
    assert grave(after) == grave(before)


@EXAMPLES
@given(charts(answered=True, most_visits=1))
def test_leg_power_not_yet_measured_moves_no_name(case: Case) -> None:
    """A full power taken away opens the screen where a nerve is in play, and nothing else.

    Knee flexion is left: in a hamstring it is also a finding.
    """
    full = {
        key: None
        for key in power_keys()
        if key.finding != "power.knee_flexion" and case.last.findings.get(key) == "5"
    }
    before, after = suggest(case), suggest(charting(case, full))
    assert label(after) == label(before)
    assert before.red_flags == after.red_flags


@EXAMPLES
@given(charts(answered=True))
def test_with_every_question_answered_the_screen_is_complete(case: Case) -> None:
    answer = suggest(case)
    assert answer.screen.unanswered == ()
    assert not answer.provisional


@pytest.mark.parametrize(("flag", "signs"), GRAVE, ids=lambda x: x if isinstance(x, str) else "")
def test_each_grave_sign_speaks_alone(flag: str, signs: Findings) -> None:
    """On an otherwise empty chart too: a sign is never overlooked for want of the rest."""
    assert flag in grave(suggest(chart_of(signs)))


@EXAMPLES
@given(charts(answered=True))
def test_a_follow_up_with_only_the_screen_asked_again_keeps_the_name(case: Case) -> None:
    """What was found on an earlier day is still read; only what must be asked anew was."""
    asked = {
        k: v for k, v in case.last.findings.items() if k.finding.startswith(("flag.", "power."))
    }
    follow_up = replace(case.last, findings=asked, retests=())
    after = suggest(replace(case, visits=(*case.visits, follow_up)))
    before = suggest(case)
    if grave(after) == grave(before):  # a power that had fallen has not fallen again
        assert label(after) == label(before)
    assert not after.provisional
