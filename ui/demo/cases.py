"""What the worked example is about: the article's cases, and what was made up to go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Patient, Retest

_R, _L = Side.RIGHT, Side.LEFT


@dataclass(frozen=True, slots=True)
class Worked:
    """One of the article's cases."""

    name: str
    """In the names of files."""
    file: str
    section: str
    """Shown in pictures, beside the nerves."""
    items: tuple[str, ...]
    """What the article used at home: two items at most, beside the pause of stretching."""


CASES: Final = (
    Worked(
        "case-a", "cases/article_1.json", "story", ("pause_stretching", "slider_seated", "brace")
    ),
    Worked("case-b", "cases/article_2.json", "hamstring", ("glute_burn", "slider_seated")),
    Worked(
        "case-c",
        "cases/article_3.json",
        "story",
        ("pause_stretching", "slider_seated", "load_isometric"),
    ),
)

FULL_POWER: Final = "5"
A_WEEK: Final = dt.timedelta(days=7)

FOUND_AGAIN: Final = tuple(
    Key(test, _R) for test in ("slr.result", "slump.result", "nerve_mobility.result")
)
FOUND_ANEW: Final[Mapping[Key, Value]] = {
    Key("slr.angle", _R): 66,
    Key("slr.angle", _L): 74,
    Key("slr.familiar", _R): "yes",
    Key("slr.ankle_effect", _R): "more",
}
TRIED: Final = Retest("slider_seated", "slr.angle", _R, 58, 66)

MADE_UP: Final = Patient("Case D", dt.date(1979, 8, 21), sex="male")
MADE_UP_DAY: Final = dt.date(2026, 6, 1)
MADE_UP_FINDINGS: Final[Mapping[Key, Value]] = {
    Key("complaint.side"): "right",
    Key("complaint.sites", _R): ("gluteal_fold", "mid_posterior_thigh"),
    Key("complaint.aggravated_by"): ("easy_running", "sitting", "night"),
    Key("slr.result", _R): "positive",
    Key("slr.result", _L): "negative",
    Key("slr.angle", _R): 54,
    Key("slr.angle", _L): 72,
    Key("slr.familiar", _R): "yes",
    Key("slr.ankle_effect", _R): "more",
    Key("slump.result", _R): "positive",
    Key("slump.result", _L): "negative",
    Key("slump.release", _R): "eases",
}
"""With `night`, the tenth of a set: no figure marks it, the arrows do."""
FALLEN: Final = Key("power.ankle_dorsiflexion", _R)
FALLEN_TO: Final = "4"
