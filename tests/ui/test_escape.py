"""Esc closes what lies over a field, and the therapist stays in the visit."""

import pytest
from PySide6.QtCore import Qt

from tests.at_the_desk import Therapist


@pytest.mark.parametrize(
    ("section", "field", "opens", "back"),
    [
        ("nerves", "slr.site@right", Qt.Key.Key_Space, "slr.site@right"),
        ("gait", "gait.cadence", Qt.Key.Key_T, "gait.cadence"),
        ("story", "body_chart", Qt.Key.Key_Return, "body_chart"),
    ],
)
def test_escape_closes_what_is_open_and_stays(
    therapist: Therapist, section: str, field: str, opens: Qt.Key, back: str
) -> None:
    therapist.begins_visit()
    therapist.page.open_section(section)
    therapist.goes_to(field)
    therapist.presses(opens)
    assert therapist.focus.objectName() != field
    therapist.presses(Qt.Key.Key_Escape)
    assert therapist.window.visit is not None
    assert therapist.focus.objectName() == back
