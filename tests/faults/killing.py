"""Kills a process of its own at what it does, again and again, and looks each time what is left.

Run as `python -m tests.faults.killing WHAT FOLDER ROUNDS SEED`: everything is imported once and
each victim is a fork, so that a round costs no start of Python. Prints what was counted as one line
of JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import sqlcipher3  # type: ignore[import-untyped]
from sqlalchemy import Engine, event

from clinic_desktop.domain.errors import WrongPassphrase
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.access import people
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.services.safety.rescuing import rescue
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.signing import Pen, add_addendum, sign_visit
from clinic_desktop.storage.backups import UNTESTED
from clinic_desktop.storage.database import SCHEMA, Database
from clinic_desktop.storage.generations import MARK
from clinic_desktop.storage.places import Places
from tests.faults.oracle import (
    ANGLE,
    ANOTHER,
    DAY,
    Ledger,
    begin_visit,
    door_of,
    good_backups,
    look,
    now,
    save_on,
    signed_in,
    told,
)
from tests.records import KEYS, PASSPHRASE, make_clinic, make_older

ANSWER = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), (), ())
Counted = dict[str, int]
Say = Callable[[str], object]


# -------------------------------------------------------------------- a victim
def killed(does: Callable[[Say], object], after: Callable[[], float]) -> tuple[str, bool]:
    """Run something in a process of its own and kill it so many seconds after its first word; gives
    all that it said, and whether it had ended by itself."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _live(does, theirs)
    os.close(theirs)
    said = os.read(ours, 65536)
    deadline = time.monotonic() + after()
    while (left := deadline - time.monotonic()) > 0:
        if select.select([ours], [], [], left)[0]:
            more = os.read(ours, 65536)
            if not more:
                break
            said += more
    os.kill(child, signal.SIGKILL)
    while more := os.read(ours, 65536):
        said += more
    os.close(ours)
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the victim failed before it was killed")
    return said.decode(), os.WIFEXITED(status)


def _live(does: Callable[[Say], object], to: int) -> NoReturn:
    try:
        does(lambda line: os.write(to, f"{line}\n".encode()))
    except BaseException:  # said by the exit status; nothing of the parent may run on here
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


