"""Writes a course of care as a case file, which reads back as the same course."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TypeAlias

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.signing import State, Validity
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Retest, Visit

from .casefile import FORMAT

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


def write_case(case: Case, validities: Sequence[Validity] = ()) -> bytes:
    """The course as JSON in UTF-8: the same bytes for the same course, however it was entered.

    What was never said has no key: null is no answer in this format. `validities` are what the
    visits' signatures are worth, visit by visit, where they come from a record: who signed is told,
    and whether it holds. Whoever reads it back has a visit that was signed elsewhere.
    """
    content = _said(
        {
            "format": FORMAT,
            "patient": _patient(case.patient),
            **_course(case.course),
        }
    )
    content["visits"] = [
        _visit(visit, found) for visit, found in zip_longest(case.visits, validities)
    ]
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def _said(content: dict[str, Json]) -> dict[str, Json]:
    """Only what was said; a false, a zero and an empty text say something."""
    return {key: value for key, value in content.items() if value is not None}


def _course(facts: CourseFacts) -> dict[str, Json]:
    target, closing = facts.target, facts.closing
    content: dict[str, Json] = {
        "reason": facts.reason,
        "side": facts.side,
        "goal": facts.goal,
        "planned_visits": facts.planned_visits,
        "opened": facts.opened.isoformat() if facts.opened else None,
    }
    if target is not None:
        content["target"] = {"measure": target.measure, "value": target.value}
    if closing is not None:
        content["closed"] = _said(
            {"date": closing.on.isoformat(), "outcome": closing.outcome, "note": closing.note}
        )
    return content


def _patient(patient: Patient) -> Json:
    birth_date = patient.birth_date.isoformat() if patient.birth_date else None
    return _said(
        {
            "name": patient.name,
            "birth_date": birth_date,
            "age": None if birth_date else patient.age,
            "sex": patient.sex,
            "language": patient.language,
        }
    )


def _visit(visit: Visit, found: Validity | None) -> Json:
    lists: dict[str, list[Json]] = {
        "retests": [_retest(retest) for retest in visit.retests],
        "plan": [_choice(choice) for choice in visit.plan],
        "parked": [_parked(choice) for choice in visit.parked],
        "resolved_flags": [{"flag": r.flag, "reason": r.reason} for r in visit.resolved_flags],
        "psfs": [{"activity": a.activity, "score": a.score} for a in visit.psfs],
        "addenda": [{"at": a.at, "author": a.author, "text": a.text} for a in visit.addenda],
        "signs": [_said({"test": sign.finding, "side": sign.side}) for sign in visit.signs],
        "activities": list(visit.activities),
    }
    content: dict[str, Json] = {
        "date": visit.date.isoformat(),
        "findings": _findings(visit.findings),
        "notes_on": dict(sorted(visit.notes_on.items())) or None,
        "adherence": dict(sorted(visit.adherence.items())) or None,
    }
    content.update({key: items for key, items in lists.items() if items})
    if visit.decision is not None:
        decision = visit.decision
        content["decision"] = _said(
            {"pattern": decision.pattern, "agree": decision.agree, "reason": decision.reason}
        )
    if visit.begun is not None:
        begun = visit.begun
        content["begun"] = _said(
            {
                "treatment": begun.treatment,
                "note": begun.note,
                "dose": begun.dose,
                "minutes": begun.minutes,
            }
        )
    content["signed"] = visit.signed
    content["signature"] = _signature(found) if found is not None else None
    return _said(content)


def _signature(found: Validity) -> Json:
    """Who signed in this clinic and when, and whether it holds; nothing where it did not sign."""
    if found.state not in (State.VALID, State.NOT_VALID):
        return None
    signed = found.signed
    told: dict[str, Json] = {"valid": found.state is State.VALID}
    if signed is not None:
        told |= {
            "name": signed.name,
            "credentials": signed.credentials or None,
            "at": signed.at.isoformat(),
        }
    return _said(told)


def _findings(findings: Mapping[Key, Value]) -> Json:
    content: dict[str, Json] = {}
    # Right before left, as a clinician reads it.
    for key in sorted(findings, key=lambda key: (key.finding, key.side == "left")):
        value = findings[key]
        said: Json = list(value) if isinstance(value, tuple) else value
        if key.side is None:
            content[key.finding] = said
        else:
            sides = content.setdefault(key.finding, {})
            assert isinstance(sides, dict)
            sides[key.side] = said
    return content


def _retest(retest: Retest) -> Json:
    return _said(
        {
            "treatment": retest.treatment,
            "test": retest.test,
            "side": retest.side,
            "before": retest.before,
            "after": retest.after,
            "verdict": retest.verdict,
            "note": retest.note,
            "dose": retest.dose,
            "minutes": retest.minutes,
        }
    )


def _choice(choice: PlanChoice) -> dict[str, Json]:
    return _said(
        {
            "item": choice.item,
            "dose": choice.dose,
            "side": choice.side,
            "words": choice.words,
            "drawing": choice.drawing,
        }
    )


def _parked(choice: PlanChoice) -> Json:
    return choice.item if choice == PlanChoice(choice.item) else _choice(choice)
