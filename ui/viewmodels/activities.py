"""The patient's own activities as slots on screen: each keeps its place while it is typed."""

from __future__ import annotations

from typing import Final

from clinic_desktop.domain.activities import (
    LEAST_ACTIVITIES,
    MOST_ACTIVITIES,
    OwnActivity,
    activities_of,
    earlier_activities,
    earlier_score,
    folded_name,
    mean_score,
    same_activities,
    verdict_of_activity,
)
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.retests import Judgement, judge
from clinic_desktop.domain.trends import PSFS
from clinic_desktop.domain.visits import Retest
from clinic_desktop.services.words.translation import _

from .reading import read_typed
from .visit import VisitViewModel

LONGEST: Final = 80
"""Letters of an activity: it stands on one line of the form, the chart and the note."""


class ActivitySlots:
    """Five places. A name of the last visit stands in grey until it is scored or written over."""

    def __init__(self, model: VisitViewModel) -> None:
        self.model = model
        known = earlier_activities(model.editor.case)
        names = [row.name for row in known[:MOST_ACTIVITIES]]
        self.proposed = (*names, *([""] * (MOST_ACTIVITIES - len(names))))
        """Names of the last visit by place; empty where there is none."""
        self.slots: list[OwnActivity | None] = []
        self._begun: dict[int, OwnActivity | None] = {}
        """What stood in a place before its name was typed over."""
        self._places: dict[str, int] = {}
        """Where each name stood last, so that what undo brings back comes to its own place."""
        self._place(activities_of(model.visit))

    # ------------------------------------------------------------------ what stands there
    def _place(self, rows: tuple[OwnActivity, ...]) -> None:
        """Put each activity where its name is proposed, the others into the places left."""
        slots: list[OwnActivity | None] = [None] * MOST_ACTIVITIES
        others = []
        for row in rows:
            at = self._places.get(folded_name(row.name), self._proposed_at(row.name))
            if at is not None and slots[at] is None:
                slots[at] = row
            else:
                others.append(row)
        free = sorted(
            (n for n in range(MOST_ACTIVITIES) if slots[n] is None),
            key=lambda n: (bool(self.proposed[n]), n),
        )
        for row in others:
            # A case file may hold more than five; what is there is shown.
            if free:
                slots[free.pop(0)] = row
            else:
                slots.append(row)
        self.slots = slots

    def _proposed_at(self, name: str) -> int | None:
        wanted = folded_name(name)
        names = [folded_name(proposed) for proposed in self.proposed]
        return names.index(wanted) if wanted and wanted in names else None

    @property
    def rows(self) -> tuple[OwnActivity, ...]:
        """The activities in the order of their places."""
        return tuple(row for row in self.slots if row is not None)

    @property
    def shown(self) -> int:
        """How many places to show: three, and always one that is free, up to five."""
        last = max((n for n, row in enumerate(self.slots) if row is not None), default=-1)
        known = sum(bool(name) for name in self.proposed)
        free = all(self.slots[n] is not None or self.proposed[n] for n in range(last + 1))
        wanted = max(LEAST_ACTIVITIES, last + 1 + free, known)
        return min(max(wanted, last + 1), max(MOST_ACTIVITIES, len(self.slots)))

    def follow(self) -> bool:
        """Follow what the visit says now; True where it is not what stands here."""
        rows = activities_of(self.model.visit)
        if rows == self.rows:
            return False
        self._place(rows)
        return True

    def proposal(self, place: int) -> str:
        """The name in grey; empty where a place is taken or nothing is proposed."""
        if place >= len(self.proposed) or self.slots[place] is not None:
            return ""
        name = self.proposed[place]
        used = {folded_name(row.name) for row in self.rows}
        return "" if folded_name(name) in used else name

    def name_at(self, place: int) -> str:
        """The name of a place, charted or proposed."""
        row = self.slots[place]
        return row.name if row is not None else self.proposal(place)

    def last_score(self, place: int) -> float | None:
        """What the activity of a place scored last time."""
        scored = earlier_score(self.model.editor.case, self.name_at(place))
        return scored[1] if scored else None

    # ------------------------------------------------------------------ what is typed
    def name(self, place: int, typed: str) -> str:
        """Name an activity or write over its name; gives what is wrong, in words.

        A blank name changes nothing until the field is left: then `leave` takes the activity out.
        """
        name = " ".join(typed.split())
        row = self.slots[place]
        if not name:
            return ""
        problem = self._name_problem(place, name)
        begun = self._begun.setdefault(place, row)
        if problem:
            # Half of the new name is no name: the one before it stays until this is put right.
            self._put(place, begun, ("activity", place))
            return problem
        self._put(place, OwnActivity(name, row.score if row else None), ("activity", place))
        return ""

    def _name_problem(self, place: int, name: str) -> str:
        if len(name) > LONGEST:
            return _("{most} letters at most").format(most=LONGEST)
        others = (other for at, other in enumerate(self.slots) if at != place and other)
        twice = folded_name(name) in {folded_name(other.name) for other in others}
        return _("named twice") if twice else ""

    def leave(self, place: int, typed: str) -> bool:
        """The name was left: a blank one takes its activity out; True where one went."""
        self._begun.pop(place, None)
        if typed.strip() or self.slots[place] is None:
            return False
        self._put(place, None, None)
        return True

    def score(self, place: int, raw: object) -> str:
        """Score the activity of a place, 0 to 10; the proposed name is then taken over.

        Gives what is wrong, in words; what cannot be read is not charted.
        """
        row = self.slots[place]
        try:
            value = read_typed(self.model.catalogue.spec(PSFS), raw)
        except InvalidValue as problem:
            if row is not None:
                self._put(place, OwnActivity(row.name), ("score", place))
            return str(problem)
        score = value if isinstance(value, int | float) else None
        name = self.name_at(place)
        if not name:
            return _("name the activity") if score is not None else ""
        if row is None and score is None:
            return ""
        proposed_only = score is None and self._is_last_times(place)
        self._put(place, None if proposed_only else OwnActivity(name, score), ("score", place))
        return ""

    def _is_last_times(self, place: int) -> bool:
        """Whether a place holds just the name that was proposed for it: without a score it is in
        grey again."""
        row = self.slots[place]
        proposed = self.proposed[place] if place < len(self.proposed) else ""
        return row is not None and bool(proposed) and row.name == proposed

    def same(self, place: int) -> bool:
        """Score the same as last time, asked again; False where there is nothing to repeat."""
        last = self.last_score(place)
        if last is None:
            return False
        self.score(place, last)
        return True

    def _put(self, place: int, row: OwnActivity | None, merging: object) -> None:
        if self.model.locked or self.slots[place] == row:
            return
        self.slots[place] = row
        if row is not None:
            self._places[folded_name(row.name)] = place
        self.model.editor.own_activities(self.rows, merging)

    # ------------------------------------------------------------------ what it comes to
    @property
    def mean(self) -> float | None:
        """Mean of what was scored today."""
        return mean_score(self.model.visit)

    def change(self) -> tuple[float, Judgement] | None:
        """The mean of the last visit that scored the same activities, and how today's is judged
        against it; None where the means cannot be compared."""
        visits = self.model.editor.case.visits
        now = self.mean
        earlier = next((visit for visit in reversed(visits[:-1]) if visit.psfs), None)
        if now is None or earlier is None or not same_activities(earlier, visits[-1]):
            return None
        before = mean_score(earlier)
        assert before is not None
        return before, judge(Retest("", PSFS, None, before, now), self.model.bands())

    def verdict(self, place: int) -> str:
        """`better`, `same` or `worse` for one activity; empty where it cannot be told."""
        row, last = self.slots[place], self.last_score(place)
        if row is None or row.score is None or last is None:
            return ""
        return verdict_of_activity(last, row.score)
