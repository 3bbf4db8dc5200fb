"""The safety net under a letter: what was warned of, sent and answered stays on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import ChartError, InvalidValue, NotFound
from clinic_desktop.domain.papers import ReferralLetter
from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.course import referrals
from clinic_desktop.services.papers.kinds import LETTER, NOTE, REPORT
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.storage.database import Database
from reports.letter import render_letter
from tests.paper_contents import a_source, a_suggestion
from tests.records import make_older, opened

FLAG = RedFlag("cauda_equina", "E", ("flag.saddle_numbness",), "Send to the emergency department.")
WARNING = "Numb between the legs, bladder or bowel change: 999 at once."
CASE = Case(Patient("Case A", dt.date(1982, 3, 14)), (Visit(dt.date(2026, 3, 2)),))


@pytest.fixture
def visit_id(database: Database, act: Act) -> int:
    """The one visit of the one patient."""
    number = record.chart_case(database.begin, act, CASE)
    return record.open_chart(database.begin, act, number).visits[0].id


def later(act: Act, minutes: int, who: str = "Ben") -> Act:
    return Act(who, act.at + dt.timedelta(minutes=minutes))


def test_a_referral_waits_until_its_answer_is_entered(
    database: Database, act: Act, visit_id: int
) -> None:
    """Opened, sent, answered: each step keeps who and when, and none wipes out another."""
    open_record = database.begin
    referral_id = referrals.open_referral(
        open_record, act, visit_id, " St Anne's, emergency ", FLAG, warning=WARNING
    )
    (waiting,) = referrals.referrals_waiting(open_record)
    opened = waiting.referral
    assert (waiting.id, waiting.number, waiting.name) == (referral_id, 1, "Case A")
    assert (opened.flag, opened.level) == ("cauda_equina", "E")
    assert (opened.recipient, opened.warning) == ("St Anne's, emergency", WARNING)
    assert (opened.opened_by, opened.opened_at, opened.warned_at) == ("Anna", act.at, act.at)
    assert (opened.sent_at, opened.answered_at, opened.waiting) == (None, None, True)

    sent = later(act, 5)
    referrals.mark_sent(open_record, sent, referral_id)
    (waiting,) = referrals.referrals_waiting(open_record)
    assert waiting.referral == replace(opened, sent_at=sent.at, sent_by="Ben")

    back = later(act, 600, "Cora")
    referrals.mark_answered(open_record, back, referral_id, "MRI clear.")
    assert referrals.referrals_waiting(open_record) == ()
    (kept,) = referrals.referrals_of(open_record, 1)
    assert (kept.referral.answer, kept.referral.answered_by) == ("MRI clear.", "Cora")
    assert kept.referral.answered_at == back.at
    assert kept.referral.sent_at == sent.at


def test_no_warning_is_not_a_warning(database: Database, act: Act, visit_id: int) -> None:
    referrals.open_referral(database.begin, act, visit_id, "Dr. Okafor", reason="No change")
    (kept,) = referrals.referrals_waiting(database.begin)
    assert (kept.referral.warning, kept.referral.warned_at, kept.referral.flag) == ("", None, None)


def test_a_step_is_not_taken_twice_nor_before_its_time(
    database: Database, act: Act, visit_id: int
) -> None:
    open_record = database.begin
    referral_id = referrals.open_referral(open_record, act, visit_id, "A", FLAG)
    with pytest.raises(ChartError, match="before the step"):
        referrals.mark_sent(open_record, later(act, -1), referral_id)
    with pytest.raises(ChartError, match="what the answer was"):
        referrals.mark_answered(open_record, later(act, 5), referral_id, " ")
    referrals.mark_sent(open_record, later(act, 5), referral_id)
    with pytest.raises(ChartError, match="sent already"):
        referrals.mark_sent(open_record, later(act, 6), referral_id)
    referrals.mark_answered(open_record, later(act, 7), referral_id, "Seen.")
    with pytest.raises(ChartError, match="answered already"):
        referrals.mark_answered(open_record, later(act, 8), referral_id, "Seen again.")
    (kept,) = referrals.referrals_of(open_record, 1)
    assert kept.referral.answer == "Seen."


def test_what_is_missing_is_said_and_nothing_is_stored(
    database: Database, act: Act, visit_id: int
) -> None:
    open_record = database.begin
    with pytest.raises(ChartError, match="somebody"):
        referrals.open_referral(open_record, act, visit_id, " ", FLAG)
    with pytest.raises(ChartError, match="reason"):
        referrals.open_referral(open_record, act, visit_id, "A")
    with pytest.raises(InvalidValue):
        referrals.open_referral(open_record, act, visit_id, "A", replace(FLAG, id="hunch"))
    with pytest.raises(NotFound):
        referrals.open_referral(open_record, act, 99, "A", FLAG)
    with pytest.raises(NotFound):
        referrals.mark_sent(open_record, act, 99)
    assert referrals.referrals_waiting(open_record) == ()


def test_the_longest_wait_stands_first(database: Database, act: Act, visit_id: int) -> None:
    open_record = database.begin
    for minutes in (30, 10, 20):
        referrals.open_referral(open_record, later(act, minutes), visit_id, f"{minutes}", FLAG)
    waiting = referrals.referrals_waiting(open_record)
    assert [stored.referral.recipient for stored in waiting] == ["10", "20", "30"]


def test_the_letter_that_went_out_is_kept_as_it_was(
    database: Database, act: Act, visit_id: int
) -> None:
    """A reprint gives the same bytes, whatever the chart says by then."""
    first = render_letter(_letter("Go now."))
    second = render_letter(_letter("Go at once."))
    for kind, content in ((LETTER, first), (LETTER, second), (NOTE, b"a note"), (REPORT, b"r")):
        record.keep_document(database.begin, act, visit_id, kind, content)
    with database.begin() as work:
        kinds = [document.kind for document in work.documents(visit_id)]
        assert work.document_content(1) == first
        assert work.document_content(2) == second
    assert kinds == ["letter", "letter", "note", "report"]


def _letter(told: str) -> ReferralLetter:
    return make_referral_letter(
        CASE, a_suggestion(FLAG), a_source(), FLAG.id, told=told, recipient="St Anne's"
    )


def test_a_record_without_referrals_moves_on(tmp_path: Path, act: Act) -> None:
    """A record of the second schema opens, and takes a referral for a visit from before."""
    with make_older(tmp_path, "0002") as old:
        tables = {name for (name,) in old.execute("SELECT name FROM sqlite_master")}
        assert "referrals" not in tables
        stamped = "'2026-03-02T09:00:00+00:00', 'Anna'"
        old.execute(
            "INSERT INTO patients (number, name, same_name, latest_on, changed_at, changed_by)"
            f" VALUES (1, 'Case A', 'case a', '2026-03-02', {stamped})"
        )
        old.execute(f"INSERT INTO courses VALUES (1, 1, NULL, NULL, {stamped})")
        old.execute(
            "INSERT INTO visits (id, course_id, date, decided, changed_at, changed_by)"
            f" VALUES (1, 1, '2026-03-02', 0, {stamped})"
        )
    database = opened(tmp_path)
    try:
        assert referrals.referrals_waiting(database.begin) == ()
        referrals.open_referral(database.begin, act, 1, "St Anne's", FLAG)
        (kept,) = referrals.referrals_waiting(database.begin)
        assert kept.name == "Case A"
    finally:
        database.close()
