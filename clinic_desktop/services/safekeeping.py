"""Backups by somebody who is signed in: made, tried, put in use, and told of when they are old."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.backups import WHILE_OPEN, BackupContent
from clinic_desktop.domain.errors import RecordUnavailable, Refused
from clinic_desktop.domain.people import User
from clinic_desktop.domain.signing import State

from .access_words import refusal
from .clinic_port import Opened, OpenedRecord
from .front_door import FrontDoor, Session
from .ports import UnitOfWork
from .translation import _
from .verifying import check_visits


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
    _refuse_unless(session.user, Action.BACK_UP)
    return _made(session, into)


def back_up_if_due(session: Session, changed: bool) -> MadeBackup | None:
    """What the program does by itself while it is open: nothing without a change, and one every
    quarter of an hour. Raises RecordUnavailable."""
    newest = session.opened.backups()[:1]
    since = session.now() - newest[0][1] if newest else None
    if not changed or (since is not None and dt.timedelta() <= since < WHILE_OPEN):
        return None
    return _made(session, None)


def back_up_at_the_end(session: Session) -> MadeBackup:
    """What the program does by itself before it closes or moves the record. Raises
    RecordUnavailable."""
    return _made(session, None)


def restore_drill(session: Session, file: Path) -> BackupContent:
    """Restore a backup into nowhere and say what is in it. Raises Refused, RecordUnavailable."""
    _refuse_unless(session.user, Action.BACK_UP)
    return session.opened.drill(file)


def restore_backup(opened: Opened, file: Path) -> BackupContent:
    """Put a backup in use, for somebody who in that very backup may; the record must be closed.

    Who has a passphrase may be asked nothing by a record that is damaged: the backup's own users
    decide. Raises Refused, RecordUnavailable; then the record in use is what it was.
    """

    def allow(record: OpenedRecord) -> None:
        with record.begin() as work:
            _refuse_unless(work.user(opened.user), Action.RESTORE)

    return opened.restore(file, allow)


def restore_onto_new_computer(
    door: FrontDoor, file: Path, login: str, passphrase: str
) -> BackupContent:
    """Make the clinic of a backup here, where there is none. Raises ChartError, WrongPassphrase,
    RecordUnavailable; then there is still none."""
    door.refuse_second_clinic()
    opened = door.files.unlock_backup(file, login, passphrase)
    content = restore_backup(opened, file)
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


def check(opened: Opened) -> CheckReport:
    """Look at the files, the audit trail and every signature of a clinic; changes nothing."""
    faults = opened.faults()
    if faults:
        return CheckReport(faults)
    record = opened.open_record()
    try:
        with record.begin() as work:
            trail = work.check_audit()
            valid, wrong = _signatures(work)
    finally:
        record.close()
    if trail.broken is not None:
        words = _("The audit trail breaks at entry {seq}: {what}")
        faults += (words.format(seq=trail.broken.seq, what=trail.broken.what),)
    return CheckReport((*faults, *wrong), trail.entries, valid)


def _signatures(work: UnitOfWork) -> tuple[int, tuple[str, ...]]:
    """How many signed visits verify, and a sentence for each that does not."""
    signed = {kept.course_id: kept.number for kept in work.answers(signed_only=True)}
    valid = 0
    wrong = []
    words = _("The signature of visit {visit} of patient {number:06d} does not verify.")
    for course_id, number in signed.items():
        for visit_id, found in check_visits(work, work.course(course_id)).items():
            valid += found.state is State.VALID
            if found.state is State.NOT_VALID:
                wrong.append(words.format(visit=visit_id, number=number))
    return valid, tuple(wrong)


def _made(session: Session, into: Path | None) -> MadeBackup:
    now = session.now()
    try:
        made = MadeBackup(*session.opened.back_up(into, now))
    except RecordUnavailable as problem:
        session.note(Deed.BACKUP_FAILED, str(problem))
        raise
    session.note(Deed.BACKED_UP, made.file.name)
    if into is None:
        session.opened.thin_backups(now)
    return made


def _refuse_unless(user: User, action: Action) -> None:
    if not user.may(action):
        raise Refused(refusal(user.role, action))
