"""Case files on their way into the record: looked at, charted whole, taken back."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.people import User
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import progress
from clinic_desktop.services.access.guarding import guard
from clinic_desktop.services.casefiles.case_import import (
    CaseFile,
    Imported,
    import_cases,
    look_at_files,
    take_back,
)
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.record import find_patients, register_patient, start_visit
from reports.handout import render_handout
from reports.papers import render_paper
from tests.casefiles import as_bytes, changed, whole_case
from tests.records import opened

NOW = dt.datetime(2026, 3, 23, 10, 42, tzinfo=dt.UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with an empty record."""
    catalogue, text = load_catalogue(), load_catalogue_text()
    knowledge = shipped_knowledge(catalogue, text)
    database = opened(tmp_path / "record")
    yield Desk(
        database.begin, catalogue, text, load_plan_library(),
        suggest=knowledge.suggest, judge_retest=knowledge.judge, explain=knowledge.explain,
        render_handout=render_handout, render_paper=render_paper,
        clock=lambda: NOW, who="T. Keller, PT", clinic=Clinic("Demo clinic"),
    )  # fmt: skip
    database.close()


def unsigned(name: str, visits: int = 2) -> dict[str, Any]:
    """A course of somebody that nobody signed."""
    days = [dt.date(2026, 3, 2) + dt.timedelta(weeks=n) for n in range(visits)]
    return {
        "format": "clinic-desktop-case/1",
        "patient": {"name": name, "birth_date": "1982-03-14"},
        "visits": [
            {"date": day.isoformat(), "findings": {"slr.angle": {"right": 50 + n}}}
            for n, day in enumerate(days)
        ],
    }


def written(folder: Path, name: str, content: object) -> Path:
    """A file of that content."""
    path = folder / name
    path.write_bytes(as_bytes(content))
    return path


def names(desk: Desk) -> list[str]:
    """Who is in the record."""
    return sorted(one.patient.name for one in find_patients(desk.open_record, ""))


def test_looking_tells_what_would_come_of_each_file_and_stores_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    number = register_patient(desk.open_record, desk.act(), Patient("Known", dt.date(1982, 3, 14)))
    paths = [
        written(tmp_path, "new.json", unsigned("New")),
        written(tmp_path, "again.json", unsigned("  new ", 3)),
        written(tmp_path, "known.json", unsigned("KNOWN")),
        written(tmp_path, "broken.json", changed("planned_visits", to=0)),
        tmp_path / "gone.json",
    ]
    new, again, known, broken, gone = look_at_files(desk, [*paths, paths[0]])
    assert new.is_new
    assert new.case is not None
    assert len(new.case.visits) == 2
    assert (again.is_new, again.same_as) == (False, paths[0])
    assert (known.is_new, known.known) == (False, number)
    assert broken.faults == ("planned_visits: 0 is outside 1..52 visits",)
    assert gone.faults == ("the file: cannot be read (no such file or directory)",)
    assert names(desk) == ["Known"]


def test_somebody_born_on_the_same_day_with_a_similar_name_is_named(
    desk: Desk, tmp_path: Path
) -> None:
    """They may be the same person, or not: they are entered as who the file says, and told."""
    born = dt.date(1982, 3, 14)
    register_patient(desk.open_record, desk.act(), Patient("Marden, Ella", born))
    (found,) = look_at_files(desk, [written(tmp_path, "a.json", unsigned("MARDEN, Elle"))])
    assert found.is_new
    assert found.alike is not None
    assert found.alike.patient.name == "Marden, Ella"


def test_each_patient_comes_in_whole_with_the_entries_of_the_trail(
    desk: Desk, tmp_path: Path
) -> None:
    paths = [
        written(tmp_path, "one.json", unsigned("One")),
        written(tmp_path, "two.json", whole_case()),
    ]
    looked = look_at_files(desk, paths)
    found = import_cases(desk, looked)
    assert found.numbers == (1, 2)
    assert not found.can_be_taken_back, "one of the visits was signed elsewhere"
    with desk.open_record() as work:
        for one in found.files:
            assert one.number is not None
            course = work.newest_course(one.number)
            assert course is not None
            assert tuple(stored.visit for stored in course.visits) == one.case.visits  # type: ignore[union-attr]
            assert len(work.course_answers(course.id)) == len(course.visits)
        deeds = [entry.deed for entry in work.audit_entries(AuditQuery(number=2))]
    assert Deed.PATIENT_ADDED in deeds
    assert import_cases(desk, found.files).numbers == found.numbers, "nobody is entered twice"
    assert len(names(desk)) == 2


class Stops:
    """Somebody who cancels after so many visits."""

    def __init__(self, after: int) -> None:
        self.after, self.steps = after, []  # type: ignore[var-annotated]

    def on_step(self, done: int, of: int) -> None:
        """See `progress.Listener`."""
        self.steps.append((done, of))

    def wants_it_stopped(self) -> bool:
        """See `progress.Listener`."""
        return len(self.steps) > self.after


