"""The record's tables: made by migrations, moved on after a backup, and guarded afterwards."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import record
from clinic_desktop.storage import migrating
from clinic_desktop.storage.backups import drill
from clinic_desktop.storage.database import (
    APPLICATION_ID,
    FINGERPRINT,
    SCHEMA,
    Database,
    fingerprint,
)
from clinic_desktop.storage.places import CURRENT, PLAIN
from clinic_desktop.storage.rows import Base
from tests.records import KEYS, make_older, opened, raw, raw_engine


def test_the_migrations_make_the_very_tables_that_the_rows_describe(
    database: Database, tmp_path: Path
) -> None:
    from alembic.autogenerate import compare_metadata

    engine = raw_engine(tmp_path)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        sql = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").all()
    engine.dispose()
    assert found == []
    made = {name: text for name, text in sql if text}
    for table in Base.metadata.tables.values():
        for option, words in (("with_rowid", "WITHOUT ROWID"), ("autoincrement", "AUTOINCREMENT")):
            wanted = table.dialect_options["sqlite"][option] is (option == "autoincrement")
            assert (words in made[table.name]) == wanted, (table.name, words)
    assert "WHERE signed IS NOT 1" in made["ix_visits_unsigned"]


def test_the_program_knows_the_last_migration_by_its_number() -> None:
    script = ScriptDirectory.from_config(migrating.configuration())
    assert script.get_heads() == [SCHEMA]


def test_migrations_stand_by_themselves() -> None:
    """Rows and domain move on; what an old migration did must not move with them."""
    folder = files("clinic_desktop.storage") / "migrations" / "versions"
    modules = [file for file in folder.iterdir() if file.name.startswith("m")]
    assert modules
    for file in modules:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                assert "clinic_desktop" not in (node.module or "")
            elif isinstance(node, ast.Import):
                assert not any("clinic_desktop" in alias.name for alias in node.names)


def test_a_migration_that_stops_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE patients (number INTEGER)")
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(migrating, "migrate", half)
        with pytest.raises(KeyboardInterrupt):
            opened(tmp_path)
    with raw(tmp_path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    opened(tmp_path).close()


def test_alembic_is_loaded_only_when_something_must_move(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from clinic_desktop.storage.database import Database\n"
        "from clinic_desktop.storage.keys import VaultKeys\n"
        "keys = VaultKeys.derived(bytes(32), bytes(16))\n"
        "getattr(Database, sys.argv[2])(Path(sys.argv[1]), keys).close()\n"
        "print('alembic' in sys.modules)"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), way],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for way in ("create", "open")
    ]
    assert answers == ["True", "False"]


def test_a_record_from_before_encryption_is_taken_over(tmp_path: Path, act: Act) -> None:
    with make_older(tmp_path, "0003") as old:
        old.execute(
            "INSERT INTO patients (number, name, same_name, latest_on, changed_at, changed_by)"
            " VALUES (7, 'Case A', 'case a', '2026-03-02', '2026-03-02T09:00:00+00:00', 'Anna')"
        )
        old.execute("ATTACH DATABASE ? AS plain KEY ''", [str(tmp_path / PLAIN)])
        old.execute("SELECT sqlcipher_export('plain')").fetchall()
        old.execute(f"PRAGMA plain.application_id = {APPLICATION_ID}")
    (tmp_path / CURRENT).unlink()
    (tmp_path / "vault.json").unlink()
    assert b"Case A" in (tmp_path / PLAIN).read_bytes()
    database = opened(tmp_path)
    assert record.find_patients(database.begin, "")[0].number == 7
    assert record.register_patient(database.begin, act, Patient("Case B")) == 8
    database.close()


def test_the_schema_is_known_by_its_fingerprint(database: Database) -> None:
    with database.begin() as work:
        connection = work._session.connection()  # noqa: SLF001 - nothing else shows it
        assert fingerprint(connection) == FINGERPRINT, "after a migration: what the program knows"


def test_a_record_whose_triggers_were_taken_away_is_refused(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with raw(tmp_path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        connection.execute(f"DROP TRIGGER {names.fetchone()[0]}")
    with pytest.raises(RecordUnavailable, match="not those of this program"):
        opened(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE audit",
        "DROP TRIGGER audit_is_not_changed",
        "ALTER TABLE patients RENAME TO people",
        "ATTACH DATABASE 'elsewhere' AS elsewhere",
        "PRAGMA writable_schema = ON",
        "PRAGMA synchronous = OFF",
        "UPDATE audit SET who = 'somebody else'",
        "DELETE FROM audit",
        "CREATE TABLE mine (x)",
    ],
)
def test_no_statement_of_ours_can_undo_what_guards_the_record(
    database: Database, statement: str
) -> None:
    with database.begin(writing=True) as work:
        connection = work._session.connection()  # noqa: SLF001 - no use case can do this
        with pytest.raises(sa.exc.DatabaseError):
            connection.exec_driver_sql(statement)


def test_an_older_record_is_backed_up_before_it_is_moved_on(tmp_path: Path) -> None:
    with make_older(tmp_path, "0004"):
        pass
    opened(tmp_path).close()
    (backup,) = (tmp_path / "backups").iterdir()
    assert drill(backup, KEYS, tmp_path / "drill").schema == "0004"


def test_where_no_backup_can_be_made_nothing_is_moved_on(tmp_path: Path) -> None:
    with make_older(tmp_path, "0004"):
        pass
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(RecordUnavailable):
        opened(tmp_path)
    with raw(tmp_path) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert revision == "0004"
