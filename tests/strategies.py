"""Made-up charts for Hypothesis: whole cases that the contract allows, drawn from the catalogue."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import strategies as st

from clinic_desktop.domain.catalogue import Catalogue, FindingSpec
from clinic_desktop.domain.courses import COURSE_SIDES, OUTCOMES, Closing, CourseFacts, GoalNumber
from clinic_desktop.domain.signs import can_be_taken_again
from clinic_desktop.domain.texts import composed
from clinic_desktop.domain.trends import MEASURES
from clinic_desktop.domain.values import PATTERNS, RED_FLAGS, Key, Kind, Side, Value
from clinic_desktop.domain.visits import (
    ADHERENCE,
    LONGEST_TREATMENT,
    MOST_SIGNS,
    PLAN_SIDES,
    SEXES,
    Activity,
    Addendum,
    Case,
    Decision,
    FlagResolution,
    Patient,
    PlanChoice,
    Retest,
    Treatment,
    Visit,
)
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue

PLAN_ITEMS = (
    "pause_stretching",
    "slider_seated",
    "slider_standing",
    "slider_lying",
    "tensioner",
    "glute_burn",
    "glute_strength",
    "tendon_massage",
    "brace",
    "recovery_position",
    "sitting_advice",
    "hinge",
    "traction_sidelying",
    "directional_preference",
    "load_isometric",
    "load_heavy_slow",
    "load_hip_bend",
    "load_energy_storage",
    "load_management",
    "return_to_run",
    "cue_cadence",
    "cue_land_closer",
    "cue_tall_lean",
    "education",
)
"""The contract's ids, written out: a rename in the shipped plan must fail a test, not follow it."""

OWN_ITEMS = ("clinic.wall_press", "north.step_down")
"""Exercises of clinics' own, whose words are not here."""

DRAWINGS = {
    "glute_burn": ("side_step",),
    "tendon_massage": ("roller",),
    "recovery_position": ("prone",),
    **dict.fromkeys(OWN_ITEMS, ("with_towel", "low")),
}
"""Other drawings of items, beside the usual one."""

_LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"))
_UNSEEN = "\n\t\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad\u2028"
TEXTS = st.text(st.one_of(_LETTERS, st.sampled_from(_UNSEEN)), max_size=40).map(composed)
"""What may be typed into a text: any script, lines, tabs, blanks, nothing."""

WORDS = (
    st.text(st.one_of(_LETTERS, st.sampled_from("\u200c\u200d")), min_size=1, max_size=30)
    .map(composed)
    .filter(lambda text: text.strip() != "")
)
"""A text that says something, or a name."""

VISIT_DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2026, 11, 24))
MOMENTS = st.datetimes(
    dt.datetime(2015, 1, 1),  # noqa: DTZ001 - the zone is drawn
    dt.datetime(2026, 11, 24),  # noqa: DTZ001
    timezones=st.sampled_from((dt.UTC, dt.timezone(dt.timedelta(hours=-5, minutes=-30)))),
).map(dt.datetime.isoformat)


def values(spec: FindingSpec) -> st.SearchStrategy[Value]:
    """Any value that a finding takes; whole numbers and fractions, sets in any order."""
    match spec.kind:
        case Kind.NUMBER:
            whole = st.integers(int(spec.low), int(spec.high))
            return st.one_of(whole, st.floats(spec.low, spec.high))
        case Kind.SET:
            return st.lists(st.sampled_from(spec.choices), unique=True).map(tuple)
        case Kind.TEXT:
            return TEXTS
        case _:
            return st.sampled_from(spec.choices)


@st.composite
def findings(
    draw: st.DrawFn, catalogue: Catalogue | None = None, most: int = 25
) -> dict[Key, Value]:
    """What was charted in one visit: up to so many findings, each side for itself."""
    catalogue = catalogue or load_catalogue()
    keys = [key for spec in catalogue.findings.values() for key in spec.keys]
    charted = draw(st.lists(st.sampled_from(keys), unique=True, max_size=most))
    return {key: draw(values(catalogue.spec(key.finding))) for key in charted}


@st.composite
def retests(draw: st.DrawFn, catalogue: Catalogue | None = None) -> Retest:
    """A comparison in numbers, or in a word where no numbers were noted."""
    catalogue = catalogue or load_catalogue()
    treatment = draw(st.sampled_from((*PLAN_ITEMS, *OWN_ITEMS, "other")))
    note = draw(WORDS if treatment == "other" else st.none() | TEXTS)
    spec = catalogue.spec(draw(st.sampled_from(sorted(catalogue.findings))))
    side = draw(st.sampled_from(Side)) if spec.sides else None
    dose = draw(st.none() | WORDS)
    minutes = draw(st.none() | st.integers(0, LONGEST_TREATMENT) | st.floats(0, LONGEST_TREATMENT))
    if spec.kind is Kind.NUMBER and draw(st.booleans()):
        numbers = st.one_of(
            st.integers(int(spec.low), int(spec.high)), st.floats(spec.low, spec.high)
        )
        before, after = draw(numbers), draw(numbers)
        return Retest(treatment, spec.id, side, before, after, None, note, dose, minutes)
    verdict = draw(st.sampled_from(("better", "same", "worse")))
    return Retest(treatment, spec.id, side, None, None, verdict, note, dose, minutes)


