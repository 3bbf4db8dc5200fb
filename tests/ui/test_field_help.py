"""Help one key away: F1 on any field says how the test is done, and goes away again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.pose_files import figure, item_scenes
from tests.at_the_desk import CTRL, Therapist
from ui.main_window import LEAST_SIZE
from ui.sheets.field_help import OF_TESTS, FieldHelp, figures_of
from ui.widgets.overlay import Overlay

TEXT, CATALOGUE = load_catalogue_text(), load_catalogue()
ANGLE = Key("slr.angle", Side.RIGHT)


def shown(therapist: Therapist) -> FieldHelp:
    """The help on screen."""
    found = therapist.widget("field_help")
    assert isinstance(found, FieldHelp)
    return found


def test_f1_on_a_field_tells_how_it_is_done_and_esc_goes_back(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.go_to(ANGLE)
    field = therapist.focus
    therapist.presses(Qt.Key.Key_F1)
    help_ = shown(therapist)
    assert help_.isVisible()
    assert help_.title == "Straight leg raise"
    said = help_.accessibleDescription()
    assert TEXT.findings["slr.angle"].help in said
    assert "It takes 0 to 130 deg." in said
    assert "a difference of 10 deg or more counts" in said
    for heading in ("How it is done", "What counts", "What it tells", "goes wrong", "Safety"):
        assert heading in said
    assert "Read in the source itself: Deville 2000" in said
    assert therapist.focus is help_.reading
    therapist.presses(Qt.Key.Key_Escape)
    assert not help_.isVisible()
    assert therapist.focus is field
    therapist.presses(Qt.Key.Key_F1)
    therapist.presses(Qt.Key.Key_F1)
    assert not help_.isVisible()
    assert therapist.focus is field


def test_f1_works_on_every_field_of_the_form(therapist: Therapist) -> None:
    """Every finding: what is shown is about this very field."""
    therapist.begins_visit()
    for spec in CATALOGUE.findings.values():
        therapist.page.go_to(spec.keys[-1])
        field = QApplication.focusWidget()
        assert field is not None, spec.id
        assert therapist.page.pages.isAncestorOf(field), spec.id
        therapist.presses(Qt.Key.Key_F1)
        help_ = shown(therapist)
        assert help_.isVisible(), spec.id
        assert help_.title == TEXT.groups[spec.group].label, spec.id
        assert TEXT.findings[spec.id].help in help_.accessibleDescription(), spec.id
        therapist.presses(Qt.Key.Key_Escape)


def test_every_stop_of_the_tab_key_has_help_too(therapist: Therapist) -> None:
    """Pictures to choose by, the body chart, and the button of a red-flag group."""
    therapist.begins_visit()
    for place, section in enumerate(CATALOGUE.sections, 1):
        therapist.presses(Qt.Key(Qt.Key.Key_0 + place % 10), Qt.KeyboardModifier.AltModifier)
        first = therapist.focus
        for _stop in range(60):
            if not therapist.page.pages.isAncestorOf(therapist.focus):
                break
            stop = therapist.focus
            therapist.presses(Qt.Key.Key_F1)
            title = shown(therapist).title
            assert title in {TEXT.groups[group].label for group in section.groups}, section.id
            therapist.presses(Qt.Key.Key_Escape)
            assert therapist.focus is stop
            therapist.presses(Qt.Key.Key_Tab)
            if therapist.focus is first:
                break


def test_from_the_palette_it_is_found_by_name(therapist: Therapist) -> None:
    """As an action on the field one came from, and with F1 on the row of any field."""
    therapist.begins_visit()
    therapist.page.go_to(ANGLE)
    field = therapist.focus
    therapist.presses(Qt.Key.Key_K, CTRL)
    therapist.types("help: the test")
    therapist.presses(Qt.Key.Key_Return)
    assert shown(therapist).title == "Straight leg raise"
    therapist.presses(Qt.Key.Key_Escape)
    therapist.presses(Qt.Key.Key_K, CTRL)
    therapist.types("slump, with the head")
    therapist.presses(Qt.Key.Key_F1)
    assert shown(therapist).isVisible()
    assert TEXT.findings["slump.release"].help in shown(therapist).accessibleDescription()
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.focus is field


def test_a_key_of_the_visit_still_works_while_it_is_shown(therapist: Therapist) -> None:
    """It is no dialog: a section's key puts it away and goes there."""
    therapist.begins_visit()
    therapist.page.go_to(ANGLE)
    therapist.presses(Qt.Key.Key_F1)
    therapist.presses(Qt.Key.Key_F, CTRL)
    assert not shown(therapist).isVisible()
    assert therapist.window.pages.currentWidget() is therapist.window.home


def test_on_a_line_of_the_panel_it_is_the_rule_as_before(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.to_panel()
    therapist.presses(Qt.Key.Key_F1)
    assert therapist.window.findChild(Overlay, "field_help") is None


def test_it_fits_the_smallest_window_and_leaves_the_banner_in_sight(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.window.resize(*LEAST_SIZE)
    therapist.page.go_to(ANGLE)
    therapist.presses(Qt.Key.Key_F1)
    card = shown(therapist).card.geometry()
    assert therapist.page.banner.geometry().bottom() < card.top()
    assert therapist.window.rect().contains(card)
    assert shown(therapist).reading.horizontalScrollBar().maximum() == 0
    before = shown(therapist).reading.verticalScrollBar().value()
    therapist.presses(Qt.Key.Key_PageDown)
    assert shown(therapist).reading.verticalScrollBar().value() > before


def test_the_thresholds_of_a_retest_are_those_of_the_rules_in_use(desk: Desk) -> None:
    from ui.sheets.field_help import field_parts

    said = " ".join(words for _heading, words in field_parts(desk, ANGLE))
    assert f"a difference of {desk.retest_bands()['slr.angle'].by:g} deg" in said


@pytest.mark.parametrize("group", CATALOGUE.groups)
def test_a_drawing_of_a_test_is_one_that_ships(group: str) -> None:
    """Each is there in both languages, and says what it shows for those who do not see it."""
    for scene in figures_of(group):
        for language in ("en", "es"):
            assert len(figure(scene, language=language).description) > 20


def test_the_tests_that_words_describe_badly_are_drawn() -> None:
    drawn = {group for group in CATALOGUE.groups if figures_of(group)}
    assert {"slr", "slump", "bent_knee", "puranen_orava", "bridge", "arabesque"} <= drawn
    known = {scene.id.partition(".")[2].removesuffix("_2") for scene in item_scenes(OF_TESTS)}
    assert known <= set(CATALOGUE.groups), "a drawing is named after no group"
