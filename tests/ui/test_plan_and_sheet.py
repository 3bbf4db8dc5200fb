"""The plan tab, the retest, and the patient's sheet."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import PlanChoice, Retest
from tests.at_the_desk import ALT, CTRL, Therapist
from ui.forms.plan_section import PlanSection
from ui.papers import sheet as sheets
from ui.papers.handout_preview import HandoutPreview


def plan_tab(therapist: Therapist) -> PlanSection:
    """The plan tab in front."""
    therapist.presses(Qt.Key.Key_9, ALT)
    plan = therapist.page.form("plan")
    assert isinstance(plan, PlanSection)
    return plan


def kept_sheets(planned: Therapist) -> list[bytes]:
    """The home plans of the open visit that are in the record."""
    with planned.desk.open_record() as work:
        papers = work.documents(planned.page.chart.visit_id)
        return [work.document_content(one.id) for one in papers if one.kind == "handout"]


def sheet_of(therapist: Therapist) -> HandoutPreview:
    """The sheet on screen, after Ctrl+P."""
    therapist.presses(Qt.Key.Key_P, CTRL)
    preview = therapist.window.preview
    assert isinstance(preview, HandoutPreview)
    return preview


@pytest.fixture
def planned(therapist: Therapist) -> Therapist:
    """A visit with the screen finished and a plan of two items."""
    therapist.begins_visit()
    therapist.page.model.record(Key("complaint.side"), "right")
    therapist.finishes_screen()
    for item in ("pause_stretching", "slider_seated"):
        assert therapist.page.panel.add_item(item)
    return therapist


def test_any_item_of_the_library_can_be_added_by_hand(therapist: Therapist) -> None:
    """She sees it differently from the panel: that is her right."""
    therapist.begins_visit()
    plan_tab(therapist)
    therapist.presses_button("add:brace")
    assert therapist.stored.plan == (PlanChoice("brace"),)
    assert therapist.focus.objectName() == "dose:brace", "what is to be decided next"


def test_her_own_dose_is_kept_as_typed_and_prints(planned: Therapist) -> None:
    plan_tab(planned)
    planned.goes_to("dose:slider_seated")
    planned.types("2 x 15, morning and night")
    assert planned.stored.plan[1] == PlanChoice("slider_seated", "2 x 15, morning and night")
    assert "2 x 15, morning and night" in sheet_of(planned).text().replace("\r\n", " ")


def test_an_item_is_parked_and_brought_back_in_the_tab(planned: Therapist) -> None:
    plan = plan_tab(planned)
    plan._act("park", "slider_seated")  # noqa: SLF001 - the links carry no name of their own
    assert [choice.item for choice in planned.stored.parked] == ["slider_seated"]
    planned.presses_button("add:slider_seated")
    assert not planned.stored.parked
    assert PlanChoice("slider_seated") in planned.stored.plan


def test_the_next_visit_is_typed_in_days_and_stands_on_the_sheet(planned: Therapist) -> None:
    """`7` for a week: kept as a date, printed, and gone again with the field emptied."""
    plan_tab(planned)
    line = planned.widget("plan.next_visit")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    planned.types("7")
    planned.presses(Qt.Key.Key_Return)
    assert line.text() == "30 Mar 2026"
    assert planned.stored.findings[Key("plan.next_visit")] == "2026-03-30"
    assert "30 Mar 2026" in sheet_of(planned).text()
    planned.presses(Qt.Key.Key_Escape)
    line.setFocus()
    line.selectAll()
    planned.presses(Qt.Key.Key_Delete)
    assert Key("plan.next_visit") not in planned.stored.findings


def test_a_next_visit_that_cannot_be_stays_and_says_why(planned: Therapist) -> None:
    plan_tab(planned)
    planned.goes_to("plan.next_visit")
    planned.types("31-Feb-2026")
    planned.presses(Qt.Key.Key_Return)
    line = planned.widget("plan.next_visit")
    assert isinstance(line, QLineEdit)
    assert line.text() == "31-Feb-2026"
    assert Key("plan.next_visit") not in planned.stored.findings


def test_a_retest_is_entered_by_numbers(planned: Therapist) -> None:
    """54 degrees, a slider, 66 degrees."""
    plan = plan_tab(planned)
    planned.page.to_retest_by_hand()
    assert planned.focus.objectName() == "retest_treatment"
    entry = plan.retest
    entry.treatment.choose("slider_seated")
    entry.test.choose("slr.angle")
    entry.side.choose("right")
    planned.goes_to("retest_before")
    planned.types("54")
    planned.goes_to("retest_after")
    planned.types("66")
    planned.presses(Qt.Key.Key_Return)
    assert planned.stored.retests == (Retest("slider_seated", "slr.angle", Side.RIGHT, 54.0, 66.0),)


def test_a_sign_without_a_number_is_compared_in_words(planned: Therapist) -> None:
    """Resisted tests hurt less after the back was treated; nobody measured by how much."""
    plan = plan_tab(planned)
    entry = plan.retest
    planned.goes_to("retest_before")
    planned.types("5")
    entry.treatment.choose("other")
    entry.test.choose("resisted.result")
    entry.side.choose("right")
    entry.verdict.choose("better")
    planned.goes_to("retest_note")
    planned.types("back treated")
    planned.presses_button("add_retest")
    assert not planned.stored.retests
    assert entry.problem.text(), "a number that cannot belong to the sign is not passed over"
    planned.line("retest_before").clear()
    planned.presses_button("add_retest")
    assert planned.stored.retests == (
        Retest("other", "resisted.result", Side.RIGHT, verdict="better", note="back treated"),
    )


def test_half_a_retest_is_not_taken_and_says_what_is_missing(planned: Therapist) -> None:
    plan = plan_tab(planned)
    entry = plan.retest
    entry.treatment.choose("slider_seated")
    entry.test.choose("slr.angle")
    entry.side.choose("right")
    planned.goes_to("retest_before")
    planned.types("54")
    planned.presses_button("add_retest")
    assert planned.stored.retests == ()
    assert entry.problem.text()
    assert planned.line("retest_before").text() == "54"


def test_the_preview_shows_the_very_pages_that_are_saved_and_kept(
    planned: Therapist, tmp_path: Path
) -> None:
    preview = sheet_of(planned)
    assert preview.sheet is not None
    assert "Case A" in preview.text()
    path = tmp_path / "sheet.pdf"
    preview.save_to(path)
    assert kept_sheets(planned) == [path.read_bytes()] == [preview.sheet.content]
    planned.presses(Qt.Key.Key_Escape)
    assert planned.window.preview is None
    assert planned.page.isVisible()


def test_letter_paper_makes_another_sheet(planned: Therapist) -> None:
    preview = sheet_of(planned)
    assert preview.sheet is not None
    a4 = preview.sheet.content
    preview.paper.choose("letter")
    planned.qtbot.waitUntil(lambda: not preview.is_behind)
    assert preview.sheet.paper == "letter"
    assert preview.sheet.content != a4


def test_a_printed_sheet_is_kept(planned: Therapist, tmp_path: Path) -> None:
    """Printed into a file in place of a printer."""
    preview = sheet_of(planned)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    preview.print_on(printer)
    assert (tmp_path / "paper.pdf").stat().st_size > 10_000
    assert len(kept_sheets(planned)) == 1


def test_a_sheet_that_cannot_be_kept_says_so(
    planned: Therapist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_arguments: object) -> int:
        raise RecordUnavailable("The record is busy.")

    preview = sheet_of(planned)
    monkeypatch.setattr(sheets, "keep_once", unavailable)
    preview.save_to(tmp_path / "sheet.pdf")
    assert preview.note.text() == "The record is busy."


def test_an_unfinished_screen_prints_nothing_and_says_why(therapist: Therapist) -> None:
    therapist.begins_visit()
    preview = sheet_of(therapist)
    assert preview.sheet is None
    assert "screen" in preview.text()
    assert not preview.save.isEnabled()
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.window.visit is therapist.page


def test_the_file_is_named_without_the_patients_name(planned: Therapist) -> None:
    assert sheets.proposed_name(planned.page.chart) == "home-plan-000001-2026-03-23.pdf"
    assert planned.page.chart.model.visit.date == dt.date(2026, 3, 23)
