"""Case files: what is read is what was said, and what is written reads back the same."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings

import resources
from clinic_desktop.domain.courses import Closing, CourseFacts, GoalNumber
from clinic_desktop.domain.values import RED_FLAGS, Key, Side
from clinic_desktop.domain.visits import Case, FlagResolution, Patient, PlanChoice, Retest, Visit
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from tests.casefiles import NAME, REASON, TEXT, as_bytes, changed, whole_case
from tests.strategies import PLAN_ITEMS, cases

CATALOGUE = load_catalogue()
FINDINGS = ("visits", 0, "findings")


def read(content: object) -> Case:
    return read_case(as_bytes(content), CATALOGUE, PLAN_ITEMS)


def test_everything_of_the_format_is_read() -> None:
    case = read(whole_case())
    first, second = case.visits
    assert case.patient == Patient(NAME, dt.date(1982, 3, 14), None, "female", "en")
    assert case.course == CourseFacts(
        TEXT,
        "right",
        TEXT,
        GoalNumber("outcome.pain_free_run", 9.7),
        4,
        dt.date(2026, 3, 1),
        Closing(dt.date(2026, 3, 30), "goals_met", TEXT),
    )
    assert first.findings[Key("slr.angle", Side.LEFT)] == 72.5
    assert first.findings[Key("slr.result", Side.LEFT)] == "unable"
    assert first.retests[0] == Retest(
        "slider_seated", "bridge.pain", Side.RIGHT, 6, 3, dose="2 x 10", minutes=4
    )
    assert first.signs == (Key("bridge.pain", Side.RIGHT), Key("outcome.nprs_now"))
    assert first.activities == (TEXT, "sitting in the car")
    assert first.retests[1].verdict == "better"
    assert first.plan[1] == PlanChoice("slider_seated", "2 x 10, once a day")
    assert first.parked == (PlanChoice("brace"), PlanChoice("hinge", TEXT))
    assert first.resolved_flags == (FlagResolution("bone_stress_femoral_neck", REASON),)
    assert first.signed is False
    assert second == Visit(dt.date(2026, 3, 2), signed=True)


def test_what_was_not_charted_is_not_there() -> None:
    findings = read(whole_case()).visits[0].findings
    assert Key("slump.result", Side.RIGHT) not in findings
    assert Key("flag.pop") not in findings
    assert Key("complaint.sites", Side.LEFT) not in findings


def test_a_set_keeps_its_order_and_an_empty_one_is_an_answer() -> None:
    sites = Key("complaint.sites", Side.RIGHT)
    assert read(whole_case()).visits[0].findings[sites] == ("mid_posterior_thigh", "gluteal_fold")
    none = changed(*FINDINGS, "complaint.sites", to={"right": []})
    assert read(none).visits[0].findings[sites] == ()


def test_numbers_stay_whole_or_broken_as_they_were() -> None:
    findings = read(whole_case()).visits[0].findings
    assert type(findings[Key("slr.angle", Side.RIGHT)]) is int
    assert type(findings[Key("slr.angle", Side.LEFT)]) is float


def test_an_age_may_stand_in_place_of_the_birth_date() -> None:
    assert read(changed("patient", to={"name": "N", "age": 130})).patient.age == 130


def test_a_byte_order_mark_before_the_file_does_no_harm() -> None:
    assert read(b"\xef\xbb\xbf" + as_bytes(whole_case())) == read(whole_case())


def test_newlines_and_tabs_belong_to_notes() -> None:
    note = "first line\n\tsecond line"
    assert read(changed("goal", to=note)).goal == note


@given(cases(CATALOGUE))
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_the_same(case: Case) -> None:
    written = write_case(case)
    assert read(written) == case
    assert write_case(read(written)) == written


@given(cases(CATALOGUE))
@settings(max_examples=20, deadline=None)
def test_the_order_of_charting_leaves_no_trace(case: Case) -> None:
    backwards = Case(
        case.patient,
        tuple(
            Visit(
                visit.date,
                dict(reversed(list(visit.findings.items()))),
                *(visit.retests, visit.plan, visit.parked, visit.resolved_flags),
                dict(reversed(list(visit.notes_on.items()))),
                *(visit.psfs, visit.decision, visit.addenda, visit.signed),
                dict(reversed(list(visit.adherence.items()))),
                *(visit.signs, visit.activities, visit.begun),
            )
            for visit in case.visits
        ),
        case.course,
    )
    assert write_case(backwards) == write_case(case)


def test_what_was_never_said_has_no_key() -> None:
    written = json.loads(write_case(Case(Patient("N"), (Visit(dt.date(2026, 3, 2)),))))
    assert written == {
        "format": "clinic-desktop-case/1",
        "patient": {"name": "N"},
        "visits": [{"date": "2026-03-02", "findings": {}}],
    }


@pytest.mark.parametrize("name", ["article_1", "article_2", "article_3"])
def test_the_published_cases_are_shipped_as_they_would_be_exported(name: str) -> None:
    shipped = resources.data(f"cases/{name}.json")
    case = read(shipped)
    assert write_case(case) == shipped
    assert len(case.visits) == 1
    assert not [key for key in case.last.findings if key.side == Side.LEFT]


def test_the_published_cases_leave_open_what_was_not_recorded() -> None:
    first, second, third = (
        read(resources.data(f"cases/article_{number}.json")).last.findings for number in (1, 2, 3)
    )
    assert Key("story.stretching_before") not in first
    assert not [key for key in second if key.finding.startswith(("flag.", "story."))]
    assert [str(key) for key in third if key.finding.startswith("flag.")] == ["flag.pop"]


def test_the_red_flags_are_the_contracts() -> None:
    assert len(RED_FLAGS) == len(set(RED_FLAGS)) == 16
