"""What was answered after three visits without a real change, kept beside the decision's reason."""

import pytest

from clinic_desktop.domain.visits import Decision
from clinic_desktop.services.course.answers import ANSWERS, CourseAnswer, answer_of, with_answer


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("why", ["", "Sits 40 min again", "go on. refer; another pattern"])
def test_an_answer_is_read_as_it_was_given(answer: str, why: str) -> None:
    said = CourseAnswer(answer, why)
    assert answer_of(with_answer(None, said)) == said


def test_a_second_answer_takes_the_place_of_the_first_and_spares_the_decision() -> None:
    """What she wrote on the panel is not the board's to change."""
    own = Decision("pattern_2", False, "The back fits better")
    first = with_answer(own, CourseAnswer("go_on", "One more week"))
    second = with_answer(first, CourseAnswer("refer", "No change"))
    assert second is not None
    assert second.reason is not None
    assert "One more week" not in second.reason
    assert second.reason.startswith("The back fits better ")
    assert answer_of(second) == CourseAnswer("refer", "No change")
    assert with_answer(second, None) == own


def test_no_answer_is_no_decision() -> None:
    assert with_answer(None, None) is None
    assert with_answer(with_answer(None, CourseAnswer("refer")), None) is None
    assert with_answer(Decision(), None) == Decision(), "one that says nothing is still one"
    assert answer_of(Decision("pattern_1", True, "Agreed after the retest")) is None
