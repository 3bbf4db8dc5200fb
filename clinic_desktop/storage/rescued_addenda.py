"""Addenda and kept papers of a damaged record: made again where the trail tells them whole, and
named where they are gone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.rescues import ADDENDUM, PAPER, GonePaper
from clinic_desktop.domain.retelling import retold
from clinic_desktop.domain.visits import Addendum

from .blank_record import BlankRecord
from .trees import Gap

ADDENDA: Final = "addenda"
_TEXTS: Final = ("at", "author", "text")
_TELLS_NOTHING: Final = (ValueError, KeyError, TypeError, AttributeError)
Row = dict[str, Any]


def told_addenda(
    blank: BlankRecord, gaps: Mapping[str, Sequence[Gap]]
) -> Iterator[tuple[int, Row]]:
    """The rows of addenda that could not be read, with their visits, as the trail tells them. Its
    place is that of its signature; where that is gone too it is not known, and nothing is made."""
    lost = gaps.get(ADDENDA, ())
    if not lost:
        return
    for visit, said in _entries(blank).items():
        own = f"visit_id = {visit}"
        signed = f"SELECT digest, place FROM signatures WHERE {own} AND place > 0"
        places = dict(blank.all(signed))
        there = {position for (position,) in blank.all(f"SELECT position FROM addenda WHERE {own}")}
        for at, who, fields in said:
            place = places.get(_digest(fields))
            if place is None or place - 1 in there or not any(gap.holds((visit,)) for gap in lost):
                continue
            try:
                addendum = retold(Addendum, ((name, fields[name]) for name in _TEXTS))
            except _TELLS_NOTHING:  # of a field that is no more, or spoilt
                continue
            texts = {name: getattr(addendum, name) for name in _TEXTS}
            stamp = {"changed_at": at, "changed_by": who}
            yield visit, {"visit_id": visit, "position": place - 1, **texts, **stamp}


def _entries(blank: BlankRecord) -> dict[int, list[tuple[str, str, dict[str, str | None]]]]:
    """By visit each addendum that was added: when, by whom, and what the trail says of it."""
    found: dict[int, list[tuple[str, str, dict[str, str | None]]]] = defaultdict(list)
    rows = blank.all(
        "SELECT visit_id, at, who, field, after FROM audit"
        f" WHERE deed = '{Deed.ADDENDUM_ADDED.value}' AND visit_id IS NOT NULL ORDER BY seq"
    )
    for visit, at, who, field, after in rows:
        if field == _TEXTS[0] or not found[visit]:
            found[visit].append((at, who, {}))
        found[visit][-1][2][field] = after
    return found


def _digest(fields: Mapping[str, str | None]) -> str:
    return (fields.get("digest") or "").strip('"')


def gone_papers(blank: BlankRecord, gaps: Mapping[str, Sequence[Gap]]) -> tuple[GonePaper, ...]:
    """Addenda and papers that the trail tells of and that are not there, oldest first."""
    dates = {
        visit: (number, dt.date.fromisoformat(date))
        for visit, number, date in blank.all(
            "SELECT v.id, c.number, v.date FROM visits v JOIN courses c ON c.id = v.course_id"
        )
    }
    found = []
    for kind, table, which in (
        (ADDENDUM, ADDENDA, f"deed = '{Deed.ADDENDUM_ADDED.value}' AND field = 'text'"),
        (PAPER, "documents", f"deed = '{Deed.DOCUMENT_KEPT.value}'"),
    ):
        if not gaps.get(table):
            continue
        missing = Counter(blank.all(f"SELECT visit_id, at FROM audit WHERE {which}"))
        missing.subtract(Counter(blank.all(f"SELECT visit_id, changed_at FROM {table}")))
        for (visit, at), count in (+missing).items():
            if visit in dates:  # of the others is said that they are gone themselves
                when = dt.datetime.fromisoformat(at)
                found += [GonePaper(*dates[visit], kind, when)] * count
    return tuple(sorted(found, key=lambda one: one.at))
