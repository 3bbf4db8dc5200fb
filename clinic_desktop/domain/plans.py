"""What can be advised: plan items by the contract's ids, and their words in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .rulebook import FIRST_VERSION


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


@dataclass(frozen=True, slots=True)
class PlanLibrary:
    """All plan items with their words in one language."""

    language: str
    items: Mapping[str, PlanItem]
    texts: Mapping[str, PlanItemText]

    def name(self, item: str) -> str:
        """The item's name on screen and paper."""
        return self.texts[item].name
