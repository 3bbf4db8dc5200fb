"""Which sheet a visit's plan gives, and when none may be printed."""

import datetime as dt
from dataclasses import replace

import pytest

from clinic_desktop.domain.documents import Change, Handout, Picture
from clinic_desktop.domain.errors import InvalidValue, Withheld
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.suggestion import RedFlag, Suggestion
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, PlanChoice
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.handout_changes import changes_since
from clinic_desktop.services.papers.handouts import NEXT_VISIT, make_handout, sheet_language
from tests.handout_contents import CLINIC, VISIT, a_case, a_sheet, a_suggestion


def made(case: Case, suggestion: Suggestion) -> Handout:
    return make_handout(case, suggestion, load_plan_library(), CLINIC, "A. Rivera, PT")


def flag(level: str) -> RedFlag:
    return RedFlag("some_flag", level, ("flag.fever",), f"Do what level {level} asks for.")


def test_the_therapists_order_and_doses_are_kept() -> None:
    doses = {"glute_burn": "12 each side", "slider_seated": "  "}
    sheet = a_sheet("glute_burn", "pause_stretching", "slider_seated", doses=doses)
    assert [item.id for item in sheet.items] == ["glute_burn", "slider_seated"]
    assert sheet.items[0].dose == "12 each side"
    assert sheet.items[1].dose == load_plan_library().texts["slider_seated"].dose
    assert not sheet.from_suggestion
    assert sheet.stop_box is not None
    assert "4 weeks" in sheet.stop_box.title
    assert sheet.stop_box.picture is not None


def test_a_pause_with_the_therapists_own_dose_says_hers() -> None:
    sheet = a_sheet("pause_stretching", doses={"pause_stretching": "until we meet"})
    assert sheet.stop_box is not None
    assert sheet.stop_box.title == "Stop stretching your hamstrings: until we meet"
    assert sheet.items == ()


def test_without_a_plan_the_suggested_one_is_printed_and_says_so() -> None:
    sheet = made(a_case(), a_suggestion(first=("slider_seated", "glute_burn")))
    assert sheet.from_suggestion
    assert sheet.stop_box is not None
    assert [item.id for item in sheet.items] == ["slider_seated", "glute_burn"]


@pytest.mark.parametrize("level", ["E", "S", "U"])
@pytest.mark.parametrize("items", [(), ("slider_seated",), ("education",)])
def test_nothing_is_printed_over_an_open_red_flag(level: str, items: tuple[str, ...]) -> None:
    with pytest.raises(Withheld, match="settle it first"):
        made(a_case(*items), a_suggestion(withheld="settle it first", flags=[flag(level)]))
    with pytest.raises(Withheld, match=f"level {level}"):
        made(a_case(*items), a_suggestion(flags=[flag(level)]))


@pytest.mark.parametrize("items", [(), ("slider_seated",), ("education",)])
def test_nothing_is_printed_before_the_screen_is_done(items: tuple[str, ...]) -> None:
    with pytest.raises(Withheld, match="ask the rest"):
        made(a_case(*items), a_suggestion(withheld="ask the rest", unanswered=["flag.fever"]))
    with pytest.raises(Withheld, match="screen is not finished"):
        made(a_case(*items), a_suggestion(unanswered=["flag.fever"]))


def test_a_withheld_suggestion_does_not_stop_the_therapists_own_plan() -> None:
    suggestion = a_suggestion(withheld="not enough was charted")
    with pytest.raises(Withheld, match="not enough was charted"):
        made(a_case(), suggestion)
    assert made(a_case("slider_seated"), suggestion).items[0].id == "slider_seated"


@pytest.mark.parametrize(
    "item",
    ["load_isometric", "load_management", "return_to_run", "cue_cadence", "tendon_massage"],
)
def test_loading_running_and_massage_wait_for_the_medical_review(item: str) -> None:
    with pytest.raises(Withheld, match=r"not before the medical review\. Do what level I"):
        made(a_case("slider_seated", item), a_suggestion(flags=[flag("I")]))


