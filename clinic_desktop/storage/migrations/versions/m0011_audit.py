"""The audit trail: a table that only grows at its end, held by triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

NEVER_CHANGED = """
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never changed'); END
"""
NEVER_DELETED = """
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never deleted'); END
"""
# REPLACE deletes without asking the trigger above unless recursive triggers are on; whatever would
# take the place of an entry is therefore refused before it is looked at.
GROWS_AT_ITS_END = """
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
  OR NEW.prev IS NOT coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail follows the last one'); END
"""


def upgrade() -> None:
    """Make the table, empty: of what was done before there is no trail."""
    texts = ("at", "user", "who", "role", "workstation", "session", "deed")
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("before", "after")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "prev", "hash")),
    )
    op.create_index("ix_audit_user_seq", "audit", ["user", "seq"])
    for name in ("number", "visit_id"):
        op.create_index(
            f"ix_audit_{name}", "audit", [name, "seq"], sqlite_where=sa.text(f"{name} IS NOT NULL")
        )
    for trigger in (NEVER_CHANGED, NEVER_DELETED, GROWS_AT_ITS_END):
        op.execute(trigger)
