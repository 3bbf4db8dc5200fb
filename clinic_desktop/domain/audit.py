"""The audit trail as values: what was done, by whom, to which field, and what to look for in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Deed(StrEnum):
    """What an entry of the trail tells of. A word that is written once is never renamed."""

    PATIENT_ADDED = "patient_added"
    PATIENT_CHANGED = "patient_changed"
    PATIENTS_MERGED = "patients_merged"
    PATIENTS_PARTED = "patients_parted"
    PATIENT_REMOVED = "patient_removed"
    PATIENT_RESTORED = "patient_restored"
    VISIT_MOVED = "visit_moved"
    COURSE_OPENED = "course_opened"
    COURSE_CHANGED = "course_changed"
    VISIT_BEGUN = "visit_begun"
    VISIT_CHANGED = "visit_changed"
    VISIT_SIGNED = "visit_signed"
    ADDENDUM_ADDED = "addendum_added"
    LETTER_DRAFT_DROPPED = "letter_draft_dropped"
    DOCUMENT_KEPT = "document_kept"
    REFERRAL_OPENED = "referral_opened"
    REFERRAL_CHANGED = "referral_changed"
    CHART_OPENED = "chart_opened"
    CHART_EXPORTED = "chart_exported"
    PAPER_PRINTED = "paper_printed"
    PAPER_SAVED = "paper_saved"
    AUDIT_READ = "audit_read"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED = "locked"
    SIGNED_OUT = "signed_out"
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    REFUSED = "refused"
    BACKED_UP = "backed_up"
    BACKUP_FAILED = "backup_failed"
    RESTORED = "restored"
    RESCUED = "rescued"
    CLOCK_WENT_BACK = "clock_went_back"
    SETTING_CHANGED = "setting_changed"


SECURITY: Final = frozenset(
    {
        Deed.AUDIT_READ,
        Deed.SIGNED_IN,
        Deed.SIGN_IN_FAILED,
        Deed.LOCKED,
        Deed.SIGNED_OUT,
        Deed.USER_ADDED,
        Deed.USER_CHANGED,
        Deed.REFUSED,
        Deed.BACKED_UP,
        Deed.BACKUP_FAILED,
        Deed.RESTORED,
        Deed.RESCUED,
        Deed.CLOCK_WENT_BACK,
        Deed.SETTING_CHANGED,
    }
)
"""What the administrator reads: none of it tells what is in a chart."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry of the trail."""

    seq: int
    """Its place; the order of the entries, whatever the clock said."""
    at: dt.datetime
    user: str
    """Id of the user."""
    who: str
    """The user's name as it was then."""
    role: str
    workstation: str
    session: str
    deed: str
    """One of `Deed`, or the word of a newer program."""
    number: int | None = None
    """The patient's number, where it is about a patient."""
    visit_id: int | None = None
    field: str = ""
    """Which field, as in `findings/slr.result@right`; else what it was about, a kind of paper."""
    before: str | None = None
    """As JSON; None where nothing stood there."""
    after: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What to look for, newest first. What is None or empty does not narrow it."""

    number: int | None = None
    user: str | None = None
    deeds: frozenset[Deed] = frozenset()
    before: int | None = None
    """Only entries with a lower place: the next page begins where the last one ended."""
    limit: int = 100


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last entry of the chain. Kept outside the record, it shows whether the end is missing."""

    seq: int
    hash: str
    """In hex; empty for a trail without entries."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where the chain does not hold."""

    seq: int
    what: str
    """A sentence: what does not fit there."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Entries that are missing since a damaged record was put together; a later entry names them,
    with the hashes on both sides."""

    first: int
    last: int
    before: str
    """Hash of the entry before them, empty where they are the first."""
    after: str
    """Hash of the last of them, as the entry behind them has it."""
    unreadable: bool
    """Whether damage took them; else nothing in the file showed why they are missing."""


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What came of going through the whole chain."""

    entries: int
    """How many hold, from the first on."""
    head: AuditHead
    """The last of them."""
    broken: BrokenLink | None = None
    holes: tuple[Hole, ...] = ()
    """Where a later entry says that some are missing."""
