"""Who signs in, and the keys by which what they signed is checked."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """A record from before has none; the first is entered with the clinic."""
    stamp = ("changed_at", "changed_by")
    op.create_table(
        "users",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "credentials", "role")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("active", "administers")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in stamp),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "user_keys",
        sa.Column("public_key", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("user_id", sa.Text(), sa.ForeignKey("users.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in stamp),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_user_keys_user_id", "user_keys", ["user_id"])
