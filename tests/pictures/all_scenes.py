"""All scenes in the order of the contact sheet, and some of them by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from . import scenes_around, scenes_first, scenes_outside, scenes_visit
from .scene import Scene

SCENES: Final = [
    *scenes_outside.SCENES,
    *scenes_first.SCENES,
    *scenes_visit.SCENES,
    *scenes_around.SCENES,
]


def named(names: Iterable[str]) -> list[Scene]:
    """The scenes of these names; a name that ends in `*` stands for all that begin so.

    Raises KeyError for a name that no scene has.
    """
    found: list[Scene] = []
    for name in names:
        begins = name.removesuffix("*")
        fitting = [
            scene
            for scene in SCENES
            if scene.name == name or (name != begins and scene.name.startswith(begins))
        ]
        if not fitting:
            raise KeyError(name)
        found += fitting
    return found
