"""What was given, and what the same test showed before and after it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.plans import PlanLibrary, is_own_item
from clinic_desktop.domain.retests import judge
from clinic_desktop.domain.rulebook import RetestBand
from clinic_desktop.domain.visits import Retest, Treatment
from clinic_desktop.services.words.finding_words import (
    change_unit,
    moved_words,
    unit_words,
    verdict_words,
    with_unit,
)
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import finding_name


def treatment_words(retest: Retest | Treatment, library: PlanLibrary) -> str:
    """What was done between the two tests."""
    if retest.treatment in library.items or is_own_item(retest.treatment):
        return library.name(retest.treatment)
    return retest.note or _("another treatment")


def treated_words(retest: Retest | Treatment, library: PlanLibrary) -> str:
    """What was done with its dose, and the minutes from the one test to the other:
    `Seated nerve slider (2 x 10; 4 min)`."""
    given, name = given_words(retest), treatment_words(retest, library)
    return f"{name} ({given})" if given else name


def given_words(retest: Retest | Treatment) -> str:
    """Dose, and minutes from the one test to the other: `2 x 10; 4 min`; empty without."""
    minutes = with_unit(retest.minutes, _("min")) if retest.minutes is not None else ""
    return "; ".join(part for part in (retest.dose or "", minutes) if part)


def begun_words(begun: Treatment, library: PlanLibrary) -> str:
    """What was given with no sign taken again after it, which is not "no change"."""
    return _("{treatment}: no sign taken again after it").format(
        treatment=treated_words(begun, library)
    )


def retest_sentence(
    retest: Retest,
    bands: Mapping[str, RetestBand],
    catalogue: Catalogue,
    text: CatalogueText,
    library: PlanLibrary,
    beside: Iterable[Retest] = (),
) -> str:
    """Baseline, treatment between, after, verdict and the error it was held against; `beside` are
    the visit's retests."""
    spec = catalogue.findings.get(retest.test)
    sign = finding_name(text, retest.test, retest.side)
    treatment, done = treated_words(retest, library), treatment_words(retest, library)
    judgement = judge(retest, bands, beside)
    remark = f" {retest.note}" if retest.note and retest.note != done else ""
    if retest.before is None or retest.after is None or spec is None:
        said = _("{sign}: {verdict} after {treatment}; told in words, not measured.")
        verdict = verdict_words(judgement.verdict)
        return said.format(sign=sign, verdict=verdict, treatment=treatment) + remark
    unit, steps = unit_words(spec), change_unit(spec)
    said = _("{sign}: {before} before, {after} after {treatment}: {moved}, {verdict}.")
    verdict = verdict_words(judgement.verdict)
    if judgement.at_more_pain:
        verdict = _("{verdict}, for it was at more pain").format(verdict=verdict)
    if judgement.least is not None:
        error = with_unit(judgement.least, steps)
        held = _("{verdict} (error {error})") if judgement.verdict else "{verdict}"
        verdict = held.format(verdict=verdict, error=f"\N{PLUS-MINUS SIGN}{error}")
    return (
        said.format(
            sign=sign,
            before=with_unit(retest.before, unit),
            after=with_unit(retest.after, unit),
            treatment=treatment,
            moved=moved_words(retest.after - retest.before, steps),
            verdict=verdict,
        )
        + remark
    )
