"""Who may do what: the whole table, written out a second time, so that a slip in it fails here."""

from clinic_desktop.domain.access import ALLOWED, Action, Role, may, roles_that_may
from clinic_desktop.domain.people import User
from clinic_desktop.services.access.access_words import (
    access_table,
    action_name,
    refusal,
    role_name,
    who_may,
)

TABLE = {
    # action                  therapist, assistant, front desk, administrator, auditor
    Action.SEE_PATIENTS: "yes yes yes no no",
    Action.CHANGE_PATIENTS: "yes yes yes no no",
    Action.READ_CHART: "yes yes no no no",
    Action.WRITE_DRAFT: "yes yes no no no",
    Action.SIGN: "yes no no no no",
    Action.ADD_ADDENDUM: "yes no no no no",
    Action.PRINT_CHART: "yes no no no no",
    Action.EXPORT_CHART: "yes no no no no",
    Action.MANAGE_USERS: "no no no yes no",
    Action.BACK_UP: "no no no yes no",
    Action.RESTORE: "no no no yes no",
    Action.READ_OWN_ACTS: "yes yes no no no",
    Action.READ_SECURITY_EVENTS: "no no no yes no",
    Action.READ_ALL_ACTS: "no no no no yes",
}


def test_the_table_is_what_the_design_says() -> None:
    assert set(TABLE) == set(Action)
    assert set(ALLOWED) == set(Role)
    for action, row in TABLE.items():
        allowed = [word == "yes" for word in row.split()]
        assert [may(role, action) for role in Role] == allowed, action


def test_what_is_not_in_the_table_is_refused() -> None:
    assert not may("janitor", Action.READ_CHART)  # type: ignore[arg-type]
    assert not may(Role.THERAPIST, "read_diary")  # type: ignore[arg-type]


def test_somebody_who_left_may_nothing() -> None:
    gone = User("u1", "Anna", "PT", Role.THERAPIST, active=False, administers=True)
    assert not any(gone.may(action) for action in Action)


def test_a_therapist_who_looks_after_the_clinic_may_what_both_may() -> None:
    both = User("u1", "Anna", "PT", Role.THERAPIST, administers=True)
    for action in Action:
        assert both.may(action) == (may(Role.THERAPIST, action) or may(Role.ADMINISTRATOR, action))
    assert not both.may(Action.READ_ALL_ACTS)


def test_every_role_and_action_has_words_of_its_own() -> None:
    assert len({role_name(role) for role in Role}) == len(Role)
    assert len({action_name(action) for action in Action}) == len(Action)


def test_the_help_page_comes_from_the_table() -> None:
    rows = access_table()
    assert [words for words, _marks in rows] == [action_name(action) for action in Action]
    assert [marks for _words, marks in rows] == [
        tuple(may(role, action) for role in Role) for action in Action
    ]
    for action in Action:
        for role in Role:
            assert (role_name(role) in who_may(action)) == may(role, action)


def test_a_refusal_says_what_and_who_may() -> None:
    words = refusal(Role.FRONT_DESK, Action.READ_CHART)
    assert words == (
        "Reading a chart is not part of the role front desk. Who may: therapist, assistant."
    )
    assert roles_that_may(Action.SIGN) == (Role.THERAPIST,)
