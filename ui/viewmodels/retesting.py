"""One treatment and the signs that are taken again after it, while they are being typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.retests import Judgement, with_pain
from clinic_desktop.domain.signs import NotComparable, Taken, check_comparable, taken_today
from clinic_desktop.domain.values import Key, Kind
from clinic_desktop.domain.visits import LONGEST_TREATMENT, Retest, Treatment
from clinic_desktop.services.words.translation import _

from .reading import Unreadable, read_typed
from .visit import VisitViewModel

OTHER: Final = "other"


@dataclass(slots=True)
class SignEntry:
    """One sign of the treatment that is being charted."""

    sign: Key
    before: Taken
    after: float | None = None
    verdict: str | None = None
    problem: str = ""
    """What is wrong with what was typed, in words."""
    unread: str = ""
    """What was typed and cannot be read or compared; it is kept as typed."""

    @property
    def is_taken(self) -> bool:
        """Whether there is something to compare."""
        return self.after is not None or self.verdict is not None


@dataclass(slots=True)
class TreatmentEntry:
    """What was done between the two tests, as far as it was said."""

    treatment: str = ""
    """A plan item's id, `other`, or nothing yet."""
    note: str | None = None
    dose: str | None = None
    minutes: float | None = None


@dataclass(slots=True)
class RetestDraft:
    """Writes each value into the visit as soon as it can be read and what was done is known."""

    model: VisitViewModel
    judge: Callable[[Retest], Judgement]
    entries: list[SignEntry] = field(default_factory=list)
    done: TreatmentEntry = field(default_factory=TreatmentEntry)
    _base: tuple[Retest, ...] = ()
    """The retests of the visit before this treatment."""
    _written: tuple[Retest, ...] = ()
    _begun: Treatment | None = None
    """What was given with no sign taken again yet, as it stands in the visit."""

    # ------------------------------------------------------------------ beginning
    @property
    def is_finished(self) -> bool:
        """Whether every sign was taken again, and nothing waits to be read."""
        return bool(self.entries) and all(e.is_taken and not e.problem for e in self.entries)

    @property
    def is_begun(self) -> bool:
        """Whether anything of it was said."""
        taken = any(entry.is_taken or entry.unread for entry in self.entries)
        return bool(self.done.treatment) or taken

    def stand_ready(self) -> None:
        """Begin anew after a finished treatment; go on with one that is not."""
        signs = self.model.visit.signs
        if self.is_finished or not self.is_begun:
            self._begin_anew()
            self._take_up(self.model.visit.begun)
        known = {entry.sign: entry for entry in self.entries if entry.is_taken or entry.unread}
        self.entries = [known.get(sign) or SignEntry(sign, self._before(sign)) for sign in signs]
        kept = [entry for sign, entry in known.items() if sign not in signs and entry.is_taken]
        self.entries += kept

    def begin_with(self, treatment: str) -> bool:
        """Stand ready for a treatment that is named already; what another one left stays with it.

        False where something that was typed cannot be read yet and would be lost.
        """
        if any(entry.unread for entry in self.entries):
            return False
        begun = self.model.visit.begun
        named = self.done.treatment or (begun.treatment if begun else "")
        if named != treatment:
            self._begin_anew()
            self.done = TreatmentEntry(treatment)
        self.stand_ready()
        if not self.done.treatment:
            self.done = TreatmentEntry(treatment)
        self._store("treatment")
        return True

    def _begin_anew(self) -> None:
        self.entries, self.done = [], TreatmentEntry()
        self._base, self._written = self.model.visit.retests, ()
        self._begun = self.model.visit.begun

    def _take_up(self, begun: Treatment | None) -> None:
        """Go on with a treatment that was given before the chart was opened anew."""
        self._begun = begun
        if begun is None:
            self.done = TreatmentEntry()
        else:
            self.done = TreatmentEntry(begun.treatment, begun.note, begun.dose, begun.minutes)

    def _before(self, sign: Key) -> Taken:
        return taken_today(self.model.visit, sign, self._written)

    # ------------------------------------------------------------------ what was done
    def treat(self, treatment: str, note: str | None = None) -> None:
        """Say what was done: a plan item, or `other` with a note."""
        self.done = replace(self.done, treatment=treatment, note=note)
        self._store("treatment")

    def set_dose(self, typed: str) -> None:
        """Say how much of it was given."""
        self.done = replace(self.done, dose=typed.strip() or None)
        self._store("dose")

    def set_minutes(self, typed: str) -> str:
        """Say the minutes between the tests; gives what is wrong with them, in words."""
        try:
            minutes = read_minutes(typed)
        except Unreadable as problem:
            return str(problem)
        self.done = replace(self.done, minutes=minutes)
        self._store("minutes")
        return ""

    # ------------------------------------------------------------------ the signs
    def measure(self, sign: Key, typed: str) -> str:
        """Chart a sign as it is before any treatment, where today it was not yet; gives what is
        wrong with it, in words. An equals sign is last time's value, tested again."""
        entry = next(entry for entry in self.entries if entry.sign == sign)
        problem = None
        if typed.strip() == "=":
            self.model.same(sign)
        else:
            problem = self.model.record(sign, typed)
        entry.before = self._before(sign)
        if entry.unread:
            self.take(sign, entry.unread)
        return problem or ""

    def take(self, sign: Key, typed: str) -> str:
        """Take a sign as typed; gives what is wrong with it, in words.

        What cannot be read or compared is not charted, and an earlier value of this treatment
        does not stay in its place.
        """
        entry = next(entry for entry in self.entries if entry.sign == sign)
        entry.after = entry.verdict = None
        entry.problem = entry.unread = ""
        try:
            entry.after, entry.verdict = self._read(sign, typed)
            self._compare(entry)
        except InvalidValue as problem:
            entry.after = entry.verdict = None
            entry.problem, entry.unread = _words(problem), typed
        self._store(str(sign))
        return entry.problem

    def _read(self, sign: Key, typed: str) -> tuple[float | None, str | None]:
        word = typed.strip().casefold()
        verdict = verdict_of(word)
        if verdict is not None:
            return None, verdict
        spec = self.model.catalogue.spec(sign.finding)
        if spec.kind is not Kind.NUMBER:
            if word:
                raise Unreadable(_("b better, s same or w worse"))
            return None, None
        value = read_typed(spec, typed)
        return (value if isinstance(value, int | float) else None), None

    def _compare(self, entry: SignEntry) -> None:
        """Refuse what is not the same test, side and method. Raises NotComparable."""
        if entry.is_taken:
            method = taken_today(self.model.visit, entry.sign).method
            check_comparable(entry.before, Taken(entry.sign, entry.after, method))

    def retest(self, entry: SignEntry) -> Retest:
        before = entry.before.value if entry.after is not None else None
        done = self.done
        return Retest(
            done.treatment, *entry.sign, before, entry.after, entry.verdict, done.note, done.dose,
            done.minutes,
        )  # fmt: skip

    def judgement(self, entry: SignEntry) -> Judgement:
        """How a sign is judged beside the others of the treatment."""
        retest = self.retest(entry)
        beside = [self.retest(other) for other in self.entries if other.is_taken]
        return with_pain(self.judge(retest), retest, beside)

    # ------------------------------------------------------------------ keeping
    def _store(self, edited: str) -> None:
        new = tuple(self.retest(e) for e in self.entries if e.is_taken and self.done.treatment)
        done, old = self.done, self._written
        begun = None
        if done.treatment and not new:
            begun = Treatment(done.treatment, done.note, done.dose, done.minutes)
        if (old, self.model.visit.begun) == (new, begun) or self.model.locked:
            return
        self._written, self._begun = new, begun
        merging = ("retest", id(self), edited)
        self.model.editor.put_retests(old, new, merging, begun)

    def follow(self) -> bool:
        """Follow an undo or redo of what this treatment wrote; True where something is other."""
        now = list(self.model.visit.retests)
        for retest in self._base:
            if retest in now:
                now.remove(retest)
        signs = {entry.sign for entry in self.entries}
        ours = tuple(retest for retest in now if retest.sign in signs)
        begun = self.model.visit.begun
        if (ours, begun) == (self._written, self._begun):
            return False
        was_begun, self._written = self._begun is not None, ours
        found = {retest.sign: retest for retest in ours}
        for entry in self.entries:
            kept = found.get(entry.sign)
            if kept is not None or not entry.unread:
                entry.after = kept.after if kept else None
                entry.verdict = kept.verdict if kept else None
                entry.problem = entry.unread = ""
        if ours:
            last = ours[-1]
            self.done = TreatmentEntry(last.treatment, last.note, last.dose, last.minutes)
            self._begun = begun
        elif begun is not None or was_begun:
            self._take_up(begun)
        return True


