"""Turns the last retest of a visit into the words and measures of the strip; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.plans import PlanLibrary, is_own_item
from clinic_desktop.domain.retests import Judgement
from clinic_desktop.domain.visits import Retest
from clinic_desktop.services.translation import _
from clinic_desktop.services.wording import finding_name, side_word

from .viewmodels.reading import number_text, unit_words


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

    @property
    def plain(self) -> str:
        """All of it as one sentence."""
        before, after = (f"{n} {self.unit}".strip() for n in (self.before, self.after))
        numbers = f"{before}, {self.treatment}, {after}"
        middle = numbers if self.before else self.treatment
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
    sign = _sign(retest, text)
    listed = retest.treatment in library.items or is_own_item(retest.treatment)
    treatment = library.name(retest.treatment) if listed else retest.note or _("other")
    verdict = judgement.verdict or ""
    if retest.before is None or retest.after is None:
        detail = _("not measured")
        return ShownRetest(sign, treatment, verdict=verdict, said=_words(verdict), detail=detail)
    spec = catalogue.findings.get(retest.test)
    shown = ShownRetest(
        sign,
        treatment,
        number_text(retest.before),
        number_text(retest.after),
        unit_words(spec) if spec else "",
        verdict,
    )
    # A scale's "of 10" tells where a number stands, not how much a change is.
    unit = f" {spec.unit}" if spec and spec.unit == shown.unit and spec.unit else ""
    return _judged(shown, retest.after - retest.before, judgement.least, unit)


def _sign(retest: Retest, text: CatalogueText) -> str:
    """The sign as the ledgers jot it down, with its side."""
    known = text.findings.get(retest.test)
    name = known.brief if known and known.brief else finding_name(text, retest.test)
    if retest.side is None:
        return name
    return f"{name}{',' if ',' in name else ''} {side_word(retest.side)}"


def _judged(shown: ShownRetest, change: float, least: float | None, unit: str) -> ShownRetest:
    """The same with its verdict in words; without a known error only the change is told."""
    moved = _("{much}{unit} more") if change > 0 else _("{much}{unit} less")
    moved = moved.format(much=number_text(abs(change)), unit=unit) if change else _("no change")
    if least is None:
        said = _words(shown.verdict) or _("not judged")
        detail = _("{moved}; error not known").format(moved=moved)
        return replace(shown, said=said, detail=detail)
    error = _("error {least}{unit}").format(
        least=f"\N{PLUS-MINUS SIGN}{number_text(round(least, 1))}", unit=unit
    )
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
