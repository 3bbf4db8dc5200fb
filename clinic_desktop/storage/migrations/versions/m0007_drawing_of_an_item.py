"""Which of its drawings a plan item is given with."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Earlier plans have the usual one."""
    op.add_column("plan_items", sa.Column("drawing", sa.Text(), nullable=True))
