"""All sheets of a day in one go, in a process of its own, from a real record."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.documents import Clinic, Handout
from clinic_desktop.domain.errors import ChartError, TooLargeToPrint
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.day_sheets import (
    DaySheet,
    Made,
    SheetProcess,
    keep_day_sheet,
    sheets_of_day,
)
from clinic_desktop.services.papers.handouts import SheetLook
from clinic_desktop.services.papers.print_words import saying_why
from clinic_desktop.services.record import chart_case, speak_to
from reports.handout import render_handout
from reports.papers import render_paper
from tests.handout_contents import a_suggestion, pages_of
from tests.records import opened
from tests.spanish import speaking

NOW = dt.datetime(2026, 3, 23, 10, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose rules find nothing against a plan, flags excepted."""
    catalogue, text = load_catalogue(), load_catalogue_text()
    knowledge = shipped_knowledge(catalogue, text)
    database = opened(tmp_path)
    yield Desk(
        database.begin, catalogue, text, load_plan_library(),
        suggest=lambda case: a_suggestion() if clear(case) else knowledge.suggest(case),
        judge_retest=knowledge.judge, explain=knowledge.explain,
        render_handout=render_handout, render_paper=render_paper,
        clock=lambda: NOW, who="T. Keller, PT", clinic=Clinic("Demo clinic"),
    )  # fmt: skip
    database.close()


def clear(case: Case) -> bool:
    """Whether the screen of a case counts as finished in these tests."""
    return Key("flag.saddle_numbness") not in case.last.findings


def seen(desk: Desk, name: str, visit: Visit, language: str | None = None) -> int:
    """A patient with one visit in the record."""
    case = Case(Patient(name, language=language), (visit,))
    return chart_case(desk.open_record, desk.act(), case)


def planned(day: dt.date = TODAY, item: str = "slider_seated") -> Visit:
    """A visit with a plan."""
    return Visit(day, {Key("complaint.side"): "right"}, plan=(PlanChoice(item),))


def made_by(process: SheetProcess) -> list[Made]:
    """All that a process sends back."""
    made = []
    while not process.done:
        one = process.next_made(60)
        if one is not None:
            made.append(one)
    return made


def test_todays_visits_with_a_plan_and_no_open_flag_are_made(desk: Desk) -> None:
    """Each in its patient's language; the others are named with the reason."""
    seen(desk, "Ana", planned(), "es")
    seen(desk, "Ben", planned())
    seen(desk, "Cleo", Visit(TODAY))
    flagged = planned().charted(Key("flag.saddle_numbness"), "yes")
    seen(desk, "Dora", flagged)
    seen(desk, "Eva", planned(TODAY - dt.timedelta(days=1)))
    seen(desk, "Finn", planned(item="traction_sidelying"))
    sheets, left_out = sheets_of_day(desk, TODAY)
    assert [sheet.content.patient for sheet in sheets] == ["Ana", "Ben"]
    assert [sheet.content.language for sheet in sheets] == ["es", "en"]
    assert [one.name for one in left_out] == ["Cleo", "Dora", "Finn"]
    assert left_out[0].reason == "No plan was chosen."
    assert "Cauda equina" in left_out[1].reason
    assert "clinic" in left_out[2].reason


def test_a_sheet_of_the_day_is_as_it_was_seen(desk: Desk) -> None:
    """In the language and size that were chosen beside its pages, though it did not leave yet."""
    seen(desk, "Ana", planned())
    seen(desk, "Ben", planned())
    (ana, _ben), _left_out = sheets_of_day(desk, TODAY)
    sheets, _left_out = sheets_of_day(desk, TODAY, {ana.visit_id: SheetLook("a4", "es", 18)})
    told = [(sheet.content.language, sheet.content.text_size) for sheet in sheets]
    assert told == [("es", 18), ("en", 14)]


def test_a_patient_whose_language_nobody_knows_gets_the_clinicians(desk: Desk) -> None:
    """And keeps it: what left the house in Spanish is no English sheet next time."""
    seen(desk, "Ana", planned())
    spanish = replace(desk, plan_library=load_plan_library("es"))
    (sheet,), _left_out = sheets_of_day(spanish, TODAY)
    assert sheet.content.language == "es"
    assert speak_to(desk.open_record, desk.act(), sheet.number, "es", usual="es") is False
    (again,), _left_out = sheets_of_day(desk, TODAY)
    assert again.content.language == "es"


