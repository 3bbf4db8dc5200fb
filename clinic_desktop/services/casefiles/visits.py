"""Reads one visit of a case file: what was charted, tried, planned and decided in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, FindingSpec
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.plans import is_drawing_name, is_own_item
from clinic_desktop.domain.signs import can_be_taken_again
from clinic_desktop.domain.texts import LONGEST_TEXT
from clinic_desktop.domain.values import PATTERNS, RED_FLAGS, SIDES, Key, Kind, Side, Value
from clinic_desktop.domain.visits import (
    ADHERENCE,
    LONGEST_TREATMENT,
    MOST_SIGNS,
    PLAN_SIDES,
    Activity,
    Addendum,
    Decision,
    FlagResolution,
    PlanChoice,
    Retest,
    Treatment,
    Visit,
)
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.words.translation import _

from .checked_json import Node

VERDICTS: Final = ("better", "same", "worse")
OTHER_TREATMENT: Final = "other"
_RETEST_KEYS: Final = ("treatment", "test", "side")
UNREAD_DAY: Final = dt.date.min
"""Stands for a date that could not be read, so that no other fault is made of it."""

_VISIT_KEYS: Final = (
    "date",
    "findings",
    "retests",
    "plan",
    "parked",
    "resolved_flags",
    "notes_on",
    "psfs",
    "adherence",
    "decision",
    "addenda",
    "signed",
    "signature",
    "signs",
    "activities",
    "begun",
)


@dataclass(frozen=True, slots=True)
class VisitReader:
    """Reads each part of a visit; what it gives counts only if no fault was noted on the way."""

    catalogue: Catalogue
    plan_items: Collection[str]

    def visit(self, node: Node) -> Visit:
        """One visit."""
        fields = node.fields(_VISIT_KEYS, required=("date",))
        day = fields["date"].day() if "date" in fields else None
        if "signature" in fields:
            _check_signature(fields["signature"])
        return Visit(
            day or UNREAD_DAY,
            findings=self._findings(fields["findings"]) if "findings" in fields else {},
            retests=tuple(self._retest(item) for item in _items(fields, "retests")),
            plan=tuple(self._plan_choice(item) for item in _items(fields, "plan")),
            parked=tuple(self._parked(item) for item in _items(fields, "parked")),
            resolved_flags=tuple(_resolution(item) for item in _items(fields, "resolved_flags")),
            notes_on=self._notes_on(fields["notes_on"]) if "notes_on" in fields else {},
            psfs=tuple(_activity(item) for item in _items(fields, "psfs")),
            adherence=self._adherence(fields["adherence"]) if "adherence" in fields else {},
            decision=_decision(fields["decision"]) if "decision" in fields else None,
            addenda=tuple(_addendum(item) for item in _items(fields, "addenda")),
            signed=fields["signed"].truth() if "signed" in fields else None,
            signs=self._signs(fields["signs"]) if "signs" in fields else (),
            activities=tuple(
                item.text(LONGEST_TEXT, blank=False) for item in _items(fields, "activities")
            ),
            begun=self._begun(fields["begun"]) if "begun" in fields else None,
        )

    # ------------------------------------------------------------------ findings
    def _findings(self, node: Node) -> dict[Key, Value]:
        charted: dict[Key, Value] = {}
        for finding, child in node.members().items():
            spec = self.catalogue.findings.get(finding)
            if spec is None:
                child.fault(_("is not in the catalogue"))
            elif spec.sides:
                charted.update(_both_sides(child, spec))
            elif child.is_object():
                child.fault(_("has no sides"))
            else:
                charted[Key(finding)] = _value(child, spec)
        return charted

    def _notes_on(self, node: Node) -> dict[str, str]:
        notes = {}
        for finding, child in node.members().items():
            if finding not in self.catalogue.findings:
                child.fault(_("is not in the catalogue"))
            notes[finding] = child.text(LONGEST_TEXT)
        return notes

    # ------------------------------------------------------------------ treatment
    def _treatment(self, node: Node, fields: dict[str, Node]) -> Treatment:
        treatment = ""
        if "treatment" in fields:
            unknown = _("{value} is no plan item and not other")
            treatment = self._item(fields["treatment"], (OTHER_TREATMENT,), unknown)
        if treatment == OTHER_TREATMENT and "note" not in fields:
            node.fault(_("the treatment other needs a note that says what was done"))
        return Treatment(
            treatment,
            note=optional_text(fields, "note", blank=treatment != OTHER_TREATMENT),
            dose=optional_text(fields, "dose", blank=False),
            minutes=fields["minutes"].number(0, LONGEST_TREATMENT, "min")
            if "minutes" in fields
            else None,
        )

    def _begun(self, node: Node) -> Treatment:
        keys = ("treatment", "note", "dose", "minutes")
        return self._treatment(node, node.fields(keys, required=("treatment",)))

    def _retest(self, node: Node) -> Retest:
        fields = node.fields(
            (*_RETEST_KEYS, "before", "after", "verdict", "note", "dose", "minutes"),
            required=("treatment", "test"),
        )
        done = self._treatment(node, fields)
        test = ""
        if "test" in fields:
            test = self._known_test(fields["test"])
        spec = self.catalogue.findings.get(test)
        before, after = _comparison(node, fields, spec)
        return Retest(
            done.treatment,
            test,
            side=_side_of_retest(node, fields, spec),
            before=before,
            after=after,
            verdict=fields["verdict"].word(VERDICTS) if "verdict" in fields else None,
            note=done.note,
            dose=done.dose,
            minutes=done.minutes,
        )

    def _signs(self, node: Node) -> tuple[Key, ...]:
        signs = [self._sign(item) for item in node.items()]
        if len(signs) > MOST_SIGNS:
            said = _("holds {n} signs; {most} at most")
            node.fault(said.format(n=len(signs), most=MOST_SIGNS))
        if len(set(signs)) != len(signs):
            node.fault(_("names a sign twice"))
        return tuple(signs)

    def _sign(self, node: Node) -> Key:
        fields = node.fields(("test", "side"), required=("test",))
        test = ""
        if "test" in fields:
            test = self._known_test(fields["test"])
        spec = self.catalogue.findings.get(test)
        if spec is not None and not can_be_taken_again(spec):
            fields["test"].fault(_("is no test that is taken again within a visit"))
        return Key(test, _side_of_retest(node, fields, spec))

    def _known_test(self, node: Node) -> str:
        return node.known(self.catalogue.findings, _("{value} is not in the catalogue"))

    def _plan_choice(self, node: Node) -> PlanChoice:
        fields = node.fields(("item", "dose", "side", "words", "drawing"), required=("item",))
        item = self._item(fields["item"]) if "item" in fields else ""
        return PlanChoice(
            item,
            optional_text(fields, "dose"),
            fields["side"].word(PLAN_SIDES) if "side" in fields else None,
            optional_text(fields, "words"),
            _drawing(fields["drawing"], item) if "drawing" in fields and item else None,
        )

    def _parked(self, node: Node) -> PlanChoice:
        return self._plan_choice(node) if node.is_object() else PlanChoice(self._item(node))

    def _adherence(self, node: Node) -> dict[str, str]:
        done = {}
        for item, child in node.members().items():
            if item not in self.plan_items and not is_own_item(item):
                child.fault(_("is no plan item"))
            done[item] = child.word(ADHERENCE)
        return done

    def _item(self, node: Node, others: tuple[str, ...] = (), unknown: str = "") -> str:
        """A plan item; one of a clinic's own is kept although its words may not be here."""
        own = (node.value,) if isinstance(node.value, str) and is_own_item(node.value) else ()
        said = unknown or _("{value} is no plan item")
        return node.known((*self.plan_items, *own, *others), said)


