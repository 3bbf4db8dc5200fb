"""What a unit of work offers of the audit trail: entering, reading and checking it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from clinic_desktop.domain.acts import Act
    from clinic_desktop.domain.audit import AuditCheck, AuditEntry, AuditHead, AuditQuery, Deed
    from clinic_desktop.domain.differences import Change


class AuditedWork(Protocol):
    """The part of a unit of work that is about the trail; changes write their own entries."""

    def note_act(
        self,
        deed: Deed,
        act: Act,
        *,
        number: int | None = None,
        visit_id: int | None = None,
        subject: str = "",
        reason: str = "",
    ) -> None:
        """Enter what was done without a change: a look, a print, an export, a sign-in.

        The patient's number follows from a visit where it is not given.
        """

    def note_settings(self, changed: tuple[Change, ...], act: Act) -> None:
        """Enter which settings of the clinic were changed, each from what to what."""

    def audit_entries(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        """What the question finds, newest first."""

    def audit_users(self) -> tuple[tuple[str, str], ...]:
        """Everybody who stands in the trail: id and name, by name."""

    def field_history(self, visit_id: int, names: tuple[str, ...] = ()) -> tuple[AuditEntry, ...]:
        """How fields of a visit came to be what they are, newest first; no names: all of them."""

    def audit_head(self) -> AuditHead:
        """The last entry of the trail."""

    def latest_entry_at(self) -> dt.datetime | None:
        """The latest time that one of the newest entries bears; None before the first. Where it is
        still to come, the clock went back."""

    def check_audit(self, expected: AuditHead | None = None) -> AuditCheck:
        """Go through the whole trail and name the first link that does not hold.

        `expected` is a head that was kept outside the record; without one, entries missing at the
        very end are not noticed.
        """
