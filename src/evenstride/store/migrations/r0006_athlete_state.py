"""By what one knows that nothing of an athlete has changed: a mark that every change replaces."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table; whoever has no mark yet has one after the next change."""
    op.create_table(
        "athlete_state",
        sa.Column("athlete_id", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", name="pk_athlete_state"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"], name="fk_athlete_state_athlete"),
    )
