"""Finding patients as typed: one statement a keystroke, by ranges on indexes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from clinic_desktop.domain.likeness import meant
from clinic_desktop.services.stored import PatientSummary

from . import translate
from .search_text import Birth, Wanted, folded_words, number_ranges, readings

_WORDS = text("SELECT DISTINCT word FROM patient_words WHERE word >= :low AND word < :high")
_LEAST_TYPED, _MOST_NEAR, _MOST_WAYS = 3, 6, 8
"""Letters from which on a word may be mistyped; near words of each, and ways to put them together,
that are looked up."""
_AFTER_ALL = "\U0010ffff"
"""Sorts after whatever may follow a beginning."""

_RECENT = """
SELECT number, latest_on AS place FROM patients
WHERE merged_into IS NULL AND removed_why IS NULL
ORDER BY latest_on DESC, number DESC LIMIT :limit"""

_NONE = "SELECT number, '' AS place FROM patients WHERE 0 = 1"

# The inner statement has named the few patients to show; only for these the rest is looked up.
_SUMMARIES = """
SELECT p.number, p.name, p.birth_date, p.age, p.sex, p.language,
  (SELECT max(v.date) FROM courses c JOIN visits v ON v.course_id = c.id
    WHERE c.number IN (SELECT number FROM patients WHERE number = p.number
      UNION ALL SELECT number FROM patients WHERE merged_into = p.number)) AS last_visit,
  (SELECT coalesce('"' || c.side || '"', (SELECT f.value FROM visits v
      JOIN findings f ON f.visit_id = v.id AND f.finding = 'complaint.side' AND f.side = ''
      WHERE v.course_id = c.id ORDER BY v.date DESC, v.id DESC LIMIT 1))
    FROM courses c WHERE c.number IN (SELECT number FROM patients WHERE number = p.number
      UNION ALL SELECT number FROM patients WHERE merged_into = p.number)
    ORDER BY c.id DESC LIMIT 1) AS problem
FROM (SELECT coalesce(e.merged_into, e.number) AS number, {best}(f.place) AS place
    FROM ({found}) AS f JOIN patients e ON e.number = f.number GROUP BY 1) AS found
  JOIN patients p ON p.number = found.number WHERE p.removed_why IS NULL
