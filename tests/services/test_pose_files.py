"""The drawings' files: every home item has its pictures, and a broken file is refused."""

import itertools

import pytest

from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.figures.drawing import Path, points_along
from clinic_desktop.domain.figures.scene import draw
from clinic_desktop.domain.figures.skeleton import posed
from clinic_desktop.domain.values import SIDES, Side
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.knowledge.pose_files import (
    check_figure_words,
    figure,
    figure_words_from,
    item_scenes,
    load_figure_words,
    load_scenes,
    scenes_from,
)

HOME = [item.id for item in load_plan_library().items.values() if not item.clinic_only]
SCENES = list(load_scenes())
IN_FLIGHT = {"load_energy_storage.flight"}
FEET_UP = {"sitting_advice.wrong"}
FLAT_STEP = """
[stand]
caption = "start"
[stand.pose]
pitch = 3
right = { hip = 4, knee = 5 }
"""


@pytest.mark.parametrize("item", HOME)
def test_every_home_item_has_its_drawings(item: str) -> None:
    scenes = item_scenes(item)
    assert scenes
    steps = load_plan_library().texts[item].steps
    assert any(scene.step for scene in scenes)
    for scene in scenes:
        assert 0 <= scene.step <= len(steps), scene.id


def test_no_drawing_belongs_to_an_item_that_does_not_exist() -> None:
    assert {scene.item for scene in load_scenes().values()} - {*HOME, "gait", "exam"} == set()


@pytest.mark.parametrize(
    "item", ["slider_seated", "slider_standing", "glute_burn", "load_isometric"]
)
def test_an_exercise_shows_where_it_starts_and_where_it_ends(item: str) -> None:
    assert len(item_scenes(item)) == 2


def test_another_way_to_do_an_item_has_pictures_of_its_own() -> None:
    assert [scene.id for scene in item_scenes("glute_burn", "side_step")] == [
        "glute_burn.side_step"
    ]
    assert item_scenes("hinge", "side_step") == item_scenes("hinge")


@pytest.mark.parametrize("scene", SCENES)
def test_each_drawing_is_made_for_both_sides_with_words(scene: str) -> None:
    right, left = figure(scene), figure(scene, Side.LEFT)
    assert right.description
    assert left.bounds == pytest.approx(right.bounds.mirrored())
    assert 0.3 < right.bounds.width < 1.5
    assert 0.15 < right.bounds.height < 1.2


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_but_a_runner_in_flight_leaves_the_ground_or_sinks_into_it(scene: str) -> None:
    made = load_scenes()[scene]
    if made.view.tilt or made.behind.hill or made.behind.bench or scene in FEET_UP:
        return
    body = posed(made.pose)
    feet = min(
        body.joints()[f"{side}_{part}"].y - radius
        for side in SIDES
        for part, radius in (("heel", 0.022), ("ball", 0.013), ("toe", 0.011), ("knee", 0.038))
    )
    lying = body.ribs.y - 0.0625
    assert min(feet, lying) == pytest.approx(0.05 if scene in IN_FLIGHT else 0, abs=0.032)
    for side in SIDES:
        arm = body.arms[side]
        assert arm.middle.y > 0.018
        assert arm.end.y > 0.012


def test_feet_stay_where_they_are_from_start_to_end() -> None:
    for start, end in (
        ("slider_standing.start", "slider_standing.end"),
        ("slider_lying.start", "slider_lying.end"),
    ):
        one, other = posed(load_scenes()[start].pose), posed(load_scenes()[end].pose)
        still, moved = one.legs[Side.LEFT], other.legs[Side.LEFT]
        assert still.end.minus(moved.end).length < 0.02
    clam = [posed(load_scenes()[f"glute_burn.clamshell_{when}"].pose) for when in ("start", "end")]
    assert clam[0].legs[Side.RIGHT].end.minus(clam[1].legs[Side.RIGHT].end).length < 1e-6


def test_a_seated_slider_moves_head_and_knee_but_not_the_seat() -> None:
    start, end = (posed(load_scenes()[f"slider_seated.{when}"].pose) for when in ("start", "end"))
    assert start.hips == end.hips
    assert start.head.x.y < 0 < end.head.x.y
    assert end.legs[Side.RIGHT].end.y > start.legs[Side.RIGHT].end.y + 0.15


def test_drawings_differ_from_one_another() -> None:
    every = [draw(scene, load_figure_words().labels).marks for scene in load_scenes().values()]
    for one, other in itertools.combinations(every, 2):
        assert one != other


