"""Referrals: which warning was given, to whom the letter went, what came back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, empty: earlier visits have no referral on record."""
    needed = ("recipient", "opened_at", "opened_by", "reason", "warning", "sent_by", "answer")
    later = ("flag", "level", "warned_at", "sent_at", "answered_at")
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("visit_id", sa.Integer(), sa.ForeignKey("visits.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in later),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in (*needed, "answered_by", "changed_at", "changed_by")
        ),
    )
    op.create_index("ix_referrals_visit_id", "referrals", ["visit_id"])
    op.create_index(
        "ix_referrals_waiting",
        "referrals",
        ["opened_at", "id"],
        sqlite_where=sa.text("answered_at IS NULL"),
    )
