"""Made-up courses and their papers, for the tests of the clinician's papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.suggestion import RedFlag, Screen, SuggestedPlan, Suggestion
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.knowledge.retest_bands import load_bands
from clinic_desktop.services.papers.parts import PaperSource

FIRST = dt.date(2026, 1, 12)
CLINIC = Clinic("Hillside Physical Therapy", "020 7946 0123", "12 Hill Street", "999")
PATIENT = Patient("Case B", dt.date(1986, 5, 14), sex="female")
CAUDA = RedFlag(
    "cauda_equina", "E", ("flag.saddle_numbness",), "Send to the emergency department now.",
    "Cauda equina",
)  # fmt: skip


@cache
def a_source(clinic: Clinic = CLINIC, number: int | None = 17) -> PaperSource:
    """Everything real but the clinic and the clinician."""
    return PaperSource(
        load_catalogue(),
        load_catalogue_text(),
        load_plan_library(),
        load_bands(),
        clinic,
        "A. Rivera, PT",
        number,
    )


def right(finding: str) -> Key:
    """A finding of the right side."""
    return Key(finding, Side.RIGHT)


def left(finding: str) -> Key:
    """A finding of the left side."""
    return Key(finding, Side.LEFT)


def a_course(*charts: Mapping[Key, Value], days: tuple[int, ...] = ()) -> Case:
    """A visit for each chart, a week apart or on the days counted from the first."""
    on = days or tuple(7 * n for n in range(len(charts)))
    visits = tuple(
        Visit(FIRST + dt.timedelta(days=day), dict(chart))
        for day, chart in zip(on, charts, strict=True)
    )
    return Case(PATIENT, visits)


def with_last(case: Case, **changes: object) -> Case:
    """The course with something else in its last visit."""
    last = replace(case.last, **changes)  # type: ignore[arg-type]
    return replace(case, visits=(*case.visits[:-1], last))


def a_suggestion(*flags: RedFlag, patterns: tuple[str, ...] = ("pattern_2",)) -> Suggestion:
    """What the rules say; an open grave flag sets pattern and plan aside."""
    grave = any(flag.level in "ESU" for flag in flags)
    return Suggestion(
        status="red_flag" if grave else "suggested" if patterns else "not_enough_data",
        patterns=() if grave else patterns,
        lean=(),
        provisional=False,
        red_flags=flags,
        resolved_flags=(),
        screen=Screen(True, ()),
        ledger={},
        contradictions=(),
        ask_next=(),
        plan=SuggestedPlan(withheld="A red flag is open." if grave else None),
        knowledge=("2026.11.1", "ab" * 32),
    )
