"""Every section, light and dark: nothing overlaps, nothing is cut off, everything is painted."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from tests.visit_on_screen import MakeForm, key, make_model, suggestion
from ui import style
from ui.forms.body_block import BodyBlock
from ui.forms.section_form import SectionForm
from ui.forms.typed import NumberInput
from ui.tokens import LABEL_X, LAST_LEFT_X, LAST_RIGHT_X, LEFT_X, RIGHT_X, RING
from ui.typeface import BODY, CAPTION, text_width

SECTIONS = [section.id for section in load_catalogue().sections]
BUSY = {
    "slr.angle@right": 54,
    "slump.result@left": "unable",
    "complaint.sites@right": ("gluteal_fold", "behind_knee"),
    "flag.saddle_numbness": "no",
    "gait.cadence": 172,
}


def open_busy(make_form: MakeForm, section: str) -> SectionForm:
    """A section with something charted today and last time, and a question folded away."""
    answer = suggestion(not_applicable=("flag.menstrual_loss",))
    model = make_model(BUSY, BUSY, lambda _case: answer)  # type: ignore[arg-type]
    return make_form(section, model)


def controls(form: SectionForm) -> list[tuple[str, QRect]]:
    """Name and place of each control on the sheet, without the room for its ring."""
    shown = [widget for row in form.body.rows for widget in row.inputs() if widget.isVisible()]
    return [(w.objectName(), w.geometry().adjusted(RING, RING, -RING, -RING)) for w in shown]


@pytest.mark.parametrize("section", SECTIONS)
def test_controls_keep_apart_and_in_their_columns(make_form: MakeForm, section: str) -> None:
    form = open_busy(make_form, section)
    places = controls(form)
    assert places
    for (one, here), (other, there) in combinations(places, 2):
        assert not here.intersects(there), f"{one} over {other}"
    beside = {
        str(found.key) for block in form.body.blocks if block.group.figure == "body"
        for row in block.rows for found in row.fields
    }  # fmt: skip
    for name, place in places:
        if name in beside:
            # Beside the figure, and clear of the scroll bar.
            figure = form.body.figures["place"]
            assert isinstance(figure, BodyBlock)
            assert place.left() > figure.chart.geometry().right(), name
            assert place.right() < form.width() - 12, name
            continue
        assert place.left() in (RIGHT_X, LEFT_X), name
        assert place.right() < LAST_RIGHT_X - 4, name
        assert place.bottom() < form.body.minimumHeight(), name


@pytest.mark.parametrize("section", SECTIONS)
def test_labels_end_before_their_control(make_form: MakeForm, section: str) -> None:
    form = open_busy(make_form, section)
    for row in form.body.rows:
        room = min(found.x for found in row.fields) - LABEL_X - 4
        for line in row.label_lines:
            assert text_width(line) <= room, line


@pytest.mark.parametrize("section", SECTIONS)
def test_headings_with_their_hints_fit_on_one_line(make_form: MakeForm, section: str) -> None:
    form = open_busy(make_form, section)
    for block in form.body.blocks:
        end = LABEL_X + text_width(block.label, 14, True) + 12 + text_width(block.hint, CAPTION)
        assert end < (412 if block.rest else LAST_LEFT_X), block.label


def test_every_range_error_fits_beside_its_field(make_form: MakeForm) -> None:
    for section in SECTIONS:
        form = make_form(section)
        for row in form.body.rows:
            for found in row.fields:
                if isinstance(found.input, NumberInput):
                    error = form.model.record(found.key, "99999")
                    assert error
                    room = found.input.width() - found.input.control().right() - 8 - 16
                    assert text_width(error, CAPTION) <= room, error


def test_no_unit_is_cut_off(make_form: MakeForm) -> None:
    for section in SECTIONS:
        for row in make_form(section).body.rows:
            for found in row.fields:
                if isinstance(found.input, NumberInput):
                    room = found.input.width() - found.input.control().right() - 8
                    assert text_width(found.input.unit(), BODY) <= room


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("scheme", [style.Scheme.LIGHT, style.Scheme.DARK])
def test_a_section_is_painted_in_its_scheme(
    make_form: MakeForm, qapp: QApplication, section: str, scheme: style.Scheme
) -> None:
    """On its own ground, with more than one colour on it, and another after a live switch."""
    form = open_busy(make_form, section)
    style.apply(qapp, scheme)
    picture = form.grab().toImage()
    ground = style.theme().tokens.surface
    assert picture.pixelColor(4, picture.height() - 4) == ground
    assert len(colors(picture)) > 8
    other = style.Scheme.DARK if scheme is style.Scheme.LIGHT else style.Scheme.LIGHT
    style.apply(qapp, other)
    assert form.grab().toImage() != picture


def colors(picture: QImage) -> set[int]:
    """The colours of a picture, looked at every third pixel."""
    return {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }


def test_a_charted_answer_looks_different_from_a_blank_one(make_form: MakeForm) -> None:
    form = make_form("nerves")
    result = form.input(key("slr.result@right"))
    blank = result.grab().toImage()
    form.model.record(key("slr.result@right"), "not_tested")
    not_tested = result.grab().toImage()
    form.model.record(key("slr.result@right"), "negative")
    negative = result.grab().toImage()
    assert blank != not_tested
    assert not_tested != negative
    assert negative != blank
