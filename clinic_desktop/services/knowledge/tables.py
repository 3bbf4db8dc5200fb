"""All rules and plan items in rows, for a clinician who reviews them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.ledgers import need_rule
from clinic_desktop.domain.logic import Condition
from clinic_desktop.domain.planning import plan_rule
from clinic_desktop.domain.plans import PlanItem, PlanItemText, PlanLibrary
from clinic_desktop.domain.reading import PAST_FACT_RULE, date_rule, hint_rule
from clinic_desktop.domain.review import (
    PlanRow,
    RuleReview,
    RuleRow,
    RuleSection,
    TextbookRow,
)
from clinic_desktop.domain.rulebook import Origin, Pattern, RetestBand, Rulebook

from .condition_words import ConditionWords

TEXTBOOK: Final = ("textbook", "[m]")
"""What says of a source that it is memory and was not looked up."""

_NOTES: Final = {
    "terms": "Named conditions. The other rules refer to them by their id, in quotes.",
    "patterns": "Each need must be yes before a pattern is named. The ledger shows the rest.",
    "flags": "The gravest row that holds gives the flag its level: E emergency now, S same day,"
    " U urgent referral, I medical review before loading, W watch.",
    "contradictions": "Findings that cannot all be right. They are listed, never averaged.",
    "reading": "How several visits are read as one.",
    "plan": "When an item fits, and what speaks against it. An item without a condition goes with"
    " the patterns that list it.",
    "bands": "The least change between two tests that counts.",
}


def rule_review(
    rules: Rulebook, library: PlanLibrary, catalogue: Catalogue, text: CatalogueText
) -> RuleReview:
    """The rows of a whole rule set, in the order of its files."""
    words = ConditionWords(catalogue, text)
    sections = (
        RuleSection("Terms", _NOTES["terms"], tuple(_terms(rules, words))),
        RuleSection("Patterns", _NOTES["patterns"], tuple(_patterns(rules, words))),
        RuleSection("Red flags", _NOTES["flags"], tuple(_flags(rules, words))),
        RuleSection("Contradictions", _NOTES["contradictions"], tuple(_conflicts(rules, words))),
        RuleSection("Reading", _NOTES["reading"], tuple(_reading(rules, words))),
        RuleSection("Plan rules", _NOTES["plan"], tuple(_plan_rules(rules, library, words))),
        RuleSection("Retests", _NOTES["bands"], tuple(_bands(rules, words, catalogue))),
    )
    plan = tuple(_plan_row(item, library) for item in library.items.values())
    textbook = (*_textbook(sections, plan), *_textbook_findings(catalogue, text))
    return RuleReview(rules.version, sections, plan, textbook)


# ---------------------------------------------------------------------- rules
def _terms(rules: Rulebook, words: ConditionWords) -> Iterator[RuleRow]:
    for term in rules.terms:
        when = words.say(term.when)
        side = "read per side: " if term.per_side else ""
        yield RuleRow(term.id, term.sentence, side + when, term.origin)


def _patterns(rules: Rulebook, words: ConditionWords) -> Iterator[RuleRow]:
    for pattern in rules.patterns:
        title = f"{pattern.title}: {pattern.sentence}."
        yield RuleRow(pattern.id, title, _first_choices(pattern), pattern.origin)
        for need in pattern.needs:
            sentence = f"Needs {need.sentence}."
            rule = need_rule(pattern.id, need.id)
            yield RuleRow(rule, sentence, words.say(need.when), pattern.origin)
        said: tuple[tuple[str, str, Condition | None], ...] = (
            ("first_mover", "Must be charted before it may be leaned to.", pattern.first_mover),
            ("blocked", "Neither named nor leaned to while this is so.", pattern.blocked),
            ("beside", "Named beside another pattern when this is so.", pattern.beside),
        )
        for name, sentence, condition in said:
            if condition is not None:
                yield RuleRow(
                    f"{pattern.id}.{name}", sentence, words.say(condition), pattern.origin
                )
        yield _ledger(pattern, words)


def _first_choices(pattern: Pattern) -> str:
    slots = ", then ".join(" or ".join(slot) for slot in pattern.first)
    return f"first choices {slots}; later {', '.join(pattern.later)}"


def _ledger(pattern: Pattern, words: ConditionWords) -> RuleRow:
    lines: dict[str, list[str]] = {"for": [], "against": []}
    for line in pattern.evidence:
        only = f" (only if {words.say(line.only_if)})" if line.only_if is not None else ""
        lines[line.speaks].append(words.say(line.when) + only)
    parts = [f"for it: {'; '.join(lines['for'])}"]
    if lines["against"]:
        parts.append(f"against it: {'; '.join(lines['against'])}")
    sentence = "What speaks for or against it when yes, and the other way when no."
    return RuleRow(f"{pattern.id}.ledger", sentence, ". ".join(parts), pattern.origin)


def _flags(rules: Rulebook, words: ConditionWords) -> Iterator[RuleRow]:
    for row in rules.flags:
        text = rules.flag_texts[row.flag]
        sentence = f"{text.title}, {row.level}: {text.actions[row.level]}"
        yield RuleRow(row.id, sentence, words.say(row.when), row.origin)
    for folded in rules.not_applicable:
        questions = ", ".join(words.name(flag) for flag in folded.flags)
        sentence = f"{folded.reason} Not asked then: {questions}."
        yield RuleRow(folded.id, sentence, words.say(folded.when), folded.origin)


def _conflicts(rules: Rulebook, words: ConditionWords) -> Iterator[RuleRow]:
    for rule in rules.contradictions:
        yield RuleRow(rule.id, rule.text, words.say(rule.when), rule.origin)


def _reading(rules: Rulebook, words: ConditionWords) -> Iterator[RuleRow]:
    reading = rules.reading
    facts = ", ".join(words.name(finding) for finding in reading.past_facts)
    yield RuleRow(PAST_FACT_RULE, reading.past_fact_text, f"any of {facts}", reading.origin)
    for hint in reading.hints:
        pairs = ", ".join(f"{mine} against {other}" for mine, other in hint.disagree)
        when = f"{words.name(hint.hint)} and {words.name(hint.story)}: {pairs}"
        yield RuleRow(hint_rule(hint), hint.text, when, reading.origin)
    for date in reading.dates:
        when = f"{words.name(date.weeks)} is less than {words.name(date.other_weeks)}"
        yield RuleRow(date_rule(date), date.text, when, reading.origin)


def _plan_rules(rules: Rulebook, library: PlanLibrary, words: ConditionWords) -> Iterator[RuleRow]:
    for rule in rules.plan.items.values():
        origin = _item_origin(library.items[rule.item], library.texts[rule.item])
        waits = " Waits for a medical review while one is due." if rule.loading else ""
        sentence = f"{library.name(rule.item)} fits.{waits}"
        when = "" if rule.when is None else words.say(rule.when)
        yield RuleRow(plan_rule(rule.item), sentence, when, origin)
        for number, caution in enumerate(rule.cautions, 1):
            how = "Not suggested" if caution.bars else "Suggested with a word of care"
            yield RuleRow(
                plan_rule(rule.item, number),
                f"{library.name(rule.item)}. {how}: {caution.text}",
                words.say(caution.when),
                origin,
            )


def _bands(rules: Rulebook, words: ConditionWords, catalogue: Catalogue) -> Iterator[RuleRow]:
    for band in rules.plan.bands.values():
        unit = "%" if band.percent else _unit(band, catalogue)
        sentence = f"{words.name(band.finding)}: {band.by:g} {unit}, {band.better} is better."
        yield RuleRow(f"band.{band.finding}", sentence, "", band.origin)


def _unit(band: RetestBand, catalogue: Catalogue) -> str:
    unit = catalogue.findings[band.finding].unit
    return "points" if unit[:1].isdigit() else unit


# ---------------------------------------------------------------------- plan items
def _item_origin(item: PlanItem, text: PlanItemText) -> Origin:
    return Origin(item.source, item.mark, item.since, text.reviewed_by, text.reviewed_on)


def _plan_row(item: PlanItem, library: PlanLibrary) -> PlanRow:
    text = library.texts[item.id]
    said = (
        *_said(text),
        *(line for drawn in text.drawings.values() for line in _said_anew(drawn, text)),
        ("Moves on to", library.name(item.moves_on_to) if item.moves_on_to else ""),
        ("Backs off to", library.name(item.backs_off_to) if item.backs_off_to else ""),
        ("For the clinician", text.note),
    )
    where = ", in the clinic only" if item.clinic_only else ""
    lines = tuple((label, words) for label, words in said if words)
    return PlanRow(item.id, text.name, item.kind + where, lines, _item_origin(item, text))


def _said(text: PlanItemText) -> tuple[tuple[str, str], ...]:
    return (
        ("Purpose", text.purpose),
        ("Dose", text.dose),
        *((f"Step {number}", step) for number, step in enumerate(text.steps, 1)),
        ("Feel", text.feel),
        ("Ease off", text.ease_off),
        ("More", text.more),
        ("Stop", text.stop),
    )


def _said_anew(drawn: PlanItemText, usual: PlanItemText) -> Iterator[tuple[str, str]]:
    """What another drawing of an item has for words of its own."""
    known = {*_said(usual)}
    if drawn.name != usual.name:
        yield f"{drawn.drawn_as}, name", drawn.name
    for label, words in _said(drawn):
        if (label, words) not in known:
            yield f"{drawn.drawn_as}, {label[:1].lower()}{label[1:]}", words


# ---------------------------------------------------------------------- textbook memory
def _textbook(
    sections: tuple[RuleSection, ...], plan: tuple[PlanRow, ...]
) -> Iterator[TextbookRow]:
    for section in sections:
        for row in section.rows:
            if _remembered(row.origin.source) and section.title != "Plan rules":
                yield TextbookRow(row.id, row.sentence, row.origin.source)
    for item in plan:
        for label, words in item.lines:
            if _remembered(words):
                yield TextbookRow(f"plan.{item.id}", f"{item.name}, {label}: {words}", "textbook")
        if _remembered(item.origin.source):
            yield TextbookRow(f"plan.{item.id}", item.name, item.origin.source)


def _textbook_findings(catalogue: Catalogue, text: CatalogueText) -> Iterator[TextbookRow]:
    for spec in catalogue.findings.values():
        words = text.findings[spec.id]
        if _remembered(words.help):
            yield TextbookRow(spec.id, f"{words.name}: {words.help}", spec.source)
        elif _remembered(spec.source):
            yield TextbookRow(spec.id, words.name, spec.source)


def _remembered(source: str) -> bool:
    return any(mark in source.lower() for mark in TEXTBOOK)
