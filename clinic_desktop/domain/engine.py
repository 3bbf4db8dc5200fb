"""The rules compiled once: every condition a node, evaluated in order, or only where a finding
changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .catalogue import Catalogue
from .errors import BrokenKnowledge
from .explaining import Explainer, Explanations, Reason
from .leaf_checks import leaf_fault
from .logic import (
    PAIR_OPS,
    Condition,
    Facts,
    Group,
    Leaf,
    Names,
    OnSides,
    Test,
    Truth,
    compile_condition,
    keys_read,
    slots_read,
)
from .reading import COURSE_FINDINGS, FELL, Reading
from .rulebook import Evidence, Pattern, Rulebook
from .values import INCONCLUSIVE, SIDES, Key, Kind, Side, Value

CORE = ("pattern_1", "pattern_2", "pattern_3")
"""The three patterns of the model; `local` and `other_source` stand beside them."""


@dataclass(frozen=True, slots=True)
class Node:
    """A condition with the side it is read for and a name for messages."""

    name: str
    condition: Condition
    side: Side | None


@dataclass(frozen=True, slots=True)
class PatternNodes:
    """Where the truths of one pattern stand."""

    pattern: Pattern
    needs: tuple[int, ...]
    first_mover: int
    blocked: int | None
    beside: int | None

    @property
    def all(self) -> frozenset[int]:
        """Every node of the pattern."""
        others = (self.first_mover, self.blocked, self.beside)
        return frozenset(self.needs) | {node for node in others if node is not None}


@dataclass(frozen=True, slots=True)
class Engine:
    """A rulebook compiled against a catalogue. Build it with `compile_rules`."""

    rulebook: Rulebook
    catalogue: Catalogue
    names: Names
    nodes: tuple[Node, ...]
    tests: tuple[Test, ...]
    patterns: Mapping[str, PatternNodes]
    flag_rows: tuple[int, ...]
    """Node of each row of the red-flag table, in its order."""
    flag_nodes: frozenset[int]
    """The same, to look one up."""
    contradictions: tuple[tuple[int, ...], ...]
    not_applicable: tuple[int, ...]
    affected: Mapping[Key, tuple[int, ...]]
    """Which nodes may change with a finding, in order."""
    direct: Mapping[Key, frozenset[int]]
    """Those of them that read the finding themselves."""
    slots: tuple[int, ...]
    """Which other nodes each node reads, a bit for each."""
    probes: Mapping[Key, tuple[Value, ...]]
    """Answers worth trying for a finding: one on each side of every comparison that reads it."""
    deciding: frozenset[int]
    """Nodes that the outcome is read off: needs, first movers, blocks, and rows of the red-flag
    table."""
    conditions: Mapping[int, tuple[Condition, Side | None]] = field(repr=False)
    explanations: Explanations = field(repr=False)

    def run(self, reading: Reading) -> Facts:
        """Evaluate everything."""
        return self.evaluate(dict(reading.values), reading.painful)

    def evaluate(self, values: dict[Key, Value], painful: tuple[Side, ...]) -> Facts:
        """Evaluate everything over bare values."""
        facts = Facts(values, painful, len(self.nodes))
        truths = facts.truths
        for index, test in enumerate(self.tests):
            truths[index] = test(facts)
        return facts

    def what_if(self, facts: Facts, key: Key, value: Value) -> tuple[list[Truth], list[int]]:
        """The truths of all nodes, had this finding been charted so, and the nodes that would
        change; the facts stay as they are."""
        before = facts.truths
        charted = facts.values.get(key)
        truths = facts.truths = list(before)
        facts.values[key] = value
        direct = self.direct.get(key, frozenset())
        changed, bits = [], 0
        try:
            for index in self.affected.get(key, ()):
                # A node that reads neither the finding nor one that changed stays as it is.
                if index not in direct and not bits & self.slots[index]:
                    continue
                truth = self.tests[index](facts)
                if truth is not truths[index]:
                    truths[index] = truth
                    changed.append(index)
                    bits |= 1 << index
            return truths, changed
        finally:
            facts.truths = before
            if charted is None:
                del facts.values[key]
            else:
                facts.values[key] = charted

    def explainer(self, facts: Facts) -> Explainer:
        """What explains conditions over these facts."""
        return Explainer(facts, self.explanations)

    def explain(self, explainer: Explainer, index: int) -> Reason:
        """The reason of a node."""
        return explainer.node(index)

    def open_keys(self, facts: Facts, keys: Iterable[Key]) -> list[Key]:
        """Those of the keys that may be asked or tested: blank or inconclusive, and no conclusion
        of
        the clinician's own; in the order of the forms."""
        conclusions = self.rulebook.reading.conclusions
        values = facts.values
        return self.ordered(
            key
            for key in keys
            if values.get(key, INCONCLUSIVE) == INCONCLUSIVE and key.finding not in conclusions
        )

    def ordered(self, keys: Iterable[Key]) -> list[Key]:
        """Keys of the catalogue in the order of the forms; findings of the course itself are left
        out."""
        order = self.catalogue.order
        known = {self._charted_key(key) for key in keys}
        return sorted((key for key in known if key in order), key=order.__getitem__)

    @staticmethod
    def _charted_key(key: Key) -> Key:
        """The charted finding behind a finding of the course."""
        return Key(key.finding.removeprefix(FELL), key.side)


