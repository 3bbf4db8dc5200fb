"""What is wrong with a rule set, or would surprise whoever wrote it: one line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.engine import Engine
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.logic import Condition, Group, OnSides, Ref
from clinic_desktop.domain.reaching import condition_reached, item_reached, node_reached
from clinic_desktop.domain.rulebook import Pattern, Rulebook
from clinic_desktop.domain.screening import NEURAL_OPEN

from .clinic_knowledge import own_knowledge
from .compiled import Knowledge, shipped_knowledge
from .own_checks import Render, own_exercises, own_plan_findings
from .own_folder import OWN_FILES, read_own_files
from .own_pictures import ReadPicture, no_picture

Placed = tuple[str, str, Condition]
"""File, rule and condition."""


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What was found in a rule set, a line each."""

    findings: tuple[str, ...]
    exercises: tuple[str, ...] = ()
    """Exercises of a clinic's own, with how each reads."""


def look_over(
    catalogue: Catalogue,
    text: CatalogueText,
    folder: Path | None,
    read_picture: ReadPicture = no_picture,
    render: Render | None = None,
) -> LookedOver:
    """Findings on the shipped rules with a folder's on top, and the exercises that it adds.

    `render` prints each of those for trial. Where the rules cannot be read there is nothing to
    search in them, so that is all that is said.
    """
    try:
        if folder is None:
            knowledge = shipped_knowledge(catalogue, text)
        elif not read_own_files(folder).texts:
            known = ", ".join(f"{name}.toml" for name in OWN_FILES)
            return LookedOver((f"{folder.name}: whole folder: holds none of {known}",))
        else:
            knowledge = own_knowledge(catalogue, text, folder, read_picture)
    except BrokenKnowledge as broken:
        return LookedOver(tuple(" ".join(fault.split()) for fault in broken.faults))
    own = own_plan_findings(knowledge, render) if folder is not None else ()
    findings = tuple(dict.fromkeys((*_findings(knowledge), *own)))
    return LookedOver(findings, tuple(own_exercises(knowledge)))


def _findings(knowledge: Knowledge) -> Iterator[str]:
    rules = knowledge.engine.rulebook
    placed = tuple(placed_conditions(rules))
    yield from _unused_terms(rules, placed)
    yield from _own_opposites(placed)
    yield from _never_yes(knowledge.engine)
    yield from _unsuggested(knowledge)
    yield from _barred_first_choices(rules)
    yield from _doubled_rows(rules)


def placed_conditions(rules: Rulebook) -> Iterator[Placed]:
    """Every condition of a rule set with its place."""
    for term in rules.terms:
        yield "terms.toml", term.id, term.when
    for pattern in rules.patterns:
        for name, condition in _pattern_conditions(pattern):
            yield "patterns.toml", name, condition
    for row in rules.flags:
        yield "flags.toml", row.id, row.when
    for folded in rules.not_applicable:
        yield "flags.toml", folded.id, folded.when
    for conflict in rules.contradictions:
        yield "contradictions.toml", conflict.id, conflict.when
    yield from _plan_conditions(rules)


def _plan_conditions(rules: Rulebook) -> Iterator[Placed]:
    for rule in rules.plan.items.values():
        if rule.when is not None:
            yield "plan.toml", rule.item, rule.when
        for caution in rule.cautions:
            yield "plan.toml", rule.item, caution.when
    for standing in rules.plan.standing:
        yield "plan.toml", standing.item, standing.when


def _pattern_conditions(pattern: Pattern) -> Iterator[tuple[str, Condition]]:
    for need in pattern.needs:
        yield f"{pattern.id}.{need.id}", need.when
    named = {
        "first_mover": pattern.first_mover,
        "blocked": pattern.blocked,
        "beside": pattern.beside,
    }
    for name, condition in named.items():
        if condition is not None:
            yield f"{pattern.id}.{name}", condition
    for line in pattern.evidence:
        yield pattern.id, line.when
        if line.only_if is not None:
            yield pattern.id, line.only_if