def test_stopped_in_the_middle_of_a_patient_leaves_nothing_of_that_patient(
    desk: Desk, tmp_path: Path
) -> None:
    paths = [written(tmp_path, f"{n}.json", unsigned(f"P{n}", 4)) for n in range(3)]
    looked = look_at_files(desk, paths)
    listener = Stops(after=6)
    with progress.told_to(listener):
        found = import_cases(desk, looked)
    assert found.cancelled
    assert listener.steps[:7] == [(n, 12) for n in range(7)]
    assert names(desk) == ["P0"]
    assert [one.number for one in found.files] == [1, None, None]
    assert import_cases(desk, found.files).numbers == (1, 2, 3), "the others can come in later"


def test_somebody_who_was_entered_meanwhile_is_not_entered_twice(
    desk: Desk, tmp_path: Path
) -> None:
    looked = look_at_files(desk, [written(tmp_path, "a.json", unsigned("A"))])
    number = register_patient(desk.open_record, desk.act(), Patient("a", dt.date(1982, 3, 14)))
    (one,) = import_cases(desk, looked).files
    assert (one.number, one.known) == (None, number)


def test_a_record_that_goes_away_refuses_the_rest(desk: Desk, tmp_path: Path) -> None:
    paths = [written(tmp_path, f"{n}.json", unsigned(f"P{n}")) for n in range(3)]
    looked = look_at_files(desk, paths)
    opened, times = desk.open_record, []

    def away(*, writing: bool = False) -> Any:
        times.append(writing)
        if len(times) > 1:
            raise RecordUnavailable("the drive is gone")
        return opened(writing=writing)

    found = import_cases(replace(desk, open_record=away), looked)
    assert found.numbers == (1,)
    assert [one.refused for one in found.files] == ["", "the drive is gone", "the drive is gone"]
    assert len(times) == 2, "and it is not asked again for each"


def signed_in(desk: Desk, role: Role) -> Desk:
    """The same desk with somebody of a role at it, guarded as in the window."""
    user = User("u1", "Cleo Front", "", role)
    return replace(desk, open_record=guard(desk.open_record, user, desk.clock), user=user)


def test_the_front_desk_brings_nothing_in_whatever_asks_for_it(desk: Desk, tmp_path: Path) -> None:
    """The record refuses; the refusal stands in the trail, and no half patient does."""
    looked = look_at_files(desk, [written(tmp_path, "a.json", unsigned("A"))])
    (one,) = import_cases(signed_in(desk, Role.FRONT_DESK), looked).files
    assert one.number is None
    assert "front desk" in one.refused
    assert names(desk) == []
    with desk.open_record() as work:
        assert [e.deed for e in work.audit_entries(AuditQuery())] == [Deed.REFUSED]


def test_an_assistant_hears_at_once_that_signed_visits_stay_out(desk: Desk, tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "s.json", whole_case()),
        written(tmp_path, "u.json", unsigned("Unsigned")),
    ]
    at = signed_in(desk, Role.ASSISTANT)
    signed, unsigned_one = look_at_files(at, paths)
    assert "Signing a visit" in signed.faults[0]
    assert unsigned_one.is_new
    assert import_cases(at, (signed, unsigned_one)).numbers == (1,)


def brought_in(desk: Desk, folder: Path) -> Imported:
    """Two patients who came in just now."""
    paths = [written(folder, f"{n}.json", unsigned(f"P{n}")) for n in range(2)]
    return import_cases(desk, look_at_files(desk, paths))


def test_what_came_in_is_taken_back_by_the_audited_way(desk: Desk, tmp_path: Path) -> None:
    found = brought_in(desk, tmp_path)
    assert found.can_be_taken_back
    taken = take_back(desk, found.files)
    assert (taken.numbers, taken.problem) == ((1, 2), "")
    assert names(desk) == []
    with desk.open_record() as work:
        assert [one.removed_why for one in work.removed_patients()] == [
            "Imported by mistake, taken back."
        ] * 2


def test_who_was_charted_in_since_stays(desk: Desk, tmp_path: Path) -> None:
    """Undo never hides what somebody typed after the import."""
    found = brought_in(desk, tmp_path)
    with desk.open_record() as work:
        course = work.newest_course(1)
    assert course is not None
    start_visit(desk.open_record, desk.act(), course.id, dt.date(2026, 3, 23))
    taken = take_back(desk, found.files)
    assert taken.numbers == (2,)
    assert "000001" in taken.problem
    assert names(desk) == ["P0"]


def test_looking_at_many_files_tells_how_far_it_is_and_can_be_stopped(
    desk: Desk, tmp_path: Path
) -> None:
    paths = [written(tmp_path, f"{n}.json", unsigned(f"P{n}")) for n in range(5)]
    listener = Stops(after=2)
    with progress.told_to(listener), pytest.raises(progress.Cancelled):
        look_at_files(desk, paths)
    assert listener.steps == [(0, 5), (1, 5), (2, 5)]


def test_no_fault_repeats_what_a_file_says_of_a_person(desk: Desk, tmp_path: Path) -> None:
    content = json.dumps(whole_case()).replace('"female"', '"Quetzal Vantongeren"')
    (found,) = look_at_files(desk, [written(tmp_path, "a.json", content)])
    assert isinstance(found, CaseFile)
    assert found.faults
    assert not any("Quetzal" in fault for fault in found.faults)
