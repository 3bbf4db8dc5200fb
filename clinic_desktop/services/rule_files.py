"""The rule files of `resources/rules/`, read and checked into a `Rulebook`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

import resources
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.logic import Condition
from clinic_desktop.domain.rulebook import (
    ContradictionRule,
    DatePair,
    Evidence,
    FlagRow,
    FlagText,
    HintPair,
    Need,
    NotApplicable,
    Pattern,
    PlanCaution,
    PlanRule,
    PlanRules,
    ReadingRules,
    RetestBand,
    Rulebook,
    StandingRule,
    Term,
    Words,
)
from clinic_desktop.domain.values import LEVELS, PATTERNS

from .rule_conditions import ConditionFault, condition_from

FILES = ("terms", "patterns", "flags", "contradictions", "reading", "plan", "words")
MARKS = ("article", "evidence", "proposal")


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A table of a rule file; a key that is not declared is a fault."""


class _TermEntry(_Strict):
    id: str
    when: Any
    sentence: str
    source: str
    mark: str
    per_side: bool = False


class _TermsFile(_Strict):
    term: list[_TermEntry]


class _NeedEntry(_Strict):
    id: str
    when: Any
    unmet: str


class _EvidenceEntry(_Strict):
    when: Any
    finding: str = ""
    speaks: str = "for"
    only_if: Any = None
    text: str = ""
    text_no: str = ""


class _PatternEntry(_Strict):
    id: str
    title: str
    sentence: str
    source: str
    mark: str
    began: list[str]
    first_mover: Any
    needs: list[_NeedEntry]
    evidence: list[_EvidenceEntry]
    first: list[list[str]]
    later: list[str]
    blocked: Any = None
    beside: Any = None


class _PatternsFile(_Strict):
    pattern: list[_PatternEntry]


class _RowEntry(_Strict):
    id: str
    flag: str
    level: str
    when: Any
    source: str
    mark: str
    asks: bool = True


class _NotApplicableEntry(_Strict):
    id: str
    flags: list[str]
    when: Any
    reason: str


class _FlagsFile(_Strict):
    flag: dict[str, dict[str, str]]
    row: list[_RowEntry]
    not_applicable: list[_NotApplicableEntry] = []


class _ContradictionEntry(_Strict):
    id: str
    when: Any
    findings: list[str]
    text: str
    source: str
    mark: str
    per_side: bool = False


class _ContradictionsFile(_Strict):
    contradiction: list[_ContradictionEntry]


class _HintEntry(_Strict):
    hint: str
    story: str
    disagree: list[tuple[str, str]]
    text: str


class _DateEntry(_Strict):
    answer: str
    weeks: str
    other_weeks: str
    text: str


class _ReadingFile(_Strict):
    past_facts: list[str]
    past_fact_text: str
    grows: list[str]
    asked_anew: list[str]
    leg_power: list[str]
    conclusions: list[str]
    back_treatments: list[str]
    hamstring_signs: list[str]
    hint: list[_HintEntry] = []
    date: list[_DateEntry] = []


class _CautionEntry(_Strict):
    when: Any
    text: str
    bars: bool


class _ItemEntry(_Strict):
    id: str
    kind: str
    when: Any = None
    cautions: list[_CautionEntry] = []
    loading: bool = False
    anywhere: bool = False


class _StandingEntry(_Strict):
    with_patterns: list[str]
    when: Any


class _BandEntry(_Strict):
    findings: list[str]
    better: str
    by: float
    percent: bool = False


class _PlanFile(_Strict):
    without_data: list[str]
    standing: dict[str, _StandingEntry]
    item: list[_ItemEntry]
    band: list[_BandEntry]


class _WordsFile(_Strict):
    version: str
    text: dict[str, str]
    cost: dict[str, float]


_File = TypeVar("_File", bound=_Strict)


def read_rule_files() -> dict[str, str]:
    """The text of each shipped rule file by its short name."""
    return {name: resources.text(f"rules/{name}.toml") for name in FILES}


