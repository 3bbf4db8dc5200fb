"""The shape of the rule files: a table for each kind of entry; a key that is not declared is a
fault."""

from __future__ import annotations

from typing import Any

import msgspec


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A table of a rule file; a key that is not declared is a fault."""


class Sourced(Strict, kw_only=True):
    """What every rule says of itself besides what it does."""

    source: str
    mark: str
    since: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""


class TermEntry(Sourced):
    """A named condition."""

    id: str
    when: Any
    sentence: str
    per_side: bool = False


class TermsFile(Strict):
    """`terms.toml`."""

    term: list[TermEntry]


class NeedEntry(Strict):
    """What a pattern must have to be named."""

    id: str
    when: Any
    sentence: str


class EvidenceEntry(Strict):
    """A line of a ledger."""

    when: Any
    finding: str = ""
    speaks: str = "for"
    only_if: Any = None
    text: str = ""
    text_no: str = ""


class PatternEntry(Sourced):
    """One answer the panel can name."""

    id: str
    title: str
    sentence: str
    began: list[str]
    first_mover: Any
    needs: list[NeedEntry]
    evidence: list[EvidenceEntry]
    first: list[list[str]]
    later: list[str]
    blocked: Any = None
    beside: Any = None


class PatternsFile(Strict):
    """`patterns.toml`."""

    pattern: list[PatternEntry]


class RowEntry(Sourced):
    """One row of the red-flag table."""

    id: str
    flag: str
    level: str
    when: Any
    asks: bool = True


class NotApplicableEntry(Sourced):
    """Questions that something else charted has answered."""

    id: str
    flags: list[str]
    when: Any
    reason: str


class FlagsFile(Strict):
    """`flags.toml`."""

    flag: dict[str, dict[str, str]]
    row: list[RowEntry]
    not_applicable: list[NotApplicableEntry] = []


class ContradictionEntry(Sourced):
    """Findings that cannot all be right."""

    id: str
    when: Any
    findings: list[str]
    text: str
    per_side: bool = False


class ContradictionsFile(Strict):
    """`contradictions.toml`."""

    contradiction: list[ContradictionEntry]


class HintEntry(Strict):
    """A hint and the story behind it."""

    hint: str
    story: str
    disagree: list[tuple[str, str]]
    text: str


class DateEntry(Strict):
    """An answer and the weeks that may bear it out or deny it."""

    answer: str
    weeks: str
    event: str
    other_weeks: str
    text: str


class ChainEntry(Strict):
    """A test, and the details that make it count."""

    test: list[str]
    links: list[str]
    weak: str


class ReadingFile(Sourced):
    """`reading.toml`."""

    past_facts: list[str]
    past_fact_text: str
    grows: list[str]
    asked_anew: list[str]
    leg_power: list[str]
    conclusions: list[str]
    back_treatments: list[str]
    back_words: list[str]
    hamstring_signs: list[str]
    hint: list[HintEntry] = []
    date: list[DateEntry] = []
    dated: list[tuple[str, str]] = []
    chain: list[ChainEntry] = []


class CautionEntry(Strict):
    """What speaks against a plan item."""

    when: Any
    text: str
    bars: bool


class ItemEntry(Strict):
    """When a plan item fits."""

    id: str
    kind: str
    when: Any = None
    cautions: list[CautionEntry] = []
    loading: bool = False
    anywhere: bool = False


class StandingEntry(Strict):
    """A standing instruction."""

    with_patterns: list[str]
    when: Any


class BandEntry(Sourced):
    """The least change that counts in a retest."""

    findings: list[str]
    better: str
    by: float
    percent: bool = False


class PlanFile(Strict):
    """`plan.toml`."""

    without_data: list[str]
    standing: dict[str, StandingEntry]
    item: list[ItemEntry]
    band: list[BandEntry]


class WordsFile(Strict):
    """`words.toml`."""

    version: str
    text: dict[str, str]
    cost: dict[str, float]
