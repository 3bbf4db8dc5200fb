"""Whether what the rules speak of is there: findings, plan items, questions, words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from clinic_desktop.domain.catalogue import Catalogue
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.rulebook import Pattern, Rulebook
from clinic_desktop.domain.screening import FLAG, NEURAL_OPEN
from clinic_desktop.domain.values import PATTERNS, Kind


def reference_faults(
    rules: Rulebook, catalogue: Catalogue, library: PlanLibrary, words: Mapping[str, str]
) -> Iterator[str]:
    """Each name that leads nowhere, with file, rule and reason.

    `words` are the shipped sentences of the panel, which an own one must be filled like.
    """
    if any(term.id == NEURAL_OPEN and term.per_side for term in rules.terms):
        yield f"rules/terms.toml: {NEURAL_OPEN}: is read for the whole person, never per side"
    for pattern in rules.patterns:
        yield from _pattern_faults(rules, catalogue, pattern)
    for rule in rules.contradictions:
        place = f"contradictions.toml: {rule.id}"
        yield from _unknown(place, "finding", rule.findings, catalogue.findings)
    for folded in rules.not_applicable:
        questions = [finding for finding in catalogue.findings if finding.startswith(FLAG)]
        yield from _unknown(f"flags.toml: {folded.id}", "question", folded.flags, questions)
    yield from _reading_faults(rules, catalogue)
    yield from _plan_faults(rules, catalogue, library)
    yield from _word_faults(rules, catalogue, words)


def _unknown(place: str, what: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    there = set(known)
    for name in named:
        if name not in there:
            yield f"rules/{place}: there is no {what} {name}"


def _pattern_faults(rules: Rulebook, catalogue: Catalogue, pattern: Pattern) -> Iterator[str]:
    place = f"patterns.toml: {pattern.id}"
    yield from _of_kind(place, pattern.began, catalogue, Kind.NUMBER, sides=False)
    named = [item for slot in pattern.first for item in slot] + list(pattern.later)
    yield from _unknown(place, "plan item with a rule", named, rules.plan.items)
    if not pattern.first or not all(pattern.first):
        yield f"rules/{place}: each slot of first needs a plan item, and there is one at least"
    needs = [need.id for need in pattern.needs]
    for need in dict.fromkeys(need for need in needs if needs.count(need) > 1):
        yield f"rules/{place}: the need {need} stands there twice"
    if not needs:
        yield f"rules/{place}: has no needs, so that it would always be named"


def _of_kind(
    place: str, named: Iterable[str], catalogue: Catalogue, kind: Kind, *, sides: bool
) -> Iterator[str]:
    for finding in named:
        spec = catalogue.findings.get(finding)
        if spec is None:
            yield f"rules/{place}: there is no finding {finding}"
        elif spec.kind is not kind or spec.sides is not sides:
            where = "with" if sides else "without"
            yield f"rules/{place}: {finding} is not of the kind {kind} {where} sides"


def _reading_faults(rules: Rulebook, catalogue: Catalogue) -> Iterator[str]:
    reading = rules.reading
    lists = {
        "past_facts": reading.past_facts,
        "grows": reading.grows,
        "asked_anew": reading.asked_anew,
        "conclusions": reading.conclusions,
        "hamstring_signs": reading.hamstring_signs,
        "hint": [name for pair in reading.hints for name in (pair.hint, pair.story)],
        "dated": [name for pair in reading.dated for name in pair],
        "chain": [name for chain in reading.chains for name in (*chain.test, *chain.links)],
        "date": [
            name for d in reading.dates for name in (d.answer, d.weeks, d.event, d.other_weeks)
        ],
    }
    for part, named in lists.items():
        yield from _unknown(f"reading.toml: {part}", "finding", named, catalogue.findings)
    weak = [chain.weak for chain in reading.chains]
    per_side = [term.id for term in rules.terms if term.per_side]
    yield from _unknown("reading.toml: chain", "term per side", weak, per_side)
    treatments = reading.back_treatments
    place = "reading.toml: back_treatments"
    yield from _unknown(place, "plan item with a rule", treatments, rules.plan.items)
    place = "reading.toml: leg_power"
    yield from _of_kind(place, reading.leg_power, catalogue, Kind.GRADE, sides=True)


def _plan_faults(rules: Rulebook, catalogue: Catalogue, library: PlanLibrary) -> Iterator[str]:
    for rule in rules.plan.items.values():
        item = library.items.get(rule.item)
        if item is None:
            yield f"rules/plan.toml: {rule.item}: there is no such plan item"
        elif item.kind != rule.kind:
            yield f"rules/plan.toml: {rule.item}: its kind is {item.kind}, not {rule.kind}"
    standing = [rule.item for rule in rules.plan.standing]
    known = rules.plan.items
    yield from _unknown("plan.toml: standing", "plan item with a rule", standing, known)
    without = rules.plan.without_data
    yield from _unknown("plan.toml: without_data", "plan item with a rule", without, known)
    for instruction in rules.plan.standing:
        place = f"plan.toml: {instruction.item}"
        yield from _unknown(place, "pattern", instruction.with_patterns, PATTERNS)
    for band in rules.plan.bands.values():
        spec = catalogue.findings.get(band.finding)
        if spec is None or spec.kind is not Kind.NUMBER:
            yield f"rules/plan.toml: band of {band.finding}: it is no number of the catalogue"


def _word_faults(
    rules: Rulebook, catalogue: Catalogue, shipped: Mapping[str, str]
) -> Iterator[str]:
    for name, sentence in rules.words.texts.items():
        place = f"rules/words.toml: {name}"
        if name not in shipped:
            yield f"{place}: the panel has no such sentence"
        elif not sentence.strip():
            yield f"{place}: has no text"
        elif (wanted := _fillings(shipped[name])) != _fillings(sentence):
            braces = ", ".join(f"{{{filling}}}" for filling in wanted or ()) or "nothing in braces"
            yield f"{place}: needs {braces}"
    priced = {*catalogue.findings, *catalogue.groups, *(s.id for s in catalogue.sections)}
    yield from _unknown("words.toml: cost", "finding, group or section", rules.costs, priced)
    for name, cost in rules.costs.items():
        if not 0 < cost < math.inf:
            yield f"rules/words.toml: {name}: a cost is a number over 0"


def _fillings(sentence: str) -> list[str] | None:
    """What is filled in, in alphabetical order; None for braces that do not close."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return None
    named = [(name, form, how) for _, name, form, how in parts if name is not None]
    return None if any(form or how for _, form, how in named) else sorted({n for n, _, _ in named})
