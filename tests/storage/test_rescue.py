"""A damaged record put together: nothing old for new, nothing gone that was taken out, no hole
that nobody sees."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.errors import RecordBehind, RecordUnavailable, Refused
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.access import people
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.safety.rescuing import rescue, rescue_drill
from clinic_desktop.services.safety.safekeeping import back_up, check
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.storage.blank_record import BlankRecord
from clinic_desktop.storage.cipher_pages import PAGE
from clinic_desktop.storage.engine import record_engine
from clinic_desktop.storage.kept_log import KEPT_LOG, LEFT_LOG, log_of
from clinic_desktop.storage.places import Places
from tests.faults.oracle import ANGLE, ANOTHER, PLAN, door_of, now, save_on, signed_in
from tests.records import PASSPHRASE
from tests.storage.harming import faults_of, harm, keys_of, pages_of, past_the_program, rescued
from tests.storage.released.making import FIRST as SIGNED
from tests.storage.released.making import HERE


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic with a signed visit, two drafts, a kept paper, and a backup made just now."""
    base = tmp_path_factory.mktemp("rescue") / "clinic"
    newest = max(path.name for path in HERE.iterdir() if (path / "CURRENT").exists())
    shutil.copytree(HERE / newest, base)
    with signed_in(base) as session:
        back_up(session)
    return base


@pytest.fixture
def profile(base: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    profile = tmp_path / "clinic"
    shutil.copytree(base, profile)
    return profile


def visit(profile: Path, number: int, place: int = 0) -> Visit:
    with signed_in(profile) as session:
        return record.open_chart(session.begin, session.act(), number).visits[place].visit


# -------------------------------------------------------------------- nothing old for new
def chart(profile: Path, does: Callable[[Visit], Visit]) -> None:
    """Change the second patient's draft."""
    with signed_in(profile) as session:
        (stored,) = record.open_chart(session.begin, session.act(), 2).visits
        after = does(stored.visit)
        record.save_visit(session.begin, session.act(), stored.id, stored.visit, after)


def test_what_was_changed_since_the_backup_is_as_it_was_changed(profile: Path) -> None:
    """The page is damaged, the backup has the value of before: the trail tells the new one."""
    chart(profile, lambda old: old.charted(Key("complaint.side"), "right").charted(PLAN, "new"))
    harm(profile, *pages_of(profile, "findings"))
    report = rescued(profile)
    found = visit(profile, 2).findings
    assert found == {Key("complaint.side"): "right", PLAN: "new"}
    assert (report.findings.read, report.findings.lost) == (0, 0)
    assert report.findings.rebuilt >= 2
    assert faults_of(profile) == ()


def test_what_was_taken_out_since_the_backup_stays_out(profile: Path) -> None:
    """A finding that was charted by mistake does not come back out of the backup."""
    chart(profile, lambda old: replace(old, findings={}))
    harm(profile, *pages_of(profile, "findings"))
    rescued(profile)
    assert visit(profile, 2).findings == {}


def test_without_trail_and_backup_the_gap_is_said_and_nothing_invented(profile: Path) -> None:
    """Not tested is what stands there, and the visit is named."""
    chart(profile, lambda old: old.charted(PLAN, "new"))
    for file in profile.glob("backups/*"):
        file.unlink()
    harm(profile, *pages_of(profile, "findings", "audit"))
    report = rescued(profile)
    assert visit(profile, 2).findings == {}
    assert report.backup is None
    (hole,) = report.holes
    assert (hole.first, hole.unreadable) == (1, True)


@pytest.mark.parametrize("table", ["patients", "courses", "visits"])
def test_who_came_after_the_backup_is_there_with_everything(profile: Path, table: str) -> None:
    """The one page with all patients, courses or visits is damaged."""
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 24)
    harm(profile, *pages_of(profile, table))
    report = rescued(profile)
    assert (report.patients.lost, report.visits.lost, report.findings.lost) == (0, 0, 0)
    with signed_in(profile) as session:
        names = [one.patient.name for one in record.find_patients(session.begin, "case")]
        assert sorted(names) == ["Case 3", "Case 4", "Case A", "Case B"]
        (stored,) = record.open_chart(session.begin, session.act(), 4).visits
        assert stored.visit.findings[ANGLE] == 12
        assert stored.first_entry is not None
    assert faults_of(profile) == ()


def test_a_gap_in_the_middle_of_a_table_is_filled_and_nothing_of_another_table_gets_in(
    profile: Path,
) -> None:
    """Pages of indexes belong to no table either, and look like rows of some."""
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 120)
    pages = pages_of(profile, "findings")
    harm(profile, pages[len(pages) // 2])
    report = rescued(profile)
    assert report.findings.rebuilt > 0
    assert report.findings.lost == 0
    with signed_in(profile) as session:
        for number in range(3, 13):
            (stored,) = record.open_chart(session.begin, session.act(), number).visits
            assert stored.visit.findings[ANGLE] == 12
    assert faults_of(profile) == ()


def test_a_number_that_was_given_is_not_given_again(profile: Path) -> None:
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 1)
    harm(profile, *pages_of(profile, "patients", "audit"))
    rescued(profile)
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 1)
        with session.begin() as work:
            assert work.patient(4).name


