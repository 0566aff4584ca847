"""The programme: plans with what they changed in the calendar, what was done of sessions, the way back to running."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    """Create the four tables."""
    _plans()
    op.create_table(
        "session_log",
        *_keys(),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("logged_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        *_constraints("session_log"),
    )
    op.create_table(
        "return_state",
        *_keys(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("log", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        *_constraints("return_state"),
    )


def _plans() -> None:
    op.create_table(
        "plan",
        *_keys(),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("began", sa.Date, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("exported_at", MOMENT),
        sa.Column("undone_at", MOMENT),
        *_constraints("plan"),
    )
    op.create_table(
        "calendar_change",
        *_keys(),
        sa.Column("plan_number", sa.Integer),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        *_constraints("calendar_change"),
        sa.ForeignKeyConstraint(
            ["athlete_id", "plan_number"], ["plan.athlete_id", "plan.number"], name="fk_calendar_change_plan"
        ),
    )


def _keys() -> "tuple[sa.Column[str], sa.Column[int]]":
    number = sa.Column("number", sa.Integer, nullable=False, autoincrement=False)
    return sa.Column("athlete_id", sa.String(32), nullable=False), number


def _constraints(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("athlete_id", "number", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"], name=f"fk_{table}_athlete"),
    )
