"""The body chart in the form: marked by click and by keys, one with the chips beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.figures.body_chart import Spot, regions
from clinic_desktop.domain.figures.palette import Token
from clinic_desktop.domain.pain import KINDS, PLACES
from clinic_desktop.domain.values import Key, Side
from tests.contrasts import contrast
from tests.fingers import click, press, type_keys
from tests.visit_on_screen import MakeForm, key, make_model
from ui import style
from ui.forms.body_block import BodyBlock
from ui.forms.body_chart import BodyChart
from ui.forms.chips import SetInput
from ui.forms.kinds import KindInput
from ui.forms.section_form import SectionForm
from ui.tokens import DARK, LIGHT
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.figure_view import chart_color

R, L = Side.RIGHT, Side.LEFT
SITES_R, SITES_L = Key("complaint.sites", R), Key("complaint.sites", L)
FOLD_R = Spot("gluteal_fold", R, "back")

Opened = tuple[BodyChart, VisitViewModel, SectionForm]


@pytest.fixture
def open_chart(make_form: MakeForm) -> Callable[..., Opened]:
    """The story with its chart of the body, the keyboard on the chart."""

    def make(*charted: dict[str, object]) -> Opened:
        model = make_model(*charted)  # type: ignore[arg-type]
        form = make_form("story", model)
        block = form.body.figures["place"]
        assert isinstance(block, BodyBlock)
        block.chart.setFocus()
        return block.chart, model, form

    return make


def hit(chart: BodyChart, spot: Spot) -> None:
    """Click the middle of a place."""
    at = chart.place_of(spot)
    click(chart, round(at.x()), round(at.y()))


def said(chart: BodyChart) -> str:
    """What a screen reader reads of the chart."""
    reader = QAccessible.queryAccessibleInterface(chart)
    return reader.text(QAccessible.Text.Value)


# ---- marking
@pytest.mark.parametrize("spot", [s for s in regions() if s.place != "groin"], ids=str)
def test_a_click_marks_the_place_under_it_and_another_takes_it_away(
    open_chart: Callable[..., Opened], spot: Spot
) -> None:
    chart, model, _form = open_chart()
    hit(chart, spot)
    assert model.value(Key("complaint.sites", spot.side)) == (spot.place,)
    hit(chart, spot)
    assert model.value(Key("complaint.sites", spot.side)) is None
    model.editor.undo()
    assert model.value(Key("complaint.sites", spot.side)) == (spot.place,)


def test_a_click_beside_the_body_marks_nothing(open_chart: Callable[..., Opened]) -> None:
    chart, model, _form = open_chart()
    click(chart, chart.width() // 2, chart.height() - 20)
    assert not model.visit.findings


def test_arrows_go_from_place_to_place_and_space_marks(open_chart: Callable[..., Opened]) -> None:
    """Down the right leg, over to the left one, and back up."""
    chart, model, _form = open_chart()
    assert chart.spot == FOLD_R
    press(chart, Qt.Key.Key_Space)
    press(chart, Qt.Key.Key_Down)
    press(chart, Qt.Key.Key_Space)
    press(chart, Qt.Key.Key_Left)
    press(chart, Qt.Key.Key_Space)
    assert model.value(SITES_R) == ("gluteal_fold", "mid_posterior_thigh")
    assert model.value(SITES_L) == ("mid_posterior_thigh",)
    for _ in range(4):
        press(chart, Qt.Key.Key_Left)
    assert chart.spot.view == "front"
    assert chart.spot.side is R


@pytest.mark.parametrize("place", PLACES)
def test_a_digit_marks_a_place_of_the_side_as_on_the_chips(
    open_chart: Callable[..., Opened], place: str
) -> None:
    chart, model, _form = open_chart({"complaint.side": "left"})
    assert chart.spot.side is L
    type_keys(chart, str(PLACES.index(place) + 1))
    assert model.value(SITES_L) == (place,)
    assert (chart.spot.place, chart.spot.side) == (place, L)


def test_none_is_an_answer_and_delete_takes_it_back(open_chart: Callable[..., Opened]) -> None:
    chart, model, _form = open_chart()
    type_keys(chart, "0")
    assert model.value(SITES_R) == ()
    assert "right: none of these" in said(chart).lower()
    assert "left: not charted" in said(chart).lower()
    press(chart, Qt.Key.Key_Delete)
    assert model.value(SITES_R) is None


def test_the_same_as_last_time_takes_places_and_kinds_of_the_side_in_one_step(
    open_chart: Callable[..., Opened],
) -> None:
    last = {
        "complaint.sites@right": ("gluteal_fold",), "pain_kind.gluteal_fold@right": ("burning",),
        "complaint.sites@left": ("calf",),
    }  # fmt: skip
    chart, model, _form = open_chart({}, last)
    type_keys(chart, "=")
    assert model.value(SITES_R) == ("gluteal_fold",)
    assert model.value(key("pain_kind.gluteal_fold@right")) == ("burning",)
    assert model.value(SITES_L) is None
    assert model.is_repeated(SITES_R)
    model.editor.undo()
    assert not model.visit.findings


def test_the_same_test_again_brings_no_kind_of_a_place_that_is_gone(
    open_chart: Callable[..., Opened],
) -> None:
    """Ctrl+= in the group: the gluteal fold hurts no more, so its burning is not charted."""
    last = {
        "complaint.sites@right": ("gluteal_fold", "calf"), "pain_kind.calf@right": ("numb",),
        "pain_kind.gluteal_fold@right": ("burning",),
    }  # fmt: skip
    _chart, model, _form = open_chart({"complaint.sites@right": ("calf",)}, last)
    assert model.same_test(SITES_R)
    assert model.visit.findings == {
        SITES_R: ("calf",), key("pain_kind.calf@right"): ("numb",),
    }  # fmt: skip


# ---- one finding, two views
def test_chips_and_figure_show_the_same(open_chart: Callable[..., Opened]) -> None:
    chart, _model, form = open_chart()
    chips = form.findChild(SetInput, "complaint.sites@right")
    assert chips is not None
    type_keys(chips, "6")
    assert chart.shown[0].at("calf", R) is not None
    hit(chart, FOLD_R)
    assert chips.value() == ("gluteal_fold", "calf")
    assert chips.value_words() == "gluteal fold, calf"


def test_a_kind_of_pain_says_more_of_a_mark_and_is_no_open_question(
    open_chart: Callable[..., Opened],
) -> None:
    """Marking closes the question where it hurts, and opens no other."""
    chart, model, form = open_chart()
    before = model.open_count("story")
    hit(chart, FOLD_R)
    assert model.open_count("story") == before - 1
    model.record(SITES_L, ())
    model.record(Key("complaint.side"), "right")
    form.focus_first()
    assert not isinstance(QApplication.focusWidget(), KindInput)


# ---- the kind of pain
def test_return_goes_to_the_kinds_of_the_place_and_escape_back(
    open_chart: Callable[..., Opened],
) -> None:
    chart, model, form = open_chart()
    press(chart, Qt.Key.Key_Space)
    press(chart, Qt.Key.Key_Return)
    kinds = QApplication.focusWidget()
    assert isinstance(kinds, KindInput)
    assert kinds.objectName() == "pain_kind.gluteal_fold@right"
    assert kinds.accessibleName() == "Kind of pain, gluteal fold, right"
    type_keys(kinds, "14")
    assert model.value(key("pain_kind.gluteal_fold@right")) == ("ache", "burning")
    assert chart.shown[0].kinds == ("ache", "burning")
    assert "gluteal fold (ache, burning)" in said(chart)
    press(kinds, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is chart
    assert form.isVisible()


def test_only_the_kinds_of_the_place_in_question_are_shown(
    open_chart: Callable[..., Opened],
) -> None:
    chart, _model, form = open_chart()
    for spot in (FOLD_R, Spot("calf", L, "back"), Spot("groin", R, "front")):
        chart.point_at(spot)
        shown = [one for one in form.findChildren(KindInput) if not one.isHidden()]
        assert [one.objectName() for one in shown] == [f"pain_kind.{spot.place}@{spot.side}"]


def test_a_kind_marks_its_place_and_goes_with_it(open_chart: Callable[..., Opened]) -> None:
    chart, model, form = open_chart()
    kinds = form.findChild(KindInput, "pain_kind.calf@right")
    assert kinds is not None
    form.focus_key(key("pain_kind.calf@right"))
    assert not kinds.isHidden()
    type_keys(kinds, "5")
    assert model.value(SITES_R) == ("calf",)
    assert chart.shown[0].at("calf", R) is not None
    model.editor.undo()
    assert not model.visit.findings
    model.editor.redo()
    hit(chart, Spot("calf", R, "back"))
    assert not model.visit.findings


# ---- last time
def test_last_time_is_said_and_never_taken_for_today(open_chart: Callable[..., Opened]) -> None:
    last = {"complaint.sites@right": ("calf",), "pain_kind.calf@right": ("tingling",)}
    chart, model, _form = open_chart({}, last)
    now, before = chart.shown
    assert (now.marks, [m.place for m in before.marks]) == ((), ["calf"])
    assert not model.visit.findings
    chart.point_at(Spot("calf", R, "back"))
    assert "calf, right: not marked; last time calf (tingling)" in said(chart)


def test_what_changed_since_last_time_stands_beside_the_figure(
    open_chart: Callable[..., Opened],
) -> None:
    last = {"complaint.sites@right": ("calf", "foot"), "pain_kind.foot@right": ("numb",)}
    today = {"complaint.sites@right": ("low_back", "foot"), "pain_kind.foot@right": ("ache",)}
    _chart, _model, form = open_chart(today, last)
    block = form.body.figures["place"]
    assert isinstance(block, BodyBlock)
    assert block.words == (
        "Since last time. New: right low back. Gone: right calf. "
        "Other kind of pain: right foot (ache).",
        "Last time, the grey outline: right calf; foot (numb).",
    )


# ---- looks, names, lock
def test_a_signed_visit_can_be_read_and_not_marked(open_chart: Callable[..., Opened]) -> None:
    chart, model, _form = open_chart({"complaint.sites@right": ("calf",)})
    model.set_locked(True)
    hit(chart, FOLD_R)
    press(chart, Qt.Key.Key_Space)
    type_keys(chart, "0=2")
    assert model.value(SITES_R) == ("calf",)
    press(chart, Qt.Key.Key_Down)
    assert "mid back of thigh" in said(chart)


def test_the_chart_says_what_it_is_and_which_keys_it_takes(
    open_chart: Callable[..., Opened],
) -> None:
    chart, _model, _form = open_chart()
    assert chart.accessibleName() == "Body chart"
    name, hints = chart.key_hints()
    assert name == "Body chart, right"
    assert {"Space", "Return", "1..8", "0", "=", "Del"} <= {shown for shown, _does in hints}


@pytest.mark.parametrize("scheme", [style.Scheme.LIGHT, style.Scheme.DARK])
def test_every_kind_stands_out_from_its_ground(qapp: QApplication, scheme: style.Scheme) -> None:
    """Patterns at 3 to 1 at least in both schemes, and the edge of a mark from the body."""
    style.apply(qapp, scheme)
    ground = chart_color(Token.SITE)
    assert all(contrast(chart_color(Token(kind)), ground) >= 3 for kind in KINDS)
    assert contrast(chart_color(Token.SITE_EDGE), chart_color(Token.BODY)) >= 4.5
    assert contrast(chart_color(Token.SITE_BEFORE), chart_color(Token.BODY)) >= 2.5
    surface = (DARK if scheme is style.Scheme.DARK else LIGHT).surface
    assert contrast(chart_color(Token.BODY_LINE), surface) >= 4.5


def test_marking_shows_at_once_and_in_both_schemes(
    open_chart: Callable[..., Opened], qapp: QApplication
) -> None:
    chart, _model, _form = open_chart()
    blank = chart.grab().toImage()
    type_keys(chart, "6")
    marked = chart.grab().toImage()
    assert marked != blank
    style.apply(qapp, style.Scheme.DARK)
    assert chart.grab().toImage() != marked
