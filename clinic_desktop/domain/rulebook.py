"""The rules as values: what the rule files say, checked and ready to be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .logic import Condition

FIRST_VERSION = "2026.11.1"
"""Version of the rule set in which a rule came that does not say so itself."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule comes from, since when it is there, and who has reviewed it."""

    source: str
    mark: str
    """`article`, `evidence` or `proposal`."""
    since: str = FIRST_VERSION
    """Version of the rule set in which it came."""
    reviewed_by: str = ""
    """A licensed therapist; empty until one has read it."""
    reviewed_on: str = ""
    """The date, as in 2026-11-24; there with `reviewed_by` or not at all."""


@dataclass(frozen=True, slots=True)
class Term:
    """A named condition that others refer to."""

    id: str
    when: Condition
    per_side: bool
    sentence: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Need:
    """What a pattern must have to be named, and the words that say so."""

    id: str
    when: Condition
    sentence: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A condition on a charted finding that speaks for a pattern when yes and against it when no,
    or the reverse."""

    when: Condition
    finding: str
    speaks: str = "for"
    only_if: Condition | None = None
    """The line is left out unless this is yes."""
    text: str = ""
    """Own words where the finding's name and value do not say it."""
    text_no: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One answer the panel can name."""

    id: str
    title: str
    sentence: str
    needs: tuple[Need, ...]
    first_mover: Condition
    """What must be charted and undisputed before the pattern may be leaned to."""
    blocked: Condition | None
    """While this is yes the pattern is neither named nor leaned to."""
    began: tuple[str, ...]
    """Weeks-ago findings that date the pattern's first event; the earliest counts."""
    beside: Condition | None
    """When yes, the pattern is named beside another one even though its own needs are not met."""
    evidence: tuple[Evidence, ...]
    first: tuple[tuple[str, ...], ...]
    """First choices: for each slot the items to choose from, in order."""
    later: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One row of the red-flag table: a condition that raises a flag at a level."""

    id: str
    flag: str
    level: str
    when: Condition
    origin: Origin
    asks: bool = True
    """Whether its open questions are asked first once a part of it is charted."""


@dataclass(frozen=True, slots=True)
class FlagText:
    """A red flag in words, and what to do at each level."""

    title: str
    actions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContradictionRule:
    """Findings that cannot all be right when the condition is yes."""

    id: str
    when: Condition
    per_side: bool
    findings: tuple[str, ...]
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Questions of the screen that something else charted has answered."""

    id: str
    flags: tuple[str, ...]
    when: Condition
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class PlanCaution:
    """Why an item is not given, or given with care, and the condition that says so."""

    when: Condition
    text: str
    bars: bool
    """True: the item is not suggested while the condition is yes."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    """When a plan item fits, and what speaks against it."""

    item: str
    kind: str
    when: Condition | None
    """None: whenever a pattern lists it."""
    cautions: tuple[PlanCaution, ...]
    loading: bool
    """Withheld while a flag of level I is open: loading, running, massage, traction."""
    anywhere: bool
    """Offered for every named pattern when its condition is yes (gait cues, sitting advice)."""


@dataclass(frozen=True, slots=True)
class RetestBand:
    """How a before-and-after difference is judged: an absolute or a relative band."""

    finding: str
    better: str
    """`lower` or `higher`."""
    by: float
    """Least change that counts, in the test's unit, or in percent of the first value."""
    percent: bool = False
    origin: Origin = Origin("", "proposal")


@dataclass(frozen=True, slots=True)
class HintPair:
    """A hint of the intake and the dated story behind it; unequal answers are a contradiction."""

    hint: str
    story: str
    disagree: tuple[tuple[str, str], ...]
    """Pairs (hint, story) that cannot both be right."""
    text: str


@dataclass(frozen=True, slots=True)
class DatePair:
    """An answer that says "before the injury", and the weeks that bear it out or deny it."""

    answer: str
    weeks: str
    event: str
    """The answer of what it came before: denied, nothing came before it."""
    other_weeks: str
    text: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A test, its details, and the term that is true while it is positive with details missing
    (docs/reading.md 6)."""

    test: tuple[str, ...]
    links: tuple[str, ...]
    weak: str


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """How several visits are read as one (docs/reading.md 13 and 15)."""

    origin: Origin
    past_facts: tuple[str, ...]
    past_fact_text: str
    grows: tuple[str, ...]
    asked_anew: tuple[str, ...]
    """Questions that count only if of this visit while a neural finding is open."""
    leg_power: tuple[str, ...]
    conclusions: tuple[str, ...]
    """The clinician's own conclusions: read where charted, never asked for."""
    hints: tuple[HintPair, ...]
    dates: tuple[DatePair, ...]
    dated: tuple[tuple[str, str], ...]
    """Answers with the weeks that say yes to them where the answer itself was left blank."""
    back_treatments: tuple[str, ...]
    back_words: tuple[str, ...]
    """Words in the name of another treatment that say that the low back was treated."""
    hamstring_signs: tuple[str, ...]
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class StandingRule:
    """A standing instruction: it goes with some patterns always, else with its condition."""

    item: str
    with_patterns: tuple[str, ...]
    when: Condition


@dataclass(frozen=True, slots=True)
class PlanRules:
    """How the plan is put together."""

    items: Mapping[str, PlanRule]
    standing: tuple[StandingRule, ...]
    without_data: tuple[str, ...]
    """What is offered while there is not enough data."""
    bands: Mapping[str, RetestBand]


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences of the panel that belong to no single rule."""

    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.texts[name]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of one version."""

    version: str
    sha256: str
    terms: tuple[Term, ...]
    patterns: tuple[Pattern, ...]
    flags: tuple[FlagRow, ...]
    flag_texts: Mapping[str, FlagText]
    contradictions: tuple[ContradictionRule, ...]
    not_applicable: tuple[NotApplicable, ...]
    reading: ReadingRules
    plan: PlanRules
    words: Words
    costs: Mapping[str, float]
    """What it costs to ask or test, by section, group or finding; 1 is a question."""
