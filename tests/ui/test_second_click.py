"""One press too many charts nothing: the second of a double click, Return pressed twice or held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.domain.values import Key, Side
from tests.at_the_desk import NO_KEYS, Therapist
from tests.settled import all_done
from ui.forms.base import Input
from ui.panels.slot_widgets import SlotRow
from ui.widgets.buttons import Button


def place_of(widget: QWidget, within: QWidget) -> QRect:
    """Where a widget stands in the window."""
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


def double_clicks(therapist: Therapist, at: QPoint) -> None:
    """As the system sends it: to the window, which hands it to whatever is there by then."""
    handle = therapist.window.windowHandle()
    assert handle is not None
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, NO_KEYS, at)
    QApplication.processEvents()
    all_done()


def test_a_patient_who_is_opened_by_a_double_click_has_nothing_charted(
    therapist: Therapist,
) -> None:
    """The second press finds a field of the chart where the list was."""
    window = therapist.window
    therapist.begins_visit("Case A")
    shown = [one for one in therapist.page.findChildren(Input) if one.isVisible()]
    fields = [place_of(one, window) for one in shown]
    window.show_home()
    results = window.home.results
    row = place_of(results.viewport(), window)
    common = next(both for field in fields if (both := field.intersected(row)).height() > 12)
    double_clicks(therapist, common.center())
    assert window.visit is not None
    assert isinstance(window.childAt(common.center()), Input), "the press found a field"
    assert therapist.stored.findings == {}


def test_an_exercise_added_by_a_double_click_is_in_the_plan(therapist: Therapist) -> None:
    """ "Park" comes up where "Add" was, and is not pressed by the second half."""
    therapist.begins_visit()
    therapist.finishes_screen()
    slot = next(row for row in therapist.page.panel.findChildren(SlotRow) if row.row.item)
    add = next(b for b in slot.findChildren(Button) if b.isVisible())
    double_clicks(therapist, place_of(add, therapist.window).center())
    assert [choice.item for choice in therapist.stored.plan] == [slot.row.item]
    assert therapist.stored.parked == ()


def test_a_word_is_still_marked_by_a_double_click(therapist: Therapist) -> None:
    """Where both presses find the same, a double click is what it is everywhere."""
    line = therapist.line("search")
    therapist.types("Marsden")
    left = place_of(line, therapist.window).center() - QPoint(line.width() // 2 - 20, 0)
    double_clicks(therapist, left)
    assert line.selectedText() == "Marsden"


def test_return_pressed_twice_opens_the_chart_and_charts_nothing(therapist: Therapist) -> None:
    """The second Return goes on to the next field, as in a number's."""
    therapist.begins_visit("Case A")
    therapist.window.show_home()
    therapist.presses(Qt.Key.Key_Down)
    for _press in range(12):
        therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.isAncestorOf(therapist.focus)
    assert therapist.stored.findings == {}


def test_a_sex_that_nobody_chose_is_not_entered_by_return(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    therapist.types("Case B")
    for _press in range(3):
        therapist.presses(Qt.Key.Key_Return)
    assert therapist.focus.objectName() != "patient_sex"
    sex = therapist.widget("patient_sex")
    assert isinstance(sex, Input)
    assert sex.value() is None


@pytest.mark.parametrize("key", [Key("complaint.trend"), Key("complaint.sites", Side.RIGHT)])
def test_return_takes_what_arrows_point_at(therapist: Therapist, key: Key) -> None:
    therapist.begins_visit()
    therapist.page.go_to(key)
    therapist.presses(Qt.Key.Key_Right)
    therapist.presses(Qt.Key.Key_Return)
    assert key in therapist.stored.findings


def test_a_button_under_a_held_return_is_pressed_once(therapist: Therapist) -> None:
    button, pressed = Button("Add", parent=therapist.window), []
    button.clicked.connect(lambda: pressed.append(1))
    for again in (False, True, True):
        QApplication.sendEvent(
            button,
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_KEYS, "\r", again),
        )
    assert pressed == [1]
