"""Lines on the patterns: their ledgers, what contradicts itself, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_desktop.domain.suggestion import Ledger, Line, Suggestion
from clinic_desktop.domain.values import PATTERNS, Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.translation import _
from clinic_desktop.services.wording import finding_name, pattern_meaning, pattern_name

from .panel_words import PanelState, PanelWords
from .rows import Ask, Divider, Fold, Heading, Row, Words

MOST_LINES = {"for": 5, "against": 3, "missing": 2}
"""Lines of each part before the rest folds away, so that question and plan stay in sight."""
MOST_QUESTIONS = 3
"""Questions shown of those worth asking."""


def pattern_rows(said: Suggestion, state: PanelState) -> Iterator[Row]:
    """Patterns that are named or leaned to with their ledgers; the others folded."""
    shown = [*said.patterns, *(p for p in said.lean if p not in said.patterns)]
    if not shown:
        yield Heading("none", _("No pattern yet"), large=True, remark=_("not enough data"))
        yield Words(
            "none:why",
            _("Chart what is asked below; the patterns appear as soon as their needs are met."),
            tone="ink2",
            column=False,
        )
    for pattern in shown:
        badge = _badge(said, pattern)
        met = pattern in said.patterns and not said.provisional
        yield Heading(pattern, pattern_name(pattern), badge, large=True, strong=met)
        yield Words(f"{pattern}:meaning", pattern_meaning(pattern), tone="ink2", column=False)
        yield from _ledger(pattern, said.ledger[pattern], state.opened)
        yield Divider(f"{pattern}:end")
    yield from _others(said, [p for p in PATTERNS if p not in shown], state)


def _badge(said: Suggestion, pattern: str) -> str:
    if pattern not in said.patterns:
        return _("leans here")
    return _("provisional") if said.provisional else _("suggested")


def _others(said: Suggestion, others: list[str], state: PanelState) -> Iterator[Row]:
    """The patterns whose needs are not met, one line each, opened on demand."""
    for pattern in others:
        ledger = said.ledger.get(pattern, Ledger())
        inside = (
            *(Words(f"{pattern}:unmet{i}", text, word="" if i else _("needs"), said=_("needs"))
              for i, text in enumerate(ledger.unmet)),
            *_ledger(pattern, ledger, state.opened),
        )  # fmt: skip
        opened = pattern in state.opened
        yield Fold(
            pattern,
            pattern_name(pattern),
            _("needs not met"),
            opened,
            hidden=() if opened else tuple(row.plain for row in inside),
        )
        if opened:
            yield from inside


def _ledger(pattern: str, ledger: Ledger, opened_parts: frozenset[str]) -> Iterator[Words]:
    parts = (
        ("for", _("for"), ledger.supports),
        ("against", _("against"), ledger.against),
        ("missing", _("missing"), ledger.missing),
    )
    for part, word, lines in parts:
        if not lines:
            yield Words(f"{pattern}:{part}", _("none"), word=word, tone="grey")
        more, most = f"{pattern}:{part}", MOST_LINES[part]
        opened = more in opened_parts or len(lines) <= most + 1
        for place, line in enumerate(lines if opened else lines[:most]):
            yield _line(more, word, place, line)
        if not opened:
            yield _rest(more, word, lines[most:])


def _rest(part: str, word: str, lines: tuple[Line, ...]) -> Words:
    """The line that stands for those folded away."""
    return Words(
        f"{part}:rest",
        _("{n} more").format(n=len(lines)),
        said=word,
        tone="grey",
        action=_("show"),
        do=("open", part),
        folded="\n".join(f"{word}: {line.text}" for line in lines),
    )


def _line(part: str, word: str, place: int, line: Line) -> Words:
    return Words(
        f"{part}:{line.finding}:{line.side or ''}:{place if not line.finding else ''}",
        line.text,
        word="" if place else word,
        said=word,
        target=Key(line.finding, line.side) if line.finding else None,
    )


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
        )


def ask_rows(words: PanelWords, said: Suggestion) -> Iterator[Row]:
    """What to chart next, and what after that."""
    later = [
        finding_name(words.text, question.finding, question.side)
        for question in said.ask_next[MOST_QUESTIONS:]
    ]
    for place, question in enumerate(said.ask_next[:MOST_QUESTIONS]):
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
