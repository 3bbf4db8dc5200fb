"""Rows to domain values and back: pure functions, which lose nothing either way."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from functools import lru_cache
from typing import Any, Final, TypeAlias, cast

from clinic_desktop.domain.courses import Closing, CourseFacts, GoalNumber, Standing
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Decision, Patient, PlanChoice, Treatment, Visit

from .rows import CourseRow, PatientRow

Columns: TypeAlias = dict[str, Any]
"""The columns of one row by name."""


# ---------------------------------------------------------------- values
def text_of(value: Value) -> str:
    """A value as JSON: 58 and 58.0 stay apart, a set keeps its order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def value_of(text: str) -> Value:
    """The value that `text_of` wrote."""
    value = json.loads(text)
    return tuple(value) if isinstance(value, list) else cast(Value, value)


def number_text(number: float) -> str:
    """A number as JSON, so that a whole one stays whole."""
    return json.dumps(number)


def number_of(text: str) -> float:
    """The number that `number_text` wrote."""
    return cast(float, json.loads(text))


SIDE_MARK: Final = "@"
KEYS_APART: Final = "\n"
"""How the keys of a visit are written one after the other; ids hold neither of the two."""


@lru_cache(4096)
def key_of(text: str) -> Key:
    """The key of an id and a side, `slr.angle@right`; nothing after the mark where it has none."""
    finding, _mark, side = text.rpartition(SIDE_MARK)
    return Key(finding, Side(side) if side else None)


def finding_columns(key: Key, value: Value) -> Columns:
    """The columns of one finding."""
    return {"finding": key.finding, "side": key.side or "", "value": text_of(value)}


def findings_of(keys: str, values: str) -> dict[Key, Value]:
    """What is charted, from the keys one after the other and the values in JSON in their order."""
    read = [tuple(v) if type(v) is list else v for v in json.loads(f"[{values}]")]
    return dict(zip(map(key_of, keys.split(KEYS_APART)), read, strict=True))


# ---------------------------------------------------------------- patients
def same_name(name: str) -> str:
    """The name as two entries of one person share it: without regard to case and spacing."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def patient_columns(patient: Patient) -> Columns:
    """A patient's columns."""
    birth_date = patient.birth_date and patient.birth_date.isoformat()
    return {
        "name": patient.name,
        "same_name": same_name(patient.name),
        "birth_date": birth_date,
        "birthday": birth_date and birth_date[5:],
        "age": patient.age,
        "sex": patient.sex,
        "language": patient.language,
    }


def patient_of(row: PatientRow) -> Patient:
    """The patient of a row."""
    return patient_from(row.name, row.birth_date, row.age, row.sex, row.language)


def patient_from(
    name: str, birth_date: str | None, age: int | None, sex: str | None, language: str | None
) -> Patient:
    """The patient of these columns."""
    born = dt.date.fromisoformat(birth_date) if birth_date else None
    return Patient(name, born, age, sex, language)


# ---------------------------------------------------------------- courses
def course_columns(facts: CourseFacts) -> Columns:
    """What a course is about, as columns."""
    target, closing = facts.target, facts.closing
    return {
        "goal": facts.goal,
        "planned_visits": facts.planned_visits,
        "reason": facts.reason,
        "side": facts.side,
        "target_measure": target and target.measure,
        "target_value": target and number_text(target.value),
        "opened_on": facts.opened and facts.opened.isoformat(),
        "closed_on": closing and closing.on.isoformat(),
        "outcome": closing and closing.outcome,
        "closing_note": closing and closing.note,
    }


def facts_of(row: CourseRow) -> CourseFacts:
    """What a course is about."""
    target = closing = None
    if row.target_measure is not None and row.target_value is not None:
        target = GoalNumber(row.target_measure, number_of(row.target_value))
    if row.closed_on is not None:
        ended = dt.date.fromisoformat(row.closed_on)
        closing = Closing(ended, row.outcome or "other", row.closing_note)
    opened = dt.date.fromisoformat(row.opened_on) if row.opened_on else None
    return CourseFacts(row.reason, row.side, row.goal, target, row.planned_visits, opened, closing)


