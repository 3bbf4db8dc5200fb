"""Turns the suggestion for a visit into the lines of the panel; plain values in and out, no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.suggestion import Ledger, Line, RedFlag, Suggestion
from clinic_desktop.domain.values import PATTERNS, Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.translation import _
from clinic_desktop.services.wording import (
    finding_name,
    flag_title,
    level_word,
    pattern_meaning,
    pattern_name,
)

from .plan_reading import PlanReading, plan_rows
from .rows import Ask, Divider, Flag, Fold, Heading, Resolve, Row, Slot, Words

CAUDA_EQUINA = (
    "flag.saddle_numbness",
    "flag.bladder_bowel",
    "flag.sexual_change",
    "flag.both_legs_new",
)
"""The questions that are asked by name whenever one of them is open (cauda equina)."""

MOST_LINES = 5
"""Lines of one part of a ledger before the rest folds away."""
GRAVE = frozenset({"E", "S", "U"})
"""Levels that withhold patterns and plan until the flag is resolved."""


@dataclass(frozen=True, slots=True)
class PanelState:
    """What the therapist opened in the panel; it is not part of the chart."""

    opened: frozenset[str] = frozenset()
    asking: str | None = None
    """Plan item that waits for a place because both are taken."""


@dataclass(frozen=True, slots=True)
class PanelReader:
    """Knows the words and the order of the fields; reads one suggestion after the other."""

    catalogue: Catalogue
    text: CatalogueText
    library: PlanLibrary

    def rows(self, said: Suggestion, case: Case, state: PanelState) -> tuple[Row, ...]:
        """Every line of the panel below its head, top to bottom."""
        rows = self._rows(said, case, state)
        return tuple(read_only(rows)) if case.last.signed else rows

    def _rows(self, said: Suggestion, case: Case, state: PanelState) -> tuple[Row, ...]:
        if said.status == "red_flag":
            return (
                *self._open_flags(said, case),
                *self._screen(said),
                *self._lesser_flags(said, state),
                *self._set_aside(case),
                *(self._resolve(flag) for flag in said.red_flags if flag.level in GRAVE),
            )
        plan = PlanReading(said, case, self.library, state.asking)
        return (
            *self._lesser_flags(said, state),
            *self._screen(said),
            *self._patterns(said, state),
            *self._conflicts(said),
            *self._ask_next(said),
            *plan_rows(plan),
        )

    # ------------------------------------------------------------------ red flags
    @staticmethod
    def _flag(flag: RedFlag, headline: bool) -> Flag:
        return Flag(
            id=f"flag:{flag.id}",
            flag=flag.id,
            level=flag.level,
            level_word=level_word(flag.level),
            title=flag_title(flag),
            action=flag.action,
            headline=headline,
        )

    def _because(self, flag: RedFlag, case: Case) -> Iterator[Words]:
        for place, finding in enumerate(flag.because):
            key = self.key(finding, case)
            yield Words(
                f"because:{flag.id}:{finding}",
                self._found_name(key),
                word="" if place else _("because"),
                said=_("because"),
                target=key,
            )

    def _question(self, finding: str) -> str:
        """A red-flag question by its short name: `Saddle numbness`."""
        label = self.text.findings[finding].label
        return label[:1].upper() + label[1:]

    def _found_name(self, key: Key) -> str:
        is_question = key.finding.startswith("flag.")
        short = self._question(key.finding) if is_question else ""
        return short or finding_name(self.text, key.finding, key.side)

    def _open_flags(self, said: Suggestion, case: Case) -> Iterator[Row]:
        grave = [flag for flag in said.red_flags if flag.level in GRAVE]
        for place, flag in enumerate(grave):
            yield self._flag(flag, headline=place > 0)
            yield from self._because(flag, case)
        if said.screen.unanswered:
            yield Divider("before_screen")

    @staticmethod
    def _resolve(flag: RedFlag) -> Resolve:
        title = _("Resolve with a reason: {flag}").format(flag=flag_title(flag))
        return Resolve(f"resolve:{flag.id}", flag.id, title)

    def _lesser_flags(self, said: Suggestion, state: PanelState) -> Iterator[Row]:
        for flag in (flag for flag in said.red_flags if flag.level not in GRAVE):
            line = f"{flag_title(flag)}. {flag.action}"
            action = _("resolve") if flag.level == "I" else ""
            yield Words(
                f"flag:{flag.id}",
                line,
                word=level_word(flag.level) if flag.level == "W" else _("review"),
                tone="caution",
                sign=True,
                target=Key(flag.because[0]) if flag.because else None,
                action=action,
                do=("open", f"resolve:{flag.id}") if action else None,
            )
            if f"resolve:{flag.id}" in state.opened and flag.level == "I":
                yield self._resolve(flag)
        for resolved in said.resolved_flags:
            name = resolved.id.replace("_", " ")
            yield Words(
                f"resolved:{resolved.id}",
                f"{name}: {resolved.reason}",
                word=_("resolved"),
                tone="ink2",
            )

    def _screen(self, said: Suggestion) -> Iterator[Row]:
        open_questions = said.screen.unanswered
        if not open_questions:
            return
        for finding in (f for f in CAUDA_EQUINA if f in open_questions):
            yield Words(
                f"unasked:{finding}",
                self._question(finding),
                word=_("not asked") if finding == self._first_unasked(open_questions) else "",
                said=_("not asked"),
                target=Key(finding),
            )
        others = [f for f in open_questions if f not in CAUDA_EQUINA]
        if others:
            count = _("{n} more of the red-flag screen").format(n=len(others))
            if len(others) == len(open_questions):
                count = _("{n} of the red-flag screen").format(n=len(others))
            first_side = self.catalogue.findings.get(others[0])
            yield Words(
                "unasked",
                count,
                word=_("not asked") if len(others) == len(open_questions) else "",
                said=_("not asked"),
                target=first_side.keys[0] if first_side else None,
            )
        if said.status != "red_flag":
            yield Divider("after_screen")

    @staticmethod
    def _first_unasked(open_questions: tuple[str, ...]) -> str:
        return next(f for f in CAUDA_EQUINA if f in open_questions)

    def _set_aside(self, case: Case) -> Iterator[Row]:
        yield Divider("before_aside")
        yield Heading("aside", _("Set aside until resolved"))
        yield Words("aside:pattern", _("patterns and their ledgers"), word=_("pattern"))
        chosen = ", ".join(self.library.name(choice.item) for choice in case.last.plan)
        yield Words("aside:plan", chosen or _("no new items"), word=_("plan"))
        yield Words("aside:handout", _("not printed"), word=_("handout"))
        said = _("Nothing is lost: charting goes on as before.")
        yield Words("aside:lost", said, tone="ink2", column=False)

    # ------------------------------------------------------------------ patterns
    def _patterns(self, said: Suggestion, state: PanelState) -> Iterator[Row]:
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
            badge = self._badge(said, pattern)
            met = pattern in said.patterns and not said.provisional
            yield Heading(pattern, pattern_name(pattern), badge, large=True, strong=met)
            yield Words(
                f"{pattern}:meaning", pattern_meaning(pattern), tone="ink2", column=False
            )
            yield from self._ledger(pattern, said.ledger[pattern], state.opened)
            yield Divider(f"{pattern}:end")
        yield from self._others(said, [p for p in PATTERNS if p not in shown], state)

    @staticmethod
    def _badge(said: Suggestion, pattern: str) -> str:
        if pattern not in said.patterns:
            return _("leans here")
        return _("provisional") if said.provisional else _("suggested")

    def _others(self, said: Suggestion, others: list[str], state: PanelState) -> Iterator[Row]:
        """The patterns whose needs are not met, one line each, opened on demand."""
        for pattern in others:
            ledger = said.ledger.get(pattern, Ledger())
            inside = (
                *(Words(f"{pattern}:unmet{i}", text, word="" if i else _("needs"), said=_("needs"))
                  for i, text in enumerate(ledger.unmet)),
                *self._ledger(pattern, ledger, state.opened),
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

    def _ledger(
        self, pattern: str, ledger: Ledger, opened_parts: frozenset[str]
    ) -> Iterator[Words]:
        parts = (
            ("for", _("for"), ledger.supports),
            ("against", _("against"), ledger.against),
            ("missing", _("missing"), ledger.missing),
        )
        for part, word, lines in parts:
            if not lines:
                yield Words(f"{pattern}:{part}", _("none"), word=word, tone="grey")
            more = f"{pattern}:{part}"
            opened = more in opened_parts or len(lines) <= MOST_LINES + 1
            for place, line in enumerate(lines if opened else lines[:MOST_LINES]):
                yield self._line(more, word, place, line)
            if not opened:
                yield self._rest(more, word, lines[MOST_LINES:])

    @staticmethod
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

    @staticmethod
    def _line(part: str, word: str, place: int, line: Line) -> Words:
        return Words(
            f"{part}:{line.finding}:{line.side or ''}:{place if not line.finding else ''}",
            line.text,
            word="" if place else word,
            said=word,
            target=Key(line.finding, line.side) if line.finding else None,
        )

    def _conflicts(self, said: Suggestion) -> Iterator[Row]:
        for place, conflict in enumerate(said.contradictions):
            yield Words(
                f"conflict:{':'.join(conflict.findings)}",
                conflict.text,
                word="" if place else _("conflict"),
                said=_("conflict"),
                tone="caution",
                sign=True,
                target=Key(conflict.findings[0]) if conflict.findings else None,
            )

    def _ask_next(self, said: Suggestion) -> Iterator[Row]:
        for place, question in enumerate(said.ask_next[:3]):
            name = finding_name(self.text, question.finding, question.side)
            key = Key(question.finding, question.side)
            if place == 0:
                yield Ask("ask", _("Ask next"), name, question.why, key)
            else:
                yield Words(
                    f"ask:{question.finding}:{question.side or ''}",
                    name,
                    word=_("then") if place == 1 else "",
                    said=_("then"),
                    target=key,
                )

    def key(self, finding: str, case: Case) -> Key:
        """The field of a finding: of the side that was charted last, else of its first side."""
        spec = self.catalogue.findings.get(finding)
        if spec is None:
            return Key(finding)
        for visit in reversed(case.visits):
            for key in spec.keys:
                if key in visit.findings:
                    return key
        return spec.keys[0]


def read_only(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The lines of a signed visit: what could be changed before is only told now."""
    for row in rows:
        if isinstance(row, Words) and row.do is not None and row.do[0] != "open":
            yield replace(row, action="", do=None)
        elif isinstance(row, Slot) and not row.taken:
            yield replace(row, item="", text="", remark=_("free"))
        elif isinstance(row, Slot):
            yield replace(row, fixed=True)
        elif not isinstance(row, Resolve):
            yield row
