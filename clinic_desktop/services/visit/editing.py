"""The visit under the therapist's hands: its present value, its history, and the panel's answer to
it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clinic_desktop.domain.activities import OwnActivity, with_activities
from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import (
    MOST_SIGNS,
    Case,
    Decision,
    FlagResolution,
    PlanChoice,
    Retest,
    Treatment,
    Visit,
)

from .keeping import Keeping, Run, at_once

MOST_NEW_ITEMS = 2
"""New plan items in one visit: one or two at a time, so that their effect can be told (article)."""


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether what is on screen is in the record, and since when."""

    saved_at: dt.datetime | None = None
    problem: str | None = None
    """Why the last change is not in the record yet, in words; None where nothing hindered it."""
    pending: bool = False
    """Whether something is not acknowledged yet, be it under way or hindered."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """A visit, with what the rules say of it, which goes into the record together with it."""

    visit: Visit
    answer: Suggestion | None = field(default=None, compare=False)


class VisitEditor:
    """Holds one visit as an immutable value and moves it from state to state.

    Every change is handed to whoever saves, evaluated at once and undoable. Edits of one field in a
    row are one step of undo. One listener is told after each change, another after each save; they
    look at what they need.
    """

    def __init__(
        self,
        case: Case,
        suggest: Callable[[Case], Suggestion],
        save: Callable[[Visit, Visit, Suggestion | None], dt.datetime],
        run: Run = at_once,
        answer: Suggestion | None = None,
    ) -> None:
        """`save` is given what the record has, what it shall have and the answer to that, and gives
        when it became durable; `run` says in which thread it works. `answer` is what the rules say
        of the case, where somebody asked them already."""
        self._earlier = case.visits[:-1]
        self._case = case
        self._suggest = suggest
        self.listener: Callable[[], object] = lambda: None
        self.saved_listener: Callable[[], object] = lambda: None
        self._keeping = Keeping(
            _Answered(case.last),
            lambda before, after: save(before.visit, after.visit, after.answer),
            run,
            lambda: self.saved_listener(),
        )
        self._past: list[Visit] = []
        self._future: list[Visit] = []
        self._merging: object = None
        self.suggestion = answer or suggest(case)
        self._answered = True
        """Whether the suggestion belongs to the visit as it now stands."""

    @property
    def visit(self) -> Visit:
        """The visit as it now stands on screen."""
        return self._case.last

    @property
    def case(self) -> Case:
        """The course up to this visit, as it now stands on screen."""
        return self._case

    @property
    def save_state(self) -> SaveState:
        """Whether what is on screen is in the record."""
        kept = self._keeping
        return SaveState(kept.written, kept.problem or None, kept.pending)

    @property
    def acknowledged(self) -> Visit:
        """The visit as the record has it, as far as that is known."""
        return self._keeping.stored.visit

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._future)

    def last_time(self, key: Key) -> Value | None:
        """The latest value charted in an earlier visit, shown in grey and never stored by
        itself."""
        before = self._before(key)
        return before.findings[key] if before is not None else None

    def last_time_on(self, key: Key) -> dt.date | None:
        """The day of that visit; None where it was the one before this: its day is known."""
        before = self._before(key)
        if before is None or before is self._earlier[-1]:
            return None
        return before.date

    def _before(self, key: Key) -> Visit | None:
        return next((visit for visit in reversed(self._earlier) if key in visit.findings), None)

    def answer_anew(self, suggest: Callable[[Case], Suggestion], answer: Suggestion) -> None:
        """Have the same rules answer in other words, as in another language; `answer` is theirs to
        the course as it stands. The visit, its history and what is kept of it stay."""
        self._suggest = suggest
        self.suggestion = answer
        self._answered = True

    def about_course(self, facts: CourseFacts) -> None:
        """Take on what is now said of the course; the visit, its history and its answer stay."""
        if facts != self._case.course:
            self._case = replace(self._case, course=facts)
            self.listener()

    # ------------------------------------------------------------------ changes
    def chart(self, key: Key, value: Value | None) -> None:
        """Chart a checked value, or set the finding back to not charted with None."""
        self._become(self.visit.charted(key, value), merging=key)

    def chart_all(self, values: Mapping[Key, Value | None], merging: object = None) -> None:
        """Chart several findings as one step of undo ("asked, all no"); None sets one back.

        Steps in a row with the same `merging` are one, as edits of one field are.
        """
        findings = {**self.visit.findings, **values}
        kept = {key: value for key, value in findings.items() if value is not None}
        self._become(replace(self.visit, findings=kept), merging=merging)

    def note_on(self, finding: str, text: str) -> None:
        """Write a remark on a finding (why it could not be tested); empty text removes it."""
        notes = dict(self.visit.notes_on)
        if text:
            notes[finding] = text
        else:
            notes.pop(finding, None)
        self._become(replace(self.visit, notes_on=notes), merging=("note", finding))

    def plan(self, choices: tuple[PlanChoice, ...]) -> None:
        """Set the visit's plan items in their order."""
        self._become(replace(self.visit, plan=choices))

    def dose(self, item: str, dose: str | None) -> None:
        """Change the dose of a chosen plan item; None goes back to the usual one."""
        self._change_choice("dose", item, lambda choice: replace(choice, dose=dose))

    def plan_side(self, item: str, side: str | None) -> None:
        """Say for which side a plan item is; None goes back to the side that hurts."""
        self._change_choice("side", item, lambda choice: replace(choice, side=side))

    def plan_words(self, item: str, words: str | None) -> None:
        """Write a line for this patient to a plan item; None takes it away."""
        self._change_choice("words", item, lambda choice: replace(choice, words=words))

    def plan_drawing(self, item: str, drawing: str | None) -> None:
        """Choose one of a plan item's other drawings; None goes back to the usual one."""
        self._change_choice("drawing", item, lambda choice: replace(choice, drawing=drawing))

    def move_item(self, item: str, places: int) -> None:
        """Move a plan item down by so many places, or up; at the end it stays."""
        choices = list(self.visit.plan)
        here = next((n for n, choice in enumerate(choices) if choice.item == item), None)
        if here is None or not 0 <= here + places < len(choices):
            return
        choices.insert(here + places, choices.pop(here))
        self._become(replace(self.visit, plan=tuple(choices)))

    def adhered(self, item: str, done: str | None) -> None:
        """Note how much of an item was done since last time; None is "not asked"."""
        adherence = {name: word for name, word in self.visit.adherence.items() if name != item}
        if done is not None:
            adherence[item] = done
        self._become(replace(self.visit, adherence=adherence), merging=("adhered", item))

    def park(self, item: str) -> None:
        """Take an item out of the plan and keep it aside for later."""
        kept = tuple(c for c in self.visit.plan if c.item != item)
        parked = tuple(c for c in self.visit.parked if c.item != item)
        gone = next((c for c in self.visit.plan if c.item == item), PlanChoice(item))
        self._become(replace(self.visit, plan=kept, parked=(*parked, gone)))

    def unpark(self, item: str) -> None:
        """Bring a parked item back into the plan."""
        back = tuple(c for c in self.visit.parked if c.item == item)
        parked = tuple(c for c in self.visit.parked if c.item != item)
        self._become(replace(self.visit, plan=(*self.visit.plan, *back), parked=parked))

    def add_retest(self, retest: Retest) -> None:
        """Add a before-and-after comparison of one sign."""
        self._become(replace(self.visit, retests=(*self.visit.retests, retest)))

    def remove_retest(self, index: int) -> None:
        """Remove a comparison entered by mistake."""
        kept = self.visit.retests[:index] + self.visit.retests[index + 1 :]
        self._become(replace(self.visit, retests=kept))

    def put_retests(
        self,
        old: tuple[Retest, ...],
        new: tuple[Retest, ...],
        merging: object = None,
        begun: Treatment | None = None,
    ) -> None:
        """Put comparisons in place of others of this visit; those that are not there are added.

        `begun` is the treatment after which none was taken yet.
        `merging` names the field that is being typed in: its keystrokes are one step of undo.
        """
        kept = list(self.visit.retests)
        first = len(kept)
        for retest in reversed(old):
            # Of two that are alike the later one is meant.
            alike = [n for n, known in enumerate(kept) if known == retest]
            if alike:
                first = alike[-1]
                del kept[first]
        first = min(first, len(kept))
        kept[first:first] = new
        self._become(replace(self.visit, retests=tuple(kept), begun=begun), merging)

    def choose_signs(self, signs: tuple[Key, ...]) -> None:
        """Choose the comparable signs to be taken again after each treatment.

        Raises ValueError for more than `MOST_SIGNS`, or one named twice.
        """
        if len(signs) > MOST_SIGNS or len(set(signs)) != len(signs):
            raise ValueError("one to three different signs")
        self._become(replace(self.visit, signs=signs))

    def own_activities(self, rows: Sequence[OwnActivity], merging: object = None) -> None:
        """Set the patient's own activities with their scores; `merging` as for retests."""
        self._become(with_activities(self.visit, rows), merging)

    def resolve_flag(self, flag: str, reason: str) -> None:
        """Resolve an open red flag with the clinician's written reason, which stays in the record.

        Raises ValueError where the reason is blank.
        """
        if not reason.strip():
            raise ValueError("a red flag is resolved with a written reason only")
        kept = tuple(r for r in self.visit.resolved_flags if r.flag != flag)
        resolved = (*kept, FlagResolution(flag, reason.strip()))
        self._become(replace(self.visit, resolved_flags=resolved))

    def decide(self, decision: Decision | None) -> None:
        """Keep what the clinician made of the suggestion."""
        self._become(replace(self.visit, decision=decision), merging="decision")

    def undo(self) -> None:
        """Take the last step back; the step back is itself saved."""
        if self._past:
            self._future.append(self.visit)
            self._show(self._past.pop())

    def redo(self) -> None:
        """Do the step again that was taken back."""
        if self._future:
            self._past.append(self.visit)
            self._show(self._future.pop())

    def end_step(self) -> None:
        """Make the next edit a step of undo of its own, even in the same field."""
        self._merging = None

    def _change_choice(
        self, what: str, item: str, changed: Callable[[PlanChoice], PlanChoice]
    ) -> None:
        choices = tuple(changed(c) if c.item == item else c for c in self.visit.plan)
        self._become(replace(self.visit, plan=choices), merging=(what, item))

    # ------------------------------------------------------------------ keeping
    def try_saving(self) -> None:
        """Write what is not in the record yet; a failure is kept in `save_state` and tried again
        later. Signed meanwhile, in another window, it stays on screen and is told as what it is."""
        self._keeping.keep(_Answered(self.visit, self.suggestion if self._answered else None))

    def _become(self, visit: Visit, merging: object = None) -> None:
        if visit == self.visit or self.visit.signed:
            return
        if merging is None or merging != self._merging:
            self._past.append(self.visit)
        self._future.clear()
        self._show(visit)
        self._merging = merging

    def _show(self, visit: Visit) -> None:
        self._merging = None
        self._case = replace(self._case, visits=(*self._earlier, visit))
        self._answered = False
        try:
            self.suggestion = self._suggest(self._case)
            self._answered = True
        finally:
            # Also where the rules fail: what was typed is kept, then without an answer.
            self.try_saving()
        self.listener()
