"""Two entries of one person point to one of them; an entry made by mistake says why it is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nobody is merged and nobody removed yet."""
    op.execute("ALTER TABLE patients ADD COLUMN merged_into INTEGER REFERENCES patients (number)")
    op.add_column("patients", sa.Column("removed_why", sa.Text(), nullable=True))
    op.create_index(
        "ix_patients_merged_into",
        "patients",
        ["merged_into"],
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
