"""Reading the audit trail: by patient, by user, and how a field came to be what it is."""

from __future__ import annotations

from dataclasses import replace

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import AuditEntry, AuditQuery, Deed
from clinic_desktop.domain.values import Key
from clinic_desktop.services.ports import OpenRecord
from clinic_desktop.services.safety.rescue_words import TOUCHED
from clinic_desktop.services.words.translation import _

PAGE = 100
"""Entries that are read at once."""


def field_history(
    open_record: OpenRecord, visit_id: int, key: Key | None = None
) -> tuple[AuditEntry, ...]:
    """Who charted a finding of a visit and remarked on it, newest first; without one, everything
    that was done to the visit."""
    names = () if key is None else (f"findings/{key}", f"notes_on/{key.finding}")
    with open_record() as work:
        return work.field_history(visit_id, names)


def rescue_history(open_record: OpenRecord, visit_id: int) -> tuple[AuditEntry, ...]:
    """When a visit was put together from a damaged file, newest first; mostly never."""
    with open_record() as work:
        return work.field_history(visit_id, (TOUCHED,))


def read_audit(open_record: OpenRecord, act: Act, query: AuditQuery) -> tuple[AuditEntry, ...]:
    """A page of the trail, newest first. That it is read is entered with the first page.

    Raises Refused where the role has no part in it, RecordUnavailable.
    """
    with open_record(writing=query.before is None) as work:
        found = work.audit_entries(replace(query, limit=PAGE))
        if query.before is None:
            about = query.user or _("everybody")
            work.note_act(Deed.AUDIT_READ, act, number=query.number, reason=about)
            work.commit()
    return found


def audit_users(open_record: OpenRecord) -> tuple[tuple[str, str], ...]:
    """Whose acts may be read: id and name. Raises Refused."""
    with open_record() as work:
        return work.audit_users()
