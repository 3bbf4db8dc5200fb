"""The ledger of each pattern: what speaks for it, what against, what is missing, and why it is not
named."""

from __future__ import annotations

from collections.abc import Mapping

from .catalogue import CatalogueText
from .engine import Engine, PatternNodes
from .explaining import Explainer
from .logic import Facts
from .reading import Reading
from .rulebook import Evidence
from .suggestion import Ledger, Line
from .values import PATTERNS, Key, Kind, Side, Value


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

    def all(self, named: tuple[str, ...]) -> Mapping[str, Ledger]:
        """The ledger of each of the five patterns."""
        return {p: self._ledger(self._engine.patterns[p], p in named) for p in PATTERNS}

    def missing_keys(self, pattern: str) -> list[Key]:
        """Open findings that the pattern's needs wait for."""
        keys: set[Key] = set()
        for need in self._engine.patterns[pattern].needs:
            keys |= self._engine.explain(self._explainer, need).missing
        conclusions = self._engine.rulebook.reading.conclusions
        return self._engine.ordered(
            k for k in keys if k not in self._facts.values and k.finding not in conclusions
        )

    def _ledger(self, nodes: PatternNodes, named: bool) -> Ledger:
        supports: list[Line] = []
        against: list[Line] = []
        for evidence in nodes.pattern.evidence:
            for side in self._sides(evidence):
                speaks, line = self._weigh(evidence, side)
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

    def _weigh(self, evidence: Evidence, side: Side | None) -> tuple[bool, Line | None]:
        only_if = evidence.only_if
        if only_if is not None and self._explainer.explain(only_if, side).truth is not True:
            return True, None
        reason = self._explainer.explain(evidence.when, side)
        if reason.truth is None:
            return True, None
        own_text = evidence.text if reason.truth else evidence.text_no
        shown = self._shown_key(evidence, side, reason.because)
        text = f"{own_text}{self._of_side(shown.side)}" if own_text else self.statement(shown)
        return reason.truth == (evidence.speaks == "for"), Line(shown.finding, shown.side, text)

    def _shown_key(self, evidence: Evidence, side: Side | None, because: frozenset[Key]) -> Key:
        """The finding a line points to: the one of its id among those behind it, on the side that
        was read."""
        behind = [k for k in self._engine.ordered(because) if k.finding == evidence.finding]
        return next(
            (k for k in behind if k.side is side),
            behind[0] if behind else Key(evidence.finding, side),
        )

    def _missing(self, nodes: PatternNodes) -> tuple[Line, ...]:
        keys = self.missing_keys(nodes.pattern.id)
        disputed = self._reading.disputed
        words = self._engine.rulebook.words
        return tuple(
            Line(
                key.finding,
                key.side,
                self.name(key) + (f": {words['disputed']}" if key in disputed else ""),
            )
            for key in keys
        )

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
            return f"{value:g} {spec.unit}" if spec.unit != "0-10" else f"{value:g} of 10"
        words = self._engine.rulebook.words.texts
        return words.get(f"value_{value}", self._text.choice(key.finding, str(value)))
