"""Reads what a case file says of the course itself, beside its visits."""

from __future__ import annotations

from typing import Final

from clinic_desktop.domain.catalogue import Catalogue
from clinic_desktop.domain.courses import (
    COURSE_SIDES,
    MOST_PLANNED,
    OUTCOMES,
    Closing,
    CourseFacts,
    GoalNumber,
)
from clinic_desktop.domain.trends import MEASURES
from clinic_desktop.services.words.translation import _

from .checked_json import Node
from .visits import UNREAD_DAY, optional_text

COURSE_KEYS: Final = (
    "reason",
    "side",
    "goal",
    "target",
    "planned_visits",
    "opened",
    "closed",
)
"""All of them may be left out."""


def read_course(fields: dict[str, Node], catalogue: Catalogue) -> CourseFacts:
    """What is said of the course among the outermost keys of a file."""
    planned = fields.get("planned_visits")
    opened = fields["opened"].day() if "opened" in fields else None
    closing = _closing(fields["closed"]) if "closed" in fields else None
    if opened and closing and UNREAD_DAY < closing.on < opened:
        fields["closed"].faults.add("closed.date", _("is before the date of opened"))
    return CourseFacts(
        reason=optional_text(fields, "reason"),
        side=fields["side"].word(COURSE_SIDES) if "side" in fields else None,
        goal=optional_text(fields, "goal"),
        target=_target(fields["target"], catalogue) if "target" in fields else None,
        planned_visits=planned.whole_number(1, MOST_PLANNED, _("visits")) if planned else None,
        opened=opened,
        closing=closing,
    )


def _target(node: Node, catalogue: Catalogue) -> GoalNumber | None:
    fields = node.fields(("measure", "value"), required=("measure", "value"))
    if len(fields) < len(("measure", "value")):
        return None
    unknown = _("{value} is no measure that is followed over a course")
    measure = fields["measure"].known(MEASURES, unknown)
    spec = catalogue.findings.get(measure)
    if spec is None:
        return None
    return GoalNumber(measure, fields["value"].number(spec.low, spec.high, spec.unit))


def _closing(node: Node) -> Closing:
    fields = node.fields(("date", "outcome", "note"), required=("date", "outcome"))
    day = fields["date"].day() if "date" in fields else None
    outcome = fields["outcome"].word(OUTCOMES) if "outcome" in fields else ""
    return Closing(day or UNREAD_DAY, outcome, optional_text(fields, "note"))
