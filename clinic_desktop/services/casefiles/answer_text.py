"""The rule panel's answer as text for a terminal, read like a colleague's note."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.suggestion import Ledger, RedFlag, Suggestion
from clinic_desktop.domain.values import PATTERNS
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import (
    finding_name,
    flag_title,
    level_word,
    line_words,
    pattern_meaning,
    pattern_name,
)

WIDTH: Final = 96
NARROW: Final = 13
WIDE: Final = 26
"""Columns for labels of one word and for names of patterns."""

SLOTS: Final = 2
MOST_QUESTIONS: Final = 5


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The words that an answer in text is made with."""

    catalogue: Catalogue
    text: CatalogueText
    library: PlanLibrary


def answer_as_text(suggestion: Suggestion, words: AnswerWords) -> str:
    """The whole answer: red flags first, then what is open, patterns, questions and the plan."""
    parts = (
        _red_flags(suggestion, words),
        _screen(suggestion, words),
        _patterns(suggestion),
        _contradictions(suggestion),
        _ask_next(suggestion, words),
        _plan(suggestion, words),
        [_("The model behind this is clinic experience, not validated. You decide.")],
    )
    blocks = ["\n".join(part) for part in map(list, parts) if part]
    return "\n\n".join(blocks) + "\n"


# ---------------------------------------------------------------------- red flags and screen
def _red_flags(suggestion: Suggestion, words: AnswerWords) -> Iterator[str]:
    for flag in suggestion.red_flags:
        yield from _red_flag(flag, words)
    if suggestion.status == "red_flag":
        yield from _lines(_("No pattern is named and no plan is made while this is open."))
    for resolved in suggestion.resolved_flags:
        name = resolved.id.replace("_", " ")
        yield from _lines(
            _("Resolved by the clinician: {flag}. {reason}").format(
                flag=name, reason=resolved.reason
            )
        )


def _red_flag(flag: RedFlag, words: AnswerWords) -> Iterator[str]:
    heading = _("RED FLAG, {level}: {title}") if flag.level in "ESU" else _("{level}: {title}")
    level = level_word(flag.level)
    yield from _lines(
        heading.format(
            level=level if flag.level in "ESU" else level.capitalize(), title=flag_title(flag)
        )
    )
    yield from _labelled(_("do"), [flag.action])
    because = [_short_name(words.text, finding) for finding in flag.because]
    yield from _labelled(_("because"), ["; ".join(because)] if because else [])


def _short_name(text: CatalogueText, finding: str) -> str:
    """A question of the screen by its label, for its name is the whole question."""
    if finding.startswith("flag.") and finding in text.findings:
        return text.findings[finding].label
    return finding_name(text, finding)


def _screen(suggestion: Suggestion, words: AnswerWords) -> Iterator[str]:
    unanswered = suggestion.screen.unanswered
    if not unanswered:
        yield _("The red-flag screen is complete.")
        return
    groups: Counter[str] = Counter()
    for finding in unanswered:
        spec = words.catalogue.findings.get(finding)
        groups[words.text.groups[spec.group].label if spec else finding] += 1
    counted = "; ".join(f"{group} ({number})" for group, number in groups.items())
    yield from _lines(
        _("Red-flag screen: {n} not answered yet, and no answer is not a no: {groups}").format(
            n=len(unanswered), groups=counted
        )
    )


# ---------------------------------------------------------------------- patterns
def _patterns(suggestion: Suggestion) -> Iterator[str]:
    if suggestion.status == "red_flag":
        return
    yield from _lines(_headline(suggestion))
    shown = suggestion.patterns or suggestion.lean
    for pattern in shown:
        yield ""
        yield from _lines(f"{pattern_name(pattern)}: {pattern_meaning(pattern)}")
        ledger = suggestion.ledger.get(pattern, Ledger())
        yield from _labelled(_("needs"), ledger.unmet)
        supports, against = map(line_words, ledger.supports), map(line_words, ledger.against)
        yield from _labelled(_("for"), tuple(supports) or [_("none")])
        yield from _labelled(_("against"), tuple(against) or [_("none")])
        yield from _labelled(_("missing"), [line.text for line in ledger.missing] or [_("none")])
    others = [p for p in PATTERNS if p not in shown and suggestion.ledger.get(p, Ledger()).unmet]
    if others:
        yield ""
        yield _("Not named:")
    for pattern in others:
        name = f"{pattern_name(pattern)}:"
        yield from _labelled(name, suggestion.ledger[pattern].unmet, WIDE)


def _headline(suggestion: Suggestion) -> str:
    names = [pattern_name(pattern) for pattern in suggestion.patterns or suggestion.lean]
    if suggestion.patterns:
        headline = _("Suggested: {patterns}").format(patterns=" + ".join(names))
        if len(names) > 1:
            headline += " " + _("(mixed; the first is the driver)")
        if suggestion.provisional:
            headline += ", " + _("provisional until the screen is complete")
        return headline
    if names:
        return _("Not enough data to name a pattern; leans to {patterns}").format(
            patterns=_(" or ").join(names)
        )
    return _("Not enough data to name a pattern.")


def _contradictions(suggestion: Suggestion) -> Iterator[str]:
    if suggestion.contradictions:
        yield _("Does not fit together:")
    for conflict in suggestion.contradictions:
        yield from _lines(conflict.text, "  - ")


def _ask_next(suggestion: Suggestion, words: AnswerWords) -> Iterator[str]:
    if suggestion.ask_next:
        yield _("Ask next:")
    for place, question in enumerate(suggestion.ask_next[:MOST_QUESTIONS], start=1):
        name = finding_name(words.text, question.finding, question.side)
        yield from _lines(f"{name}: {question.why}", f"  {place}. ")


# ---------------------------------------------------------------------- plan
def _plan(suggestion: Suggestion, words: AnswerWords) -> Iterator[str]:
    plan = suggestion.plan
    name = words.library.name
    yield _("Plan (two new items at most):")
    if plan.withheld:
        yield from _labelled(_("withheld"), [plan.withheld])
    yield from _labelled(_("standing"), [name(item) for item in plan.standing])
    if not plan.withheld:
        slots = [name(item) for item in plan.first]
        slots += [_("free")] * (SLOTS - len(slots))
        for number, item in enumerate(slots, start=1):
            yield from _labelled(_("slot {n}").format(n=number), [item])
    later = ", ".join(name(item) for item in plan.later)
    yield from _labelled(_("later"), [later] if later else [])
    yield from _labelled(_("care"), [f"{name(c.item)}: {c.text}" for c in plan.cautions])


# ---------------------------------------------------------------------- layout
def _labelled(label: str, texts: Iterable[str], width: int = NARROW) -> Iterator[str]:
    """Lines beside a label that stands once, at the first, in a column of that width."""
    shown = f"  {label}"
    for text in texts:
        yield from _lines(text, f"{shown:<{width}} ")
        shown = ""


def _lines(text: str, start: str = "") -> list[str]:
    """The text wrapped to the width, with what starts it and the other lines below it."""
    return textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_on_hyphens=False,
    )
