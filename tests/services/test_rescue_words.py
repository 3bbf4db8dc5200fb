"""What a rescue says: counts and places in plain words, and nobody's name."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

from clinic_desktop.domain.audit import Hole
from clinic_desktop.domain.rescues import RescueReport, Saved, TouchedVisit
from clinic_desktop.services.safety.rescue_words import (
    MOST_VISITS,
    entry_words,
    in_short,
    report_lines,
    said_lines,
    table,
)

NOTHING = Saved()
DAY = dt.date(2026, 11, 24)


def report(**more: object) -> RescueReport:
    usual: dict[str, object] = {
        "patients": Saved(read=118, taken=2),
        "visits": Saved(read=590, rebuilt=1),
        "findings": Saved(read=30_000, taken=12, rebuilt=4, lost=3),
        "lists": NOTHING,
        "papers": Saved(read=20),
        "entries": Saved(read=40_000, lost=10),
        "pages": 4,
        "backup": dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC),
        "visits_only_here": 12,
        "entries_only_here": 340,
        "signatures": 500,
    }
    return RescueReport(**{**usual, **more})  # type: ignore[arg-type]


def test_each_source_is_told_apart_and_only_where_it_gave_something() -> None:
    lines = "\n".join(report_lines(report()))
    assert "Read from the damaged file: patients 118, visits 590, findings 30000" in lines
    assert "12 new visits and 340 entries" in lines
    assert "Lost, as far as the audit trail shows: patients 0, visits 0, findings 3" in lines
    whole = report(findings=Saved(read=1), entries=NOTHING, visits=NOTHING, patients=NOTHING)
    lines = "\n".join(report_lines(whole))
    assert "Nothing is known to be lost." in lines
    assert "Made again" not in lines
    assert "As they were" not in lines


def test_without_a_backup_that_is_said() -> None:
    assert "There is no good backup to fill gaps from." in said_lines(report(backup=None))


def test_touched_visits_are_named_by_number_and_date_and_not_without_end() -> None:
    many = tuple(TouchedVisit(n, n, DAY, taken=1) for n in range(1, MOST_VISITS + 6))
    lost = TouchedVisit(7, 99, None, lost=1)
    lines = report_lines(report(touched=(lost, *many)))
    assert "Patient 000007, a visit of unknown date: 1 lost" in lines
    assert "Patient 000003, visit of 24 Nov 2026: 1 as in the backup" in lines
    assert lines[-1] == "And 6 more visits."


def test_the_table_has_a_row_for_each_kind_and_a_column_for_each_source() -> None:
    head, *rows = table(report())
    assert len(rows) == 6
    assert all(len(row) == len(head) == 5 for row in rows)
    assert rows[2][1:] == ("30000", "12", "4", "3")


def test_what_is_in_use_is_told_in_one_sentence() -> None:
    said = in_short(report(touched=(TouchedVisit(7, 99, DAY, lost=1),)))
    assert said == "120 patients, 591 visits; not whole: 1."


def test_an_entry_of_the_trail_reads_as_what_it_tells() -> None:
    told = json.dumps({"taken": 2, "rebuilt": 0, "lost": 1, "backup": None})
    assert entry_words(told) == "2 as in the backup, 1 lost"
    told = json.dumps(asdict(Hole(3, 9, "a", "b", unreadable=False)))
    assert "no damage explains it" in entry_words(told)
    for nothing in (None, "", "[]", "{", '{"first": 1}', '"text"'):
        assert entry_words(nothing) == ""
