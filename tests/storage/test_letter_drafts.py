"""A letter that is being typed is in the record, until it is sent or put away on purpose."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.course.referrals import open_referral, referrals_waiting
from clinic_desktop.services.papers.letter_drafts import (
    letter_drafts_of,
    letters_begun,
    save_letter_drafts,
)
from clinic_desktop.services.record import open_chart, register_patient, start_visit
from clinic_desktop.storage.database import Database
from tests.records import make_older, opened

FLAG = "cauda_equina"


@pytest.fixture
def visit_id(database: Database, act: Act) -> int:
    """A visit of one patient."""
    number = register_patient(database.begin, act, Patient("Case A", dt.date(1982, 3, 14)))
    course = open_chart(database.begin, act, number)
    return start_visit(database.begin, act, course.id, act.at.date())


def keep(database: Database, act: Act, draft: LetterDraft) -> None:
    save_letter_drafts(database.begin, act, (), (draft,))


def later(act: Act, minutes: int) -> Act:
    return replace(act, at=act.at + dt.timedelta(minutes=minutes))


def test_what_was_typed_last_is_what_is_found(database: Database, act: Act, visit_id: int) -> None:
    """One draft for a flag, another for a letter by hand; the newest comes last."""
    by_hand = LetterDraft(visit_id, None, "Dr Hill", "Please take blood.")
    keep(database, act, by_hand)
    keep(database, act, LetterDraft(visit_id, FLAG, "St A"))
    flagged = LetterDraft(visit_id, FLAG, "St Anne's", told="Go there <now> & call.")
    keep(database, later(act, 2), flagged)
    assert letter_drafts_of(database.begin, visit_id) == (by_hand, flagged)
    begun = letters_begun(database.begin)
    assert [(one.name, one.number) for one in begun] == [("Case A", 1)] * 2
    assert [one.draft for one in begun] == [by_hand, flagged]
    assert begun[1].changed_at == later(act, 2).at


def test_a_letter_that_is_blank_again_is_no_draft(
    database: Database, act: Act, visit_id: int
) -> None:
    draft = LetterDraft(visit_id, FLAG, "St Anne's")
    keep(database, act, draft)
    save_letter_drafts(database.begin, act, (draft,), (replace(draft, recipient="  "),))
    assert letters_begun(database.begin) == ()


def test_a_letter_about_something_else_takes_its_text_along(
    database: Database, act: Act, visit_id: int
) -> None:
    """In one act: it is never there twice, and never nowhere."""
    flagged = LetterDraft(visit_id, FLAG, "St Anne's")
    keep(database, act, flagged)
    by_hand = LetterDraft(visit_id, None, "St Anne's")
    save_letter_drafts(database.begin, act, (flagged,), (by_hand,))
    assert letter_drafts_of(database.begin, visit_id) == (by_hand,)


def test_one_that_is_sent_waits_for_its_answer_and_is_no_draft(
    database: Database, act: Act, visit_id: int
) -> None:
    """The other letter of the visit stays where it was."""
    flagged = LetterDraft(visit_id, FLAG, "St Anne's")
    by_hand = LetterDraft(visit_id, None, "Dr Hill", "Please take blood.")
    for draft in (flagged, by_hand):
        keep(database, act, draft)
    flag = RedFlag(FLAG, "E", (), "Go now.")
    open_referral(database.begin, act, visit_id, "St Anne's", flag, draft=flagged)
    assert len(referrals_waiting(database.begin)) == 1
    assert letter_drafts_of(database.begin, visit_id) == (by_hand,)


def test_one_that_is_discarded_is_gone_and_can_be_kept_again(
    database: Database, act: Act, visit_id: int
) -> None:
    draft = LetterDraft(visit_id, FLAG, "St Anne's", referral=None)
    keep(database, act, draft)
    save_letter_drafts(database.begin, act, (draft,), ())
    save_letter_drafts(database.begin, act, (draft,), ())
    assert letters_begun(database.begin) == ()
    keep(database, act, draft)
    assert letter_drafts_of(database.begin, visit_id) == (draft,)


def test_a_letter_for_a_visit_that_is_not_there_is_refused(database: Database, act: Act) -> None:
    with pytest.raises(NotFound, match="visit"):
        keep(database, act, LetterDraft(7, FLAG, "St Anne's"))


def test_a_record_from_before_takes_letters_too(tmp_path: Path, act: Act) -> None:
    """A record of the eighth schema opens, and keeps a letter for a visit that it has."""
    with make_older(tmp_path, "0008") as old:
        names = "SELECT name FROM sqlite_master WHERE name = 'letter_drafts'"
        assert not old.execute(names).fetchall()
    database = opened(tmp_path)
    try:
        number = register_patient(database.begin, act, Patient("Case A", dt.date(1982, 3, 14)))
        course = open_chart(database.begin, act, number)
        visit_id = start_visit(database.begin, act, course.id, act.at.date())
        keep(database, act, LetterDraft(visit_id, FLAG, "St Anne's"))
        assert len(letters_begun(database.begin)) == 1
    finally:
        database.close()
