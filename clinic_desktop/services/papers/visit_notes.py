"""Makes the visit note: what was charted by section, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from clinic_desktop.domain.activities import activities_of
from clinic_desktop.domain.catalogue import FindingSpec, Section
from clinic_desktop.domain.changes import changes_of
from clinic_desktop.domain.pain import told_with_place
from clinic_desktop.domain.papers import Fact, Part, Table, TableRow, VisitNote
from clinic_desktop.domain.signing import State, Validity
from clinic_desktop.domain.suggestion import Ledger, Line, Suggestion
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, PlanChoice, Visit
from clinic_desktop.services.course.change_words import changes_in_note, told_changes
from clinic_desktop.services.course.retest_words import begun_words, retest_sentence
from clinic_desktop.services.course.words import course_opening
from clinic_desktop.services.visit.signature_words import headline
from clinic_desktop.services.words.finding_words import not_recorded, number_words
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import line_words, pattern_meaning, pattern_name

from .pain_charts import body_of_visit
from .parts import (
    PaperSource,
    charted_words,
    finding_label,
    first_up,
    flag_boxes,
    paper_head,
    resolved_flags,
)
from .signature_parts import (
    addenda,
    alarms,
    as_signed,
    kept_then,
    signing_lines,
    validity_of_file,
)

KEY_ITEMS: Final = (
    "slr.result",
    "slump.result",
    "power.ankle_dorsiflexion",
    "power.plantarflexion",
    "power.knee_flexion",
    "reflex.ankle",
    "touch.s1",
    "palpation.tuberosity",
    "bridge.pain",
    "lumbar.movement",
    "glute.abduction_power",
    "outcome.nprs_now",
    "outcome.nprs_worst",
    "outcome.nprs_running",
)
"""What a reader looks for in every note: where one is blank, the note says so."""

KEY_STORY: Final = (
    "complaint.side",
    "complaint.sites",
    "complaint.duration_weeks",
    "complaint.onset",
    "story.back",
    "story.tightness",
    "story.stretching_before",
    "story.injury",
)
"""The same for what is asked at the first visit."""

KEY_LATER: Final = ("adherence.home_plan",)
"""The same for every visit after the first."""

_OWN_TEXTS: Final = "note"
_SCREEN: Final = "screen"


def make_visit_note(
    case: Case, suggestion: Suggestion, source: PaperSource, validity: Validity | None = None
) -> VisitNote:
    """The note of the last visit of a course. It prints over an open red flag, and shows it.

    `validity` is what the visit's signature is worth, as the record has it; without one the note is
    of a case file, and a visit that is signed in it was signed elsewhere.
    """
    visit = case.last
    found = validity or validity_of_file(visit)
    today, suggestion = suggestion, as_signed(suggestion, found)
    if found.signed is not None:
        # Whoever prints it: the note is hers who signed it, and nobody's where that does not hold.
        valid = found.state is State.VALID
        source = replace(source, clinician=found.signed.who if valid else "")
    ordinal = _("visit {n} of this course").format(n=len(case.visits))
    sections = (
        _section(section, visit, suggestion, source)
        for section in source.catalogue.sections
        if section.id != _OWN_TEXTS
    )
    return VisitNote(
        head=paper_head(_("Visit note"), case, source, (course_opening(case), ordinal)),
        status=headline(found),
        signing=signing_lines(found),
        alarms=alarms(found, source.text),
        flags=flag_boxes(source, suggestion),
        flags_resolved=resolved_flags(case),
        told=_own_texts(visit, source),
        suggestion=_suggestion(
            suggestion, source, then=kept_then() if suggestion is not today else ""
        ),
        decision=_decision(visit, suggestion),
        body=body_of_visit(case, source.text),
        findings=tuple(part for part in sections if not part.empty),
        changes=_changes(case, source),
        retests=_retests(visit, source),
        plan=_plan(visit, suggestion, source),
        not_recorded=_not_recorded(case, suggestion, source),
        addenda=addenda(found, source.text),
    )


# ---------------------------------------------------------------------- what was charted
def _own_texts(visit: Visit, source: PaperSource) -> Part:
    facts = tuple(
        Fact(source.text.findings[spec.id].name, str(visit.findings[Key(spec.id)]))
        for spec in source.catalogue.in_section(_OWN_TEXTS)
        if Key(spec.id) in visit.findings
    )
    return Part(_("In the clinician's words"), facts=facts)


def _section(section: Section, visit: Visit, suggestion: Suggestion, source: PaperSource) -> Part:
    title = source.text.sections[section.id]
    if section.id == _SCREEN:
        rows = tuple(_screen_rows(section, visit, suggestion, source))
        return Part(title, table=Table((_("Asked about"), _("Answers")), rows))
    rows = tuple(row for group in section.groups for row in _group(group, visit, source))
    if section.id == "measures":
        rows = (*rows, *_activities(visit))
    heads: tuple[str, ...] = (_("Test"), _("Finding"))
    if any(spec.sides for spec in source.catalogue.in_section(section.id)):
        heads = (*heads, _("Right"), _("Left"))
    return Part(title, table=Table(heads, rows))


def _group(group: str, visit: Visit, source: PaperSource) -> Iterator[TableRow]:
    specs = [source.catalogue.spec(name) for name in source.catalogue.groups[group].findings]
    rows = [row for spec in specs if (row := _finding(spec, visit, source))]
    for n, row in enumerate(rows):
        # The group's name stands at its first row only.
        label = "" if n else source.text.groups[group].label
        yield replace(row, cells=(label, *row.cells))


def _finding(spec: FindingSpec, visit: Visit, source: PaperSource) -> TableRow | None:
    """A row for what was charted or remarked on; a side that is blank says so."""
    remark = visit.notes_on.get(spec.id, "")
    if not remark and told_with_place(visit.findings, spec.id):
        return None
    if not remark and not any(key in visit.findings for key in spec.keys):
        return None
    unable = any(visit.findings.get(key) == "unable" for key in spec.keys)
    if unable and not remark:
        remark = _("Reason not recorded.")
    values = tuple(charted_words(source, visit, key) for key in spec.keys)
    label = first_up(source.text.findings[spec.id].label)
    if not spec.sides:
        # Never below the name of a side.
        return TableRow((f"{label}: {values[0]}",), remark)
    return TableRow((label, *values), remark)


def _activities(visit: Visit) -> Iterator[TableRow]:
    for n, row in enumerate(activities_of(visit)):
        label = "" if n else _("Own activities, 0 unable to 10 as before")
        score = not_recorded()
        if row.score is not None:
            score = _("{score} of 10").format(score=number_words(row.score))
        yield TableRow((label, f"{row.name}: {score}"))


def _screen_rows(
    section: Section, visit: Visit, suggestion: Suggestion, source: PaperSource
) -> Iterator[TableRow]:
    """One row a group: which questions were answered how; blank ones are named as blank."""
    folded = suggestion.screen.not_applicable
    for group in section.groups:
        answers: dict[str, list[str]] = {}
        remarks = []
        for name in source.catalogue.groups[group].findings:
            said = charted_words(source, visit, Key(name))
            if Key(name) not in visit.findings and name in folded:
                said = _("does not apply")
            answers.setdefault(said, []).append(source.text.findings[name].label)
            if name in visit.notes_on:
                remarks.append(visit.notes_on[name])
        if set(answers) <= {not_recorded(), _("does not apply")} and not remarks:
            continue
        last = (_("no"), _("does not apply"), not_recorded())
        order = sorted(answers, key=lambda said: last.index(said) if said in last else -1)
        said_all = ". ".join(f"{first_up(said)}: {'; '.join(answers[said])}" for said in order)
        label = source.text.groups[group].label
        yield TableRow((label, f"{said_all}."), " ".join(remarks))


# ---------------------------------------------------------------------- suggestion and decision
def _suggestion(suggestion: Suggestion, source: PaperSource, then: str = "") -> Part:
    """`then` says that it is what was kept at signing, without the findings behind it."""
    lines = [*suggestion_lines(suggestion), *([then] if then else _screen_lines(suggestion))]
    lines += [_("Does not fit together: {text}").format(text=c.text)
              for c in suggestion.contradictions]  # fmt: skip
    facts: list[Fact] = []
    for pattern in () if then else suggestion.patterns or suggestion.lean:
        ledger = suggestion.ledger.get(pattern, Ledger())
        name = pattern_name(pattern)
        facts.append(Fact(_("{pattern}, for").format(pattern=name), _joined(ledger.supports)))
        facts.append(Fact(_("{pattern}, against").format(pattern=name), _joined(ledger.against)))
        facts.append(Fact(_("{pattern}, missing").format(pattern=name), _joined(ledger.missing)))
    plan = suggestion.plan
    names = source.library.name
    if plan.withheld:
        facts.append(Fact(_("Plan withheld"), plan.withheld))
    elif plan.standing or plan.first:
        items = ", ".join(map(names, (*plan.standing, *plan.first)))
        facts.append(Fact(_("Suggested to begin with"), items))
    version, sha256 = suggestion.knowledge
    facts.append(
        Fact(
            _("Rules"),
            _("version {version}, {sha}; clinic experience, not validated").format(
                version=version or not_recorded(), sha=sha256[:12] or not_recorded()
            ),
        )
    )
    return Part(_("What the rules suggest"), facts=tuple(facts), lines=tuple(lines))


def _joined(lines: Iterable[Line]) -> str:
    return "; ".join(map(line_words, lines)) or _("nothing")


def suggestion_lines(suggestion: Suggestion) -> Iterator[str]:
    """What the rules name, in a sentence; over an open red flag, that they name nothing."""
    if suggestion.status == "red_flag":
        yield _("A red flag is open: no pattern is named and no plan is suggested.")
        return
    names = [f"{pattern_name(p)} ({pattern_meaning(p)})" for p in suggestion.patterns]
    leaning = _(" or ").join(map(pattern_name, suggestion.lean))
    if names:
        mixed = _("Suggested: {patterns}. Mixed; the first is the driver.")
        said = mixed if len(names) > 1 else _("Suggested: {patterns}.")
        yield said.format(patterns=" + ".join(names))
    elif leaning:
        said = _("Not enough data to name a pattern; leans to {patterns}.")
        yield said.format(patterns=leaning)
    else:
        yield _("Not enough data to name a pattern.")


def _screen_lines(suggestion: Suggestion) -> Iterator[str]:
    if suggestion.screen.complete:
        yield _("The red-flag screen is complete.")
    else:
        yield _("The red-flag screen is not finished; questions still open: {n}.").format(
            n=len(suggestion.screen.unanswered)
        )


def _decision(visit: Visit, suggestion: Suggestion) -> Part:
    decision = visit.decision
    if decision is None or (decision.agree is None and not decision.pattern):
        lines = [_("The clinician's decision: not recorded.")]
    elif decision.agree is None:
        lines = [_("Agreement with the suggestion: not recorded.")]
    elif decision.agree:
        lines = [_("The clinician agrees with the suggestion.")]
    else:
        lines = [_("The clinician does not agree with the suggestion.")]
    facts = []
    if decision and decision.pattern:
        name = f"{pattern_name(decision.pattern)} ({pattern_meaning(decision.pattern)})"
        if suggestion.status == "red_flag":
            name = set_aside()
        facts.append(Fact(_("Works with"), name))
    if decision:
        facts.append(Fact(_("Reason"), decision.reason or not_recorded()))
    return Part(_("The clinician's decision"), facts=tuple(facts), lines=tuple(lines))


def set_aside() -> str:
    """What stands where a pattern would be named, over an open red flag."""
    return _("a pattern, set aside while a red flag is open")


# ---------------------------------------------------------------------- retests and plan
def _changes(case: Case, source: PaperSource) -> Part:
    """What became of what was tested before; an untested finding is never told as gone."""
    found = changes_of(case, source.catalogue, source.bands)
    told = told_changes(found, case, source.catalogue, source.text)
    facts = tuple(Fact(label, f"{words}.") for label, words in changes_in_note(told))
    return Part(_("Since last time"), facts=facts)


def _retests(visit: Visit, source: PaperSource) -> Part:
    return Part(
        _("Retests in this visit"),
        lines=tuple(
            retest_sentence(
                retest, source.bands, source.catalogue, source.text, source.library, visit.retests
            )
            for retest in visit.retests
        )
        + _begun(visit, source)
        or (_("Retests: not recorded."),),
    )


def _begun(visit: Visit, source: PaperSource) -> tuple[str, ...]:
    return (f"{begun_words(visit.begun, source.library)}.",) if visit.begun else ()


def _plan(visit: Visit, suggestion: Suggestion, source: PaperSource) -> Part:
    lines = () if visit.plan else (_("Plan: not recorded."),)
    if visit.plan and suggestion.status == "red_flag":
        lines = (_("A red flag is open: this plan waits until it is resolved."),)
    if visit.parked:
        parked = "; ".join(": ".join(_dosed(choice, source)).rstrip(".") for choice in visit.parked)
        lines = (*lines, _("Parked for later: {items}.").format(items=parked))
    rows = tuple(TableRow(_dosed(choice, source)) for choice in visit.plan)
    table = Table((_("Item"), _("Dose")), rows) if rows else None
    facts: tuple[Fact, ...] = ()
    done = done_words(visit, source)
    if done:
        facts = (Fact(_("Done since the last sheet"), "; ".join(done)),)
    return Part(_("Plan"), lines=lines, facts=facts, table=table)


def done_words(visit: Visit, source: PaperSource) -> tuple[str, ...]:
    """How much of each item of the last sheet was done; items that were not asked stay away."""
    spec = "adherence.home_plan"
    return tuple(
        f"{source.library.name(item)}: {source.text.choice(spec, word)}"
        for item, word in visit.adherence.items()
    )


def _dosed(choice: PlanChoice, source: PaperSource) -> tuple[str, str]:
    if choice.item not in source.library.items:
        own = (choice.dose or not_recorded(), choice.words or "")
        return choice.item, " ".join(part for part in own if part)
    text = source.library.text(choice.item, choice.drawing)
    side = text.sides.get(choice.side or "", "")
    name = f"{text.name}: {side}" if side else text.name
    clinic_only = source.library.items[choice.item].clinic_only
    said = (choice.dose or text.dose, choice.words or "", _("(in the clinic only)"))
    return name, " ".join(part for part in (said if clinic_only else said[:2]) if part)


# ---------------------------------------------------------------------- what is blank
def key_items(case: Case) -> tuple[str, ...]:
    """What a reader looks for in the note of a course's last visit."""
    return KEY_ITEMS + (KEY_LATER if len(case.visits) > 1 else KEY_STORY)


def _not_recorded(case: Case, suggestion: Suggestion, source: PaperSource) -> Part:
    visit = case.last
    groups: dict[str, list[str]] = {}
    for finding in key_items(case):
        spec = source.catalogue.spec(finding)
        if not any(key in visit.findings for key in spec.keys):
            section = source.text.sections[spec.section]
            groups.setdefault(section, []).append(finding_label(source, finding))
    for finding in suggestion.screen.unanswered:
        listed = source.catalogue.findings.get(finding)
        if listed and listed.section == _SCREEN and Key(finding) not in visit.findings:
            section = source.text.sections[_SCREEN]
            groups.setdefault(section, []).append(finding_label(source, finding))
    facts = tuple(
        Fact(section, "; ".join(dict.fromkeys(names))) for section, names in groups.items()
    )
    return Part(_("Not recorded at this visit"), facts=facts)
