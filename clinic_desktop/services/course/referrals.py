"""What is done about referrals: opened, sent, answered; each is one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import ChartError, InvalidValue
from clinic_desktop.domain.referrals import LetterDraft, Referral
from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.values import LEVELS, RED_FLAGS
from clinic_desktop.services.ports import OpenRecord
from clinic_desktop.services.stored import StoredReferral
from clinic_desktop.services.words.translation import _


def open_referral(
    open_record: OpenRecord,
    act: Act,
    visit_id: int,
    recipient: str,
    flag: RedFlag | None = None,
    reason: str = "",
    warning: str = "",
    draft: LetterDraft | None = None,
) -> int:
    """Put a referral on record and give its id; it then waits for an answer.

    Without a flag it needs a reason. A warning given to the patient has its time, which is now. The
    draft that the letter was typed in goes out of the record in the same act. Raises NotFound,
    InvalidValue for an unknown flag, ChartError for what is missing.
    """
    recipient, reason, warning = recipient.strip(), reason.strip(), warning.strip()
    if not recipient:
        raise ChartError(_("A referral needs somebody it goes to."))
    if flag is None and not reason:
        raise ChartError(_("A referral without an open red flag needs a reason."))
    if flag is not None and (flag.id not in RED_FLAGS or flag.level not in LEVELS):
        raise InvalidValue(_("This red flag is not known."))
    referral = Referral(
        visit_id=visit_id,
        flag=flag.id if flag else None,
        level=flag.level if flag else None,
        recipient=recipient,
        opened_at=act.at,
        opened_by=act.who,
        reason=reason,
        warning=warning,
        warned_at=act.at if warning else None,
    )
    with open_record(writing=True) as work:
        referral_id = work.add_referral(referral, act)
        if draft is not None:
            work.drop_letter_draft(draft.visit_id, draft.flag, act)
        work.commit()
    return referral_id


def mark_sent(open_record: OpenRecord, act: Act, referral_id: int) -> None:
    """Note that the letter went out now.

    Raises NotFound, ChartError for one that was sent already or by a clock that was set back.
    """
    with open_record(writing=True) as work:
        referral = work.referral(referral_id)
        if referral.sent_at is not None:
            raise ChartError(_("This referral was sent already."))
        _check_order(referral.opened_at, act)
        work.change_referral(referral_id, replace(referral, sent_at=act.at, sent_by=act.who), act)
        work.commit()


def mark_answered(open_record: OpenRecord, act: Act, referral_id: int, answer: str) -> None:
    """Note the answer, which came now.

    A referral by telephone may be answered without ever having been sent. Raises NotFound,
    ChartError for one that was answered already, a blank answer or a clock that was set back.
    """
    if not answer.strip():
        raise ChartError(_("Please write down what the answer was."))
    with open_record(writing=True) as work:
        referral = work.referral(referral_id)
        if referral.answered_at is not None:
            raise ChartError(_("This referral was answered already."))
        _check_order(referral.sent_at or referral.opened_at, act)
        answered = replace(referral, answered_at=act.at, answer=answer.strip(), answered_by=act.who)
        work.change_referral(referral_id, answered, act)
        work.commit()


def referrals_waiting(open_record: OpenRecord) -> tuple[StoredReferral, ...]:
    """All referrals without an answer, oldest first: sent ones and those that never went out."""
    with open_record() as work:
        return work.referrals_waiting()


def referrals_of(open_record: OpenRecord, course_id: int) -> tuple[StoredReferral, ...]:
    """The referrals of a course, oldest first."""
    with open_record() as work:
        return work.referrals_of(course_id)


def _check_order(earliest: dt.datetime, act: Act) -> None:
    if act.at < earliest:
        raise ChartError(_("This time is before the step that it follows."))
