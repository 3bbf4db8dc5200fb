"""The audit trail: written with each change, never altered, and every alteration found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import AuditHead, AuditQuery, Deed
from clinic_desktop.domain.people import User
from clinic_desktop.domain.referrals import Referral
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Decision, Patient, PlanChoice, Visit
from clinic_desktop.services import record
from clinic_desktop.storage.audit import AuditTrail, link_hash, verify
from clinic_desktop.storage.database import Database
from tests.records import KEYS, opened
from tests.storage.audit_rows import (
    COLUMNS,
    checked,
    entries,
    head,
    raw,
    raw_session,
    rewrite,
    rows,
    run,
)

pytestmark = pytest.mark.usefixtures("past_the_guard")

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
TODAY = dt.date(2026, 11, 24)
SLR = Key("slr.result", Side.RIGHT)
ANNA = User("u1", "Anna Keller", "PT", Role.THERAPIST)
KEY = KEYS.audit


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty record, with Anna at the desk."""
    database = opened(tmp_path)
    database.write_as(ANNA, "desk-1", "s1")
    yield database
    database.close()


@pytest.fixture
def charted(database: Database) -> Database:
    """A patient with a visit that was changed twice: a dozen entries."""
    case = Case(Patient("Case A", age=44), (Visit(TODAY, {SLR: "negative"}, signed=False),))
    record.chart_case(database.begin, ACT, case)
    first = case.last
    second = first.charted(SLR, "positive").charted(Key("slr.angle", Side.RIGHT), 58)
    third = replace(second, notes_on={"slr.angle": "stopped"}, decision=Decision(agree=True))
    for before, after in ((first, second), (second, third)):
        record.save_visit(database.begin, ACT, 1, before, after)
    return database


# ---------------------------------------------------------------- what is written
def test_a_change_is_entered_field_by_field_with_what_stood_there(charted: Database) -> None:
    told = [(e.deed, e.field, e.before, e.after) for e in entries(charted)]
    assert told == [
        ("patient_added", "name", None, '"Case A"'),
        ("patient_added", "age", None, "44"),
        ("course_opened", "", None, None),
        ("visit_begun", "date", None, '"2026-11-24"'),
        ("visit_begun", "findings/slr.result@right", None, '"negative"'),
        ("visit_begun", "signed", None, "false"),
        ("visit_changed", "findings/slr.angle@right", None, "58"),
        ("visit_changed", "findings/slr.result@right", '"negative"', '"positive"'),
        ("visit_changed", "notes_on/slr.angle", None, '"stopped"'),
        ("visit_changed", "decision", None, '{"agree":true}'),
    ]


def test_an_entry_says_who_where_when_and_about_whom(charted: Database) -> None:
    last = entries(charted)[-1]
    assert (last.user, last.who, last.role) == ("u1", "Anna Keller, PT", "therapist")
    assert (last.workstation, last.session, last.at) == ("desk-1", "s1", ACT.at)
    assert (last.number, last.visit_id, last.seq) == (1, 1, 10)


def test_papers_referrals_courses_and_corrections_are_entered(charted: Database) -> None:
    begin = charted.begin
    known = head(charted).seq
    record.keep_document(begin, ACT, 1, "note", b"bytes")
    record.correct_patient(begin, ACT, 1, Patient("Case A", age=45))
    with begin(writing=True) as work:
        referral = Referral(1, None, None, "Dr. Grey", ACT.at, "Anna", reason="numb foot")
        referral_id = work.add_referral(referral, ACT)
        work.change_referral(referral_id, replace(referral, sent_at=ACT.at), ACT)
        work.commit()
    new = [e for e in entries(charted) if e.seq > known]
    assert {e.deed for e in new} == {
        "document_kept", "patient_changed", "referral_opened", "referral_changed",
    }  # fmt: skip
    assert {e.number for e in new} == {1}
    (age,) = (e for e in new if e.deed == "patient_changed")
    assert (age.field, age.before, age.after) == ("age", "44", "45")
    (sent,) = (e for e in new if e.deed == "referral_changed")
    assert (sent.field, sent.before, sent.after) == ("sent_at", None, f'"{ACT.at.isoformat()}"')


def test_what_is_not_committed_leaves_no_entry_and_no_gap(charted: Database) -> None:
    known = entries(charted)
    with charted.begin(writing=True) as work:
        work.change_visit(1, Visit(TODAY), Visit(TODAY, signed=False), ACT)
    assert entries(charted) == known
    with charted.begin(writing=True) as work:
        work.note_act(Deed.PAPER_PRINTED, ACT, visit_id=1, subject="note")
        work.commit()
    last = entries(charted)[-1]
    assert (last.seq, last.field, last.number) == (len(known) + 1, "note", 1)


