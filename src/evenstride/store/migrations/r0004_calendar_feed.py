"""Addresses under which a calendar program reads the plan."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT: sa.types.TypeEngine[datetime] = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "calendar_feed",
        sa.Column("athlete_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.PrimaryKeyConstraint("athlete_id", "number", name="pk_calendar_feed"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"], name="fk_calendar_feed_athlete"),
    )
    op.create_index("ix_calendar_feed_token_sha256", "calendar_feed", ["token_sha256"])
