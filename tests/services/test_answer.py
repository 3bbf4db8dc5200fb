"""The answer outside the window: in the contract's shape for programs, as a note for people."""

import json
from dataclasses import replace

import pytest

from clinic_desktop.domain.suggestion import (
    Caution,
    Contradiction,
    Ledger,
    Line,
    Question,
    RedFlag,
    ResolvedFlag,
    Screen,
    SuggestedPlan,
    Suggestion,
)
from clinic_desktop.domain.values import PATTERNS, Side
from clinic_desktop.services.casefiles.answer import answer_as_dict, answer_as_json
from clinic_desktop.services.casefiles.answer_text import WIDTH, AnswerWords, answer_as_text
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library

WORDS = AnswerWords(load_catalogue(), load_catalogue_text(), load_plan_library())
FLAGS = tuple(finding for finding in WORDS.catalogue.findings if finding.startswith("flag."))

MIXED = Suggestion(
    status="suggested",
    patterns=("pattern_2", "local"),
    lean=(),
    provisional=False,
    red_flags=(RedFlag("distress", "W", ("flag.distress",), "Ask again next time.", "Distress"),),
    resolved_flags=(ResolvedFlag("avulsion", "Scan in May was clear."),),
    screen=Screen(True, ()),
    ledger={
        "pattern_2": Ledger(
            supports=(Line("slump.result", Side.RIGHT, "Slump, right: positive"),),
            against=(Line("lumbar.movement", None, "Low back movement: negative"),),
            missing=(Line("slr.neck_effect", Side.RIGHT, "Leg raise, neck, right"),),
        ),
        "pattern_1": Ledger(unmet=("No back pain is charted at or before the thigh pain.",)),
    },
    contradictions=(Contradiction(("slr.result", "slr.familiar"), "Positive, yet not familiar."),),
    ask_next=(Question("slump.release", Side.RIGHT, "It would make the slump count."),),
    plan=SuggestedPlan(
        standing=("pause_stretching",),
        first=("slider_seated",),
        later=("recovery_position", "load_isometric"),
        cautions=(Caution("load_hip_bend", ("slump.result",), "Not while the slump is positive."),),
    ),
    knowledge=("2026.11", "0" * 64),
)
MIXED_ANSWER = {
    "format": "clinic-desktop-suggestion/1",
    "knowledge": {"version": "2026.11", "sha256": "0" * 64},
    "status": "suggested",
    "patterns": ["pattern_2", "local"],
    "lean": [],
    "provisional": False,
    "red_flags": [
        {
            "id": "distress",
            "level": "W",
            "title": "Distress",
            "because": ["flag.distress"],
            "action": "Ask again next time.",
        }
    ],
    "resolved_flags": [{"id": "avulsion", "reason": "Scan in May was clear."}],
    "screen": {"complete": True, "unanswered": []},
    "ledger": {
        "pattern_1": {
            "for": [],
            "against": [],
            "missing": [],
            "unmet": ["No back pain is charted at or before the thigh pain."],
        },
        "pattern_2": {
            "for": [{"finding": "slump.result", "side": "right", "text": "Slump, right: positive"}],
            "against": [{"finding": "lumbar.movement", "text": "Low back movement: negative"}],
            "missing": [
                {
                    "finding": "slr.neck_effect",
                    "side": "right",
                    "text": "Leg raise, neck, right",
                }
            ],
            "unmet": [],
        },
        **{
            pattern: {"for": [], "against": [], "missing": [], "unmet": []}
            for pattern in ("pattern_3", "local", "other_source")
        },
    },
    "contradictions": [
        {"findings": ["slr.result", "slr.familiar"], "text": "Positive, yet not familiar."}
    ],
    "ask_next": [
        {
            "finding": "slump.release",
            "side": "right",
            "why": "It would make the slump count.",
        }
    ],
    "plan": {
        "standing": ["pause_stretching"],
        "first": ["slider_seated"],
        "later": ["recovery_position", "load_isometric"],
        "withheld": None,
        "cautions": [
            {
                "item": "load_hip_bend",
                "because": ["slump.result"],
                "text": "Not while the slump is positive.",
            }
        ],
    },
}
NOTHING = Suggestion(
    status="not_enough_data",
    patterns=(),
    lean=("pattern_3",),
    provisional=True,
    red_flags=(),
    resolved_flags=(),
    screen=Screen(False, FLAGS),
    ledger={},
    contradictions=(),
    ask_next=(),
    plan=SuggestedPlan(withheld="The red-flag screen is not finished."),
)
EMERGENCY = replace(
    NOTHING,
    status="red_flag",
    lean=(),
    red_flags=(
        RedFlag(
            "cauda_equina",
            "E",
            ("flag.saddle_numbness", "flag.bladder_bowel"),
            "Emergency department now.",
            "Cauda equina",
        ),
    ),
    plan=SuggestedPlan(withheld="A red flag is open."),
)


