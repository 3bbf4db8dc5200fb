"""Comparable signs, what was given between two tests, and activities that are not scored yet."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Earlier visits chose no signs and noted neither dose nor minutes of a treatment."""
    for name in ("dose", "minutes"):
        op.add_column("retests", sa.Column(name, sa.Text(), nullable=True))
    _make("signs", sa.Column("test", sa.Text(), nullable=False), sa.Column("side", sa.Text()))
    _make("activity_names", sa.Column("name", sa.Text(), nullable=False))


def _make(table: str, *own: sa.Column[str]) -> None:
    """A short list of a visit."""
    op.create_table(
        table,
        sa.Column(
            "visit_id",
            sa.Integer(),
            sa.ForeignKey("visits.id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), primary_key=True, nullable=False),
        *own,
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("changed_at", "changed_by")),
        sqlite_with_rowid=False,
    )
