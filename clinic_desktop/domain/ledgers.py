"""The ledger of each pattern: what speaks for it, what against, what is missing, and why it is not
named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from .catalogue import CatalogueText
from .engine import Engine, PatternNodes
from .explaining import Explainer
from .logic import Facts
from .reading import Reading
from .rulebook import Evidence
from .suggestion import Ledger, Line
from .values import INCONCLUSIVE, PATTERNS, Key, Kind, Side, Value


def need_rule(pattern: str, need: str) -> str:
    """Id of a pattern's need."""
    return f"{pattern}.{need}"


class LedgerWriter:
    """Writes the ledgers of one chart in one language."""

    def __init__(
        self,
        engine: Engine,
        text: CatalogueText,
        reading: Reading,
        facts: Facts,
        explainer: Explainer,
    ) -> None:
        self._engine = engine
        self._text = text
        self._reading = reading
        self._facts = facts
        self._explainer = explainer
        self._undecided = reading.disputed | {
            key for key, value in facts.values.items() if value == INCONCLUSIVE
        }

    def all(self, named: tuple[str, ...]) -> Mapping[str, Ledger]:
        """The ledger of each of the five patterns."""
        return {p: self._ledger(self._engine.patterns[p], p in named) for p in PATTERNS}

    def _waited_for(self, nodes: PatternNodes) -> dict[Key, str]:
        """Open findings that a pattern waits for, each with the first need that does, and those it
        reads that were inconclusive or answered both ways."""
        waits: dict[Key, str] = {
            key: nodes.pattern.id
            for evidence in (nodes.pattern.evidence if self._undecided else ())
            for side in self._sides(evidence)
            for key in self._explainer.explain(evidence.when, side).missing
            if key in self._undecided
        }
        for need, node in zip(nodes.pattern.needs, nodes.needs, strict=True):
            for key in self._engine.explain(self._explainer, node).missing:
                waits.setdefault(key, need_rule(nodes.pattern.id, need.id))
        return {key: waits[key] for key in self._engine.open_keys(self._facts, waits)}

    def _ledger(self, nodes: PatternNodes, named: bool) -> Ledger:
        supports: list[Line] = []
        against: list[Line] = []
        for evidence in nodes.pattern.evidence:
            for side in self._sides(evidence):
                speaks, line = self._weigh(nodes.pattern.id, evidence, side)
                if line is not None:
                    (supports if speaks else against).append(line)
        unmet = () if named else self._unmet(nodes)
        return Ledger(
            tuple(dict.fromkeys(supports)),
            tuple(dict.fromkeys(against)),
            self._missing(nodes),
            unmet,
        )

    def _unmet(self, nodes: PatternNodes) -> tuple[str, ...]:
        words = self._engine.rulebook.words
        rows = zip(nodes.pattern.needs, nodes.needs, strict=True)
        truths = ((need.sentence, self._facts.truths[node]) for need, node in rows)
        return tuple(
            words["need_open" if truth is None else "need_denied"].format(need=sentence)
            for sentence, truth in truths
            if truth is not True
        )

    def _sides(self, evidence: Evidence) -> tuple[Side | None, ...]:
        spec = self._engine.catalogue.findings.get(evidence.finding)
        return self._reading.painful if spec is not None and spec.sides else (None,)

    def _weigh(
        self, pattern: str, evidence: Evidence, side: Side | None
    ) -> tuple[bool, Line | None]:
        only_if = evidence.only_if
        if only_if is not None and self._explainer.explain(only_if, side).truth is not True:
            return True, None
        reason = self._explainer.explain(evidence.when, side)
        if reason.truth is None:
            return True, None
        own_text = evidence.text if reason.truth else evidence.text_no
        shown = self._shown_key(evidence, side, reason.because)
        text = f"{own_text}{self._of_side(shown.side)}" if own_text else self.statement(shown)
        line = Line(shown.finding, shown.side, text, pattern, self._earlier(shown))
        return reason.truth == (evidence.speaks == "for"), line

    def _shown_key(self, evidence: Evidence, side: Side | None, because: frozenset[Key]) -> Key:
        """The finding a line points to: the one of its id among those behind it, on the side that
        was read."""
        behind = [k for k in self._engine.ordered(because) if k.finding == evidence.finding]
        return next(
            (k for k in behind if k.side is side),
            behind[0] if behind else Key(evidence.finding, side),
        )

    def _earlier(self, key: Key) -> dt.date | None:
        """The day of an earlier visit whose test is read here; what is past has one story."""
        rules = self._engine.rulebook.reading
        told = key.finding in rules.past_facts or key.finding in rules.grows
        return None if told else self._reading.earlier.get(key)

    def _missing(self, nodes: PatternNodes) -> tuple[Line, ...]:
        return tuple(
            Line(key.finding, key.side, f"{self.name(key)}{self._remark(key)}", rule)
            for key, rule in self._waited_for(nodes).items()
        )

    def _remark(self, key: Key) -> str:
        words = self._engine.rulebook.words
        if key in self._reading.disputed:
            return f": {words['disputed']}"
        return f": {words['inconclusive']}" if key in self._facts.values else ""

    # ------------------------------------------------------------------ words
    def name(self, key: Key) -> str:
        """The finding as a colleague would jot it down, with its side."""
        text = self._text.findings[key.finding]
        name = text.brief or text.name
        if key.side is None:
            return name
        side = self._engine.rulebook.words[f"side_{key.side}"]
        return f"{name}, {side}" if "," in name else f"{name} {side}"

    def statement(self, key: Key) -> str:
        """The finding's name, side and charted value in words."""
        value = self.say_value(key, self._facts.values.get(key))
        if key in self._reading.inferred:
            value = self._engine.rulebook.words["told_by_date"].format(answer=value)
        return f"{self.name(key)}: {value}"

    def _of_side(self, side: Side | None) -> str:
        return "" if side is None else f", {self._engine.rulebook.words[f'side_{side}']}"

    def say_value(self, key: Key, value: Value | None) -> str:
        """A value of this finding in words, with its unit."""
        spec = self._engine.catalogue.findings[key.finding]
        if isinstance(value, tuple):
            return ", ".join(self._text.choice(key.finding, word) for word in value)
        if spec.kind is Kind.NUMBER and isinstance(value, int | float):
            return self._text.amount(value, spec.unit)
        words = self._engine.rulebook.words.texts
        return words.get(f"value_{value}", self._text.choice(key.finding, str(value)))
