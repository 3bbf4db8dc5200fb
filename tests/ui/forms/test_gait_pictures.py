"""Running gait by its drawings: a picture charts the finding that its segments chart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.knowledge.pose_files import figure
from tests.fingers import click, press, type_keys
from tests.visit_on_screen import MakeForm, key, make_model
from ui.forms.gait_blocks import PAIRS, CueBlock, PictureBlock
from ui.forms.pictures import PictureChoice
from ui.forms.section_form import SectionForm
from ui.forms.segments import SegmentedInput
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.buttons import Button
from ui.widgets.keys import CUE_KEYS, cue_words

PICTURES = ("gait.overstride@right", "gait.overstride@left", "gait.trunk_lean")


def opened(make_form: MakeForm, *charted: dict[str, object]) -> tuple[SectionForm, VisitViewModel]:
    """The gait section."""
    model = make_model(*charted)  # type: ignore[arg-type]
    return make_form("gait", model), model


def pictures(form: SectionForm, name: str) -> PictureChoice:
    """The pair of a field."""
    found = form.findChild(PictureChoice, f"{name}:pictures")
    assert found is not None
    return found


def middle(choice: PictureChoice, place: int) -> QPoint:
    """The middle of a card."""
    return choice.cards()[place].center().toPoint()


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("gait.overstride@right", 0, "none"),
        ("gait.overstride@right", 1, "clear"),
        ("gait.overstride@left", 1, "clear"),
        ("gait.trunk_lean", 0, "slight_forward"),
        ("gait.trunk_lean", 1, "backward"),
    ],
)
def test_a_click_on_a_picture_charts_its_finding(
    make_form: MakeForm, name: str, place: int, value: str
) -> None:
    form, model = opened(make_form)
    at = middle(pictures(form, name), place)
    click(pictures(form, name), at.x(), at.y())
    assert model.value(key(name)) == value
    segments = form.findChild(SegmentedInput, name)
    assert segments is not None
    assert segments.value() == value
    assert set(model.visit.findings) == {key(name)}
    model.editor.undo()
    assert not model.visit.findings


@pytest.mark.parametrize("name", PICTURES)
def test_arrows_and_space_pick_a_picture(make_form: MakeForm, name: str) -> None:
    form, model = opened(make_form)
    choice = pictures(form, name)
    choice.setFocus()
    press(choice, Qt.Key.Key_Right)
    press(choice, Qt.Key.Key_Space)
    finding = key(name).finding
    pair = next(pair for pair in PAIRS.values() if pair.finding == finding)
    assert model.value(key(name)) == pair.pictures[1][0]
    press(choice, Qt.Key.Key_Left)
    press(choice, Qt.Key.Key_Return)
    assert model.value(key(name)) == pair.pictures[0][0]
    press(choice, Qt.Key.Key_Delete)
    assert model.value(key(name)) is None


def test_digits_mean_the_same_on_pictures_and_segments(make_form: MakeForm) -> None:
    """Mild has a key and no picture: then neither of the two is picked."""
    form, model = opened(make_form)
    choice = pictures(form, "gait.overstride@right")
    type_keys(choice, "2")
    assert model.value(key("gait.overstride@right")) == "mild"
    assert choice.value_words() == "mild"
    type_keys(choice, "3")
    assert choice.value_words() == "clear: far ahead"


def test_tab_meets_the_pictures_before_the_fields_of_their_group(make_form: MakeForm) -> None:
    form, _model = opened(make_form)
    cadence = form.input(Key("gait.cadence"))
    cadence.setFocus()
    met = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        assert focus is not None
        press(focus, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        met.append(now.objectName())
    assert met == [
        "gait.overstride@right:pictures", "gait.overstride@left:pictures", "gait.overstride@right",
    ]  # fmt: skip


def test_the_same_as_last_time_and_what_was_picked_then(make_form: MakeForm) -> None:
    form, model = opened(make_form, {}, {"gait.trunk_lean": "backward"})
    choice = pictures(form, "gait.trunk_lean")
    assert model.value(Key("gait.trunk_lean")) is None
    blank = choice.grab().toImage()
    type_keys(choice, "=")
    assert model.value(Key("gait.trunk_lean")) == "backward"
    assert choice.grab().toImage() != blank


def test_pictures_are_named_for_those_who_do_not_see_them(make_form: MakeForm) -> None:
    form, _model = opened(make_form)
    names = {name: pictures(form, name).accessibleName() for name in PICTURES}
    assert names["gait.overstride@left"] == "Overstride, left, by picture"
    assert names["gait.trunk_lean"] == "Trunk lean at mid-stance, by picture"
    for pair in PAIRS.values():
        for _value, scene in pair.pictures:
            assert figure(scene).description.startswith("Running")


def test_the_left_leg_is_drawn_as_the_left_leg() -> None:
    """The patient who faces left is the mirror of the one who faces right."""
    right, left = (figure("gait.land_ahead", side) for side in (Side.RIGHT, Side.LEFT))
    assert right.bounds.mirrored() == left.bounds


def test_speed_and_slope_stand_with_what_was_seen(make_form: MakeForm) -> None:
    form, model = opened(make_form)
    block = form.body.figures["contact"]
    assert isinstance(block, PictureBlock)
    assert block.seen_at == ("speed: not charted", "slope: not charted")
    model.record(Key("gait.speed"), "fast")
    model.record(Key("gait.slope"), "uphill")
    assert block.seen_at == ("speed: fast", "slope: uphill")


def test_a_signed_visit_has_no_picture_to_pick_and_no_cue_to_try(make_form: MakeForm) -> None:
    form, model = opened(make_form)
    model.set_locked(True)
    choice = pictures(form, "gait.trunk_lean")
    at = middle(choice, 0)
    click(choice, at.x(), at.y())
    type_keys(choice, "1 =")
    assert not model.visit.findings
    assert not any(button.isEnabled() for button in form.findChildren(Button))


def test_each_cue_has_a_button_with_its_key(make_form: MakeForm) -> None:
    form, model = opened(make_form)
    block = form.body.figures["gait_notes"]
    assert isinstance(block, CueBlock)
    asked: list[str] = []
    model.cue_asked.connect(asked.append)
    for button in block.buttons:
        button.click()
    assert asked == list(cue_words()) == list(CUE_KEYS)
    assert block.buttons[0].accessibleName().startswith("Quicker steps: run again with it")
