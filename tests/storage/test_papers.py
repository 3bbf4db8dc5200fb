"""Papers that are kept, found again, and never handed out damaged."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.storage.database import Database
from tests.records import opened

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
TODAY = dt.date(2026, 11, 24)
BEFORE = dt.date(2026, 11, 17)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A record with a course of two visits."""
    database = opened(tmp_path)
    case = Case(Patient("Case A"), (Visit(BEFORE, signed=True), Visit(TODAY)))
    record.chart_case(database.begin, ACT, case)
    return database


def test_papers_of_a_course_are_found_newest_first(database: Database) -> None:
    begin = database.begin
    course = record.open_chart(begin, ACT, 1)
    first, second = (stored.id for stored in course.visits)
    for visit, content in ((first, b"one"), (second, b"two"), (second, b"two"), (first, b"one")):
        record.keep_once(begin, ACT, visit, "handout", content)
    record.keep_once(begin, ACT, first, "letter", b"three")
    found = record.kept_papers(begin, course, "handout")
    assert [(paper.visit_id, paper.date) for paper in found] == [(second, TODAY), (first, BEFORE)]
    assert [record.paper_content(begin, paper.document) for paper in found] == [b"two", b"one"]
    assert record.count_papers(begin, course) == {"handout": 2, "letter": 1}
    database.close()


def test_what_was_printed_before_something_else_is_a_paper_of_its_own_again(
    database: Database,
) -> None:
    """First one, then two, then one again: three papers left the house."""
    begin = database.begin
    course = record.open_chart(begin, ACT, 1)
    visit = course.visits[0].id
    for content in (b"one", b"two", b"one"):
        record.keep_once(begin, ACT, visit, "handout", content)
    assert record.count_papers(begin, course) == {"handout": 3}
    database.close()


def test_a_paper_that_is_not_what_was_kept_is_not_handed_out(database: Database) -> None:
    begin = database.begin
    course = record.open_chart(begin, ACT, 1)
    record.keep_once(begin, ACT, course.visits[0].id, "handout", b"one")
    (paper,) = record.kept_papers(begin, course, "handout")
    other = dataclasses.replace(paper.document, sha256="0" * 64)
    with pytest.raises(ChartError, match="damaged"):
        record.paper_content(begin, other)
    database.close()


def test_the_visits_of_a_day_are_found_signed_or_not(database: Database) -> None:
    begin = database.begin
    record.chart_case(begin, ACT, Case(Patient("Case B"), (Visit(TODAY, signed=True),)))
    found = record.visits_on(begin, TODAY)
    assert [(one.patient.name, one.visit_ordinal) for one in found] == [
        ("Case A", 2),
        ("Case B", 1),
    ]
    assert record.visits_on(begin, dt.date(2026, 11, 25)) == ()
    database.close()