def _drawing(node: Node, item: str) -> str:
    """One of an item's other drawings; which a clinic's own has is for its own files to say."""
    if isinstance(node.value, str) and is_own_item(item) and is_drawing_name(node.value):
        return node.value
    said = _("{value} is no drawing of this item")
    return node.known(load_plan_library().item(item).drawings, said)


def _both_sides(node: Node, spec: FindingSpec) -> dict[Key, Value]:
    if not node.is_object():
        node.fault(_('needs a side: {"right": ...} or {"left": ...}'))
        return {}
    members = node.fields(SIDES, unknown=_("is no side; right or left"))
    if not node.value:
        node.fault(_("names no side; leave the key out"))
    return {Key(spec.id, Side(side)): _value(child, spec) for side, child in members.items()}


def _value(node: Node, spec: FindingSpec) -> Value:
    """The value at this place as the finding takes it."""
    match spec.kind:
        case Kind.NUMBER:
            return node.number(spec.low, spec.high, spec.unit)
        case Kind.TEXT:
            return node.text(LONGEST_TEXT)
        case Kind.SET:
            return _set(node, spec)
        case _:
            return node.word(spec.choices)


def _set(node: Node, spec: FindingSpec) -> Value:
    words = tuple(item.word(spec.choices) for item in node.items())
    if "" not in words:
        try:
            spec.check(words)
        except InvalidValue as problem:
            node.fault(str(problem))
    return words


