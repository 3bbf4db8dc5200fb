"""Lines on the patterns: their ledgers, what contradicts itself, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from clinic_desktop.domain.suggestion import Ledger, Line, Suggestion
from clinic_desktop.domain.values import PATTERNS, Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import (
    finding_name,
    line_words,
    pattern_meaning,
    pattern_name,
)

from .panel_words import PanelState, PanelWords
from .rows import Ask, Divider, Fold, Heading, Row, Words

OTHERS: Final = "others"
"""Id of the line that stands for the patterns whose needs are not met."""
ALONE: Final = {"for": 6, "against": 3, "missing": 2}
DRIVER: Final = {"for": 4, "against": 2, "missing": 1}
BESIDE: Final = {"for": 3, "against": 1, "missing": 1}
CROWDED: Final = {"for": 1, "against": 1, "missing": 1}
"""Lines of each part before the rest folds away, so that question and plan stay in sight: of a
pattern by itself, of the one that drives a mixed case, of the one beside it, and of each of more
than two."""
MOST_QUESTIONS = 3
"""Questions shown of those worth asking while no pattern is named; one afterwards."""


def _shown(said: Suggestion) -> list[str]:
    """The patterns that are named or leaned to, the driver first."""
    return [*said.patterns, *(p for p in said.lean if p not in said.patterns)]


def pattern_rows(said: Suggestion, state: PanelState) -> Iterator[Row]:
    """Patterns that are named or leaned to, with their ledgers."""
    shown = _shown(said)
    if not shown:
        yield from _nothing_yet(said)
    for place, pattern in enumerate(shown):
        if place:
            yield Divider(f"{pattern}:before")
        met = pattern in said.patterns and not said.provisional
        yield Heading(
            pattern, pattern_name(pattern), _badge(said, pattern), large=not place, strong=met
        )
        if not place or pattern != "local":
            # Beside another pattern "nothing neural" would be wrong, and the name says the rest.
            yield Words(f"{pattern}:meaning", pattern_meaning(pattern), tone="ink2", column=False)
        yield from _ledger(pattern, said.ledger[pattern], state.opened, _most(place, len(shown)))


def _most(place: int, of: int) -> Mapping[str, int]:
    """How many lines of each part there is room for, by a pattern's place among those shown."""
    if of > 2:
        return CROWDED
    return BESIDE if place else DRIVER if of == 2 else ALONE


def _nothing_yet(said: Suggestion) -> Iterator[Row]:
    yield Heading("none", _("No pattern yet"), large=True, remark=_("not enough data"))
    text = _("What speaks for and against each pattern stands here once its needs are met.")
    if said.ask_next:
        text += " " + _("Ctrl+J goes to what is asked next.")
    yield Words("none:why", text, tone="ink2", column=False)


def _badge(said: Suggestion, pattern: str) -> str:
    if pattern not in said.patterns:
        return _("leans here")
    return _("provisional") if said.provisional else _("suggested")


# ---------------------------------------------------------------------- patterns not named
def other_rows(said: Suggestion, state: PanelState) -> Iterator[Row]:
    """The patterns whose needs are not met: one line for all, which opens to why not."""
    others = [pattern for pattern in PATTERNS if pattern not in _shown(said)]
    if not others:
        return
    yield Divider("before_others")
    inside = tuple(row for pattern in others for row in _unmet(said, pattern, state))
    opened = OTHERS in state.opened
    hidden = () if opened else tuple(row.plain for row in inside)
    yield Fold(OTHERS, others_name(others), _("needs not met"), opened, hidden)
    if opened:
        yield from inside


def _unmet(said: Suggestion, pattern: str, state: PanelState) -> Iterator[Fold | Words]:
    """One pattern that is not named: why not, and its ledger on demand."""
    ledger = said.ledger.get(pattern, Ledger())
    inside = tuple(_ledger(pattern, ledger, state.opened, ALONE))
    opened = pattern in state.opened
    hidden = () if opened else tuple(row.plain for row in inside)
    first = () if ledger.unmet else hidden
    yield Fold(pattern, pattern_name(pattern), _("needs not met"), opened, first, inset=True)
    for place, text in enumerate(ledger.unmet):
        last = place == len(ledger.unmet) - 1
        yield Words(
            f"{pattern}:unmet{place}",
            text,
            word="" if place else _("needs"),
            said=_("needs"),
            folded="\n".join(hidden) if last else "",
        )
    if opened:
        yield from inside


