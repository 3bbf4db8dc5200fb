"""The right patient, a whole life long: names put right, two entries of one, a visit moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.errors import ChartError, DuplicatePatient, SignedVisit
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.record import (
    chart_case,
    correct_patient,
    find_patients,
    open_chart,
    register_patient,
    unsigned_drafts,
)
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.entries import (
    likely_duplicates,
    merge_patients,
    move_visit,
    names_alike,
    part_patients,
    past_retention,
    remove_entry,
    removed_entries,
    restore_entry,
    take_back,
)
from clinic_desktop.services.visit.signing import sign_visit
from clinic_desktop.storage.database import Database
from tests.records import opened
from tests.signers import ANNA, Staff

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
BORN = dt.date(1982, 3, 14)
TEXT = Key("complaint.sport")
ANSWER = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), (), ())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty record."""
    database = opened(tmp_path)
    yield database
    database.close()


def charted(
    database: Database, name: str, *days: str, signed: bool = False, born: dt.date | None = BORN
) -> int:
    """A patient with a visit on each day."""
    visits = tuple(
        Visit(dt.date.fromisoformat(day), {TEXT: f"{name} on {day}"}, signed=signed) for day in days
    )
    return chart_case(database.begin, ACT, Case(Patient(name, born), visits))


def told(database: Database, number: int, deed: Deed) -> list[str]:
    """The fields that entries of the trail about a patient name."""
    with database.begin() as work:
        found = work.audit_entries(AuditQuery(number=number, deeds=frozenset({deed})))
    return [entry.field for entry in found]


def test_details_are_put_right_and_the_trail_says_what_stood_there(database: Database) -> None:
    number = charted(database, "Ana Diaz", "2026-03-02")
    correct_patient(database.begin, ACT, number, Patient("Anna Díaz", dt.date(1982, 4, 13)))
    (found,) = find_patients(database.begin, "díaz")
    assert found.patient.birth_date == dt.date(1982, 4, 13)
    with database.begin() as work:
        trail = work.audit_entries(AuditQuery(deeds=frozenset({Deed.PATIENT_CHANGED})))
    assert {(e.field, e.before, e.after) for e in trail} == {
        ("name", '"Ana Diaz"', '"Anna Díaz"'),
        ("birth_date", '"1982-03-14"', '"1982-04-13"'),
    }


@pytest.mark.parametrize("name", ["A\u202ena", "A\u200bna", "A\nna", "A\x00na"])
def test_a_name_that_hides_a_sign_is_refused(database: Database, name: str) -> None:
    """Two patients whose names look the same would not be the same to the search."""
    with pytest.raises(ChartError, match="which nobody sees"):
        register_patient(database.begin, ACT, Patient(name, BORN))


def test_merged_entries_are_one_patient_and_both_numbers_find_it(database: Database) -> None:
    kept = charted(database, "Ana Diaz", "2026-03-02")
    other = charted(database, "Anna Diaz-Lopez", "2026-05-02")
    merge_patients(database.begin, ACT, kept, other, "entered twice")
    for typed in (f"{other}", "lopez", "ana"):
        (found,) = find_patients(database.begin, typed)
        assert (found.number, found.patient.name) == (kept, "Ana Diaz")
        assert found.last_visit == dt.date(2026, 5, 2)
    with database.begin() as work:
        assert work.count_patients() == 1
        courses = work.courses(other)
    assert [course.number for course in courses] == [kept, kept]
    assert open_chart(database.begin, ACT, other).visits[0].visit.date == dt.date(2026, 5, 2)
    assert {draft.number for draft in unsigned_drafts(database.begin)} == {kept}
    with pytest.raises(DuplicatePatient, match=f"{kept:06d}"):
        register_patient(database.begin, ACT, Patient("anna  DIAZ-lopez", BORN))
    assert told(database, kept, Deed.PATIENTS_MERGED) == ["merged_into"]


def test_a_merge_is_taken_back_without_a_trace_in_the_charts(database: Database) -> None:
    kept = charted(database, "Ana Diaz", "2026-03-02")
    other = charted(database, "Anna Diaz", "2026-05-02")
    with database.begin() as work:
        before = (work.courses(kept), work.courses(other))
    merge_patients(database.begin, ACT, kept, other)
    part_patients(database.begin, ACT, other)
    with database.begin() as work:
        assert (work.courses(kept), work.courses(other)) == before
    assert [p.number for p in find_patients(database.begin, "")] == [other, kept]


def test_signed_visits_stay_under_the_number_they_were_signed_for(database: Database) -> None:
    """Their signatures name it, so a merge touches no course."""
    kept = charted(database, "Ana Diaz", "2026-03-02", signed=True)
    other = charted(database, "Anna Diaz", "2026-05-02", signed=True)
    merge_patients(database.begin, ACT, kept, other)
    with database.begin() as work:
        assert [course.signed_number for course in work.courses(kept)] == [kept, other]


def test_a_signature_holds_before_during_and_after_a_merge(database: Database) -> None:
    """A real one: what was signed under the other number verifies, and so does what comes next."""
    kept = charted(database, "Ana Diaz", "2026-03-02")
    other = charted(database, "Anna Diaz", "2026-05-02", "2026-05-09")
    pen = Staff(database.begin).pen(ANNA)
    with database.begin() as work:
        (course,) = work.courses(other)
    first, second = course.visits

    def states() -> list[State]:
        found = check_course(database.begin, course.id, "clinic-1")
        return [found[visit.id].state for visit in (first, second)]

    sign_visit(database.begin, ACT, pen, first.id, first.visit, ANSWER)
    assert states() == [State.VALID, State.DRAFT]
    merge_patients(database.begin, ACT, kept, other)
    assert states() == [State.VALID, State.DRAFT]
    sign_visit(database.begin, ACT, pen, second.id, second.visit, ANSWER)
    assert states() == [State.VALID, State.VALID]
    part_patients(database.begin, ACT, other)
    assert states() == [State.VALID, State.VALID]


