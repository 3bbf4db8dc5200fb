"""Made-up charts that lead the rules somewhere: stories and findings that they read, and changes
to whole charts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from clinic_desktop.domain.catalogue import Catalogue
from clinic_desktop.domain.engine import Engine, compile_rules
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import NO_INFORMATION, Key, Kind, Side, Value
from clinic_desktop.domain.visits import SEXES, Case, Patient, Retest, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.knowledge.rule_files import read_rule_files, rulebook_from

Findings = dict[Key, Value]
RIGHT, LEFT = Side.RIGHT, Side.LEFT
FIRST_DAY = dt.date(2026, 3, 2)
EXAMPLES = settings(
    max_examples=50,
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


@cache
def engine() -> Engine:
    """The shipped rules."""
    return compile_rules(rulebook_from(read_rule_files()), catalogue())


@cache
def _suggester() -> Callable[[Case], Suggestion]:
    return shipped_knowledge(catalogue(), load_catalogue_text()).suggest


def suggest(case: Case) -> Suggestion:
    """The answer of the shipped rules."""
    return _suggester()(case)


def label(answer: Suggestion) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What a chart is called: status, names and leans."""
    return answer.status, answer.patterns, answer.lean


def sided(side: Side, **findings: Value) -> Findings:
    """Findings of one side; a double underscore stands for the dot of an id."""
    return {Key(name.replace("__", "."), side): value for name, value in findings.items()}


def plain(**findings: Value) -> Findings:
    """Findings without a side; a double underscore stands for the dot of an id."""
    return {Key(name.replace("__", ".")): value for name, value in findings.items()}


# ---------------------------------------------------------------------- stories to start from
NERVE: Findings = sided(
    RIGHT,
    slr__result="positive",
    slr__familiar="yes",
    slr__ankle_effect="more",
    slr__angle=52,
    slump__result="positive",
    slump__familiar="yes",
    slump__release="eases",
) | {Key("slr.angle", LEFT): 74, Key("slr.result", LEFT): "negative"}
NERVE_CLEAR: Findings = sided(RIGHT, slr__result="negative", slump__result="negative")
TENDON: Findings = sided(
    RIGHT,
    palpation__tuberosity=6,
    puranen_orava__result="positive",
    modified_bent_knee__result="positive",
    bridge__pain=5,
)
BACK: Findings = plain(
    story__back="yes", story__back_weeks_ago=120, lumbar__movement="positive"
) | sided(RIGHT, glute__abduction_power="4-", glute__bridge_hold=20, resisted__result="positive")
STRETCHER: Findings = plain(
    story__tightness="yes", story__stretching_before="yes", story__tightness_weeks_ago=90
)
INJURED: Findings = plain(
    story__injury="yes",
    story__injury_weeks_ago=30,
    story__stretching_after="yes",
    story__tightness="no",
    story__stretching_before="no",
)
STRAIN: Findings = plain(story__injury="yes", story__injury_weeks_ago=4) | sided(
    RIGHT, resisted__result="positive", resisted_15__pain=6
)
BUTTOCK: Findings = sided(
    RIGHT, piriformis_stretch__result="positive", palpation__sciatic_notch=6
) | plain(lumbar__movement="negative")
PAINFUL: Findings = plain(complaint__side="right", complaint__duration_weeks=40)

STORIES: tuple[Findings, ...] = (
    {},
    PAINFUL,
    PAINFUL | BACK,
    PAINFUL | STRETCHER,
    PAINFUL | INJURED,
    PAINFUL | TENDON,
    PAINFUL | BACK | NERVE,
    PAINFUL | STRETCHER | NERVE,
    PAINFUL | STRETCHER | NERVE | TENDON,
    PAINFUL | INJURED | NERVE,
    PAINFUL | INJURED | BACK | NERVE,
    PAINFUL | TENDON | NERVE_CLEAR,
    PAINFUL | STRAIN | NERVE_CLEAR,
    PAINFUL | BUTTOCK | NERVE,
    PAINFUL | BUTTOCK | TENDON | NERVE_CLEAR,
)
"""From nothing to each pattern; charts are these with findings taken out and put in."""


@cache
def flag_ids() -> tuple[str, ...]:
    """The questions of the red-flag screen."""
    return tuple(finding for finding in catalogue().findings if finding.startswith("flag."))


@cache
def power_keys() -> tuple[Key, ...]:
    """The leg powers of both sides."""
    return tuple(
        key
        for spec in catalogue().findings.values()
        if spec.kind is Kind.GRADE and spec.id.startswith("power.")
        for key in spec.keys
    )


@cache
def quiet_screen() -> Mapping[Key, Value]:
    """Every question of the screen answered no, every leg power full."""
    return {Key(flag): "no" for flag in flag_ids()} | dict.fromkeys(power_keys(), "5")


# ---------------------------------------------------------------------- drawing
@cache
def _likely(key: Key) -> st.SearchStrategy[Value]:
    """Values of a finding, those near a threshold of the rules and those that say something
    first."""
    spec = catalogue().spec(key.finding)
    if spec.kind is Kind.NUMBER:
        near = engine().probes.get(key, ())
        whole = st.integers(int(spec.low), int(spec.high))
        return st.one_of(st.sampled_from(near), whole) if near else whole
    if spec.kind is Kind.SET:
        return st.lists(st.sampled_from(spec.choices), unique=True, max_size=3).map(tuple)
    if spec.kind is Kind.TEXT:
        return st.sampled_from(("track", "trail"))
    telling = tuple(word for word in spec.choices if word not in NO_INFORMATION)
    return st.sampled_from((*telling, *telling, *spec.choices))


