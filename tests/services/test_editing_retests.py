"""Retests and signs under the therapist's hands: put, changed while typed, and taken back."""

import datetime as dt

import pytest

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, Retest, Visit
from clinic_desktop.services.visit.editing import VisitEditor
from tests.visit_on_screen import SAVED_AT, suggestion

RIGHT = Side.RIGHT
EARLIER = Retest("brace", "slr.angle", RIGHT, 50, 54)
SIX = Retest("slider_seated", "slr.angle", RIGHT, 54, 6)
SIXTY = Retest("slider_seated", "slr.angle", RIGHT, 54, 60)
PAIN = Retest("slider_seated", "bridge.pain", RIGHT, 6, 3)


def editor(*retests: Retest) -> VisitEditor:
    visit = Visit(dt.date(2026, 3, 2), retests=retests)
    case = Case(Patient("Case A"), (visit,))
    return VisitEditor(case, lambda _case: suggestion(), lambda *_: SAVED_AT)


def test_a_value_that_is_being_typed_takes_the_place_of_what_it_was() -> None:
    """6 on the way to 60 is not a second retest, and both keystrokes are one step of undo."""
    editing = editor(EARLIER)
    editing.put_retests((), (SIX,), merging="field")
    editing.put_retests((SIX,), (SIXTY,), merging="field")
    assert editing.visit.retests == (EARLIER, SIXTY)
    editing.undo()
    assert list(editing.visit.retests) == [EARLIER]


def test_signs_of_one_treatment_change_together_and_stay_in_their_place() -> None:
    editing = editor(EARLIER, SIXTY, PAIN)
    dosed = tuple(Retest(r.treatment, r.test, r.side, r.before, r.after, dose="2 x 10")
                  for r in (SIXTY, PAIN))  # fmt: skip
    editing.put_retests((SIXTY, PAIN), dosed)
    assert editing.visit.retests == (EARLIER, *dosed)


def test_of_two_alike_the_later_one_is_changed() -> None:
    """The same treatment twice with the same numbers: what is typed now is the second."""
    editing = editor(SIXTY, EARLIER, SIXTY)
    editing.put_retests((SIXTY,), (SIX,))
    assert editing.visit.retests == (SIXTY, EARLIER, SIX)


def test_what_an_undo_has_taken_away_is_added_anew() -> None:
    editing = editor(EARLIER)
    editing.put_retests((SIX,), (SIXTY,))
    assert editing.visit.retests == (EARLIER, SIXTY)


def test_one_to_three_different_signs() -> None:
    keys = tuple(Key(name, side) for name in ("slr.angle", "bridge.pain") for side in Side)
    editing = editor()
    editing.choose_signs(keys[:3])
    assert editing.visit.signs == keys[:3]
    for wrong in (keys, (keys[0], keys[0])):
        with pytest.raises(ValueError, match="different signs"):
            editing.choose_signs(wrong)
    assert editing.visit.signs == keys[:3]