def test_the_process_gives_the_very_bytes_that_the_preview_shows(desk: Desk) -> None:
    seen(desk, "Ana", planned())
    seen(desk, "Ben", planned())
    sheets, _left_out = sheets_of_day(desk, TODAY)
    process = SheetProcess(render_handout, sheets, "letter")
    process.start()
    try:
        made = made_by(process)
    finally:
        process.stop()
    assert [one.place for one in made] == [0, 1]
    assert [one.content for one in made] == [render_handout(s.content, "letter") for s in sheets]
    assert "Ben" in pages_of(made[1].content)[0]


def test_a_sheet_that_cannot_be_made_does_not_keep_the_others_back(desk: Desk) -> None:
    """A letter that the typeface does not have: named, never with the text."""
    seen(desk, "Ana", planned())
    sheets, _left_out = sheets_of_day(desk, TODAY)
    unprintable = replace(sheets[0].content, patient="\u4e2d\u6587")
    wrong = replace(sheets[0], content=unprintable)
    process = SheetProcess(render_handout, [wrong, sheets[0]], "a4")
    process.start()
    try:
        first, second = made_by(process)
    finally:
        process.stop()
    assert "cannot print" in first.problem
    assert not first.content
    assert second.content


def for_ever(_content: Handout, _paper: str) -> bytes:
    """A sheet that never gets ready."""
    while True:
        time.sleep(1)


def falls_over(_content: Handout, _paper: str) -> bytes:
    """A fault of ours."""
    raise SystemExit(3)


@pytest.fixture
def one_sheet(desk: Desk) -> DaySheet:
    """The day's only sheet."""
    seen(desk, "Ana", planned())
    return sheets_of_day(desk, TODAY)[0][0]


def refuses(_content: Handout, _paper: str) -> bytes:
    """A paper that cannot be printed, told as the window's composition root tells it."""
    with saying_why():
        raise TooLargeToPrint


def test_why_a_sheet_cannot_be_made_is_said_in_the_windows_language(desk: Desk) -> None:
    """The process that makes it is a program of its own, and speaks what the window speaks."""
    seen(desk, "Ana", planned())
    sheets, _left_out = sheets_of_day(desk, TODAY)
    with speaking("es"):
        process = SheetProcess(refuses, sheets, "a4")
        process.start()
    try:
        (made,) = made_by(process)
    finally:
        process.stop()
    assert made.problem == "Algo es demasiado grande para una página de este papel."


def test_cancelled_it_ends_at_once_and_nothing_more_comes(one_sheet: DaySheet) -> None:
    process = SheetProcess(for_ever, [one_sheet], "a4")
    process.start()
    assert process.next_made() is None
    process.stop()
    assert process.done
    assert process.next_made() is None


def test_one_that_was_never_begun_can_be_cancelled(one_sheet: DaySheet) -> None:
    process = SheetProcess(for_ever, [one_sheet], "a4")
    process.stop()
    assert process.done


def test_a_process_that_dies_is_noticed_and_said(one_sheet: DaySheet) -> None:
    process = SheetProcess(falls_over, [one_sheet], "a4")
    process.start()
    try:
        with pytest.raises(ChartError, match="ended early"):
            made_by(process)
    finally:
        process.stop()


def test_a_sheet_in_another_language_comes_back_with_its_file_copy(desk: Desk) -> None:
    """Both are made beside the window, and kept together."""
    seen(desk, "Ana", planned(), "es")
    seen(desk, "Ben", planned())
    sheets, _left_out = sheets_of_day(desk, TODAY)
    process = SheetProcess(render_handout, sheets, "a4")
    process.start()
    try:
        spanish, english = made_by(process)
    finally:
        process.stop()
    assert "FILE COPY" in pages_of(spanish.copy)[0]
    assert not english.copy
    for sheet, made in zip(sheets, (spanish, english), strict=True):
        keep_day_sheet(desk, sheet, made)
    with desk.open_record() as work:
        kinds = [[one.kind for one in work.documents(sheet.visit_id)] for sheet in sheets]
    assert kinds == [["handout", "handout_copy"], ["handout"]]