# -------------------------------------------------------------------- line 1: while saving
def saving(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """One clinic, killed again and again: each start finds all that was said before."""
    profile = folder / "clinic"
    make_clinic(profile)
    ledger, slowest = Ledger(), 0.0
    for _round in range(rounds):

        def work(say: Say) -> None:
            with signed_in(profile) as session:
                save_on(session, lambda visit_id, step: say(f"{visit_id} {step}"))

        said, _ended = killed(work, lambda: chance.uniform(0, 0.6))
        ledger.steps |= Ledger.of(said).steps
        began = time.monotonic()
        with signed_in(profile):  # the next start: no question, nothing to accept
            slowest = max(slowest, time.monotonic() - began)
        look(profile, ledger)
    return {
        "kills while saving": rounds,
        "saves acknowledged and found again": ledger.saves,
        "slowest next start, ms": round(slowest * 1000),
    }


# -------------------------------------------------------------------- line 5: while signing
def signing(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """Signed with a signature that verifies, or a draft."""
    profile = folder / "clinic"
    make_clinic(profile)
    signed: dict[int, int] = {}
    drafts = 0
    for _round in range(rounds):
        said, _ended = killed(lambda say: _sign_on(profile, say), lambda: chance.uniform(0, 0.2))
        for line in said.splitlines(keepends=True):
            if line.endswith("\n"):
                visit_id, addenda = map(int, line.split())
                signed[visit_id] = addenda
        drafts += _look_at_signatures(profile, signed)
    return {"kills while signing": rounds, "signed and valid": len(signed), "drafts left": drafts}


def _sign_on(profile: Path, say: Say) -> None:
    with signed_in(profile) as session:
        pen = Pen(session.user, session.signer(PASSPHRASE), session.clinic)
        while True:
            visit_id, begun = begin_visit(session), Visit(DAY, signed=False)
            charted = begun.charted(ANGLE, 58)
            act = session.act()
            record.save_visit(session.begin, act, visit_id, begun, charted, ANSWER)
            sign_visit(session.begin, act, pen, visit_id, charted, ANSWER)
            say(f"{visit_id} 0")
            add_addendum(session.begin, act, pen, visit_id, "Tested in shoes.")
            say(f"{visit_id} 1")


def _look_at_signatures(profile: Path, signed: dict[int, int]) -> int:
    drafts = 0
    with signed_in(profile) as session:
        with session.begin() as work:
            patients = work.count_patients()
        for number in range(1, patients + 1):
            course = record.open_chart(session.begin, session.act(), number)
            found = check_course(session.begin, course.id, session.clinic)
            for stored in course.visits:
                one = found[stored.id]
                assert one.state is (State.VALID if stored.visit.signed else State.DRAFT)
                assert all(added.state is State.VALID for added in one.addenda)
                assert stored.visit.signed or stored.id not in signed, "signed, it was said"
                assert len(one.addenda) >= signed.get(stored.id, 0)
                drafts += one.state is State.DRAFT
    look(profile, Ledger())
    return drafts


# -------------------------------------------------------------------- line 6: another passphrase
def passphrase(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """Exactly one of the old and the new one opens."""
    profile = folder / "clinic"
    make_clinic(profile)
    opens, other, changed = PASSPHRASE, ANOTHER, 0
    for _round in range(rounds):

        def change(say: Say, old: str = opens, new: str = other) -> None:
            with signed_in(profile, old) as session:
                say("begun")
                people.change_own_passphrase(session, old, new)
                say("changed")

        said, _ended = killed(change, lambda: chance.uniform(0, 0.08))
        old, new = _opens(profile, opens), _opens(profile, other)
        assert old != new, "one of them, and not both"
        assert new or "changed" not in said
        if new:
            opens, other, changed = other, opens, changed + 1
        look(profile, Ledger(), opens)
    return {"kills while a passphrase is changed": rounds, "where the new one opened": changed}


def _opens(profile: Path, typed: str) -> bool:
    door = door_of(profile)
    try:
        door.files.unlock("anna", typed)
    except WrongPassphrase:
        return False
    return True


# -------------------------------------------------------------------- lines 7 and 9
def backing_up(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """What is listed restores, and what was left half done is gone after the next good one."""
    profile = folder / "clinic"
    make_clinic(profile)
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 120)
    listed, left = 0, 0
    for _round in range(rounds):

        def back_up(say: Say) -> None:
            with signed_in(profile) as session:
                say("begun")
                say(str(safekeeping.back_up(session).file.name))

        said, _ended = killed(back_up, lambda: chance.uniform(0, 0.4))
        made = said.splitlines()[1:]
        listed = good_backups(profile)
        backups = Places(profile).backups
        assert all((backups / name).exists() for name in made), "it was said to be made"
        left += len(_left_over(backups)) if backups.exists() else 0
        look(profile, Ledger())
    with signed_in(profile) as session:
        safekeeping.back_up(session)
        # What died is told from what another process does just now by its age.
        for path in _left_over(Places(profile).backups):
            os.utime(path, (0, 0))
        safekeeping.back_up(session)
    assert _left_over(Places(profile).backups) == []
    return {"kills during a backup": rounds, "backups good": listed, "parts left and cleaned": left}


def _left_over(backups: Path) -> list[Path]:
    return [p for p in backups.iterdir() if p.name.endswith(UNTESTED) or p.name.startswith("work-")]


def restoring(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """The generation in use is whole, whichever it is; what came before is never written over, and
    one that was never put in use is gone after the next start."""
    profile = folder / "clinic"
    make_clinic(profile)
    with signed_in(profile) as session:
        save_on(session, lambda *_: None, 60)
        file = safekeeping.back_up(session).file
        save_on(session, lambda *_: None, 5)
    switched, unfinished, in_use = 0, 0, {Places(profile).generation()}
    for _round in range(rounds):
        generation = Places(profile).generation()
        before = Places(profile).record().read_bytes()

        def restore(say: Say) -> None:
            opened = door_of(profile).opened("anna", PASSPHRASE)
            say("begun")
            safekeeping.restore_backup(opened, file, now())
            say("restored")

        said, _ended = killed(restore, lambda: chance.uniform(0, 0.4))
        used = Places(profile).generation()
        assert used != generation or "restored" not in said
        assert (profile / generation / "record.db").read_bytes() == before
        switched += used != generation
        in_use.add(used)
        unfinished += _generations(profile) != in_use
        look(profile, Ledger())
        assert _generations(profile) == in_use, "only what was in use stays, and all of it"
        assert not list(profile.glob(f"gen-*/{MARK}"))
    return {
        "kills during a restore": rounds,
        "where the switch was made": switched,
        "unfinished generations cleared by the next start": unfinished,
    }


def _generations(profile: Path) -> set[str]:
    return {path.name for path in profile.glob("gen-*")}


def rescuing(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """A damaged record that is being put together: as it was, byte for byte, or put together."""
    damaged, profile = folder / "damaged", folder / "clinic"
    make_clinic(damaged)
    with signed_in(damaged) as session:
        save_on(session, lambda *_: None, 60)
        safekeeping.back_up(session)
        save_on(session, lambda *_: None, 5)
    record_file = Places(damaged).record()
    content = bytearray(record_file.read_bytes())
    content[100] ^= 1
    record_file.write_bytes(content)
    switched = 0
    for _round in range(rounds):
        shutil.rmtree(profile, ignore_errors=True)
        shutil.copytree(damaged, profile)

        def put_together(say: Say) -> None:
            opened = door_of(profile).opened("anna", PASSPHRASE)
            say("begun")
            rescue(opened, now())
            say("done")

        said, _ended = killed(put_together, lambda: chance.uniform(0, 1.5))
        done = Places(profile).generation() != "gen-0001"
        assert done or "done" not in said
        assert (profile / "gen-0001" / "record.db").read_bytes() == bytes(content)
        if not done:
            told(lambda: door_of(profile).sign_in("anna", PASSPHRASE))
            assert _generations(profile) == {"gen-0001"}
            rescue(door_of(profile).opened("anna", PASSPHRASE), now())
        look(profile, Ledger(dict.fromkeys(range(1, 6), 12) | {6: 5}))
        assert _generations(profile) == {"gen-0001", "gen-0002"}
        switched += done
    return {"kills during a rescue": rounds, "where it was in use by then": switched}


# -------------------------------------------------------------------- line 8: migrations
def migrating(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """Killed before the n-th statement of a migration: the old schema or the new one, no third.

    `rounds` is how many statements apart the kills are; 1 kills at each.
    """
    revisions = [f"{n:04d}" for n in range(1, int(SCHEMA))]
    if rounds > 1:
        revisions = [revisions[0], revisions[-1]]
    kills, profile = 0, folder / "trial"
    for revision in revisions:
        older = folder / revision
        with make_older(older, revision):
            pass
        place = chance.randrange(rounds)
        while True:
            shutil.copytree(older, profile)
            _said, ended = killed(partial(_migrate, profile, place), lambda: 60.0)
            found = _revision(profile)
            assert found in (revision, SCHEMA), f"left at {found}"
            assert not ended or found == SCHEMA
            Database.open(profile, KEYS).close()
            assert _revision(profile) == SCHEMA
            shutil.rmtree(profile)
            if ended:
                break
            kills += 1
            place += rounds
    return {"kills at a statement of a migration": kills, "schemas": len(revisions)}


def _migrate(profile: Path, place: int, _say: Say) -> None:
    left = [place]

    def fall(*_: object) -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, fall)
    Database.open(profile, KEYS).close()


def _revision(profile: Path) -> str:
    file = profile / "gen-0001" / "record.db"
    connection = sqlcipher3.connect(f"file:{file}?mode=rw", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE").close()
        connection.execute(f"PRAGMA key = \"x'{(KEYS.database + KEYS.salt).hex()}'\"").close()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    return str(revision)


SCENES: dict[str, Callable[[Path, int, random.Random], Counted]] = {
    scene.__name__: scene
    for scene in (saving, signing, passphrase, backing_up, restoring, rescuing, migrating)
}


def main(what: str, folder: str, rounds: str, seed: str) -> None:
    """Play one scene."""
    counted = SCENES[what](Path(folder), int(rounds), random.Random(int(seed)))
    sys.stdout.write(json.dumps(counted) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
