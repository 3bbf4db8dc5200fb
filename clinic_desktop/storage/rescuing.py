"""Rescues a damaged record into a generation of its own, or into nowhere to see what comes."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from clinic_desktop.domain.audit import AuditHead, Deed, Hole
from clinic_desktop.domain.errors import NotFound, RecordUnavailable
from clinic_desktop.domain.people import User
from clinic_desktop.domain.rescues import RescueReport, Saved, TouchedVisit
from clinic_desktop.services.words.translation import _

from . import users
from .anchor import Anchor
from .archives import NOT_WHOLE, unpack
from .audit import AuditTrail
from .backups import backups_in, scratch_folder
from .blank_record import BlankRecord, blank_record, move_to, opened_past_triggers
from .damaged_record import DamagedRecord
from .database import SCHEMA, Database
from .generations import begin_generation, give_up, put_in_use
from .keys import VaultKeys
from .places import RECORD, Places, make_folder
from .reading_back import read_back
from .rescue import Backing, Rescued, fill
from .rescued_addenda import gone_papers
from .rescued_trail import RescuedTrail
from .trail_facts import PARTS

_FIRST_RELEASED: Final = "0013"
"""No user has a record of an older schema."""


class Rescuer:
    """Puts the record of one clinic together, in a user's name."""

    def __init__(self, places: Places, keys: VaultKeys, user: str, now: dt.datetime) -> None:
        self._places = places
        self._keys = keys
        self._user = user
        self._now = now

    def drill(self, look: Callable[[Database], object]) -> RescueReport:
        """Say what would come of it; nothing is kept. Raises RecordUnavailable and what `look`
        raises, which is given the record that would be."""
        try:
            with scratch_folder(self._places.backups) as scratch:
                file = scratch / "rescued" / RECORD
                make_folder(file.parent)
                return self._put_together(file, scratch, look)[0]
        except OSError as problem:
            raise RecordUnavailable(_not_read(problem)) from problem

    def rescue(self, look: Callable[[Database], object]) -> RescueReport:
        """Put what can be saved in use, as a new generation; the damaged one stays as it is.

        `look` is given the new record before, and may raise. Raises RecordUnavailable; then the
        record in use is what it was.
        """
        places = self._places
        try:
            name = begin_generation(places)
        except OSError as problem:
            raise RecordUnavailable(_not_read(problem)) from problem
        try:
            with scratch_folder(places.backups) as scratch:
                file = places.folder / name / RECORD
                report, head = self._put_together(file, scratch, look)
            put_in_use(places, name)
        except BaseException as problem:  # no half generation stays behind, whatever it was
            done = give_up(places, name)
            if not (done and isinstance(problem, OSError)):
                if isinstance(problem, OSError):
                    raise RecordUnavailable(_not_read(problem)) from problem
                raise
        Anchor(places.anchor, self._keys.anchor, name).begin(head)
        return report

    # ------------------------------------------------------------ inside
    def _put_together(
        self, file: Path, scratch: Path, look: Callable[[Database], object]
    ) -> tuple[RescueReport, AuditHead]:
        damaged = DamagedRecord(self._places.record(), self._keys)
        revision = damaged.revision or SCHEMA
        if revision < _FIRST_RELEASED:
            raise RecordUnavailable(_("This record is older than any that can be put together."))
        backing = self._backing(scratch / "backup", revision)
        with blank_record(file, self._keys, revision) as blank:
            noted = self._noted()
            rescued = fill(blank, damaged, backing, self._keys, noted)
            user = self._known(blank)
            touched = _touched(blank, rescued)
            trail = RescuedTrail.of(
                blank, AuditTrail(self._keys.audit), user, platform.node(), self._now
            )
            holes = trail.name_holes(
                rescued.gaps["audit"], noted, end_early=damaged.pages.end_early
            )
            made_at = backing.content.made_at if backing is not None else None
            trail.name_visits(touched, made_at)
            report = _report(blank, rescued, holes, touched, made_at)
        read_back(file, self._keys, made_at=self._now)  # each page of it, before it counts
        database = Database.at(file, self._keys)
        try:
            look(database)
            with database.begin() as work:
                head = work.audit_head()
        finally:
            database.close()
        return replace(report, pages=len(damaged.pages.unreadable)), head

    def _backing(self, into: Path, revision: str) -> Backing | None:
        """The newest backup that is good, unpacked; None where there is none."""
        for backup in backups_in(self._places.backups):
            folder = into / backup.file.name
            with suppress(RecordUnavailable, OSError, *NOT_WHOLE):
                content, _own = unpack(backup.file, folder, self._keys)
                if content.schema > revision:
                    continue
                if content.schema < revision:
                    with opened_past_triggers(folder / RECORD, self._keys) as connection:
                        move_to(connection, revision)
                return Backing(folder / RECORD, content)
        return None

    def _known(self, blank: BlankRecord) -> User:
        try:
            return users.one(Session(blank.connection), self._user)
        except NotFound:
            raise RecordUnavailable(
                _(
                    "Nothing was saved: who works in this clinic can be read neither in the damaged"
                    " file nor in a backup."
                )
            ) from None

    def _noted(self) -> AuditHead | None:
        """The end of the trail as it was noted outside, where that is about this record."""
        noted = Anchor(self._places.anchor, self._keys.anchor, "").read()
        if noted is None or noted.generation != self._places.generation():
            return None
        return noted.head


