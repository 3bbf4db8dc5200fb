"""Judging a before-and-after comparison against the measuring error (clinical-facts.md section
4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

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


PAIN_OF: Final = {"bridge.reps": "bridge.pain"}
"""The pain of a test that is counted: more repetitions count only at no more pain (clinical facts,
section 4, in-session retest)."""


def at_more_pain(retest: Retest, beside: Iterable[Retest]) -> bool:
    """Whether the same treatment left the test more painful than before, by whatever little."""
    pain = PAIN_OF.get(retest.test)
    return any(
        other.test == pain
        and (other.side, other.treatment) == (retest.side, retest.treatment)
        and other.before is not None
        and other.after is not None
        and other.after > other.before
        for other in beside
    )


def verdict_of(
    retest: Retest, bands: Mapping[str, RetestBand], beside: Iterable[Retest] = ()
) -> str | None:
    """`better`, `same` (no real change) or `worse`; None where neither numbers with a band nor a
    verdict are there.

    `beside` are the visit's retests: what is better only at more pain is no real change.
    """
    if retest.verdict is not None:
        return retest.verdict
    change = change_in_bands(retest, bands)
    if change is None:
        return None
    if change >= 1:
        return "same" if at_more_pain(retest, beside) else "better"
    return "worse" if change <= -1 else "same"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a retest comes to, and the error it is held against."""

    verdict: str | None
    """`better`, `same` (no real change) or `worse`; None where nothing can be said."""
    least: float | None
    """The least change that counts, in the unit of the test; None without numbers or band."""
    at_more_pain: bool = False
    """Whether it would be better, but only at more pain."""


def judge(
    retest: Retest, bands: Mapping[str, RetestBand], beside: Iterable[Retest] = ()
) -> Judgement:
    """Hold a before-and-after comparison against the measuring error of its test; `beside` as for
    `verdict_of`."""
    band = bands.get(retest.test)
    least = None
    if band is not None and retest.before is not None and retest.after is not None:
        least = band.by * retest.before / 100 if band.percent else band.by
    return with_pain(Judgement(verdict_of(retest, bands), least), retest, beside)


def with_pain(judgement: Judgement, retest: Retest, beside: Iterable[Retest]) -> Judgement:
    """The judgement, held back where the test hurt more afterwards."""
    if judgement.verdict == "better" and at_more_pain(retest, beside):
        return replace(judgement, verdict="same", at_more_pain=True)
    return judgement
