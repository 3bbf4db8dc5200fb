"""A clinic adds exercises of its own: in both languages, drawn or with pictures, and never lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.documents import Photo
from clinic_desktop.domain.errors import BadCaseFile, InvalidValue, Withheld
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.course.adherence import last_sheet
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.checks import look_over
from clinic_desktop.services.knowledge.missing_items import missing_items, missing_words
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.knowledge.tables import rule_review
from clinic_desktop.services.papers.handouts import make_handout
from clinic_desktop.services.papers.sheet_reading import sheet_reading
from reports.handout import render_handout
from reports.pictures import read_picture
from tests.handout_contents import CLINIC, a_case, a_suggestion
from tests.own_exercises import (
    ITEM,
    STEP,
    STEP_WORDS,
    WALL,
    a_photograph,
    example,
    faults,
    loaded,
    put,
    write_both,
    write_example,
)


def checked(folder: Path) -> tuple[str, ...]:
    catalogue, text = load_catalogue(), load_catalogue_text()
    return look_over(catalogue, text, folder, read_picture, render_handout).findings


def planned(*choices: PlanChoice, side: str = "right") -> Case:
    case = a_case("brace", side=side)
    return replace(case, visits=(replace(case.last, plan=choices),))


# ---------------------------------------------------------------------- added
def test_the_example_of_the_guide_is_an_exercise(tmp_path: Path) -> None:
    """Nothing is wrong with it; that nobody has put it into Spanish yet is said."""
    knowledge = loaded(write_example(tmp_path))
    assert knowledge.problems == ()
    assert list(knowledge.library.items) == [*load_plan_library().items, WALL]
    assert knowledge.library.name(WALL) == "Heel press at the wall"
    (illustration,) = knowledge.library.illustrations[WALL]
    assert isinstance(illustration.right, Drawing)
    assert illustration.left == illustration.right.mirrored()
    assert (illustration.caption, illustration.step) == ("Hold", 2)
    assert checked(tmp_path) == (
        f"plan-es.toml: items.{WALL}: has no words: the English ones are printed",
    )


def test_what_is_not_there_in_spanish_is_printed_in_english(tmp_path: Path) -> None:
    knowledge = loaded(write_both(tmp_path))
    spanish, english = knowledge.library_in("es"), knowledge.library_in("en")
    assert spanish.borrowed == {STEP}
    assert english.borrowed == frozenset()
    assert spanish.texts[STEP] == english.texts[STEP]
    assert spanish.name(WALL) == "Talón contra la pared"
    start, low = spanish.illustrations[STEP]
    assert (start.caption, low.caption) == ("Inicio", "Low")
    assert knowledge.library_in("xx").name(WALL) == english.name(WALL)


def test_the_shipped_items_stay_as_they_are(tmp_path: Path) -> None:
    knowledge = loaded(write_both(tmp_path))
    for language in ("en", "es"):
        shipped, now = load_plan_library(language), knowledge.library_in(language)
        assert {item: now.texts[item] for item in shipped.texts} == shipped.texts
        assert {item: now.items[item] for item in shipped.items} == shipped.items
        assert now.sheet == shipped.sheet


def test_an_own_exercise_says_where_it_comes_from(tmp_path: Path) -> None:
    """Behind its line in the panel, and on the page for whoever reviews the rules."""
    knowledge = loaded(write_example(tmp_path))
    note = knowledge.explain(f"plan.{WALL}")
    assert note.source == "Hillside team, May 2026"
    assert note.since == knowledge.engine.rulebook.version
    catalogue, text = load_catalogue(), load_catalogue_text()
    review = rule_review(knowledge.engine.rulebook, knowledge.library, catalogue, text)
    assert review.plan[-1].name == "Heel press at the wall"


def test_a_rule_of_the_clinic_may_suggest_it(tmp_path: Path) -> None:
    put(
        write_example(tmp_path),
        "plan.toml",
        f"""
