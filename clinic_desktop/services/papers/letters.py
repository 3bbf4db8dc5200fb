"""Makes the referral letter: the one paper that prints over an open red flag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from clinic_desktop.domain.errors import ChartError, InvalidValue
from clinic_desktop.domain.naming import WITHHOLDING
from clinic_desktop.domain.papers import Fact, Part, ReferralLetter
from clinic_desktop.domain.suggestion import RedFlag, Suggestion
from clinic_desktop.domain.values import LEVELS, RED_FLAGS, Key, says_nothing
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.finding_words import not_recorded
from clinic_desktop.services.words.translation import _, pgettext
from clinic_desktop.services.words.wording import flag_title, level_word

from .parts import (
    PaperSource,
    finding_facts,
    finding_label,
    first_up,
    flag_name,
    latest,
    paper_head,
)

ASKED_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "cauda_equina": ("cauda_equina", "leg_power"),
    "motor_deficit": ("cauda_equina", "leg_power"),
    "bilateral": ("cauda_equina", "leg_power"),
    "avulsion": ("tear",),
    "dvt": ("clot",),
    "bone_stress_femoral_neck": ("bone_stress",),
    "bone_stress_pelvis": ("bone_stress",),
    "infection": ("infection_cancer", "cauda_equina"),
    "cancer": ("infection_cancer", "cauda_equina"),
    "fracture": ("fracture", "infection_cancer"),
    "vascular": ("vessels",),
    "aneurysm": ("vessels",),
    "inflammatory": ("inflammatory", "infection_cancer"),
    "tendon_drug": ("drugs_blood",),
    "self_harm": ("coping",),
    "distress": ("coping",),
}
"""Groups of the screen whose denials the reader of a letter about this flag needs."""

EXAMINED: Final = (
    "complaint.side", "complaint.duration_weeks", "complaint.onset", "complaint.trend",
    "slr.result", "slump.result", "power.ankle_dorsiflexion", "power.toe_extension",
    "power.plantarflexion", "power.knee_flexion", "reflex.ankle", "reflex.knee", "touch.l4",
    "touch.l5", "touch.s1", "outcome.nprs_now",
)  # fmt: skip
"""What a doctor asks for beside the flag."""

DENIES_NOTHING: Final = frozenset({"flag.bone_injury_excluded"})
"""Its "no" is no good news: among the denials it would read as if the bone were sound."""

NERVE_FLAGS: Final = frozenset(
    {None, "cauda_equina", "motor_deficit", "bilateral", "infection", "cancer", "avulsion"}
)
"""Where a blank among these matters to the reader, so that the letter names it."""


def make_referral_letter(
    case: Case,
    suggestion: Suggestion,
    source: PaperSource,
    flag: str | None = None,
    reason: str = "",
    told: str = "",
    recipient: str = "",
) -> ReferralLetter:
    """The letter of the last visit, filled from an open red flag or for a reason given by hand.

    Raises InvalidValue for a flag that there is none of, ChartError for one that is not open and
    no reason, or for neither.
    """
    reason, told, recipient = reason.strip(), told.strip(), recipient.strip()
    found = _open_flag(suggestion, flag, reason)
    level = _how_soon(suggestion, found)
    because = found.because if found else ()
    return ReferralLetter(
        head=paper_head(_("Referral letter"), case, source),
        to=Fact(_("To"), recipient or "_" * 32),
        level=level,
        urgency=urgency_words(level),
        reason=_reason(suggestion, found, flag, reason),
        findings=_findings(case, flag, because, source),
        negatives=_negatives(case, flag, because, source),
        not_recorded=_open_questions(case, suggestion, flag, source),
        told=Part(_("What the patient was told"), lines=(told or first_up(not_recorded()),)),
        closing=tuple(_closing(source)),
        signature=Fact(_("Signed"), source.clinician),
    )


def _how_soon(suggestion: Suggestion, found: RedFlag | None) -> str:
    """The level of the flag that the letter is about, or a graver one that is open beside it: who
    reads the letter must not learn of an emergency further down."""
    grave = [flag.level for flag in suggestion.red_flags if flag.level in WITHHOLDING]
    return min([found.level, *grave] if found else grave, key=LEVELS.index, default="")


def urgency_words(level: str) -> str:
    """How soon somebody must see the patient, for each level; nothing is read into a blank."""
    return {
        "E": _("EMERGENCY: to be seen now, in an emergency department."),
        "S": _("SAME DAY: to be seen by a doctor today."),
        "U": _("URGENT: to be seen within days, two weeks at most."),
        "I": _("BEFORE LOADING: imaging or medical review before exercise is loaded."),
        "W": _("FOR INFORMATION: watched and asked again at every visit."),
    }.get(level, _("How soon: not recorded; please see the reason."))


def _open_flag(suggestion: Suggestion, flag: str | None, reason: str) -> RedFlag | None:
    if flag is None:
        if not reason:
            raise ChartError(_("A letter needs an open red flag or a reason."))
        return None
    if flag not in RED_FLAGS:
        raise InvalidValue(_("there is no red flag of that name"))
    found = next((open_flag for open_flag in suggestion.red_flags if open_flag.id == flag), None)
    if found is None and not reason:
        raise ChartError(
            _("{flag}: this red flag is not open; please give a reason.").format(
                flag=flag_name(flag)
            )
        )
    return found


# ---------------------------------------------------------------------- reason and findings
def _reason(suggestion: Suggestion, found: RedFlag | None, flag: str | None, reason: str) -> Part:
    facts = []
    if found:
        facts.append(Fact(_("Red flag open"), flag_title(found)))
        facts.append(Fact(_("What it asks for"), found.action))
    elif flag:
        facts.append(
            Fact(
                pgettext("in a letter", "About"), _("{flag}, not open").format(flag=flag_name(flag))
            )
        )
    others = [
        f"{flag_title(other)} ({level_word(other.level)})"
        for other in suggestion.red_flags
        if other is not found
    ]
    if others:
        facts.append(Fact(_("Also open"), "; ".join(others)))
    return Part(_("Reason"), facts=tuple(facts), lines=(reason,) if reason else ())


def _findings(case: Case, flag: str | None, because: Iterable[str], source: PaperSource) -> Part:
    behind = tuple(dict.fromkeys((*because, *_speaking(case, flag, source))))
    rest = [finding for finding in EXAMINED if finding not in behind]
    charted = [finding for finding in rest if _charted(case, finding, source)]
    facts = (*finding_facts(source, case, behind), *finding_facts(source, case, charted))
    blank = [finding_label(source, finding) for finding in rest if finding not in charted]
    # In one line: what the reader looks for first is what was found.
    if blank and flag in NERVE_FLAGS:
        facts = (*facts, Fact(first_up(not_recorded()), "; ".join(blank)))
    return Part(_("Findings"), facts=facts)


def _speaking(case: Case, flag: str | None, source: PaperSource) -> Iterator[str]:
    """Questions of the screen whose answer is a finding: anything but a no, whatever the letter is
    about, and a no that denies nothing."""
    asked = _questions(flag, (), source)
    for spec in source.catalogue.in_section("screen"):
        found = latest(case, Key(spec.id))
        if found is None or says_nothing(found[1]):
            continue
        if found[1] != "no" or (spec.id in DENIES_NOTHING and spec.id in asked):
            yield spec.id


def _charted(case: Case, finding: str, source: PaperSource) -> bool:
    return any(latest(case, key) for key in source.catalogue.spec(finding).keys)


def _questions(flag: str | None, because: Iterable[str], source: PaperSource) -> list[str]:
    """The questions of the screen that belong with a flag; all of them where there is none."""
    every = source.catalogue.in_section("screen")
    groups = ASKED_WITH.get(flag or "")
    shown = [spec.id for spec in every if groups is None or spec.group in groups]
    return [finding for finding in shown if finding not in set(because)]


def _negatives(case: Case, flag: str | None, because: Iterable[str], source: PaperSource) -> Part:
    """Denied in so many words; with the day where it was not at this visit."""
    days: dict[str, list[str]] = {}
    for finding in _questions(flag, because, source):
        found = latest(case, Key(finding))
        if found and found[1] == "no" and finding not in DENIES_NOTHING:
            day = date_words(found[0].date)
            days.setdefault(day, []).append(finding_label(source, finding))
    facts = tuple(
        Fact(_("No, on {day}").format(day=day), "; ".join(names)) for day, names in days.items()
    )
    return Part(_("Asked, and answered no"), facts=facts)


def _open_questions(
    case: Case, suggestion: Suggestion, flag: str | None, source: PaperSource
) -> Part:
    """What belongs with the flag and was never answered: no answer is not a no."""
    folded = suggestion.screen.not_applicable
    said: dict[str, list[str]] = {}
    for finding in _questions(flag, (), source):
        found = latest(case, Key(finding))
        if found is None and finding not in folded:
            said.setdefault(first_up(not_recorded()), []).append(finding_label(source, finding))
        elif found and found[0] is not case.last and _asked_each_time(finding, source):
            label = _("Not recorded at this visit")
            said.setdefault(label, []).append(finding_label(source, finding))
        elif found and found[1] in {"unknown", "not_asked"}:
            label = _("Not known") if found[1] == "unknown" else _("Not asked")
            said.setdefault(label, []).append(finding_label(source, finding))
    facts = tuple(Fact(label, "; ".join(names)) for label, names in said.items())
    return Part(_("Without an answer (which is not a no)"), facts=facts)


def _asked_each_time(finding: str, source: PaperSource) -> bool:
    """Questions whose answers count only on the day they are given (contract, reading 15)."""
    return source.catalogue.spec(finding).group in ASKED_WITH["cauda_equina"]


def _closing(source: PaperSource) -> Iterator[str]:
    clinic = source.clinic
    if clinic.phone:
        yield _("Please answer to {clinic}, telephone {phone}.").format(
            clinic=clinic.name, phone=clinic.phone
        )
    else:
        yield _("Please answer to {clinic}; telephone: ____________________").format(
            clinic=clinic.name
        )
    if clinic.address:
        yield clinic.address
