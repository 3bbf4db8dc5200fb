"""At the next visit: what was done of the sheet that the patient took home."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.record import chart_case, keep_document, open_chart
from tests.at_the_desk import ALT, TODAY, Therapist

WHOLE = Key("adherence.home_plan")


@pytest.fixture
def back_again(therapist: Therapist) -> Therapist:
    """Today's visit of somebody who went home with a sheet of two items a week ago."""
    plan = (
        PlanChoice("slider_seated", "2 x 10"),
        PlanChoice("traction_sidelying"),
        PlanChoice("pause_stretching"),
    )
    case = Case(Patient("Case A"), (Visit(TODAY - dt.timedelta(days=7), plan=plan),))
    desk = therapist.desk
    number = chart_case(desk.open_record, desk.act(), case)
    visit = open_chart(desk.open_record, desk.act(), number).visits[0]
    keep_document(desk.open_record, desk.act(), visit.id, "handout", b"%PDF the sheet")
    therapist.window.begin_visit(number)
    return therapist


def test_one_key_an_item_and_the_whole_only_when_she_says_so(back_again: Therapist) -> None:
    """Alt+9 leads to the first item; 1 is all, 3 is some; then the whole is offered."""
    back_again.presses(Qt.Key.Key_9, ALT)
    assert back_again.focus.objectName() == "adherence:slider_seated"
    back_again.presses(Qt.Key.Key_1)
    assert back_again.focus.objectName() == "adherence:pause_stretching"
    assert not back_again.widget("chart_whole_plan").isVisible(), "one was not asked yet"
    back_again.presses(Qt.Key.Key_3)
    assert back_again.stored.adherence == {"slider_seated": "all", "pause_stretching": "some"}
    assert WHOLE not in back_again.stored.findings
    back_again.presses_button("chart_whole_plan")
    assert back_again.stored.findings[WHOLE] == "most"
    assert not back_again.widget("chart_whole_plan").isVisible()


def test_what_is_done_in_the_clinic_is_not_asked_about(back_again: Therapist) -> None:
    back_again.presses(Qt.Key.Key_9, ALT)
    with pytest.raises(AssertionError):
        back_again.widget("adherence:traction_sidelying")


def test_an_answer_is_taken_back_to_not_asked(back_again: Therapist) -> None:
    back_again.presses(Qt.Key.Key_9, ALT)
    back_again.presses(Qt.Key.Key_4)
    assert back_again.stored.adherence == {"slider_seated": "none"}
    back_again.goes_to("adherence:slider_seated")
    back_again.presses(Qt.Key.Key_Delete)
    assert back_again.stored.adherence == {}


def test_the_first_visit_asks_nothing(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_9, ALT)
    assert not therapist.widget("chart_whole_plan").isVisible()
