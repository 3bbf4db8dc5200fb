"""The exam catalogue: every chartable finding, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import InvalidValue
from .values import ANSWERS, GRADES, RESULTS, SIDES, Key, Kind, Side, Value


@dataclass(frozen=True, slots=True)
class FindingSpec:
    """One chartable finding: what it takes, where it stands in the forms, and where it comes
    from."""

    id: str
    kind: Kind
    section: str
    group: str
    sides: bool = False
    choices: tuple[str, ...] = ()
    """The words it takes, in the order of the keys 1 to 9; empty for numbers and texts."""
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    """Range of a number in `unit`, both ends included."""
    source: str = ""
    tapped: bool = False
    """Whether it is beats a minute, which can be counted by tapping a key with the beat."""
    normal: str = ""
    """The word for "examined, and normal" where one key may say so of a whole test; else empty."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys under which it is charted: one for each side, or one."""
        return tuple(Key(self.id, side) for side in SIDES) if self.sides else (Key(self.id),)

    def check(self, value: Value) -> Value:
        """Give the value back if this finding takes it.

        Raises InvalidValue with a text that quotes numbers and the choices there are, never a word
        that
        was given: it may be a name.
        """
        match self.kind:
            case Kind.NUMBER:
                return self._checked_number(value)
            case Kind.SET:
                return self._checked_set(value)
            case Kind.TEXT:
                if not isinstance(value, str):
                    raise InvalidValue("must be text")
                return value
            case _:
                if not isinstance(value, str) or value not in self.choices:
                    raise InvalidValue(f"is none of {', '.join(self.choices)}")
                return value

    def _checked_number(self, value: Value) -> Value:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidValue(f"must be a number in {self.range_text}")
        if not self.low <= value <= self.high:
            raise InvalidValue(f"{value} is outside {self.range_text}")
        return value

    def _checked_set(self, value: Value) -> Value:
        if not isinstance(value, tuple):
            raise InvalidValue("must be a list")
        for word in value:
            if word not in self.choices:
                raise InvalidValue(f"is none of {', '.join(self.choices)}")
        if len(set(value)) != len(value):
            raise InvalidValue("names a choice twice")
        return value

    @property
    def range_text(self) -> str:
        """The range in words, as in `0..130 deg`."""
        return f"{self.low:g}..{self.high:g} {self.unit}"


def words_of(kind: Kind) -> tuple[str, ...]:
    """The words that every finding of a kind takes; empty where each finding names its own."""
    return {Kind.RESULT: RESULTS, Kind.ANSWER: ANSWERS, Kind.GRADE: GRADES}.get(kind, ())


FIGURES = ("body", "landing", "lean", "cues", "activities")
"""What may stand beside the fields of a group: drawings to pick by, cues to try."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that stand under one heading of a form, such as the straight leg raise."""

    id: str
    section: str
    findings: tuple[str, ...]
    figure: str = ""
    """One of `FIGURES`, where a drawing stands beside the fields; empty for none."""


@dataclass(frozen=True, slots=True)
class Section:
    """One tab of the visit."""

    id: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingText:
    """What a finding is called and how it is done, in one language."""

    label: str
    """Short, for its row under the group's heading: `first symptom`."""
    name: str
    """Whole, for panel, palette and screen reader: `Straight leg raise, angle at first symptom`."""
    help: str = ""
    """How to do the test and what counts as positive."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Words on screen for the choices."""
    brief: str = ""
    """As a colleague would jot it down, for the panel; the whole name where it is empty."""


@dataclass(frozen=True, slots=True)
class GroupText:
    """Heading of a group and the half line beside it on how the test is done."""

    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueText:
    """The catalogue's words in one language."""

    language: str
    sections: Mapping[str, str]
    groups: Mapping[str, GroupText]
    findings: Mapping[str, FindingText]
    amounts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """A number with its unit, of one and of many, by the unit's id: `{n} of 10` for `0-10`."""
    decimal_sign: str = "."
    sources: Mapping[str, str] = field(default_factory=dict)
    """What a source of findings is called, where it is said otherwise than in the catalogue."""

    def amount(self, number: float, unit: str) -> str:
        """A number with its unit in words; by the unit's id where the language has none."""
        one, many = self.amounts.get(unit, (f"{{n}} {unit}",) * 2)
        said = f"{number:g}".replace(".", self.decimal_sign)
        return (one if number == 1 else many).format(n=said)

    def choice(self, finding: str, word: str) -> str:
        """The word on screen for a choice of a finding."""
        return self.findings[finding].choices.get(word, word)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All findings in the order of the forms, with their sections and groups."""

    findings: Mapping[str, FindingSpec]
    groups: Mapping[str, Group]
    sections: tuple[Section, ...]
    order: Mapping[Key, int] = field(repr=False, default_factory=dict)
    """Place of each key in the forms: the order in which anything about findings is listed."""

    def spec(self, finding: str) -> FindingSpec:
        """The entry of an id. Raises KeyError for an unknown one."""
        return self.findings[finding]

    def in_section(self, section: str) -> tuple[FindingSpec, ...]:
        """The findings of one tab in form order."""
        return tuple(spec for spec in self.findings.values() if spec.section == section)

    def check(self, key: Key, value: Value) -> Value:
        """Give the value back if it may be charted under this key. Raises InvalidValue
        otherwise."""
        spec = self.findings.get(key.finding)
        if spec is None:
            raise InvalidValue("is not in the catalogue")
        if spec.sides and not isinstance(key.side, Side):
            raise InvalidValue('needs a side: "right" or "left"')
        if not spec.sides and key.side is not None:
            raise InvalidValue("has no sides")
        return spec.check(value)