def standing_of(row: CourseRow) -> Standing:
    """Where a course stands, as it was kept."""
    planned = dt.date.fromisoformat(row.next_visit) if row.next_visit else None
    return Standing(planned, row.stands_still)


# ---------------------------------------------------------------- visits
def moment_of(text: str | None) -> dt.datetime | None:
    """An aware moment from its text."""
    return dt.datetime.fromisoformat(text) if text else None


def visit_columns(visit: Visit) -> Columns:
    """A visit's own columns."""
    decision = visit.decision or Decision()
    return {
        "date": visit.date.isoformat(),
        "signed": visit.signed,
        "decided": visit.decision is not None,
        "decision_pattern": decision.pattern,
        "decision_agree": decision.agree,
        "decision_reason": decision.reason,
        "begun": visit.begun and begun_text(visit.begun),
    }


def decision_from(
    decided: bool, pattern: str | None, agree: bool | None, reason: str | None
) -> Decision | None:
    """What the clinician made of the suggestion, if she said."""
    return Decision(pattern, agree, reason) if decided else None


def begun_text(begun: Treatment) -> str:
    """A treatment after which no sign was taken again yet, as JSON: 5 and 5.0 stay apart."""
    told = [begun.treatment, begun.note, begun.dose, begun.minutes]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def begun_of(text: str | None) -> Treatment | None:
    """What `begun_text` wrote."""
    return Treatment(*json.loads(text)) if text else None


def note_columns(visit: Visit) -> list[Columns]:
    """The remarks on findings."""
    return [{"finding": finding, "text": text} for finding, text in visit.notes_on.items()]


def retest_columns(visit: Visit) -> list[Columns]:
    """The comparisons in their order."""
    return [
        {
            "position": position,
            "treatment": retest.treatment,
            "test": retest.test,
            "side": retest.side and retest.side.value,
            "before": None if retest.before is None else number_text(retest.before),
            "after": None if retest.after is None else number_text(retest.after),
            "verdict": retest.verdict,
            "note": retest.note,
            "dose": retest.dose,
            "minutes": None if retest.minutes is None else number_text(retest.minutes),
        }
        for position, retest in enumerate(visit.retests)
    ]


def sign_columns(visit: Visit) -> list[Columns]:
    """The comparable signs in their order."""
    return [
        {"position": position, "test": sign.finding, "side": sign.side and sign.side.value}
        for position, sign in enumerate(visit.signs)
    ]


def activity_name_columns(visit: Visit) -> list[Columns]:
    """The names of own activities in their order, where one has no score yet."""
    return [{"position": position, "name": name} for position, name in enumerate(visit.activities)]


def plan_columns(visit: Visit) -> list[Columns]:
    """The plan and what is parked, each in its order."""
    return _choices(visit.plan, parked=False) + _choices(visit.parked, parked=True)


def _choices(choices: tuple[PlanChoice, ...], *, parked: bool) -> list[Columns]:
    return [
        {
            "parked": parked,
            "position": position,
            "item": choice.item,
            "dose": choice.dose,
            "side": choice.side,
            "words": choice.words,
            "drawing": choice.drawing,
        }
        for position, choice in enumerate(choices)
    ]


def adherence_columns(visit: Visit) -> list[Columns]:
    """What was done of the last sheet, by item."""
    return [{"item": item, "done": done} for item, done in visit.adherence.items()]


def resolution_columns(visit: Visit) -> list[Columns]:
    """The resolved flags in their order."""
    return [
        {"position": position, "flag": resolution.flag, "reason": resolution.reason}
        for position, resolution in enumerate(visit.resolved_flags)
    ]


def activity_columns(visit: Visit) -> list[Columns]:
    """The activities in their order."""
    return [
        {
            "position": position,
            "activity": activity.activity,
            "score": number_text(activity.score),
        }
        for position, activity in enumerate(visit.psfs)
    ]


def addendum_columns(visit: Visit) -> list[Columns]:
    """The addenda in their order."""
    return [
        {
            "position": position,
            "at": addendum.at,
            "author": addendum.author,
            "text": addendum.text,
        }
        for position, addendum in enumerate(visit.addenda)
    ]
