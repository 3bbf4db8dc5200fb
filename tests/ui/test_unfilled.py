"""What a phrase left open is named before a paper leaves, with the way to where it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog

from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.papers.day_sheets import sheets_of_day
from tests.at_the_desk import CTRL, NOW, Therapist
from tests.settled import all_done
from tests.signing_at_the_desk import sign
from ui.papers.preview import PaperPreview


@pytest.fixture
def planned(therapist: Therapist) -> Therapist:
    """A visit with the screen finished and a plan of one item."""
    therapist.begins_visit()
    therapist.page.model.record(Key("complaint.side"), "right")
    therapist.finishes_screen()
    therapist.page.model.editor.plan((PlanChoice("slider_seated", words="Begin {when}."),))
    return therapist


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[QPrinter]:
    """What was sent to the printer: the system's own dialog says yes to everything."""
    found: list[QPrinter] = []

    class Dialog:
        DialogCode = QDialog.DialogCode

        def __init__(self, printer: QPrinter, _parent: object) -> None:
            self._printer = printer

        def exec(self) -> object:
            found.append(self._printer)
            return self.DialogCode.Rejected

    monkeypatch.setattr("ui.papers.preview.QPrintDialog", Dialog)
    return found


def on_screen(therapist: Therapist) -> PaperPreview:
    preview = therapist.window.preview
    assert preview is not None
    therapist.qtbot.waitUntil(lambda: not preview.is_behind)
    return preview


def test_a_sheet_names_what_is_open_and_leads_there(planned: Therapist) -> None:
    planned.presses(Qt.Key.Key_P, CTRL)
    preview = on_screen(planned)
    assert preview.unfilled.isVisible()
    assert preview.unfilled.text().endswith("printed as it stands: Seated nerve slider {when}")
    planned.presses_button("fill:plan:slider_seated")
    assert planned.focus.objectName() == "sheet_words:slider_seated"
    planned.page.model.editor.plan((PlanChoice("slider_seated", words="Begin today."),))
    assert not on_screen(planned).unfilled.isVisible()


def test_the_first_press_of_print_tells_and_the_second_prints(
    planned: Therapist, printed: list[QPrinter]
) -> None:
    planned.presses(Qt.Key.Key_P, CTRL)
    preview = on_screen(planned)
    planned.presses_button("print_handout")
    assert printed == []
    assert preview.note.text() == (
        "Not filled in: Seated nerve slider {when}. Once more lets it go as it stands."
    )
    planned.presses_button("print_handout")
    assert len(printed) == 1
    planned.page.model.editor.plan((PlanChoice("slider_seated", words="Begin {when} {how}."),))
    on_screen(planned)
    planned.presses_button("print_handout")
    assert len(printed) == 1, "something new is open: it is told once more"


def test_words_just_typed_are_looked_at_before_print_is_done(
    planned: Therapist, printed: list[QPrinter]
) -> None:
    """Typed and printed at once: nobody waited for the pages."""
    planned.page.model.editor.plan((PlanChoice("slider_seated"),))
    planned.presses(Qt.Key.Key_P, CTRL)
    preview = on_screen(planned)
    planned.goes_to("sheet_words:slider_seated")
    planned.types("Begin {when}")
    preview.print.click()
    assert printed == []
    assert "{when}" in preview.note.text()


def test_a_letter_names_its_own_fields(therapist: Therapist, printed: list[QPrinter]) -> None:
    therapist.begins_visit()
    therapist.clicks("papers_letter")
    therapist.goes_to("letter_reason")
    therapist.types("Please take a {which} sample.")
    preview = on_screen(therapist)
    assert preview.unfilled.text().endswith(": reason {which}")
    therapist.presses_button("print_letter")
    assert printed == []
    therapist.presses_button("fill:letter_reason")
    assert therapist.focus.objectName() == "letter_reason"


def test_a_note_leads_back_to_the_field_in_the_visit(planned: Therapist) -> None:
    planned.page.model.record(Key("note.subjective"), "Began {when exactly}.")
    planned.page.flush()
    planned.window.show_paper("note")
    preview = on_screen(planned)
    assert "{when exactly}" in preview.unfilled.text()
    planned.presses_button("fill:note.subjective")
    assert planned.window.preview is None
    found = planned.page.focused_field()
    assert found is not None
    assert found[1] == Key("note.subjective")
    planned.window.show_paper("note")
    on_screen(planned)
    planned.presses_button("fill:plan:slider_seated")
    assert planned.focus.objectName() == "sheet_words:slider_seated", "the plan is on the sheet"


def test_a_signed_note_tells_it_and_offers_no_way(anna: Therapist) -> None:
    anna.page.model.record(Key("note.subjective"), "Began {when}.")
    sign(anna)
    anna.window.show_paper("note")
    preview = on_screen(anna)
    assert "{when}" in preview.unfilled.text()
    assert not preview.findChildren(type(preview.print), "fill:note.subjective")


def test_a_kept_paper_is_printed_again_as_it_left(planned: Therapist, tmp_path: Path) -> None:
    planned.presses(Qt.Key.Key_P, CTRL)
    preview = on_screen(planned)
    preview.save_to(tmp_path / "sheet.pdf")
    preview.papers.list.choose(0)
    preview.papers.list.open_current()
    assert not preview.unfilled.isVisible()
    assert preview.may_leave()


def test_a_sheet_of_the_day_with_something_open_is_left_out_by_name(planned: Therapist) -> None:
    planned.page.flush()
    all_done()
    made, (left_out,) = sheets_of_day(planned.desk, NOW.date())
    assert made == ()
    assert left_out.reason == "Not filled in: Seated nerve slider {when}."


def test_an_addendum_names_what_is_open_before_it_is_added(anna: Therapist) -> None:
    sign(anna)
    anna.presses(Qt.Key.Key_Return, CTRL)
    anna.types("Rang at {time}.")
    editor = anna.page.note.editor
    assert editor is not None
    anna.qtbot.waitUntil(lambda: "Not filled in: {time}." in editor.said())
    anna.goes_to("addendum_text")
    anna.presses(Qt.Key.Key_A, CTRL)
    anna.types("Rang at nine.")
    anna.qtbot.waitUntil(lambda: "Not filled in" not in editor.said())
