"""Signs, doses, minutes and activities in a case file: what is refused, and with which words."""

import json

import pytest

from clinic_desktop.domain.errors import BadCaseFile
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from tests.casefiles import TEXT, changed

VISIT = ("visits", 0)
RETEST = (*VISIT, "retests", 0)
SLR = {"test": "slr.angle", "side": "right"}


def faults(content: object) -> tuple[str, ...]:
    """Why a case file is refused."""
    with pytest.raises(BadCaseFile) as refused:
        read_case(json.dumps(content).encode(), load_catalogue(), load_plan_library().items)
    return refused.value.faults


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ((*VISIT, "signs"), SLR, "visits[0].signs: must be a list, in [ ]"),
        ((*VISIT, "signs"), [SLR, SLR], "visits[0].signs: names a sign twice"),
        (
            (*VISIT, "signs"),
            [
                SLR, {"test": "slr.angle", "side": "left"}, {"test": "bridge.pain", "side": "left"},
                {"test": "bridge.pain", "side": "right"},
            ],
            "visits[0].signs: holds 4 signs; 3 at most",
        ),
        (
            (*VISIT, "signs"),
            [{"test": "slr.angle"}],
            'visits[0].signs[0]: slr.angle needs a side: "right" or "left"',
        ),
        (
            (*VISIT, "signs"),
            [{"test": "flag.pop"}],
            "visits[0].signs[0].test: is no test that is taken again within a visit",
        ),
        ((*VISIT, "signs"), [{"side": "left"}], "visits[0].signs[0].test: is missing"),
        ((*VISIT, "activities"), ["  "], "visits[0].activities[0]: must not be empty"),
        ((*VISIT, "activities"), [3], "visits[0].activities[0]: must be text"),
        ((*RETEST, "minutes"), 241, "visits[0].retests[0].minutes: 241 is outside 0..240 min"),
        ((*RETEST, "minutes"), "4", "visits[0].retests[0].minutes: must be a number in 0..240 min"),
        ((*RETEST, "dose"), 10, "visits[0].retests[0].dose: must be text"),
        ((*RETEST, "dose"), "", "visits[0].retests[0].dose: must not be empty"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place(path: tuple[str | int, ...], value: object, line: str) -> None:
    found = faults(changed(*path, to=value))
    assert line in found
    assert not any(TEXT in fault for fault in found)
