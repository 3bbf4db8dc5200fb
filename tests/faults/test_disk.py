"""A disk that is full, a folder that goes away, another program that holds the record.

Lines 16 and 20 of reliability.md, section 7. Saving says in words that it cannot, reading goes on,
and so does saving once the fault is over. (A folder or file that may not be written is tried in
tests/storage/test_database.py, what stays on the screen meanwhile in tests/ui/test_visit.py.)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.storage import engine
from clinic_desktop.storage.places import Places
from tests.faults.oracle import (
    ANGLE,
    DAY,
    PLAN,
    Ledger,
    begin_visit,
    good_backups,
    look,
    plan_at,
    save_on,
    signed_in,
    told,
)
from tests.records import connected_clinic, make_clinic

if sys.platform == "win32":
    pytest.skip("file systems of this kind are made on Linux", allow_module_level=True)
import resource

NOTE = Key("note.subjective")
Record = Callable[[str, object], None]


def fill_up(session: Session, visit_id: int, before: Visit) -> tuple[int, Visit, str]:
    """Save more and more until it is refused; gives how often it was not, the visit as it was
    saved last, and what was said."""
    for saves in range(10_000):
        after = before.charted(NOTE, f"{saves} " + os.urandom(20_000).hex())
        try:
            record.save_visit(session.begin, session.act(), visit_id, before, after)
        except RecordUnavailable as problem:
            return saves, before, str(problem)
        before = after
    raise AssertionError("the disk was never full")


def refused_and_goes_on(profile: Path, make_room: Callable[[], object], words: str) -> int:
    """Fill the disk, look at what is there, make room, go on. Gives how many saves were taken."""
    with signed_in(profile) as session:
        visit_id, begun = begin_visit(session), Visit(DAY, signed=False)
        first = begun.charted(ANGLE, 1).charted(PLAN, plan_at(1))
        record.save_visit(session.begin, session.act(), visit_id, begun, first)
        saves, last, said = fill_up(session, visit_id, first)
        assert words in said
        with session.begin() as work:
            found = work.course_of_visit(visit_id).visits[0].visit
        assert found == last, "what was acknowledged is there, and can be read while it is full"
        refused = told(lambda: safekeeping.back_up(session))
        assert good_backups(profile) == (refused == "")
        make_room()
        more = last.charted(NOTE, "there is room again")
        record.save_visit(session.begin, session.act(), visit_id, last, more)
    look(profile, Ledger({visit_id: 1}))
    return saves


def test_a_full_disk(small_disk: Path, record_property: Record) -> None:
    profile = small_disk / "clinic"
    make_clinic(profile)
    filler = small_disk / "holiday.mov"
    filler.write_bytes(bytes(2_500_000))
    saves = refused_and_goes_on(profile, filler.unlink, "disk is full")
    record_property("saves acknowledged before the disk was full, all found", saves)
    assert saves > 3


def test_a_limit_on_the_size_of_files(tmp_path: Path, record_property: Record) -> None:
    profile = tmp_path / "clinic"
    make_clinic(profile)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
        saves = refused_and_goes_on(
            profile,
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard)),
            "The disk",
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    record_property("saves acknowledged before a file was too large, all found", saves)
    assert saves > 3


def test_a_folder_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    """A stick that was pulled: nothing fresh is made in its place."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    said: list[tuple[int, int]] = []
    with signed_in(profile) as session:
        save_on(session, lambda *step: said.append(step), 3)
        profile.rename(tmp_path / "away")
        refused = told(lambda: save_on(session, lambda *step: said.append(step), 3))
        assert refused or len(said) == 6
        assert not profile.exists()
        (tmp_path / "away").rename(profile)
        save_on(session, lambda *step: said.append(step), 3)
    look(profile, Ledger(dict(said)))


def test_another_program_that_holds_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits too long is told whose fault it is; nothing of the waiting is half saved."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    # As a rule it waits three seconds.
    pragmas = (*engine.EACH_CONNECTION, "PRAGMA busy_timeout = 50")
    monkeypatch.setattr(engine, "EACH_CONNECTION", pragmas)
    with signed_in(profile) as session:
        visit_id, begun = begin_visit(session), Visit(DAY, signed=False)
        after = begun.charted(ANGLE, 1).charted(PLAN, plan_at(1))
        other = connected_clinic(profile)
        with other.begin(writing=True):
            for _turn in range(5):
                said = told(
                    lambda: record.save_visit(session.begin, session.act(), visit_id, begun, after)
                )
                assert "Another program is writing" in said
        other.close()
        record.save_visit(session.begin, session.act(), visit_id, begun, after)
    look(profile, Ledger({visit_id: 1}))
    assert Places(profile).generation() == "gen-0001"
