"""Signatures, what is typed for an addendum, and when each visit was first and last typed into."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TYPED_INTO = (
    "findings",
    "notes",
    "retests",
    "plan_items",
    "adherence",
    "flag_resolutions",
    "activities",
    "activity_names",
    "signs",
)
"""Tables whose rows say when they were last written."""


def upgrade() -> None:
    """No visit of before was signed by this clinic: what says so was signed elsewhere."""
    op.add_column("visits", sa.Column("signed_here", sa.Boolean()))
    for name in ("first_entry", "last_entry"):
        op.add_column("visits", sa.Column(name, sa.Text()))
    # The earliest time that a row still names: the visit was typed into then, or before.
    rows = " UNION ALL ".join(f"SELECT visit_id, changed_at FROM {name}" for name in TYPED_INTO)
    op.execute(
        f"WITH typed AS ({rows}) UPDATE visits SET"
        " first_entry = (SELECT MIN(changed_at) FROM typed WHERE visit_id = visits.id),"
        " last_entry = (SELECT MAX(changed_at) FROM typed WHERE visit_id = visits.id)"
    )
    signatures()
    drafts()


def signatures() -> None:
    """One row a signature: place 0 is the visit's own."""
    texts = ("user_id", "name", "credentials", "meaning", "signed_at", "zone")
    op.create_table(
        "signatures",
        visit(),
        sa.Column("place", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*texts, *STAMP)),
    )


def drafts() -> None:
    """One text a visit and author."""
    op.create_table(
        "addendum_drafts",
        visit(),
        sa.Column("author", sa.Text(), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", *STAMP)),
        sqlite_with_rowid=False,
    )


STAMP = ("changed_at", "changed_by")


def visit() -> sa.Column[int]:
    """Which visit a row belongs to."""
    return sa.Column(
        "visit_id", sa.Integer(), sa.ForeignKey("visits.id"), primary_key=True, nullable=False
    )