without_data = ["{WALL}"]
[[item]]
id = "{WALL}"
kind = "load"
""",
    )
    knowledge = loaded(tmp_path)
    assert knowledge.problems == ()
    assert knowledge.engine.rulebook.plan.without_data == (WALL,)


def test_each_file_counts_in_the_digest(tmp_path: Path) -> None:
    """What answered and what was printed can be told later, to the dot of a picture."""

    def digest() -> str:
        return loaded(tmp_path).engine.rulebook.sha256

    seen = [digest()]
    write_both(tmp_path)
    seen.append(digest())
    put(tmp_path, "pictures/up.jpg", a_photograph(880))
    seen.append(digest())
    pose = example()[f"poses/{WALL}.toml"]
    put(tmp_path, f"poses/{WALL}.toml", pose.replace("pitch = 2", "pitch = 3"))
    seen.append(digest())
    assert len(set(seen)) == len(seen)
    put(tmp_path, "pictures/nobody_names_it.jpg", "x")
    assert digest() == seen[-1]


# ---------------------------------------------------------------------- on the sheet
def test_the_sheet_shows_it_for_the_leg_that_hurts(tmp_path: Path) -> None:
    """A picture was taken of the right leg: for the left one it is printed the other way round."""
    knowledge = loaded(write_both(tmp_path))
    for side, mirrored in (("right", False), ("left", True)):
        case = planned(PlanChoice(WALL), PlanChoice(STEP), side=side)
        sheet = make_handout(case, a_suggestion(), knowledge.library, CLINIC, "A. Rivera, PT")
        wall, step = sheet.items
        assert wall.title == f"Heel press at the wall: {side} leg"
        assert isinstance(wall.pictures[0].drawing, Drawing)
        photos = [one.drawing for one in step.pictures]
        assert [isinstance(one, Photo) and one.mirrored for one in photos] == [mirrored] * 2
        assert [one.step for one in step.pictures] == [1, 2]


def test_what_waits_for_a_medical_review_waits_here_too(tmp_path: Path) -> None:
    """An own exercise of the kind `load` is held back as the shipped ones are."""
    library = loaded(write_example(tmp_path)).library
    review = a_suggestion(flags=[RedFlag("bone_stress", "I", (), "Scan before loading.")])
    with pytest.raises(Withheld, match=r"Heel press at the wall: not before the medical review"):
        make_handout(planned(PlanChoice(WALL)), review, library, CLINIC, "A. Rivera, PT")


def test_what_is_done_in_the_clinic_alone_reaches_no_sheet(tmp_path: Path) -> None:
    write_example(tmp_path)
    put(tmp_path, "items.toml", example()["items.toml"] + "clinic_only = true\n")
    library = loaded(tmp_path).library
    case = planned(PlanChoice(WALL), PlanChoice("brace"))
    sheet = make_handout(case, a_suggestion(), library, CLINIC, "A. Rivera, PT")
    assert [item.id for item in sheet.items] == ["brace"]


def test_fixed_words_of_the_sheet_can_be_said_otherwise(tmp_path: Path) -> None:
    put(
        tmp_path,
        "plan-en.toml",
        """
