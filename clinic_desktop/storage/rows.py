"""The record's tables as typed rows; no row ever leaves this folder."""

from __future__ import annotations

from typing import cast

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """The tables of the record."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {str: Text, bytes: LargeBinary}  # noqa: RUF012 - SQLAlchemy reads it so


class Row(Base):
    """A row that says who wrote it last and when (UTC, ISO 8601)."""

    __abstract__ = True

    changed_at: Mapped[str] = mapped_column(sort_order=98)
    changed_by: Mapped[str] = mapped_column(sort_order=99)


def table_of(row: type[Base]) -> Table:
    """The table of a kind of rows, for statements that need no entities."""
    return cast(Table, row.__table__)


class PatientRow(Row):
    """A person; the number is given out once and never again."""

    __tablename__ = "patients"

    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    same_name: Mapped[str]
    """The name as two entries of one person would share it."""
    birth_date: Mapped[str | None]
    birthday: Mapped[str | None]
    """Month and day of the birth date, as in `03-14`."""
    age: Mapped[int | None]
    sex: Mapped[str | None]
    language: Mapped[str | None]
    latest_on: Mapped[str]
    """Date of the newest visit, or of the entry of a patient who has none yet."""
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("patients.number"))
    """The entry that stands for this one too: both are one person."""
    removed_why: Mapped[str | None]
    """Why it was made by mistake; it is then in no list, and comes back when this is taken away."""

    __table_args__ = (
        Index(None, "same_name", "birth_date"),
        Index(None, "birth_date"),
        Index(None, "birthday", "birth_date"),
        Index(None, "latest_on"),
        Index(
            "ix_patients_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class PatientWordRow(Base):
    """One folded word of a patient's name, by which the search finds it."""

    __tablename__ = "patient_words"

    word: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)
    """All words of the name, each after a space, so that names of one word stand in order."""
    number: Mapped[int] = mapped_column(ForeignKey("patients.number"), primary_key=True)

    __table_args__ = (Index(None, "number", "word"), {"sqlite_with_rowid": False})


class CourseRow(Row):
    """An episode of care."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("patients.number"))
    goal: Mapped[str | None]
    planned_visits: Mapped[int | None]
    reason: Mapped[str | None]
    side: Mapped[str | None]
    target_measure: Mapped[str | None]
    target_value: Mapped[str | None]
    """A number as JSON text, so that 10 stays 10."""
    opened_on: Mapped[str | None]
    closed_on: Mapped[str | None]
    outcome: Mapped[str | None]
    closing_note: Mapped[str | None]
    next_visit: Mapped[str | None]
    """Of the newest visit, kept in the commit that changes it."""
    stands_still: Mapped[bool | None] = mapped_column(server_default=text("0"))
    """None where nobody has looked yet."""

    __table_args__ = (
        Index(None, "number"),
        Index("ix_courses_due", "next_visit", sqlite_where=text("closed_on IS NULL")),
        Index(
            "ix_courses_still",
            "id",
            sqlite_where=text("closed_on IS NULL AND stands_still IS NOT 0"),
        ),
    )


class VisitRow(Row):
    """A visit without what was charted, tried and planned in it."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    date: Mapped[str]
    signed: Mapped[bool | None]
    signed_here: Mapped[bool | None]
    """Whether this clinic signed it, so that a signature must be there."""
    first_entry: Mapped[str | None]
    last_entry: Mapped[str | None]
    """When something was first and last typed into it; nothing where nothing was."""
    decided: Mapped[bool]
    """Whether there is a decision at all; one that says nothing is still one."""
    decision_pattern: Mapped[str | None]
    decision_agree: Mapped[bool | None]
    decision_reason: Mapped[str | None]
    begun: Mapped[str | None]  # a treatment with no sign taken again yet, as JSON

    __table_args__ = (
        Index(None, "course_id", "date"),
        Index("ix_visits_unsigned", "date", "id", sqlite_where=text("signed IS NOT 1")),
    )