@cache
def _read_keys() -> tuple[Key, ...]:
    return tuple(key for key in catalogue().order if key in engine().affected)


def findings(keys: Iterable[Key] | None = None, most: int = 16) -> st.SearchStrategy[Findings]:
    """Up to so many findings, of those that the rules read unless others are named."""
    pool = tuple(_read_keys() if keys is None else keys)

    @st.composite
    def some(draw: st.DrawFn) -> Findings:
        chosen = draw(st.lists(st.sampled_from(pool), unique=True, max_size=most))
        return {key: draw(_likely(key)) for key in chosen}

    return some()


def keys_of(*prefixes: str) -> tuple[Key, ...]:
    """The keys of the findings whose id begins so."""
    return tuple(key for key in catalogue().order if key.finding.startswith(prefixes))


@st.composite
def screens(draw: st.DrawFn, answered: bool | None = None, raised: int = 2) -> Findings:
    """Answers to the screen: all no but a few, or (not `answered`) partly blank or all blank."""
    odd = draw(findings(keys_of("flag."), most=raised)) if raised else {}
    odd = {key: value for key, value in odd.items() if answered is None or value != "not_asked"}
    if answered is True:
        return dict(quiet_screen()) | {k: v for k, v in odd.items() if v not in NO_INFORMATION}
    if answered is None and draw(st.booleans()):
        return dict(quiet_screen()) | odd
    return odd


@st.composite
def retests(draw: st.DrawFn) -> Retest:
    """Numbers before and after, or a verdict."""
    item = draw(st.sampled_from(tuple(engine().rulebook.plan.items)))
    test = draw(st.sampled_from(("bridge.pain", "slr.angle", "resisted_15.pain")))
    side = draw(st.sampled_from((RIGHT, LEFT)))
    if draw(st.booleans()):
        verdict = draw(st.sampled_from(("better", "same", "worse")))
        return Retest(item, test, side, verdict=verdict)
    before, after = draw(st.integers(0, 10)), draw(st.integers(0, 10))
    return Retest(item, test, side, before=before, after=after)


@st.composite
def charts(
    draw: st.DrawFn, answered: bool | None = None, most_visits: int = 3, raised: int = 2
) -> Case:
    """A course of one to three visits that begins with one of the stories, on either side.

    `answered`: whether each visit answers the whole screen; None for sometimes. `raised`: how many
    of its questions may be answered otherwise than no.
    """
    story = draw(st.sampled_from(STORIES))
    dropped = (
        draw(st.lists(st.sampled_from(tuple(story)), unique=True, max_size=4)) if story else ()
    )
    first = {key: value for key, value in story.items() if key not in dropped}
    visits = [Visit(FIRST_DAY, first | draw(screens(answered, raised)) | draw(findings()))]
    for _ in range(draw(st.integers(1, most_visits)) - 1):
        day = visits[-1].date + dt.timedelta(days=draw(st.sampled_from((0, 7, 20, 90))))
        again = draw(screens(answered, raised)) | draw(findings(most=5))
        visits.append(Visit(day, again))
    tried = tuple(draw(st.lists(retests(), max_size=2)))
    visits[-1] = replace(visits[-1], retests=tried)
    age = draw(st.sampled_from((None, 17, 40, 44, 45, 61, 75)))
    sex = draw(st.sampled_from((None, *SEXES)))
    case = Case(Patient("Somebody", age=age, sex=sex), tuple(visits))
    if answered:
        case = map_findings(case, _without_open_answers)
    return mirrored(case) if draw(st.booleans()) else case


def _without_open_answers(charted: Findings) -> Findings:
    """The screen's questions and powers that a drawn finding had opened again, closed."""
    quiet = quiet_screen()
    opened = {key: quiet[key] for key in quiet if charted.get(key, "unknown") in NO_INFORMATION}
    return charted | opened


# ---------------------------------------------------------------------- changing whole charts
def map_findings(case: Case, change: Callable[[Findings], Findings]) -> Case:
    """The course with the findings of every visit changed."""
    visits = tuple(replace(visit, findings=change(dict(visit.findings))) for visit in case.visits)
    return replace(case, visits=visits)


def with_last(case: Case, **changes: object) -> Case:
    """The course with its last visit changed."""
    last = replace(case.last, **changes)  # type: ignore[arg-type]  # any field of a visit
    return replace(case, visits=(*case.visits[:-1], last))


def charting(case: Case, added: Mapping[Key, Value | None]) -> Case:
    """The course with findings charted at its last visit; None takes one back to not charted."""
    visit = case.last
    for key, value in added.items():
        visit = visit.charted(key, value)
    return replace(case, visits=(*case.visits[:-1], visit))


def chart_of(charted: Mapping[Key, Value], patient: Patient | None = None) -> Case:
    """A course of one visit."""
    return Case(patient or Patient("Somebody"), (Visit(FIRST_DAY, dict(charted)),))


def mirrored(case: Case) -> Case:
    """The same patient with right and left exchanged."""
    case = map_findings(case, _mirrored_findings)
    visits = tuple(
        replace(
            visit,
            retests=tuple(replace(r, side=r.side.other if r.side else None) for r in visit.retests),
        )
        for visit in case.visits
    )
    return replace(case, visits=visits)


def _mirrored_findings(charted: Findings) -> Findings:
    swapped = {
        Key(key.finding, key.side.other if key.side else None): value
        for key, value in charted.items()
    }
    side = Key("complaint.side")
    if side in swapped:
        swapped[side] = mirrored_text(str(swapped[side]))
    return swapped


def mirrored_text(text: str) -> str:
    """A sentence with the words right and left exchanged."""
    return re.sub(r"\b(right|left)\b", lambda word: "left" if word[1] == "right" else "right", text)
