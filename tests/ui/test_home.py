"""Finding a patient, entering a new one, going on with a draft."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.record import find_patients
from tests.at_the_desk import CTRL, TODAY, Therapist
from ui.home import page as home_page
from ui.home.patient_list import (
    FULL,
    LAST,
    NAME,
    MixUpRow,
    PatientRow,
    column_edges,
    is_narrow,
)
from ui.tokens import RING
from ui.widgets.labels import Label
from ui.widgets.matching import differing


def names(therapist: Therapist) -> list[str]:
    """The patients in the list, top to bottom."""
    rows = therapist.window.home.results.rows
    return [row.summary.patient.name for row in rows if isinstance(row, PatientRow)]


def test_the_program_opens_with_the_cursor_in_the_search(therapist: Therapist) -> None:
    assert therapist.focus.objectName() == "search"


def test_a_patient_is_found_and_opened_without_the_mouse(therapist: Therapist) -> None:
    """Three letters, one step down, Return."""
    therapist.knows("MARDEN, Ella", dt.date(1990, 9, 2))
    joel = therapist.knows("MARTIN, Joel", dt.date(1979, 6, 27), "male")
    therapist.knows("OTTER, Ida", dt.date(1971, 1, 5))
    therapist.types("mar")
    assert names(therapist) == ["MARDEN, Ella", "MARTIN, Joel"]
    therapist.presses(Qt.Key.Key_Down)
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.chart.number == joel
    assert "MARTIN, Joel" in therapist.page.banner.text()
    assert "27 Jun 1979" in therapist.page.banner.text()


def test_number_and_birth_date_find_too(therapist: Therapist) -> None:
    number = therapist.knows("OTTER, Ida", dt.date(1971, 1, 5))
    therapist.knows("MARTIN, Joel", dt.date(1979, 6, 27))
    therapist.types(f"{number:06d}")
    assert names(therapist) == ["OTTER, Ida"]
    therapist.presses(Qt.Key.Key_Escape)
    therapist.types("1979-06")
    assert names(therapist) == ["MARTIN, Joel"]


def test_escape_clears_the_search_and_everyone_is_back(therapist: Therapist) -> None:
    therapist.knows("OTTER, Ida", dt.date(1971, 1, 5))
    therapist.types("zzz")
    assert names(therapist) == []
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.line("search").text() == ""
    assert names(therapist) == ["OTTER, Ida"]


def test_names_that_are_easily_mixed_up_are_pointed_out(therapist: Therapist) -> None:
    therapist.knows("MARDEN, Ella", dt.date(1990, 9, 2))
    therapist.knows("MARSDEN, Ella", dt.date(1988, 2, 20))
    therapist.types("mar")
    rows = therapist.window.home.results.rows
    warnings = [row for row in rows if isinstance(row, MixUpRow)]
    assert len(warnings) == 1
    assert "Check the birth date" in warnings[0].spoken
    therapist.presses(Qt.Key.Key_Down)
    therapist.presses(Qt.Key.Key_Down)
    row = therapist.window.home.results.currentIndex().data(Qt.ItemDataRole.UserRole)
    assert isinstance(row, PatientRow), "the warning itself cannot be chosen"


@pytest.mark.parametrize("typed", ["14-Mar-1982", "1982-03-14", "14/03/1982"])
def test_a_new_patient_is_entered_from_what_was_typed(therapist: Therapist, typed: str) -> None:
    """Ctrl+N keeps the name; the birth date is read in three ways and echoed in one."""
    therapist.types("Case A")
    therapist.presses(Qt.Key.Key_N, CTRL)
    assert therapist.focus.objectName() == "patient_name"
    assert therapist.line("patient_name").text() == "Case A"
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.focus.objectName() == "patient_birth_date"
    therapist.types(typed)
    assert therapist.focus.accessibleDescription() == "14 Mar 1982, 44 years"
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.focus.objectName() == "patient_sex"
    therapist.types("f")
    therapist.presses_button("create_patient")
    (found,) = find_patients(therapist.desk.open_record, "Case A")
    assert found.patient.birth_date == dt.date(1982, 3, 14)
    assert found.patient.sex == "female"
    assert therapist.page.chart.number == found.number
    assert therapist.stored.date == TODAY


@pytest.mark.parametrize("sex_key", ["f", "1"])
def test_a_new_patient_is_entered_with_return_alone(therapist: Therapist, sex_key: str) -> None:
    """Name, Return, birth date, Return, sex by its letter or place, Return: the visit stands."""
    therapist.presses(Qt.Key.Key_N, CTRL)
    therapist.types("Case Z")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("14-Mar-1982")
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.window.visit is None
    therapist.types(sex_key)
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.chart.patient.name == "Case Z"
    assert therapist.page.chart.patient.sex == "female"


def test_a_date_that_cannot_be_is_said_beside_the_field_and_stays(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_N, CTRL)
    therapist.types("Case A")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("03/14/1982")
    therapist.presses_button("create_patient")
    line = therapist.line("patient_birth_date")
    assert line.text() == "03/14/1982"
    assert "day first" in line.accessibleDescription()
    assert find_patients(therapist.desk.open_record, "") == ()


def test_the_same_person_again_is_said_with_the_number_to_open(therapist: Therapist) -> None:
    number = therapist.knows("Case A", dt.date(1982, 3, 14))
    therapist.presses(Qt.Key.Key_N, CTRL)
    therapist.types("case a")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("14-Mar-1982")
    therapist.presses_button("create_patient")
    assert therapist.window.visit is None
    therapist.presses_button("open_known_patient")
    assert therapist.page.chart.number == number
    assert len(find_patients(therapist.desk.open_record, "")) == 1


def test_a_half_filled_form_survives_ctrl_n(therapist: Therapist) -> None:
    """Pressing Ctrl+N once more loses nothing."""
    therapist.presses(Qt.Key.Key_N, CTRL)
    therapist.types("Case B")
    therapist.presses(Qt.Key.Key_N, CTRL)
    assert therapist.line("patient_name").text() == "Case B"


def test_an_unsigned_visit_stands_on_the_home_page(therapist: Therapist) -> None:
    number = therapist.begins_visit()
    therapist.presses(Qt.Key.Key_F, CTRL)
    drafts = therapist.window.home.drafts
    assert drafts.rows[0].spoken == "Case A, visit 1, today"
    drafts.choose(0)
    drafts.open_current()
    assert therapist.page.chart.number == number


def test_an_empty_record_says_what_to_do(therapist: Therapist) -> None:
    texts = [w.text() for w in therapist.window.home.findChildren(Label) if w.isVisible()]
    assert any("Ctrl+N" in text for text in texts)


def test_a_record_that_cannot_be_read_is_said_in_words(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_arguments: object) -> None:
        raise RecordUnavailable("The record cannot be read just now.")

    monkeypatch.setattr(home_page, "find_patients", unavailable)
    therapist.types("m")
    texts = [w.text() for w in therapist.window.home.findChildren(Label) if w.isVisible()]
    assert "The record cannot be read just now." in texts


def test_the_window_title_names_no_patient(therapist: Therapist) -> None:
    therapist.begins_visit("Case A")
    assert therapist.window.windowTitle() == "Clinic Desktop"
    assert isinstance(QApplication.instance(), QApplication)


def test_a_form_left_with_escape_is_still_filled_when_she_comes_back(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_N, CTRL)
    therapist.types("Case B")
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.focus.objectName() == "search"
    therapist.presses(Qt.Key.Key_N, CTRL)
    assert therapist.line("patient_name").text() == "Case B"


def test_a_slip_shows_names_near_it_and_return_opens_none_of_them(therapist: Therapist) -> None:
    therapist.knows("Maria Huber", dt.date(1982, 3, 14))
    therapist.window.show_home()
    therapist.types("hbuer")
    rows = therapist.window.home.results.rows
    assert [row.spoken.split(",")[0] for row in rows] == [
        "Nobody is called “hbuer”. These names are near it:", "Maria Huber",
    ]  # fmt: skip
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.window.visit is None, "she did not say that it is her"
    therapist.presses(Qt.Key.Key_Down)
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.window.visit is not None


def test_what_tells_two_names_apart_is_marked(therapist: Therapist) -> None:
    for name in ("Maria Huber", "Maria Hübner"):
        therapist.knows(name, dt.date(1982, 3, 14))
    therapist.window.show_home()
    therapist.types("maria")
    rows = [row for row in therapist.window.home.results.rows if isinstance(row, PatientRow)]
    told = {row.summary.patient.name: row.twin for row in rows}
    assert told == {"Maria Huber": "Maria Hübner", "Maria Hübner": "Maria Huber"}
    assert differing("Maria Hübner", "Maria Huber") == ((7, 8), (9, 10))


@pytest.mark.parametrize("wide", [1280, 2560])
def test_the_page_stands_in_the_middle_of_any_window(therapist: Therapist, wide: int) -> None:
    """At 2560 it hugged the left while the clinic's page was in the middle."""
    home = therapist.window.home
    therapist.window.resize(wide, 800)
    QApplication.processEvents()
    left = home.search_box.mapTo(home, home.search_box.rect().topLeft()).x()
    sheets = home.day_sheets.parentWidget()
    assert sheets is not None
    right = home.width() - sheets.mapTo(home, sheets.rect().topRight()).x() - 1
    assert abs(left - right) <= 2 * RING


def test_in_a_narrow_window_the_problem_stands_under_the_name(therapist: Therapist) -> None:
    """It was cut to "right ..." beside the last visit, and "Last visit" with it in Spanish."""
    assert not is_narrow(FULL)
    assert is_narrow(610), "the list of a window of 1024"
    edges = column_edges(610)
    assert 610 - edges[-1] >= LAST, "the last column has room for its heading in any language"
    assert list(edges) == sorted(edges)
    assert edges[1] - edges[0] > NAME, "and the name more than before"
