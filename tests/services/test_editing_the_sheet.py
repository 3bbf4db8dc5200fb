"""What is changed on the sheet goes into the visit, one step of undo each."""

import datetime as dt

import pytest

from clinic_desktop.domain.errors import BadCaseFile
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.visit.editing import VisitEditor
from tests.handout_contents import a_suggestion
from tests.strategies import PLAN_ITEMS

NOW = dt.datetime(2026, 3, 23, 10, 42, tzinfo=dt.UTC)


def an_editor() -> VisitEditor:
    """A visit with a plan of three items."""
    plan = tuple(map(PlanChoice, ("brace", "hinge", "slider_seated")))
    case = Case(Patient("Case A"), (Visit(NOW.date(), plan=plan),))
    return VisitEditor(case, lambda _case: a_suggestion(), lambda *_arguments: NOW)


def order(editor: VisitEditor) -> list[str]:
    return [choice.item for choice in editor.visit.plan]


def test_an_item_moves_by_one_and_stops_at_the_ends() -> None:
    editor = an_editor()
    editor.move_item("slider_seated", -1)
    assert order(editor) == ["brace", "slider_seated", "hinge"]
    editor.move_item("brace", -1)
    editor.move_item("hinge", 1)
    editor.move_item("education", 1)
    assert order(editor) == ["brace", "slider_seated", "hinge"]
    editor.undo()
    assert order(editor) == ["brace", "hinge", "slider_seated"], "what moved nothing is no step"


def test_words_typed_letter_by_letter_are_one_step_back() -> None:
    editor = an_editor()
    for typed in ("S", "Sl", "Slow"):
        editor.plan_words("hinge", typed)
    editor.plan_side("hinge", "both")
    assert editor.visit.plan[1] == PlanChoice("hinge", None, "both", "Slow")
    editor.undo()
    assert editor.visit.plan[1] == PlanChoice("hinge", words="Slow")
    editor.undo()
    assert editor.visit.plan[1] == PlanChoice("hinge")


def test_a_parked_item_comes_back_with_its_words() -> None:
    editor = an_editor()
    editor.plan_words("hinge", "Slow")
    editor.park("hinge")
    editor.unpark("hinge")
    assert editor.visit.plan[-1] == PlanChoice("hinge", words="Slow")


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ('"plan": [{"item": "brace", "side": "up"}]', "plan[0].side"),
        ('"plan": [{"item": "brace", "words": 3}]', "plan[0].words"),
        ('"adherence": {"stretching": "all"}', "adherence"),
        ('"adherence": {"brace": "often"}', "adherence.brace"),
    ],
)
def test_a_case_file_with_an_unknown_side_or_answer_is_refused(part: str, place: str) -> None:
    text = (
        '{"format": "clinic-desktop-case/1", "patient": {"name": "N"},'
        f' "visits": [{{"date": "2026-03-23", "findings": {{}}, {part}}}]}}'
    )
    with pytest.raises(BadCaseFile) as refused:
        read_case(text.encode(), load_catalogue(), PLAN_ITEMS)
    assert any(place in fault for fault in refused.value.faults), refused.value.faults
