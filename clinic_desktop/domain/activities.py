"""The patient's own activities (PSFS): three to five, each scored from 0 to 10 at every visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from .visits import Activity, Case, Visit

LEAST_ACTIVITIES: Final = 3
MOST_ACTIVITIES: Final = 5
"""Three to five of the patient's own (PSFS; clinical facts, section 4)."""
SINGLE_CHANGE: Final = 3.0
"""Change of one activity that counts, points of 10 (second-hand source, RehabMeasures)."""


@dataclass(frozen=True, slots=True)
class OwnActivity:
    """An activity as it stands in a visit; its score is None until it is asked."""

    name: str
    score: float | None = None


def activities_of(visit: Visit) -> tuple[OwnActivity, ...]:
    """All activities of a visit in their order, scored or not."""
    if not visit.activities:
        return tuple(OwnActivity(scored.activity, scored.score) for scored in visit.psfs)
    left = list(visit.psfs)
    rows = []
    for name in visit.activities:
        at = next((n for n, scored in enumerate(left) if scored.activity == name), None)
        rows.append(OwnActivity(name, None if at is None else left.pop(at).score))
    return (*rows, *(OwnActivity(scored.activity, scored.score) for scored in left))


def with_activities(visit: Visit, rows: Sequence[OwnActivity]) -> Visit:
    """The visit with these activities. A name without a score is kept as a name alone."""
    scored = tuple(Activity(row.name, row.score) for row in rows if row.score is not None)
    names = () if len(scored) == len(rows) else tuple(row.name for row in rows)
    return replace(visit, psfs=scored, activities=names)


def earlier_activities(case: Case) -> tuple[OwnActivity, ...]:
    """Those of the latest earlier visit that had some: their names are proposed, never their
    scores."""
    for visit in reversed(case.visits[:-1]):
        rows = activities_of(visit)
        if rows:
            return rows
    return ()


def folded_name(name: str) -> str:
    """A name by which an activity is known again: case and blanks do not count."""
    return " ".join(name.casefold().split())


def earlier_score(case: Case, name: str) -> tuple[int, float] | None:
    """Place of the latest earlier visit that scored an activity, and its score there."""
    wanted = folded_name(name)
    for at in range(len(case.visits) - 2, -1, -1):
        for row in activities_of(case.visits[at]):
            if row.score is not None and folded_name(row.name) == wanted:
                return at, row.score
    return None


def mean_score(visit: Visit) -> float | None:
    """Mean of the scored activities, 0 to 10; None where none is scored."""
    if not visit.psfs:
        return None
    return sum(scored.score for scored in visit.psfs) / len(visit.psfs)


def same_activities(one: Visit, other: Visit) -> bool:
    """Whether two visits scored the same activities, so that their means can be compared."""
    names = [sorted(folded_name(scored.activity) for scored in v.psfs) for v in (one, other)]
    return names[0] == names[1]


def verdict_of_activity(before: float, now: float) -> str:
    """`better`, `same` (no real change) or `worse` for a single activity."""
    if abs(now - before) < SINGLE_CHANGE:
        return "same"
    return "better" if now > before else "worse"
