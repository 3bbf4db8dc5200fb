"""The audit trail of a record that was put together: its holes are named in it, and nothing closed.

A hole stands in the trail as an entry of its own, chained like any other, with the hashes on both
sides of it. The check of the chain passes over a hole only where such an entry fits, and tells of
it each time. What is missing without damage to show for it is not passed over.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clinic_desktop.domain.audit import AuditHead, Deed, Hole
from clinic_desktop.domain.people import User
from clinic_desktop.domain.rescues import TouchedVisit
from clinic_desktop.services.safety.rescue_words import TOUCHED

from .audit import HOLE, AuditTrail, holes_named, link_hash
from .blank_record import BlankRecord
from .trees import Gap


@dataclass(slots=True)
class RescuedTrail:
    """Adds to a trail whose triggers are away."""

    blank: BlankRecord
    trail: AuditTrail
    at: dt.datetime
    head: AuditHead

    @classmethod
    def of(
        cls, blank: BlankRecord, trail: AuditTrail, user: User, workstation: str, at: dt.datetime
    ) -> RescuedTrail:
        """The trail as it was read, to go on in a user's name."""
        last = blank.all("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        head = AuditHead(*last[0]) if last else AuditHead(0, "")
        return cls(blank, trail.of(user, workstation, ""), at, head)

    def name_holes(
        self, gaps: Sequence[Gap], noted: AuditHead | None, *, end_early: bool
    ) -> tuple[Hole, ...]:
        """Enter the holes that damage explains, and what is missing at the end by the note outside
        the record: there the trail goes on behind what was noted, whether or not it is explained.
        `end_early` is whether the end of the log could not be read.
        """
        holes = list(self._inside(gaps))
        if noted is not None and noted.seq > self.head.seq:
            first = self.head.seq + 1
            damaged = end_early or _in_gaps(gaps, first, noted.seq)
            holes.append(Hole(first, noted.seq, self.head.hash, noted.hash, damaged))
            self.head = noted
        for hole in holes:
            self._add(HOLE, asdict(hole))
        return tuple(holes)

    def _inside(self, gaps: Sequence[Gap]) -> Iterable[Hole]:
        """Holes that are not named yet: an earlier rescue may have left some."""
        known = {hole.first for hole in holes_named(self.blank.connection)}
        last = AuditHead(0, "")
        for seq, prev, digest in self.blank.all("SELECT seq, prev, hash FROM audit ORDER BY seq"):
            first, end = last.seq + 1, seq - 1
            if first <= end and first not in known and _in_gaps(gaps, first, end):
                yield Hole(first, end, last.hash, prev, unreadable=True)
            last = AuditHead(seq, digest)

    def name_visits(self, visits: Iterable[TouchedVisit], backup: dt.datetime | None) -> None:
        """Enter, in each visit's own history, that not everything of it could be read."""
        made = backup.isoformat() if backup is not None else None
        for visit in visits:
            told = {
                "taken": visit.taken,
                "rebuilt": visit.rebuilt,
                "lost": visit.lost,
                "backup": made,
            }
            self._add(TOUCHED, told, visit.number, visit.visit_id)

    def _add(
        self, name: str, told: object, number: int | None = None, visit: int | None = None
    ) -> None:
        row: dict[str, Any] = {
            "seq": self.head.seq + 1,
            "at": self.at.astimezone(dt.UTC).isoformat(),
            "user": self.trail.user,
            "who": self.trail.who,
            "role": self.trail.role,
            "workstation": self.trail.workstation,
            "session": self.trail.session,
            "deed": Deed.RESCUED.value,
            "number": number,
            "visit_id": visit,
            "field": name,
            "before": None,
            "after": json.dumps(told, sort_keys=True, separators=(",", ":")),
            "reason": "",
            "prev": self.head.hash,
        }
        row["hash"] = link_hash(self.trail.key, row)
        layout = self.blank.layouts["audit"]
        self.blank.put(layout, [[row[column] for column in layout.columns]])
        self.head = AuditHead(row["seq"], row["hash"])


def _in_gaps(gaps: Sequence[Gap], first: int, last: int) -> bool:
    """Whether all these entries may have stood where nothing can be read."""
    return all(any(gap.holds((seq,)) for gap in gaps) for seq in range(first, last + 1))