# ---------------------------------------------------------------------- unreachable
def _unused_terms(rules: Rulebook, placed: tuple[Placed, ...]) -> Iterator[str]:
    parts = (part for _, _, whole in placed for part in parts_of(whole))
    used = {part.term for part in parts if isinstance(part, Ref)}
    for term in rules.terms:
        # The screen asks for this one by name.
        if term.id not in used and term.id != NEURAL_OPEN:
            yield f"terms.toml: {term.id}: unreachable: nothing refers to it"


def parts_of(condition: Condition) -> Iterator[Condition]:
    """A condition and every condition within it; what a term stands for is not within it."""
    yield condition
    match condition:
        case OnSides(_, part):
            yield from parts_of(part)
        case Group(_, parts, _):
            for part in parts:
                yield from parts_of(part)


def _never_yes(engine: Engine) -> Iterator[str]:
    files = {rule: file for file, rule, _ in placed_conditions(engine.rulebook)}
    for index, node in enumerate(engine.nodes):
        if node_reached(engine, index, True):
            continue
        place = f"{files[node.name]}: {node.name}"
        if node_reached(engine, index, False):
            yield f"{place}: unreachable: no chart was found on which it is yes"
        else:
            yield f"{place}: contradictory: it is never yes and never no"


def _unsuggested(knowledge: Knowledge) -> Iterator[str]:
    engine = knowledge.engine
    for rule in engine.rulebook.plan.items.values():
        place = f"plan.toml: {rule.item}"
        if not item_reached(engine, knowledge.suggest, rule.item):
            yield f"{place}: unreachable: no chart was found on which it is suggested"
        for caution in rule.cautions:
            if not condition_reached(engine, caution.when, True):
                yield f'{place}: unreachable: no chart was found for its caution "{caution.text}"'


# ---------------------------------------------------------------------- contradictory
def _own_opposites(placed: tuple[Placed, ...]) -> Iterator[str]:
    for file, rule, condition in placed:
        for part in parts_of(condition):
            if isinstance(part, Group) and part.op in ("all", "any") and _holds_opposites(part):
                never = "never yes" if part.op == "all" else "never no"
                yield (
                    f"{file}: {rule}: contradictory: asks for a condition and its opposite,"
                    f" and so is {never}"
                )


def _holds_opposites(group: Group) -> bool:
    bare = [_bare(part) for part in group.parts]
    return any(_opposite(one) == other for one, other in combinations(bare, 2))


def _bare(condition: Condition) -> Condition:
    """A condition without `known`: it changes what a blank counts as, not what is asked for."""
    if isinstance(condition, Group) and condition.op == "known":
        return _bare(condition.parts[0])
    if isinstance(condition, Group) and condition.op == "not":
        return Group("not", (_bare(condition.parts[0]),))
    return condition


def _opposite(condition: Condition) -> Condition:
    if isinstance(condition, Group) and condition.op == "not":
        return condition.parts[0]
    return Group("not", (condition,))


def _barred_first_choices(rules: Rulebook) -> Iterator[str]:
    for pattern in rules.patterns:
        asked = {_bare(part) for need in pattern.needs for part in _demanded(need.when)}
        for item in dict.fromkeys(item for slot in pattern.first for item in slot):
            rule = rules.plan.items[item]
            own = {_bare(part) for part in _demanded(rule.when)} if rule.when else set()
            for caution in rule.cautions:
                if caution.bars and _bare(caution.when) in asked | own:
                    yield (
                        f"plan.toml: {item}: contradictory: a first choice of {pattern.id}, and"
                        f' barred by what that asks for: "{caution.text}"'
                    )


def _demanded(condition: Condition) -> Iterator[Condition]:
    """A condition, and what must be yes wherever it is."""
    yield condition
    if isinstance(condition, Group) and condition.op in ("all", "known"):
        for part in condition.parts:
            yield from _demanded(part)


def _doubled_rows(rules: Rulebook) -> Iterator[str]:
    for one, other in combinations(rules.flags, 2):
        if (one.flag, one.level) == (other.flag, other.level) and one.when == other.when:
            yield (
                f"flags.toml: {other.id}: contradictory: says the same as {one.id}:"
                f" {one.flag}, level {one.level}, the same condition"
            )
