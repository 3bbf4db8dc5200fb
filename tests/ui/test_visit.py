"""A visit typed by keyboard: panel and record follow each key, and nothing is lost."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.record import find_patients
from tests.at_the_desk import ALT, CTRL, SHIFT, Therapist
from ui.visit import saving

RIGHT = Side.RIGHT


def test_a_visit_is_typed_by_keyboard_and_everything_follows(therapist: Therapist) -> None:
    """Alt+3 to the nerves, a plus, an angle; panel, banner and record have it at once."""
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    assert therapist.focus.objectName() == "slr.result@right"
    therapist.types("+")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.types("58")
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.stored.findings == {
        Key("slr.result", RIGHT): "positive",
        Key("slr.angle", RIGHT): 58,
    }
    assert "SLR right: positive" in therapist.panel
    assert therapist.page.banner.saved_text.startswith("saved ")


def test_closing_and_opening_again_brings_everything_back(therapist: Therapist) -> None:
    """Also the text that was still being typed when the window closed."""
    number = therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    therapist.presses(Qt.Key.Key_0, ALT)
    assert therapist.focus.objectName() == "note.subjective"
    therapist.types("Sits on one side")
    therapist.reopen()
    assert therapist.focus.objectName() == "search"
    therapist.types("case")
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.chart.number == number
    findings = therapist.page.model.visit.findings
    assert findings[Key("note.subjective")] == "Sits on one side"
    assert findings[Key("slr.result", RIGHT)] == "positive"


def test_undo_and_redo_reach_the_record(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    therapist.presses(Qt.Key.Key_Z, CTRL)
    assert therapist.stored.findings == {}
    therapist.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    assert therapist.stored.findings == {Key("slr.result", RIGHT): "positive"}


def test_ask_next_leads_to_the_field_that_matters(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    question = therapist.page.model.suggestion.ask_next[0]
    therapist.presses(Qt.Key.Key_J, CTRL)
    asked = Key(question.finding, question.side)
    assert therapist.focus.objectName() == str(asked)


def test_f6_goes_round_form_panel_and_rail(therapist: Therapist) -> None:
    therapist.begins_visit()
    page = therapist.page
    for pane in (page.panel, page.rail, page.pages):
        therapist.presses(Qt.Key.Key_F6)
        assert pane.isAncestorOf(therapist.focus)


def test_escape_goes_home_and_the_visit_is_kept(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.focus.objectName() == "search"
    (row,) = therapist.window.home.results.rows
    assert row.spoken.endswith("23 Mar 2026")


def test_a_line_of_the_ledger_leads_to_its_field(therapist: Therapist) -> None:
    """Clicking what speaks for a pattern shows where it was charted."""
    therapist.begins_visit()
    model = therapist.page.model
    model.record(Key("slr.result", RIGHT), "positive")
    therapist.page.panel.stack.acted.emit("open", "pattern_2")
    therapist.page.panel.stack.followed.emit(Key("slr.result", RIGHT))
    assert therapist.page.tabs.current() == "nerves"
    assert therapist.focus.objectName() == "slr.result@right"


def test_the_key_line_names_the_field_and_its_keys(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, ALT)
    said = therapist.page.key_line.text()
    assert said.startswith("Straight leg raise, right")
    assert "+ positive" in said
    assert "= as last time" in said


def test_an_earlier_visit_says_so_and_offers_todays(therapist: Therapist) -> None:
    """What is charted in last week's visit must not be taken for today's."""
    number = therapist.begins_visit()
    first = therapist.page.chart.visit_id
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    week_later = therapist.desk.clock() + dt.timedelta(days=7)
    object.__setattr__(therapist.desk, "clock", lambda: week_later)
    therapist.window.open_patient(number)
    assert therapist.widget("older_visit").isVisible()
    therapist.presses_button("new_visit")
    assert therapist.page.chart.visit_id != first
    assert therapist.page.model.visit.findings == {}
    assert therapist.page.model.last_time(Key("slr.result", RIGHT)) == "positive"
    assert not therapist.widget("older_visit").isVisible()
    therapist.presses_button("visit_1")
    assert therapist.page.chart.visit_id == first


class Refusing:
    """A record that refuses to be written until it is well again."""

    def __init__(self, therapist: Therapist) -> None:
        self._real = therapist.desk.open_record
        self.tries = 0
        self.well = False
        object.__setattr__(therapist.desk, "open_record", self)

    def __call__(self, *, writing: bool = False) -> object:
        if writing and not self.well:
            self.tries += 1
            raise RecordUnavailable("The record is busy.")
        return self._real(writing=writing)


def test_a_failed_save_is_said_and_made_good(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record cannot be written again and again; nothing typed is lost."""
    monkeypatch.setattr(saving, "RETRY_MS", 20)
    therapist.begins_visit()
    record = Refusing(therapist)
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    banner = therapist.page.banner
    therapist.qtbot.waitUntil(lambda: banner.saved_text == "Not saved yet: The record is busy.")
    assert therapist.page.model.value(Key("slr.result", RIGHT)) == "positive"
    therapist.qtbot.waitUntil(lambda: record.tries > 3)
    record.well = True
    therapist.qtbot.waitUntil(lambda: therapist.page.banner.saved_text.startswith("saved "))
    assert therapist.stored.findings == {Key("slr.result", RIGHT): "positive"}


