"""What to ask or test next, found by trying each possible answer of each open finding on the
rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .engine import CORE, Engine
from .explaining import Explainer
from .logic import Condition, Facts, Group
from .naming import Outcome, outcome_of
from .reading import AGE, PAINFUL, SEX, Reading
from .suggestion import Question, Screen
from .values import LEVELS, PATTERNS, SIDES, Key, Kind, Side, Value, says_nothing

MOST_QUESTIONS = 5
MOST_SAFETY_QUESTIONS = 2
"""Open questions of the screen stand in its own list; here only the most telling ones come
first."""

SIDE = "complaint.side"
SIDE_ANSWERS = {"right": (Side.RIGHT,), "left": (Side.LEFT,), "both": SIDES}

FLAG_WEIGHT, NAME_WEIGHT, LEAN_WEIGHT, NEED_WEIGHT, STEP_WEIGHT = 6.0, 5.0, 2.0, 1.0, 0.05


@dataclass(frozen=True, slots=True)
class Trial:
    """One answer tried: how far it moves the result, and in which words."""

    answer: Value
    weight: float
    effect: str


class Asker:
    """Finds the questions that could change the answer most."""

    def __init__(
        self,
        engine: Engine,
        reading: Reading,
        facts: Facts,
        explainer: Explainer,
        say_value: Callable[[Key, Value], str],
    ) -> None:
        self._engine = engine
        self._reading = reading
        self._facts = facts
        self._explainer = explainer
        self._say_value = say_value
        self._words = engine.rulebook.words
        self._now = outcome_of(engine, facts.truths, facts.values)
        self._alive = tuple(p for p in PATTERNS if self._is_alive(p))
        self._waiting = self._who_waits()
        chains = engine.rulebook.reading.chains
        self._chains = {link: chain for chain in chains for link in chain.links}

    def questions(self, screen: Screen) -> tuple[Question, ...]:
        """At most five: safety first, then the details of a test that a name rests on, then by what
        each could change for what it costs."""
        safety = self._safety(screen)[:MOST_SAFETY_QUESTIONS]
        asked = {key for key, _ in safety}
        ranked = self._side_question()
        for key in self._candidates():
            if key in asked or key.finding.startswith("flag."):
                continue
            trials = self._trials(key)
            weight = _mean_weight(trials)
            if weight > 0:
                ranked.append((weight / self._cost(key), key, trials))
        order = self._engine.catalogue.order
        ranked.sort(key=lambda row: (not self._is_missing_link(row[1]), -row[0], order[row[1]]))
        rest = [
            Question(key.finding, key.side, self._why(key, trials)) for _, key, trials in ranked
        ]
        first = [Question(key.finding, key.side, why) for key, why in safety]
        return tuple([*first, *rest][:MOST_QUESTIONS])

    # ------------------------------------------------------------------ what to try
    def _is_alive(self, pattern: str) -> bool:
        nodes = self._engine.patterns[pattern]
        truths = self._facts.truths
        blocked = nodes.blocked is not None and truths[nodes.blocked] is True
        return not blocked and all(truths[need] is not False for need in nodes.needs)

    def _who_waits(self) -> dict[Key, list[str]]:
        """The patterns that wait for each open finding."""
        waiting: dict[Key, list[str]] = {}
        for pattern in PATTERNS:
            nodes = self._engine.patterns[pattern]
            wanted = nodes.needs if pattern in self._alive else ()
            reasons = [
                self._engine.explain(self._explainer, node) for node in (*wanted, nodes.first_mover)
            ]
            for key in frozenset().union(*(reason.missing for reason in reasons)):
                waiting.setdefault(key, []).append(pattern)
        return waiting

    def _candidates(self) -> list[Key]:
        keys = self._engine.open_keys(self._facts, set(self._waiting))
        return [key for key in keys if self._may_tell(key) and self._has_its_test(key)]

    def _has_its_test(self, key: Key) -> bool:
        """False for a detail of a test that was not done: the test itself is asked for."""
        chain = self._chains.get(key.finding)
        if chain is None:
            return True
        tests = (self._facts.values.get(Key(test, key.side)) for test in chain.test)
        return not all(says_nothing(value) for value in tests)

    def _is_missing_link(self, key: Key) -> bool:
        """Whether a named pattern rests on a positive test, and this detail of it is missing."""
        chain = self._chains.get(key.finding)
        if chain is None or not set(self._waiting.get(key, ())) & set(self._now.named):
            return False
        return self._facts.truths[self._engine.names.slot(chain.weak, key.side)] is True

    def _may_tell(self, key: Key) -> bool:
        """Whether any term that reads the finding is still open: an answer could then tell
        something."""
        truths = self._facts.truths
        return any(truths[node] is None for node in self._engine.affected.get(key, ()))

    def _side_question(self) -> list[tuple[float, Key, list[Trial]]]:
        """The side that hurts, where nobody charted it and it would change what is said."""
        key = Key(SIDE)
        if not self._reading.side_guessed:
            return []
        trials = []
        for answer, painful in SIDE_ANSWERS.items():
            values = {**self._facts.values, key: answer, PAINFUL: answer}
            then = self._engine.evaluate(values, painful)
            weight, effects = self._compare(outcome_of(self._engine, then.truths, values))
            trials.append(Trial(answer, weight, ", ".join(effects)))
        weight = _mean_weight(trials)
        return [(weight / self._cost(key), key, trials)] if weight > 0 else []

    def _trials(self, key: Key) -> list[Trial]:
        return [self._trial(key, answer) for answer in self._answers(key)]

    def _answers(self, key: Key) -> tuple[Value, ...]:
        probes = self._engine.probes.get(key, ())
        spec = self._engine.catalogue.findings[key.finding]
        if spec.kind is not Kind.NUMBER:
            return probes
        partner = self._facts.values.get(Key(key.finding, key.side.other)) if key.side else None
        if isinstance(partner, int | float):
            near = (partner - 20, partner, partner + 20)
            return tuple(v for v in near if spec.low <= v <= spec.high)
        duration = self._facts.values.get(Key("complaint.duration_weeks"))
        if spec.unit == "weeks" and isinstance(duration, int | float):
            return tuple(v for v in (duration / 2, duration + 1) if spec.low <= v <= spec.high)
        return probes[:1] + probes[-1:] if len(probes) > 2 else probes

    def _trial(self, key: Key, answer: Value) -> Trial:
        truths, changed = self._engine.what_if(self._facts, key, answer)
        before = self._facts.truths
        steps = STEP_WEIGHT * sum(before[i] is None for i in changed)
        if self._engine.deciding.isdisjoint(changed):
            return Trial(answer, steps, "")
        flags = self._now.flags if self._engine.flag_nodes.isdisjoint(changed) else None
        then = outcome_of(self._engine, truths, {**self._facts.values, key: answer}, flags)
        weight, effects = self._compare(then)
        return Trial(answer, weight + steps, ", ".join(effects))

    # ------------------------------------------------------------------ how far the result moves
    def _compare(self, then: Outcome) -> tuple[float, list[str]]:
        now, weight, effects = self._now, 0.0, []
        for before, after, unit, gain, loss in (
            (now.named, then.named, NAME_WEIGHT, "would_name", "would_unname"),
            (now.lean, then.lean, LEAN_WEIGHT, "would_lean", "would_unlean"),
        ):
            gained, lost = _without(after, before), _without(before, after)
            weight += unit * (len(gained) + len(lost))
            if gained and not (gain == "would_lean" and now.named):
                effects.append(self._say(gain, gained))
            if lost and not (loss == "would_unlean" and then.named):
                effects.append(self._say(loss, lost))
        graver = [flag for flag in then.flags if flag not in now.flags and flag[1] in "ESU"]
        weight += FLAG_WEIGHT * len(graver)
        if graver:
            titles = [self._engine.rulebook.flag_texts[flag].title for flag, _ in graver]
            effects.append(self._words["would_flag"].format(flags=", ".join(titles)))
        return self._needs_moved(then, weight, effects)

    def _needs_moved(
        self, then: Outcome, weight: float, effects: list[str]
    ) -> tuple[float, list[str]]:
        settled: list[str] = []
        denied: list[str] = []
        for pattern, before, after in zip(PATTERNS, self._now.needs, then.needs, strict=True):
            if pattern not in self._alive:
                continue
            for old, new in zip(before, after, strict=True):
                if old is None and new is not None:
                    weight += NEED_WEIGHT
                    (settled if new else denied).append(pattern)
        if not effects:
            if settled:
                effects.append(self._say("would_settle", tuple(dict.fromkeys(settled))))
            if denied:
                effects.append(self._say("would_deny", tuple(dict.fromkeys(denied))))
        return weight, effects

    def _say(self, template: str, patterns: Iterable[str]) -> str:
        titles = (self._engine.patterns[p].pattern.title for p in patterns)
        return self._words[template].format(patterns=", ".join(titles))

    def _why(self, key: Key, trials: list[Trial]) -> str:
        telling = sorted((t for t in trials if t.effect), key=lambda t: -t.weight)
        if not telling:
            waiting = self._waiting[key]
            return self._say("would_progress", [p for p in waiting if p in CORE] or waiting)
        said: dict[str, Trial] = {}
        for trial in telling:
            said.setdefault(trial.effect, trial)
        return "; ".join(
            self._words["why_join"].format(
                answer=self._say_value(key, trial.answer), effect=trial.effect
            )
            for trial in list(said.values())[:2]
        )

    def _cost(self, key: Key) -> float:
        spec = self._engine.catalogue.findings[key.finding]
        costs = self._engine.rulebook.costs
        return costs.get(key.finding, costs.get(spec.group, costs.get(spec.section, 1.0)))

    # ------------------------------------------------------------------ safety
    def _safety(self, screen: Screen) -> list[tuple[Key, str]]:
        """Open questions that would complete a red flag of which a part is already charted."""
        found: dict[Key, tuple[int, str]] = {}
        unanswered = set(screen.unanswered)
        if not unanswered:
            return []
        for row, node in zip(self._engine.rulebook.flags, self._engine.flag_rows, strict=True):
            if not row.asks or row.level == "W" or self._facts.truths[node] is True:
                continue
            if not self._half_met(*self._engine.conditions[node]):
                continue
            title = self._engine.rulebook.flag_texts[row.flag].title
            why = self._words["completes_flag"].format(flags=title)
            for key in self._engine.ordered(self._engine.explain(self._explainer, node).missing):
                if key.finding in unanswered and key not in found:
                    found[key] = (LEVELS.index(row.level), why)
        by_level = sorted(found, key=lambda key: found[key][0])
        return [(key, found[key][1]) for key in by_level]

    def _half_met(self, condition: Condition, side: Side | None) -> bool:
        """Whether a part of the condition is charted, and no other part rules it out. Age and sex
        are everybody's: they alone make no start."""
        if not isinstance(condition, Group) or condition.op not in ("all", "any", "at_least"):
            return False
        reasons = [self._explainer.explain(part, side) for part in condition.parts]
        if condition.op == "all" and any(r.truth is False and not r.missing for r in reasons):
            return False
        started = any(r.truth is True and r.because - {AGE, SEX} for r in reasons)
        return (started and condition.op != "any") or any(
            self._half_met(part, side) for part in condition.parts
        )


def _mean_weight(trials: Iterable[Trial]) -> float:
    """Answers with the same effect count once: that there are four words for a yes makes it no more
    likely."""
    weights: dict[str, float] = {}
    for trial in trials:
        weights[trial.effect] = max(trial.weight, weights.get(trial.effect, 0.0))
    return sum(weights.values()) / max(len(weights), 1)


def _without(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item for item in these if item not in those)