def test_a_signed_visit_is_valid_where_all_of_it_is_there(profile: Path) -> None:
    harm(profile, *pages_of(profile, "findings", "notes", "retests", "plan_items", "answers"))
    report = rescued(profile)
    assert (report.signatures, report.broken) == (1, ())
    assert visit(profile, 1).findings == SIGNED.findings


def test_a_signed_visit_of_which_something_is_lost_says_so(profile: Path) -> None:
    for file in profile.glob("backups/*"):
        file.unlink()
    harm(profile, *pages_of(profile, "answers"))
    report = rescued(profile)
    assert report.signatures == 0
    assert len(report.broken) == 1
    with signed_in(profile) as session:
        course = record.open_chart(session.begin, session.act(), 1)
        found = check_course(session.begin, course.id, session.clinic)
        assert found[course.visits[0].id].state is State.NOT_VALID
    assert "does not verify" in faults_of(profile)[0]


# -------------------------------------------------------------------- the trail
def test_a_hole_in_the_trail_is_named_once_and_stays_named(profile: Path) -> None:
    """Its entries are from after the backup; a second rescue names it no second time."""
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 60)
    last = pages_of(profile, "audit")[-1]
    harm(profile, last)
    report = rescued(profile)
    (hole,) = report.holes
    assert hole.unreadable
    found = check(door_of(profile).opened("anna", PASSPHRASE))
    assert found.faults == ()
    (remark,) = found.remarks
    assert f"Entries {hole.first} to {hole.last}" in remark
    harm(profile, *pages_of(profile, "notes"))
    assert rescued(profile).holes == ()
    again = check(door_of(profile).opened("anna", PASSPHRASE))
    assert (again.faults, again.remarks) == ((), (remark,))


def test_the_rescue_stands_in_the_trail_and_in_each_visits_own_history(profile: Path) -> None:
    harm(profile, *pages_of(profile, "notes"))
    report = rescued(profile)
    (touched,) = report.touched
    with signed_in(profile) as session, session.begin() as work:
        done = work.audit_entries(AuditQuery(deeds=frozenset({Deed.RESCUED})))
        whole, one = done
        assert (whole.visit_id, whole.who) == (None, "Anna Muster, PT")
        assert (one.number, one.visit_id) == (1, touched.visit_id)
        assert json.loads(one.after or "")["taken"] == touched.taken > 0


@pytest.mark.parametrize("how", ["taken out", "changed", "the end cut off"])
def test_a_rescue_washes_no_tampering(profile: Path, how: str) -> None:
    """Somebody with the keys changed the trail; then a page elsewhere is damaged, and rescued."""
    for file in profile.glob("backups/*"):
        file.unlink()
    with past_the_program(profile) as raw:
        if how == "taken out":
            raw.execute("DELETE FROM audit WHERE seq BETWEEN 20 AND 24")
        elif how == "changed":
            raw.execute("UPDATE audit SET who = 'Somebody else' WHERE seq = 20")
        else:
            raw.execute("DELETE FROM audit WHERE seq > 45")
    harm(profile, *pages_of(profile, "notes"))
    report = rescued(profile)
    (fault, *_others) = faults_of(profile)
    if how == "the end cut off":
        assert [hole.unreadable for hole in report.holes] == [False]
        assert "no damage explains it" in fault
    else:
        assert report.holes == ()
        assert "The audit trail breaks at entry 20" in fault


def test_a_hole_that_somebody_else_declares_is_not_passed_over(profile: Path) -> None:
    """An entry that names a hole is chained like any other: without the chain's key it is none."""
    with past_the_program(profile) as raw:
        before = raw.execute("SELECT hash FROM audit WHERE seq = 19").fetchone()[0]
        after = raw.execute("SELECT prev FROM audit WHERE seq = 25").fetchone()[0]
        raw.execute("DELETE FROM audit WHERE seq BETWEEN 20 AND 24")
        told = json.dumps(
            {"first": 20, "last": 24, "before": before, "after": after, "unreadable": True}
        )
        columns = [row[1] for row in raw.execute("PRAGMA table_info(audit)")]
        row: dict[str, Any] = dict(
            zip(columns, raw.execute("SELECT * FROM audit ORDER BY seq DESC").fetchone(),
                strict=True)
        )  # fmt: skip
        row |= {"seq": row["seq"] + 1, "deed": "rescued", "field": "audit", "after": told}
        row |= {"prev": row["hash"], "hash": "0" * 64}
        marks = ", ".join("?" * len(columns))
        raw.execute(f"INSERT INTO audit VALUES ({marks})", list(row.values()))
    (fault,) = faults_of(profile)
    assert "The audit trail breaks at entry" in fault


