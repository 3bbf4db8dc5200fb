"""A treatment after which no sign was taken again yet."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Until now such a treatment lived in the window only."""
    op.add_column("visits", sa.Column("begun", sa.Text(), nullable=True))
