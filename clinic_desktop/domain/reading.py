"""Several visits read as one chart: each finding at its latest charted value (docs/reading.md
13, 15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .retests import verdict_of
from .rulebook import DatePair, HintPair, ReadingRules, RetestBand
from .suggestion import Contradiction
from .values import GRADES, SIDES, Key, Side, Value, says_nothing
from .visits import Case, Retest

SEX = Key("course.sex")
AGE = Key("course.age")
PAINFUL = Key("course.painful_side")
BACK_RELIEF = Key("course.back_relief")
FELL = "fell."
"""Prefix of the findings of the course that say whether a leg power is below the last one
charted."""

CROSSED = "crossed_slr.result"
OTHER_TREATMENT = "other"
GAIT = "gait."

COURSE_FINDINGS = (SEX.finding, AGE.finding, PAINFUL.finding, BACK_RELIEF.finding)


PAST_FACT_RULE = "reading.past_facts"
"""Id of the rule that past facts do not change."""


def hint_rule(pair: HintPair) -> str:
    """Id of the rule that a hint and its story agree."""
    return f"reading.{pair.hint}"


def date_rule(pair: DatePair) -> str:
    """Id of the rule that an answer and its date agree."""
    return f"reading.{pair.answer}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The chart as the rules see it at the last visit."""

    values: dict[Key, Value]
    """Informative findings only, disputed ones left out; plus the findings of the course itself."""
    painful: tuple[Side, ...]
    """Sides that hurt; both where it is not known."""
    fresh: frozenset[Key]
    """Findings with information that were charted at the last visit."""
    disputed: frozenset[Key]
    contradictions: tuple[Contradiction, ...]
    earlier: dict[Key, dt.date]
    """The day of each value that was charted before the last visit's day."""
    inferred: frozenset[Key] = frozenset()
    """Answers left blank that the date beside them gives."""
    side_guessed: bool = False
    """Whether the painful side was told by neither its question nor the body chart."""
    once_yes: frozenset[Key] = frozenset()
    """Disputed answers that were a yes at some visit."""


def read_case(
    case: Case, rules: ReadingRules, bands: Mapping[str, RetestBand] | None = None
) -> Reading:
    """Read a course as one chart for its last visit."""
    history = _histories(case)
    values, earlier = _latest(case, history, rules)
    inferred = _told_by_dates(history, values, rules)
    values.update(inferred)
    disputed, contradictions = _disputes(history, values, rules)
    for key in disputed:
        values.pop(key, None)
    fresh = frozenset(k for k, v in case.last.findings.items() if not says_nothing(v))
    painful = _painful_sides(values)
    values.update(_course_findings(case, history, rules, bands or {}, painful))
    return Reading(
        values=values,
        painful=painful or SIDES,
        fresh=fresh,
        disputed=frozenset(disputed),
        contradictions=tuple(contradictions),
        earlier=earlier,
        inferred=frozenset(inferred),
        side_guessed=_side_charted(values) == (),
        once_yes=frozenset(k for k in disputed if any(v == "yes" for _, v in history.get(k, ()))),
    )


History = dict[Key, list[tuple[int, Value]]]


def _histories(case: Case) -> History:
    """The informative values of each finding with the index of their visit, oldest first."""
    history: History = {}
    for index, visit in enumerate(case.visits):
        for key, value in visit.findings.items():
            if not says_nothing(value):
                history.setdefault(key, []).append((index, value))
    return history


def _latest(
    case: Case, history: History, rules: ReadingRules
) -> tuple[dict[Key, Value], dict[Key, dt.date]]:
    values: dict[Key, Value] = {}
    earlier: dict[Key, dt.date] = {}
    for key, charted in history.items():
        index, value = charted[-1]
        if value == "no" and key.finding.startswith("flag.") and _taken_back(case, key, index):
            continue
        day = case.visits[index].date
        if day < case.last.date:
            earlier[key] = day
        if key.finding in rules.grows and isinstance(value, int | float):
            value = value + (case.last.date - day).days / 7
        values[key] = value
    return values, earlier


def _taken_back(case: Case, key: Key, index: int) -> bool:
    """Whether a denial was followed by "unknown": of a danger that is no longer denied. Not asked
    again takes nothing back."""
    return any(visit.findings.get(key) == "unknown" for visit in case.visits[index + 1 :])


def _told_by_dates(
    history: History, values: dict[Key, Value], rules: ReadingRules
) -> dict[Key, Value]:
    """Answers that were left blank and that a date gives (published cases part 2: each event may
    be a date): it happened; and, where it must have come before the injury, that it did."""
    told: dict[Key, Value] = {}
    for answer, weeks in rules.dated:
        if Key(weeks) in values:
            told[Key(answer)] = "yes"
    for pair in rules.dates:
        mine, other = values.get(Key(pair.weeks)), values.get(Key(pair.other_weeks))
        denied = values.get(Key(pair.event)) == "no"
        if isinstance(mine, int | float) and (
            denied or (isinstance(other, int | float) and mine > other)
        ):
            told[Key(pair.answer)] = "yes"
    return {key: value for key, value in told.items() if key not in history}


