"""The rule panel's answer: frozen, with the finding behind each line of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from .values import Side


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger: a finding, its side, and what it says in words."""

    finding: str
    side: Side | None
    text: str
    rule: str = field(default="", compare=False)
    """Id of the rule behind it, for `Knowledge.explain`; no part of what the line says."""
    on: dt.date | None = None
    """The day of an earlier visit, where the finding was not charted at this one."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What speaks for and against a pattern, what is missing, and which of its needs are unmet."""

    supports: tuple[Line, ...] = ()
    against: tuple[Line, ...] = ()
    missing: tuple[Line, ...] = ()
    unmet: tuple[str, ...] = ()
    """Why not: plain sentences of the needs that are not met (empty for a named pattern)."""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """An open red flag: level `E`, `S`, `U`, `I` or `W`, the findings behind it, and what to do."""

    id: str
    level: str
    because: tuple[str, ...]
    action: str
    title: str = ""
    rule: str = field(default="", compare=False)
    """Id of the rule behind it, for `Knowledge.explain`; no part of what the line says."""


@dataclass(frozen=True, slots=True)
class ResolvedFlag:
    """A red flag that would stand, had the clinician not resolved it in writing."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Screen:
    """State of the red-flag screen. A blank, `unknown` and `not_asked` are all unanswered."""

    complete: bool
    unanswered: tuple[str, ...]
    not_applicable: tuple[str, ...] = ()
    """Questions that something else charted has answered; the form folds them away."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Findings that cannot all be right; listed, never averaged."""

    findings: tuple[str, ...]
    text: str
    rule: str = field(default="", compare=False)
    """Id of the rule behind it, for `Knowledge.explain`; no part of what the line says."""


@dataclass(frozen=True, slots=True)
class Question:
    """A finding worth charting next, and why."""

    finding: str
    side: Side | None
    why: str


@dataclass(frozen=True, slots=True)
class Caution:
    """A plan item that a finding speaks against."""

    item: str
    because: tuple[str, ...]
    text: str
    rule: str = field(default="", compare=False)
    """Id of the rule behind it, for `Knowledge.explain`; no part of what the line says."""


@dataclass(frozen=True, slots=True)
class SuggestedPlan:
    """Plan items by id: standing instructions, at most two first items, and what may follow."""

    standing: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    withheld: str | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The part of an answer that is kept with the visit: what a later rule set is held against."""

    version: str
    sha256: str
    """Version and SHA-256 of the rules that gave it."""
    status: str
    patterns: tuple[str, ...]
    lean: tuple[str, ...]
    red_flags: tuple[tuple[str, str], ...]
    """Open red flags with their level, gravest first."""

    def says_the_same(self, other: ShortAnswer) -> bool:
        """Whether both say the same, whichever rules said it."""
        return (self.status, self.patterns, self.lean) == (
            other.status,
            other.patterns,
            other.lean,
        ) and sorted(self.red_flags) == sorted(other.red_flags)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The whole answer for the last visit of a course."""

    status: str
    """`suggested`, `not_enough_data` or `red_flag`."""
    patterns: tuple[str, ...]
    lean: tuple[str, ...]
    provisional: bool
    red_flags: tuple[RedFlag, ...]
    resolved_flags: tuple[ResolvedFlag, ...]
    screen: Screen
    ledger: Mapping[str, Ledger]
    contradictions: tuple[Contradiction, ...]
    ask_next: tuple[Question, ...]
    plan: SuggestedPlan
    knowledge: tuple[str, str] = field(default=("", ""))
    """Version and SHA-256 of the rules that gave this answer."""

    @property
    def short(self) -> ShortAnswer:
        """What is kept of it with the visit."""
        version, sha256 = self.knowledge
        flags = tuple((flag.id, flag.level) for flag in self.red_flags)
        return ShortAnswer(version, sha256, self.status, self.patterns, self.lean, flags)