def test_what_is_merged_into_another_goes_along(database: Database) -> None:
    first, second, third = (charted(database, f"Ana {n}", "2026-03-02") for n in "abc")
    merge_patients(database.begin, ACT, second, third)
    merge_patients(database.begin, ACT, first, second)
    assert [found.number for found in find_patients(database.begin, "ana")] == [first]
    with pytest.raises(ChartError, match="one patient already"):
        merge_patients(database.begin, ACT, third, first)


def test_likely_duplicates_are_asked_about_and_nothing_is_merged(database: Database) -> None:
    pairs = {
        "same": (charted(database, "Ana Díaz", "2026-03-02"), "Diaz, Ana"),
        "spelling": (charted(database, "Katherine Mueller", "2026-03-02"), "Katharine Muller"),
    }
    expected = {
        (number, register_patient(database.begin, ACT, Patient(name, BORN)))
        for number, name in pairs.values()
    }
    charted(database, "Bert Otto", "2026-03-02")
    charted(database, "Ana Diaz", "2026-03-02", born=dt.date(1990, 1, 1))
    found = likely_duplicates(database.begin)
    assert {(one.number, two.number) for one, two in found} == expected
    assert not names_alike(Patient("Ana Diaz"), Patient("Otto Berg"))


def test_a_visit_on_the_wrong_patient_moves_with_all_that_is_in_it(database: Database) -> None:
    text, catalogue = load_catalogue_text(), load_catalogue()
    suggest = shipped_knowledge(catalogue, text).suggest
    wrong = charted(database, "Ana Diaz", "2026-03-02", "2026-03-09")
    right = charted(database, "Bert Otto", "2026-03-05")
    with database.begin() as work:
        visit = work.courses(wrong)[0].visits[1]
    came_from = move_visit(database.begin, ACT, visit.id, right, "wrong chart", suggest)
    with database.begin() as work:
        here, there = work.courses(right)[0], work.courses(wrong)[0]
        answers = {answer.visit_id: answer.number for answer in work.answers(signed_only=False)}
    assert [s.visit.date.day for s in here.visits] == [5, 9]
    assert here.visits[1].visit == visit.visit
    assert [s.visit.date.day for s in there.visits] == [2]
    assert answers[visit.id] == right
    for number in (wrong, right):
        assert told(database, number, Deed.VISIT_MOVED) == ["patient"]
    take_back(database.begin, ACT, visit.id, came_from, suggest)
    with database.begin() as work:
        assert [s.visit for s in work.courses(wrong)[0].visits][1] == visit.visit


def test_a_signed_visit_stays_and_an_addendum_says_whose_it_is(database: Database) -> None:
    wrong = charted(database, "Ana Diaz", "2026-03-02", signed=True)
    right = charted(database, "Bert Otto", "2026-03-05")
    with database.begin() as work:
        visit = work.courses(wrong)[0].visits[0]
    with pytest.raises(SignedVisit, match="addendum"):
        move_visit(database.begin, ACT, visit.id, right)
    with pytest.raises(SignedVisit), database.begin(writing=True) as work:
        work.move_visit(visit.id, work.courses(right)[0].id, ACT, "")


def test_a_mistaken_entry_goes_with_a_reason_and_can_come_back(database: Database) -> None:
    number = charted(database, "Ana Diaz", "2026-03-02")
    with pytest.raises(ChartError, match="say why"):
        remove_entry(database.begin, ACT, number, "  ")
    remove_entry(database.begin, ACT, number, "a test entry")
    assert find_patients(database.begin, "ana") == find_patients(database.begin, "") == ()
    assert unsigned_drafts(database.begin) == ()
    (entry,) = removed_entries(database.begin)
    assert (entry.number, entry.removed_why) == (number, "a test entry")
    with database.begin() as work:
        (said,) = work.audit_entries(AuditQuery(deeds=frozenset({Deed.PATIENT_REMOVED})))
    assert (said.number, said.reason) == (number, "a test entry")
    # The same person may be entered anew meanwhile.
    assert register_patient(database.begin, ACT, Patient("Ana Diaz", BORN)) != number
    restore_entry(database.begin, ACT, number)
    assert len(find_patients(database.begin, "ana")) == 2


def test_what_is_signed_is_never_removed(database: Database) -> None:
    number = charted(database, "Ana Diaz", "2026-03-02", signed=True)
    with pytest.raises(ChartError, match="what is signed is not removed"):
        remove_entry(database.begin, ACT, number, "a test entry")


def test_who_was_not_seen_for_years_is_a_report_only(database: Database) -> None:
    old = charted(database, "Ana Diaz", "2016-11-23")
    charted(database, "Bert Otto", "2016-11-24")
    leap = dt.date(2028, 2, 29)
    assert [e.number for e in past_retention(database.begin, ACT.at.date(), 10)] == [old]
    assert past_retention(database.begin, leap, 20) == ()
    with pytest.raises(ChartError):
        past_retention(database.begin, leap, 0)
    with database.begin() as work:
        assert work.count_patients() == 2
