"""The plan part of the panel: two places for new items, what stands beside them, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.planning import plan_rule
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.suggestion import Caution, Suggestion
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.visit.editing import MOST_NEW_ITEMS
from clinic_desktop.services.words.translation import _, ngettext

from .panel_words import PanelWords
from .rows import Choice, Fold, Heading, Row, Slot, Words

LATER: Final = "later"
"""Id of the line that stands for the items that may follow."""


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What the plan's lines are read from."""

    words: PanelWords
    said: Suggestion
    case: Case
    asking: str | None = None
    opened: frozenset[str] = frozenset()

    @property
    def library(self) -> PlanLibrary:
        """The items and their names."""
        return self.words.library

    def name(self, item: str) -> str:
        """An item's name, as it is drawn for this patient where it is in the plan."""
        visit = self.case.last
        drawn = {choice.item: choice.drawing for choice in (*visit.parked, *visit.plan)}
        return self.library.name(item, drawn.get(item))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the items chosen in this visit."""
        return tuple(choice.item for choice in self.case.last.plan)

    @property
    def parked(self) -> tuple[str, ...]:
        """Ids of the items set aside for later."""
        return tuple(choice.item for choice in self.case.last.parked)

    @property
    def new(self) -> tuple[str, ...]:
        """Chosen items that count as new in this visit."""
        return new_items(self.case, self.library)

    @property
    def proposed(self) -> tuple[str, ...]:
        """First items that are neither chosen nor parked."""
        taken = {*self.chosen, *self.parked}
        return tuple(item for item in self.said.plan.first if item not in taken)


def new_items(case: Case, library: PlanLibrary) -> tuple[str, ...]:
    """Chosen items that count as new: no standing instruction, and not in the visit before."""
    before = case.visits[-2].plan if len(case.visits) > 1 else ()
    known = {choice.item for choice in before}
    return tuple(
        choice.item
        for choice in case.last.plan
        if choice.item not in known and not _stands(choice.item, library)
    )


def plan_rows(plan: PlanReading) -> tuple[Row, ...]:
    """The plan's lines from its heading to the reminder that she decides."""
    return (
        Heading("plan", _("Plan"), remark=_("two new items at most"), apart=True),
        *_withheld(plan),
        *_standing(plan),
        *_slots(plan),
        *_question(plan),
        *_kept(plan),
        *_parked(plan),
        *_later(plan),
    )


def _withheld(plan: PlanReading) -> Iterator[Row]:
    if plan.said.plan.withheld:
        yield Words(
            "withheld", plan.said.plan.withheld, word=_("withheld"), tone="caution", sign=True
        )


def _standing(plan: PlanReading) -> Iterator[Row]:
    chosen = [item for item in plan.chosen if _stands(item, plan.library)]
    proposed = [i for i in plan.said.plan.standing if i not in chosen and i not in plan.parked]
    for place, item in enumerate([*chosen, *proposed]):
        name = plan.name(item)
        yield Words(
            f"standing:{item}",
            name,
            word=_("standing") if place == 0 else "",
            said=_("standing"),
            action=_("park") if item in chosen else _("add"),
            do=("park" if item in chosen else "add", item),
            bold=item in chosen,
            rule=plan_rule(item),
        )
        yield from _cautions(plan, item)


def _slots(plan: PlanReading) -> Iterator[Row]:
    new, proposed = list(plan.new), list(plan.proposed)
    for number in range(1, MOST_NEW_ITEMS + 1):
        slot = f"plan_slot_{number}"
        if number <= len(new):
            item = new[number - 1]
            name, said = plan.name(item), _("accepted")
            yield Slot(slot, number, item, name, said, taken=True, rule=plan_rule(item))
        elif proposed:
            item = proposed.pop(0)
            remark = _("free; the findings speak for")
            name = plan.name(item)
            yield Slot(slot, number, item, name, remark, rule=plan_rule(item))
        else:
            yield Slot(slot, number, remark=_("free; more items in the Plan tab"))
            continue
        yield from _cautions(plan, item)
    for item in new[MOST_NEW_ITEMS:]:
        yield Words(
            f"over:{item}",
            plan.name(item),
            word=_("too many"),
            tone="caution",
            sign=True,
            action=_("park"),
            do=("park", item),
        )