def compile_rules(rulebook: Rulebook, catalogue: Catalogue) -> Engine:
    """Compile the rules. Raises BrokenKnowledge with file, rule and reason of each fault."""
    compiler = _Compiler(rulebook, catalogue)
    return compiler.engine()


class _Compiler:
    """Collects the nodes of a rulebook in an order in which each reads only earlier ones."""

    def __init__(self, rulebook: Rulebook, catalogue: Catalogue) -> None:
        self._rulebook = rulebook
        self._catalogue = catalogue
        self._nodes: list[Node] = []
        self._tests: list[Test] = []
        self._slots: dict[tuple[str, Side | None], int] = {}
        self._faults: dict[str, None] = {}
        fell = {FELL + finding for finding in rulebook.reading.leg_power}
        sided = {spec.id for spec in catalogue.findings.values() if spec.sides}
        self._names = Names(
            frozenset(sided | fell),
            frozenset((set(catalogue.findings) - sided) | set(COURSE_FINDINGS)),
            self._slots,
        )

    def engine(self) -> Engine:
        self._add_terms()
        rules = self._rulebook
        patterns = {p.id: self._pattern(p) for p in rules.patterns}
        flag_rows = tuple(self._add("flags", row.id, row.when) for row in rules.flags)
        contradictions = tuple(
            tuple(
                self._add("contradictions", c.id, c.when, side)
                for side in (SIDES if c.per_side else (None,))
            )
            for c in rules.contradictions
        )
        not_applicable = tuple(self._add("flags", n.id, n.when) for n in rules.not_applicable)
        self._check_plan()
        if self._faults:
            raise BrokenKnowledge(*self._faults)
        conditions = {i: (n.condition, n.side) for i, n in enumerate(self._nodes)}
        slots = [slots_read(n.condition, n.side, self._names) for n in self._nodes]
        direct = [keys_read(n.condition, n.side, self._names) for n in self._nodes]
        behind: list[frozenset[Key]] = []
        for own, read in zip(direct, slots, strict=True):
            behind.append(own.union(*(behind[slot] for slot in read)))
        affected = {key: tuple(sorted(nodes)) for key, nodes in _readers(behind).items()}
        return Engine(
            rulebook=rules,
            catalogue=self._catalogue,
            names=self._names,
            nodes=tuple(self._nodes),
            tests=tuple(self._tests),
            patterns=patterns,
            flag_rows=flag_rows,
            flag_nodes=frozenset(flag_rows),
            contradictions=contradictions,
            not_applicable=not_applicable,
            affected=affected,
            direct=_readers(direct),
            slots=tuple(sum(1 << slot for slot in read) for read in slots),
            probes=self._probes(),
            deciding=frozenset(flag_rows).union(*(p.all for p in patterns.values())),
            conditions=conditions,
            explanations=Explanations(self._names, conditions, behind),
        )

    def _pattern(self, pattern: Pattern) -> PatternNodes:
        for evidence in pattern.evidence:
            self._check_evidence(pattern.id, evidence)

        def add(name: str, condition: Condition) -> int:
            return self._add("patterns", f"{pattern.id}.{name}", condition)

        return PatternNodes(
            pattern,
            tuple(add(need.id, need.when) for need in pattern.needs),
            add("first_mover", pattern.first_mover),
            None if pattern.blocked is None else add("blocked", pattern.blocked),
            None if pattern.beside is None else add("beside", pattern.beside),
        )

    def _check_evidence(self, pattern: str, evidence: Evidence) -> None:
        spec = self._catalogue.findings.get(evidence.finding)
        if spec is None:
            self._fault("patterns", pattern, f"{evidence.finding} is not in the catalogue")
            return
        # The line is written for each painful side where its finding has sides, else for none.
        for side in SIDES if spec.sides else (None,):
            self._checked("patterns", pattern, evidence.when, side)
            if evidence.only_if is not None:
                self._checked("patterns", pattern, evidence.only_if, side)

    def _check_plan(self) -> None:
        for rule in self._rulebook.plan.items.values():
            conditions = [c.when for c in rule.cautions]
            for condition in conditions if rule.when is None else [rule.when, *conditions]:
                self._checked("plan", rule.item, condition, None)
        for standing in self._rulebook.plan.standing:
            self._checked("plan", standing.item, standing.when, None)

    # ------------------------------------------------------------------ nodes
    def _add_terms(self) -> None:
        waiting = {term.id: term for term in self._rulebook.terms}
        while waiting:
            ready = [
                term
                for term in waiting.values()
                if waiting.keys().isdisjoint(_terms_named(term.when))
            ]
            if not ready:
                raise BrokenKnowledge(
                    *self._faults,
                    f"rules/terms.toml: {min(waiting)}: refers to itself, through"
                    f" {', '.join(sorted(waiting))}",
                )
            for term in ready:
                for side in SIDES if term.per_side else (None,):
                    self._slots[term.id, side] = self._add("terms", term.id, term.when, side)
                del waiting[term.id]

    def _add(self, file: str, name: str, condition: Condition, side: Side | None = None) -> int:
        self._tests.append(self._checked(file, name, condition, side))
        self._nodes.append(Node(name, condition, side))
        return len(self._nodes) - 1

    def _checked(self, file: str, name: str, condition: Condition, side: Side | None) -> Test:
        """The condition compiled; where it cannot be, the fault is noted and it is never known."""
        try:
            for leaf in _leaves(condition):
                if fault := leaf_fault(leaf, self._catalogue):
                    self._fault(file, name, fault)
            return compile_condition(condition, side, self._names)
        except KeyError as fault:
            self._fault(file, name, fault.args[0])
            return lambda facts: None

    def _fault(self, file: str, name: str, reason: str) -> None:
        self._faults[f"rules/{file}.toml: {name}: {reason}"] = None

    def _probes(self) -> dict[Key, tuple[Value, ...]]:
        probes: dict[Key, dict[Value, None]] = {}
        for node in self._nodes:
            for leaf in _leaves(node.condition):
                spec = self._catalogue.findings.get(leaf.finding)
                if spec is None:
                    continue
                for key in spec.keys:
                    found = probes.setdefault(key, {})
                    found.update(dict.fromkeys(_probes_of(leaf, spec.kind, spec.low, spec.high)))
        return {
            key: tuple(found) or self._usual_answers(key.finding) for key, found in probes.items()
        }

    def _usual_answers(self, finding: str) -> tuple[Value, ...]:
        spec = self._catalogue.findings[finding]
        match spec.kind:
            case Kind.RESULT:
                return ("positive", "negative")
            case Kind.ANSWER:
                return ("yes", "no")
            case Kind.CHOICE:
                return tuple(word for word in spec.choices if word != "not_asked")
            case Kind.GRADE:
                return ("3", "4", "5")
            case _:
                return ()


