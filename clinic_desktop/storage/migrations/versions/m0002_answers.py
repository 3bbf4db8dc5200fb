"""What the rules said of each visit; visits from before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    texts = (
        "version",
        "sha256",
        "status",
        "patterns",
        "lean",
        "red_flags",
        "changed_at",
        "changed_by",
    )
    op.create_table(
        "answers",
        sa.Column(
            "visit_id",
            sa.Integer(),
            sa.ForeignKey("visits.id"),
            primary_key=True,
            nullable=False,
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sqlite_with_rowid=False,
    )
