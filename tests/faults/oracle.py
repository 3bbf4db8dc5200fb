"""What must hold after any fault: one look at a clinic, the same for every test of this folder."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.safety.safekeeping import check
from clinic_desktop.storage.anchor import Anchor
from clinic_desktop.storage.backups import UNTESTED, backups_in
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.places import Places
from tests.records import PASSPHRASE, QUICK

ANGLE: Final = Key("slr.angle", Side.RIGHT)
PLAN: Final = Key("note.plan")
DAY: Final = dt.date(2026, 11, 24)
STEPS_A_VISIT: Final = 12
ANOTHER: Final = "seven grey geese flew"


@dataclass(slots=True)
class Ledger:
    """Saves that were acknowledged: the last step of each visit."""

    steps: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, said: str) -> Ledger:
        """From what a child said, a line each; a line that was cut off was not said."""
        ledger = cls()
        for line in said.splitlines(keepends=True):
            if line.endswith("\n"):
                visit_id, step = line.split()
                ledger.steps[int(visit_id)] = int(step)
        return ledger

    @property
    def saves(self) -> int:
        """How many saves it tells of."""
        return sum(self.steps.values())


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found."""

    saves: int
    """Acknowledged, and there."""
    entries: int
    """Of the audit trail."""


def now() -> dt.datetime:
    """The clock of the tests' own sessions."""
    return dt.datetime.now(dt.UTC)


def door_of(profile: Path, clock: Callable[[], dt.datetime] = now) -> FrontDoor:
    """The front door, where a try of a passphrase costs little."""
    return FrontDoor(FolderOfClinic(profile, QUICK), profile, clock)


@contextmanager
def signed_in(
    profile: Path, passphrase: str = PASSPHRASE, clock: Callable[[], dt.datetime] = now
) -> Iterator[Session]:
    """Anna at work; locked again at the end."""
    session = door_of(profile, clock).sign_in("anna", passphrase)
    try:
        yield session
    finally:
        session.lock()


def plan_at(step: int) -> str:
    """The long text that is saved with the angle of the same step."""
    return f"step {step} " * 40


def save_on(session: Session, say: Callable[[int, int], object], saves: int | None = None) -> None:
    """Chart as a busy therapist would: patients, visits, saves, each said once it is durable."""
    visit_id = begin_visit(session)
    visit = Visit(DAY, signed=False)
    step = 0
    for _count in itertools.count() if saves is None else range(saves):
        if step == STEPS_A_VISIT:
            visit_id, visit, step = begin_visit(session), Visit(DAY, signed=False), 0
        step += 1
        after = visit.charted(ANGLE, step).charted(PLAN, plan_at(step))
        record.save_visit(session.begin, session.act(), visit_id, visit, after)
        visit = after
        say(visit_id, step)


def begin_visit(session: Session) -> int:
    """A new patient with an empty visit."""
    act = session.act()
    with session.begin() as work:
        name = f"Case {work.count_patients() + 1}"
    number = record.register_patient(session.begin, act, Patient(name))
    course = record.open_chart(session.begin, act, number)
    return record.start_visit(session.begin, act, course.id, DAY)


def look(profile: Path, ledger: Ledger, passphrase: str = PASSPHRASE) -> Looked:
    """Raise AssertionError where something acknowledged is gone or half, where a check of the files
    or of the chain finds a fault, or where the note outside the record does not agree with it."""
    noted = _noted(profile, passphrase)
    with signed_in(profile, passphrase) as session:
        with session.begin() as work:
            steps = {
                stored.id: _whole(stored.visit)
                for visit_id in ledger.steps
                for stored in work.course_of_visit(visit_id).visits
            }
        for visit_id, acknowledged in ledger.steps.items():
            found = steps.get(visit_id)
            assert found is not None, f"visit {visit_id} is gone"
            assert found >= acknowledged, f"visit {visit_id}: {acknowledged} said, {found} there"
            assert found <= acknowledged + 1, f"visit {visit_id}: nobody saved step {found}"
    report = check(door_of(profile).opened("anna", passphrase))
    assert report.faults == ()
    assert report.entries >= noted, "entries that were noted outside are gone"
    return Looked(ledger.saves, report.entries)


def _whole(visit: Visit) -> int:
    """The step a visit stands at. Raises AssertionError where only half of one was saved."""
    step = visit.findings.get(ANGLE, 0)
    assert isinstance(step, int)
    assert visit.findings.get(PLAN, "") == (plan_at(step) if step else ""), "half a save"
    return step


def _noted(profile: Path, passphrase: str) -> int:
    """How many entries of the record in use were noted outside it."""
    vault = FolderOfClinic(profile, QUICK).unlock("anna", passphrase)
    keys = vault._opened.keys  # noqa: SLF001 - the oracle reads past the program
    noted = Anchor(Places(profile).anchor, keys.anchor, "").read()
    if noted is None or noted.generation != Places(profile).generation():
        return 0
    return noted.head.seq


def told(does: Callable[[], object]) -> str:
    """The sentence with which something was refused; empty where it was done. What is no sentence
    for a user is not caught: the test fails."""
    try:
        does()
    except ChartError as problem:
        sentence = str(problem).strip()
    else:
        return ""
    assert sentence, "refused without a word"
    return sentence


def good_backups(profile: Path, passphrase: str = PASSPHRASE) -> int:
    """How many backups are listed; each of them must restore. Raises AssertionError."""
    opened = door_of(profile).opened("anna", passphrase)
    listed = backups_in(Places(profile).backups)
    for backup in listed:
        try:
            opened.drill(backup.file)
        except RecordUnavailable as problem:
            raise AssertionError(f"{backup.file.name} is listed as good: {problem}") from problem
        assert not backup.file.name.endswith(UNTESTED)
    return len(listed)


def copy_of(base: Path, profile: Path) -> Path:
    """A clinic as another one is, in the place of what stood there."""
    shutil.rmtree(profile, ignore_errors=True)
    shutil.copytree(base, profile)
    return profile
