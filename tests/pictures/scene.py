"""What a scene is, and how a function becomes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .stage import Stage

Play = Callable[[Stage], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """One window in one state. `play` brings it about on a fresh stage."""

    name: str
    """Of its files: small letters and hyphens."""
    caption: str
    """Under its picture."""
    play: Play
    accepted: bool = False
    """Whether its picture is compared with an accepted one."""


Put = Callable[..., Callable[[Play], Play]]


def into(scenes: list[Scene]) -> Put:
    """Makes the decorator that puts a function among the scenes of a module."""

    def scene(name: str, caption: str, *, accepted: bool = False) -> Callable[[Play], Play]:
        def put(play: Play) -> Play:
            scenes.append(Scene(name, caption, play, accepted))
            return play

        return put

    return scene
