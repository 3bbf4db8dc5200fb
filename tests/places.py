"""Where somebody may be in the program, each page and state brought about as a therapist does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import PlanChoice
from tests.arrivals import Arrival
from tests.at_the_desk import ALT, CTRL, Therapist
from tests.courses_at_the_desk import put
from tests.signing_at_the_desk import sign
from ui.forms.choice import ChoiceInput
from ui.forms.typed import NumberInput
from ui.panels.row_widgets import FoldRow

R, L = Side.RIGHT, Side.LEFT
SECTIONS = (
    "story", "screen", "nerves", "hamstring", "back", "glutes", "gait", "measures", "plan", "note",
)  # fmt: skip
FOUND: dict[Key, Value] = {
    Key("complaint.side"): "right", Key("complaint.sites", R): ("gluteal_fold",),
    Key("slr.result", R): "positive", Key("slr.result", L): "unable", Key("slr.angle", R): 54,
    Key("slr.angle", L): 72, Key("bridge.pain", R): 6, Key("slump.result", R): "positive",
    Key("slump.familiar", R): "yes", Key("slump.release", R): "eases",
    Key("glute.abduction_power", R): "4-", Key("outcome.nprs_now"): 5,
}  # fmt: skip


# ---------------------------------------------------------------------- where somebody may be
def at_home(therapist: Therapist) -> None:
    """Nobody is in the record yet."""


def with_patients(therapist: Therapist) -> None:
    for name in ("Maria Huber", "Maria Hubner", "Case B"):
        therapist.knows(name, dt.date(1982, 3, 14))
    put(therapist, {Key("plan.next_visit"): "2026-03-20"}, FOUND, name="Case D")
    therapist.window.show_home()
    therapist.types("mar")


def new_patient(therapist: Therapist) -> None:
    therapist.presses(Qt.Key.Key_N, CTRL)
    therapist.types("Case E")
    therapist.goes_to("patient_birth_date")
    therapist.types("31 feb 1980")
    therapist.presses(Qt.Key.Key_Return)


def second_visit(therapist: Therapist) -> None:
    number = put(
        therapist, {**FOUND, Key("slr.angle", R): 40}, FOUND, course=CourseFacts(goal="run 10 km")
    )
    therapist.window.open_patient(number)
    for key, value in FOUND.items():
        therapist.page.model.record(key, value)


def section(name: str) -> Callable[[Therapist], None]:
    def open_it(therapist: Therapist) -> None:
        second_visit(therapist)
        therapist.page.open_section(name)

    return open_it


def suggested(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.finishes_screen()
    therapist.page.model.editor.plan((PlanChoice("slider_seated"),))
    for row in therapist.page.panel.stack.stops():
        if isinstance(row, FoldRow):
            row.follow()


def flagged(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")


def errors(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.page.open_section("nerves")
    therapist.goes_to("slr.angle@right")
    therapist.types("230")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.window.messages.show_message("The record cannot be reached.", "details")


def narrow_panel(therapist: Therapist) -> None:
    therapist.window.resize(1024, 700)
    second_visit(therapist)
    therapist.page.to_panel()


def narrow_form(therapist: Therapist) -> None:
    therapist.window.resize(1024, 700)
    second_visit(therapist)
    therapist.page.open_section("nerves")


def choosing_signs(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.presses(Qt.Key.Key_R, CTRL)


def retesting(therapist: Therapist) -> None:
    choosing_signs(therapist)
    therapist.presses(Qt.Key.Key_Return)
    therapist.presses(Qt.Key.Key_R, CTRL)


def retested(therapist: Therapist) -> None:
    retesting(therapist)
    therapist.types(therapist.desk.plan_library.name("slider_seated"))
    for value in ("3", "66"):
        therapist.presses(Qt.Key.Key_R, CTRL)
        therapist.types(value)
    therapist.presses(Qt.Key.Key_Return)
    therapist.presses(Qt.Key.Key_Escape)


def changed(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.presses(Qt.Key.Key_D, CTRL)


def list_of_choices(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.page.open_section("nerves")
    field = next(w for w in therapist.page.findChildren(ChoiceInput) if w.isVisible())
    field.setFocus()
    field.open_list()


def tapping(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.page.open_section("gait")
    field = therapist.widget("gait.cadence")
    assert isinstance(field, NumberInput)
    field.setFocus()
    field.open_pad()


def handout(therapist: Therapist) -> None:
    suggested(therapist)
    therapist.presses(Qt.Key.Key_P, CTRL)


def withheld(therapist: Therapist) -> None:
    flagged(therapist)
    therapist.presses(Qt.Key.Key_P, CTRL)


def paper(kind: str) -> Callable[[Therapist], None]:
    def show_it(therapist: Therapist) -> None:
        flagged(therapist)
        therapist.window.show_paper(kind)

    return show_it


def course(view: str) -> Callable[[Therapist], None]:
    def show_it(therapist: Therapist) -> None:
        second_visit(therapist)
        therapist.window.show_course(view)

    return show_it


def palette(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.presses(Qt.Key.Key_K, CTRL)
    therapist.types("slump")


def key_sheet(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.presses(Qt.Key.Key_Slash, CTRL)


def history(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.page.setFocus()
    therapist.window.overlays.toggle_history(therapist.page)


def patient_sheet(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.window.overlays.toggle_patient(therapist.page)


def audit(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.window.overlays.toggle_audit()


def about_program(therapist: Therapist) -> None:
    therapist.window.overlays.toggle_about()


def phrases(therapist: Therapist) -> None:
    second_visit(therapist)
    therapist.window.overlays.toggle_phrases()


def writing(therapist: Therapist) -> None:
    """A list of phrases beside a text, one of which is left open in another."""
    second_visit(therapist)
    therapist.presses(Qt.Key.Key_0, ALT)
    therapist.goes_to("note.subjective")
    # The letters stand in a name of either language.
    therapist.types(".in")
    therapist.presses(Qt.Key.Key_Tab)
    therapist.goes_to("note.objective")
    therapist.types(".")


SCENES: dict[str, Callable[[Therapist], None]] = {
    "home, empty": at_home, "home, searching": with_patients, "new patient": new_patient,
    **{f"section {name}": section(name) for name in SECTIONS},
    "panel with a plan": suggested, "red flag open": flagged, "errors": errors,
    "panel as a drawer": narrow_panel, "form at 1024": narrow_form,
    "choosing signs": choosing_signs, "a retest": retesting, "after a retest": retested,
    "what changed": changed, "a list of choices": list_of_choices, "tapping": tapping,
    "handout": handout, "handout withheld": withheld,
    **{kind: paper(kind) for kind in ("letter", "note", "report")},
    **{f"course, {view}": course(view) for view in ("about", "board", "progress")},
    "palette": palette, "key sheet": key_sheet, "history": history,
    "patient sheet": patient_sheet, "audit trail": audit, "about": about_program,
    "phrases": phrases, "writing": writing,
}  # fmt: skip


def signed(anna: Therapist) -> None:
    sign(anna)
    anna.qtbot.waitUntil(lambda: anna.page.model.locked)
    QApplication.processEvents()


def addendum(anna: Therapist) -> None:
    signed(anna)
    anna.presses(Qt.Key.Key_Return, CTRL)


SIGNED: dict[str, Callable[[Therapist], None]] = {
    "signing": lambda anna: anna.presses(Qt.Key.Key_Return, CTRL),
    "signed": signed,
    "addendum": addendum,
}


def signing_in(arrival: Arrival) -> QWidget:
    arrival.signs_in("not the passphrase")
    return arrival.reception.entrance


def recovery(arrival: Arrival) -> QWidget:
    arrival.reception.entrance.sign_in.forgotten.click()
    return arrival.reception.entrance


def clinic(arrival: Arrival) -> QWidget:
    arrival.signs_in()
    arrival.window.show_clinic()
    return arrival.window


def support(arrival: Arrival) -> QWidget:
    arrival.signs_in()
    arrival.window.overlays.toggle_support()
    return arrival.window


DOOR: dict[str, Callable[[Arrival], QWidget]] = {
    "signing in": signing_in, "recovery": recovery, "clinic": clinic, "support report": support,
}  # fmt: skip
