"""A clinic adds exercises of its own: in both languages, drawn or with pictures, and never lost."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.documents import Photo
from clinic_desktop.domain.errors import BadCaseFile, InvalidValue, Withheld
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.adherence import last_sheet
from clinic_desktop.services.casefile import read_case
from clinic_desktop.services.casefile_writing import write_case
from clinic_desktop.services.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.clinic_knowledge import load_knowledge
from clinic_desktop.services.handouts import make_handout
from clinic_desktop.services.knowledge import Knowledge
from clinic_desktop.services.knowledge_checks import check_knowledge
from clinic_desktop.services.knowledge_tables import rule_review
from clinic_desktop.services.missing_items import missing_items, missing_words
from clinic_desktop.services.own_folder import LARGEST_PICTURE
from clinic_desktop.services.plan_files import load_plan_library
from clinic_desktop.services.sheet_reading import sheet_reading
from reports.handout import render_handout
from reports.photos import read_picture
from tests.handout_contents import CLINIC, a_case, a_suggestion
from tests.own_exercises import (
    ITEM,
    PICTURED,
    SPANISH,
    STEP,
    STEP_WORDS,
    WALL,
    a_photograph,
    example,
    loaded,
    put,
    write_both,
    write_example,
)

BEGINNING = "The clinic's own rules are not in use, the shipped ones are: "
WALL_WORDS = "[items.clinic.wall_press]"


def faults(folder: Path) -> list[str]:
    """What is said of a folder; the shipped items go on all the same."""
    knowledge = loaded(folder)
    assert knowledge.library.items == load_plan_library().items
    assert knowledge.library_in("es") == load_plan_library("es")
    return [problem.removeprefix(BEGINNING).rstrip(".") for problem in knowledge.problems]


def checked(folder: Path) -> tuple[str, ...]:
    catalogue, text = load_catalogue(), load_catalogue_text()
    return check_knowledge(catalogue, text, folder, read_picture, render_handout)


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


# ---------------------------------------------------------------------- faults
def in_items(extra: str) -> dict[str, str]:
    return {"items.toml": ITEM + extra, "plan-en.toml": STEP_WORDS}


def with_picture(entry: str) -> dict[str, str]:
    return in_items(f"pictures = [{entry}]\n")


def in_words(extra: str) -> dict[str, str]:
    return {"items.toml": ITEM, "plan-en.toml": STEP_WORDS + extra}


def posed(text: str) -> dict[str, str]:
    return in_items("") | {f"poses/{STEP}.toml": f'[a]\ncaption = "start"\n{text}\n'}


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"items.toml": "[brace]\nkind = 'back'\n"}, "items.toml: brace: an item of your own has"),
        ({"items.toml": "clinic = 3\n"}, "items.toml: clinic: an item of your own has a prefix"),
        ({"items.toml": "[clinic.Wall]\n"}, "items.toml: clinic: an item of your own has"),
        (
            {"items.toml": "[clinic.a.b]\n"},
            "items.toml: clinic.a: Object contains unknown field `b`",
        ),
        ({"items.toml": "[[clinic"}, "items.toml: "),
        ({"items.toml": "a = " + "[" * 90_000}, "items.toml: whole file: is nested too deeply"),
        (
            in_items("colour = 'red'\n"),
            f"items.toml: {STEP}: Object contains unknown field `colour`",
        ),
        (in_items("drawings = ['a']\n"), f"items.toml: {STEP}: its drawings follow from"),
        (in_items("moves_on_to = 'flying'\n"), f"items.toml: {STEP}: moves on or backs off to"),
        (
            {"items.toml": ITEM.replace('"load"', '"pause"'), "plan-en.toml": STEP_WORDS},
            f"items.toml: {STEP}.kind: the stop box is",
        ),
        (
            {
                "items.toml": ITEM.replace("Hillside team, May 2026", " "),
                "plan-en.toml": STEP_WORDS,
            },
            f"items.toml: {STEP}: has no source",
        ),
        ({"items.toml": ITEM}, f"plan-en.toml: items.{STEP}: has no words"),
        (
            {"plan-es.toml": SPANISH},
            f"plan-es.toml: items.{WALL}: there is no such plan item",
        ),
        (
            {"items.toml": ITEM, "plan-en.toml": STEP_WORDS.replace('stop = "', 'halt = "')},
            f"plan-en.toml: items.{STEP}: Object contains unknown field `halt`",
        ),
        (
            {"items.toml": ITEM, "plan-en.toml": STEP_WORDS.replace("Step down", "Step " * 9)},
            f"plan-en.toml: items.{STEP}.short: has more than 24 characters",
        ),
        (
            {"items.toml": ITEM, "plan-en.toml": STEP_WORDS.replace("lower step", "lower\\nstep")},
            f"plan-en.toml: items.{STEP}.ease_off: holds a line break",
        ),
        (
            in_words("[items.brace]\ndrawings = { x = { dose = 'y' } }\n"),
            "plan-en.toml: items.brace.drawn_as: must tell its drawings apart",
        ),
        (
            in_words("[items.glute_burn.drawings.sideways]\ndrawn_as = 'x'\n"),
            "plan-en.toml: items.glute_burn.drawings.sideways: there is no such drawing",
        ),
        (in_words("[labels.a]\nb = 1\n"), "plan-en.toml: "),
        (
            in_words("[sheet]\ncall = 'Ring {phone} {x}'\n"),
            "plan-en.toml: sheet.call: needs {phone}",
        ),
        (in_words("[sheet]\ncall = 'Ring {phone!r}'\n"), "plan-en.toml: sheet.call: needs {phone}"),
        (in_words("[sheet]\nmotto = 'x'\n"), "plan-en.toml: sheet: Object contains unknown"),
        (in_words("[sheet]\nemergency = []\n"), "plan-en.toml: sheet.emergency: is empty"),
        (in_words("[sheet]\ncall_title = ' '\n"), "plan-en.toml: sheet.call_title: is empty"),
        (
            in_words("[sheet]\nweekday_letters = ['Monday','b','c','d','e','f','g']\n"),
            "plan-en.toml: sheet.weekday_letters: has more than 3 characters",
        ),
        (
            in_words(f"[sheet]\nemergency = {['you cannot pee'] * 9}\n"),
            "plan-en.toml: sheet.emergency: has more than 6 lines",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_the_shipped_items_go_on(
    tmp_path: Path, files: dict[str, str], fault: str
) -> None:
    for name, text in files.items():
        put(tmp_path, name, text)
    assert faults(tmp_path)[0].startswith(fault)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("../secret.png", "is not a name within the folder"),
        ("pictures/../../secret.png", "is not a name within the folder"),
        ("/etc/passwd", "is not a name within the folder"),
        ("C:\\\\secret.png", "is not a name within the folder"),
        ("pictures\\\\up.jpg", "is not a name within the folder"),
        ("", "is not a name within the folder"),
        (".", "is not a name within the folder"),
        ("pictures", "is no file"),
        ("pictures/none.jpg", "is not in the folder"),
        ("items.toml", "is no PNG or JPEG picture"),
    ],
)
def test_a_picture_is_read_from_the_folder_alone(tmp_path: Path, name: str, fault: str) -> None:
    folder = tmp_path / "knowledge"
    put(folder, "pictures/up.jpg", a_photograph())
    put(tmp_path, "secret.png", a_photograph())
    for file, text in with_picture(f'{{ file = "{name}" }}').items():
        put(folder, file, text)
    (said,) = faults(folder)
    assert said.startswith(f"items.toml: {STEP}.pictures[0]: ")
    assert said.endswith(fault)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_link_leads_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    for file, text in with_picture('{ file = "up.jpg" }').items():
        put(folder, file, text)
    put(tmp_path, "secret.jpg", a_photograph())
    (folder / "up.jpg").symlink_to(tmp_path / "secret.jpg")
    place = f"items.toml: {STEP}.pictures[0]: up.jpg"
    assert faults(folder) == [f"{place} leads out of the folder"]
    (folder / "up.jpg").unlink()
    (folder / "up.jpg").symlink_to("up.jpg")
    assert faults(folder) == [f"{place} leads out of the folder"]
    (folder / "up.jpg").unlink()
    os.mkfifo(folder / "up.jpg")
    assert faults(folder) == [f"{place} is no file"]
    (folder / "up.jpg").unlink()
    put(folder, "up.jpg", a_photograph())
    put(tmp_path, f"elsewhere/{STEP}.toml", "[a]\n")
    (folder / "poses").symlink_to(tmp_path / "elsewhere")
    assert faults(folder) == ["poses: whole folder: leads out of the folder"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('{ file = "up.jpg", width = 3 }', "pictures[0]: Object contains unknown field `width`"),
        ('{ file = "up.jpg", shows = "both" }', "pictures[0].shows: Invalid enum value"),
        ('{ file = "up.jpg", step = "2" }', "pictures[0].step: Expected `int`"),
        ('{ file = "up.jpg", step = 9 }', "a picture shows step 9, and it has 3"),
        ('{ file = "up.jpg", caption = "nix" }', "[labels] of plan-en.toml has no word nix"),
        ('{ file = "up.jpg", drawing = "low" }', "has no picture that is its usual one"),
        (", ".join(['{ file = "up.jpg" }'] * 4), "has more than 3 pictures for one drawing"),
        ("", "pictures: is empty"),
        ("3", "pictures[0]: Expected `object`"),
    ],
)
def test_a_picture_at_fault_is_named(tmp_path: Path, entry: str, fault: str) -> None:
    put(tmp_path, "up.jpg", a_photograph())
    for file, text in with_picture(entry).items():
        put(tmp_path, file, text)
    said = faults(tmp_path)[0]
    assert said.startswith(f"items.toml: {STEP}")
    assert fault in said


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    put(tmp_path, "up.jpg", a_photograph())
    with (tmp_path / "up.jpg").open("ab") as file:
        file.truncate(LARGEST_PICTURE + 1)
    for file_name, text in with_picture('{ file = "up.jpg" }').items():
        put(tmp_path, file_name, text)
    assert faults(tmp_path) == [
        f"items.toml: {STEP}.pictures[0]: up.jpg has more than {LARGEST_PICTURE} bytes"
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[a.pose]\npitch = inf", "a: a number is not between -360 and 360"),
        ("[a.pose]\npitch = nan", "a: a number is not between -360 and 360"),
        ("[a.pose]\npitch = 1e308", "a: a number is not between -360 and 360"),
        (
            "behind.ground = [{ left = 0, right = 1 }]\n[a.pose]\nhip_height = 300",
            "its drawing a is",
        ),
        ("behind.footfalls = [{ first = 0, gap = 0, count = 300 }]\n[a.pose]", "a: there are more"),
        (
            f"behind.ground = {'[' + '{ left = 0, right = 1 },' * 40 + ']'}\n[a.pose]",
            "a: there are more than 12 of a kind",
        ),
        ("behind.hill = [{ left = 1, right = 1, rise = 1 }]\n[a.pose]", "cannot be drawn (Zero"),
        ("[a.pose]\npich = 3", "a.pose: Object contains unknown field `pich`"),
        ("step = 7\n[a.pose]", "a picture shows step 7, and it has 3"),
        ("notes = [{ key = 'zap', at = { x = 0.1 } }]\n[a.pose]", "has no word zap"),
        ("variant = 'Low One'\n[a.pose]\n[b]\ncaption = 'end'\n[b.pose]", "is named in small"),
        ("gait = { good = true }\n[a.pose]", "a.gait: is for the pair on the screen alone"),
    ],
)
def test_a_drawing_that_cannot_be_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    """Endless, of no size, or with joints that nobody has: it never reaches a sheet."""
    for file, content in posed(text).items():
        put(tmp_path, file, content)
    said = faults(tmp_path)[0]
    assert STEP in said
    assert fault in said


def test_a_pose_file_belongs_to_an_own_item(tmp_path: Path) -> None:
    put(write_example(tmp_path), "poses/brace.toml", "[a]\n")
    assert faults(tmp_path)[0].startswith("poses/brace.toml: whole file: is not named after")
    (tmp_path / "poses" / "brace.toml").unlink()
    put(tmp_path, "poses/clinic.other.toml", "[a]\n")
    assert faults(tmp_path) == ["poses/clinic.other.toml: whole file: items.toml has no such item"]


def test_drawing_and_pictures_at_once_are_one_too_many(tmp_path: Path) -> None:
    write_both(tmp_path)
    put(tmp_path, f"poses/{STEP}.toml", example()[f"poses/{WALL}.toml"])
    assert f"items.toml: {STEP}: has pictures and poses/{STEP}.toml; it takes one of them" in (
        faults(tmp_path)
    )


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    put(
        tmp_path,
        "items.toml",
        ITEM.replace("load", "pause") + ITEM.replace(STEP, "clinic.b") + PICTURED,
    )
    put(tmp_path, "terms.toml", "[[term]]\n")
    said = "; ".join(faults(tmp_path))
    for place in (
        "terms.toml: term ",
        f"items.toml: {STEP}.kind",
        "items.toml: clinic.b.pictures",
    ):
        assert place in said


def test_pictures_need_somebody_who_reads_them(tmp_path: Path) -> None:
    knowledge: Knowledge = load_knowledge(
        load_catalogue(), load_catalogue_text(), write_both(tmp_path)
    )
    assert "no reader of pictures is at hand" in knowledge.problems[0]


def test_the_words_in_the_folder_are_the_guides(tmp_path: Path) -> None:
    assert WALL_WORDS in example()["plan-en.toml"]
    assert set(example()) == {"items.toml", "plan-en.toml", f"poses/{WALL}.toml"}