[sheet]
title = "Your plan from Hillside"
call = "Ring {phone}"
bring = "Bring this sheet and your shoes."
""",
    )
    library = loaded(tmp_path).library
    case = planned(PlanChoice("pause_stretching"), PlanChoice("brace"))
    sheet = make_handout(case, a_suggestion(), library, CLINIC, "A. Rivera, PT")
    assert sheet.words.title == "Your plan from Hillside"
    assert sheet.words == replace(
        load_plan_library().sheet,
        title="Your plan from Hillside",
        call="Ring {phone}",
        bring="Bring this sheet and your shoes.",
    )
    assert checked(tmp_path) == ()


# ---------------------------------------------------------------------- other drawings of it
VARIANT = """
[towel]
variant = "with_towel"
step = 1
caption = "start"
[towel.pose]
pitch = 2
"""
VARIANT_WORDS = """
[items.clinic.wall_press.drawings.with_towel]
drawn_as = "With a towel"
steps = ["Put a towel behind your heel.", "Press."]
"""


def test_an_own_exercise_may_be_drawn_in_two_ways(tmp_path: Path) -> None:
    write_example(tmp_path)
    pose, words = f"poses/{WALL}.toml", "plan-en.toml"
    put(tmp_path, pose, example()[pose] + VARIANT)
    assert faults(tmp_path) == [f"plan-en.toml: items.{WALL}.drawings.with_towel: has no words"]
    named = example()[words].replace("short =", 'drawn_as = "Bare"\nshort =')
    put(tmp_path, words, named + VARIANT_WORDS)
    library = loaded(tmp_path).library
    assert library.items[WALL].drawings == ("with_towel",)
    case = planned(PlanChoice(WALL, drawing="with_towel"))
    (item,) = make_handout(case, a_suggestion(), library, CLINIC, "A. Rivera, PT").items
    assert item.steps == ("Put a towel behind your heel.", "Press.")
    assert item.stop == library.texts[WALL].stop
    assert [one.caption for one in item.pictures] == ["Start"]


def test_drawings_are_told_apart_by_a_name(tmp_path: Path) -> None:
    write_example(tmp_path)
    pose = f"poses/{WALL}.toml"
    put(tmp_path, pose, example()[pose] + VARIANT)
    put(tmp_path, "plan-en.toml", example()["plan-en.toml"] + VARIANT_WORDS)
    assert faults(tmp_path) == [
        f"plan-en.toml: items.{WALL}.drawn_as: must tell its drawings apart"
    ]


# ---------------------------------------------------------------------- not here
ABROAD = Case(
    Patient("Case B", dt.date(1986, 5, 14)),
    (
        Visit(
            dt.date(2026, 11, 12),
            plan=(PlanChoice(WALL, "2 x 5", drawing="with_towel"), PlanChoice("brace")),
            parked=(PlanChoice("north.step_down"),),
        ),
        Visit(
            dt.date(2026, 11, 19),
            {Key("complaint.side"): "right"},
            plan=(PlanChoice("brace"),),
            adherence={WALL: "most"},
        ),
    ),
)
"""A chart from a clinic with exercises of its own, read where they are not."""


def test_a_chart_with_exercises_that_are_not_here_loses_nothing() -> None:
    items = load_plan_library().items
    again = read_case(write_case(ABROAD), load_catalogue(), items)
    assert again == ABROAD
    missing = missing_items(again, load_plan_library())
    assert missing == (WALL, "north.step_down")
    assert missing_words(WALL) == (
        "clinic.wall_press: an exercise of a clinic's own whose words are not here;"
        " it is kept, and not printed."
    )


def test_no_sheet_is_printed_that_would_lack_an_exercise() -> None:
    case = planned(PlanChoice("brace"), PlanChoice(WALL))
    with pytest.raises(InvalidValue, match=r'^"clinic\.wall_press" is an exercise of a clinic'):
        make_handout(case, a_suggestion(), load_plan_library(), CLINIC, "A. Rivera, PT")


def test_an_earlier_plan_with_one_holds_no_later_sheet_up() -> None:
    """The patient is told what stopped by name; an id would tell her nothing."""
    sheet = make_handout(ABROAD, a_suggestion(), load_plan_library(), CLINIC, "A. Rivera, PT")
    assert WALL not in " ".join(change.text for change in sheet.changes)
    assert sheet.plan_number == 2


def test_what_was_done_of_it_is_still_asked() -> None:
    asked = last_sheet(ABROAD, {0}, lambda _case: a_suggestion(), load_plan_library())
    assert asked is not None
    assert asked.names[WALL] == WALL


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ('{"item": "clinic."}', '"clinic." is no plan item'),
        ('{"item": "wall_press"}', '"wall_press" is no plan item'),
        ('{"item": "Clinic.Wall"}', "is no plan item"),
        ('{"item": "clinic.a.b"}', '"clinic.a.b" is no plan item'),
        ('{"item": "glute_burn", "drawing": "roller"}', '"roller" is no drawing of this item'),
        ('{"item": "clinic.wall_press", "drawing": "../x"}', "is no drawing of this item"),
        ('{"item": "brace", "drawing": 3}', "is no drawing of this item"),
    ],
)
def test_what_no_clinic_can_have_meant_is_refused(choice: str, fault: str) -> None:
    text = (
        '{"format": "clinic-desktop-case/1", "patient": {"name": "N"},'
        f' "visits": [{{"date": "2026-03-23", "plan": [{choice}]}}]}}'
    )
    with pytest.raises(BadCaseFile) as refused:
        read_case(text.encode(), load_catalogue(), load_plan_library().items)
    (said,) = refused.value.faults
    assert said.startswith("visits[0].plan[0].")
    assert fault in said


# ---------------------------------------------------------------------- how it reads
def test_words_that_are_hard_to_read_are_named_with_a_plainer_one(tmp_path: Path) -> None:
    hard = STEP_WORDS.replace("use a lower step.", "utilize a lower step.").replace(
        "Makes your leg strong for hills",
        "Facilitates considerable neuromuscular adaptation of the lower extremity musculature",
    )
    put(tmp_path, "items.toml", ITEM)
    put(tmp_path, "plan-en.toml", hard)
    findings = checked(tmp_path)
    place = f"plan-en.toml: items.{STEP}: "
    assert f'{place}"utilize" is hard to read; plainer: "use"' in findings
    assert any(one.startswith(f"{place[:-2]}.purpose: is hard to read by") for one in findings)
    assert f"items.toml: {STEP}: has no picture: it is printed in words alone" in findings


def test_the_live_grade_of_a_sheet_counts_its_words(tmp_path: Path) -> None:
    knowledge = loaded(write_both(tmp_path))
    case = planned(PlanChoice(WALL))
    spanish = knowledge.library_in("es")
    sheet = make_handout(case, a_suggestion(), spanish, CLINIC, "A. Rivera, PT")
    assert sheet_reading(sheet).ok
    # English words in a Spanish sheet are not measured as if they were Spanish.
    mixed = planned(PlanChoice(WALL), PlanChoice(STEP))
    both = make_handout(mixed, a_suggestion(), spanish, CLINIC, "A. Rivera, PT")
    assert [item.borrowed for item in both.items] == [False, True]
    assert sheet_reading(both) == sheet_reading(sheet)


def test_what_the_typeface_lacks_is_found_before_a_patient_waits(tmp_path: Path) -> None:
    put(tmp_path, "items.toml", ITEM)
    put(tmp_path, "plan-en.toml", STEP_WORDS.replace("use a lower step.", "use a \u4f4e step."))
    assert any(
        one.startswith(f"plan-en.toml: items.{STEP}: cannot be printed: ")
        for one in checked(tmp_path)
    )
