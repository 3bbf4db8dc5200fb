"""Pulls the plug on a working clinic, in thought: records one day of it, then looks at many cuts.

Run as `python -m tests.faults.powering day PROFILE MODE` under the recorder of `preload.c`, and as
`python -m tests.faults.powering cuts NOTES PROFILE BASE COUNT SEED` to look at what would be left.
MODE is FULL, as the program has it, or NORMAL or OFF, which must lose something: else this harness
would see nothing. Prints what was counted as one JSON line.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from pathlib import Path

from clinic_desktop.domain.errors import ChartError, WrongPassphrase
from clinic_desktop.services.access import people
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.storage import engine
from clinic_desktop.storage.places import FIRST, Places
from tests.faults.oracle import (
    ANOTHER,
    Ledger,
    door_of,
    good_backups,
    look,
    now,
    save_on,
    signed_in,
)
from tests.faults.replay import LEDGER, Disk, read_notes
from tests.records import PASSPHRASE

SAVES = 30
PAUSE_EVERY = 2


def day(profile: Path, mode: str) -> None:
    """Saves, a backup, saves, another passphrase, a restore, saves; each said when it is done."""
    pragmas = [
        pragma.replace("synchronous = FULL", f"synchronous = {mode}")
        for pragma in engine.EACH_CONNECTION
    ]
    setattr(engine, "EACH_CONNECTION", tuple(pragmas))  # noqa: B010
    to = os.open(profile / LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(*words: object) -> None:
        os.write(to, (" ".join(map(str, words)) + "\n").encode())

    def save(session: Session) -> None:
        def saved(visit_id: int, step: int) -> None:
            say("saved", visit_id, step)
            if step % PAUSE_EVERY == 0:  # the log goes into the file, and cuts fall into that too
                say("moving")
                assert session.checkpoint()
                say("moved")

        save_on(session, saved, SAVES)

    with signed_in(profile) as session:
        save(session)
        file = safekeeping.back_up(session).file
        say("backed-up", file.name)
        save(session)
        say("changing")
        people.change_own_passphrase(session, PASSPHRASE, ANOTHER)
        say("changed")
    opened = door_of(profile).opened("anna", ANOTHER)
    say("restoring")
    safekeeping.restore_backup(opened, file, now())
    say("restored")
    with signed_in(profile, ANOTHER) as session:
        save(session)


def cuts(notes: Path, profile: Path, base: Path, count: int, chance: random.Random) -> None:
    """Cut the power at so many moments of a recorded day, and count what was lost."""
    ops = read_notes(notes)
    files = {
        str(profile / p.relative_to(base)): p.read_bytes() for p in base.rglob("*") if p.is_file()
    }
    moments = sorted(chance.randrange(len(ops) + 1) for _cut in range(count))
    disk, done, losses, saves, moving, torn = Disk(files), 0, 0, 0, 0, []
    for moment in moments:
        for op in ops[done:moment]:
            disk.does(op)
        done = moment
        moving += disk.said.count("moving\n") > disk.said.count("moved\n")
        _lay_out(disk.after_a_cut(chance), profile)
        try:
            saves += _look_after(profile, disk.said)
        except (AssertionError, ChartError) as problem:
            losses += 1
            torn.append(f"cut at {moment} of {len(ops)}: {type(problem).__name__} {problem}")
    for line in torn[:5]:
        sys.stderr.write(line + "\n")
    counted = {"cuts": count, "while the log went into the file": moving, "lost": losses}
    sys.stdout.write(json.dumps({**counted, "saves found again": saves}) + "\n")


def _lay_out(files: dict[str, bytes], profile: Path) -> None:
    shutil.rmtree(profile, ignore_errors=True)
    for path, content in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)


def _look_after(profile: Path, said: str) -> int:
    """What was said by then must hold. Gives how many saves were found again."""
    before, after, at_backup, restored = Ledger(), Ledger(), Ledger(), False
    for line in said.splitlines():
        match line.split():
            case ["saved", visit_id, step]:
                (after if restored else before).steps[int(visit_id)] = int(step)
            case ["backed-up", _name]:
                at_backup = Ledger(dict(before.steps))
            case ["restored"]:
                restored, after = True, Ledger(dict(at_backup.steps))
    opens = _the_one_that_opens(profile, said)
    used = Places(profile).generation()
    assert (used == FIRST) or "restoring" in said
    assert (used != FIRST) or not restored, "it was said to be restored"
    if used != FIRST and not restored:
        after = at_backup
    found = look(profile, before if used == FIRST else after, opens)
    assert good_backups(profile, opens) >= said.count("backed-up")
    return found.saves


def _the_one_that_opens(profile: Path, said: str) -> str:
    """Raises AssertionError where both passphrases open, or none, or not the one that was said."""
    opening = [typed for typed in (PASSPHRASE, ANOTHER) if _opens(profile, typed)]
    assert len(opening) == 1, f"{len(opening)} passphrases open"
    assert opening == [ANOTHER] or "changed" not in said
    assert opening == [PASSPHRASE] or "changing" in said
    return opening[0]


def _opens(profile: Path, typed: str) -> bool:
    try:
        door_of(profile).files.unlock("anna", typed)
    except WrongPassphrase:
        return False
    return True


def main(what: str, *arguments: str) -> None:
    """Record a day, or look at its cuts."""
    if what == "day":
        day(Path(arguments[0]), arguments[1])
        sys.stdout.write("{}\n")
    else:
        notes, profile, base, count, seed = arguments
        cuts(Path(notes), Path(profile), Path(base), int(count), random.Random(int(seed)))


if __name__ == "__main__":
    main(*sys.argv[1:])