@st.composite
def treatments(draw: st.DrawFn) -> Treatment:
    """What was given with no sign taken again after it yet."""
    treatment = draw(st.sampled_from((*PLAN_ITEMS, *OWN_ITEMS, "other")))
    note = draw(WORDS if treatment == "other" else st.none() | TEXTS)
    minutes = draw(st.none() | st.integers(0, LONGEST_TREATMENT) | st.floats(0, LONGEST_TREATMENT))
    return Treatment(treatment, note, draw(st.none() | WORDS), minutes)


def signs(catalogue: Catalogue) -> st.SearchStrategy[tuple[Key, ...]]:
    """One to three comparable signs, or none chosen."""
    specs = filter(can_be_taken_again, catalogue.findings.values())
    keys = [key for spec in specs for key in spec.keys]
    return st.lists(st.sampled_from(keys), unique=True, max_size=MOST_SIGNS).map(tuple)


@st.composite
def _choice(draw: st.DrawFn) -> PlanChoice:
    item = draw(st.sampled_from((*PLAN_ITEMS, *OWN_ITEMS)))
    drawings = DRAWINGS.get(item, ())
    return PlanChoice(
        item,
        draw(st.none() | TEXTS),
        draw(st.none() | st.sampled_from(PLAN_SIDES)),
        draw(st.none() | TEXTS),
        draw(st.none() | st.sampled_from(drawings)) if drawings else None,
    )


def _choices() -> st.SearchStrategy[tuple[PlanChoice, ...]]:
    return st.lists(_choice(), unique_by=lambda c: c.item, max_size=4).map(tuple)


@st.composite
def visits(
    draw: st.DrawFn, catalogue: Catalogue | None = None, date: dt.date | None = None
) -> Visit:
    """One visit with everything that a visit may carry."""
    catalogue = catalogue or load_catalogue()
    resolution = st.builds(FlagResolution, st.sampled_from(RED_FLAGS), WORDS)
    decision = st.builds(
        Decision,
        st.none() | st.sampled_from(PATTERNS),
        st.none() | st.booleans(),
        st.none() | TEXTS,
    )
    score = st.integers(0, 10) | st.floats(0, 10)
    return Visit(
        date or draw(VISIT_DAYS),
        findings=draw(findings(catalogue)),
        retests=tuple(draw(st.lists(retests(catalogue), max_size=3))),
        plan=draw(_choices()),
        parked=draw(_choices()),
        resolved_flags=tuple(draw(st.lists(resolution, unique_by=lambda r: r.flag, max_size=3))),
        notes_on=draw(
            st.dictionaries(st.sampled_from(sorted(catalogue.findings)), TEXTS, max_size=3)
        ),
        psfs=tuple(draw(st.lists(st.builds(Activity, WORDS, score), max_size=3))),
        adherence=draw(
            st.dictionaries(
                st.sampled_from(PLAN_ITEMS + OWN_ITEMS), st.sampled_from(ADHERENCE), max_size=3
            )
        ),
        decision=draw(st.none() | decision),
        addenda=tuple(draw(st.lists(st.builds(Addendum, MOMENTS, WORDS, WORDS), max_size=2))),
        signed=draw(st.none() | st.booleans()),
        signs=draw(signs(catalogue)),
        activities=tuple(draw(st.lists(WORDS, max_size=3))),
        begun=draw(st.none() | treatments()),
    )


@st.composite
def patients(draw: st.DrawFn) -> Patient:
    """Somebody with a name; a birth date or an age or neither."""
    born = draw(st.none() | st.dates(dt.date(1920, 1, 1), dt.date(2014, 12, 31)))
    age = draw(st.none() | st.integers(0, 130)) if born is None else None
    sex = draw(st.none() | st.sampled_from(SEXES))
    return Patient(draw(WORDS), born, age, sex, draw(st.sampled_from((None, "en", "es"))))


@st.composite
def cases(draw: st.DrawFn, catalogue: Catalogue | None = None, most_visits: int = 4) -> Case:
    """A course of care, oldest visit first; two visits on one day happen."""
    catalogue = catalogue or load_catalogue()
    days = sorted(draw(st.lists(VISIT_DAYS, min_size=1, max_size=most_visits)))
    if len(days) > 1 and draw(st.booleans()):
        days[1] = days[0]
    course = tuple(draw(visits(catalogue, date=day)) for day in days)
    assert all(earlier.date <= later.date for earlier, later in pairwise(course))
    return Case(draw(patients()), course, draw(course_facts(course[-1].date, catalogue)))


@st.composite
def course_facts(draw: st.DrawFn, last: dt.date, catalogue: Catalogue | None = None) -> CourseFacts:
    """Whatever may be said of a course whose last visit was on a day; much of it is left open."""
    catalogue = catalogue or load_catalogue()
    measure = draw(st.none() | st.sampled_from(MEASURES))
    spec = catalogue.spec(measure) if measure else None
    value = draw(values(spec)) if spec else 0
    assert isinstance(value, int | float)
    ended = draw(st.none() | st.dates(last, last + dt.timedelta(days=400)))
    closing = (
        Closing(ended, draw(st.sampled_from(OUTCOMES)), draw(st.none() | TEXTS)) if ended else None
    )
    return CourseFacts(
        reason=draw(st.none() | TEXTS),
        side=draw(st.none() | st.sampled_from(COURSE_SIDES)),
        goal=draw(st.none() | TEXTS),
        target=GoalNumber(measure, value) if measure else None,
        planned_visits=draw(st.none() | st.integers(1, 52)),
        opened=draw(st.none() | st.dates(dt.date(2014, 1, 1), last)),
        closing=closing,
    )