ORDER BY {order}"""
"""Of two entries of one person the one that stands for both is shown, whichever was found."""


def find_patients(session: Session, typed: str, limit: int) -> tuple[PatientSummary, ...]:
    """The patients meant by what was typed, best first; the most recent where nothing was."""
    if typed.strip():
        search = _Search(limit)
        found = search.statement(typed)
        rows = session.execute(_statement(found, "found.place, p.number", "min"), search.values)
    else:
        order = "found.place DESC, p.number DESC"
        rows = session.execute(_statement(_RECENT, order, "max"), {"limit": limit})
    return tuple(_summary(*row) for row in rows)


def alike_patients(session: Session, typed: str, limit: int) -> tuple[PatientSummary, ...]:
    """Patients whose names differ from what was typed by a slip or two, the nearest first; none for
    a number or a date."""
    words = folded_words(typed)
    if not words or any(len(word) < _LEAST_TYPED or not word.isalpha() for word in words):
        return ()
    search = _Search(limit)
    near = [_near_words(session, word) for word in words]
    wanted = sorted(product(*near), key=lambda way: sum(apart for apart, _word in way))
    found = search.of([Wanted(tuple(word for _apart, word in way)) for way in wanted[:_MOST_WAYS]])
    rows = session.execute(_statement(found, "found.place, p.number", "min"), search.values)
    return tuple(replace(_summary(*row), alike=True) for row in rows)


def _near_words(session: Session, typed: str) -> list[tuple[int, str]]:
    """Words of names that may be meant by a typed one, each with its slips."""
    asked = {"low": typed[:1], "high": typed[:1] + _AFTER_ALL}
    known = session.execute(_WORDS, asked).scalars()
    near = [(apart, word) for word in known if (apart := meant(typed, word)) is not None]
    return sorted(near)[:_MOST_NEAR]


@lru_cache(256)
def _statement(found: str, order: str, best: str) -> TextClause:
    return text(_SUMMARIES.format(found=found, order=order, best=best))


def _summary(
    number: int,
    name: str,
    birth_date: str | None,
    age: int | None,
    sex: str | None,
    language: str | None,
    last_visit: str | None,
    problem: str | None,
) -> PatientSummary:
    return PatientSummary(
        number,
        translate.patient_from(name, birth_date, age, sex, language),
        str(translate.value_of(problem)) if problem else None,
        dt.date.fromisoformat(last_visit) if last_visit else None,
    )


def _each_in_its_own(word: str, words: tuple[str, ...]) -> str:
    """The pattern of a name with as many words that begin so as were typed.

    "case c" is not Case A: one word of a name cannot answer two that were typed.
    """
    return "%" + f" {word}%" * sum(other.startswith(word) for other in words)


@dataclass(slots=True)
class _Search:
    """Puts one statement together; what was typed goes into its values, never into its text."""

    limit: int
    values: dict[str, Any] = field(default_factory=dict)

    def statement(self, typed: str) -> str:
        return self.of(readings(typed), number_ranges(typed))

    def of(self, wanted: Sequence[Wanted], numbers: Sequence[tuple[int, int]] = ()) -> str:
        """The statement that finds these, in this order."""
        arms = [self._numbers(*both) for both in numbers]
        arms += [self._reading(one) for one in wanted]
        if not arms:
            return _NONE
        self.values["limit"] = self.limit
        ranked = [
            f"SELECT number, '{chr(ord('a') + rank)}' || place AS place FROM ({arm} LIMIT :limit)"
            for rank, arm in enumerate(arms)
        ]
        return (
            f"SELECT number, min(place) AS place FROM ({' UNION ALL '.join(ranked)}) "
            "GROUP BY number ORDER BY min(place), number LIMIT :limit"
        )

    def _value(self, value: str | int) -> str:
        """The name under which a value goes into the statement."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _starts(self, column: str, start: str) -> str:
        low, high = self._value(start), self._value(start + _AFTER_ALL)
        return f"{column} >= {low} AND {column} < {high}"

    def _numbers(self, low: int, high: int) -> str:
        between = f"number BETWEEN {self._value(low)} AND {self._value(high)}"
        return f"SELECT number, '' AS place FROM patients WHERE {between} ORDER BY number"

    def _reading(self, wanted: Wanted) -> str:
        return self._named(wanted) if wanted.words else self._born(wanted.birth or Birth())

    def _named(self, wanted: Wanted) -> str:
        # The longest word leaves the fewest to look at.
        first, *others = sorted(wanted.words, key=len, reverse=True)
        start = self._value(first)
        conditions = [
            f"w.word >= {start} AND w.word < {self._value(first + _AFTER_ALL)}",
            *(
                f"w.folded LIKE {self._value(_each_in_its_own(word, wanted.words))}"
                for word in others
            ),
        ]
        if wanted.birth:
            born = self._born_like(wanted.birth)
            conditions.append(
                f"EXISTS (SELECT 1 FROM patients b WHERE b.number = w.number AND {born})"
            )
        # A patient with two such words is named once, where the first of them stands.
        conditions.append(
            "NOT EXISTS (SELECT 1 FROM patient_words o WHERE o.number = w.number "
            f"AND o.word >= {start} AND o.word < w.word)"
        )
        return (
            "SELECT w.number AS number, w.word || w.folded AS place FROM patient_words w "
            f"WHERE {' AND '.join(conditions)} ORDER BY w.word, w.folded, w.number"
        )

    def _born(self, birth: Birth) -> str:
        order = "birth_date" if len(birth.start) >= len("1982") else "birthday, birth_date"
        return (
            f"SELECT number, {order.replace(', ', ' || ')} AS place FROM patients "
            f"WHERE {self._born_like(birth, '')} ORDER BY {order}"
        )

    def _born_like(self, birth: Birth, table: str = "b.") -> str:
        conditions = []
        if birth.start:
            conditions.append(self._starts(f"{table}birth_date", birth.start))
        # A whole date says it all; naming the day as well could lead to the poorer index.
        if birth.birthday and len(birth.start) <= len("1982"):
            conditions.append(self._starts(f"{table}birthday", birth.birthday))
        return " AND ".join(conditions)