def test_nothing_changed_is_nothing_entered(charted: Database) -> None:
    known = head(charted)
    visit = record.open_chart(charted.begin, ACT, 1).visits[0].visit
    with charted.begin(writing=True) as work:
        work.change_visit(1, visit, replace(visit, findings=dict(visit.findings)), ACT)
        work.commit()
    assert [e.deed for e in entries(charted) if e.seq > known.seq] in ([], ["chart_opened"])


def test_a_whole_number_and_a_fraction_are_two_values(charted: Database) -> None:
    angle = Key("slr.angle", Side.RIGHT)
    with charted.begin(writing=True) as work:
        work.change_visit(1, Visit(TODAY, {angle: 58}), Visit(TODAY, {angle: 58.0}), ACT)
        work.commit()
    assert (entries(charted)[-1].before, entries(charted)[-1].after) == ("58", "58.0")


# ---------------------------------------------------------------- reading
def test_the_trail_is_read_by_patient_by_user_and_page_by_page(charted: Database) -> None:
    bert = User("u2", "Bert", "", Role.ASSISTANT)
    charted.write_as(bert, "desk-2", "s2")
    record.register_patient(charted.begin, ACT, Patient("Case B"))
    assert {e.number for e in entries(charted, AuditQuery(number=2))} == {2}
    assert {e.who for e in entries(charted, AuditQuery(user="u2"))} == {"Bert"}
    only = AuditQuery(deeds=frozenset({Deed.COURSE_OPENED}))
    assert [e.number for e in entries(charted, only)] == [1]
    pages, before = [], None
    while True:
        with charted.begin() as work:
            page = work.audit_entries(AuditQuery(before=before, limit=3))
        if not page:
            break
        pages.append([e.seq for e in page])
        before = page[-1].seq
    assert pages == [[11, 10, 9], [8, 7, 6], [5, 4, 3], [2, 1]]
    with charted.begin() as work:
        assert work.audit_users() == (("u1", "Anna Keller, PT"), ("u2", "Bert"))


def test_the_history_of_a_field_is_that_of_one_visit(charted: Database) -> None:
    with charted.begin() as work:
        found = work.field_history(1, ("findings/slr.result@right",))
        whole = work.field_history(1)
        assert work.field_history(2) == ()
    assert [(e.before, e.after) for e in found] == [
        ('"negative"', '"positive"'),
        (None, '"negative"'),
    ]
    assert len(whole) == 7


