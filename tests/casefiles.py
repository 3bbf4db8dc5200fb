"""Case files for tests: one that holds everything the format has, and ways to change it."""

import copy
import json
from typing import Any

CANARIES = ("Quetzal Vantongeren", "she cried on the stairs", "my own private reason")
"""A name and free texts that no message may ever repeat."""

NAME, TEXT, REASON = CANARIES

_WHOLE: dict[str, Any] = {
    "format": "clinic-desktop-case/1",
    "patient": {"name": NAME, "birth_date": "1982-03-14", "sex": "female", "language": "en"},
    "goal": TEXT,
    "planned_visits": 4,
    "reason": TEXT,
    "side": "right",
    "target": {"measure": "outcome.pain_free_run", "value": 9.7},
    "opened": "2026-03-01",
    "closed": {"date": "2026-03-30", "outcome": "goals_met", "note": TEXT},
    "visits": [
        {
            "date": "2026-03-02",
            "findings": {
                "complaint.side": "right",
                "complaint.sites": {"right": ["mid_posterior_thigh", "gluteal_fold"]},
                "complaint.sport": TEXT,
                "flag.saddle_numbness": "no",
                "slr.result": {"right": "positive", "left": "unable"},
                "slr.angle": {"right": 58, "left": 72.5},
                "glute.abduction_power": {"right": "4-", "left": "5"},
            },
            "notes_on": {"slr.result": TEXT},
            "retests": [
                {
                    "treatment": "slider_seated",
                    "test": "bridge.pain",
                    "side": "right",
                    "before": 6,
                    "after": 3,
                    "dose": "2 x 10",
                    "minutes": 4,
                },
                {
                    "treatment": "other",
                    "note": TEXT,
                    "test": "slump.result",
                    "side": "left",
                    "verdict": "better",
                },
            ],
            "plan": [
                {"item": "pause_stretching"},
                {"item": "slider_seated", "dose": "2 x 10, once a day"},
            ],
            "parked": ["brace", {"item": "hinge", "dose": TEXT}],
            "resolved_flags": [{"flag": "bone_stress_femoral_neck", "reason": REASON}],
            "psfs": [{"activity": TEXT, "score": 4.5}],
            "decision": {"pattern": "pattern_2", "agree": True, "reason": REASON},
            "addenda": [{"at": "2026-03-03T09:30:00Z", "author": NAME, "text": TEXT}],
            "signed": False,
            "signs": [{"test": "bridge.pain", "side": "right"}, {"test": "outcome.nprs_now"}],
            "activities": [TEXT, "sitting in the car"],
            "begun": {"treatment": "brace", "note": TEXT, "dose": "10 x 10 s", "minutes": 5},
        },
        {"date": "2026-03-02", "findings": {}, "signed": True},
    ],
}


def whole_case() -> dict[str, Any]:
    """A case file with every key of the format, to be changed at will."""
    return copy.deepcopy(_WHOLE)


def changed(*path: str | int, to: object) -> dict[str, Any]:
    """The whole case with one place set to something else, or taken away with `to=...`."""
    content: Any = whole_case()
    place = content
    for step in path[:-1]:
        place = place[step]
    if to is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    assert isinstance(content, dict)
    return content


def as_bytes(content: object) -> bytes:
    """The content as JSON; a text stands as it is."""
    if isinstance(content, bytes):
        return content
    return content.encode() if isinstance(content, str) else json.dumps(content).encode()
