"""Charts made to order: findings that make a condition of the rules yes, no or not known.

The charts are guesses, tried on the real engine: one that comes out as wanted shows that a rule can
be reached; that none was found shows nothing for certain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, islice
from typing import Final, cast

from .engine import Engine
from .logic import (
    GRADE_OPS,
    PAIR_OPS,
    Condition,
    Group,
    IsPainful,
    Leaf,
    OnSides,
    Ref,
    Truth,
    compile_condition,
    leaf_test,
    turned,
)
from .reading import AGE, BACK_RELIEF, FELL, PAINFUL, SEX
from .suggestion import Suggestion
from .values import GRADES, NO_INFORMATION, PATTERNS, Key, Kind, Side, Value
from .visits import Case, FlagResolution, Patient, PlanChoice, Retest, Visit

Wanted = Mapping[Key, Value | None]
"""Findings to chart; None is one that must stay blank."""

HURTS: Final = Side.RIGHT
START: Final[Wanted] = {Key("complaint.side"): "right", PAINFUL: "right"}
FIRST_DAY: Final = dt.date(2026, 3, 2)
OLDEST: Final = 120
"""Years; the one number that is not in the catalogue is the age."""

TRIES: Final = 400
"""Charts that are tried for one wish."""
STEPS: Final = 200_000
"""Comparisons looked at for one wish: some wishes have no chart and very many ways to look."""

Wish = tuple[Condition, Side | None, Truth]
Parts = tuple[tuple[Condition, Side | None], ...]


class ChartMaker:
    """Makes charts to order for one rule set, until it has looked at `STEPS` comparisons."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._steps = STEPS

    def of_all(self, *wishes: Wish, given: Wanted) -> Iterator[Wanted]:
        """Ways to fulfil several wishes at once."""
        if not wishes:
            yield given
            return
        (condition, side, truth), *rest = wishes
        for so_far in self._ways(condition, side, truth, given):
            yield from self.of_all(*rest, given=so_far)

    def _ways(
        self, condition: Condition, side: Side | None, want: Truth, given: Wanted
    ) -> Iterator[Wanted]:
        match condition:
            case Leaf():
                yield from self._leaf(condition, turned(side, condition.side), want, given)
            case Ref(term, how):
                slot = self._engine.names.slot(term, turned(side, how))
                node = self._engine.nodes[slot]
                yield from self._ways(node.condition, node.side, want, given)
            case IsPainful():
                yield given  # which leg hurts is chosen by the caller
            case OnSides(which, part):
                sides = (HURTS,) if "painful" in which else (HURTS, HURTS.other)
                op = "all" if which in ("every_painful", "both_sides") else "any"
                wishes = tuple((part, s) for s in sides)
                yield from self._group(op, wishes, 1, want, given)
            case Group(op, parts, count):
                yield from self._group(
                    op, tuple((part, side) for part in parts), count, want, given
                )

    def _group(
        self, op: str, parts: Parts, count: int, want: Truth, given: Wanted
    ) -> Iterator[Wanted]:
        for truths in _part_truths(op, len(parts), count, want):
            wishes = [
                (*part, truth) for part, truth in zip(parts, truths, strict=True) if truth != "?"
            ]
            yield from self.of_all(
                *cast("list[tuple[Condition, Side | None, Truth]]", wishes), given=given
            )

    def _leaf(self, leaf: Leaf, side: Side | None, want: Truth, given: Wanted) -> Iterator[Wanted]:
        self._steps -= 1
        if self._steps < 0:
            return
        key = self._engine.names.key(leaf.finding, side)
        if leaf.op == "charted":
            options: list[Value | None] = list(self._candidates(leaf, key)) if want else [None]
            yield from _charted(given, key, options if want is not None else [])
        elif leaf.op in PAIR_OPS:
            yield from self._pair(leaf, key, want, given)
        elif want is None:
            yield from _charted(given, key, [None])
        else:
            holds = leaf_test(leaf.op, leaf.operand)
            there = given.get(key)
            if there is not None and holds(there) is want:
                yield given
                return
            yield from _charted(
                given, key, [v for v in self._candidates(leaf, key) if holds(v) is want]
            )

    def _pair(self, leaf: Leaf, key: Key, want: Truth, given: Wanted) -> Iterator[Wanted]:
        other = (
            Key(str(leaf.operand))
            if leaf.op == "less_than_finding"
            else Key(key.finding, key.side.other if key.side else None)
        )
        holds = leaf_test(leaf.op, leaf.operand)
        if want is None:
            yield from _charted(given, key, [None])
            return
        for mine, theirs in ((40, 80), (80, 40)):
            if holds((mine, theirs)) is want:
                for so_far in _charted(given, key, [mine]):
                    yield from _charted(so_far, other, [theirs])

    def _range(self, key: Key) -> tuple[float, float]:
        spec = self._engine.catalogue.findings.get(key.finding)
        return (spec.low, spec.high) if spec is not None else (0, OLDEST)

    def _candidates(self, leaf: Leaf, key: Key) -> list[Value]:
        """Values to try for a finding: those of the comparison, and what lies beside them."""
        if leaf.op in GRADE_OPS:
            return ["3", "3-", "4", "4-", "5", "2"]
        if isinstance(leaf.operand, int | float) and not isinstance(leaf.operand, bool):
            low, high = self._range(key)
            near = (leaf.operand, leaf.operand - 1, leaf.operand + 1, low, high)
            return [v for v in dict.fromkeys(near) if low <= v <= high]
        words = leaf.operand if isinstance(leaf.operand, tuple) else ()
        spec = self._engine.catalogue.findings.get(key.finding)
        if spec is None:
            return [*words, "female" if key == SEX else "no"]
        if leaf.op == "has":
            return [*((word,) for word in words), *((w,) for w in spec.choices if w not in words)]
        telling = [word for word in spec.choices if word not in NO_INFORMATION]
        return [*words, *(word for word in telling if word not in words)] or [spec.low]