class NoteRow(Row):
    """A remark on a finding."""

    __tablename__ = "notes"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    finding: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class RetestRow(Row):
    """A sign before and after a treatment; numbers as JSON text, so that 6 stays 6."""

    __tablename__ = "retests"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    treatment: Mapped[str]
    test: Mapped[str]
    side: Mapped[str | None]
    before: Mapped[str | None]
    after: Mapped[str | None]
    verdict: Mapped[str | None]
    note: Mapped[str | None]
    dose: Mapped[str | None]
    minutes: Mapped[str | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class SignRow(Row):
    """A comparable sign chosen for the visit."""

    __tablename__ = "signs"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    test: Mapped[str]
    side: Mapped[str | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class PlanItemRow(Row):
    """A plan item, chosen for home or parked for later."""

    __tablename__ = "plan_items"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    parked: Mapped[bool] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str]
    dose: Mapped[str | None]
    side: Mapped[str | None]
    words: Mapped[str | None]
    drawing: Mapped[str | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class AdherenceRow(Row):
    """How much of one item of the last sheet was done, as asked at this visit."""

    __tablename__ = "adherence"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    done: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ResolutionRow(Row):
    """The written reason why a red flag no longer stands."""

    __tablename__ = "flag_resolutions"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    flag: Mapped[str]
    reason: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ActivityRow(Row):
    """One activity of the patient-specific functional scale; the score as JSON text."""

    __tablename__ = "activities"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    activity: Mapped[str]
    score: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ActivityNameRow(Row):
    """The name of an own activity, where not all of the visit's are scored yet."""

    __tablename__ = "activity_names"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class AddendumRow(Row):
    """A correction of a signed visit, its time as it was given."""

    __tablename__ = "addenda"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    author: Mapped[str]
    text: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class AnswerRow(Row):
    """What the rules said of a visit when it was last changed; lists as JSON text."""

    __tablename__ = "answers"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    version: Mapped[str]
    sha256: Mapped[str]
    status: Mapped[str]
    patterns: Mapped[str]
    lean: Mapped[str]
    red_flags: Mapped[str]
    """Pairs of flag and level."""

    __table_args__ = ({"sqlite_with_rowid": False},)


class DocumentRow(Row):
    """A paper as it was printed, byte for byte."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)

    __table_args__ = (Index(None, "visit_id", "kind"),)


class ReferralRow(Row):
    """A referral with its safety net; times as UTC, ISO 8601."""

    __tablename__ = "referrals"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    flag: Mapped[str | None]
    level: Mapped[str | None]
    warned_at: Mapped[str | None]
    sent_at: Mapped[str | None]
    answered_at: Mapped[str | None]
    recipient: Mapped[str]
    opened_at: Mapped[str]
    opened_by: Mapped[str]
    reason: Mapped[str]
    warning: Mapped[str]
    sent_by: Mapped[str]
    answer: Mapped[str]
    answered_by: Mapped[str]

    __table_args__ = (
        Index(None, "visit_id"),
        Index("ix_referrals_waiting", "opened_at", "id", sqlite_where=text("answered_at IS NULL")),
    )


class LetterDraftRow(Row):
    """A referral letter that is being typed; the flag is empty where she refers by hand."""

    __tablename__ = "letter_drafts"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    flag: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    reason: Mapped[str]
    told: Mapped[str]
    referral: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"))

    __table_args__ = ({"sqlite_with_rowid": False},)


class UserRow(Row):
    """Somebody who signs in; those who left stay."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    credentials: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]
    administers: Mapped[bool]

    __table_args__ = ({"sqlite_with_rowid": False},)


class UserKeyRow(Row):
    """A public key with which a user signs or signed."""

    __tablename__ = "user_keys"

    public_key: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (Index(None, "user_id"), {"sqlite_with_rowid": False})


FINDINGS = Table(
    "findings",
    Base.metadata,
    Column("visit_id", ForeignKey("visits.id"), primary_key=True),
    Column("finding", Text, primary_key=True),
    Column(
        "side", Text, CheckConstraint("side IN ('', 'right', 'left')", "side"), primary_key=True
    ),
    Column("value", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What was charted, one row a finding and side (empty where it has none), clustered by visit.

The value is JSON text: whole numbers stay whole, and sets keep their order. Read and written by
Core: as entities, a long chart's thousands of rows would take ten times as long to open.
"""
