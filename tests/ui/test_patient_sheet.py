"""The patient's own sheet over the visit: details, two entries of one person, a wrong chart."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desktop.domain.values import Key
from clinic_desktop.services.record import find_patients, open_chart
from clinic_desktop.services.visit.entries import merge_patients
from tests.at_the_desk import CTRL, Therapist
from tests.settled import all_done
from ui.sheets.patient_sheet import PatientSheet

BORN = dt.date(1982, 3, 14)


def opens(therapist: Therapist) -> PatientSheet:
    """Ctrl+I in a visit."""
    therapist.presses(Qt.Key.Key_I, CTRL)
    found = therapist.widget("patient_sheet")
    assert isinstance(found, PatientSheet)
    assert found.isVisible()
    return found


def fills_in(therapist: Therapist, name: str, text: str) -> None:
    """Clear a line and type."""
    line = therapist.line(name)
    line.clear()
    QTest.keyClicks(line, text)


def names(therapist: Therapist) -> list[tuple[int, str]]:
    found = find_patients(therapist.desk.open_record, "")
    return sorted((one.number, one.patient.name) for one in found)


def test_a_name_is_put_right_and_taken_back(therapist: Therapist) -> None:
    number = therapist.begins_visit("Ana Diaz")
    sheet = opens(therapist)
    fills_in(therapist, "sheet_name", "Anna Diaz-Lopez")
    therapist.presses_button("save_details")
    assert names(therapist) == [(number, "Anna Diaz-Lopez")]
    assert therapist.page.chart.patient.name == "Anna Diaz-Lopez"
    assert sheet.isVisible()
    sheet.toast.undo.click()
    assert names(therapist) == [(number, "Ana Diaz")]
    therapist.presses(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_visit_on_the_wrong_chart_goes_to_its_own_patient(therapist: Therapist) -> None:
    right = therapist.knows("Bert Otto", dt.date(1990, 1, 1))
    wrong = therapist.begins_visit("Ana Diaz")
    therapist.page.model.record(Key("complaint.sport"), "hurdles")
    visit_id = therapist.page.chart.visit_id
    sheet = opens(therapist)
    fills_in(therapist, "sheet_other", "bert")
    assert sheet.found.text() == f"Bert Otto, 1 Jan 1990, No {right:06d}"
    therapist.presses_button("move_visit")
    assert therapist.page.chart.number == right
    assert therapist.stored.findings[Key("complaint.sport")] == "hurdles"
    desk = therapist.desk
    assert open_chart(desk.open_record, desk.act(), wrong).visits == ()
    sheet.toast.undo.click()
    assert therapist.page.chart.number == wrong
    assert therapist.page.chart.visit_id == visit_id


def test_two_entries_become_one_and_two_again(therapist: Therapist) -> None:
    other = therapist.knows("Anna Diaz", BORN)
    kept = therapist.begins_visit("Ana Diaz")
    sheet = opens(therapist)
    assert sheet.found.text() == f"Perhaps the same: Anna Diaz, No {other:06d}"
    fills_in(therapist, "sheet_other", f"{other:06d}")
    therapist.presses_button("merge_patients")
    assert names(therapist) == [(kept, "Ana Diaz")]
    assert sheet.known_as.text() == f"also No {other:06d}"
    therapist.presses_button("part_patients")
    assert names(therapist) == [(other, "Anna Diaz"), (kept, "Ana Diaz")]


def test_a_mistaken_entry_needs_a_reason_and_comes_back(therapist: Therapist) -> None:
    number = therapist.begins_visit("Ana Diaz")
    sheet = opens(therapist)
    therapist.presses_button("remove_patient")
    assert sheet.problem.text().startswith("Please say why")
    fills_in(therapist, "sheet_reason", "a test entry")
    therapist.presses_button("remove_patient")
    assert names(therapist) == []
    assert therapist.window.visit is None
    sheet.toast.undo.click()
    assert names(therapist) == [(number, "Ana Diaz")]
    assert therapist.page.chart.number == number


@pytest.mark.parametrize("name", ["Bo", "Nobody"])
def test_who_is_not_known_for_sure_is_not_taken(therapist: Therapist, name: str) -> None:
    therapist.knows("Bo One", BORN)
    therapist.knows("Bo Two", BORN)
    therapist.begins_visit("Ana Diaz")
    sheet = opens(therapist)
    fills_in(therapist, "sheet_other", name)
    assert not sheet.move_button.isEnabled()
    assert not sheet.merge_button.isEnabled()


def test_the_patients_own_copy_is_written_in_a_folder(therapist: Therapist, tmp_path: Path) -> None:
    number = therapist.begins_visit("Ana Diaz")
    sheet = opens(therapist)
    out = tmp_path / "out"
    out.mkdir()
    sheet.copy_button.copy_to(out)
    all_done()
    assert sheet.found.text() == f"The copy is in the folder copy-{number:06d}."
    files = [path.name for path in (out / f"copy-{number:06d}").iterdir()]
    assert "course-1.json" in files
    assert not [name for name in files if "Diaz" in name]


def test_the_copy_says_what_is_still_to_fill_in_in_it(therapist: Therapist, tmp_path: Path) -> None:
    therapist.begins_visit("Ana Diaz")
    therapist.page.model.record(Key("note.subjective"), "Began {when}.")
    sheet = opens(therapist)
    all_done()
    sheet.copy_button.copy_to(tmp_path)
    all_done()
    assert sheet.found.text().endswith("Not filled in: Note: what the patient says {when}.")


def test_pasted_text_leaves_behind_what_nobody_sees(therapist: Therapist) -> None:
    from PySide6.QtCore import QMimeData

    from ui.forms.texts import TextInput

    field = TextInput(1)
    therapist.qtbot.addWidget(field)
    pasted = QMimeData()
    pasted.setText("a dose of \u202e21\u202c\x0bthen Jose\u0301\x07")
    field.insertFromMimeData(pasted)
    assert field.value() == "a dose of 21\nthen José"
    pasted.setText("x" * 20_001)
    field.insertFromMimeData(pasted)
    assert field.value() == "a dose of 21\nthen José"
    assert field.described_error().startswith("20000 letters at most")


def test_a_visit_of_the_other_entry_goes_with_it_when_they_are_taken_apart(
    therapist: Therapist,
) -> None:
    other = therapist.begins_visit("Anna Diaz")
    visit_id = therapist.page.chart.visit_id
    kept = therapist.knows("Ana Diaz", dt.date(1982, 3, 15))
    merge_patients(therapist.desk.open_record, therapist.desk.act(), kept, other)
    therapist.window.open_patient(kept, visit_id)
    assert therapist.page.chart.number == kept
    sheet = opens(therapist)
    therapist.presses_button("part_patients")
    assert (therapist.page.chart.number, therapist.page.chart.visit_id) == (other, visit_id)
    sheet.toast.undo.click()
    assert (therapist.page.chart.number, therapist.page.chart.visit_id) == (kept, visit_id)
