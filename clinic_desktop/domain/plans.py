"""What can be advised: plan items by the contract's ids, and their words in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .documents import Photo, SheetWords
from .figures.drawing import Drawing
from .rulebook import FIRST_VERSION

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OWN: Final = re.compile(r"[a-z][a-z0-9_]{0,19}\.[a-z][a-z0-9_]{0,39}")


def is_own_item(item: str) -> bool:
    """Whether an id is one that a clinic gave, its own prefix before a dot: `clinic.wall_press`.

    It may be of a clinic whose exercises are not here.
    """
    return _OWN.fullmatch(item) is not None


def is_drawing_name(name: str) -> bool:
    """Whether a word may name one of an item's drawings: `side_step`."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One thing that can be done, at home or in the clinic."""

    id: str
    kind: str
    """`nerve`, `back`, `glute`, `load`, `tissue`, `advice`, `gait`, `run` or `pause`: the two first
    items of a plan differ in kind."""
    clinic_only: bool = False
    """Never on a handout."""
    standing: bool = False
    """A standing instruction beside the two slots, not counted as a new item."""
    source: str = ""
    mark: str = "proposal"
    """`article`, `evidence` or `proposal`."""
    since: str = FIRST_VERSION
    """Version of the rule set in which it came."""
    moves_on_to: str = ""
    """The item that follows when this one is easy; empty where none does."""
    backs_off_to: str = ""
    """The easier item when this one is too much; empty where there is none."""
    drawings: tuple[str, ...] = ()
    """Other ways to do it that have a drawing and words of their own, beside the usual one."""


@dataclass(frozen=True, slots=True)
class PlanItemText:
    """The words of a plan item in one language, for the patient unless it says otherwise."""

    name: str
    purpose: str
    dose: str
    steps: tuple[str, ...] = ()
    feel: str = ""
    ease_off: str = ""
    """When to do less."""
    more: str = ""
    """When to do more."""
    stop: str = ""
    note: str = ""
    """For the clinician: where the evidence differs, or what to check before giving it."""
    short: str = ""
    """Name where room is short: `Slider`."""
    sides: Mapping[str, str] = field(default_factory=dict)
    """Added to the name on paper for `right`, `left` and `both`: `right leg`; or empty."""
    reviewed_by: str = ""
    """A licensed therapist who has read these words; empty until one has."""
    reviewed_on: str = ""
    """The date, as in 2026-11-24; there with `reviewed_by` or not at all."""
    drawn_as: str = ""
    """What is drawn, in a word or two, where an item has several drawings: `Soft ball`."""
    drawings: Mapping[str, PlanItemText] = field(default_factory=dict)
    """The whole words for each of the item's other drawings."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A clinic's own picture of an exercise, for either side of the body."""

    right: Drawing | Photo
    left: Drawing | Photo
    caption: str
    step: int = 0
    """Which step of the text it shows, from 1; 0 shows none in particular."""
    variant: str = ""
    """Which of the item's drawings it belongs to; empty for the usual one."""


@dataclass(frozen=True, slots=True)
class PlanLibrary:
    """All plan items with their words in one language."""

    language: str
    items: Mapping[str, PlanItem]
    texts: Mapping[str, PlanItemText]
    sheet: SheetWords
    """The fixed words of the sheet."""
    illustrations: Mapping[str, tuple[Illustration, ...]] = field(default_factory=dict)
    """Pictures of a clinic's own items; the drawings of the others ship with the program."""
    borrowed: frozenset[str] = frozenset()
    """Items without words in this language: their English ones stand in."""

    def item(self, item: str) -> PlanItem:
        """What is known of an item; of one that is not there, as an own one of another clinic,
        nothing but its id."""
        return self.items.get(item) or PlanItem(item, kind="")

    def text(self, item: str, drawing: str | None = None) -> PlanItemText:
        """The words of an item as it is drawn; of one that is not there, nothing but its id."""
        usual = self.texts.get(item) or PlanItemText(item, purpose="", dose="", short=item)
        return usual.drawings.get(drawing, usual) if drawing else usual

    def name(self, item: str, drawing: str | None = None) -> str:
        """The item's name on screen and paper; its id where it is not there."""
        return self.text(item, drawing).name
