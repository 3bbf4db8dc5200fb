"""Letters that are being typed: one row for a visit and what the letter is about."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlalchemy.orm import Session

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.services.stored import StoredLetterDraft
from clinic_desktop.services.words.translation import _

from .patients import stamp, with_patient
from .rows import CourseRow, LetterDraftRow, PatientRow, VisitRow, table_of

_BY_HAND: Final = ""
"""In the column of the red flag, which is part of the key."""
_DRAFTS: Final = table_of(LetterDraftRow)
_INSERT: Final = insert_or_update(_DRAFTS)
_KEY: Final = ("visit_id", "flag")
_WRITE: Final = _INSERT.on_conflict_do_update(
    index_elements=[_DRAFTS.c[name] for name in _KEY],
    set_={c.name: _INSERT.excluded[c.name] for c in _DRAFTS.c if c.name not in _KEY},
)


def keep(session: Session, draft: LetterDraft, act: Act) -> None:
    """Keep a letter as it now stands in place of what it was. Raises NotFound for no such visit."""
    if session.scalar(select(VisitRow.id).where(VisitRow.id == draft.visit_id)) is None:
        raise NotFound(_("This visit is not in the record."))
    columns = {
        "visit_id": draft.visit_id,
        "flag": draft.flag or _BY_HAND,
        "recipient": draft.recipient,
        "reason": draft.reason,
        "told": draft.told,
        "referral": draft.referral,
        **stamp(act),
    }
    session.execute(_WRITE, columns)


def drop(session: Session, visit_id: int, flag: str | None) -> None:
    """Take a draft out; one that is not there stays away."""
    session.execute(
        delete(_DRAFTS).where(_DRAFTS.c.visit_id == visit_id, _DRAFTS.c.flag == (flag or _BY_HAND))
    )


def of_visit(session: Session, visit_id: int) -> tuple[LetterDraft, ...]:
    """The drafts of a visit; the one that was typed last comes last."""
    found = session.scalars(
        select(LetterDraftRow)
        .where(LetterDraftRow.visit_id == visit_id)
        .order_by(LetterDraftRow.changed_at, LetterDraftRow.flag)
    )
    return tuple(map(_draft_of, found))


def all_of(session: Session) -> tuple[StoredLetterDraft, ...]:
    """Every draft with whom it is about, oldest first."""
    drafts = (
        select(LetterDraftRow, PatientRow.number, PatientRow.name)
        .select_from(LetterDraftRow)
        .join(VisitRow, VisitRow.id == LetterDraftRow.visit_id)
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
    )
    order = LetterDraftRow.changed_at, LetterDraftRow.visit_id, LetterDraftRow.flag
    found = session.execute(with_patient(drafts).order_by(*order))
    return tuple(
        StoredLetterDraft(number, name, dt.datetime.fromisoformat(row.changed_at), _draft_of(row))
        for row, number, name in found
    )


def _draft_of(row: LetterDraftRow) -> LetterDraft:
    return LetterDraft(
        row.visit_id, row.flag or None, row.recipient, row.reason, row.told, row.referral
    )
