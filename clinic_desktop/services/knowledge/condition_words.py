"""Conditions of the rules in words, for people who review them."""

from __future__ import annotations

from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.logic import Condition, Group, IsPainful, Leaf, OnSides, Ref
from clinic_desktop.domain.reading import AGE, BACK_RELIEF, FELL, PAINFUL, SEX

_COURSE: Final = {
    SEX.finding: "sex",
    AGE.finding: "age",
    PAINFUL.finding: "the side that hurts",
    BACK_RELIEF.finding: "a hamstring sign was eased by treating the back (retest)",
}
_SIDES: Final = {
    "painful": "on a side that hurts",
    "every_painful": "on each side that hurts",
    "either_side": "on either side",
    "both_sides": "on both sides",
}
_NUMBERS: Final = {
    "under": "under {value}",
    "over": "over {value}",
    "at_least": "{value} or more",
    "at_most": "{value} or less",
    "grade_below": "below {value}",
    "grade_at_most": "{value} or less",
}


class ConditionWords:
    """Says conditions with the names of one catalogue."""

    def __init__(self, catalogue: Catalogue, text: CatalogueText) -> None:
        self._catalogue = catalogue
        self._text = text

    def say(self, condition: Condition) -> str:
        """A condition in words; terms stand in it by their id, in quotes."""
        match condition:
            case Leaf():
                return self._leaf(condition)
            case Ref(term, how):
                return f'"{term}"' + (" on the other side" if how == "other" else "")
            case IsPainful():
                return "this side hurts"
            case OnSides(which, part):
                return f"{_SIDES[which]}: {self.say(part)}"
            case Group(op, parts, count):
                return self._group(op, [self.say(part) for part in parts], count)

    def _group(self, op: str, parts: list[str], count: int) -> str:
        listed = "[" + "; ".join(parts) + "]"
        whole = parts[0] if len(parts) == 1 else listed
        said = {
            "all": f"all of {listed}",
            "any": f"any of {listed}",
            "not": f"not {listed}",
            "known": f"{whole} (as charted)",
            "unknown": f"it is not known whether {whole}",
            "at_least": f"{count} or more of {listed}",
            "several": f"{count} or more of {listed}; no once two are known and none is",
        }
        if op == "verdict":
            return f"yes if {parts[0]}, else no if {parts[1]}"
        return said[op] if len(parts) > 1 or op not in ("all", "any") else parts[0]

    def name(self, finding: str) -> str:
        """A finding's name, or what a finding of the course itself is about."""
        if finding in _COURSE:
            return _COURSE[finding]
        if finding.startswith(FELL):
            return f"{self.name(finding.removeprefix(FELL))} is below the last one charted"
        known = self._text.findings.get(finding)
        return known.name if known else finding

    def _leaf(self, leaf: Leaf) -> str:
        name = self.name(leaf.finding)
        if leaf.side == "other":
            name += " of the other side"
        if leaf.op in ("is", "has"):
            words = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
            choices = " or ".join(self._choice(leaf.finding, str(word)) for word in words)
            return f"{name} {choices}" if name.endswith("?") else f"{name}: {choices}"
        if leaf.op == "charted":
            return f"{name} is charted"
        if leaf.op == "less_than_finding":
            return f"{name} is less than {self.name(str(leaf.operand))}"
        spec = self._catalogue.findings.get(leaf.finding)
        unit = spec.unit if spec is not None else "years"
        value = f"{leaf.operand:g}" if isinstance(leaf.operand, int | float) else str(leaf.operand)
        value = f"{value} of 10" if unit == "0-10" else f"{value} {unit}".rstrip()
        if leaf.op == "other_side_higher_by":
            return f"{name} is more than {value} higher on the other side"
        return f"{name}: {_NUMBERS[leaf.op].format(value=value)}"

    def _choice(self, finding: str, word: str) -> str:
        known = self._text.findings.get(finding)
        return known.choices.get(word, word.replace("_", " ")) if known else word
