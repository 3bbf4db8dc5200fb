"""The search for charts made to order, bound to the shipped rules."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_desktop.domain.logic import Condition, Truth
from clinic_desktop.domain.reaching import HURTS, START, ChartMaker, Wanted, Wish, course_of
from tests.rules.chart_strategies import engine

__all__ = ["HURTS", "START", "Wanted", "charts_with", "course_of", "of_all"]


def charts_with(condition: Condition, truth: Truth, given: Wanted = START) -> Iterator[Wanted]:
    """Ways to make a condition come out so, the simplest first; the right leg is painful."""
    return of_all((condition, HURTS, truth), given=given)


def of_all(*wishes: Wish, given: Wanted) -> Iterator[Wanted]:
    """Ways to fulfil several wishes at once."""
    return ChartMaker(engine()).of_all(*wishes, given=given)
