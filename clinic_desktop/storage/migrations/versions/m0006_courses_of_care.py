"""Courses of care: reason, side, a goal in a number, beginning and end, and where each stands."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# A day that does not read as one is no day; the newest visit alone plans the next.
_NEXT = """
UPDATE courses SET next_visit = (
  SELECT substr(f.value, 2, 10) FROM findings f
  WHERE f.finding = 'plan.next_visit' AND f.side = ''
    AND f.value GLOB '"[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*"'
    AND date(substr(f.value, 2, 10)) = substr(f.value, 2, 10)
    AND f.visit_id = (
      SELECT v.id FROM visits v WHERE v.course_id = courses.id
      ORDER BY v.date DESC, v.id DESC LIMIT 1
    )
)"""
_UNJUDGED = """
UPDATE courses SET stands_still = NULL
WHERE (SELECT count(*) FROM visits v WHERE v.course_id = courses.id) >= 3"""


def upgrade() -> None:
    """Nothing was said of earlier courses; whether they stand still is found out when asked."""
    words = (
        "reason", "side", "target_measure", "target_value", "opened_on", "closed_on", "outcome",
        "closing_note", "next_visit",
    )  # fmt: skip
    for name in words:
        op.add_column("courses", sa.Column(name, sa.Text(), nullable=True))
    op.add_column(
        "courses",
        sa.Column("stands_still", sa.Boolean(), nullable=True, server_default=sa.text("0")),
    )
    op.execute(_NEXT)
    op.execute(_UNJUDGED)
    open_only = "closed_on IS NULL"
    op.create_index("ix_courses_due", "courses", ["next_visit"], sqlite_where=sa.text(open_only))
    op.create_index(
        "ix_courses_still",
        "courses",
        ["id"],
        sqlite_where=sa.text(f"{open_only} AND stands_still IS NOT 0"),
    )
