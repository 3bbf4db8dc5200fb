"""The values a clinician can chart, and what each of them does and does not say."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias


class Kind(StrEnum):
    """What sort of value a finding takes."""

    RESULT = "result"
    ANSWER = "answer"
    CHOICE = "choice"
    SET = "set"
    NUMBER = "number"
    GRADE = "grade"
    TEXT = "text"


class Side(StrEnum):
    """The patient's right or left."""

    RIGHT = "right"
    LEFT = "left"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


SIDES: Final = (Side.RIGHT, Side.LEFT)

Value: TypeAlias = str | int | float | tuple[str, ...]
"""A charted value: a word, a number in the finding's unit, or a set of words in the order given."""


class Key(NamedTuple):
    """Which finding, and of which side where the finding has sides."""

    finding: str
    side: Side | None = None

    def __str__(self) -> str:
        return f"{self.finding}@{self.side}" if self.side else self.finding


RESULTS: Final = ("positive", "negative", "inconclusive", "not_tested", "unable")
ANSWERS: Final = ("yes", "no", "unknown", "not_asked")
GRADES: Final = ("0", "1-", "1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5-", "5")
"""Muscle power from weakest to full, after the Medical Research Council's scale (0 to 5) with half
steps."""

NO_INFORMATION: Final = frozenset({"not_tested", "unable", "unknown", "not_asked"})
"""Words that record an attempt but carry no finding: they read like a blank, never like "no"."""

LANGUAGES: Final = ("en", "es")
"""Languages of the handout."""

INCONCLUSIVE: Final = "inconclusive"
"""A test that was done and told nothing: charted, yet neither positive nor negative."""

LEVELS: Final = ("E", "S", "U", "I", "W")
"""Red-flag levels, gravest first: emergency, same day, urgent referral, review before loading,
watch."""

PATTERNS: Final = ("pattern_1", "pattern_2", "pattern_3", "local", "other_source")
"""The three patterns of the clinical model in the order they are listed, then the two beside
them."""

RED_FLAGS: Final = (
    "cauda_equina",
    "motor_deficit",
    "avulsion",
    "dvt",
    "bone_stress_femoral_neck",
    "bone_stress_pelvis",
    "infection",
    "cancer",
    "fracture",
    "vascular",
    "aneurysm",
    "inflammatory",
    "tendon_drug",
    "self_harm",
    "distress",
    "bilateral",
)
"""Every red flag by its stable id."""


def says_nothing(value: Value | None) -> bool:
    """Tell whether a charted value carries no finding (blank, not tested, unable, unknown, not
    asked)."""
    return value is None or value in NO_INFORMATION


def grade_rank(grade: str) -> int:
    """Place of a muscle power grade in `GRADES`, so that grades can be compared.

    Raises ValueError for a word that is no grade.
    """
    return GRADES.index(grade)
