"""A folder that is looked at while evenstride serves, and what became of the files in it."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT: sa.types.TypeEngine[datetime] = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "watched_folder",
        sa.Column("athlete_id", sa.String(32), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", name="pk_watched_folder"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"], name="fk_watched_folder_athlete"),
    )
    op.create_table(
        "watched_file",
        sa.Column("athlete_id", sa.String(32), nullable=False),
        sa.Column("path_key", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("changed_ns", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("help", sa.Text, nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "path_key", name="pk_watched_file"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"], name="fk_watched_file_athlete"),
    )
