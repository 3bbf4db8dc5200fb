"""How a clinic's own exercises are shown: drawings from its own pose files, or pictures."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, TypeAlias

import msgspec

from clinic_desktop.domain.documents import Photo
from clinic_desktop.domain.errors import BrokenKnowledge, ChartError
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.figures.scene import Scene, draw
from clinic_desktop.domain.plans import Illustration
from clinic_desktop.domain.visits import PLAN_SIDES

from .own_folder import POSES, OwnFiles
from .pose_files import scenes_from
from .toml_entries import EntryFault, entry_as

MOST_PICTURES: Final = 3
"""Of one item as it is drawn: more of them would be stamps on the sheet."""
_LARGEST_NUMBER: Final = 360.0
_MOST_THINGS: Final = 12
"""Of one kind in a drawing, and footfalls."""
_WIDEST, _HIGHEST = 2.5, 2.0
"""In heights of the figure: a larger drawing would leave no figure to make out."""


class ReadPicture(Protocol):
    """Reads a picture by its content and makes it anew, small and with nothing else in it."""

    def __call__(self, content: bytes) -> Photo:
        """Raises ChartError saying what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the clinic's own as an item names it."""

    right: Photo
    left: Photo
    caption: str
    """Key of the words above it; empty for none."""
    step: int
    variant: str


Sight: TypeAlias = Scene | Shot
"""What shows an exercise, in no language yet."""


class _PictureEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of an item in `items.toml` as written."""

    file: str
    caption: str = ""
    step: int = 0
    drawing: str = ""
    shows: Literal["right", "left", ""] = ""


# ---------------------------------------------------------------------- pictures
def shots_of(
    entries: object, place: str, files: OwnFiles, read_picture: ReadPicture, seen: dict[str, bytes]
) -> tuple[Shot, ...]:
    """The pictures of an item; the bytes of each that is read go into `seen` by name.

    Raises EntryFault.
    """
    written = entry_as(entries, tuple[_PictureEntry, ...], place)
    if not written:
        raise EntryFault(place, "is empty")
    shots = []
    for number, entry in enumerate(written):
        here = f"{place}[{number}]"
        try:
            content = files.picture(entry.file)
            photo = read_picture(content)
        except ChartError as problem:
            raise EntryFault(here, f"{_quoted(entry.file)} {problem}") from problem
        seen[entry.file] = content
        turned = replace(photo, mirrored=True)
        shots.append(
            Shot(
                turned if entry.shows == "left" else photo,
                turned if entry.shows == "right" else photo,
                entry.caption,
                entry.step,
                entry.drawing,
            )
        )
    return tuple(shots)


def _quoted(name: str) -> str:
    """A name as it may be repeated in a line."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:80])


# ---------------------------------------------------------------------- drawings
def own_scenes(item: str, text: str) -> tuple[Scene, ...]:
    """An item's own drawings from the text of its pose file. Raises BrokenKnowledge."""
    file = f"{POSES}/{item}.toml"
    scenes = scenes_from(text, file, item)
    for scene in scenes:
        name = scene.id.removeprefix(f"{item}.")
        if fault := next(_excesses(scene), ""):
            raise BrokenKnowledge(f"{file}: {name}: {fault}")
        if scene.gait is not None:
            raise BrokenKnowledge(f"{file}: {name}.gait: is for the pair on the screen alone")
    return scenes


def _excesses(value: object) -> Iterator[str]:
    """What would make a drawing endless, or no drawing at all."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > _LARGEST_NUMBER:
            yield f"a number is not between -{_LARGEST_NUMBER:g} and {_LARGEST_NUMBER:g}"
    elif isinstance(value, tuple):
        if len(value) > _MOST_THINGS:
            yield f"there are more than {_MOST_THINGS} of a kind"
        for part in value:
            yield from _excesses(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            part = getattr(value, field.name)
            if field.name == "count" and part > _MOST_THINGS:
                yield f"there are more than {_MOST_THINGS} of a kind"
            yield from _excesses(part)


# ---------------------------------------------------------------------- in a language
def illustrate(
    sights: tuple[Sight, ...], item: str, labels: Mapping[str, str], steps: int
) -> tuple[Illustration, ...]:
    """An item's pictures with the words of one language. Raises EntryFault naming the picture."""
    made = tuple(_illustration(sight, item, labels) for sight in sights)
    for one in made:
        if not 0 <= one.step <= steps:
            raise EntryFault(item, f"a picture shows step {one.step}, and it has {steps}")
    variants = [one.variant for one in made]
    if "" not in variants:
        raise EntryFault(item, "has no picture that is its usual one, without a drawing named")
    if any(variants.count(variant) > MOST_PICTURES for variant in variants):
        raise EntryFault(item, f"has more than {MOST_PICTURES} pictures for one drawing")
    return made


def _illustration(sight: Sight, item: str, labels: Mapping[str, str]) -> Illustration:
    keys = [sight.caption] if sight.caption else []
    if isinstance(sight, Scene):
        keys += (note.key for note in sight.notes)
    for key in keys:
        if key not in labels:
            raise EntryFault(item, f"[labels] of plan-en.toml has no word {_quoted(key)}")
    caption = labels.get(sight.caption, "")
    if isinstance(sight, Shot):
        return Illustration(sight.right, sight.left, caption, sight.step, sight.variant)
    right = _drawn(sight, item, labels)
    return Illustration(right, right.mirrored(), caption, sight.step, sight.variant)


def _drawn(scene: Scene, item: str, labels: Mapping[str, str]) -> Drawing:
    name = scene.id.removeprefix(f"{item}.")
    try:
        drawing = draw(scene, labels)
        box = drawing.bounds
    except Exception as fault:  # whatever numbers of its own set off, the shipped rules go on
        kind = type(fault).__name__
        raise EntryFault(item, f"its drawing {name} cannot be drawn ({kind})") from fault
    if not (0 < box.width <= _WIDEST and 0 < box.height <= _HIGHEST):
        raise EntryFault(
            item,
            f"its drawing {name} is {box.width:.1f} wide and {box.height:.1f} high;"
            f" {_WIDEST:g} and {_HIGHEST:g} figures' heights at most",
        )
    return drawing


def no_picture(content: bytes) -> Photo:
    """Stands where nothing can read pictures. Raises ChartError."""
    raise ChartError("cannot be read: no reader of pictures is at hand")


def variants_of(sights: tuple[Sight, ...]) -> tuple[str, ...]:
    """The drawings of an item beside its usual one; what is named like a side goes with it."""
    names = dict.fromkeys(sight.variant for sight in sights)
    return tuple(name for name in names if name and name not in PLAN_SIDES)
