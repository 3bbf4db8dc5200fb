"""Signatures and addenda on the clinician's papers, and what the rules said when it was signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.domain.papers import Fact, FlagBox, Part
from clinic_desktop.domain.signing import AddendumValidity, State, Validity, zone_of
from clinic_desktop.domain.suggestion import RedFlag, Suggestion
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services.visit.signature_words import (
    addendum_head,
    clock_words,
    fault_lines,
    headline,
    late_words,
    named_words,
)
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _

from .parts import flag_name


def validity_of_file(visit: Visit) -> Validity:
    """How a visit of a case file stands: what is signed in it was signed elsewhere."""
    added = tuple(AddendumValidity(one, State.ELSEWHERE) for one in visit.addenda)
    state = State.ELSEWHERE if visit.signed else State.DRAFT
    return Validity(state, visit.date, addenda=added)


def signing_lines(found: Validity, *, meaning: bool = True) -> tuple[str, ...]:
    """What is to be known of a signature beside who and when."""
    told = ""
    if meaning and found.signed is not None and found.state is State.VALID:
        told = _("Signed as the author of this note. Times are those of UTC{zone}.").format(
            zone=zone_of(found.signed.at)
        )
    lines = (late_words(found), clock_words(found.signed), named_words(found), told)
    return tuple(line for line in lines if line)


def alarms(found: Validity, text: CatalogueText) -> tuple[FlagBox, ...]:
    """A box for each signature of a visit that is not valid, the addenda's too."""
    boxes = []
    if found.state is State.NOT_VALID:
        title = _("Visit of {day}. {headline}").format(
            day=date_words(found.date), headline=headline(found)
        )
        boxes.append(_alarm(title, fault_lines(found, text)))
    for added in found.addenda:
        if added.state is State.NOT_VALID:
            title = _("Visit of {day}, addendum of {head}").format(
                day=date_words(found.date), head=addendum_head(added)
            )
            boxes.append(_alarm(title, fault_lines(added, text)))
    return tuple(boxes)


def _alarm(title: str, reasons: Iterable[str]) -> FlagBox:
    advice = _("Do not rely on it. Ask the signer, and look into the audit trail and the backups.")
    return FlagBox(title, because=advice, action="\n".join(reasons), grave=True)


def addenda(found: Validity, text: CatalogueText) -> Part:
    """Corrections and additions to a visit, each with its author, time and signature."""
    facts = tuple(
        Fact(
            addendum_head(added),
            "\n".join((added.addendum.text, *_remarks(added, text))),
        )
        for added in found.addenda
    )
    return Part(_("Addenda"), facts=facts)


def _remarks(added: AddendumValidity, text: CatalogueText) -> tuple[str, ...]:
    clock = clock_words(added.signed)
    return (*fault_lines(added, text), *((clock,) if clock else ()))


# ---------------------------------------------------------------------- what the rules said
def as_signed(suggestion: Suggestion, found: Validity) -> Suggestion:
    """The suggestion as it was signed, where the rules of today (or an earlier visit that was
    changed since) would say another; the findings behind it are not kept, so they are not told."""
    answer = found.answer
    if answer is None or answer == suggestion.short:
        return suggestion
    said_now = {flag.id: flag for flag in suggestion.red_flags}
    flags = tuple(_flag_then(flag, level, said_now.get(flag)) for flag, level in answer.red_flags)
    return replace(
        suggestion,
        status=answer.status,
        patterns=answer.patterns,
        lean=answer.lean,
        red_flags=flags,
        ledger={},
        contradictions=(),
        ask_next=(),
        plan=replace(suggestion.plan, standing=(), first=(), later=(), withheld=None, cautions=()),
        knowledge=(answer.version, answer.sha256),
    )


def _flag_then(flag: str, level: str, now: RedFlag | None) -> RedFlag:
    if now is not None and now.level == level:
        return now
    return RedFlag(flag, level, (), "", flag_name(flag))


def kept_then() -> str:
    """That what is told of the rules is what was kept at signing."""
    return _(
        "As it was kept when the visit was signed. The rules, or an earlier visit, have changed"
        " since, so what spoke for and against it is not repeated here."
    )
