"""What the trail holds, told in the words of the chart."""

from __future__ import annotations

import pytest

from clinic_desktop.services.audit.words import AuditWords
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library


@pytest.mark.parametrize(
    ("field", "held", "told"),
    [
        ("signs", '[["slr.angle","right"]]', "SLR, first symptom, right"),
        (
            "signs",
            '[["slr.angle","right"],["outcome.nprs_now",null]]',
            "SLR, first symptom, right; Pain now",
        ),
        ("planned_visits", "3", "3"),
        ("target", '{"measure":"outcome.pain_free_run","value":9.7}', "Pain-free run 9.7 km"),
        (
            "closing",
            '{"on":"2026-03-23","outcome":"goals_met","note":"Runs again."}',
            "on 23 Mar 2026, outcome goals met, note Runs again.",
        ),
        ("closing", None, "nothing"),
    ],
)
def test_signs_and_courses_are_told_in_words(field: str, held: str | None, told: str) -> None:
    """Two signs are two pairs, and neither of them a name."""
    words = AuditWords(load_catalogue(), load_catalogue_text(), load_plan_library())
    assert words.value(field, held) == told
