"""Entries of the audit trail gathered for reading: what one act wrote in several fields is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clinic_desktop.domain.audit import AuditEntry

MOST: Final = 8
"""Fields told together; a visit taken in with more of them is told in several."""


def gathered(entries: Iterable[AuditEntry]) -> tuple[tuple[AuditEntry, ...], ...]:
    """Entries, newest first, in groups: the fields of somebody or something that was entered stand
    together. Every entry is in exactly one group, and the order stays."""
    groups: list[tuple[AuditEntry, ...]] = []
    for entry in entries:
        if groups and _belongs(entry, groups[-1]):
            groups[-1] = (*groups[-1], entry)
        else:
            groups.append((entry,))
    return tuple(groups)


def _belongs(entry: AuditEntry, group: tuple[AuditEntry, ...]) -> bool:
    known = {one.field for one in group}
    return (
        len(group) < MOST
        and _of_one_act(entry) == _of_one_act(group[0])
        and all(_enters(one) for one in (entry, *group))
        and entry.field not in known
    )


def _enters(entry: AuditEntry) -> bool:
    """Whether it says what was written where nothing stood before."""
    return entry.before is None and entry.after is not None and not entry.reason


def _of_one_act(entry: AuditEntry) -> tuple[object, ...]:
    return (entry.deed, entry.at, entry.user, entry.session, entry.number, entry.visit_id)
