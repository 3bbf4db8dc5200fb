"""At the window: a clinic's own exercises are chosen, and other drawings of an item."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.desk import Desk
from tests.at_the_desk import ALT, CTRL, Therapist
from tests.own_exercises import STEP, WALL, loaded, write_both
from ui import style
from ui.forms.segments import SegmentedInput
from ui.papers.handout_preview import HandoutPreview
from ui.papers.sheet_item import SheetItem


@pytest.fixture
def hillside(desk: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Therapist:
    """A therapist of a clinic that has exercises of its own; her patient's side and screen done."""
    style.apply(qapp, style.Scheme.LIGHT)
    knowledge = loaded(write_both(tmp_path / "knowledge"))
    own = replace(
        desk,
        plan_library=knowledge.library,
        library_in=knowledge.library_in,
        suggest=knowledge.suggest,
        explain=knowledge.explain,
        problems=knowledge.problems,
    )
    return with_screen(Therapist(own, qtbot))


def with_screen(therapist: Therapist) -> Therapist:
    therapist.begins_visit()
    therapist.page.model.record(Key("complaint.side"), "right")
    therapist.finishes_screen()
    return therapist


def sheet_of(therapist: Therapist) -> HandoutPreview:
    therapist.presses(Qt.Key.Key_P, CTRL)
    preview = therapist.window.preview
    assert isinstance(preview, HandoutPreview)
    return preview


def pages(therapist: Therapist, preview: HandoutPreview) -> str:
    therapist.qtbot.waitUntil(lambda: not preview.is_behind)
    return " ".join(preview.text().split())


def words_in(row: SheetItem) -> str:
    return " ".join(label.text() for label in row.findChildren(QLabel))


def test_an_own_exercise_is_added_in_the_plan_and_stands_on_the_sheet(hillside: Therapist) -> None:
    hillside.presses(Qt.Key.Key_9, ALT)
    hillside.presses_button(f"add:{WALL}")
    assert hillside.stored.plan == (PlanChoice(WALL),)
    assert hillside.focus.objectName() == f"dose:{WALL}"
    preview = sheet_of(hillside)
    assert "Heel press at the wall: right leg" in pages(hillside, preview)


def test_it_is_added_in_the_sheets_editor_too(hillside: Therapist) -> None:
    preview = sheet_of(hillside)
    preview.editor.item_wanted.emit(STEP)
    hillside.goes_to(f"sheet_words:{STEP}")
    hillside.types("Use the blue step.")
    said = pages(hillside, preview)
    assert "Slow step down" in said
    assert "Use the blue step." in said
    hillside.presses(Qt.Key.Key_Escape)
    assert hillside.stored.plan == (PlanChoice(STEP, words="Use the blue step."),)


def test_words_that_are_not_there_in_the_sheets_language_are_told(hillside: Therapist) -> None:
    """In Spanish one exercise has its words and the other has not: she sees which."""
    hillside.page.model.editor.plan((PlanChoice(WALL), PlanChoice(STEP)))
    preview = sheet_of(hillside)
    remark = "no words in this language: printed in English"
    assert remark not in words_in(preview.editor.row(STEP))
    preview.language.choose("es")
    assert remark in words_in(preview.editor.row(STEP))
    assert remark not in words_in(preview.editor.row(WALL))
    said = pages(hillside, preview)
    assert "Talón contra la pared: pierna derecha" in said
    assert "Slow step down" in said


def test_a_rule_explains_itself_where_no_rule_suggests_the_exercise(hillside: Therapist) -> None:
    assert hillside.desk.explain(f"plan.{WALL}").source == "Hillside team, May 2026"


# ---------------------------------------------------------------------- not here
def test_a_chart_with_an_exercise_that_is_not_here_opens_and_keeps_it(therapist: Therapist) -> None:
    """The folder went: its id stands in plan and editor, the sheet says why there is none, and
    nothing is lost; without it the sheet is there again."""
    with_screen(therapist)
    kept = PlanChoice(WALL, "5 times", drawing="with_towel")
    therapist.page.model.editor.plan((kept, PlanChoice("brace")))
    therapist.presses(Qt.Key.Key_9, ALT)
    assert therapist.line(f"dose:{WALL}").text() == "5 times"
    assert "clinic.wall_press" in therapist.panel
    preview = sheet_of(therapist)
    row = preview.editor.row(WALL)
    assert "clinic.wall_press" in words_in(row)
    assert "its words are not here" in words_in(row)
    assert "an exercise of a clinic's own" in pages(therapist, preview)
    assert therapist.stored.plan[0] == kept
    therapist.presses_button(f"remove:{WALL}")
    assert "Brace" in pages(therapist, preview)


# ---------------------------------------------------------------------- other drawings
def drawing_of(therapist: Therapist, item: str) -> SegmentedInput:
    field = therapist.widget(f"sheet_drawing:{item}")
    assert isinstance(field, SegmentedInput)
    return field


def test_side_steps_take_the_place_of_the_clamshell(therapist: Therapist) -> None:
    """By one key: picture, name, steps and usual dose change together, and go back together."""
    with_screen(therapist)
    therapist.page.model.editor.plan((PlanChoice("glute_burn"), PlanChoice("slider_seated")))
    preview = sheet_of(therapist)
    assert "Clamshell: right leg on top" in pages(therapist, preview)
    therapist.goes_to("sheet_drawing:glute_burn")
    assert drawing_of(therapist, "glute_burn").value_words() == "Clamshell"
    therapist.types("2")
    said = pages(therapist, preview)
    assert "Side steps with a band: right leg first" in said
    assert "Lie on your side." not in said
    assert therapist.line("sheet_dose:glute_burn").placeholderText().startswith("15 to 25 steps")
    assert "Side steps with a band" in words_in(preview.editor.row("glute_burn"))
    assert therapist.stored.plan[0] == PlanChoice("glute_burn", drawing="side_step")
    therapist.page.model.editor.undo()
    assert drawing_of(therapist, "glute_burn").value_words() == "Clamshell"
    therapist.page.model.editor.redo()
    therapist.types("1")
    assert "Clamshell: right leg on top" in pages(therapist, preview)
    assert therapist.stored.plan[0] == PlanChoice("glute_burn")


def test_to_clear_the_choice_is_to_take_the_usual_drawing(therapist: Therapist) -> None:
    with_screen(therapist)
    therapist.page.model.editor.plan((PlanChoice("tendon_massage", drawing="roller"),))
    sheet_of(therapist)
    therapist.goes_to("sheet_drawing:tendon_massage")
    therapist.presses(Qt.Key.Key_Delete)
    assert drawing_of(therapist, "tendon_massage").value_words() == "Soft ball"
    assert therapist.stored.plan == (PlanChoice("tendon_massage"),)


def test_only_items_with_several_drawings_ask(therapist: Therapist) -> None:
    with_screen(therapist)
    items = ("glute_burn", "tendon_massage", "recovery_position", "brace", "load_isometric")
    therapist.page.model.editor.plan(tuple(map(PlanChoice, items)))
    sheet_of(therapist)
    asked = [item for item in items if drawing_of(therapist, item).isVisible()]
    assert asked == ["glute_burn", "tendon_massage", "recovery_position"]


def test_the_plan_tab_names_what_is_drawn(therapist: Therapist) -> None:
    with_screen(therapist)
    therapist.page.model.editor.plan((PlanChoice("recovery_position", drawing="prone"),))
    therapist.presses(Qt.Key.Key_9, ALT)
    plan = therapist.page.form("plan")
    assert "Rest face down" in [label.text() for label in plan.findChildren(QLabel)]
