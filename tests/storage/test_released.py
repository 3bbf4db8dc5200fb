"""What users have of earlier releases opens, is moved on, and is what it was.

A folder of `released/` is a whole clinic as a release left it, named after its schema, made by
`released/making.py` and never made anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.values import Key
from clinic_desktop.services import record
from clinic_desktop.services.clinic.settings import load_clinic
from clinic_desktop.services.safety.safekeeping import check, restore_drill, restore_newest
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.storage.backups import drill
from clinic_desktop.storage.database import SCHEMA, Database
from tests.faults.oracle import door_of, now, signed_in
from tests.records import KEYS, PASSPHRASE, connected, file_of, make_older
from tests.storage.released.making import ADDENDUM, FIRST, HERE, OTHER, PAPER, SECOND

RELEASED = sorted(path.name for path in HERE.iterdir() if (path / "CURRENT").exists())
REVISIONS = [f"{n:04d}" for n in range(1, int(SCHEMA))]


@pytest.fixture(params=RELEASED)
def profile(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a released clinic."""
    profile = tmp_path / "clinic"
    shutil.copytree(HERE / request.param, profile)
    return profile


def test_there_is_a_released_clinic() -> None:
    assert RELEASED


def test_a_released_clinic_opens_as_it_was(profile: Path) -> None:
    """Every field, the paper byte for byte, the signatures, the trail and the note outside."""
    with signed_in(profile) as session:
        begin = session.begin
        found = {one.patient.name: one.number for one in record.find_patients(begin, "")}
        assert found == {"Case A": 1, "Case B": 2}
        course = record.open_chart(begin, session.act(), 1)
        signed, draft = course.visits
        assert (signed.visit.findings, signed.visit.plan) == (FIRST.findings, FIRST.plan)
        assert (signed.visit.retests, signed.visit.decision) == (FIRST.retests, FIRST.decision)
        assert [one.text for one in signed.visit.addenda] == [ADDENDUM]
        assert draft.visit == SECOND
        (other,) = record.open_chart(begin, session.act(), 2).visits
        assert other.visit == OTHER
        validity = check_course(begin, course.id, session.clinic)
        assert [validity[one.id].state for one in course.visits] == [State.VALID, State.DRAFT]
        assert [one.state for one in validity[signed.id].addenda] == [State.VALID]
        (paper,) = record.kept_papers(begin, course, "handout")
        assert record.paper_content(begin, paper.document) == PAPER
        with begin() as work:
            first = work.audit_entries(AuditQuery(limit=1000))[-1]
        assert (first.seq, first.deed) == (1, Deed.USER_ADDED)
    report = check(door_of(profile).opened("anna", PASSPHRASE))
    assert (report.faults, report.signatures) == ((), 1)
    assert load_clinic(profile).name == "Riverside Physiotherapy"


def test_a_released_backup_is_good_and_can_be_put_in_use(profile: Path) -> None:
    with signed_in(profile) as session:
        oldest = session.opened.backups()[-1][0]
        content = restore_drill(session, oldest)
    assert (content.patients, content.visits) == (2, 3)
    assert content.last_signed is not None
    for file in profile.glob("backups/*"):
        if file != oldest:
            file.unlink()
    restore_newest(door_of(profile).opened("anna", PASSPHRASE), now())
    report = check(door_of(profile).opened("anna", PASSPHRASE))
    assert (report.faults, report.signatures) == ((), 1)


# -------------------------------------------------------------------- every schema there ever was
STAMP = "2026-11-23T09:00:00+00:00"
PLAUSIBLE = {
    "name": "Case A", "same_name": "case a", "birth_date": "1982-03-14", "birthday": "03-14",
    "latest_on": "2026-11-23", "date": "2026-11-23", "sex": "female", "language": "en",
    "changed_at": STAMP, "changed_by": "Anna", "at": STAMP, "finding": "note.plan", "side": "",
    "value": '"typed"', "test": "slr.angle", "item": "brace", "done": "some", "status": "clear",
    "patterns": "[]", "lean": "[]", "red_flags": "[]", "flag": "dvt", "kind": "handout",
    "content": b"%PDF", "opened_at": STAMP, "signed_at": STAMP, "zone": "+01:00", "score": "4",
    "treatment": "brace", "role": "therapist", "signed": 0, "decided": 0,
    "signed_here": 0, "parked": 0, "position": 0, "administers": 1, "active": 1, "level": "urgent",
    "user_id": "id", "first_entry": STAMP, "last_entry": STAMP, "opened_on": "2026-11-23",
    "next_visit": "2026-11-30", "reason": "typed", "public_key": bytes(32),
}  # fmt: skip
"""What may stand in a column, by its name; a number in any other is 1, a text its own name."""
EMPTY = {"merged_into", "removed_why", "closed_on", "outcome", "begun", "before", "after",
         "verdict", "target_measure", "target_value", "referral", "decision_pattern", "drawing",
         "answered_at", "warned_at", "sent_at", "words", "dose", "minutes"}  # fmt: skip
ASIDE = {"alembic_version", "sqlite_sequence", "audit", "signatures", "addendum_drafts"}
"""The trail and signatures of made-up rows would not hold; released clinics have real ones."""


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_record_of_any_earlier_schema_keeps_every_row(
    tmp_path: Path, act: Act, revision: str
) -> None:
    """A row in each table; afterwards each column that is still there holds what it held."""
    with make_older(tmp_path, revision) as old:
        tables = [
            name
            for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in ASIDE
        ]
        old.execute("PRAGMA foreign_keys = OFF")
        before = {table: _fill(old, table) for table in tables}
    database = Database.open(tmp_path, KEYS)
    try:
        (stored,) = record.open_chart(database.begin, act, 1).visits
        assert stored.visit.findings == {Key("note.plan"): "typed"}
        with database.begin() as work:
            assert work.check_audit().broken is None
    finally:
        database.close()
    new = connected(file_of(tmp_path))
    try:
        assert new.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,)
        assert new.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert new.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, row in before.items():
            kept = [name for name in row if name in _columns(new, table)]
            assert len(kept) >= len(row) - 1, table
            found = new.execute(f"SELECT {', '.join(kept)} FROM {table}").fetchall()
            assert found == [tuple(row[name] for name in kept)], table
    finally:
        new.close()
    (backup,) = (tmp_path / "backups").iterdir()
    assert drill(backup, KEYS, tmp_path / "drill").schema == revision


def _fill(old: object, table: str) -> dict[str, object]:
    """Put a plausible row into a table; gives it."""
    row = {
        name: None if name in EMPTY and not needed else _plausible(table, name, kind)
        for name, kind, needed in _described(old, table)
    }
    marks = ", ".join("?" * len(row))
    columns = ", ".join(row)
    old.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))  # type: ignore[attr-defined]
    return row


def _plausible(table: str, name: str, kind: str) -> object:
    if table == "courses" and name == "side":
        return "right"
    if name in PLAUSIBLE:
        return PLAUSIBLE[name]
    return 1 if kind in ("INTEGER", "BOOLEAN") else name


def _described(connection: object, table: str) -> list[tuple[str, str, bool]]:
    info = connection.execute(f"PRAGMA table_info({table})").fetchall()  # type: ignore[attr-defined]
    return [(name, kind, bool(needed)) for _n, name, kind, needed, _default, _pk in info]


def _columns(connection: object, table: str) -> list[str]:
    return [name for name, _kind, _needed in _described(connection, table)]
