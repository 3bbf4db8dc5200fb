"""Side and words of a plan item for this patient, and what was done of each item."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Earlier plans have neither, and nobody was asked item by item."""
    for name in ("side", "words"):
        op.add_column("plan_items", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "adherence",
        sa.Column(
            "visit_id",
            sa.Integer(),
            sa.ForeignKey("visits.id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("item", sa.Text(), primary_key=True, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("done", "changed_at", "changed_by")
        ),
        sqlite_with_rowid=False,
    )
