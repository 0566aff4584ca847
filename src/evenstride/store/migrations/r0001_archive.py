"""The archive: athletes, their originals, runs with recordings and tags, tests, and what became of each file."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    """Create the nine tables."""
    _athlete()
    _files()
    _runs()
    _tests()


def _owner() -> "sa.Column[str]":
    return sa.Column("athlete_id", sa.String(32), nullable=False)


def _to_athlete(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["athlete_id"], ["athlete.athlete_id"], name=f"fk_{table}_athlete")


def _athlete() -> None:
    op.create_table(
        "athlete",
        _owner(),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", name="pk_athlete"),
        sa.UniqueConstraint("name_key", name="uq_athlete_name_key"),
    )
    op.create_table(
        "side_check",
        _owner(),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("checked", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "number", name="pk_side_check"),
        _to_athlete("side_check"),
    )


def _files() -> None:
    op.create_table(
        "original",
        _owner(),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "sha256", name="pk_original"),
        _to_athlete("original"),
    )
    op.create_table(
        "file_outcome",
        _owner(),
        sa.Column("file_key", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("help", sa.Text, nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "file_key", name="pk_file_outcome"),
        _to_athlete("file_outcome"),
    )


def _runs() -> None:
    op.create_table(
        "run",
        _owner(),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("finish", MOMENT, nullable=False),
        sa.Column("duration_s", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "run_id", name="pk_run"),
        _to_athlete("run"),
    )
    op.create_index("ix_run_athlete_id_start", "run", ["athlete_id", "start"])
    op.create_index("ix_run_athlete_id_day", "run", ["athlete_id", "day"])
    to_run = (["athlete_id", "run_id"], ["run.athlete_id", "run.run_id"])
    _recordings(to_run)
    op.create_table(
        "run_tag",
        _owner(),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "run_id", "name", name="pk_run_tag"),
        sa.ForeignKeyConstraint(*to_run, name="fk_run_tag_run"),
    )


def _recordings(to_run: tuple[list[str], list[str]]) -> None:
    op.create_table(
        "recording",
        _owner(),
        sa.Column("recording_id", sa.String(32), nullable=False),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("duration_s", sa.Double, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("manufacturer", sa.Text),
        sa.Column("product", sa.Text),
        sa.Column("n_records", sa.BigInteger, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "recording_id", name="pk_recording"),
        sa.ForeignKeyConstraint(*to_run, name="fk_recording_run"),
    )
    op.create_index("ix_recording_athlete_id_run_id", "recording", ["athlete_id", "run_id"])
    op.create_table(
        "recording_original",
        _owner(),
        sa.Column("recording_id", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "recording_id", "place", name="pk_recording_original"),
        sa.ForeignKeyConstraint(
            ["athlete_id", "recording_id"],
            ["recording.athlete_id", "recording.recording_id"],
            name="fk_recording_original_recording",
        ),
        sa.ForeignKeyConstraint(
            ["athlete_id", "sha256"],
            ["original.athlete_id", "original.sha256"],
            name="fk_recording_original_original",
        ),
    )


def _tests() -> None:
    op.create_table(
        "test_result",
        _owner(),
        sa.Column("test_id", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.PrimaryKeyConstraint("athlete_id", "test_id", name="pk_test_result"),
        _to_athlete("test_result"),
    )
