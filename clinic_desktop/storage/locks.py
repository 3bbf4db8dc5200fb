"""Triggers that keep what is signed as it is, whoever writes: also `INSERT OR REPLACE`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

CONTENT: Final = (
    "activities",
    "activity_names",
    "adherence",
    "answers",
    "findings",
    "flag_resolutions",
    "notes",
    "plan_items",
    "retests",
    "signs",
)
"""Tables whose rows are what a visit says; each has a `visit_id`. The triggers are made from this
list, and a test fails where a table with a `visit_id` stands neither here nor in `OPEN`."""

OPEN: Final = {
    "addenda": "insert-only, with triggers of their own below",
    "signatures": "insert-only, with triggers of their own below",
    "addendum_drafts": "what is typed and not yet added",
    "letter_drafts": "a letter may be written after the visit is signed",
    "documents": "a paper may be printed again later",
    "referrals": "an answer to a letter comes later",
    "audit": "says what was done later, too; grows only, with triggers of its own",
}
"""Tables with a `visit_id` that a signature does not close, and why."""

PREFIX: Final = "lock_"
"""Every trigger of this module begins with it."""

REFUSAL: Final = "signed visits stay as they are"
"""What the triggers say."""


def install(connection: Connection) -> None:
    """Make every trigger anew, in the transaction that the connection is in."""
    remove(connection)
    for statement in statements():
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Take the triggers away: for a migration, which makes them anew before it commits."""
    found = connection.exec_driver_sql(
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{PREFIX}*'"
    )
    for name in found.scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def statements() -> Iterator[str]:
    """The triggers as SQL."""
    for table in CONTENT:
        yield _trigger(table, "INSERT", _signed("NEW.visit_id"))
        either = f"{_signed('OLD.visit_id')} OR {_signed('NEW.visit_id')}"
        yield _trigger(table, "UPDATE", either)
        yield _trigger(table, "DELETE", _signed("OLD.visit_id"))
    yield from _visits()
    yield from _courses()
    yield from _insert_only()


def _visits() -> Iterator[str]:
    """A signed visit's row neither changes nor goes, and none is signed here without signature."""
    # REPLACE takes the row that is there away; where the number is given out, NEW.id is -1.
    unsealed = f"NEW.signed_here IS 1 AND NOT {_sealed('NEW.id', '0')}"
    yield _trigger("visits", "INSERT", f"{_signed('NEW.id')} OR ({unsealed})")
    moved = f"NEW.id IS NOT OLD.id AND {_signed('NEW.id')}"
    yield _trigger("visits", "UPDATE", f"OLD.signed IS 1 OR ({moved}) OR ({unsealed})")
    yield _trigger("visits", "DELETE", "OLD.signed IS 1")


def _courses() -> Iterator[str]:
    """A course with a signed visit stays the patient's whose it is."""

    def holds_signed(course: str) -> str:
        return f"EXISTS (SELECT 1 FROM visits WHERE course_id = {course} AND signed IS 1)"

    yield _trigger("courses", "INSERT", holds_signed("NEW.id"))
    changed = "(NEW.id IS NOT OLD.id OR NEW.number IS NOT OLD.number)"
    hit = f"NEW.id IS NOT OLD.id AND {holds_signed('NEW.id')}"
    yield _trigger("courses", "UPDATE", f"({changed} AND {holds_signed('OLD.id')}) OR ({hit})")
    yield _trigger("courses", "DELETE", holds_signed("OLD.id"))


def _insert_only() -> Iterator[str]:
    """Signatures, addenda and the keys to check them by are added and stay."""
    there = "EXISTS (SELECT 1 FROM {table} WHERE visit_id = NEW.visit_id AND {own} = NEW.{own})"
    doubled = there.format(table="signatures", own="place")
    # The visit's own comes while it is open, an addendum's when it is not.
    early = f"(NEW.place = 0) IS {_signed('NEW.visit_id')}"
    yield _trigger("signatures", "INSERT", f"{doubled} OR ({early})")
    doubled = there.format(table="addenda", own="position")
    unsealed = f"NOT {_sealed('NEW.visit_id', 'NEW.position + 1')}"
    yield _trigger("addenda", "INSERT", f"{doubled} OR ({_signed('NEW.visit_id')} AND {unsealed})")
    # Without an earlier key, what was signed with it could not be verified any more.
    there = "EXISTS (SELECT 1 FROM user_keys WHERE public_key = NEW.public_key)"
    yield _trigger("user_keys", "INSERT", there)
    for table in ("signatures", "addenda", "user_keys"):
        yield _trigger(table, "UPDATE", "1")
        yield _trigger(table, "DELETE", "1")


def _signed(visit: str) -> str:
    return f"EXISTS (SELECT 1 FROM visits WHERE id = {visit} AND signed IS 1)"


def _sealed(visit: str, place: str) -> str:
    return f"EXISTS (SELECT 1 FROM signatures WHERE visit_id = {visit} AND place = {place})"


def _trigger(table: str, act: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {PREFIX}{table}_{act.lower()} BEFORE {act} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