def _touched(blank: BlankRecord, rescued: Rescued) -> tuple[TouchedVisit, ...]:
    """Visits of which not everything was read, by number and date."""
    known = {
        visit: (number, dt.date.fromisoformat(date))
        for visit, number, date in blank.all(
            "SELECT v.id, c.number, v.date FROM visits v JOIN courses c ON c.id = v.course_id"
        )
    }
    found = []
    made = rescued.rebuilt.of_visit
    for visit in {*rescued.taken_of_visit, *made, *rescued.lost_of_visit}:
        number, date = known.get(visit, (rescued.facts.visits.get(visit) or 0, None))
        taken, lost = rescued.taken_of_visit[visit], rescued.lost_of_visit[visit]
        found.append(TouchedVisit(number, visit, date, taken, made[visit], lost))
    return tuple(sorted(found, key=lambda one: (one.number, one.date or dt.date.max, one.visit_id)))


def _report(
    blank: BlankRecord,
    rescued: Rescued,
    holes: tuple[Hole, ...],
    touched: tuple[TouchedVisit, ...],
    backup: dt.datetime | None,
) -> RescueReport:
    visits = {row[0] for row in blank.all("SELECT id FROM visits")}
    entries = rescued.saved("audit")
    newer = blank.all(
        f"SELECT count(*) FROM audit WHERE seq > {rescued.facts.since}"
        f" AND deed <> '{Deed.RESCUED.value}'"
    )[0][0]
    return RescueReport(
        rescued.saved("patients"),
        rescued.saved("visits"),
        rescued.saved("findings"),
        _together([rescued.saved(table) for table in PARTS]),
        rescued.saved("documents"),
        replace(entries, lost=sum(hole.last - hole.first + 1 for hole in holes)),
        touched=touched,
        gone=gone_papers(blank, rescued.gaps),
        holes=holes,
        backup=backup,
        visits_only_here=len(visits - rescued.visits_of_backup) if backup is not None else 0,
        entries_only_here=newer if backup is not None else 0,
    )


def _together(parts: Sequence[Saved]) -> Saved:
    sums = zip(*((one.read, one.taken, one.rebuilt, one.lost) for one in parts), strict=True)
    return Saved(*map(sum, sums))


def _not_read(problem: OSError) -> str:
    said = _("Nothing was saved from the damaged file: {reason}.")
    return said.format(reason=problem.strerror or type(problem).__name__)
