"""Made-up charts for the rule tests: what a therapist writes down, in the fewest words.

Findings are written `"slr.result@right": "positive"`; a chart is such a dict, and charts add up.
The right leg is the painful one unless a test says otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from clinic_desktop.domain.catalogue import Catalogue
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import Key, Kind, Side, Value
from clinic_desktop.domain.visits import Case, FlagResolution, Patient, Retest, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge

Chart = Mapping[str, Value | None]
"""Findings by id and side; None takes one away again (back to blank)."""

FIRST_DAY = dt.date(2026, 3, 2)
WOMAN_OF_38 = Patient("Chart under test", age=38, sex="female")


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue, read once."""
    return load_catalogue()


@cache
def _suggester() -> Callable[[Case], Suggestion]:
    return shipped_knowledge(catalogue(), load_catalogue_text()).suggest


def panel(case: Case) -> Suggestion:
    """What the rule panel says."""
    return _suggester()(case)


# ---------------------------------------------------------------------- building
def _key(written: str) -> Key:
    finding, _, side = written.partition("@")
    return Key(finding, Side(side) if side else None)


def _checked(written: str, value: Value) -> Key:
    """The key, where the catalogue allows the value: a slip of the pen must not pass a test."""
    key = _key(written)
    spec = catalogue().spec(key.finding)
    assert key in spec.keys, f"{written}: no such finding or side"
    if spec.kind is Kind.NUMBER:
        assert isinstance(value, int | float)
        assert spec.low <= value <= spec.high, f"{written}: {value}"
    elif spec.kind is Kind.SET:
        assert isinstance(value, tuple)
        assert set(value) <= set(spec.choices), f"{written}: {value}"
    elif spec.kind is not Kind.TEXT:
        assert value in spec.choices, f"{written}: {value}"
    return key


def a_visit(
    *charts: Chart,
    day: int = 0,
    retests: Iterable[Retest] = (),
    resolved: Iterable[str] = (),
) -> Visit:
    """One visit so many days after the first; a later chart writes over an earlier one."""
    written: dict[str, Value | None] = {}
    for chart in charts:
        written.update(chart)
    return Visit(
        FIRST_DAY + dt.timedelta(days=day),
        {_checked(key, value): value for key, value in written.items() if value is not None},
        retests=tuple(retests),
        resolved_flags=tuple(FlagResolution(flag, "Seen and cleared.") for flag in resolved),
    )


def a_case(
    *charts: Chart,
    visits: Iterable[Visit] = (),
    patient: Patient = WOMAN_OF_38,
    retests: Iterable[Retest] = (),
    resolved: Iterable[str] = (),
) -> Case:
    """A course: the visits given, or one visit with these charts."""
    given = tuple(visits)
    return Case(patient, given or (a_visit(*charts, retests=retests, resolved=resolved),))


def read(
    *charts: Chart,
    patient: Patient = WOMAN_OF_38,
    retests: Iterable[Retest] = (),
    resolved: Iterable[str] = (),
) -> Suggestion:
    """The panel's answer for one visit with these charts and the whole screen asked and clear."""
    return panel(
        a_case(screen_answered(), *charts, patient=patient, retests=retests, resolved=resolved)
    )


def read_visits(*visits: Visit, patient: Patient = WOMAN_OF_38) -> Suggestion:
    """The panel's answer for the last of these visits."""
    return panel(a_case(visits=visits, patient=patient))


def retest(
    treatment: str,
    before: float | None = None,
    after: float | None = None,
    *,
    test: str = "bridge.pain",
    verdict: str | None = None,
    note: str | None = None,
) -> Retest:
    """A comparison on the painful (right) side."""
    return Retest(treatment, test, Side.RIGHT, before, after, verdict, note)


def both_sides(finding: str, value: Value) -> dict[str, Value]:
    """The same value on the right and the left."""
    return {f"{finding}@right": value, f"{finding}@left": value}


def blank(*written: str) -> dict[str, None]:
    """These findings taken away again."""
    return dict.fromkeys(written)


def mirrored(chart: Chart) -> dict[str, Value | None]:
    """The same patient in the mirror: right is left and left is right."""
    other = {"right": "left", "left": "right"}
    swapped: dict[str, Value | None] = {}
    for written, value in chart.items():
        finding, _, side = written.partition("@")
        if finding == "complaint.side" and isinstance(value, str):
            value = other.get(value, value)
        swapped[f"{finding}@{other[side]}" if side else finding] = value
    return swapped


# ---------------------------------------------------------------------- what is written down
FLAGS = tuple(finding for finding in load_catalogue().findings if finding.startswith("flag."))
POWERS = tuple(
    finding
    for finding, spec in load_catalogue().findings.items()
    if finding.startswith("power.") and spec.kind is Kind.GRADE
)


def flags_all_no() -> dict[str, Value]:
    """Every question of the screen asked and answered no."""
    return dict.fromkeys(FLAGS, "no")


def power_full() -> dict[str, Value]:
    """Leg power 5 on both sides, nothing limited by pain."""
    grades = {key: value for power in POWERS for key, value in both_sides(power, "5").items()}
    return grades | both_sides("power.pain_limited", "no")


