"""Judging a before-and-after comparison against the measuring error (clinical-facts.md section
4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .rulebook import RetestBand
from .visits import Retest


def change_in_bands(retest: Retest, bands: Mapping[str, RetestBand]) -> float | None:
    """The change in multiples of the least change that counts, positive for better; None without
    numbers or band."""
    band = bands.get(retest.test)
    if band is None or retest.before is None or retest.after is None:
        return None
    change = retest.after - retest.before
    if band.better == "lower":
        change = -change
    least = band.by * retest.before / 100 if band.percent else band.by
    if least == 0:
        return 0.0 if change == 0 else (2.0 if change > 0 else -2.0)
    return change / least


def verdict_of(retest: Retest, bands: Mapping[str, RetestBand]) -> str | None:
    """`better`, `same` (no real change) or `worse`; None where neither numbers with a band nor a
    verdict are there."""
    if retest.verdict is not None:
        return retest.verdict
    change = change_in_bands(retest, bands)
    if change is None:
        return None
    if change >= 1:
        return "better"
    return "worse" if change <= -1 else "same"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a retest comes to, and the error it is held against."""

    verdict: str | None
    """`better`, `same` (no real change) or `worse`; None where nothing can be said."""
    least: float | None
    """The least change that counts, in the unit of the test; None without numbers or band."""


def judge(retest: Retest, bands: Mapping[str, RetestBand]) -> Judgement:
    """Hold a before-and-after comparison against the measuring error of its test."""
    band = bands.get(retest.test)
    least = None
    if band is not None and retest.before is not None and retest.after is not None:
        least = band.by * retest.before / 100 if band.percent else band.by
    return Judgement(verdict_of(retest, bands), least)
