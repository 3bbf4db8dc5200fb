"""The record's file: made safely, moved forward, refused when not ours, plain when it fails."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import sqlcipher3  # type: ignore[import-untyped]

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.errors import NotFound, RecordUnavailable
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.storage import engine as module
from clinic_desktop.storage.database import (
    APPLICATION_ID,
    Database,
)
from clinic_desktop.storage.keys import VaultKeys
from clinic_desktop.storage.places import CURRENT, RECORD
from clinic_desktop.storage.waiting import AT_A_WINDOW_MS
from tests.records import KEYS, file_of, log_of, opened, raw

UNIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


# -------------------------------------------------------------------- a new record
@UNIX_ONLY
def test_a_new_record_is_for_nobody_but_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "clinic" / "profile"
    database = opened(folder)
    try:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for file in folder.rglob("*"):
            wanted = 0o700 if file.is_dir() else 0o600
            assert stat.S_IMODE(file.stat().st_mode) == wanted, file.name
    finally:
        database.close()


# -------------------------------------------------------------------- each connection
def test_every_connection_waits_flushes_and_checks_references(database: Database) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": AT_A_WINDOW_MS,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "fullfsync": 1,
        "application_id": APPLICATION_ID,
    }
    with contextlib.ExitStack() as stack:
        for _ in range(4):
            work = stack.enter_context(database.begin())
            connection = work._session.connection()  # noqa: SLF001 - nothing else shows it
            for name, value in wanted.items():
                found = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                assert found == value, name


def commits_in(log: Path) -> int:
    """How many transactions a write-ahead log holds: frames that name the size after a commit."""
    content = log.read_bytes()
    page = int.from_bytes(content[8:12])
    frames = range(32, len(content), 24 + page)
    salt = content[16:24]
    return sum(
        1
        for at in frames
        if content[at + 8 : at + 16] == salt and int.from_bytes(content[at + 4 : at + 8]) > 0
    )


def test_each_change_is_one_transaction_in_the_log_before_it_is_acknowledged(
    database: Database, tmp_path: Path, act: Act
) -> None:
    log = log_of(tmp_path)
    number = record.register_patient(database.begin, act, Patient("Case A"))
    course = record.open_chart(database.begin, act, number)
    visit_id = record.start_visit(database.begin, act, course.id, dt.date(2026, 11, 24))
    before = Visit(dt.date(2026, 11, 24), signed=False)
    for angle in range(20):
        committed = commits_in(log)
        after = before.charted(Key("slr.angle", Side.RIGHT), angle)
        assert record.save_visit(database.begin, act, visit_id, before, after) == act.at
        assert commits_in(log) == committed + 1
        before = after


def test_a_library_that_might_lose_commits_or_cannot_encrypt_keeps_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path).close()
    with monkeypatch.context() as older:
        older.setattr(sqlcipher3, "sqlite_version_info", (3, 51, 2))
        with pytest.raises(RecordUnavailable, match="too old"):
            opened(tmp_path)
    opened(tmp_path).close()


def test_closing_leaves_one_whole_file(tmp_path: Path, act: Act) -> None:
    """What a backup by hand copies is then the record, and nothing lies beside it."""
    database = opened(tmp_path)
    record.register_patient(database.begin, act, Patient("Case A"))
    database.close()
    assert [file.name for file in file_of(tmp_path).parent.iterdir()] == [RECORD]
    with raw(tmp_path) as connection:
        assert connection.execute("SELECT name FROM patients").fetchall() == [("Case A",)]


def test_reading_writes_nothing(database: Database, tmp_path: Path, act: Act) -> None:
    number = record.register_patient(database.begin, act, Patient("Case A"))
    record.open_chart(database.begin, act, number)
    log = log_of(tmp_path).read_bytes()
    record.open_chart(database.begin, act, number)
    record.find_patients(database.begin, "case")
    record.unsigned_drafts(database.begin)
    assert log_of(tmp_path).read_bytes() == log


def test_leaving_without_commit_undoes_everything(database: Database, act: Act) -> None:
    with database.begin(writing=True) as work:
        number = work.add_patient(Patient("Case A"), act)
        work.add_course(number, CourseFacts(), act)
    with database.begin() as work:
        assert work.count_patients() == 0
        with pytest.raises(NotFound):
            work.patient(number)


# -------------------------------------------------------------------- files that are refused
@pytest.mark.parametrize("content", [b"Dear diary, " * 1000, b"SQLite format 3\0" + bytes(4080)])
def test_a_file_that_is_not_this_clinics_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    opened(tmp_path).close()
    file = file_of(tmp_path)
    file.write_bytes(content)
    with pytest.raises(RecordUnavailable, match="not this clinic's"):
        opened(tmp_path)
    assert file.read_bytes() == content


def test_another_clinics_key_opens_nothing_and_says_nothing_on_standard_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    opened(tmp_path).close()
    keys = VaultKeys.derived(bytes(32), KEYS.salt)
    with pytest.raises(RecordUnavailable, match="not this clinic's"):
        Database.open(tmp_path, keys)
    assert capfd.readouterr() == ("", "")


def test_nothing_that_was_charted_stands_in_the_clear_on_the_disk(tmp_path: Path, act: Act) -> None:
    database = opened(tmp_path)
    record.register_patient(database.begin, act, Patient(SECRET))
    for file in (file_of(tmp_path), log_of(tmp_path)):
        assert SECRET.encode() not in file.read_bytes()
        assert b"patients" not in file.read_bytes()
    database.close()


@pytest.mark.parametrize("what", ["emptied", "gone", "no longer named"])
def test_a_record_that_is_gone_never_becomes_a_fresh_empty_one(tmp_path: Path, what: str) -> None:
    opened(tmp_path).close()
    if what == "emptied":
        file_of(tmp_path).write_bytes(b"")
    elif what == "gone":
        file_of(tmp_path).unlink()
    else:
        (tmp_path / CURRENT).unlink()
    with pytest.raises(RecordUnavailable, match=r"backup|cannot be opened"):
        Database.open(tmp_path, KEYS)
    assert not file_of(tmp_path).exists() or what != "gone"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer version"),
        ("UPDATE alembic_version SET version_num = 'ae1027a6acf'", "not a record"),
        ("DELETE FROM alembic_version", "not a record"),
        ("PRAGMA application_id = 7", "not a record"),
    ],
)
def test_a_record_this_program_cannot_know_is_refused(
    tmp_path: Path, change: str, says: str
) -> None:
    opened(tmp_path).close()
    with raw(tmp_path) as connection:
        connection.execute(change)
    with pytest.raises(RecordUnavailable, match=says):
        opened(tmp_path)


def test_a_folder_that_cannot_be_made_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RecordUnavailable, match=r"taken.*cannot be used"):
        opened(tmp_path / "taken" / "profile")


def test_a_damaged_record_is_refused_in_words(tmp_path: Path) -> None:
    opened(tmp_path).close()
    file = file_of(tmp_path)
    content = bytearray(file.read_bytes())
    content[100:4000] = b"\xff" * 3900
    file.write_bytes(content)
    with pytest.raises(RecordUnavailable, match="damaged"):
        opened(tmp_path)


@contextlib.contextmanager
def ordinary_users_folder() -> Iterator[Path]:
    """A folder of somebody whom the system can refuse something, even where root runs the tests."""
    nobody = 65534
    with tempfile.TemporaryDirectory() as name:
        as_root = os.geteuid() == 0
        if as_root:
            os.chown(name, nobody, nobody)
            os.seteuid(nobody)
        try:
            yield Path(name)
        finally:
            if as_root:
                os.seteuid(0)
            for place in (Path(name), file_of(Path(name)).parent):
                place.chmod(0o700)


@UNIX_ONLY
@pytest.mark.parametrize(
    ("what", "mode", "says"),
    [(RECORD, 0o400, "read-only"), (".", 0o500, "read-only"), (".", 0, "read-only")],
)
def test_a_record_that_may_not_be_written_is_refused_in_words(
    what: str, mode: int, says: str
) -> None:
    with ordinary_users_folder() as folder:
        opened(folder).close()
        (file_of(folder).parent / what).chmod(mode)
        with pytest.raises(RecordUnavailable, match=says):
            opened(folder)


# -------------------------------------------------------------------- when the environment fails
SECRET = "Wilhelmina Quist"


def test_a_record_that_another_program_holds_says_so_and_works_again_after(
    tmp_path: Path, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = (*module.EACH_CONNECTION, "PRAGMA busy_timeout = 10")
    monkeypatch.setattr(module, "EACH_CONNECTION", pragmas)
    database = opened(tmp_path)
    with raw(tmp_path) as other:
        other.execute("BEGIN IMMEDIATE")
        # As often as somebody types on meanwhile: no failed attempt may use anything up.
        for _ in range(40):
            with pytest.raises(RecordUnavailable, match="Another program") as caught:
                record.register_patient(database.begin, act, Patient(SECRET))
        assert record.find_patients(database.begin, "") == ()
        other.execute("ROLLBACK")
    assert SECRET not in whole_story(caught.value)
    assert record.register_patient(database.begin, act, Patient(SECRET)) == 1
    database.close()


def whole_story(error: BaseException) -> str:
    """The texts of an error and of all that led to it."""
    told = []
    while True:
        told.append(repr(error) + str(error))
        cause = error.__cause__ or error.__context__
        if cause is None:
            return "\n".join(told)
        error = cause


def test_a_full_disk_keeps_what_was_saved_and_takes_more_once_there_is_room(
    tmp_path: Path, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = opened(tmp_path)
    day = dt.date(2026, 11, 24)
    number = record.chart_case(database.begin, act, Case(Patient("Case A"), (Visit(day),)))
    database.close()
    with raw(tmp_path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    full = [*module.EACH_CONNECTION, f"PRAGMA max_page_count = {pages}"]  # a disk of this size
    with monkeypatch.context() as small:
        small.setattr(module, "EACH_CONNECTION", full)
        database = opened(tmp_path)
        visit = record.open_chart(database.begin, act, number).visits[0]
        after = visit.visit.charted(Key("note.plan"), SECRET * 2000)
        with pytest.raises(RecordUnavailable, match="disk is full") as caught:
            record.save_visit(database.begin, act, visit.id, visit.visit, after)
        assert SECRET not in whole_story(caught.value)
        found = record.open_chart(database.begin, act, number).visits[0].visit
        assert found == visit.visit
        database.close()
    database = opened(tmp_path)
    record.save_visit(database.begin, act, visit.id, visit.visit, after)
    assert record.open_chart(database.begin, act, number).visits[0].visit == after
    database.close()


def test_a_bug_stays_a_bug_but_without_the_patients_data(database: Database, act: Act) -> None:
    with database.begin(writing=True) as work:
        number = work.add_patient(Patient(SECRET), act)
        statement = sa.text("INSERT INTO patients (number, name) VALUES (:number, :name)")
        with pytest.raises(sa.exc.IntegrityError) as caught:
            work._session.execute(  # noqa: SLF001 - no use case can do this
                statement, {"number": number, "name": SECRET}
            )
    assert SECRET not in whole_story(caught.value)


def test_a_visit_cannot_point_to_a_course_that_is_not_there(database: Database, act: Act) -> None:
    with database.begin(writing=True) as work:
        with pytest.raises(NotFound):
            work.add_visit(7, Visit(dt.date(2026, 11, 24)), act)
        with pytest.raises(NotFound):
            work.add_course(7, CourseFacts(), act)
        with pytest.raises(NotFound):
            work.keep_document(7, "handout", b"%PDF", act)
        with pytest.raises(NotFound):
            work.change_visit(7, Visit(act.at.date()), Visit(act.at.date(), signed=False), act)