def _readers(read: Iterable[frozenset[Key]]) -> dict[Key, frozenset[int]]:
    """Which nodes read each finding, from what each of them reads."""
    readers: dict[Key, set[int]] = {}
    for index, keys in enumerate(read):
        for key in keys:
            readers.setdefault(key, set()).add(index)
    return {key: frozenset(indexes) for key, indexes in readers.items()}


def _leaves(condition: Condition) -> Iterator[Leaf]:
    match condition:
        case Leaf():
            yield condition
        case OnSides(_, part):
            yield from _leaves(part)
        case Group(_, parts, _):
            for part in parts:
                yield from _leaves(part)


def _terms_named(condition: Condition) -> set[str]:
    match condition:
        case OnSides(_, part):
            return _terms_named(part)
        case Group(_, parts, _):
            return set().union(*(_terms_named(part) for part in parts))
        case _:
            return {term} if (term := getattr(condition, "term", None)) else set()


def _probes_of(leaf: Leaf, kind: Kind, low: float, high: float) -> list[Value]:
    """Values of a number on both sides of a threshold; words and grades have their usual
    answers."""
    if kind is not Kind.NUMBER or leaf.op in PAIR_OPS or leaf.op == "charted":
        return []
    threshold = leaf.operand if isinstance(leaf.operand, int | float) else 0
    return [value for value in (threshold - 1, threshold, threshold + 1) if low <= value <= high]