def test_the_rest_of_a_plan_is_printed_while_a_review_or_watch_is_open() -> None:
    plan = a_case("pause_stretching", "slider_seated", "brace")
    assert len(made(plan, a_suggestion(flags=[flag("I"), flag("W")])).items) == 2
    loading = a_case("load_isometric")
    assert len(made(loading, a_suggestion(flags=[flag("W")])).items) == 1


def test_what_is_done_in_the_clinic_never_goes_home() -> None:
    sheet = a_sheet("traction_sidelying", "slider_seated")
    assert [item.id for item in sheet.items] == ["slider_seated"]
    with pytest.raises(Withheld, match="done in the clinic"):
        a_sheet("traction_sidelying")
    with pytest.raises(Withheld, match="done in the clinic"):
        made(a_case(), a_suggestion(standing=(), first=("traction_sidelying",)))


def test_no_plan_and_nothing_suggested_is_no_sheet() -> None:
    with pytest.raises(Withheld, match="no plan to print"):
        made(a_case(), a_suggestion(standing=(), first=()))


def test_an_item_the_library_does_not_hold_is_refused() -> None:
    with pytest.raises(InvalidValue, match='"handstand" is not in the plan library'):
        a_sheet("handstand")


def test_what_changed_since_the_last_sheet() -> None:
    sheet = a_sheet(
        "pause_stretching",
        "slider_seated",
        "glute_burn",
        earlier=["pause_stretching", "slider_seated", "tendon_massage", "traction_sidelying"],
        doses={"slider_seated": "10 times, twice a day"},
    )
    assert sheet.changes == (
        Change("New:", "Clamshell"),
        Change("Changed:", "Slider: 10 times, twice a day"),
        Change("Stopped:", "Tendon rub"),
        Change("Same:", "No stretching"),
    )
    assert sheet.plan_number == 2


def test_the_same_plan_again_says_that_it_stays() -> None:
    sheet = a_sheet("slider_seated", earlier=["slider_seated"])
    assert sheet.changes == (Change("Same:", "Slider"),)


def test_a_long_new_dose_is_not_said_twice() -> None:
    dose = "slowly, with a rest after each, " * 4
    sheet = a_sheet("slider_seated", earlier=["slider_seated"], doses={"slider_seated": dose})
    assert sheet.changes == (Change("Changed:", "Slider"),)


@pytest.mark.parametrize(
    ("language", "before", "now", "label"),
    [
        ("en", "10 times. Rest. 10 times more.", "15 times. Rest. 15 times more.", "More:"),
        ("en", "15 to 25 times", "15 to 20 times", "Less:"),
        ("en", "8 times, 3 rounds", "8 times, 2 rounds", "Less:"),
        ("en", "8 times, 3 rounds", "10 times, 2 rounds", "Changed:"),
        ("en", "Every 2 times you run", "Every 3 times you run", "Changed:"),
        ("en", "10 times. Rest 1 round.", "10 times. Rest 2 rounds.", "Changed:"),
        ("en", "10 pulls", "20 pulls", "Changed:"),
        ("en", "in the morning", "at night", "Changed:"),
        ("es", "10 veces. Descanse. 10 veces más.", "8 veces. Descanse. 8 veces más.", "Menos:"),
        ("es", "De 8 a 12 veces, 3 series", "De 8 a 12 veces, 4 series", "Más:"),
        ("es", "5 veces cada 2 horas", "6 veces cada 2 horas", "Cambió:"),
    ],
)
def test_a_changed_dose_is_called_more_or_less_only_where_it_can_be_told(
    language: str, before: str, now: str, label: str
) -> None:
    """Counts of times and rounds can be compared; `every 3` instead of `every 2` is no more."""
    library = load_plan_library(language)
    old, new = PlanChoice("slider_seated", before), PlanChoice("slider_seated", now)
    (change,) = changes_since([old], [new], library)
    assert (change.label, change.text) == (label, f"{library.texts['slider_seated'].short}: {now}")


