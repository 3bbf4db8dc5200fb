"""Makes the course report: what was tried, what helped, what changed beyond the error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from clinic_desktop.domain.papers import CourseReport, Fact, Part, Table, TableRow
from clinic_desktop.domain.retests import verdict_of
from clinic_desktop.domain.signing import Validity
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.trends import MEASURES, Series, series_of
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Decision, PlanChoice, Retest, Visit
from clinic_desktop.services.course.outcome_words import chart_text, sorted_by_verdict, targets_of
from clinic_desktop.services.course.retest_words import begun_words, treated_words, treatment_words
from clinic_desktop.services.course.review_points import review_points
from clinic_desktop.services.course.words import course_facts, course_name
from clinic_desktop.services.visit.signature_words import headline, short_state
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.finding_words import (
    not_recorded,
    number_in,
    unit_words,
    verdict_words,
    with_unit,
)
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import pattern_name, short_side, side_word

from .pain_charts import body_of_course
from .parts import (
    PaperSource,
    charted_words,
    finding_facts,
    flag_boxes,
    paper_head,
    resolved_flags,
)
from .signature_parts import alarms, as_signed, signing_lines, validity_of_file
from .visit_notes import done_words, set_aside, suggestion_lines

KEY_SIGNS: Final = (
    "outcome.nprs_now",
    "outcome.nprs_worst",
    "outcome.nprs_running",
    "outcome.pain_free_run",
    "slr.result",
    "slr.angle",
    "slump.result",
    "bridge.reps",
    "bridge.pain",
)
"""Signs that stand in the column of each visit, where they were charted."""


def make_course_report(
    case: Case,
    suggestion: Suggestion,
    source: PaperSource,
    validities: Sequence[Validity] = (),
) -> CourseReport:
    """Summary and progress of a course, read with what the rules say of its last visit.

    `validities` are what the visits' signatures are worth, visit by visit, as the record has them;
    without them the report is of a case file.
    """
    found = tuple(validities) or tuple(map(validity_of_file, case.visits))
    suggestion = as_signed(suggestion, found[-1])
    series = series_of(case, source.catalogue, source.bands, targets_of(case))
    first, last = case.visits[0].date, case.last.date
    span = _("{n} visits, {first} to {last}").format(
        n=len(case.visits), first=date_words(first), last=date_words(last)
    )
    if len(case.visits) == 1:
        span = _("1 visit, {day}").format(day=date_words(first))
    return CourseReport(
        head=paper_head(_("Course report"), case, source, (course_name(case), span)),
        alarms=tuple(box for one in found for box in alarms(one, source.text)),
        flags=flag_boxes(source, suggestion),
        summary=_summary(case, suggestion, source),
        outcomes=_outcomes(series, source),
        visits=_visits(case, source, found),
        signatures=_signatures(found),
        body=body_of_course(case, source.text),
        charts_title=_("Progress"),
        charts=tuple(chart_text(one, source) for one in series),
        charts_note=_("Each point is a visit that recorded the measure; a line is drawn only"
                      " between visits in a row.") if series
                      else _("No measure was recorded."),
        reviews=review_points(case, series, source),
        flags_resolved=resolved_flags(case),
        not_recorded=_not_recorded(series, source),
    )  # fmt: skip


def _summary(case: Case, suggestion: Suggestion, source: PaperSource) -> Part:
    asked = ("complaint.side", "complaint.sites", "complaint.duration_weeks", "complaint.onset")
    facts = [
        Fact(_("Reason for coming"), case.course.reason or not_recorded()),
        *finding_facts(source, case, asked),
        *course_facts(case, source),
        Fact(_("Suggested at the last visit"), " ".join(suggestion_lines(suggestion))),
        Fact(_("The clinician's decision"), _decisions(case, suggestion)),
    ]
    return Part(_("Summary"), facts=tuple(facts))


def _decisions(case: Case, suggestion: Suggestion) -> str:
    said = []
    for visit in case.visits:
        decision = visit.decision
        if decision is None or decision == Decision():
            continue
        agrees = {True: _("agrees"), False: _("does not agree"), None: ""}[decision.agree]
        pattern = pattern_name(decision.pattern) if decision.pattern else ""
        if pattern and suggestion.status == "red_flag":
            pattern = set_aside()
        reason = _("reason: {why}").format(why=decision.reason) if decision.reason else ""
        words = [word for word in (pattern, agrees, reason) if word]
        said.append(f"{date_words(visit.date)}: {', '.join(words)}")
    return "; ".join(said) or not_recorded()


def _outcomes(series: Sequence[Series], source: PaperSource) -> Part:
    found = sorted_by_verdict(series, source)
    labels = {
        "better": _("Better"),
        "same": _("No real change"),
        "worse": _("Worse"),
        "own": _("No error known"),
        "once": _("Charted once"),
    }
    facts = tuple(
        Fact(label, "; ".join(found[kind]), found[kind])
        for kind, label in labels.items()
        if found[kind]
    )
    lines = () if facts else (_("No measure was recorded: a change cannot be told."),)
    return Part(_("First value to last"), facts=facts, lines=lines)


# ---------------------------------------------------------------------- visit by visit
def _signatures(found: Sequence[Validity]) -> Part:
    """Of each visit who signed it and when, or that nobody has."""
    facts = tuple(
        Fact(
            _("Visit {n}, {day}").format(n=n, day=date_words(one.date)),
            " ".join((headline(one), *signing_lines(one, meaning=False), *_added(one))),
        )
        for n, one in enumerate(found, 1)
    )
    return Part(_("Signatures"), facts=facts)


def _added(found: Validity) -> Iterator[str]:
    if found.addenda:
        yield _("Addenda, printed with the note: {n}.").format(n=len(found.addenda))


def _visits(case: Case, source: PaperSource, found: Sequence[Validity]) -> Part:
    heads = (
        _("Visit"),
        _("Key signs"),
        _("Tried, and what it did"),
        _("Home plan"),
        _("Plan done"),
    )
    rows = tuple(_visit_row(case, at, source, one) for at, one in enumerate(found))
    return Part(_("Visit by visit"), table=Table(heads, rows))


def _visit_row(case: Case, at: int, source: PaperSource, found: Validity) -> TableRow:
    visit = case.visits[at]
    tried = [
        f"{name}: {'; '.join(_told(retest, visit, source) for retest in retests)}"
        for name, retests in groupby(visit.retests, lambda one: treated_words(one, source.library))
    ]
    if visit.begun is not None:
        tried.append(begun_words(visit.begun, source.library))
    helped = _helped(visit, source)
    if helped and len(tried) > 1:  # of one treatment its own line says so
        tried.append(_("Helped: {treatments}").format(treatments=", ".join(helped)))
    done = charted_words(source, visit, Key("adherence.home_plan")) if at else _("does not apply")
    done = "\n".join((done, *done_words(visit, source)))
    return TableRow(
        (
            f"{at + 1}\n{date_words(visit.date)}\n{short_state(found)}",
            "\n".join(_key_signs(visit, source)) or not_recorded(),
            "\n".join(tried) or not_recorded(),
            "\n".join(_plan_lines(case, at, source)),
            done,
        )
    )


def _key_signs(visit: Visit, source: PaperSource) -> Iterator[str]:
    for finding in KEY_SIGNS:
        spec = source.catalogue.spec(finding)
        charted = [key for key in spec.keys if key in visit.findings]
        if charted:
            known = source.text.findings[finding]
            said = ", ".join(_beside_the_other(source, visit, key) for key in charted)
            yield f"{known.brief or known.name}: {said}"


def _beside_the_other(source: PaperSource, visit: Visit, key: Key) -> str:
    """A value in the narrow column, with its side: `right 60 deg`."""
    said = charted_words(source, visit, key)
    return f"{short_side(key.side)} {said}" if key.side else said


def _told(retest: Retest, visit: Visit, source: PaperSource) -> str:
    """A sign before and after, with its verdict."""
    spec = source.catalogue.findings.get(retest.test)
    known = source.text.findings.get(retest.test)
    name = (known.brief or known.name) if known else retest.test
    sign = f"{name}, {side_word(retest.side)}" if retest.side else name
    verdict = verdict_words(verdict_of(retest, source.bands, visit.retests))
    if retest.before is None or retest.after is None:
        return f"{sign}, {verdict}"
    unit = unit_words(spec) if spec else ""
    return _("{sign}, {before}, then {after}: {verdict}").format(
        sign=sign,
        before=number_in(retest.before, unit),
        after=with_unit(retest.after, unit),
        verdict=verdict,
    )


def _helped(visit: Visit, source: PaperSource) -> list[str]:
    """Treatments with a retest that was better and none that was worse."""
    verdicts: dict[str, set[str | None]] = {}
    for retest in visit.retests:
        name = treatment_words(retest, source.library)
        verdicts.setdefault(name, set()).add(verdict_of(retest, source.bands, visit.retests))
    return [name for name, said in verdicts.items() if "better" in said and "worse" not in said]


def _plan_lines(case: Case, at: int, source: PaperSource) -> Iterator[str]:
    """What is new, kept and dropped against the plan before; a visit without one drops nothing."""
    now = [_way(choice) for choice in case.visits[at].plan]
    earlier = [visit.plan for visit in case.visits[:at] if visit.plan]
    before = [_way(choice) for choice in earlier[-1]] if earlier else []
    if not now:
        yield not_recorded()
    else:
        for label, items in (
            (_("New: {items}"), [item for item in now if item not in before]),
            (_("Kept: {items}"), [item for item in now if item in before]),
            (_("Dropped: {items}"), [item for item in before if item not in now]),
        ):
            if items:
                yield label.format(items=", ".join(_names(items, source)))
    parked = [_way(choice) for choice in case.visits[at].parked]
    if parked:
        yield _("Parked: {items}").format(items=", ".join(_names(parked, source)))


def _way(choice: PlanChoice) -> tuple[str, str | None]:
    """An item and which of its drawings: another drawing is another exercise."""
    return choice.item, choice.drawing


def _names(ways: Sequence[tuple[str, str | None]], source: PaperSource) -> Iterator[str]:
    return (source.library.name(*way) for way in ways)


# ---------------------------------------------------------------------- what is blank
def _not_recorded(series: Sequence[Series], source: PaperSource) -> Part:
    charted = {one.finding for one in series}
    never = [source.text.findings[name].name for name in MEASURES if name not in charted]
    facts = (Fact(_("At no visit"), "; ".join(never)),) if never else ()
    return Part(_("Not recorded in this course"), facts=facts)