# -------------------------------------------------------------------- the log
def test_a_log_that_sqlite_would_throw_away_is_kept_and_read_beyond_its_damage(
    profile: Path, tmp_path: Path
) -> None:
    """Signing in tells that entries are missing; SQLite has by then forgotten half of the log."""
    crashed = tmp_path / "crashed"
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 30)
        shutil.copytree(profile, crashed)
    log = log_of(Places(crashed).record())
    content = bytearray(log.read_bytes())
    content[len(content) // 3] ^= 1
    log.write_bytes(content)
    with pytest.raises(RecordBehind, match="Entries are missing"):
        door_of(crashed).sign_in("anna", PASSPHRASE)
    assert (log.parent / KEPT_LOG).exists()
    report = rescued(crashed)
    assert report.holes == ()
    assert visit(crashed, 5).findings[ANGLE] == 6
    assert faults_of(crashed) == ()


def test_a_kept_log_is_never_read_once_work_has_gone_on(profile: Path, tmp_path: Path) -> None:
    """Gone on with what was there: what came after is newer than anything in the log."""
    crashed = tmp_path / "crashed"
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 14)
        shutil.copytree(profile, crashed)
    log = log_of(Places(crashed).record())
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    with pytest.raises(RecordBehind):
        door_of(crashed).sign_in("anna", PASSPHRASE)
    door_of(crashed).sign_in("anna", PASSPHRASE, accept_loss=True).lock()
    assert not (log.parent / KEPT_LOG).exists()
    with signed_in(crashed) as session:
        save_on(session, lambda *_: None, 40)
        entries = session.entries()
    shutil.copy(log.parent / LEFT_LOG, log.parent / KEPT_LOG)
    harm(crashed, *pages_of(crashed, "notes"))
    assert rescued(crashed).entries.read >= entries


# -------------------------------------------------------------------- who may, and when not
def test_who_may_less_since_the_backup_may_not_more_again(profile: Path) -> None:
    """The page with the users is damaged, and in the backup Ben still was a therapist."""
    with signed_in(profile) as session:
        ben = people.add_person(session, NewUser("ben", "Ben Beispiel"), ANOTHER)
        back_up(session)
        people.change_person(session, replace(ben, role=Role.FRONT_DESK))
    harm(profile, *pages_of(profile, "users"))
    rescued(profile)
    with signed_in(profile) as session:
        roles = {user.name: user.role for user in people.people(session)}
    assert roles == {"Anna Muster": Role.THERAPIST, "Ben Beispiel": Role.FRONT_DESK}


def test_who_may_not_restore_is_refused_and_nothing_is_left(profile: Path) -> None:
    with signed_in(profile) as session:
        people.add_person(session, NewUser("ben", "Ben Beispiel", role=Role.ASSISTANT), ANOTHER)
    harm(profile, *pages_of(profile, "notes"))
    before = sorted(path for path in profile.rglob("*") if "attempts" not in path.name)
    opened = door_of(profile).opened("ben", ANOTHER)
    for does in (rescue, rescue_drill):
        with pytest.raises(Refused):
            does(opened, now())
    assert sorted(p for p in profile.rglob("*") if "attempts" not in p.name) == before


def test_where_nobody_can_be_known_nothing_is_put_in_use(profile: Path) -> None:
    for file in profile.glob("backups/*"):
        file.unlink()
    harm(profile, *pages_of(profile, "users"))
    with pytest.raises(RecordUnavailable, match="who works in this clinic"):
        rescued(profile)
    assert Places(profile).generation() == "gen-0001"


@pytest.mark.parametrize("size", [None, 0, 1, PAGE])
def test_a_file_that_is_gone_or_empty_is_as_the_backup_and_what_is_missing_is_said(
    profile: Path, size: int | None
) -> None:
    with signed_in(profile) as session:
        entries = session.entries()
    file = Places(profile).record()
    file.unlink() if size is None else file.write_bytes(bytes(size))
    report = rescued(profile)
    assert (report.patients.read, report.patients.taken) == (0, 2)
    assert visit(profile, 1).findings == SIGNED.findings
    (hole,) = report.holes
    assert hole.last == entries + 1, "signing out is an entry too"
    assert faults_of(profile) == ()


def test_a_drill_changes_nothing(profile: Path) -> None:
    harm(profile, *pages_of(profile, "notes", "audit"))
    before = {p: p.read_bytes() for p in profile.rglob("*") if p.is_file()}
    opened = door_of(profile).opened("anna", PASSPHRASE)
    report = rescue_drill(opened, now())
    after = {p: p.read_bytes() for p in profile.rglob("*") if p.is_file()}
    assert {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)} <= {
        profile / "attempts.json"
    }
    assert rescue(opened, now()).findings == report.findings


def test_the_schema_of_what_was_put_together_is_the_programs_own(profile: Path) -> None:
    harm(profile, 1, *pages_of(profile, "notes"))
    rescued(profile)
    engine = record_engine(Places(profile).record(), keys_of(profile))
    with engine.connect() as connection:
        blank = BlankRecord(connection)
        assert blank.count("visits") == 3
        assert blank.all("PRAGMA integrity_check") == [("ok",)]
        assert blank.all("PRAGMA foreign_key_check") == []
    engine.dispose()
