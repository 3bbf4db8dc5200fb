"""The rule panel's answer for other programs, in the shape that the contract fixes."""

from __future__ import annotations

import json
from typing import Final

from clinic_desktop.domain.suggestion import Ledger, Line, Question, RedFlag, Suggestion
from clinic_desktop.domain.values import PATTERNS, Side

FORMAT: Final = "clinic-desktop-suggestion/1"


def answer_as_json(suggestion: Suggestion) -> bytes:
    """The answer as JSON in UTF-8: the same bytes for the same answer."""
    content = answer_as_dict(suggestion)
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def answer_as_dict(suggestion: Suggestion) -> dict[str, object]:
    """The answer as plain lists and dictionaries; the ledger always holds every pattern."""
    version, sha256 = suggestion.knowledge
    plan = suggestion.plan
    return {
        "format": FORMAT,
        "knowledge": {"version": version, "sha256": sha256},
        "status": suggestion.status,
        "patterns": list(suggestion.patterns),
        "lean": list(suggestion.lean),
        "provisional": suggestion.provisional,
        "red_flags": [_red_flag(flag) for flag in suggestion.red_flags],
        "resolved_flags": [{"id": f.id, "reason": f.reason} for f in suggestion.resolved_flags],
        "screen": {
            "complete": suggestion.screen.complete,
            "unanswered": list(suggestion.screen.unanswered),
        },
        "ledger": {
            pattern: _ledger(suggestion.ledger.get(pattern, Ledger())) for pattern in PATTERNS
        },
        "contradictions": [
            {"findings": list(conflict.findings), "text": conflict.text, **_rule(conflict.rule)}
            for conflict in suggestion.contradictions
        ],
        "ask_next": [_question(question) for question in suggestion.ask_next],
        "plan": {
            "standing": list(plan.standing),
            "first": list(plan.first),
            "later": list(plan.later),
            "withheld": plan.withheld,
            "cautions": [
                {
                    "item": caution.item,
                    "because": list(caution.because),
                    "text": caution.text,
                    **_rule(caution.rule),
                }
                for caution in plan.cautions
            ],
        },
    }


def _red_flag(flag: RedFlag) -> dict[str, object]:
    title = {"title": flag.title} if flag.title else {}
    return {
        "id": flag.id,
        "level": flag.level,
        **title,
        "because": list(flag.because),
        "action": flag.action,
        **_rule(flag.rule),
    }


def _ledger(ledger: Ledger) -> dict[str, object]:
    return {
        "for": [_line(line) for line in ledger.supports],
        "against": [_line(line) for line in ledger.against],
        "missing": [_line(line) for line in ledger.missing],
        "unmet": list(ledger.unmet),
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "finding": line.finding,
        **_side(line.side),
        "text": line.text,
        **_rule(line.rule),
        **({"date": line.on.isoformat()} if line.on else {}),
    }


def _question(question: Question) -> dict[str, object]:
    return {"finding": question.finding, **_side(question.side), "why": question.why}


def _side(side: Side | None) -> dict[str, object]:
    return {} if side is None else {"side": side.value}


def _rule(rule: str) -> dict[str, object]:
    """The rule behind a line: more than the contract asks for, so that others may look it up."""
    return {"rule": rule} if rule else {}
