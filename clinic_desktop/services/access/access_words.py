"""Who may do what in plain words: for the help page and for refusals, from the one table."""

from __future__ import annotations

from clinic_desktop.domain.access import Action, Role, may, roles_that_may
from clinic_desktop.domain.people import User
from clinic_desktop.services.words.translation import _


def role_name(role: Role) -> str:
    """What the role is called."""
    names = {
        Role.THERAPIST: _("therapist"),
        Role.ASSISTANT: _("assistant"),
        Role.FRONT_DESK: _("front desk"),
        Role.ADMINISTRATOR: _("administrator"),
        Role.AUDITOR: _("auditor"),
    }
    return names[role]


def action_name(action: Action) -> str:
    """What is done, in a few words that begin a sentence."""
    names = {
        Action.SEE_PATIENTS: _("Finding patients, their details and the dates of their visits"),
        Action.CHANGE_PATIENTS: _("Entering patients and putting their details right"),
        Action.READ_CHART: _("Reading a chart"),
        Action.WRITE_DRAFT: _("Charting a visit that is not signed"),
        Action.SIGN: _("Signing a visit"),
        Action.ADD_ADDENDUM: _("Adding to a signed visit"),
        Action.PRINT_CHART: _("Printing or saving a paper from a chart"),
        Action.EXPORT_CHART: _("Exporting a chart"),
        Action.MANAGE_USERS: _("Changing who works with the program, and in which role"),
        Action.BACK_UP: _("Making and testing a backup"),
        Action.RESTORE: _("Restoring a backup"),
        Action.READ_OWN_ACTS: _("Reading the audit trail of one's own acts"),
        Action.READ_SECURITY_EVENTS: _("Reading the audit trail of sign-ins, users and backups"),
        Action.READ_ALL_ACTS: _("Reading the whole audit trail"),
    }
    return names[action]


def who_may(action: Action) -> str:
    """The roles that may do something, as in `therapist, assistant`."""
    return ", ".join(role_name(role) for role in roles_that_may(action)) or _("nobody")


def refusal(role: Role, action: Action) -> str:
    """Why something is not done for somebody: what it is, and which role may."""
    return _("{what} is not part of the role {role}. Who may: {roles}.").format(
        what=action_name(action), role=role_name(role), roles=who_may(action)
    )


def no_longer_active() -> str:
    """Why nothing is done for somebody who left."""
    return _("You no longer work with this program; please ask whoever looks after its users.")


def standing_changed(user: User) -> str:
    """Why somebody must sign in again who is signed in."""
    if not user.active:
        return no_longer_active()
    return _(
        "What you may do here was changed: your role is {role} now. Please sign in again."
    ).format(role=role_name(user.role))


def in_no_role() -> str:
    """Why something is not done that the table does not know."""
    return _("This is not part of any role.")


def access_table() -> tuple[tuple[str, tuple[bool, ...]], ...]:
    """The table for the help page: each action's words, and whether each role may, in the order of
    the roles."""
    return tuple((action_name(a), tuple(may(role, a) for role in Role)) for a in Action)
