"""The plan: standing instructions, at most two first items, what may follow, and what speaks
against an item."""

from __future__ import annotations

from collections.abc import Iterable

from .engine import Engine
from .explaining import Explainer
from .naming import WITHHOLDING
from .reading import Reading
from .retests import change_in_bands, verdict_of
from .rulebook import PlanRule
from .suggestion import Caution, RedFlag, Screen, SuggestedPlan
from .visits import Case

MOST_FIRST = 2
"""At most two new items at one visit (article: one or two at a time)."""

GAIT, LOAD = "gait", "load"


def plan_rule(item: str, caution: int = 0) -> str:
    """Id of a plan item's rule, or of one of its cautions (the first is 1)."""
    return f"plan.{item}.{caution}" if caution else f"plan.{item}"


class Planner:
    """Puts the plan of one chart together."""

    def __init__(self, engine: Engine, case: Case, reading: Reading, explainer: Explainer) -> None:
        self._rules = engine.rulebook.plan
        self._words = engine.rulebook.words
        self._engine = engine
        self._case = case
        self._reading = reading
        self._explainer = explainer
        self._scores = self._retest_scores()

    def plan(
        self, named: tuple[str, ...], open_flags: tuple[RedFlag, ...], screen: Screen
    ) -> SuggestedPlan:
        """The plan, or why it is withheld."""
        grave = [flag.title for flag in open_flags if flag.level in WITHHOLDING]
        if grave:
            return SuggestedPlan(withheld=self._words["red_flag"].format(flags=", ".join(grave)))
        if not screen.complete:
            count = len(screen.unanswered)
            return SuggestedPlan(withheld=self._words["provisional"].format(count=count))
        review = [flag for flag in open_flags if flag.level == "I"]
        without = self._rules.without_data
        offered = tuple(item for item in without if self._may(item, review, first_choice=True))
        if named:
            # Where all first choices wait for a review, what is offered to everyone leads.
            first, later = self._first(named, review) or offered[:1], self._later(named, review)
        else:
            first, later = offered[:1], offered[1:]
        later = tuple(item for item in dict.fromkeys(later) if item not in first)
        cautions = self._cautions((*first, *later), review, named)
        return SuggestedPlan(self._standing(named), tuple(first), later, None, cautions)

    # ------------------------------------------------------------------ what goes in
    def _standing(self, named: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            rule.item
            for rule in self._rules.standing
            if not named
            or set(named) & set(rule.with_patterns)
            or self._explainer.explain(rule.when).truth is True
        )

    def _first(self, named: tuple[str, ...], review: list[RedFlag]) -> tuple[str, ...]:
        """What a retest showed to help, then the driver's own first choices; of different kinds, at
        most two."""
        slots = self._engine.patterns[named[0]].pattern.first
        choices = (self._best(slot, review) for slot in slots)
        first: list[str] = []
        for item in (*self._helped(review), *choices):
            kinds = {self._rules.items[chosen].kind for chosen in first}
            if item is not None and self._rules.items[item].kind not in kinds:
                first.append(item)
        return tuple(first[:MOST_FIRST])

    def _helped(self, review: list[RedFlag]) -> tuple[str, ...]:
        """The item with the best retest, if one was better; () if none."""
        standing = {rule.item for rule in self._rules.standing}
        better = [
            item
            for item in self._rules.items  # equal ones in the order of the rules, not of entry
            if self._scores.get(item, 0.0) > 0
            and item not in standing
            and self._may(item, review, first_choice=True)
        ]
        return (max(better, key=lambda item: self._scores[item]),) if better else ()

    def _best(self, slot: Iterable[str], review: list[RedFlag]) -> str | None:
        """The item of a slot with the best retest; untried ones in their order, failed ones last,
        worse ones never."""
        allowed = [item for item in slot if self._may(item, review, first_choice=True)]
        return max(allowed, key=lambda item: self._scores.get(item, 0.0), default=None)

    def _later(self, named: tuple[str, ...], review: list[RedFlag]) -> tuple[str, ...]:
        """What may follow: the driver's other first choices, those of the patterns beside it, then
        the rest."""
        driver, *beside = (self._engine.patterns[pattern].pattern for pattern in named)
        own = {item for pattern in (driver, *beside) for slot in pattern.first for item in slot}
        items = [item for slot in driver.first for item in slot]
        items += [slot[0] for pattern in beside for slot in pattern.first]
        items += [item for pattern in (driver, *beside) for item in pattern.later]
        items += self._one_cue(
            [item for item, rule in self._rules.items.items() if rule.anywhere], review
        )
        return tuple(
            item
            for item in dict.fromkeys(items)
            if self._may(item, review, first_choice=item in own)
        )

    def _one_cue(self, items: list[str], review: list[RedFlag]) -> list[str]:
        """The items with only the first fitting gait cue among them: one cue at a time."""
        cues = [i for i in items if self._rules.items[i].kind == GAIT and self._may(i, review)]
        return [i for i in items if self._rules.items[i].kind != GAIT or i in cues[:1]]

    def _may(self, item: str, review: list[RedFlag], *, first_choice: bool = False) -> bool:
        rule = self._rules.items.get(item)
        if rule is None or (rule.loading and review) or self._scores.get(item, 0.0) < -1:
            return False
        if any(c.bars and self._explainer.explain(c.when).truth is True for c in rule.cautions):
            return False
        if rule.when is None or first_choice:
            return True
        return self._explainer.explain(rule.when).truth is True

    # ------------------------------------------------------------------ what the retests showed
    def _retest_scores(self) -> dict[str, float]:
        """A score for each treatment from the retests of its latest visit: over 0 helped, -0.5 no
        real change, -2 worse. Of several tests the best speaks, but worse on any is worse."""
        scores: dict[str, float] = {}
        for visit in self._case.visits:
            today: dict[str, list[float]] = {}
            for retest in visit.retests:
                verdict = verdict_of(retest, self._rules.bands, visit.retests)
                if verdict is None or retest.treatment not in self._rules.items:
                    continue
                size = change_in_bands(retest, self._rules.bands) or 1.0
                score = {"better": max(size, 0.1), "same": -0.5}.get(verdict, -2.0)
                today.setdefault(retest.treatment, []).append(score)
            for treatment, each in today.items():
                scores[treatment] = min(each) if min(each) < -1 else max(each)
        return scores

    # ------------------------------------------------------------------ what speaks against
    def _cautions(
        self, listed: tuple[str, ...], review: list[RedFlag], named: tuple[str, ...]
    ) -> tuple[Caution, ...]:
        found: list[Caution] = []
        chosen = {choice.item for choice in self._case.last.plan}
        for item, rule in self._rules.items.items():
            if item in listed or item in chosen or rule.loading:
                found += self._charted_cautions(item, rule)
            if item in chosen and rule.loading and review:
                found.append(self._review_caution(item, review))
            if item in chosen and self._scores.get(item, 0.0) < 0:
                worse = self._scores[item] < -1
                text = self._words["retest_worse" if worse else "retest_same"]
                found.append(Caution(item, self._tests_of(item), text, plan_rule(item)))
        found += self._held_back(named, review, chosen)
        found += self._cue_with_load({*chosen, *listed[:MOST_FIRST]})
        return tuple(dict.fromkeys(found))

    def _held_back(
        self, named: tuple[str, ...], review: list[RedFlag], chosen: set[str]
    ) -> list[Caution]:
        """First choices that wait for a medical review."""
        if not review or not named:
            return []
        slots = self._engine.patterns[named[0]].pattern.first
        waiting = [i for slot in slots for i in slot[:1] if self._rules.items[i].loading]
        return [self._review_caution(item, review) for item in waiting if item not in chosen]

    def _cue_with_load(self, taken: set[str]) -> list[Caution]:
        """A gait cue waits while a load stage is new: one change at a time (clinical facts 5,
        21)."""
        kinds = {self._rules.items[item].kind for item in taken if item in self._rules.items}
        cautions = []
        for item, rule in self._rules.items.items():
            if rule.kind != GAIT or LOAD not in kinds or rule.when is None:
                continue
            reason = self._explainer.explain(rule.when)
            if reason.truth is True:
                because = dict.fromkeys(k.finding for k in self._engine.ordered(reason.because))
                cautions.append(Caution(item, tuple(because), self._words["gait_with_load"]))
        return cautions

    def _charted_cautions(self, item: str, rule: PlanRule) -> list[Caution]:
        found = []
        for number, caution in enumerate(rule.cautions, 1):
            reason = self._explainer.explain(caution.when)
            because = dict.fromkeys(k.finding for k in self._engine.ordered(reason.because))
            if reason.truth is True and because:
                found.append(Caution(item, tuple(because), caution.text, plan_rule(item, number)))
        return found

    def _review_caution(self, item: str, review: list[RedFlag]) -> Caution:
        because = dict.fromkeys(finding for flag in review for finding in flag.because)
        titles = ", ".join(flag.title for flag in review)
        text = self._words["review"].format(flags=titles)
        return Caution(item, tuple(because), text, plan_rule(item))

    def _tests_of(self, item: str) -> tuple[str, ...]:
        tests = [r.test for v in self._case.visits for r in v.retests if r.treatment == item]
        return tuple(dict.fromkeys(tests))
