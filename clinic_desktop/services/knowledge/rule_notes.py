"""Why: the rule behind a line of the panel, by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic_desktop.domain.ledgers import need_rule
from clinic_desktop.domain.logic import Condition, Ref
from clinic_desktop.domain.planning import plan_rule
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.reading import PAST_FACT_RULE, date_rule, hint_rule
from clinic_desktop.domain.rulebook import Origin, Pattern, Rulebook, Term


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What a rule says, where that comes from, and since which version it is there."""

    sentence: str
    source: str
    mark: str
    """`article`, `evidence` or `proposal`."""
    since: str
    reviewed_by: str = ""
    """A licensed therapist; empty until one has read it."""
    reviewed_on: str = ""


def notes_of(rules: Rulebook, library: PlanLibrary) -> Mapping[str, RuleNote]:
    """A note for each id that a line of the panel can carry, and for each term."""
    return dict(_notes(rules, library))


def _note(sentence: str, origin: Origin) -> RuleNote:
    return RuleNote(
        sentence,
        origin.source,
        origin.mark,
        origin.since,
        origin.reviewed_by,
        origin.reviewed_on,
    )


def _notes(rules: Rulebook, library: PlanLibrary) -> Iterator[tuple[str, RuleNote]]:
    terms = {term.id: term for term in rules.terms}
    for term in rules.terms:
        yield term.id, _note(term.sentence, term.origin)
    for pattern in rules.patterns:
        yield pattern.id, _note(pattern.sentence, pattern.origin)
        yield from _need_notes(pattern, terms)
    for row in rules.flags:
        text = rules.flag_texts[row.flag]
        yield row.id, _note(f"{text.title}: {text.actions[row.level]}", row.origin)
    for conflict in rules.contradictions:
        yield conflict.id, _note(conflict.text, conflict.origin)
    for folded in rules.not_applicable:
        yield folded.id, _note(folded.reason, folded.origin)
    yield PAST_FACT_RULE, _note(rules.reading.past_fact_text, rules.reading.origin)
    for hint in rules.reading.hints:
        yield hint_rule(hint), _note(hint.text, rules.reading.origin)
    for date in rules.reading.dates:
        yield date_rule(date), _note(date.text, rules.reading.origin)
    yield from _plan_notes(rules, library)


def _need_notes(pattern: Pattern, terms: Mapping[str, Term]) -> Iterator[tuple[str, RuleNote]]:
    for need in pattern.needs:
        behind = _term_behind(need.when, terms)
        # A need that is a term has the term's own source, which says more than the pattern's.
        origin = behind.origin if behind else pattern.origin
        sentence = need.sentence[:1].upper() + need.sentence[1:] + "."
        yield need_rule(pattern.id, need.id), _note(sentence, origin)


def _term_behind(when: Condition, terms: Mapping[str, Term]) -> Term | None:
    return terms.get(when.term) if isinstance(when, Ref) else None


def _plan_notes(rules: Rulebook, library: PlanLibrary) -> Iterator[tuple[str, RuleNote]]:
    """A note for each item, also of a clinic's own one that no rule suggests, and each caution."""
    for item in library.items.values():
        text = library.texts[item.id]
        review = (text.reviewed_by, text.reviewed_on)
        origin = Origin(item.source, item.mark, item.since, *review)
        yield plan_rule(item.id), _note(text.purpose, origin)
        rule = rules.plan.items.get(item.id)
        for number, caution in enumerate(rule.cautions if rule else (), 1):
            yield plan_rule(item.id, number), _note(caution.text, origin)