def others_name(patterns: list[str]) -> str:
    """Names of several patterns in one line: `Patterns 1 and 3, other source`."""
    if len(patterns) == len(PATTERNS):
        return _("The five patterns")
    if len(patterns) == len(PATTERNS) - 1:
        return _("The other four patterns")
    short = {"local": _("local tendon"), "other_source": _("other source")}
    numbers = [p.removeprefix("pattern_") for p in patterns if p not in short]
    names = [short[p] for p in patterns if p in short]
    if len(numbers) == 1:
        names.insert(0, _("Pattern {n}").format(n=numbers[0]))
    elif numbers:
        listed = _("{some} and {last}").format(some=", ".join(numbers[:-1]), last=numbers[-1])
        names.insert(0, _("Patterns {numbers}").format(numbers=listed))
    said = ", ".join(names)
    return said[:1].upper() + said[1:]


# ---------------------------------------------------------------------- ledgers
def _ledger(
    pattern: str, ledger: Ledger, opened: frozenset[str], most: Mapping[str, int]
) -> Iterator[Words]:
    parts = (
        ("for", _("for"), ledger.supports),
        ("against", _("against"), ledger.against),
        ("missing", _("missing"), ledger.missing),
    )
    for part, word, lines in parts:
        apart = part != "for"
        if not lines:
            yield Words(f"{pattern}:{part}", _("none"), word=word, tone="grey", apart=apart)
        yield from _part(f"{pattern}:{part}", word, lines, most[part], opened)


def _part(
    part: str, word: str, lines: tuple[Line, ...], most: int, opened: frozenset[str]
) -> Iterator[Words]:
    """The lines of one part; the last one shown carries the link to those folded away."""
    shown = lines if part in opened else lines[:most]
    folded = lines[len(shown) :]
    for place, line in enumerate(shown):
        action, do = "", None
        if place == len(shown) - 1 and len(lines) > most:
            action = _("{n} more").format(n=len(folded)) if folded else _("fewer")
            do = ("open" if folded else "close", part)
        yield Words(
            f"{part}:{line.finding}:{line.side or ''}:{place if not line.finding else ''}",
            line_words(line),
            word="" if place else word,
            said=word,
            target=Key(line.finding, line.side) if line.finding else None,
            rule=line.rule,
            action=action,
            do=do,
            apart=not place and not part.endswith(":for"),
            folded="\n".join(f"{word}: {line_words(rest)}" for rest in folded) if action else "",
        )


# ---------------------------------------------------------------------- conflicts and questions
def conflict_rows(words: PanelWords, said: Suggestion, case: Case) -> Iterator[Row]:
    """Findings that cannot all be right."""
    for place, conflict in enumerate(said.contradictions):
        yield Words(
            f"conflict:{':'.join(conflict.findings)}",
            conflict.text,
            word="" if place else _("conflict"),
            said=_("conflict"),
            tone="caution",
            sign=True,
            target=words.key(conflict.findings[0], case) if conflict.findings else None,
            apart=not place,
            rule=conflict.rule,
        )


def ask_rows(words: PanelWords, said: Suggestion) -> Iterator[Row]:
    """What to chart next, and what after that."""
    most = 1 if _shown(said) else MOST_QUESTIONS
    later = [
        finding_name(words.text, question.finding, question.side)
        for question in said.ask_next[most:]
    ]
    for place, question in enumerate(said.ask_next[:most]):
        name = finding_name(words.text, question.finding, question.side)
        key = Key(question.finding, question.side)
        if place == 0:
            yield Ask("ask", _("Ask next"), name, question.why, key, tuple(later))
        else:
            yield Words(
                f"ask:{question.finding}:{question.side or ''}",
                name,
                word=_("then") if place == 1 else "",
                said=_("then"),
                target=key,
            )
