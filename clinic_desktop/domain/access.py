"""Who may do what: roles, actions and the one table that every check is made from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What somebody does in the clinic; each user has one."""

    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    FRONT_DESK = "front_desk"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Action(StrEnum):
    """What a role may or may not do; `access_words` in `services` says each in a plain sentence."""

    SEE_PATIENTS = "see_patients"
    CHANGE_PATIENTS = "change_patients"
    READ_CHART = "read_chart"
    WRITE_DRAFT = "write_draft"
    SIGN = "sign"
    ADD_ADDENDUM = "add_addendum"
    PRINT_CHART = "print_chart"
    EXPORT_CHART = "export_chart"
    MANAGE_USERS = "manage_users"
    BACK_UP = "back_up"
    RESTORE = "restore"
    READ_OWN_ACTS = "read_own_acts"
    READ_SECURITY_EVENTS = "read_security_events"
    READ_ALL_ACTS = "read_all_acts"


_AT_THE_DESK: Final = frozenset({Action.SEE_PATIENTS, Action.CHANGE_PATIENTS})
_AT_THE_CHART: Final = _AT_THE_DESK | {
    Action.READ_CHART,
    Action.WRITE_DRAFT,
    Action.READ_OWN_ACTS,
}

ALLOWED: Final[Mapping[Role, frozenset[Action]]] = MappingProxyType(
    {
        Role.THERAPIST: _AT_THE_CHART
        | {Action.SIGN, Action.ADD_ADDENDUM, Action.PRINT_CHART, Action.EXPORT_CHART},
        # Charts what is done and does not sign: an addendum is signed as well, so it is none of
        # hers. A clinic of one workstation assigns no patients; every look is in the audit trail.
        Role.ASSISTANT: _AT_THE_CHART,
        Role.FRONT_DESK: _AT_THE_DESK,
        Role.ADMINISTRATOR: frozenset(
            {
                Action.MANAGE_USERS,
                Action.BACK_UP,
                Action.RESTORE,
                Action.READ_SECURITY_EVENTS,
            }
        ),
        Role.AUDITOR: frozenset({Action.READ_ALL_ACTS}),
    }
)
"""The table. What does not stand in it is refused, a role or an action of tomorrow too."""


def may(role: Role, action: Action) -> bool:
    """Whether a role may do something."""
    return action in ALLOWED.get(role, frozenset())


def roles_that_may(action: Action) -> tuple[Role, ...]:
    """Who may do something, in the order of the roles."""
    return tuple(role for role in Role if may(role, action))
