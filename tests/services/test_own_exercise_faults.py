"""Hostile and faulty files of a clinic's own: told with their place, and the shipped ones go on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.clinic_knowledge import load_knowledge
from clinic_desktop.services.knowledge.compiled import Knowledge
from clinic_desktop.services.knowledge.own_folder import LARGEST_PICTURE
from tests.own_exercises import (
    ITEM,
    PICTURED,
    SPANISH,
    STEP,
    STEP_WORDS,
    WALL,
    a_photograph,
    example,
    faults,
    put,
    write_both,
    write_example,
)

WALL_WORDS = "[items.clinic.wall_press]"


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
