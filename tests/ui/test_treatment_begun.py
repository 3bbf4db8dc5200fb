"""A treatment that was given stays, though no sign was taken again after it yet."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Retest, Treatment
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.record import export_case
from tests.at_the_desk import CTRL, Therapist
from ui.papers.sheet import paper_source

SLR = Key("slr.angle", Side.RIGHT)
GIVEN = Treatment("slider_seated", dose="2 x 10", minutes=4)


def names_a_slider(therapist: Therapist) -> None:
    """Today's visit with one sign followed; a slider with its dose and minutes, no value yet."""
    therapist.begins_visit()
    therapist.page.model.record(SLR, 54)
    therapist.page.model.editor.choose_signs((SLR,))
    therapist.page.open_section("nerves")
    therapist.presses(Qt.Key.Key_R, CTRL)
    therapist.types("seated")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("2 x 10")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("4")


def comes_back(therapist: Therapist) -> None:
    """The program ends without a word, and the chart is opened anew."""
    number, visit_id = therapist.page.chart.number, therapist.page.chart.visit_id
    therapist.reopen()
    therapist.window.open_patient(number, visit_id)
    therapist.page.open_section("nerves")


def test_it_is_in_the_record_before_anything_is_measured(therapist: Therapist) -> None:
    names_a_slider(therapist)
    therapist.page.flush()
    assert therapist.stored.begun == GIVEN
    assert therapist.stored.retests == ()


def test_after_a_crash_the_one_key_goes_on_where_it_was(therapist: Therapist) -> None:
    names_a_slider(therapist)
    comes_back(therapist)
    therapist.presses(Qt.Key.Key_R, CTRL)
    assert therapist.line("retest_dose_given").text() == "2 x 10"
    assert therapist.focus.objectName() == f"retest_after:{SLR}"
    therapist.types("66")
    therapist.presses(Qt.Key.Key_Return)
    therapist.page.flush()
    made = Retest("slider_seated", *SLR, 54, 66, None, None, "2 x 10", 4)
    assert (therapist.stored.retests, therapist.stored.begun) == ((made,), None)


def test_undo_takes_the_name_back_and_redo_gives_it(therapist: Therapist) -> None:
    names_a_slider(therapist)
    editor = therapist.page.model.editor
    for begun in (replace(GIVEN, minutes=None), Treatment("slider_seated"), None):
        editor.undo()
        assert editor.visit.begun == begun
    editor.redo()
    assert editor.visit.begun == Treatment("slider_seated")


def test_the_value_taken_back_leaves_the_treatment(therapist: Therapist) -> None:
    names_a_slider(therapist)
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("66")
    editor = therapist.page.model.editor
    assert len(therapist.page.model.visit.retests) == 1
    editor.undo()
    assert editor.visit.retests == ()
    assert editor.visit.begun == GIVEN


def test_the_note_says_that_nothing_was_measured_and_not_that_nothing_changed(
    therapist: Therapist,
) -> None:
    names_a_slider(therapist)
    page = therapist.page
    note = make_visit_note(
        page.model.editor.case, page.model.editor.suggestion, paper_source(page.chart)
    )
    assert note.retests.lines == (
        "Seated nerve slider (2 x 10; 4 min): no sign taken again after it.",
    )


def test_the_case_file_carries_it(therapist: Therapist) -> None:
    names_a_slider(therapist)
    therapist.page.flush()
    desk = therapist.desk
    case = export_case(desk.open_record, desk.act(), therapist.page.chart.number)
    assert case.last.begun == GIVEN
    assert read_case(write_case(case), desk.catalogue, desk.plan_library.items) == case