def screen_answered() -> dict[str, Value]:
    """The whole screen asked, nothing found."""
    return flags_all_no() | power_full()


RIGHT_FOR_30_WEEKS: Chart = {
    "complaint.side": "right",
    "complaint.duration_weeks": 30,
    "complaint.trend": "steady",
}

NERVE_COUNTS: Chart = {
    "slump.result@right": "positive",
    "slump.familiar@right": "yes",
    "slump.release@right": "eases",
}
NERVE_CLEAR: Chart = both_sides("slr.result", "negative") | both_sides("slump.result", "negative")

BACK_CLEAR: Chart = {
    "story.back": "no",
    "lumbar.movement": "negative",
    "lumbar.repeated_movement": "no_effect",
}
OLD_BACK: Chart = {"story.back": "yes", "story.back_weeks_ago": 300}
GLUTE_DEFICIT: Chart = {
    "glute.abduction_power@right": "4-",
    "glute.trendelenburg@right": "positive",
}

STRETCHER: Chart = {"story.tightness": "yes", "story.stretching_before": "yes"}
NEVER_STRETCHED: Chart = {"story.tightness": "no", "story.stretching_before": "no"}
NO_INJURY: Chart = {"story.injury": "no", "complaint.onset": "gradual"}
INJURY: Chart = {
    "story.injury": "yes",
    "story.injury_weeks_ago": 30,
    "complaint.onset": "sudden",
}
STRETCHED_AFTER: Chart = {"story.stretching_after": "yes"}

TENDON_SET: Chart = {
    "palpation.tuberosity@right": 6,
    "palpation.familiar@right": "yes",
    "puranen_orava.result@right": "positive",
    "bent_knee.result@right": "positive",
}

P1: Chart = {**RIGHT_FOR_30_WEEKS, **OLD_BACK, **GLUTE_DEFICIT}
P2: Chart = {**RIGHT_FOR_30_WEEKS, **STRETCHER, **NO_INJURY, **NERVE_COUNTS}
P3: Chart = {
    **RIGHT_FOR_30_WEEKS,
    **NEVER_STRETCHED,
    **INJURY,
    **STRETCHED_AFTER,
    **NERVE_COUNTS,
}
P2_AND_P3: Chart = {**P3, **STRETCHER}
HAMSTRING: Chart = {"resisted.result@right": "positive"}
LOCAL: Chart = {
    **RIGHT_FOR_30_WEEKS,
    **NEVER_STRETCHED,
    **NO_INJURY,
    **NERVE_CLEAR,
    **BACK_CLEAR,
    **TENDON_SET,
}
OTHER: Chart = {
    **RIGHT_FOR_30_WEEKS,
    **NEVER_STRETCHED,
    **NO_INJURY,
    **NERVE_CLEAR,
    **BACK_CLEAR,
    "piriformis_stretch.result@right": "positive",
}


# ---------------------------------------------------------------------- red flags
CAUDA_EQUINA = ("flag.saddle_numbness", "flag.bladder_bowel", "flag.sexual_change")
ASKED_AGAIN: Chart = {
    **dict.fromkeys(CAUDA_EQUINA, "no"),
    "flag.both_legs_new": "no",
    "flag.power_falling": "no",
    "flag.cauda_equina_past": "no",
    **power_full(),
}
"""What is asked anew at each visit, answered no."""
QUIET: Chart = {**RIGHT_FOR_30_WEEKS, **NO_INJURY}
OPEN_WORDS = (None, "unknown", "not_asked")
OTHER_SIDE_TOO: Chart = mirrored(NERVE_COUNTS)


def yes(*questions: str) -> dict[str, str]:
    """These questions of the screen answered yes."""
    return dict.fromkeys((f"flag.{question}" for question in questions), "yes")


def injured(weeks: float, *charts: Chart) -> Chart:
    """An injury so many weeks ago, and what was found."""
    whole: dict[str, Value | None] = {
        "story.injury": "yes",
        "story.injury_weeks_ago": weeks,
        "complaint.duration_weeks": weeks,
        "complaint.onset": "sudden",
    }
    for chart in charts:
        whole.update(chart)
    return whole


# ---------------------------------------------------------------------- reading the answer
def flag_levels(answer: Suggestion) -> dict[str, str]:
    """The open red flags with their level."""
    assert len({flag.id for flag in answer.red_flags}) == len(answer.red_flags)
    return {flag.id: flag.level for flag in answer.red_flags}


def items(answer: Suggestion) -> tuple[str, ...]:
    """Every plan item suggested, in order."""
    return (*answer.plan.standing, *answer.plan.first, *answer.plan.later)


def asked(answer: Suggestion) -> tuple[str, ...]:
    """The findings the panel asks for next, in order."""
    return tuple(question.finding for question in answer.ask_next)


def disputed(answer: Suggestion) -> set[str]:
    """Every finding that is part of a contradiction."""
    return {finding for dispute in answer.contradictions for finding in dispute.findings}


def assert_withheld(answer: Suggestion) -> None:
    """The plan is empty and says why."""
    plan = answer.plan
    assert (plan.standing, plan.first, plan.later, plan.cautions) == ((), (), (), ())
    assert plan.withheld
