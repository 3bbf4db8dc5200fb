"""Thirteen cases with a trap each, written before the rules were read (see cases/README.md)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest

from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library

FOLDER = Path(__file__).parent / "cases"
ADVICE = {"education", "sitting_advice", "load_management"}
BACK_FIRST = {"brace", "recovery_position"}
SLIDER = {"slider_seated"}
RESTS_BEFORE_IMAGING = {
    "load_isometric",
    "load_heavy_slow",
    "load_hip_bend",
    "load_energy_storage",
    "return_to_run",
    "tendon_massage",
    "traction_sidelying",
}
"""What an open flag of level I withholds: loading, running, massage and traction."""


@dataclass(frozen=True)
class Expected:
    """What a senior therapist would say of a case, read up to one of its visits."""

    case: str
    status: str
    patterns: tuple[str, ...] = ()
    flags: dict[str, str] = field(default_factory=dict)
    leads: frozenset[str] | set[str] = frozenset()
    """Any of these may be the first item of the plan; empty: no plan at all."""
    visits: int | None = None

    def __str__(self) -> str:
        return self.case if self.visits is None else f"{self.case} at visit {self.visits}"


NAMED, UNNAMED, REFER = "suggested", "not_enough_data", "red_flag"
SAID = (
    Expected("crossed_leg_raise", NAMED, ("pattern_1",), leads=BACK_FIRST),
    Expected("back_came_second", UNNAMED, leads=ADVICE),
    Expected("tight_but_never_stretched", NAMED, ("pattern_3",), leads=SLIDER),
    Expected("deep_gluteal", NAMED, ("other_source",), leads=ADVICE),
    Expected("hip_after_a_load_jump", REFER, flags={"bone_stress_femoral_neck": "S"}, visits=1),
    Expected("hip_after_a_load_jump", NAMED, ("pattern_2",), leads=SLIDER),
    Expected("nerve_mimics_tendon", NAMED, ("pattern_2",), leads=SLIDER),
    Expected(
        "tendon_beside_the_nerve",
        NAMED,
        ("pattern_2", "local"),
        flags={"distress": "W"},
        leads={"load_isometric"},
    ),
    Expected("sprinter_three_weeks_on", NAMED, ("local",), flags={"avulsion": "I"}, leads=ADVICE),
    Expected("torn_eight_weeks_ago", NAMED, ("pattern_3",), flags={"avulsion": "I"}, leads=SLIDER),
    Expected("one_leg_then_both", NAMED, ("pattern_1",), leads=BACK_FIRST, visits=1),
    Expected("one_leg_then_both", REFER, flags={"cauda_equina": "E"}),
    Expected("two_stories", NAMED, ("pattern_2",), leads=SLIDER, visits=1),
    Expected("two_stories", UNNAMED, leads=ADVICE, visits=2),
    Expected("two_stories", NAMED, ("pattern_2",), leads=SLIDER),
    Expected("old_back_then_a_strain", NAMED, ("pattern_1", "pattern_3"), leads=BACK_FIRST),
    Expected("both_legs_for_months", NAMED, ("pattern_2",), flags={"bilateral": "W"}, leads=SLIDER),
)


def test_every_case_has_an_expectation_and_its_line_of_thought() -> None:
    files = {path.stem for path in FOLDER.glob("*.json")}
    assert files == {expected.case for expected in SAID}
    thoughts = (FOLDER / "README.md").read_text("utf-8")
    assert [name for name in sorted(files) if f"| `{name}` |" not in thoughts] == []


@pytest.mark.parametrize("said", SAID, ids=str)
def test_the_panel_says_what_a_senior_therapist_would(said: Expected) -> None:
    answer = answered(said)
    assert answer.status == said.status
    assert answer.patterns == said.patterns
    assert answer.lean == ()
    assert {flag.id: flag.level for flag in answer.red_flags} == said.flags


@pytest.mark.parametrize("said", SAID, ids=str)
def test_the_plan_leads_to_what_she_would_start_with(said: Expected) -> None:
    plan = answered(said).plan
    if said.status == REFER:
        assert (plan.standing, plan.first, plan.later) == ((), (), ())
        assert plan.withheld
        return
    assert plan.withheld is None
    assert plan.first[:1]
    assert plan.first[0] in said.leads
    if said.leads == ADVICE:
        assert set(plan.first) <= ADVICE
    if "I" in said.flags.values():
        assert not RESTS_BEFORE_IMAGING & {*plan.standing, *plan.first, *plan.later}


@pytest.mark.parametrize("said", [said for said in SAID if said.status != REFER], ids=str)
def test_the_screen_of_each_case_is_answered(said: Expected) -> None:
    """Also where questions that cannot apply were left blank: no injury, a man, one's own past."""
    answer = answered(said)
    assert answer.screen.unanswered == ()
    assert not answer.provisional


def test_a_back_case_starts_with_the_glutes_beside_the_back() -> None:
    assert "glute_burn" in answered(of("crossed_leg_raise")).plan.first


def test_pain_that_came_to_the_back_later_is_said_to_speak_against_pattern_1() -> None:
    ledger = answered(of("back_came_second")).ledger["pattern_1"]
    assert {"story.back_weeks_ago", "story.back"} & {line.finding for line in ledger.against}


def test_the_two_stories_are_listed_as_a_contradiction_and_asked_again() -> None:
    answer = answered(of("two_stories", visits=2))
    assert any("story.stretching_before" in c.findings for c in answer.contradictions)
    assert "story.stretching_before" in {question.finding for question in answer.ask_next}
    assert not answered(of("two_stories")).contradictions


def test_tendon_tests_that_clear_with_the_nerve_slack_speak_against_the_tendon() -> None:
    ledger = answered(of("nerve_mimics_tendon")).ledger["local"]
    against = {line.finding for line in ledger.against}
    assert any(finding.endswith(".neural_effect") for finding in against)


def of(case: str, visits: int | None = None) -> Expected:
    """The expectation of a case."""
    return next(said for said in SAID if (said.case, said.visits) == (case, visits))


@cache
def answer_to(case: str, visits: int | None) -> Suggestion:
    """The answer to a case file, read up to one of its visits."""
    catalogue = load_catalogue()
    plan_items = load_plan_library().items
    whole: Case = read_case((FOLDER / f"{case}.json").read_bytes(), catalogue, plan_items)
    suggest = shipped_knowledge(catalogue, load_catalogue_text()).suggest
    return suggest(replace(whole, visits=whole.visits[:visits]))


def answered(said: Expected) -> Suggestion:
    """The answer that an expectation is about."""
    return answer_to(said.case, said.visits)
