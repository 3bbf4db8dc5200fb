"""Letters that are being typed: kept in the record, found again, sent or put away."""

from __future__ import annotations

from clinic_desktop.domain.referrals import LetterDraft

from .ports import Act, OpenRecord, StoredLetterDraft


def keep_letter_draft(open_record: OpenRecord, act: Act, draft: LetterDraft) -> None:
    """Keep a letter as far as it is typed; on return it is durable. One that is blank again is no
    draft. Raises NotFound, RecordUnavailable."""
    with open_record(writing=True) as work:
        if draft.is_blank:
            work.drop_letter_draft(draft.visit_id, draft.flag, act)
        else:
            work.keep_letter_draft(draft, act)
        work.commit()


def move_letter_draft(
    open_record: OpenRecord, act: Act, flag: str | None, draft: LetterDraft
) -> None:
    """Keep a letter under what it is about now, and no more under what it was about.

    Raises NotFound, RecordUnavailable.
    """
    with open_record(writing=True) as work:
        work.drop_letter_draft(draft.visit_id, flag, act)
        if not draft.is_blank:
            work.keep_letter_draft(draft, act)
        work.commit()


def discard_letter_draft(
    open_record: OpenRecord, act: Act, visit_id: int, flag: str | None
) -> None:
    """Take a draft out of the record, because she said so. Raises RecordUnavailable."""
    with open_record(writing=True) as work:
        work.drop_letter_draft(visit_id, flag, act)
        work.commit()


def letter_drafts_of(open_record: OpenRecord, visit_id: int) -> tuple[LetterDraft, ...]:
    """The drafts of a visit; the one that was typed last comes last."""
    with open_record() as work:
        return work.letter_drafts(visit_id)


def letters_begun(open_record: OpenRecord) -> tuple[StoredLetterDraft, ...]:
    """Every letter that was begun and neither sent nor discarded, oldest first."""
    with open_record() as work:
        return work.all_letter_drafts()