def test_arrows_are_clear_of_the_face() -> None:
    """An arrow over nose or mouth would hide what the picture shows about the head."""
    for scene in load_scenes().values():
        skull = posed(scene.pose).skull
        if scene.view.turn:
            continue
        arrows = [
            mark
            for mark in draw(scene, load_figure_words().labels).marks
            if isinstance(mark, Path) and mark.fill == mark.stroke == "arrow"
        ]
        for arrow in arrows:
            for run in arrow.runs:
                for x, y in points_along(run):
                    assert (x - skull.x) ** 2 + (y - skull.y) ** 2 > 0.055**2, scene.id


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("pitch = 3", 'pitch = "3"', "broken.toml: stand.pose.pitch", "Expected `float`"),
        ("pitch = 3", "tilt = 3", "broken.toml: stand.pose", "unknown field `tilt`"),
        ("hip = 4", "hips = 4", "broken.toml: stand.pose.right", "unknown field `hips`"),
        ("[stand.pose]", "[stand.pose", "broken.toml: ", "line 4"),
        ('caption = "start"\n', "", "broken.toml: stand", "missing required field `caption`"),
        ('caption = "start"', 'caption = "start"\nstep = -1', "stand.step", "counts from 1"),
        (
            'caption = "start"',
            'caption = "start"\narrows = [{ start = { joint = "tail" }, end = {} }]',
            "broken.toml: stand",
            "no joint 'tail'",
        ),
        (
            'caption = "start"',
            'caption = "start"\nmuscles = [{ part = "ear" }]',
            "broken.toml: stand.muscles[0].part",
            "Invalid enum value",
        ),
        (FLAT_STEP, "", "broken.toml: whole file", "there are no drawings"),
        (FLAT_STEP, "stand = 3", "broken.toml: stand", "is not a drawing"),
    ],
)
def test_a_broken_drawing_is_refused_with_place_and_reason(
    old: str, new: str, place: str, reason: str
) -> None:
    assert old in FLAT_STEP
    with pytest.raises(BrokenKnowledge) as refused:
        scenes_from(FLAT_STEP.replace(old, new), "broken.toml", "brace")
    assert place in str(refused.value)
    assert reason in str(refused.value)


WORDS = """
[labels]
start = "Start"
gait_foot_good = "a"
gait_foot_wrong = "b"
gait_trunk_good = "c"
gait_trunk_wrong = "d"
gait_trunk_degrees = "trunk {angle}"
gait_shin_degrees = "shin {angle}"
[descriptions]
"brace.stand" = "Standing."
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('start = "Start"\n', "", "words.toml: labels.start: has no words"),
        ('gait_foot_good = "a"\n', "", "words.toml: labels.gait_foot_good: has no words"),
        ('start = "Start"', 'start = " "', "words.toml: labels.start: is empty"),
        ('"brace.stand" = "Standing."', "", 'words.toml: descriptions."brace.stand": has no words'),
        ("trunk {angle}", "trunk", "words.toml: labels.gait_trunk_degrees: needs {angle}"),
        ("trunk {angle}", "trunk {", "words.toml: labels.gait_trunk_degrees: "),
        ('start = "Start"', "start = 3", "words.toml: labels[...]: Expected `str`"),
    ],
)
def test_words_are_complete_or_refused(old: str, new: str, message: str) -> None:
    scenes = scenes_from(FLAT_STEP, "stand.toml", "brace")
    assert figure_words_from(WORDS, "words.toml").labels["start"] == "Start"

    def read() -> None:
        words = figure_words_from(WORDS.replace(old, new), "words.toml")
        check_figure_words(words, "words.toml", scenes)

    with pytest.raises(BrokenKnowledge) as refused:
        read()
    assert message in str(refused.value)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_words_fit_the_drawings_and_nothing_is_left_over(language: str) -> None:
    words, scenes = load_figure_words(language), load_scenes()
    check_figure_words(words, "en.toml", scenes.values())
    assert set(words.descriptions) == set(scenes)
    used = {note.key for scene in scenes.values() for note in scene.notes}
    used |= {scene.caption for scene in scenes.values()}
    assert {key for key in words.labels if not key.startswith("gait_")} == used


def test_a_drawing_that_does_not_ship_is_named() -> None:
    for missing in ("hinge.middle", "handstand.start"):
        with pytest.raises(KeyError, match=missing):
            figure(missing)
    assert item_scenes("handstand") == ()


def test_a_language_that_is_not_shipped_reads_as_english() -> None:
    assert load_figure_words("xx") == load_figure_words("en")
    assert figure("slider_seated.end", language="xx") == figure("slider_seated.end")
    assert [label.text for label in figure("slider_seated.end", language="es").labels] == ["nervio"]
