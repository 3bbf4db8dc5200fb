"""Letters that are being typed: kept in the record, and found again."""

from __future__ import annotations

from collections.abc import Iterable

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.services.ports import OpenRecord
from clinic_desktop.services.stored import StoredLetterDraft


def save_letter_drafts(
    open_record: OpenRecord,
    act: Act,
    before: Iterable[LetterDraft],
    after: Iterable[LetterDraft],
) -> None:
    """Write what differs between two states of the letters being typed, and nothing else; on return
    it is durable.

    One that is gone, or blank again, is no draft any more. Raises NotFound for an unknown visit,
    RecordUnavailable.
    """
    was = {(draft.visit_id, draft.flag): draft for draft in before}
    now = {(draft.visit_id, draft.flag): draft for draft in after if not draft.is_blank}
    if was == now:
        return
    with open_record(writing=True) as work:
        for visit_id, flag in was.keys() - now.keys():
            work.drop_letter_draft(visit_id, flag, act)
        for key, draft in now.items():
            if was.get(key) != draft:
                work.keep_letter_draft(draft, act)
        work.commit()


def letter_drafts_of(open_record: OpenRecord, visit_id: int) -> tuple[LetterDraft, ...]:
    """The drafts of a visit; the one that was typed last comes last."""
    with open_record() as work:
        return work.letter_drafts(visit_id)


def letters_begun(open_record: OpenRecord) -> tuple[StoredLetterDraft, ...]:
    """Every letter that was begun and neither sent nor discarded, oldest first."""
    with open_record() as work:
        return work.all_letter_drafts()
