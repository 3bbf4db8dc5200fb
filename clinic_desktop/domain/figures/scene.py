"""One picture of an exercise: a pose with its props and marks, turned into a drawing list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from clinic_desktop.domain.values import Side

from .body import arm_marks, far_marks, middle_marks
from .drawing import Drawing, Mark
from .furniture import Bench, Block, Chair, Cushion, Footfalls, Ground, Hill, Mat, Panel, Stool
from .gait import Gait
from .gear import Ball, Band, CurlLever, Kettlebell, Paper, Roller, Stick
from .marks import Arrow, Muscle, Note, Verdict, nerve_marks
from .pose import Pose, View
from .seeing import Camera
from .skeleton import Skeleton, posed


class Prop(Protocol):
    """A thing that is drawn with the figure."""

    def marks(self, camera: Camera, body: Skeleton) -> Iterator[Mark]:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class Props:
    """The things in a picture, by kind."""

    ground: tuple[Ground, ...] = ()
    hill: tuple[Hill, ...] = ()
    panel: tuple[Panel, ...] = ()
    footfalls: tuple[Footfalls, ...] = ()
    stool: tuple[Stool, ...] = ()
    mat: tuple[Mat, ...] = ()
    chair: tuple[Chair, ...] = ()
    bench: tuple[Bench, ...] = ()
    block: tuple[Block, ...] = ()
    cushion: tuple[Cushion, ...] = ()
    ball: tuple[Ball, ...] = ()
    roller: tuple[Roller, ...] = ()
    stick: tuple[Stick, ...] = ()
    lever: tuple[CurlLever, ...] = ()
    band: tuple[Band, ...] = ()
    kettlebell: tuple[Kettlebell, ...] = ()
    paper: tuple[Paper, ...] = ()

    def things(self) -> Iterable[Prop]:
        """All of them, from the back to the front."""
        return (
            *self.panel, *self.hill, *self.mat, *self.ground, *self.footfalls, *self.chair,
            *self.bench, *self.stool, *self.block, *self.cushion, *self.ball, *self.roller,
            *self.lever, *self.stick, *self.band, *self.kettlebell, *self.paper,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing as data: who does what, with what, and what is pointed out."""

    id: str
    """Item and name, as in `hinge.start`."""
    item: str
    """The plan item that it belongs to; `gait` for the pair on the therapist's screen."""
    caption: str
    """Key of the short words above it, as start or end."""
    pose: Pose
    variant: str = ""
    """Another way to do the item, as `both` for both legs; empty for the usual one."""
    step: int = 0
    """Which step of the item's text it shows, from 1; 0 shows none in particular."""
    view: View = field(default_factory=View)
    both_near: bool = False
    """Seen from the front or behind: no limb is the far one."""
    behind: Props = field(default_factory=Props)
    front: Props = field(default_factory=Props)
    """Things in front of trunk and legs, behind the near arm."""
    over: Props = field(default_factory=Props)
    """Things in front of everything."""
    nerve: bool = False
    muscles: tuple[Muscle, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    gait: Gait | None = None
    notes: tuple[Note, ...] = ()
    verdict: Verdict | None = None


def draw(
    scene: Scene, words: Mapping[str, str], side: Side = Side.RIGHT, description: str = ""
) -> Drawing:
    """The drawing list of a scene for the patient's side. Raises KeyError for a missing word."""
    marks = tuple(_marks(scene, words))
    drawing = Drawing(marks, description)
    return drawing.mirrored() if side is Side.LEFT else drawing


def _marks(scene: Scene, words: Mapping[str, str]) -> Iterator[Mark]:
    camera, body, pose = Camera(scene.view), posed(scene.pose), scene.pose
    for prop in scene.behind.things():
        yield from prop.marks(camera, body)
    if not scene.both_near:
        yield from far_marks(camera, body, pose)
    yield from middle_marks(camera, body, scene.both_near)
    for muscle in scene.muscles:
        yield from muscle.marks(camera, body)
    for prop in scene.front.things():
        yield from prop.marks(camera, body)
    if scene.both_near:
        yield from arm_marks(camera, body, Side.LEFT, pose.left_arm.grip)
    yield from arm_marks(camera, body, Side.RIGHT, pose.right_arm.grip)
    for prop in scene.over.things():
        yield from prop.marks(camera, body)
    yield from _pointed_out(scene, camera, body, words)


def _pointed_out(
    scene: Scene, camera: Camera, body: Skeleton, words: Mapping[str, str]
) -> Iterator[Mark]:
    if scene.nerve:
        yield from nerve_marks(camera, body)
    if scene.gait is not None:
        yield from scene.gait.marks(camera, body, words)
    for arrow in scene.arrows:
        yield from arrow.marks(camera, body)
    for note in scene.notes:
        yield from note.marks(camera, body, words)
    if scene.verdict is not None:
        yield from scene.verdict.marks(camera, body)
