"""All backups are older than a day and there is no room for a new one: it is told, and none goes.

Line 35 of reliability.md, section 7, on a small disk of its own (`conftest.small_disk`).
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.backups import to_be_thinned
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.storage.backups import UNTESTED, backups_in, make_backup
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.engine import record_engine
from clinic_desktop.storage.places import Places
from tests.arrivals import Arrival
from tests.faults.oracle import Ledger, door_of, look, now, save_on, signed_in, told
from tests.records import PASSPHRASE, QUICK, make_clinic
from tests.settled import all_done

OLD = 30


def with_old_backups(profile: Path) -> list[Path]:
    """A clinic with more backups than are kept for long: one a day, the newest two days old."""
    make_clinic(profile)
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 3)
        made = safekeeping.back_up(session).file
    for days in range(2, OLD + 2):
        moment = now() - dt.timedelta(days)
        os.link(made, made.with_name(f"clinic-{moment:%Y%m%dT%H%M%SZ}{made.suffix}"))
    made.unlink()
    return files_in(profile)


def files_in(profile: Path) -> list[Path]:
    return [backup.file for backup in backups_in(Places(profile).backups)]


def fill(disk: Path) -> Path:
    """Leave next to nothing on it."""
    filler = disk / "holiday.mov"
    free = shutil.disk_usage(disk).free
    filler.write_bytes(bytes(max(0, free - 60_000)))
    return filler


def test_a_stick_that_is_full_is_told_and_costs_no_older_backup(
    tmp_path: Path, small_disk: Path
) -> None:
    profile = tmp_path / "clinic"
    before = with_old_backups(profile)
    stick = small_disk / "stick"
    stick.mkdir()
    with signed_in(profile) as session:
        assert safekeeping.is_old(session)
        good = safekeeping.back_up(session, stick).file
        filler = fill(small_disk)
        said = told(lambda: safekeeping.back_up(session, stick))
        assert "The backup was not made" in said or "disk is full" in said
        assert [path.name for path in stick.iterdir()] == [good.name], "nor is half of one there"
        assert files_in(profile) == before
        with session.begin() as work:
            failed = work.audit_entries(AuditQuery(deeds=frozenset({Deed.BACKUP_FAILED})))
        assert len(failed) == 1
        filler.unlink()
        safekeeping.back_up(session, stick)
    look(profile, Ledger({1: 3}))


def test_old_ones_go_only_once_a_new_one_was_read_back(small_disk: Path, qtbot: QtBot) -> None:
    """At the window it is told on the first page, with the day of the newest one."""
    profile = small_disk / "clinic"
    before = with_old_backups(profile)
    filler = fill(small_disk)
    arrival = Arrival(profile, qtbot)
    arrival.clock.now = now()
    arrival.signs_in()
    all_done()
    window = arrival.window
    assert window.pages.currentWidget() is window.home
    assert window.messages.isVisible()
    assert "The newest backup is of" in window.messages.words.text()
    assert files_in(profile) == before, "none is thinned for one that did not come about"
    assert not list(Places(profile).backups.glob(f"*{UNTESTED}"))
    filler.unlink()
    arrival.reception.back_up()
    all_done()
    found = backups_in(Places(profile).backups)
    assert found[0].file not in before
    moments = [backup.made_at for backup in found]
    assert len(found) < len(before), "now they are thinned"
    assert to_be_thinned(moments, now()) == frozenset()
    window.close()
    arrival.opener.close()
    look(profile, Ledger({1: 3}))


def test_a_backup_of_a_newer_program_is_not_put_in_use(tmp_path: Path) -> None:
    """Line 32: refused in words, and what is in use stays in use."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 3)
    newer = tmp_path / "newer"
    shutil.copytree(profile, newer)
    opened = FolderOfClinic(newer, QUICK).unlock("anna", PASSPHRASE)
    keys = opened._opened.keys  # noqa: SLF001 - as somebody who has the keys
    engine = record_engine(Places(newer).record(), keys)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    places = Places(newer)
    file, _content = make_backup(places.record(), places.vault, tmp_path / "stick", keys, now())
    said = told(
        lambda: safekeeping.restore_backup(door_of(profile).opened("anna", PASSPHRASE), file, now())
    )
    assert "newer version" in said
    assert Places(profile).generation() == "gen-0001"
    look(profile, Ledger({1: 3}))