def _question(plan: PlanReading) -> Iterator[Row]:
    if plan.asking is None:
        return
    name = plan.name(plan.asking)
    buttons = tuple(
        (_("Park {item}").format(item=plan.name(item)), "swap", item) for item in plan.new
    )
    text = _("Two new items are enough to tell which one helps. To add {item}:").format(item=name)
    yield Choice("which", text, (*buttons, (_("Leave it out"), "leave", "")))


def _kept(plan: PlanReading) -> Iterator[Row]:
    """What was in the plan of the visit before, and whether it goes on."""
    if len(plan.case.visits) < 2:
        return
    before = [c.item for c in plan.case.visits[-2].plan if not _stands(c.item, plan.library)]
    offered = [item for item in before if item not in plan.parked]
    for place, item in enumerate(offered):
        chosen = item in plan.chosen
        yield Words(
            f"kept:{item}",
            plan.name(item),
            word=_("last time") if place == 0 else "",
            said=_("last time"),
            tone="ink" if chosen else "ink2",
            action=_("park") if chosen else _("keep"),
            do=("park" if chosen else "add", item),
            bold=chosen,
            rule=plan_rule(item),
        )
        yield from _cautions(plan, item)


def _parked(plan: PlanReading) -> Iterator[Row]:
    for place, item in enumerate(plan.parked):
        yield Words(
            f"parked:{item}",
            plan.name(item),
            word=_("parked") if place == 0 else "",
            said=_("parked"),
            tone="ink2",
            action=_("bring back"),
            do=("back", item),
            rule=plan_rule(item),
        )


def _later(plan: PlanReading) -> Iterator[Row]:
    taken = {*plan.chosen, *plan.parked}
    waiting = [item for item in plan.proposed if item not in _shown_in_slots(plan)]
    later = [*waiting, *(item for item in plan.said.plan.later if item not in taken)]
    if not later:
        return
    inside = tuple(row for item in later for row in _later_item(plan, item))
    opened = LATER in plan.opened
    count = ngettext("{n} item", "{n} items", len(later)).format(n=len(later))
    hidden = () if opened else tuple(row.plain for row in inside)
    yield Fold(LATER, _("What may follow later"), count, opened, hidden)
    if opened:
        yield from inside


def _later_item(plan: PlanReading, item: str) -> Iterator[Words]:
    yield Words(
        f"later:{item}",
        plan.name(item),
        said=_("later"),
        tone="ink2",
        action=_("add"),
        do=("add", item),
        rule=plan_rule(item),
    )
    yield from _cautions(plan, item)


def _shown_in_slots(plan: PlanReading) -> tuple[str, ...]:
    free = max(0, MOST_NEW_ITEMS - len(plan.new))
    return plan.proposed[:free]


def _cautions(plan: PlanReading, item: str) -> Iterator[Words]:
    for place, caution in enumerate(c for c in plan.said.plan.cautions if c.item == item):
        yield _caution(plan, caution, place)


def _caution(plan: PlanReading, caution: Caution, place: int) -> Words:
    """Why an item is given with care; a link to the finding that says so."""
    behind = caution.because[0] if caution.because else ""
    return Words(
        f"caution:{caution.item}:{place}",
        caution.text,
        said=_("caution"),
        tone="caution",
        sign=True,
        target=plan.words.key(behind, plan.case) if behind else None,
        rule=caution.rule,
    )


def _stands(item: str, library: PlanLibrary) -> bool:
    known = library.items.get(item)
    return known is not None and known.standing
