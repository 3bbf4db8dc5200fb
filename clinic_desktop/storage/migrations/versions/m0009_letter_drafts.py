"""Letters that are being typed: one for a visit and what the letter is about."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table, empty: until now a letter lived in the window only."""
    op.create_table(
        "letter_drafts",
        sa.Column(
            "visit_id", sa.Integer(), sa.ForeignKey("visits.id"), primary_key=True, nullable=False
        ),
        sa.Column("flag", sa.Text(), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("recipient", "reason", "told")),
        sa.Column("referral", sa.Integer(), sa.ForeignKey("referrals.id")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("changed_at", "changed_by")),
        sqlite_with_rowid=False,
    )