# ---------------------------------------------------------------------- for programs
def test_the_answer_has_the_contracts_shape() -> None:
    assert answer_as_dict(MIXED) == MIXED_ANSWER


def test_the_ledger_holds_every_pattern_even_when_nothing_is_known() -> None:
    ledger = answer_as_dict(NOTHING)["ledger"]
    assert isinstance(ledger, dict)
    assert tuple(ledger) == PATTERNS


def test_the_same_answer_gives_the_same_bytes() -> None:
    turned = replace(MIXED, ledger=dict(reversed(list(MIXED.ledger.items()))))
    assert answer_as_json(turned) == answer_as_json(MIXED)
    assert json.loads(answer_as_json(MIXED)) == answer_as_dict(MIXED)
    assert answer_as_json(MIXED).endswith(b"}\n")


# ---------------------------------------------------------------------- for people
def text_of(suggestion: Suggestion) -> str:
    return answer_as_text(suggestion, WORDS)


def test_an_emergency_comes_first_with_what_to_do_and_nothing_is_planned() -> None:
    text = text_of(EMERGENCY)
    first, second = text.splitlines()[:2]
    assert first == "RED FLAG, emergency: Cauda equina"
    assert "Emergency department now." in second
    assert WORDS.text.findings["flag.saddle_numbness"].label in text
    assert "Suggested" not in text
    assert "slot" not in text
    assert "A red flag is open." in text


def test_open_questions_are_counted_by_group_and_not_listed() -> None:
    text = text_of(NOTHING)
    assert f"{len(FLAGS)} not answered yet, and no answer is not a no" in " ".join(text.split())
    assert "Cauda equina (" in text
    assert len(text.splitlines()) < 20 < len(FLAGS)


def test_a_lean_is_never_called_a_pattern_found() -> None:
    text = text_of(NOTHING)
    assert "Not enough data to name a pattern; leans to Pattern 3" in text
    assert "Suggested" not in text
    assert "The red-flag screen is not finished." in text


def test_a_mixed_case_names_both_the_findings_and_the_driver() -> None:
    text = text_of(MIXED)
    assert "Suggested: Pattern 2 + Local tendon or muscle (mixed; the first is the driver)" in text
    assert "for         Slump, right: positive" in text
    assert "against     Low back movement: negative" in text
    assert "missing     Leg raise, neck, right" in text
    assert "No back pain is charted at or before the thigh pain." in text


def test_the_plan_shows_two_slots_and_says_which_is_free() -> None:
    lines = text_of(MIXED).splitlines()
    names = WORDS.library.name
    assert f"  standing    {names('pause_stretching')}" in lines
    assert f"  slot 1      {names('slider_seated')}" in lines
    assert "  slot 2      free" in lines
    assert any("Not while the slump is positive." in line for line in lines)


def test_conflicts_questions_and_resolved_flags_are_told() -> None:
    text = text_of(MIXED)
    assert "Positive, yet not familiar." in text
    assert "It would make the slump count." in text
    assert "Resolved by the clinician: avulsion. Scan in May was clear." in text


@pytest.mark.parametrize("suggestion", [MIXED, NOTHING, EMERGENCY])
def test_every_note_says_that_the_model_is_not_validated_and_shows_no_percentage(
    suggestion: Suggestion,
) -> None:
    text = text_of(suggestion)
    assert "%" not in text
    assert text.splitlines()[-1].endswith("not validated. You decide.")
    assert max(map(len, text.splitlines())) <= WIDTH
