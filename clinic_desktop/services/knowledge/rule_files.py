"""The rule files of `resources/rules/`, read and checked into a `Rulebook`."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import resources
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.logic import Condition
from clinic_desktop.domain.rulebook import (
    Chain,
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
    BandEntry,
    ContradictionEntry,
    ContradictionsFile,
    EvidenceEntry,
    FlagsFile,
    ItemEntry,
    NotApplicableEntry,
    PatternEntry,
    PatternsFile,
    PlanFile,
    ReadingFile,
    RowEntry,
    StandingEntry,
    TermEntry,
    TermsFile,
    WordsFile,
)
from .rule_origins import filled, origin_of
from .rule_tables import FILES, Tables, table_as, tables_of
from .toml_entries import Faults

_Entry = TypeVar("_Entry")
_Rule = TypeVar("_Rule")


def read_rule_files() -> dict[str, str]:
    """The text of each shipped rule file by its short name."""
    return {name: resources.text(f"rules/{name}.toml") for name in FILES}


def digest_of(texts: Mapping[str, str]) -> str:
    """The SHA-256 of the rule files, which stands for the whole set."""
    return hashlib.sha256("\x00".join(texts[name] for name in FILES).encode()).hexdigest()


def rulebook_from(texts: Mapping[str, str]) -> Rulebook:
    """Build the rules from the text of their files. Raises BrokenKnowledge with file, rule and
    reason."""
    return rulebook_of(tables_of(texts), digest_of(texts))


def rulebook_of(tables: Tables, sha256: str) -> Rulebook:
    """Build the rules from the tables of their files.

    Raises BrokenKnowledge with all faults, each with file, rule and reason.
    """
    faults = Faults()
    with faults.gathered():
        terms = _terms(table_as("terms", tables, TermsFile))
    with faults.gathered():
        patterns = _patterns(table_as("patterns", tables, PatternsFile))
    with faults.gathered():
        flags = table_as("flags", tables, FlagsFile)
        rows, flag_texts, not_applicable = _flag_rules(flags)
    with faults.gathered():
        contradictions = _contradictions(table_as("contradictions", tables, ContradictionsFile))
    with faults.gathered():
        reading = _reading(table_as("reading", tables, ReadingFile))
    with faults.gathered():
        plan = _plan(table_as("plan", tables, PlanFile))
    with faults.gathered():
        words = table_as("words", tables, WordsFile)
    faults.refuse()
    return Rulebook(
        version=words.version,
        sha256=sha256,
        terms=terms,
        patterns=patterns,
        flags=rows,
        flag_texts=flag_texts,
        contradictions=contradictions,
        not_applicable=not_applicable,
        reading=reading,
        plan=plan,
        words=Words(words.text),
        costs=words.cost,
    )


def _each(entries: Iterable[_Entry], build: Callable[[_Entry], _Rule]) -> tuple[_Rule, ...]:
    """What each entry is built into. Raises BrokenKnowledge with the faults of all of them."""
    faults = Faults()
    built = []
    for entry in entries:
        with faults.gathered():
            built.append(build(entry))
    faults.refuse()
    return tuple(built)


def _condition(file: str, rule: str, raw: object) -> Condition:
    try:
        return condition_from(raw)
    except ConditionFault as fault:
        raise BrokenKnowledge(f"rules/{file}.toml: {rule}: {fault}") from fault


def _unique(file: str, ids: list[str]) -> None:
    twice = dict.fromkeys(rule for rule in ids if ids.count(rule) > 1)
    if twice:
        raise BrokenKnowledge(*(f"rules/{file}.toml: {rule}: stands there twice" for rule in twice))


def _terms(file: TermsFile) -> tuple[Term, ...]:
    _unique("terms", [entry.id for entry in file.term])

    def build(e: TermEntry) -> Term:
        filled("terms", e.id, sentence=e.sentence)
        when = _condition("terms", e.id, e.when)
        return Term(e.id, when, e.per_side, e.sentence, origin_of("terms", e.id, e))

    return _each(file.term, build)


def _patterns(file: PatternsFile) -> tuple[Pattern, ...]:
    ids = [entry.id for entry in file.pattern]
    _unique("patterns", ids)
    if set(ids) != set(PATTERNS):
        raise BrokenKnowledge(
            f"rules/patterns.toml: whole file: must hold exactly {', '.join(PATTERNS)}"
        )
    by_id = {pattern.id: pattern for pattern in _each(file.pattern, _pattern)}
    return tuple(by_id[pattern] for pattern in PATTERNS)


def _pattern(e: PatternEntry) -> Pattern:
    filled("patterns", e.id, title=e.title, sentence=e.sentence)

    def read(raw: object) -> Condition:
        return _condition("patterns", e.id, raw)

    def maybe(raw: object) -> Condition | None:
        return None if raw is None else read(raw)

    for need in e.needs:
        filled("patterns", f"{e.id}.{need.id}", sentence=need.sentence)
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
        origin=origin_of("patterns", e.id, e),
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
        read(line.when), str(finding), line.speaks, maybe(line.only_if), line.text, line.text_no
    )


def _flag_rules(
    file: FlagsFile,
) -> tuple[tuple[FlagRow, ...], dict[str, FlagText], tuple[NotApplicable, ...]]:
    _unique("flags", [row.id for row in file.row])
    _unique("flags", [entry.id for entry in file.not_applicable])

    def row(r: RowEntry) -> FlagRow:
        if r.level not in LEVELS:
            raise BrokenKnowledge(f"rules/flags.toml: {r.id}: level is one of {', '.join(LEVELS)}")
        if not file.flag.get(r.flag, {}).get(r.level, "").strip():
            raise BrokenKnowledge(
                f"rules/flags.toml: {r.id}: [flag.{r.flag}] has no action for level {r.level}"
            )
        when = _condition("flags", r.id, r.when)
        return FlagRow(r.id, r.flag, r.level, when, origin_of("flags", r.id, r), r.asks)

    def fold(n: NotApplicableEntry) -> NotApplicable:
        filled("flags", n.id, reason=n.reason)
        when = _condition("flags", n.id, n.when)
        return NotApplicable(n.id, tuple(n.flags), when, n.reason, origin_of("flags", n.id, n))

    return _each(file.row, row), _flag_texts(file), _each(file.not_applicable, fold)


def _flag_texts(file: FlagsFile) -> dict[str, FlagText]:
    texts = {}
    for flag, words in file.flag.items():
        filled("flags", f"flag.{flag}", title=words.get("title", ""))
        actions = {str(level): words[level] for level in LEVELS if level in words}
        texts[flag] = FlagText(words["title"], actions)
    return texts


def _contradictions(file: ContradictionsFile) -> tuple[ContradictionRule, ...]:
    _unique("contradictions", [entry.id for entry in file.contradiction])

    def build(e: ContradictionEntry) -> ContradictionRule:
        filled("contradictions", e.id, text=e.text)
        if not e.findings:
            raise BrokenKnowledge(f"rules/contradictions.toml: {e.id}: names no findings")
        when = _condition("contradictions", e.id, e.when)
        origin = origin_of("contradictions", e.id, e)
        return ContradictionRule(e.id, when, e.per_side, tuple(e.findings), e.text, origin)

    return _each(file.contradiction, build)


def _reading(f: ReadingFile) -> ReadingRules:
    return ReadingRules(
        origin=origin_of("reading", "whole file", f),
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
        chains=tuple(Chain(tuple(c.test), tuple(c.links), c.weak) for c in f.chain),
    )


def _plan(f: PlanFile) -> PlanRules:
    _unique("plan", [item.id for item in f.item])

    def standing(entry: tuple[str, StandingEntry]) -> StandingRule:
        item, written = entry
        when = _condition("plan", item, written.when)
        return StandingRule(item, tuple(written.with_patterns), when)

    return PlanRules(
        items={rule.item: rule for rule in _each(f.item, _plan_rule)},
        standing=_each(f.standing.items(), standing),
        without_data=tuple(f.without_data),
        bands={band.finding: band for bands in _each(f.band, _bands) for band in bands},
    )


def _bands(band: BandEntry) -> tuple[RetestBand, ...]:
    name = f"band of {', '.join(band.findings)}"
    if band.better not in ("lower", "higher") or not 0 < band.by < math.inf:
        raise BrokenKnowledge(
            f"rules/plan.toml: {name}: better is lower or higher, and by is over 0"
        )
    origin = origin_of("plan", name, band)
    return tuple(
        RetestBand(finding, band.better, band.by, band.percent, origin) for finding in band.findings
    )


def _plan_rule(e: ItemEntry) -> PlanRule:
    for caution in e.cautions:
        filled("plan", e.id, text=caution.text)
    cautions = tuple(
        PlanCaution(_condition("plan", e.id, c.when), c.text, c.bars) for c in e.cautions
    )
    when = None if e.when is None else _condition("plan", e.id, e.when)
    return PlanRule(e.id, e.kind, when, cautions, e.loading, e.anywhere)
