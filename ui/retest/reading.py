"""Turns the last retest of a visit into the words and measures of the strip; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText, FindingSpec
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.retests import Judgement
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Retest
from clinic_desktop.services.course.retest_words import given_words, treatment_words
from clinic_desktop.services.words.distances import shown as shown_distance
from clinic_desktop.services.words.distances import shown_unit
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import finding_name, jotted
from ui.viewmodels.reading import number_text, shown_number, unit_words


@dataclass(frozen=True, slots=True)
class ShownRetest:
    """One retest as the strip shows it."""

    sign: str
    treatment: str
    before: str = ""
    after: str = ""
    unit: str = ""
    verdict: str = ""
    """`better`, `same`, `worse`, or nothing where it cannot be judged."""
    said: str = ""
    """The verdict in words."""
    detail: str = ""
    """How much it is, in words."""
    error: str = ""
    """The measuring error in words; empty where none is known."""
    change: float = 0.0
    """From before to after, in multiples of the error."""
    given: str = ""
    """Dose and minutes of the treatment, where they were noted."""

    @property
    def treated(self) -> str:
        """The treatment with its dose and minutes."""
        return f"{self.treatment} ({self.given})" if self.given else self.treatment

    @property
    def said_short(self) -> str:
        """The verdict in a word or two: the error stands below it."""
        return _words(self.verdict) or self.said

    @property
    def verdict_words(self) -> str:
        """The verdict, how much it is, and the error that it was held against."""
        return "; ".join(part for part in (self.said_short, self.detail, self.error) if part)

    @property
    def plain(self) -> str:
        """All of it as one sentence."""
        before, after = (f"{n} {self.unit}".strip() for n in (self.before, self.after))
        numbers = f"{before}, {self.treated}, {after}"
        middle = numbers if self.before else self.treated
        parts = (middle, self.said, self.detail, self.error)
        return f"{self.sign}: {'; '.join(part for part in parts if part)}"


def read_retest(
    retest: Retest,
    judgement: Judgement,
    catalogue: Catalogue,
    text: CatalogueText,
    library: PlanLibrary,
) -> ShownRetest:
    """The retest in words, with the error that it was held against."""
    sign = sign_words(retest.sign, text)
    treatment, given = treatment_words(retest, library), given_words(retest)
    verdict = judgement.verdict or ""
    if retest.before is None or retest.after is None:
        detail = _("not measured")
        return ShownRetest(
            sign, treatment, verdict=verdict, said=_words(verdict), detail=detail, given=given
        )
    spec = catalogue.spec(retest.test)
    shown = ShownRetest(
        sign,
        treatment,
        shown_number(spec, retest.before),
        shown_number(spec, retest.after),
        unit_words(spec),
        verdict,
        given=given,
    )
    # A scale's "of 10" tells where a number stands, not how much a change is.
    unit = f" {shown.unit}" if shown.unit and shown.unit == shown_unit(spec.unit) else ""
    judged = _judged(shown, spec, retest.after - retest.before, judgement.least, unit)
    if judgement.at_more_pain:
        return replace(judged, detail=_("{moved} at more pain").format(moved=judged.detail))
    return judged


def sign_words(sign: Key, text: CatalogueText) -> str:
    """A sign as the ledgers jot it down, with its side."""
    known = text.findings.get(sign.finding)
    name = known.brief if known and known.brief else finding_name(text, sign.finding)
    return jotted(name, sign.side)


def last_treatment(retests: tuple[Retest, ...]) -> tuple[Retest, ...]:
    """The retests of the treatment that was given last: several signs may follow one."""
    last = retests[-1:]
    for retest in reversed(retests[:-1]):
        signs = {later.sign for later in last}
        if _given(retest) != _given(last[0]) or retest.sign in signs:
            break
        last = (retest, *last)
    return last


def _given(retest: Retest) -> tuple[object, ...]:
    return retest.treatment, retest.note, retest.dose, retest.minutes


def _judged(
    shown: ShownRetest, spec: FindingSpec, change: float, least: float | None, unit: str
) -> ShownRetest:
    """The same with its verdict in words; without a known error only the change is told."""
    moved = _("{much}{unit} more") if change > 0 else _("{much}{unit} less")
    moved = (
        moved.format(much=shown_number(spec, abs(change)), unit=unit) if change else _("no change")
    )
    if least is None:
        said = _words(shown.verdict) or _("not judged")
        detail = _("{moved}; error not known").format(moved=moved)
        return replace(shown, said=said, detail=detail)
    told = number_text(round(shown_distance(least, spec.unit), 1))
    error = _("error {least}{unit}").format(least=f"\N{PLUS-MINUS SIGN}{told}", unit=unit)
    said = _words(shown.verdict, measured=True)
    return replace(shown, said=said, detail=moved, error=error, change=_times(change, least))


def _times(change: float, least: float) -> float:
    """A change in multiples of the error; of an error of nought any change is twice that."""
    if least:
        return change / least
    return 2.0 * (change > 0) - 2.0 * (change < 0)


def _words(verdict: str, measured: bool = False) -> str:
    return {
        "better": _("better than measuring error") if measured else _("better"),
        "same": _("no real change"),
        "worse": _("worse than measuring error") if measured else _("worse"),
    }.get(verdict, "")
