"""The record: patients, courses, visits with all that is charted in them, and papers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NO_ROWID = {"sqlite_with_rowid": False}


def upgrade() -> None:
    """Make every table."""
    patients()
    courses()
    findings()
    parts_of_visits()
    documents()


def patients() -> None:
    """Who the charts are about, and by which words they are found."""
    op.create_table(
        "patients",
        whole("number", primary_key=True),
        words("name"),
        words("same_name"),
        words("birth_date", null=True),
        words("birthday", null=True),
        whole("age", null=True),
        words("sex", null=True),
        words("language", null=True),
        words("latest_on"),
        *stamp(),
        sqlite_autoincrement=True,
    )
    index("patients", "same_name", "birth_date")
    index("patients", "birth_date")
    index("patients", "birthday", "birth_date")
    index("patients", "latest_on")
    op.create_table(
        "patient_words",
        words("word", primary_key=True),
        words("folded", primary_key=True),
        refers("number", "patients.number", primary_key=True),
        **NO_ROWID,
    )
    index("patient_words", "number", "word")


def courses() -> None:
    """Courses of care and their visits."""
    op.create_table(
        "courses",
        whole("id", primary_key=True),
        refers("number", "patients.number"),
        words("goal", null=True),
        whole("planned_visits", null=True),
        *stamp(),
    )
    index("courses", "number")
    op.create_table(
        "visits",
        whole("id", primary_key=True),
        refers("course_id", "courses.id"),
        words("date"),
        sa.Column("signed", sa.Boolean()),
        sa.Column("decided", sa.Boolean(), nullable=False),
        words("decision_pattern", null=True),
        sa.Column("decision_agree", sa.Boolean()),
        words("decision_reason", null=True),
        *stamp(),
    )
    index("visits", "course_id", "date")
    op.create_index(
        "ix_visits_unsigned", "visits", ["date", "id"], sqlite_where=sa.text("signed IS NOT 1")
    )


def findings() -> None:
    """What was charted, and remarks on it."""
    op.create_table(
        "findings",
        refers("visit_id", "visits.id", primary_key=True),
        words("finding", primary_key=True),
        words("side", primary_key=True),
        words("value"),
        *stamp(),
        sa.CheckConstraint("side IN ('', 'right', 'left')", name="ck_findings_side"),
        **NO_ROWID,
    )
    op.create_table(
        "notes",
        refers("visit_id", "visits.id", primary_key=True),
        words("finding", primary_key=True),
        words("text"),
        *stamp(),
        **NO_ROWID,
    )


def parts_of_visits() -> None:
    """What was tried, planned, resolved, scored and added."""
    part(
        "retests",
        words("treatment"),
        words("test"),
        words("side", null=True),
        words("before", null=True),
        words("after", null=True),
        words("verdict", null=True),
        words("note", null=True),
    )
    op.create_table(
        "plan_items",
        refers("visit_id", "visits.id", primary_key=True),
        sa.Column("parked", sa.Boolean(), primary_key=True),
        whole("position", primary_key=True),
        words("item"),
        words("dose", null=True),
        *stamp(),
        **NO_ROWID,
    )
    part("flag_resolutions", words("flag"), words("reason"))
    part("activities", words("activity"), words("score"))
    part("addenda", words("at"), words("author"), words("text"))


def documents() -> None:
    """Papers as they were printed."""
    op.create_table(
        "documents",
        whole("id", primary_key=True),
        refers("visit_id", "visits.id"),
        words("kind"),
        words("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *stamp(),
    )
    index("documents", "visit_id", "kind")


# -------------------------------------------------------------------- words of this migration
def words(name: str, *, null: bool = False, primary_key: bool = False) -> sa.Column[str]:
    """A column of text."""
    return sa.Column(name, sa.Text(), nullable=null, primary_key=primary_key)


def whole(name: str, *, null: bool = False, primary_key: bool = False) -> sa.Column[int]:
    """A column of whole numbers."""
    return sa.Column(name, sa.Integer(), nullable=null, primary_key=primary_key)


def refers(name: str, to: str, *, primary_key: bool = False) -> sa.Column[int]:
    """A column that points to a row of another table."""
    return sa.Column(name, sa.Integer(), sa.ForeignKey(to), nullable=False, primary_key=primary_key)


def stamp() -> tuple[sa.Column[str], sa.Column[str]]:
    """Who wrote the row last and when."""
    return words("changed_at"), words("changed_by")


def index(table: str, *columns: str) -> None:
    """An index named by its table and columns."""
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def part(name: str, *columns: sa.Column[Any]) -> None:
    """A list of parts of a visit, in their order."""
    op.create_table(
        name,
        refers("visit_id", "visits.id", primary_key=True),
        whole("position", primary_key=True),
        *columns,
        *stamp(),
        **NO_ROWID,
    )
