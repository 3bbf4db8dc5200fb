"""The sheet is edited beside its pages, leaves the house as it is seen, and is kept as it left."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.papers.day_sheets import sheets_of_day
from clinic_desktop.services.papers.habits import PaperHabit
from clinic_desktop.services.record import kept_papers, paper_content
from tests.at_the_desk import CTRL, TODAY, Therapist
from tests.handout_contents import pages_of
from ui.forms.choice import ChoiceInput
from ui.forms.segments import SegmentedInput
from ui.papers import page_maker
from ui.papers.handout_preview import HandoutPreview
from ui.papers.sheet import Job


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def settled(therapist: Therapist, preview: HandoutPreview) -> str:
    """The words of the sheet once it has caught up with the typing."""
    therapist.qtbot.waitUntil(lambda: not preview.is_behind)
    return in_one_line(preview.text())


def opened(therapist: Therapist) -> HandoutPreview:
    therapist.presses(Qt.Key.Key_P, CTRL)
    preview = therapist.window.preview
    assert isinstance(preview, HandoutPreview)
    return preview


def side_of(therapist: Therapist, item: str) -> SegmentedInput:
    field = therapist.widget(f"sheet_side:{item}")
    assert isinstance(field, SegmentedInput)
    return field


@pytest.fixture
def planned(therapist: Therapist) -> Therapist:
    """A visit with the screen finished and a plan: two items, one of them for the clinic only."""
    therapist.begins_visit()
    therapist.page.model.record(Key("complaint.side"), "right")
    therapist.finishes_screen()
    items = ("pause_stretching", "slider_seated", "traction_sidelying")
    therapist.page.model.editor.plan(tuple(map(PlanChoice, items)))
    return therapist


def test_words_for_this_patient_are_kept_and_stand_on_the_page(planned: Therapist) -> None:
    """Typed, seen on the very page, durable in the record, and none of it lost on the way back."""
    preview = opened(planned)
    planned.goes_to("sheet_words:slider_seated")
    planned.types("On the blue chair.")
    assert preview.is_behind, "the pages wait for a pause"
    assert "On the blue chair." in settled(planned, preview)
    planned.types(" Not in bed.")
    planned.presses(Qt.Key.Key_Escape)
    assert planned.stored.plan[1].words == "On the blue chair. Not in bed."


def test_typing_does_not_wait_for_a_page_and_only_the_last_state_is_drawn(
    planned: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = opened(planned)
    drawn: list[object] = []
    draw = page_maker.draw

    def slowly(job: Job) -> page_maker.Drawn:
        drawn.append(job)
        return draw(job)

    monkeypatch.setattr(page_maker, "draw", slowly)
    planned.goes_to("sheet_dose:slider_seated")
    QTest.keyClicks(planned.focus, "5 times a day")
    assert not drawn, "not one page for each key"
    assert "5 times a day" in settled(planned, preview)
    assert len(drawn) == 1


def test_side_order_and_dose_go_into_the_visit(planned: Therapist) -> None:
    preview = opened(planned)
    side_of(planned, "slider_seated").choose("both")
    planned.presses_button("up:slider_seated")
    planned.goes_to("sheet_dose:slider_seated")
    planned.types("5 times")
    assert planned.stored.plan[0] == PlanChoice("slider_seated", "5 times", "both")
    assert "both legs" in settled(planned, preview)
    planned.presses_button("remove:slider_seated")
    assert [choice.item for choice in planned.stored.plan] == [
        "pause_stretching", "traction_sidelying",
    ]  # fmt: skip


def test_nothing_that_is_done_in_the_clinic_reaches_the_sheet(planned: Therapist) -> None:
    planned.page.model.editor.plan_words("traction_sidelying", "Only with two therapists.")
    preview = opened(planned)
    assert "two therapists" not in in_one_line(preview.text())
    assert not planned.widget("sheet_words:traction_sidelying").isVisible()


def test_undo_takes_back_what_was_done_to_the_sheet(planned: Therapist) -> None:
    preview = opened(planned)
    side_of(planned, "slider_seated").choose("left")
    assert "left leg" in settled(planned, preview)
    preview.print.setFocus()
    planned.presses(Qt.Key.Key_Z, CTRL)
    assert planned.stored.plan[1].side is None
    assert "right leg" in settled(planned, preview)


def test_a_hard_word_is_marked_and_a_plain_one_offered(planned: Therapist) -> None:
    preview = opened(planned)
    planned.goes_to("sheet_words:slider_seated")
    planned.types("Utilize a chair.")
    settled(planned, preview)
    reading = preview.editor.row("slider_seated").reading
    assert "Utilize: write “use”" in reading.text()
    planned.presses_button("plainer:Utilize")
    assert planned.stored.plan[1].words == "Use a chair."
    settled(planned, preview)
    assert "Utilize" not in reading.text()
    assert "reading grade" in preview.editor.reading.text()


def test_in_spanish_the_sheet_and_its_usual_doses_are_spanish(planned: Therapist) -> None:
    preview = opened(planned)
    preview.language.choose("es")
    assert "reading ease" in preview.editor.reading.text()
    assert "Su plan" in settled(planned, preview)
    spanish = planned.desk.library_in("es").texts["slider_seated"].dose
    assert planned.line("sheet_dose:slider_seated").placeholderText() == spanish
    planned.presses(Qt.Key.Key_Escape)
    assert opened(planned).language.value() == "es", "as it was left"


def test_large_print_is_larger(planned: Therapist) -> None:
    preview = opened(planned)
    assert preview.sheet is not None
    normal = preview.sheet.content
    preview.size_of_text.choose("18")
    settled(planned, preview)
    assert preview.sheet.content != normal
    preview.size_of_text.choose(None)
    assert preview.size_of_text.value() == "18", "one of the two always stands"


def test_the_place_on_the_page_is_kept(planned: Therapist) -> None:
    preview = opened(planned)
    bar = preview._pages.verticalScrollBar()  # noqa: SLF001 - where the therapist is looking
    planned.qtbot.waitUntil(lambda: bar.maximum() > 150)
    bar.setValue(150)
    planned.goes_to("sheet_dose:slider_seated")
    planned.types("5 times a day")
    settled(planned, preview)
    assert bar.value() == 150


def test_what_is_saved_is_what_was_typed_last_even_before_the_pause_is_over(
    planned: Therapist, tmp_path: Path
) -> None:
    preview = opened(planned)
    planned.goes_to("sheet_words:slider_seated")
    planned.types("Slowly.")
    preview.save_to(tmp_path / "sheet.pdf")
    assert "Slowly." in pages_of((tmp_path / "sheet.pdf").read_bytes())[0]


def test_a_kept_sheet_is_printed_again_with_the_same_bytes(
    planned: Therapist, tmp_path: Path
) -> None:
    preview = opened(planned)
    preview.save_to(tmp_path / "first.pdf")
    preview.save_to(tmp_path / "again.pdf")
    course = planned.page.chart.course
    kept = kept_papers(planned.desk.open_record, course, "handout")
    assert len(kept) == 1, "the same bytes are no second paper"
    planned.goes_to("sheet_dose:slider_seated")
    planned.types("5 times a day")
    settled(planned, preview)
    preview.papers.list.choose(0)
    preview.papers.list.open_current()
    assert "5 times a day" not in in_one_line(preview.text())
    preview.save_to(tmp_path / "reprint.pdf")
    first = (tmp_path / "first.pdf").read_bytes()
    assert (tmp_path / "reprint.pdf").read_bytes() == first
    assert paper_content(planned.desk.open_record, kept[0].document) == first
    planned.presses_button("present")
    assert "5 times a day" in in_one_line(preview.text())
    assert planned.widget("papers_handout").accessibleName() == "Handouts, 1 kept"


def test_over_an_open_flag_not_even_an_earlier_sheet_is_printed(
    planned: Therapist, tmp_path: Path
) -> None:
    preview = opened(planned)
    preview.save_to(tmp_path / "first.pdf")
    planned.presses(Qt.Key.Key_Escape)
    planned.page.model.record(Key("flag.saddle_numbness"), "yes")
    preview = opened(planned)
    assert preview.sheet is None
    preview.papers.list.choose(0)
    preview.papers.list.open_current()
    assert not preview.print.isEnabled()
    assert not preview.save.isEnabled()
    preview.save_to(tmp_path / "none.pdf")
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "none.pdf"))
    preview.print_on(printer)
    assert not (tmp_path / "none.pdf").exists()


def test_without_a_plan_the_suggested_one_can_be_taken_over_and_edited(
    planned: Therapist,
) -> None:
    planned.page.model.editor.plan(())
    model = planned.page.model
    for name in ("slr", "slump"):
        for side, result in (("right", "positive"), ("left", "negative")):
            key = next(k for k in model.keys_of("nerves") if str(k) == f"{name}.result@{side}")
            model.record(key, result)
    offered = model.suggestion.plan
    preview = opened(planned)
    items = [*offered.standing, *offered.first]
    assert items, "else this test says nothing"
    planned.presses_button("take_over")
    assert [choice.item for choice in planned.stored.plan] == items
    settled(planned, preview)
    assert "suggest" not in preview.note.text()
    assert not planned.widget("take_over").isVisible()


def test_an_item_is_added_and_a_third_new_one_asks_first(planned: Therapist) -> None:
    preview = opened(planned)
    adding = planned.widget("sheet_add")
    assert isinstance(adding, ChoiceInput)
    adding.choose("brace")
    assert "brace" not in [choice.item for choice in planned.stored.plan]
    assert "Two new items" in preview.note.text()
    planned.presses_button("remove:traction_sidelying")
    adding.choose("brace")
    assert "brace" in [choice.item for choice in planned.stored.plan]


def test_a_spanish_sheet_leaves_a_copy_in_the_record_that_she_can_read(
    planned: Therapist, tmp_path: Path
) -> None:
    """Kept in the same act, listed beside the patient's own, and printed again byte for byte."""
    preview = opened(planned)
    preview.language.choose("es")
    settled(planned, preview)
    assert "file copy in English" in preview.note.text()
    preview.save_to(tmp_path / "sheet.pdf")
    assert "kept in the record. With a file copy in English." in preview.note.text()
    begin, course = planned.desk.open_record, planned.page.chart.course
    copy, sheet = kept_papers(begin, course, "handout", "handout_copy")
    assert (sheet.document.kind, copy.document.kind) == ("handout", "handout_copy")
    assert paper_content(begin, sheet.document) == (tmp_path / "sheet.pdf").read_bytes()
    preview.papers.list.choose(0)
    preview.papers.list.open_current()
    said = in_one_line(preview.text())
    assert "FILE COPY" in said
    assert "The patient's sheet is in Spanish" in said
    assert sheet.document.sha256 in said.replace(" ", "")
    preview.save_to(tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == paper_content(begin, copy.document)
    assert len(kept_papers(begin, course, "handout", "handout_copy")) == 2
    assert planned.widget("papers_handout").accessibleName() == "Handouts, 1 kept"


def test_a_sheet_that_she_can_read_needs_no_copy(planned: Therapist, tmp_path: Path) -> None:
    preview = opened(planned)
    assert "copy" not in preview.note.text()
    preview.save_to(tmp_path / "sheet.pdf")
    assert len(kept_papers(planned.desk.open_record, planned.page.chart.course,
                           "handout", "handout_copy")) == 1  # fmt: skip


def test_a_sheet_that_left_in_spanish_makes_it_the_patients_language(
    planned: Therapist, tmp_path: Path
) -> None:
    """Looking at it in Spanish changes nothing; that hers is English is noted without a word."""
    preview = opened(planned)
    number = planned.page.chart.number
    preview.save_to(tmp_path / "english.pdf")

    def noted() -> str | None:
        with planned.desk.open_record() as work:
            return work.patient(number).language

    assert noted() == "en"
    assert preview.note.text() == "Saved, and kept in the record."
    preview.language.choose("es")
    settled(planned, preview)
    assert noted() == "en"
    preview.save_to(tmp_path / "spanish.pdf")
    assert noted() == "es"
    assert preview.note.text().endswith("Spanish is this patient's language from now on.")
    planned.reopen()
    planned.window.open_patient(number)
    assert opened(planned).language.value() == "es"


def test_large_print_that_left_the_house_is_this_patients_from_then_on(
    planned: Therapist, tmp_path: Path
) -> None:
    """At the next visit and in the day's sheets, without a word; somebody else has the usual."""
    desk, number = planned.desk, planned.page.chart.number
    preview = opened(planned)
    preview.size_of_text.choose("18")
    settled(planned, preview)
    planned.reopen()
    planned.window.open_patient(number)
    assert opened(planned).size_of_text.value() == "14", "it was only looked at"
    again = planned.window.preview
    assert isinstance(again, HandoutPreview)
    preview = again
    preview.size_of_text.choose("18")
    preview.save_to(tmp_path / "large.pdf")
    planned.reopen()
    planned.window.open_patient(number)
    assert opened(planned).size_of_text.value() == "18"
    (sheet,), _left_out = sheets_of_day(desk, TODAY)
    assert sheet.content.text_size == 18
    planned.presses(Qt.Key.Key_Escape)
    planned.begins_visit("Case B")
    planned.page.model.record(Key("complaint.side"), "right")
    planned.finishes_screen()
    planned.page.model.editor.plan((PlanChoice("slider_seated"),))
    assert opened(planned).size_of_text.value() == "14"


def test_the_paper_that_was_taken_is_the_usual_one_from_then_on(
    planned: Therapist, tmp_path: Path
) -> None:
    """Only where a paper left the house; the size of text only where she says so."""
    habits = planned.desk.paper_habits
    preview = opened(planned)
    assert (preview.paper.value(), preview.size_of_text.value()) == ("a4", "14")
    preview.paper.choose("letter")
    preview.size_of_text.choose("18")
    settled(planned, preview)
    assert habits.now == PaperHabit()
    preview.save_to(tmp_path / "sheet.pdf")
    assert habits.now == PaperHabit("letter", 14), "large print is for this patient"
    planned.presses_button("usual_size")
    assert habits.now == PaperHabit("letter", 18)
    assert not preview.usual.isVisible()
    planned.presses(Qt.Key.Key_Escape)
    planned.clicks("papers_note")
    note = planned.window.preview
    assert note is not None
    assert note.paper.value() == "letter"