def _disputes(
    history: History, values: dict[Key, Value], rules: ReadingRules
) -> tuple[set[Key], list[Contradiction]]:
    disputed: set[Key] = set()
    found: list[Contradiction] = []
    for finding in rules.past_facts:
        if _unsettled([value for _, value in history.get(Key(finding), [])]):
            disputed.add(Key(finding))
            found.append(Contradiction((finding,), rules.past_fact_text, PAST_FACT_RULE))
    for pair in rules.hints:
        if _hint_disagrees(pair, history):
            disputed.add(Key(pair.story))
            found.append(Contradiction((pair.hint, pair.story), pair.text, hint_rule(pair)))
    for dated in rules.dates:
        if _date_disagrees(dated, values):
            disputed.add(Key(dated.answer))
            found.append(
                Contradiction((dated.weeks, dated.other_weeks), dated.text, date_rule(dated))
            )
    return disputed, found


def _unsettled(answers: list[Value]) -> bool:
    """Whether an answer was turned round and not asked again since."""
    settled: Value | None = None
    for answer in answers:
        # Turned round: not settled until it is asked once more.
        settled = None if settled is not None and answer != settled else answer
    return bool(answers) and settled is None


def _hint_disagrees(pair: HintPair, history: History) -> bool:
    """Whether hint and story disagree, and the story was not asked again at a later visit."""
    hints, stories = history.get(Key(pair.hint), []), history.get(Key(pair.story), [])
    arose: int | None = None
    hint: Value | None = None
    story: Value | None = None
    for index, name, answer in _merged(hints, stories):
        if name == "story":
            if arose is not None and index > arose:
                arose, hint = (
                    None,
                    None,
                )  # asked again: the story stands, older hints no longer count
            story = answer
        else:
            hint = answer
        if hint is not None and story is not None:
            disagree = (hint, story) in pair.disagree
            arose = (arose if arose is not None else index) if disagree else None
    return arose is not None


def _merged(
    hints: list[tuple[int, Value]], stories: list[tuple[int, Value]]
) -> Iterator[tuple[int, str, Value]]:
    """Both histories in the order of the visits, the story first within a visit."""
    rows = [(i, 1, v) for i, v in hints] + [(i, 0, v) for i, v in stories]
    for index, which, value in sorted(rows, key=lambda row: row[:2]):
        yield index, ("story", "hint")[which], value


def _date_disagrees(pair: DatePair, values: dict[Key, Value]) -> bool:
    mine, other = values.get(Key(pair.weeks)), values.get(Key(pair.other_weeks))
    if values.get(Key(pair.answer)) != "yes" or mine is None or other is None:
        return False
    return float(mine) < float(other)  # type: ignore[arg-type]  # weeks are numbers


def _painful_sides(values: dict[Key, Value]) -> tuple[Side, ...]:
    """The sides that hurt: as charted, else where a test was positive, else what was examined; ()
    if none tells."""
    charted = _side_charted(values)
    if charted:
        return charted
    positive = {
        key.side
        for key, value in values.items()
        if value == "positive" and key.finding != CROSSED  # its side is the leg that does not hurt
    }
    # How a leg runs is charted of both and tells of neither (published cases part 3.7).
    examined = positive - {None} or {k.side for k in values if not k.finding.startswith(GAIT)}
    return tuple(side for side in SIDES if side in examined)


def _side_charted(values: dict[Key, Value]) -> tuple[Side, ...]:
    """The sides that hurt, by their question or else by the body chart; () where both are blank."""
    match values.get(Key("complaint.side")):
        case "both":
            return SIDES
        case "right":
            return (Side.RIGHT,)
        case "left":
            return (Side.LEFT,)
    return tuple(side for side in SIDES if values.get(Key("complaint.sites", side)))


def _treats_the_back(retest: Retest, rules: ReadingRules) -> bool:
    """Whether it was the low back that was treated: a listed treatment, or another one so named."""
    if retest.treatment != OTHER_TREATMENT:
        return retest.treatment in rules.back_treatments
    name = (retest.note or "").casefold()
    return any(word in name for word in rules.back_words)


def _course_findings(
    case: Case,
    history: History,
    rules: ReadingRules,
    bands: Mapping[str, RetestBand],
    painful: tuple[Side, ...],
) -> dict[Key, Value]:
    found: dict[Key, Value] = {}
    if painful:
        found[PAINFUL] = "both" if len(painful) == 2 else str(painful[0])
    if case.patient.sex not in (None, "unknown"):
        found[SEX] = str(case.patient.sex)
    age = case.patient.age_on(case.last.date)
    if age is not None:
        found[AGE] = age
    if any(
        _treats_the_back(retest, rules)
        and retest.test in rules.hamstring_signs
        and verdict_of(retest, bands, visit.retests) == "better"
        for visit in case.visits
        for retest in visit.retests
    ):
        found[BACK_RELIEF] = "yes"
    for finding in rules.leg_power:
        for side in SIDES:
            grades = [str(value) for _, value in history.get(Key(finding, side), [])]
            if len(grades) > 1:
                fell = GRADES.index(grades[-1]) < GRADES.index(grades[-2])
                found[Key(FELL + finding, side)] = "yes" if fell else "no"
    return found
