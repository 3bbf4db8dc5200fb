"""The rule files of `resources/rules/`, read and checked into a `Rulebook`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar

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
from .rule_entries import (
    ContradictionsFile,
    EvidenceEntry,
    FlagsFile,
    ItemEntry,
    PatternEntry,
    PatternsFile,
    PlanFile,
    ReadingFile,
    Strict,
    TermsFile,
    WordsFile,
)

FILES = ("terms", "patterns", "flags", "contradictions", "reading", "plan", "words")
MARKS = ("article", "evidence", "proposal")


_File = TypeVar("_File", bound=Strict)


def read_rule_files() -> dict[str, str]:
    """The text of each shipped rule file by its short name."""
    return {name: resources.text(f"rules/{name}.toml") for name in FILES}


def rulebook_from(texts: Mapping[str, str]) -> Rulebook:
    """Build the rules from the text of their files. Raises BrokenKnowledge with file, rule and
    reason."""
    words = _decoded("words", texts, WordsFile)
    flags = _decoded("flags", texts, FlagsFile)
    digest = hashlib.sha256("\x00".join(texts[name] for name in FILES).encode()).hexdigest()
    return Rulebook(
        version=words.version,
        sha256=digest,
        terms=_terms(_decoded("terms", texts, TermsFile)),
        patterns=_patterns(_decoded("patterns", texts, PatternsFile)),
        flags=_flag_rows(flags),
        flag_texts=_flag_texts(flags),
        contradictions=_contradictions(_decoded("contradictions", texts, ContradictionsFile)),
        not_applicable=tuple(
            NotApplicable(n.id, tuple(n.flags), _condition("flags", n.id, n.when), n.reason)
            for n in flags.not_applicable
        ),
        reading=_reading(_decoded("reading", texts, ReadingFile)),
        plan=_plan(_decoded("plan", texts, PlanFile)),
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


def _terms(file: TermsFile) -> tuple[Term, ...]:
    _unique("terms", [entry.id for entry in file.term])
    for e in file.term:
        _marked("terms", e.id, e.mark, e.source)
    return tuple(
        Term(e.id, _condition("terms", e.id, e.when), e.per_side, e.sentence, e.source, e.mark)
        for e in file.term
    )


def _patterns(file: PatternsFile) -> tuple[Pattern, ...]:
    ids = [entry.id for entry in file.pattern]
    _unique("patterns", ids)
    if set(ids) != set(PATTERNS):
        raise BrokenKnowledge(f"rules/patterns.toml: must hold exactly {', '.join(PATTERNS)}")
    by_id = {entry.id: _pattern(entry) for entry in file.pattern}
    return tuple(by_id[pattern] for pattern in PATTERNS)


def _pattern(e: PatternEntry) -> Pattern:
    _marked("patterns", e.id, e.mark, e.source)

    def read(raw: object) -> Condition:
        return _condition("patterns", e.id, raw)

    def maybe(raw: object) -> Condition | None:
        return None if raw is None else read(raw)

    return Pattern(
        id=e.id,
        title=e.title,
        sentence=e.sentence,
        needs=tuple(Need(n.id, read(n.when), n.sentence) for n in e.needs),
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
    line: EvidenceEntry,
    read: Callable[[object], Condition],
    maybe: Callable[[object], Condition | None],
) -> Evidence:
    finding = line.finding or (line.when.get("finding", "") if isinstance(line.when, dict) else "")
    if not finding:
        raise BrokenKnowledge(
            f"rules/patterns.toml: {pattern}: a line of evidence names no finding"
        )
    if line.speaks not in ("for", "against"):
        raise BrokenKnowledge(f'rules/patterns.toml: {pattern}: speaks is "for" or "against"')
    return Evidence(
        read(line.when), finding, line.speaks, maybe(line.only_if), line.text, line.text_no
    )


def _flag_rows(file: FlagsFile) -> tuple[FlagRow, ...]:
    _unique("flags", [row.id for row in file.row])
    for row in file.row:
        _marked("flags", row.id, row.mark, row.source)
        if row.level not in LEVELS:
            raise BrokenKnowledge(
                f"rules/flags.toml: {row.id}: level is one of {', '.join(LEVELS)}"
            )
        if row.level not in file.flag.get(row.flag, {}):
            raise BrokenKnowledge(
                f"rules/flags.toml: {row.id}: [flag.{row.flag}] has no action for level {row.level}"
            )
    return tuple(
        FlagRow(r.id, r.flag, r.level, _condition("flags", r.id, r.when), r.source, r.mark, r.asks)
        for r in file.row
    )


def _flag_texts(file: FlagsFile) -> dict[str, FlagText]:
    texts = {}
    for flag, words in file.flag.items():
        if "title" not in words:
            raise BrokenKnowledge(f"rules/flags.toml: [flag.{flag}] has no title")
        actions = {str(level): words[level] for level in LEVELS if level in words}
        texts[flag] = FlagText(words["title"], actions)
    return texts


def _contradictions(file: ContradictionsFile) -> tuple[ContradictionRule, ...]:
    _unique("contradictions", [entry.id for entry in file.contradiction])
    rules = []
    for e in file.contradiction:
        _marked("contradictions", e.id, e.mark, e.source)
        when = _condition("contradictions", e.id, e.when)
        rules.append(
            ContradictionRule(e.id, when, e.per_side, tuple(e.findings), e.text, e.source, e.mark)
        )
    return tuple(rules)


def _reading(f: ReadingFile) -> ReadingRules:
    return ReadingRules(
        past_facts=tuple(f.past_facts),
        past_fact_text=f.past_fact_text,
        grows=tuple(f.grows),
        asked_anew=tuple(f.asked_anew),
        leg_power=tuple(f.leg_power),
        conclusions=tuple(f.conclusions),
        hints=tuple(HintPair(h.hint, h.story, tuple(h.disagree), h.text) for h in f.hint),
        dates=tuple(DatePair(d.answer, d.weeks, d.event, d.other_weeks, d.text) for d in f.date),
        dated=tuple(f.dated),
        back_treatments=tuple(f.back_treatments),
        back_words=tuple(word.casefold() for word in f.back_words),
        hamstring_signs=tuple(f.hamstring_signs),
    )


def _plan(f: PlanFile) -> PlanRules:
    _unique("plan", [item.id for item in f.item])
    for band in f.band:
        if band.better not in ("lower", "higher") or band.by <= 0:
            raise BrokenKnowledge(
                f"rules/plan.toml: band of {', '.join(band.findings)}: better is lower or higher,"
                " and by is over 0"
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


def _plan_rule(e: ItemEntry) -> PlanRule:
    cautions = tuple(
        PlanCaution(_condition("plan", e.id, c.when), c.text, c.bars) for c in e.cautions
    )
    when = None if e.when is None else _condition("plan", e.id, e.when)
    return PlanRule(e.id, e.kind, when, cautions, e.loading, e.anywhere)
