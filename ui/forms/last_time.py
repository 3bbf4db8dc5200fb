"""Last time beside today: what was found then, and whether it has really changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.catalogue import FindingSpec
from clinic_desktop.domain.values import Key, Kind, grade_rank, says_nothing
from clinic_desktop.services.words.dates import day_and_month
from clinic_desktop.services.words.translation import _
from ui.viewmodels.reading import MINUS
from ui.viewmodels.visit import VisitViewModel

from .words import short_words, unit_of_last

MEASURING_ERROR: Final = {"slr.angle": 10.0}
"""Smallest change in the field's unit that is more than measuring error (reading.md, 6)."""
PAIN_ERROR: Final = 2.0
"""The same for pain and tenderness from 0 to 10: a change of 2 can be detected (Childs 2005)."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """What stands in the grey column beside a field."""

    words: str = ""
    unit: str = ""
    """Behind the value: its unit, or the day where it is older than the column's head says."""
    changed: bool = False
    """Today's value differs by more than the measuring error."""
    repeated: bool = False
    """Today's value was charted as "the same, tested again"."""

    @property
    def spoken(self) -> str:
        """What the column and its signs say, in words."""
        said = _("last time {what}").format(what=f"{self.words} {self.unit}".strip())
        more = (_("changed") if self.changed else "", _("tested again") if self.repeated else "")
        return ", ".join(filter(None, (said if self.words else "", *more)))


def last_time_of(model: VisitViewModel, spec: FindingSpec, key: Key) -> LastTime:
    """What the grey column says beside a field."""
    before = model.last_time(key)
    if before is None:
        return LastTime()
    today = model.value(key)
    differs = not says_nothing(today) and not says_nothing(before) and today != before
    if differs and isinstance(today, int | float) and isinstance(before, int | float):
        differs = abs(today - before) > _error_of(spec)
    words = short_words(spec, model.text, before)
    older = model.editor.last_time_on(key)
    behind = day_and_month(older) if older else unit_of_last(spec)
    return LastTime(words, behind, differs, model.is_repeated(key))


def _error_of(spec: FindingSpec) -> float:
    """A change up to this is measuring error; nought where no error is known."""
    if spec.unit == "0-10":
        # A change of just this size is already real.
        return PAIN_ERROR - 0.001
    return MEASURING_ERROR.get(spec.id, 0.0)


def fallen_power(model: VisitViewModel, spec: FindingSpec, key: Key) -> str:
    """`fell from 5`, where muscle power is below last time's and a red flag stands on it."""
    if spec.kind is not Kind.GRADE:
        return ""
    today, before = model.value(key), model.last_time(key)
    if not isinstance(today, str) or not isinstance(before, str):
        return ""
    behind = any(spec.id in flag.because for flag in model.suggestion.red_flags)
    if not behind or grade_rank(today) >= grade_rank(before):
        return ""
    return _("fell from {grade}").format(grade=before.replace("-", MINUS))
