"""The view-model as plain Python: what is typed becomes a value, or stays out of the chart."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.values import Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.visit.editing import VisitEditor
from tests.visit_on_screen import key, make_model, suggestion
from ui.forms.last_time import last_time_of
from ui.viewmodels.reading import could_still_become_valid, range_words, unit_words
from ui.viewmodels.visit import VisitViewModel


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("slr.angle@right", "58", 58),
        ("slr.angle@right", " 58,5 ", 58.5),
        ("slr.angle@right", "58.0", 58),
        ("gait.tibia_angle@left", "-4", -4),
        ("gait.tibia_angle@left", "\N{MINUS SIGN}4", -4),
        ("glute.abduction_power@right", "4-", "4-"),
        ("glute.abduction_power@right", "4\N{MINUS SIGN}", "4-"),
        ("slr.result@right", "not_tested", "not_tested"),
        ("complaint.sites@right", ("calf",), ("calf",)),
        ("complaint.sites@right", (), ()),
        ("note.plan", "come back", "come back"),
        ("note.plan", "   ", None),
        ("slr.angle@right", "", None),
        ("slr.angle@right", None, None),
    ],
)
def test_what_is_typed_is_charted(name: str, typed: object, value: Value | None) -> None:
    model = make_model()
    assert model.record(key(name), typed) is None
    assert model.value(key(name)) == value


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("slr.angle@right", "230", "outside 0 to 130 deg"),
        ("slr.angle@right", "5x", "not a number"),
        ("gait.foot_to_hip@right", "99", "outside \N{MINUS SIGN}20 to 80"),
        ("outcome.nprs_now", "11", "outside 0 to 10"),
        ("glute.abduction_power@right", "6", "0 to 5, with - or +"),
        ("slr.result@right", "maybe", "none of"),
    ],
)
def test_what_cannot_be_read_never_reaches_the_chart(name: str, typed: str, says: str) -> None:
    model = make_model()
    error = model.record(key(name), typed)
    assert error is not None
    assert says in error
    assert model.value(key(name)) is None


def test_an_unreadable_entry_does_not_leave_an_older_value_in_its_place() -> None:
    """54 was charted, 540 stands in the field: the chart must not go on saying 54."""
    model = make_model({"slr.angle@right": 54})
    assert model.record(key("slr.angle@right"), "540")
    assert model.value(key("slr.angle@right")) is None


def test_every_change_is_told_once_and_no_change_is_not_told() -> None:
    model = make_model()
    told: list[int] = []
    model.changed.connect(lambda: told.append(1))
    model.record(key("slr.result@left"), "negative")
    model.record(key("slr.result@left"), "negative")
    assert len(told) == 1


def test_the_same_again_charts_what_was_found_last_time() -> None:
    model = make_model(last_time={"slr.angle@right": 48})
    assert model.same(key("slr.angle@right"))
    assert model.value(key("slr.angle@right")) == 48
    assert model.is_repeated(key("slr.angle@right"))
    assert not model.same(key("slr.angle@left"))
    assert model.value(key("slr.angle@left")) is None


def test_the_same_again_is_marked_even_where_it_was_charted_before() -> None:
    model = make_model({"slr.angle@right": 48}, {"slr.angle@right": 48})
    told: list[object] = []
    model.changed.connect(lambda: told.append(model.is_repeated(key("slr.angle@right"))))
    assert model.same(key("slr.angle@right"))
    assert told == [True]


def test_last_time_by_itself_is_never_stored() -> None:
    model = make_model(last_time={"slr.angle@right": 48})
    assert model.last_time(key("slr.angle@right")) == 48
    assert model.value(key("slr.angle@right")) is None


def test_a_value_that_is_older_than_the_last_visit_stands_with_its_day() -> None:
    """The column's head names the last visit; what nobody tested then is not of that day."""
    first, second, today = (dt.date(2026, 3, day) for day in (2, 9, 16))
    angle, result = key("slr.angle@right"), key("slr.result@right")
    visits = (
        Visit(first, {angle: 48, result: "positive"}),
        Visit(second, {result: "negative"}),
        Visit(today),
    )
    editor = VisitEditor(
        Case(Patient("Case A"), visits),
        lambda _case: suggestion(),
        lambda *_: dt.datetime(2026, 3, 16, tzinfo=dt.UTC),
    )
    catalogue = load_catalogue()
    model = VisitViewModel(editor, catalogue, load_catalogue_text())
    older = last_time_of(model, catalogue.spec("slr.angle"), angle)
    assert (older.words, older.unit) == ("48", "2 Mar")
    assert last_time_of(model, catalogue.spec("slr.result"), result).unit == ""