def _comparison(
    node: Node, fields: dict[str, Node], spec: FindingSpec | None
) -> tuple[float | None, float | None]:
    """The numbers before and after, which come together or leave it to the verdict."""
    numbers = [key for key in ("before", "after") if key in fields]
    if ("verdict" in fields) == bool(numbers):
        node.fault(_("needs either before and after, or a verdict"))
    elif len(numbers) == 1:
        node.fault(_("needs before and after together"))
    if spec is None:
        return None, None
    if numbers and spec.kind is not Kind.NUMBER:
        said = _("{test} is not measured in numbers; give a verdict")
        node.fault(said.format(test=spec.id))
        return None, None
    before, after = (
        fields[key].number(spec.low, spec.high, spec.unit) if key in fields else None
        for key in ("before", "after")
    )
    return before, after


def _side_of_retest(node: Node, fields: dict[str, Node], spec: FindingSpec | None) -> Side | None:
    word = fields["side"].word(SIDES) if "side" in fields else ""
    if spec is not None and spec.sides and "side" not in fields:
        node.fault(_('{test} needs a side: "right" or "left"').format(test=spec.id))
    if spec is not None and not spec.sides and "side" in fields:
        fields["side"].fault(_("{test} has no sides").format(test=spec.id))
    return Side(word) if word else None


def _resolution(node: Node) -> FlagResolution:
    fields = node.fields(("flag", "reason"), required=("flag", "reason"))
    unknown = _("{value} is no red flag")
    flag = fields["flag"].known(RED_FLAGS, unknown) if "flag" in fields else ""
    return FlagResolution(flag, optional_text(fields, "reason", blank=False) or "")


def _activity(node: Node) -> Activity:
    fields = node.fields(("activity", "score"), required=("activity", "score"))
    score = fields["score"].number(0, 10, "") if "score" in fields else 0
    return Activity(optional_text(fields, "activity", blank=False) or "", score)


def _decision(node: Node) -> Decision:
    fields = node.fields(("pattern", "agree", "reason"))
    return Decision(
        pattern=fields["pattern"].word(PATTERNS) if "pattern" in fields else None,
        agree=fields["agree"].truth() if "agree" in fields else None,
        reason=optional_text(fields, "reason"),
    )


def _addendum(node: Node) -> Addendum:
    fields = node.fields(("at", "author", "text"), required=("at", "author", "text"))
    return Addendum(
        fields["at"].moment() if "at" in fields else "",
        fields["author"].name() if "author" in fields else "",
        optional_text(fields, "text", blank=False) or "",
    )


def _check_signature(node: Node) -> None:
    """Who signed in the clinic that wrote the file; in this record it is signed elsewhere."""
    fields = node.fields(("valid", "name", "credentials", "at"), required=("valid",))
    if "valid" in fields:
        fields["valid"].truth()
    for key in ("name", "credentials"):
        if key in fields:
            fields[key].name()
    if "at" in fields:
        fields["at"].moment()


def _items(fields: dict[str, Node], key: str) -> Iterator[Node]:
    return fields[key].items() if key in fields else iter(())


def optional_text(fields: dict[str, Node], key: str, blank: bool = True) -> str | None:
    """The text under a key, None where there is no such key."""
    return fields[key].text(LONGEST_TEXT, blank) if key in fields else None
