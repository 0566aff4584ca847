"""What was felt, what a week's review decided, a runner's own trials, and sessions that a coach prescribes."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT: sa.types.TypeEngine[datetime] = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    """Create the five tables."""
    op.create_table(
        "run_log",
        *_keys(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("rater", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        *_told("logged_at"),
        *_constraints("run_log"),
    )
    op.create_table(
        "day_log",
        *_keys(),
        sa.Column("day", sa.Date, nullable=False),
        *_told("logged_at"),
        *_constraints("day_log"),
    )
    op.create_table(
        "review",
        *_keys(),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("plan_number", sa.Integer),
        *_told("made_at"),
        *_constraints("review"),
        sa.ForeignKeyConstraint(
            ["athlete_id", "plan_number"], ["plan.athlete_id", "plan.number"], name="fk_review_plan"
        ),
    )
    for table in ("trial", "session_template"):
        op.create_table(
            table, *_keys(), sa.Column("name", sa.Text, nullable=False), *_told("kept_at"), *_constraints(table)
        )


def _keys() -> "tuple[sa.Column[str], sa.Column[int]]":
    number = sa.Column("number", sa.Integer, nullable=False, autoincrement=False)
    return sa.Column("athlete_id", sa.String(32), nullable=False), number


def _told(when: str) -> "tuple[sa.Column[str], sa.Column[datetime], sa.Column[datetime]]":
    moment = sa.Column(when, MOMENT, nullable=False)
    return sa.Column("body", sa.Text, nullable=False), moment, sa.Column("removed_at", MOMENT)


def _constraints(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("athlete_id", "number", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"], name=f"fk_{table}_athlete"),
    )