def test_the_rest_are_no_answers_only_what_was_not_asked() -> None:
    """An answer, an "unknown" and a question that does not apply are left alone."""
    model = make_model(
        {
            "flag.pop": "yes",
            "flag.could_not_go_on": "unknown",
            "flag.bruise_spreading": "not_asked",
        },
        suggest=lambda _case: suggestion(not_applicable=("flag.palpable_gap",)),
    )
    model.answer_rest_no("tear")
    said = {name: model.value(key(name)) for name in model.catalogue.groups["tear"].findings}
    assert said == {
        "flag.pop": "yes",
        "flag.could_not_go_on": "unknown",
        "flag.bruise_spreading": "no",
        "flag.palpable_gap": None,
        "flag.foot_tingling": "no",
    }
    model.editor.undo()
    assert model.value(key("flag.foot_tingling")) is None


def test_the_rest_are_no_covers_bladder_and_bowel() -> None:
    model = make_model()
    model.answer_rest_no("cauda_equina")
    assert model.value(key("flag.bladder_bowel")) == "no"


def test_the_rest_are_no_means_nothing_outside_the_screen() -> None:
    model = make_model()
    model.answer_rest_no("hints")
    assert not model.visit.findings


def test_a_locked_visit_takes_nothing() -> None:
    model = make_model(last_time={"slr.result@right": "positive"})
    model.set_locked(True)
    model.record(key("slr.result@right"), "positive")
    model.same(key("slr.result@right"))
    model.answer_rest_no("tear")
    model.note_on("slr.result", "pain")
    assert not model.visit.findings
    assert not model.visit.notes_on


def test_open_fields_are_counted_without_those_that_do_not_apply() -> None:
    folding = suggestion(not_applicable=("flag.menstrual_loss",))
    whole, folded = make_model(), make_model(suggest=lambda _case: folding)
    assert whole.open_count("screen") - folded.open_count("screen") == 1
    before = whole.open_count("nerves")
    whole.record(key("slr.result@right"), "not_tested")
    assert whole.open_count("nerves") == before - 1


def test_a_section_is_marked_when_an_urgent_flag_comes_from_it() -> None:
    urgent = RedFlag("motor_deficit", "S", ("power.ankle_dorsiflexion",), "act")
    watch = RedFlag("distress", "W", ("flag.distress",), "ask again")
    model = make_model(suggest=lambda _case: suggestion((urgent, watch)))
    assert model.flagged("nerves")
    assert not model.flagged("screen")


def test_more_typing_may_still_help() -> None:
    spec = make_model().catalogue.spec
    cadence, angle, power = spec("gait.cadence"), spec("slr.angle"), spec("power.eversion")
    assert could_still_become_valid(cadence, "18")
    assert not could_still_become_valid(cadence, "300")
    assert not could_still_become_valid(angle, "230")
    assert not could_still_become_valid(angle, "-")
    assert could_still_become_valid(spec("gait.tibia_angle"), "-")
    assert not could_still_become_valid(power, "6")


def test_units_are_said_as_a_clinician_says_them() -> None:
    spec = make_model().catalogue.spec
    assert unit_words(spec("slr.angle")) == "deg"
    assert unit_words(spec("bridge.pain")) == "of 10"
    assert unit_words(spec("power.eversion")) == "of 5"
    assert unit_words(spec("outcome.groc")) == "\N{MINUS SIGN}7 to 7"
    assert range_words(spec("gait.cadence")) == "outside 100 to 240 steps/min"


def test_it_needs_no_application() -> None:
    """Signals reach plain Python, with no window system at all."""
    code = (
        "import datetime as dt\n"
        "from clinic_desktop.domain.values import Key, Side\n"
        "from clinic_desktop.domain.visits import Case, Patient, Visit\n"
        "from clinic_desktop.services.knowledge.catalogue_files import load_catalogue as c\n"
        "from clinic_desktop.services.knowledge.catalogue_files import load_catalogue_text as t\n"
        "from clinic_desktop.services.visit.editing import VisitEditor\n"
        "from ui.viewmodels.visit import VisitViewModel\n"
        "now = dt.datetime(2026, 3, 23, tzinfo=dt.UTC)\n"
        "case = Case(Patient('A'), (Visit(now.date()),))\n"
        "m = VisitViewModel(VisitEditor(case, lambda c: None, lambda *_: now), c(), t())\n"
        "told = []\n"
        "m.changed.connect(lambda: told.append(m.value(Key('slr.angle', Side.RIGHT))))\n"
        "m.record(Key('slr.angle', Side.RIGHT), '58')\n"
        "import sys\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "assert told == [58] and QCoreApplication.instance() is None\n"
        "assert 'PySide6.QtWidgets' not in sys.modules\n"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