@pytest.mark.parametrize(
    ("language", "item", "before", "now", "changed"),
    [
        ("en", "slider_seated", {"side": "right"}, {"side": "left"}, "Slider: left leg"),
        ("en", "slider_seated", {"side": "right"}, {"side": "both"}, "Slider: each leg in turn"),
        ("en", "slider_seated", {}, {"side": "left"}, "Slider: left leg"),
        ("en", "slider_seated", {}, {"side": "right"}, None),
        ("en", "brace", {"side": "right"}, {"side": "left"}, None),
        ("en", "slider_seated", {}, {"words": "Sit tall."}, "Slider: Sit tall."),
        ("en", "slider_seated", {"words": "Sit up"}, {"words": "Sit tall"}, "Slider: Sit tall"),
        ("en", "slider_seated", {}, {"words": "Sit tall. " * 9}, "Slider: a new note"),
        ("en", "slider_seated", {"words": "Sit"}, {"words": "  "}, "Slider: the note is gone"),
        ("en", "slider_seated", {"words": "Sit"}, {"words": " Sit "}, None),
        ("en", "tendon_massage", {}, {"drawing": "roller"},
         "Tendon rub: Roller instead of Soft ball"),
        ("en", "glute_burn", {"drawing": "side_step"}, {}, "Clamshell instead of Side steps"),
        ("es", "slider_seated", {"side": "right"}, {"side": "left", "words": "Despacio."},
         "Deslizar: pierna izquierda, Despacio"),
        ("en", "slider_seated", {"dose": "10 times."}, {"dose": "15 times.", "side": "left"},
         "Slider: 15 times, left leg"),
    ],
)  # fmt: skip
def test_a_change_of_side_note_or_drawing_is_no_same(
    language: str, item: str, before: dict[str, str], now: dict[str, str], changed: str | None
) -> None:
    """What the patient does otherwise from today on stands under `Changed`, in her words."""
    library = load_plan_library(language)
    (change,) = changes_since([PlanChoice(item, **before)], [PlanChoice(item, **now)], library)
    words = library.sheet
    same = Change(words.same, library.texts[item].short)
    assert change == (Change(words.changed, changed) if changed else same)


def test_the_other_leg_hurts_now_and_the_sheet_says_that_the_exercise_changed() -> None:
    """Nobody touched the item: the side that was charted is another one than last time."""
    case = a_case("slider_seated", "brace", earlier=["slider_seated", "brace"], side="left")
    before = replace(case.visits[0], findings={Key("complaint.side"): "right"})
    sheet = made(replace(case, visits=(before, case.last)), a_suggestion())
    assert sheet.changes == (
        Change("Changed:", "Slider: left leg"),
        Change("Same:", "Brace"),
    )


def test_two_sliders_are_told_apart_among_the_changes() -> None:
    sheet = a_sheet("slider_standing", earlier=["slider_seated"])
    assert sheet.changes == (
        Change("New:", "Standing nerve slider"),
        Change("Stopped:", "Seated nerve slider"),
    )


def drawing_of(picture: Picture) -> Drawing:
    """What ships is drawn: a clinic's own picture may be a photograph."""
    assert isinstance(picture.drawing, Drawing)
    return picture.drawing


def test_each_home_item_brings_its_drawings_for_the_leg_that_hurts() -> None:
    library = load_plan_library()
    home = [item.id for item in library.items.values() if not item.clinic_only]
    right, left = (a_sheet(*home, side=side) for side in ("right", "left"))
    for one, other in zip(right.items, left.items, strict=True):
        assert one.pictures, one.id
        for near, far in zip(one.pictures, other.pictures, strict=True):
            here, there = drawing_of(near), drawing_of(far)
            assert there.bounds == pytest.approx(here.bounds.mirrored())
        steps = [picture.step for picture in one.pictures if picture.step]
        assert steps == sorted(steps), one.id
        assert max(steps, default=0) <= len(one.steps)


def test_both_legs_get_the_drawing_of_both_legs() -> None:
    both = a_sheet("load_isometric", side="both").items[0]
    assert "both heels" in drawing_of(both.pictures[0]).description


def test_captions_and_words_on_drawings_are_in_the_patients_language() -> None:
    (item,) = a_sheet("slider_seated", language="es").items
    assert [picture.caption for picture in item.pictures] == ["Inicio", "Final"]
    assert drawing_of(item.pictures[1]).labels[0].text == "nervio"