def _part_truths(op: str, size: int, count: int, want: Truth) -> Iterable[tuple[object, ...]]:
    """Truths of the parts that give the wanted one; "?" where a part does not matter."""
    one_part: dict[tuple[str, Truth], tuple[Truth, ...]] = {
        ("not", True): (False,),
        ("not", False): (True,),
        ("not", None): (None,),
        ("known", True): (True,),
        ("known", False): (False, None),
        ("unknown", True): (None,),
        ("unknown", False): (True, False),
    }
    verdict: dict[Truth, list[tuple[object, ...]]] = {
        True: [(True, "?")],
        False: [(False, True), (None, True)],
        None: [(None, None), (None, False), (False, None), (False, False)],
    }
    if op == "verdict":
        return verdict[want]
    if op in ("not", "known", "unknown"):
        return [(truth,) for truth in one_part.get((op, want), ())]
    if op in ("all", "any"):
        return _joined_truths(op == "all", size, want)
    if want:
        chosen = combinations(range(size), count)
        return [tuple(True if place in yes else "?" for place in range(size)) for yes in chosen]
    return [(want,) * size]


def _joined_truths(every: bool, size: int, want: Truth) -> list[tuple[object, ...]]:
    """The same for `all` (`every`) and `any`."""
    if want is every:
        return [(want,) * size]
    rest: object = every if want is None else "?"
    odd = [tuple(want if p == place else rest for p in range(size)) for place in range(size)]
    return [*odd, (want,) * size] if want is None else odd


def _charted(given: Wanted, key: Key, options: list[Value | None]) -> Iterator[Wanted]:
    for value in options:
        if key not in given:
            yield {**given, key: value}
        elif given[key] == value:
            yield given


