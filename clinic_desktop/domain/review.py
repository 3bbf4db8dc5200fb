"""A rule set laid out for a clinician who reviews it: plain rows, for a page or a screen."""

from __future__ import annotations

from dataclasses import dataclass

from .rulebook import Origin


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in words."""

    id: str
    sentence: str
    when: str
    """The condition in words; empty where the sentence says it all."""
    origin: Origin


@dataclass(frozen=True, slots=True)
class RuleSection:
    """Rules of one kind."""

    title: str
    note: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan item with all its words."""

    id: str
    name: str
    kind: str
    lines: tuple[tuple[str, str], ...]
    """What is said, and how: `("Dose", "2 sets of 10")`."""
    origin: Origin


@dataclass(frozen=True, slots=True)
class TextbookRow:
    """Something that rests on textbook memory and nobody has looked up yet."""

    id: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleReview:
    """Everything there is to review."""

    version: str
    sections: tuple[RuleSection, ...]
    plan: tuple[PlanRow, ...]
    textbook: tuple[TextbookRow, ...]

    @property
    def rules(self) -> int:
        """How many rules and plan items there are."""
        return sum(len(section.rows) for section in self.sections) + len(self.plan)

    @property
    def reviewed(self) -> int:
        """How many of them a licensed therapist has reviewed."""
        origins = [row.origin for section in self.sections for row in section.rows]
        origins += [row.origin for row in self.plan]
        return sum(bool(origin.reviewed_by) for origin in origins)