@pytest.mark.parametrize(
    ("charted", "day", "time"),
    [
        ("2026-11-26", dt.date(2026, 11, 26), None),
        ("2026-11-26T09:30", dt.date(2026, 11, 26), dt.time(9, 30)),
    ],
)
def test_the_charted_next_visit_is_printed(
    charted: str, day: dt.date, time: dt.time | None
) -> None:
    case = a_case("slider_seated")
    last = replace(case.last, findings={NEXT_VISIT: charted})
    sheet = made(replace(case, visits=(last,)), a_suggestion())
    assert (sheet.next_visit, sheet.next_time) == (day, time)


def test_a_next_visit_that_is_no_day_is_refused_in_words() -> None:
    case = a_case("slider_seated")
    last = replace(case.last, findings={NEXT_VISIT: "soon"})
    with pytest.raises(InvalidValue, match=r"plan\.next_visit needs a date"):
        made(replace(case, visits=(last,)), a_suggestion())


def test_a_text_size_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidValue, match="12, 14, 18"):
        a_sheet("brace", text_size=13)


@pytest.mark.parametrize(
    ("asked", "own", "usual", "language"),
    [
        (None, None, "en", "en"),
        (None, None, "es", "es"),
        (None, "es", "en", "es"),
        (None, "en", "es", "en"),
        ("en", "es", "es", "en"),
    ],
)
def test_the_patients_language_decides_where_none_is_asked_for(
    asked: str | None, own: str | None, usual: str, language: str
) -> None:
    """Where it is not known either, the clinician's."""
    assert sheet_language(Patient("Case A", language=own), asked, usual) == language


def test_a_first_sheet_has_no_changes() -> None:
    assert a_sheet("slider_seated").changes == ()
    assert a_sheet("slider_seated", earlier=["traction_sidelying"]).changes == ()


@pytest.mark.parametrize(
    ("side", "title"),
    [
        ("right", "Seated nerve slider: right leg"),
        ("left", "Seated nerve slider: left leg"),
        ("both", "Seated nerve slider: each leg in turn"),
        (None, "Seated nerve slider"),
    ],
)
def test_the_side_is_the_charted_one_and_none_is_made_up(side: str | None, title: str) -> None:
    sheet = made(a_case("slider_seated", "brace", side=side), a_suggestion())
    assert sheet.items[0].title == title
    assert sheet.items[1].title == "Brace"


def test_the_side_charted_at_an_earlier_visit_still_stands() -> None:
    case = a_case("slider_seated", earlier=["brace"], side=None)
    before = replace(case.visits[0], findings={Key("complaint.side"): "left"})
    sheet = made(replace(case, visits=(before, case.last)), a_suggestion())
    assert sheet.items[0].title.endswith("left leg")


@pytest.mark.parametrize(("days", "columns"), [(1, 1), (5, 5), (7, 7), (14, 14), (60, 28)])
def test_ticks_run_from_tomorrow_to_the_next_visit(days: int, columns: int) -> None:
    sheet = a_sheet("slider_seated", next_visit=VISIT + dt.timedelta(days=days))
    assert sheet.tick_days[0] == VISIT + dt.timedelta(days=1)
    assert len(sheet.tick_days) == columns
    assert sheet.next_time is None


def test_ticks_run_for_a_week_where_no_visit_is_set() -> None:
    assert len(a_sheet("slider_seated").tick_days) == 7


def test_the_next_visit_may_have_a_time_and_must_come_later() -> None:
    sheet = a_sheet("slider_seated", next_visit=dt.datetime(2026, 11, 26, 9, 30))  # noqa: DTZ001
    assert (sheet.next_visit, sheet.next_time) == (dt.date(2026, 11, 26), dt.time(9, 30))
    for day in (VISIT, VISIT - dt.timedelta(days=3)):
        with pytest.raises(InvalidValue, match="after this one"):
            a_sheet("slider_seated", next_visit=day)


def test_the_patients_age_is_that_of_the_visit() -> None:
    patient = Patient("Case A", age=44)
    assert a_sheet("slider_seated", patient=patient).age == 44
    patient = Patient("Case A", dt.date(1986, 11, 20))
    assert a_sheet("slider_seated", patient=patient).age == 39