# ---------------------------------------------------------------------- from findings to a course
def course_of(wanted: Wanted, resolved: tuple[str, ...] = (), chosen: tuple[str, ...] = ()) -> Case:
    """The course in which these findings were charted, those of the course itself included."""
    charted = {key: value for key, value in wanted.items() if value is not None}
    sex, age = charted.pop(SEX, None), charted.pop(AGE, None)
    charted.pop(PAINFUL, None)
    relief = charted.pop(BACK_RELIEF, None) == "yes"
    fell = {k: charted.pop(k) for k in tuple(charted) if k.finding.startswith(FELL)}
    visits = [Visit(FIRST_DAY, charted)]
    if fell:
        earlier = dict(charted)
        for key, answer in fell.items():
            power = Key(key.finding.removeprefix(FELL), key.side)
            now = str(charted.setdefault(power, "4" if answer == "yes" else "5"))
            step = GRADES.index(now) + (1 if answer == "yes" else 0)
            earlier[power] = GRADES[min(step, len(GRADES) - 1)]
        visits = [Visit(FIRST_DAY, earlier), Visit(FIRST_DAY + dt.timedelta(days=7), charted)]
    tried = (Retest("brace", "resisted_15.pain", HURTS, before=6, after=2),) if relief else ()
    last = Visit(
        visits[-1].date,
        charted,
        retests=tried,
        plan=tuple(PlanChoice(item) for item in chosen),
        resolved_flags=tuple(FlagResolution(flag, "seen by a doctor") for flag in resolved),
    )
    patient = Patient(
        "Somebody",
        age=int(age) if isinstance(age, int | float) else None,
        sex=None if sex is None else str(sex),
    )
    return Case(patient, (*visits[:-1], last))


# ---------------------------------------------------------------------- what can be reached
def node_reached(engine: Engine, index: int, truth: bool) -> bool:
    """Whether a chart was found on which a node comes out so."""
    node = engine.nodes[index]
    return _reached(engine, (node.condition, node.side, truth), lambda facts: facts[index])


def condition_reached(engine: Engine, condition: Condition, truth: bool) -> bool:
    """The same for a condition that is no node, read for no side of its own."""
    test = compile_condition(condition, None, engine.names)
    for way in islice(ChartMaker(engine).of_all((condition, None, truth), given={}), TRIES):
        values = {key: value for key, value in way.items() if value is not None}
        if test(engine.evaluate(values, (HURTS,))) is truth:
            return True
    return False


def _reached(engine: Engine, wish: Wish, read: Callable[[list[Truth]], Truth]) -> bool:
    _, side, truth = wish
    # The painful side is a wish like any other here: a term may ask whether one leg hurts.
    for hurts in dict.fromkeys((HURTS, side or HURTS)):
        for way in islice(ChartMaker(engine).of_all(wish, given={}), TRIES):
            values = {key: value for key, value in way.items() if value is not None}
            if read(engine.evaluate(values, (hurts,)).truths) is truth:
                return True
    return False


def item_reached(engine: Engine, suggest: Callable[[Case], Suggestion], item: str) -> bool:
    """Whether a chart was found on which a plan item is suggested."""
    for way in charts_for_item(engine, item):
        plan = suggest(course_of(screened(engine, way))).plan
        if item in {*plan.standing, *plan.first, *plan.later}:
            return True
    return False


def charts_for_item(engine: Engine, item: str) -> Iterator[Wanted]:
    """Charts that name a pattern which offers the item, with what the item itself asks for."""
    rules = engine.rulebook
    rule = rules.plan.items[item]
    wishes: list[Wish] = [] if rule.when is None else [(rule.when, HURTS, True)]
    barred = tuple(caution.when for caution in rule.cautions if caution.bars)
    if barred:
        clear = Group("not", (Group("known", (Group("any", barred),)),))
        wishes.append((clear, HURTS, True))
    for pattern in rules.patterns:
        offered = {item for slot in pattern.first for item in slot} | {*pattern.later}
        offered |= {s.item for s in rules.plan.standing if pattern.id in s.with_patterns}
        if rule.anywhere or item in offered:
            needs: list[Wish] = [(need.when, HURTS, True) for need in pattern.needs]
            ways = ChartMaker(engine).of_all(*needs, *wishes, given=START)
            yield from islice(ways, TRIES // len(PATTERNS))
    if item in rules.plan.without_data:
        yield from islice(ChartMaker(engine).of_all(*wishes, given=START), TRIES // len(PATTERNS))


def screened(engine: Engine, way: Wanted) -> Wanted:
    """The chart with the rest of the red-flag screen answered no, and full power in the legs."""
    quiet: dict[Key, Value | None] = {
        Key(finding): "no"
        for finding, spec in engine.catalogue.findings.items()
        if finding.startswith("flag.") and "no" in spec.choices
    }
    for finding in engine.rulebook.reading.leg_power:
        if engine.catalogue.findings[finding].kind is Kind.GRADE:
            quiet |= dict.fromkeys(engine.catalogue.spec(finding).keys, "5")
    return {**quiet, **way}
