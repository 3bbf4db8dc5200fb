"""What the makers of the clinician's papers share: their source, the head, flags, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.pain import SITES, pain_map
from clinic_desktop.domain.papers import Fact, FlagBox, PaperHead, Part
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.rulebook import RetestBand
from clinic_desktop.domain.suggestion import RedFlag, Suggestion
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.words.dates import date_words, day_words
from clinic_desktop.services.words.finding_words import not_recorded, value_words
from clinic_desktop.services.words.pain_words import side_words
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import flag_title, level_word, on_side

GRAVE_LEVELS = frozenset({"E", "S", "U"})
"""An open flag of these sets pattern and plan aside (contract, red flags)."""
NEXT_VISIT = Key("plan.next_visit")


@dataclass(frozen=True, slots=True)
class PaperSource:
    """What the clinician's papers are made with, beside the case and what the rules say of it."""

    catalogue: Catalogue
    text: CatalogueText
    library: PlanLibrary
    bands: Mapping[str, RetestBand]
    """How far two values must differ to count, by finding."""
    clinic: Clinic
    clinician: str
    number: int | None = None
    """The patient's number in this clinic's record."""


def paper_head(title: str, case: Case, source: PaperSource, lines: Iterable[str] = ()) -> PaperHead:
    """Head and foot of a paper about the last visit of a course."""
    day = date_words(case.last.date)
    by = _("by {name}").format(name=source.clinician) if source.clinician else ""
    about = ", ".join(part for part in (day, by) if part)
    phone = source.clinic.phone
    return PaperHead(
        language=source.text.language,
        title=title,
        clinic=source.clinic,
        call=_("Call {phone}").format(phone=phone) if phone else "",
        identity=identity_words(case.patient, source.number),
        who=(_person(case.patient, case.last.date, source.number), about, *lines),
        date=day,
        page=_("Page {page} of {pages}"),
        continued=_("{title} (continued)"),
    )


def identity_words(patient: Patient, number: int | None) -> str:
    """The name and what tells namesakes apart; where nothing does, a line to fill in."""
    parts = []
    if patient.birth_date:
        parts.append(_("born {day}").format(day=date_words(patient.birth_date)))
    if number is not None:
        parts.append(_("no. {number}").format(number=f"{number:06d}"))
    if not parts and patient.age is not None:
        parts.append(_aged(patient.age))
    return ", ".join((patient.name, *(parts or [_("born ____________________")])))


def _person(patient: Patient, day: dt.date, number: int | None) -> str:
    age = patient.age_on(day)
    said = _("sex {word}, age not recorded") if age is None else _("sex {word}, age {age}")
    more = said.format(word=_sex(patient.sex), age=age)
    identity = identity_words(patient, number)
    if age is not None and identity == f"{patient.name}, {_aged(age)}":
        identity = patient.name  # not twice on one line
    return f"{identity}; {more}"


def _aged(age: int) -> str:
    return _("age {age}").format(age=age)


def _sex(sex: str | None) -> str:
    words = {"female": _("female"), "male": _("male"), "other": _("other")}
    return words.get(sex or "", not_recorded())


# ---------------------------------------------------------------------- findings
def charted_words(source: PaperSource, visit: Visit, key: Key) -> str:
    """A finding as charted in a visit, or that it was not recorded."""
    value = visit.findings.get(key)
    return not_recorded() if value is None else _said(source, visit, key, value)


def _said(source: PaperSource, visit: Visit, key: Key, value: Value) -> str:
    """A value in words; places that hurt stand with their kinds of pain, a day with its month."""
    if key.finding == SITES and key.side is not None:
        return side_words(source.text, pain_map(visit.findings), key.side)
    if key == NEXT_VISIT:
        return day_words(str(value))
    return value_words(source.catalogue.spec(key.finding), source.text, value)


def finding_label(source: PaperSource, finding: str) -> str:
    """A finding by its name; a question of the screen by its label, for its name is a question."""
    known = source.text.findings.get(finding)
    if known is None:
        return finding
    return first_up(known.label) if finding.startswith("flag.") else known.name


def first_up(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def latest(case: Case, key: Key) -> tuple[Visit, Value] | None:
    """The newest visit that charted a finding, with what it charted."""
    for visit in reversed(case.visits):
        if key in visit.findings:
            return visit, visit.findings[key]
    return None


def finding_facts(source: PaperSource, case: Case, findings: Iterable[str]) -> tuple[Fact, ...]:
    """Findings at their latest charted value, each side by itself, with the day if it is older."""
    facts = []
    for finding in dict.fromkeys(findings):
        spec = source.catalogue.findings.get(finding)
        if spec is None:
            continue
        said = []
        remarks: dict[str, None] = {}  # of the finding, not of a side: they follow both
        for key in spec.keys:
            found = latest(case, key)
            if found is None:
                if any(latest(case, other) for other in spec.keys):
                    said.append(on_side(key.side, not_recorded()))
                continue
            visit, value = found
            words = _said(source, visit, key, value)
            if visit.date != case.last.date:
                words = _("{value} (on {day})").format(value=words, day=date_words(visit.date))
            said.append(on_side(key.side, words))
            remark = visit.notes_on.get(finding)
            if remark:
                remarks[remark] = None
        text = ". ".join(("; ".join(said) or not_recorded(), *remarks))
        facts.append(Fact(finding_label(source, finding), text))
    return tuple(facts)


# ---------------------------------------------------------------------- flags
def flag_boxes(source: PaperSource, suggestion: Suggestion) -> tuple[FlagBox, ...]:
    """Open red flags, gravest first, with the findings behind each."""
    return tuple(_flag_box(source, flag) for flag in suggestion.red_flags)


def _flag_box(source: PaperSource, flag: RedFlag) -> FlagBox:
    grave = flag.level in GRAVE_LEVELS
    said = _("Red flag open, {level}: {title}") if grave else _("Open, {level}: {title}")
    because = "; ".join(finding_label(source, finding) for finding in flag.because)
    return FlagBox(
        title=said.format(level=level_word(flag.level), title=flag_title(flag)),
        because=_("Because of: {findings}").format(findings=because) if because else "",
        action=flag.action,
        grave=grave,
    )


def resolved_flags(case: Case) -> Part:
    """What the clinician resolved in writing, at which visit and why."""
    return Part(
        _("Red flags resolved by the clinician"),
        facts=tuple(
            Fact(
                _("{flag}, {day}").format(
                    flag=flag_name(resolution.flag), day=date_words(visit.date)
                ),
                resolution.reason,
            )
            for visit in case.visits
            for resolution in visit.resolved_flags
        ),
    )


def flag_name(flag: str) -> str:
    """A red flag in words, also where none is open that would bring its own title."""
    return {
        "cauda_equina": _("Cauda equina"),
        "motor_deficit": _("Leg power"),
        "avulsion": _("Hamstring rupture or avulsion"),
        "dvt": _("Deep vein clot"),
        "bone_stress_femoral_neck": _("Bone stress, neck of the femur"),
        "bone_stress_pelvis": _("Bone stress, pelvis"),
        "infection": _("Infection"),
        "cancer": _("Cancer"),
        "fracture": _("Fracture"),
        "vascular": _("Blood vessels"),
        "aneurysm": _("Aortic aneurysm"),
        "inflammatory": _("Inflammatory back pain"),
        "tendon_drug": _("Drug that weakens tendon"),
        "self_harm": _("Thoughts of self-harm"),
        "distress": _("Marked distress"),
        "bilateral": _("Nerve findings on both sides"),
    }.get(flag, flag)
