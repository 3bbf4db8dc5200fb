"""Where it hurts through the real window: charted by keyboard, kept, compared over the visits."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.pain import PainMap, SiteMark, pain_map
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import CTRL, TODAY, Therapist
from ui.course.body_charts import BodyCharts, BodyVisit, Legend
from ui.forms.body_chart import BodyChart
from ui.forms.kinds import KindInput

R, L = Side.RIGHT, Side.LEFT
SITES_R, SITES_L = Key("complaint.sites", R), Key("complaint.sites", L)


def chart(therapist: Therapist) -> BodyChart:
    """The chart of the body of the visit on screen."""
    found = therapist.widget("body_chart")
    assert isinstance(found, BodyChart)
    return found


def test_places_and_kinds_are_charted_without_the_mouse_and_kept(therapist: Therapist) -> None:
    """An ache in the gluteal fold, burning down the calf, and nothing on the left."""
    therapist.begins_visit()
    therapist.page.open_section("story")
    therapist.goes_to("body_chart")
    therapist.presses(Qt.Key.Key_Space)
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("1")
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.focus is chart(therapist)
    assert therapist.window.visit is not None, "Esc left the kinds, not the visit"
    therapist.types("6")
    therapist.presses(Qt.Key.Key_Return)
    therapist.types("4")
    therapist.presses(Qt.Key.Key_Escape)
    therapist.presses(Qt.Key.Key_Left)
    therapist.types("0")
    kept = pain_map(therapist.stored.findings)
    assert kept == PainMap(
        (SiteMark("gluteal_fold", R, ("ache",)), SiteMark("calf", R, ("burning",))), (R, L)
    )


def test_undo_takes_back_mark_by_mark_and_the_record_follows(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.open_section("story")
    therapist.goes_to("body_chart")
    for key in "36":
        therapist.types(key)
    assert therapist.stored.findings[SITES_R] == ("gluteal_fold", "calf")
    therapist.presses(Qt.Key.Key_Z, CTRL)
    assert therapist.stored.findings[SITES_R] == ("gluteal_fold",)
    therapist.presses(Qt.Key.Key_Z, CTRL)
    assert SITES_R not in therapist.stored.findings


def test_the_line_of_keys_says_what_the_chart_takes(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.open_section("story")
    therapist.goes_to("body_chart")
    assert "Body chart, right" in therapist.page.key_line.text()
    therapist.presses(Qt.Key.Key_Left)
    assert "Body chart, left" in therapist.page.key_line.text()


def test_a_kind_of_pain_is_found_by_its_name(therapist: Therapist) -> None:
    """From the palette or the panel one comes to the kinds of just that place."""
    therapist.begins_visit()
    therapist.page.go_to(Key("pain_kind.calf", L))
    focus = QApplication.focusWidget()
    assert isinstance(focus, KindInput)
    assert focus.objectName() == "pain_kind.calf@left"
    assert (chart(therapist).spot.place, chart(therapist).spot.side) == ("calf", L)


def three_visits() -> Case:
    """From four places to one."""
    kind = Key("pain_kind.gluteal_fold", R)
    charts: tuple[dict[Key, Value], ...] = (
        {SITES_R: ("low_back", "gluteal_fold", "calf"), SITES_L: (), kind: ("sharp",)},
        {SITES_R: ("gluteal_fold", "calf"), kind: ("sharp",)},
        {SITES_R: ("gluteal_fold",), kind: ("ache",)},
    )
    visits = tuple(
        Visit(TODAY - dt.timedelta(weeks=2 - n), chart) for n, chart in enumerate(charts)
    )
    return Case(Patient("Case C", dt.date(1986, 5, 14), sex="female"), visits)


def test_the_course_shows_where_it_hurt_visit_by_visit(therapist: Therapist) -> None:
    desk = therapist.desk
    chart_case(desk.open_record, desk.act(), three_visits())
    therapist.window.home.refresh()
    therapist.window.open_patient(1)
    shown, before = chart(therapist).shown
    assert [m.place for m in before.of(R)] == ["gluteal_fold", "calf"]
    assert before.asked == (R, L), "the left side is as it was charted two visits ago"
    assert [m.place for m in shown.marks] == ["gluteal_fold"]
    therapist.window.show_course("progress")
    page = therapist.window.course
    assert page is not None
    body = page.progress.body
    assert isinstance(body, BodyCharts)
    said = [one.accessibleName() for one in body.charts]
    assert len(said) == 3
    assert said[0].startswith("Visit 1, 9 Mar 2026. Right: low back; gluteal fold (sharp); calf")
    assert "Gone: right low back." in said[1]
    assert "Left: not charted" in said[1]
    assert "Gone: right calf. Other kind of pain: right gluteal fold (ache)." in said[2]
    legend = page.findChild(Legend)
    assert legend is not None
    assert legend.accessibleName() == "Legend: ache, sharp, kind not said, the visit before"


def test_the_charts_of_the_course_take_the_keyboard_and_lie_side_by_side(
    therapist: Therapist,
) -> None:
    desk = therapist.desk
    chart_case(desk.open_record, desk.act(), three_visits())
    therapist.window.home.refresh()
    therapist.window.open_patient(1)
    therapist.window.show_course("progress")
    page = therapist.window.course
    assert page is not None
    charts: list[BodyVisit] = page.progress.body.charts
    charts[0].setFocus()
    therapist.presses(Qt.Key.Key_Tab)
    assert therapist.focus is charts[1]
    places = [one.geometry() for one in charts]
    assert not any(a.intersects(b) for a in places for b in places if a is not b)


def test_a_course_without_places_shows_no_empty_figures(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.window.show_course("progress")
    page = therapist.window.course
    assert page is not None
    assert page.progress.body.isHidden()


def test_a_case_file_carries_the_kinds() -> None:
    """Reading back what was written gives the same places and kinds."""
    case = three_visits()
    again = read_case(write_case(case), load_catalogue(), ())
    assert [pain_map(v.findings) for v in again.visits] == [
        pain_map(v.findings) for v in case.visits
    ]