def rulebook_from(texts: Mapping[str, str]) -> Rulebook:
    """Build the rules from the text of their files. Raises BrokenKnowledge with file, rule and reason."""
    words = _decoded("words", texts, _WordsFile)
    flags = _decoded("flags", texts, _FlagsFile)
    digest = hashlib.sha256("\x00".join(texts[name] for name in FILES).encode()).hexdigest()
    return Rulebook(
        version=words.version,
        sha256=digest,
        terms=_terms(_decoded("terms", texts, _TermsFile)),
        patterns=_patterns(_decoded("patterns", texts, _PatternsFile)),
        flags=_flag_rows(flags),
        flag_texts=_flag_texts(flags),
        contradictions=_contradictions(_decoded("contradictions", texts, _ContradictionsFile)),
        not_applicable=tuple(
            NotApplicable(n.id, tuple(n.flags), _condition("flags", n.id, n.when), n.reason)
            for n in flags.not_applicable
        ),
        reading=_reading(_decoded("reading", texts, _ReadingFile)),
        plan=_plan(_decoded("plan", texts, _PlanFile)),
        words=Words(words.text),
        costs=words.cost,
    )


def _decoded(name: str, texts: Mapping[str, str], kind: type[_File]) -> _File:
    try:
        return msgspec.toml.decode(texts[name], type=kind)
    except msgspec.DecodeError as fault:
        raise BrokenKnowledge(f"rules/{name}.toml: {fault}") from fault


def _condition(file: str, rule: str, raw: object) -> Condition:
    try:
        return condition_from(raw)
    except ConditionFault as fault:
        raise BrokenKnowledge(f"rules/{file}.toml: {rule}: {fault}") from fault


def _marked(file: str, rule: str, mark: str, source: str) -> None:
    if mark not in MARKS:
        raise BrokenKnowledge(f"rules/{file}.toml: {rule}: mark is one of {', '.join(MARKS)}")
    if not source.strip():
        raise BrokenKnowledge(f"rules/{file}.toml: {rule}: has no source")


def _unique(file: str, ids: list[str]) -> None:
    for rule in ids:
        if ids.count(rule) > 1:
            raise BrokenKnowledge(f"rules/{file}.toml: {rule}: stands there twice")


def _terms(file: _TermsFile) -> tuple[Term, ...]:
    _unique("terms", [entry.id for entry in file.term])
    for e in file.term:
        _marked("terms", e.id, e.mark, e.source)
    return tuple(
        Term(e.id, _condition("terms", e.id, e.when), e.per_side, e.sentence, e.source, e.mark)
        for e in file.term
    )


def _patterns(file: _PatternsFile) -> tuple[Pattern, ...]:
    ids = [entry.id for entry in file.pattern]
    _unique("patterns", ids)
    if set(ids) != set(PATTERNS):
        raise BrokenKnowledge(f"rules/patterns.toml: must hold exactly {', '.join(PATTERNS)}")
    by_id = {entry.id: _pattern(entry) for entry in file.pattern}
    return tuple(by_id[pattern] for pattern in PATTERNS)


def _pattern(e: _PatternEntry) -> Pattern:
    _marked("patterns", e.id, e.mark, e.source)

    def read(raw: object) -> Condition:
        return _condition("patterns", e.id, raw)

    def maybe(raw: object) -> Condition | None:
        return None if raw is None else read(raw)

    return Pattern(
        id=e.id,
        title=e.title,
        sentence=e.sentence,
        needs=tuple(Need(n.id, read(n.when), n.unmet) for n in e.needs),
        first_mover=read(e.first_mover),
        blocked=maybe(e.blocked),
        began=tuple(e.began),
        beside=maybe(e.beside),
        evidence=tuple(_evidence(e.id, line, read, maybe) for line in e.evidence),
        first=tuple(tuple(slot) for slot in e.first),
        later=tuple(e.later),
        source=e.source,
        mark=e.mark,
    )