# ---------------------------------------------------------------- never altered
_CHANGED = ", ".join("'\"x\"'" if name == "after" else name for name in COLUMNS)
_NAMES = ", ".join(COLUMNS)
WAYS = {
    "update": "UPDATE audit SET after = '\"x\"' WHERE seq = 5",
    "update or replace": "UPDATE OR REPLACE audit SET seq = 4 WHERE seq = 5",
    "delete one": "DELETE FROM audit WHERE seq = 5",
    "delete all": "DELETE FROM audit",
    "replace": f"REPLACE INTO audit ({_NAMES}) SELECT {_CHANGED} FROM audit WHERE seq = 5",
    "replace the last": f"INSERT OR REPLACE INTO audit ({_NAMES})"
    f" SELECT {_CHANGED} FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
    "upsert": f"INSERT INTO audit ({_NAMES}) SELECT {_CHANGED} FROM audit WHERE seq = 5"
    " ON CONFLICT (seq) DO UPDATE SET after = excluded.after",
    "insert out of the chain": f"INSERT OR IGNORE INTO audit ({_NAMES})"
    f" SELECT {_NAMES.replace('seq', '(SELECT max(seq) + 1 FROM audit)')} FROM audit"
    " WHERE seq = 5",
    "insert with a gap": f"INSERT INTO audit ({_NAMES})"
    f" SELECT {_NAMES.replace('seq', '1000').replace('prev', 'hash')} FROM audit"
    " ORDER BY seq DESC LIMIT 1",
    "insert without a place": f"INSERT INTO audit ({_NAMES})"
    f" SELECT {_NAMES.replace('seq', 'NULL').replace('prev', 'hash')} FROM audit"
    " ORDER BY seq DESC LIMIT 1",
}


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("way", WAYS)
def test_no_statement_alters_an_entry(charted: Database, way: str, recursive: str) -> None:
    known = rows(charted)
    with charted.begin(writing=True) as work:
        connection = raw(work)
        connection.exec_driver_sql(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(DBAPIError, match="an entry of the audit trail"):
            connection.exec_driver_sql(WAYS[way])
        work.commit()
    assert rows(charted) == known
    assert checked(charted).broken is None


def test_without_the_insert_trigger_replace_would_overwrite(charted: Database) -> None:
    """The control: what the tests above refuse is refused by the trigger and by nothing else."""
    run(charted, "DROP TRIGGER audit_grows_at_its_end")
    with charted.begin(writing=True) as work:
        connection = raw(work)
        connection.exec_driver_sql("PRAGMA recursive_triggers = OFF")
        connection.exec_driver_sql(WAYS["replace"])
        work.commit()
    broken = checked(charted).broken
    assert broken is not None
    assert broken.seq == 5


# ---------------------------------------------------------------- every alteration found
@pytest.mark.parametrize("column", COLUMNS)
def test_each_column_that_somebody_changed_is_found_and_located(
    charted: Database, column: str
) -> None:
    changed = rows(charted)
    old = changed[4][column]
    changed[4][column] = 77 if isinstance(old, int) else f"{old or ''}x"
    rewrite(charted, changed)
    check = checked(charted)
    assert check.broken is not None
    assert (check.broken.seq, check.entries) == (5, 4)


def test_a_row_taken_out_is_found_and_located(charted: Database) -> None:
    known = rows(charted)
    for place in range(len(known) - 1):
        rewrite(charted, [*known[:place], *known[place + 1 :]])
        broken = checked(charted).broken
        assert broken is not None
        assert broken.seq == place + 1
        assert "missing" in broken.what


def test_a_row_taken_out_and_the_rest_moved_up_is_found(charted: Database) -> None:
    known = rows(charted)
    moved = [{**row, "seq": row["seq"] - 1} for row in known[5:]]
    rewrite(charted, [*known[:4], *moved])
    broken = checked(charted).broken
    assert broken is not None
    assert broken.seq == 5


def test_two_rows_in_each_others_place_are_found_and_located(charted: Database) -> None:
    known = rows(charted)
    for one, other in ((2, 3), (3, 8), (0, 9)):
        swapped = [dict(row) for row in known]
        swapped[one], swapped[other] = (
            {**known[other], "seq": one + 1},
            {**known[one], "seq": other + 1},
        )
        rewrite(charted, swapped)
        broken = checked(charted).broken
        assert broken is not None
        assert broken.seq == one + 1


def test_an_end_that_was_cut_off_is_found_with_the_head_kept_outside(charted: Database) -> None:
    known, outside = rows(charted), head(charted)
    for left in (0, 1, 7, len(known) - 1):
        rewrite(charted, known[:left])
        assert checked(charted).broken is None, "inside the record, nothing tells"
        broken = checked(charted, outside).broken
        assert broken is not None
        assert broken.seq == left + 1
        assert f"{len(known) - left} entries" in broken.what


def test_a_chain_made_anew_with_its_own_key_is_found_with_the_head(charted: Database) -> None:
    outside = head(charted)
    forged, last = rows(charted), ""
    forged[4]["after"] = '"positive"'
    for row in forged:
        row["prev"] = last
        row["hash"] = last = link_hash(KEY, row)
    rewrite(charted, forged)
    assert checked(charted).broken is None
    broken = checked(charted, outside).broken
    assert broken is not None
    assert broken.seq == outside.seq


def test_the_trail_may_have_grown_since_the_head_was_kept(charted: Database) -> None:
    outside = head(charted)
    record.register_patient(charted.begin, ACT, Patient("Case B"))
    check = checked(charted, outside)
    assert (check.broken, check.entries, check.head) == (None, 11, head(charted))
    assert checked(charted, AuditHead(0, "")).broken is None


def test_another_key_fits_no_entry(charted: Database) -> None:
    with charted.begin() as work:
        broken = verify(raw_session(work), b"another").broken
    assert broken is not None
    assert broken.seq == 1


def test_a_trail_never_shows_its_key() -> None:
    assert "key" not in repr(AuditTrail(KEY))


def test_a_plan_is_entered_as_it_was_and_as_it_is(charted: Database) -> None:
    one, two = PlanChoice("hinge"), PlanChoice("brace", dose="10 min")
    with charted.begin(writing=True) as work:
        work.change_visit(1, Visit(TODAY, plan=(one,)), Visit(TODAY, plan=(one, two)), ACT)
        work.commit()
    last = entries(charted)[-1]
    assert last.before == '[{"item":"hinge"}]'
    assert last.after == '[{"item":"hinge"},{"dose":"10 min","item":"brace"}]'