def verdict_of(word: str) -> str | None:
    """What a word says of a sign that nothing measures, or its beginning; None for another."""
    begins = (v for v, said in _verdicts().items() if said.casefold().startswith(word))
    return next(begins, None) if word else None


def verdict_word(verdict: str | None) -> str:
    """A verdict as it is typed; empty where there is none."""
    return _verdicts().get(verdict or "", "")


def _verdicts() -> dict[str, str]:
    return {"better": _("better"), "same": _("same"), "worse": _("worse")}


def read_minutes(typed: str) -> float | None:
    """Minutes as typed; None for a blank. Raises Unreadable."""
    plain = typed.strip().replace(",", ".")
    if not plain:
        return None
    try:
        minutes = float(plain)
    except ValueError:
        raise Unreadable(_("not a number")) from None
    if not 0 <= minutes <= LONGEST_TREATMENT:
        said = _("outside 0 to {most} min").format(most=LONGEST_TREATMENT)
        raise Unreadable(said)
    return int(minutes) if minutes.is_integer() else minutes


def _words(problem: InvalidValue) -> str:
    """Why something cannot be read or compared, short enough to stand beside its field."""
    if not isinstance(problem, NotComparable):
        return str(problem)
    return {
        "before": _("not measured before: b, s or w"),
        "words": _("measured before: type a number"),
        "method": _("other speed or slope: not the same test"),
    }.get(problem.why, _("not the same test and side"))