def _evidence(
    pattern: str,
    line: _EvidenceEntry,
    read: Callable[[object], Condition],
    maybe: Callable[[object], Condition | None],
) -> Evidence:
    finding = line.finding or (line.when.get("finding", "") if isinstance(line.when, dict) else "")
    if not finding:
        raise BrokenKnowledge(f"rules/patterns.toml: {pattern}: a line of evidence names no finding")
    if line.speaks not in ("for", "against"):
        raise BrokenKnowledge(f'rules/patterns.toml: {pattern}: speaks is "for" or "against"')
    return Evidence(
        read(line.when), finding, line.speaks, maybe(line.only_if), line.text, line.text_no
    )


def _flag_rows(file: _FlagsFile) -> tuple[FlagRow, ...]:
    _unique("flags", [row.id for row in file.row])
    for row in file.row:
        _marked("flags", row.id, row.mark, row.source)
        if row.level not in LEVELS:
            raise BrokenKnowledge(f"rules/flags.toml: {row.id}: level is one of {', '.join(LEVELS)}")
        if row.level not in file.flag.get(row.flag, {}):
            raise BrokenKnowledge(
                f"rules/flags.toml: {row.id}: [flag.{row.flag}] says not what to do at level {row.level}"
            )
    return tuple(
        FlagRow(
            r.id, r.flag, r.level, _condition("flags", r.id, r.when), r.source, r.mark, r.asks
        )
        for r in file.row
    )


def _flag_texts(file: _FlagsFile) -> dict[str, FlagText]:
    texts = {}
    for flag, words in file.flag.items():
        if "title" not in words:
            raise BrokenKnowledge(f"rules/flags.toml: [flag.{flag}] has no title")
        actions = {level: words[level] for level in LEVELS if level in words}
        texts[flag] = FlagText(words["title"], actions)
    return texts


def _contradictions(file: _ContradictionsFile) -> tuple[ContradictionRule, ...]:
    _unique("contradictions", [entry.id for entry in file.contradiction])
    rules = []
    for e in file.contradiction:
        _marked("contradictions", e.id, e.mark, e.source)
        when = _condition("contradictions", e.id, e.when)
        rules.append(
            ContradictionRule(e.id, when, e.per_side, tuple(e.findings), e.text, e.source, e.mark)
        )
    return tuple(rules)


def _reading(f: _ReadingFile) -> ReadingRules:
    return ReadingRules(
        past_facts=tuple(f.past_facts),
        past_fact_text=f.past_fact_text,
        grows=tuple(f.grows),
        asked_anew=tuple(f.asked_anew),
        leg_power=tuple(f.leg_power),
        conclusions=tuple(f.conclusions),
        hints=tuple(HintPair(h.hint, h.story, tuple(h.disagree), h.text) for h in f.hint),
        dates=tuple(DatePair(d.answer, d.weeks, d.other_weeks, d.text) for d in f.date),
        back_treatments=tuple(f.back_treatments),
        hamstring_signs=tuple(f.hamstring_signs),
    )


def _plan(f: _PlanFile) -> PlanRules:
    _unique("plan", [item.id for item in f.item])
    for band in f.band:
        if band.better not in ("lower", "higher") or band.by <= 0:
            raise BrokenKnowledge(
                f"rules/plan.toml: band of {', '.join(band.findings)}: better is lower or higher, by is over 0"
            )
    return PlanRules(
        items={e.id: _plan_rule(e) for e in f.item},
        standing=tuple(
            StandingRule(item, tuple(s.with_patterns), _condition("plan", item, s.when))
            for item, s in f.standing.items()
        ),
        without_data=tuple(f.without_data),
        bands={
            finding: RetestBand(finding, band.better, band.by, band.percent)
            for band in f.band
            for finding in band.findings
        },
    )


def _plan_rule(e: _ItemEntry) -> PlanRule:
    cautions = tuple(
        PlanCaution(_condition("plan", e.id, c.when), c.text, c.bars) for c in e.cautions
    )
    when = None if e.when is None else _condition("plan", e.id, e.when)
    return PlanRule(e.id, e.kind, when, cautions, e.loading, e.anywhere)
