"""Backups by somebody who is signed in: made, tried, put in use, and told of when they are old."""

from __future__ import annotations

import datetime as dt
import platform
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.backups import TOO_OLD, BackupContent
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.access.clinic_port import Opened, OpenedRecord
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.guarding import require
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.ports import UnitOfWork
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _

from .rescue_words import hole_words
from .verifying import check_all


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that was read back."""

    file: Path
    content: BackupContent


def back_up(session: Session, into: Path | None = None) -> MadeBackup:
    """Make a backup in a folder of one's choice, else in the clinic's own, where old ones are
    thinned.

    Raises Refused for somebody who looks after none, RecordUnavailable with what failed.
    """
    session.require(Action.BACK_UP)
    return _made(session, into)


def back_up_by_itself(session: Session) -> MadeBackup | None:
    """What the program does while it is open, before it closes and before it moves the record:
    a backup where something changed since the last one. Raises RecordUnavailable, which says from
    when the newest one is where that is too long ago."""
    if session.entries() == session.backed_up:
        return None
    try:
        return _made(session, None)
    except RecordUnavailable as problem:
        newest = session.opened.backups()[:1]
        if not newest or not is_old(session):
            raise
        words = _("{problem} The newest backup is of {day}, more than a day ago.")
        day = date_words(newest[0][1].astimezone().date())
        said = words.format(problem=f"{problem}.".replace("..", "."), day=day)
        raise RecordUnavailable(said) from problem


def is_old(session: Session) -> bool:
    """Whether the newest backup is older than a day, where there is one."""
    newest = session.opened.backups()[:1]
    return any(session.now() - moment > TOO_OLD for _file, moment in newest)


def restore_drill(session: Session, file: Path) -> BackupContent:
    """Restore a backup into nowhere and say what is in it. Raises Refused, RecordUnavailable."""
    session.require(Action.BACK_UP)
    return session.opened.drill(file)


def restore_backup(opened: Opened, file: Path, now: dt.datetime) -> BackupContent:
    """Put a backup in use, for somebody who in that very backup may; the record must be closed.

    Who has a passphrase may be asked nothing by a record that is damaged: the backup's own users
    decide. Raises Refused, RecordUnavailable; then the record in use is what it was.
    """

    def allow(record: OpenedRecord) -> None:
        with record.begin() as work:
            user = work.user(opened.user)
        require(user, Action.RESTORE)
        # Before the switch: what was restored without a trace of it, nobody could tell.
        record.write_as(user, platform.node(), "")
        with record.begin(writing=True) as work:
            act = Act(user.signature_name, now)
            work.note_act(Deed.RESTORED, act, reason=file.name)
            work.commit()

    return opened.restore(file, now, allow)


def restore_newest(opened: Opened, now: dt.datetime) -> BackupContent:
    """Put the newest backup in use that is whole: one that is not is passed over. Raises like
    `restore_backup`, and RecordUnavailable where there is none."""
    for file, _moment in opened.backups():
        with suppress(RecordUnavailable):  # restoring proves it first; what was in use stays
            return restore_backup(opened, file, now)
    raise RecordUnavailable(_("There is no backup here that could be used."))


def restore_onto_new_computer(
    door: FrontDoor, file: Path, login: str, passphrase: str
) -> BackupContent:
    """Make the clinic of a backup here, where there is none. Raises ChartError, WrongPassphrase,
    RecordUnavailable; then there is still none."""
    door.refuse_second_clinic()
    opened = door.files.unlock_backup(file, login, passphrase)
    content = restore_backup(opened, file, door.now())
    door.files.adopt_vault(file)
    return content


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What came of looking at everything."""

    faults: tuple[str, ...]
    entries: int = 0
    """Of the audit trail, that hold."""
    signatures: int = 0
    """That are valid."""
    remarks: tuple[str, ...] = ()
    """What is known to be missing since a damaged record was put together."""


def check(opened: Opened) -> CheckReport:
    """Look at the files, the audit trail and every signature of a clinic; changes nothing."""
    faults = opened.faults()
    if faults:
        return CheckReport(faults)
    record = opened.open_record()
    try:
        with record.begin() as work:
            trail = work.check_audit()
            valid, wrong = check_signatures(work, opened.clinic)
    finally:
        record.close()
    if trail.broken is not None:
        words = _("The audit trail breaks at entry {seq}: {what}")
        faults += (words.format(seq=trail.broken.seq, what=trail.broken.what),)
    # What no damage explains stays a fault for good.
    faults += tuple(hole_words(hole) for hole in trail.holes if not hole.unreadable)
    remarks = tuple(hole_words(hole) for hole in trail.holes if hole.unreadable)
    return CheckReport((*faults, *wrong), trail.entries, valid, remarks)


def check_signatures(work: UnitOfWork, clinic: str) -> tuple[int, tuple[str, ...]]:
    """How many signed visits verify, and a sentence for each signature that does not."""
    valid, broken = check_all(work, clinic)
    visit = _("The signature of visit {visit} of patient {number:06d} does not verify.")
    addendum = _(
        "The signature of addendum {n} to visit {visit} of patient {number:06d} does not verify."
    )
    return valid, tuple(
        (visit if one.addendum is None else addendum).format(
            visit=one.visit_id, number=one.number, n=one.addendum
        )
        for one in broken
    )


def _made(session: Session, into: Path | None) -> MadeBackup:
    now = session.now()
    try:
        made = MadeBackup(*session.opened.back_up(into, now))
    except RecordUnavailable as problem:
        with suppress(RecordUnavailable):  # a full disk takes no entry either
            session.note(Deed.BACKUP_FAILED, str(problem))
        raise
    session.note(Deed.BACKED_UP, made.file.name)
    session.backed_up = session.entries()
    if into is None:
        session.opened.thin_backups(now)
    return made
