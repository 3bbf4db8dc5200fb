"""The plan library: complete, in plain words, and refused in words where a file is broken."""

import re

import pytest

import resources
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.visits import PLAN_SIDES
from clinic_desktop.services.knowledge.plan_files import (
    load_plan_library,
    plan_items_from,
    plan_words_from,
)
from clinic_desktop.services.knowledge.plan_words import as_written, item_text
from clinic_desktop.services.knowledge.pose_files import load_scenes
from tests.strategies import PLAN_ITEMS

ENGLISH = "plan/en.toml"


def patient_texts(language: str = "en") -> dict[str, str]:
    """All that a patient reads, by item and drawing."""
    texts = load_plan_library(language).texts
    drawn = {f"{item}.{d}": t for item, text in texts.items() for d, t in text.drawings.items()}
    return {
        name: " ".join(
            (t.name + ".", t.purpose + ".", t.dose, *t.steps, t.feel, t.ease_off, t.more, t.stop)
        )
        for name, t in {**texts, **drawn}.items()
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_item_of_the_contract_is_there_and_says_everything(language: str) -> None:
    library = load_plan_library(language)
    assert library.language == language
    assert tuple(library.items) == PLAN_ITEMS
    assert tuple(library.texts) == PLAN_ITEMS
    for name, text in library.texts.items():
        said = (text.name, text.short, text.purpose, text.dose, *text.steps)
        said += (text.feel, text.ease_off, text.more, text.stop, text.note)
        assert all(part.strip() for part in said), name
        assert library.items[name].source, name


def test_only_traction_stays_in_the_clinic_and_only_the_pause_is_standing() -> None:
    items = load_plan_library().items.values()
    assert [item.id for item in items if item.clinic_only] == ["traction_sidelying"]
    assert [item.id for item in items if item.standing] == ["pause_stretching"]
    assert [item.id for item in items if item.kind == "pause"] == ["pause_stretching"]


def test_nothing_frightens_and_no_recovery_is_promised() -> None:
    sheet = resources.text(ENGLISH).partition("[items.")[0]
    for place, text in {**patient_texts(), "sheet": sheet}.items():
        frightens = r"\b(damaged?|amnesia|out of place|torn|slipped|crumbl\w+|abnormal)\b"
        assert not re.search(frightens, text, re.IGNORECASE), place
        promises = r"\b(cures?|heals?|you will be|(better|gone|well) (in|within|after) \d)"
        assert not re.search(promises, text, re.IGNORECASE), place


def test_nothing_frightens_and_no_recovery_is_promised_in_spanish_either() -> None:
    for place, text in patient_texts("es").items():
        frightens = r"\b(dañad[oa]s?|daño|amnesia|rot[oa]s?|desgarr\w+|fuera de lugar|anormal)\b"
        assert not re.search(frightens, text, re.IGNORECASE), place
        promises = r"\b(cura\w*|sana\w*|(mejor|bien) en \d)"
        assert not re.search(promises, text, re.IGNORECASE), place


def test_numbers_are_the_same_in_both_languages() -> None:
    """A dose that differs between the languages would be a mistake of the translator."""
    spanish = load_plan_library("es").texts
    for item, text in load_plan_library().texts.items():
        numbers = [re.findall(r"\d+(?:\.\d+)?", one.dose) for one in (text, spanish[item])]
        assert numbers[0] == numbers[1] or item == "load_hip_bend", item
        sides = (set(one.sides) for one in (text, spanish[item]))
        assert next(sides) == next(sides), item
        for name, drawn in text.drawings.items():
            doses = (drawn.dose, spanish[item].drawings[name].dose)
            numbers = [re.findall(r"\d+", dose) for dose in doses]
            assert numbers[0] == numbers[1], name


def test_every_drawing_that_ships_can_be_chosen_and_has_words_of_its_own() -> None:
    """A drawing goes with the side, or with a choice; none lies there for nobody."""
    for name, item in load_plan_library().items.items():
        variants = {scene.variant for scene in load_scenes().values() if scene.item == name}
        assert set(item.drawings) == variants - {"", *PLAN_SIDES}, name
        for language in ("en", "es"):
            text = load_plan_library(language).text(name)
            assert set(text.drawings) == set(item.drawings)
            for drawn in text.drawings.values():
                assert drawn.drawn_as != text.drawn_as
                assert drawn.steps != text.steps, "the picture shows another thing"
                assert (drawn.stop, drawn.purpose) == (text.stop, text.purpose)


def test_each_drawing_shows_a_step_that_is_there() -> None:
    for scene in load_scenes().values():
        if scene.variant and scene.variant not in PLAN_SIDES:
            steps = load_plan_library().text(scene.item, scene.variant).steps
            assert 1 <= scene.step <= len(steps), scene.id


def test_what_is_asked_of_an_item_that_is_not_there_is_its_id() -> None:
    library = load_plan_library()
    assert library.name("clinic.wall_press") == "clinic.wall_press"
    assert library.item("clinic.wall_press").kind == ""
    assert library.name("glute_burn", "no_such_drawing") == "Clamshell"
    assert library.name("glute_burn", "side_step") == "Side steps with a band"


def test_words_written_out_read_back_the_same() -> None:
    """So a clinic's own words are laid over all of them, those of each drawing too."""
    for language in ("en", "es"):
        for name, text in load_plan_library(language).texts.items():
            assert item_text(as_written(text), name) == text


def test_conditions_without_a_finding_reach_the_therapist_as_text() -> None:
    texts = load_plan_library().texts
    for item, word in (
        ("brace", "pregnancy"),
        ("brace", "high blood pressure"),
        ("glute_burn", "hip surgery"),
        ("tendon_massage", "numb skin"),
        ("recovery_position", "pregnancy"),
        ("tensioner", "Runs against the article"),
    ):
        assert word in texts[item].note, item


def test_an_unknown_language_reads_as_english() -> None:
    assert load_plan_library("xx").language == "en"
    assert load_plan_library("../en").language == "en"
    assert load_plan_library("xx").sheet == load_plan_library("en").sheet


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "pause"', 'kind = "rest"', "pause_stretching.kind"),
        ('mark = "article"', 'mark = "rumour"', "pause_stretching.mark"),
        ("standing = true", "standing = 1", "pause_stretching.standing"),
        ('source = "Article, first', 'sauce = "Article, first', "pause_stretching"),
        ("[slider_seated]", "[slider_seated", "line"),
    ],
)
def test_a_broken_item_is_named_with_file_place_and_reason(old: str, new: str, place: str) -> None:
    text = resources.text("plan/items.toml")
    assert old in text
    with pytest.raises(BrokenKnowledge, match=re.escape(f"items.toml: {place}")):
        plan_items_from(text.replace(old, new, 1), "items.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[items.slider_seated]", "[items.slider_sat]", "items.slider_sat: there is no such"),
        ('feel = "almost nothing."', 'feel = " "', "items.slider_lying.feel: is empty"),
        ('both = "both legs"', 'both = " "', "items.load_isometric.sides: is empty"),
        ('born = "born {day}"', 'born = "born"', "sheet.born: needs {day}"),
        ('born = "born {day}"', 'born = "born {day!r}"', "sheet.born: needs {day}"),
        ('drawn_as = "Roller"', 'drawn_as = "Soft ball"', "drawn_as: must tell its drawings"),
        ('drawn_as = "Roller"', "drawings = {}", "drawings.roller: has no drawings of its own"),
        ('drawn_as = "Roller"', "steps = []", "Cannot overwrite"),
        ('born = "born {day}"', 'born = "born {day"', "sheet.born: "),
        ('title = "Your home plan"', 'title = "Plan {x}"', "sheet.title: needs nothing in braces"),
        ('"Jan", ', "", "sheet.months: needs 12 names, has 11"),
        ("[sheet]", '[sheet]\nmotto = "x"', "sheet: "),
        ("[sheet]", "[other]\n[sheet]", "other: is not a part"),
        ('reviewed_by = ""', 'reviewed_by = "A. Rivera"', "reviewed_by: a review needs both"),
        (
            'reviewed_by = ""\nreviewed_on = ""',
            'reviewed_by = "A. Rivera"\nreviewed_on = "May"',
            "reviewed_on: needs a date",
        ),
    ],
)
def test_broken_words_are_named_with_file_place_and_reason(
    old: str, new: str, message: str
) -> None:
    text = resources.text(ENGLISH)
    assert old in text
    with pytest.raises(BrokenKnowledge, match=re.escape(message)):
        plan_words_from(text.replace(old, new, 1), "en.toml", PLAN_ITEMS)


def test_a_language_without_the_words_of_an_item_is_refused() -> None:
    with pytest.raises(BrokenKnowledge, match=r"items\.brand_new: has no words"):
        plan_words_from(resources.text(ENGLISH), "en.toml", [*PLAN_ITEMS, "brand_new"])


# ---------------------------------------------------------------------- steps up and down
def test_going_on_from_any_item_comes_to_an_end() -> None:
    """A patient who does well is never sent round in a circle, and a step down is a way back."""
    items = load_plan_library().items
    for start in items.values():
        seen = [start.id]
        while follows := items[seen[-1]].moves_on_to:
            assert follows not in seen
            seen.append(follows)
        assert start.backs_off_to != start.moves_on_to or not start.moves_on_to


@pytest.mark.parametrize("step", ["moves_on_to", "backs_off_to"])
@pytest.mark.parametrize("other", ["bridge_walk", "one"])
def test_a_step_to_no_other_item_is_refused(step: str, other: str) -> None:
    broken = f'[one]\nkind = "load"\nsource = "x"\nmark = "proposal"\n{step} = "{other}"\n'
    with pytest.raises(BrokenKnowledge, match=rf"^plan/x\.toml: one: .*{other}"):
        plan_items_from(broken, "plan/x.toml")