def test_leaving_a_visit_that_is_not_saved_yet_keeps_it(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She goes home while the record is busy; the visit is stored behind her back."""
    monkeypatch.setattr(saving, "RETRY_MS", 20)
    number = therapist.begins_visit()
    record = Refusing(therapist)
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    therapist.presses(Qt.Key.Key_F, CTRL)
    assert therapist.widget("message_bar").isVisible()
    record.well = True
    therapist.qtbot.waitUntil(lambda: not therapist.widget("message_bar").isVisible())
    therapist.window.open_patient(number)
    assert therapist.stored.findings == {Key("slr.result", RIGHT): "positive"}


def test_a_window_with_unsaved_findings_does_not_close_unsaid(therapist: Therapist) -> None:
    therapist.begins_visit()
    Refusing(therapist)
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("+")
    assert not therapist.window.close()
    assert therapist.widget("message_bar").isVisible()
    assert therapist.window.close(), "asked twice, it closes"


def test_opening_takes_no_visit_on_board_that_nobody_began(therapist: Therapist) -> None:
    """Looking for a patient writes nothing."""
    therapist.knows("OTTER, Ida", dt.date(1971, 1, 5))
    therapist.types("otter")
    (found,) = find_patients(therapist.desk.open_record, "otter")
    assert found.last_visit is None


@pytest.mark.parametrize(
    ("width", "rail", "folded"), [(1280, 160, False), (1200, 48, False), (1024, 48, True)]
)
def test_a_narrow_window_shrinks_the_rail_and_then_folds_the_panel(
    therapist: Therapist, width: int, rail: int, folded: bool
) -> None:
    """The line on red flags stays in sight at every width."""
    therapist.begins_visit()
    therapist.window.resize(width, 700)
    page = therapist.page
    therapist.qtbot.waitUntil(lambda: page.width() == width)
    assert page.rail.width() == rail
    assert page.panel.head.isVisible()
    assert page.panel.stack.isVisible() is not folded
    if folded:
        page.panel.head.clicked.emit()
        assert page.panel.stack.isVisible()
        therapist.presses(Qt.Key.Key_Escape)
        assert not page.panel.stack.isVisible()
        assert therapist.window.visit is page, "Esc folds the panel before it leaves the visit"


def test_birth_date_and_number_stay_whole_beside_the_longest_name(therapist: Therapist) -> None:
    """Two identifiers, also at the least width with a flag open and the record busy."""
    therapist.begins_visit("Wolfeschlegelsteinhausenbergerdorff, Maximiliane Theodora")
    assert "Born 14 Mar 1982 (44 y)" in therapist.page.banner.shown()
    therapist.window.resize(1024, 700)
    therapist.qtbot.waitUntil(lambda: therapist.page.width() == 1024)
    assert "Born 14 Mar 1982" in therapist.page.banner.shown()
    Refusing(therapist)
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    said = therapist.page.banner.shown()
    assert "Born 14 Mar 1982" in said
    assert "No 000001" in said
    banner = therapist.page.banner
    assert banner.pill.geometry().right() < banner.handout.x()
    therapist.window.close()
