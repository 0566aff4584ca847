"""The tables. Every row belongs to one athlete, and no row can point to another athlete's.

Times are kept in UTC: with their zone on PostgreSQL, as text of one width on SQLite, so that they sort as they pass.
"""

from datetime import UTC, datetime
from typing import Any
from unicodedata import category

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from evenstride.errors import InvalidRequest

REVISION = "0006"
"""The newest migration: what a database must have to be used by this version."""

VERSION_TABLE = "evenstride_schema"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """A moment, aware on both sides."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, which knows no times."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time to keep must carry its zone")
        try:
            utc = value.astimezone(UTC)
        except OverflowError:
            raise InvalidRequest(f"The time {value} is beyond the calendar.") from None
        return utc.isoformat(timespec="microseconds") if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002  its signature
        """Give UTC back."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if moment.tzinfo is None:
            raise ValueError("a kept time carries its zone")
        utc: datetime = moment.astimezone(UTC)
        return utc


class Words(TypeDecorator[str]):
    """Text from outside: what no database can hold (NUL, halves of characters) becomes a replacement sign."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  its signature
        """Clean the text."""
        return None if value is None else storable(value)


class FileName(Words):
    """A file's own name, which may come from a hostile archive: it never leads to another folder."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  its signature
        """Clean the name."""
        return None if value is None else file_name(value)


def file_name(text: str) -> str:
    """Return the name without what could lead to another folder or speak to a terminal.

    >>> file_name("../run" + chr(27) + ".fit"), file_name("..")
    ('.._run_.fit', '_')
    """
    clean = "".join("_" if one in "/\\" or category(one) == "Cc" else one for one in text.replace("\0", "�"))
    return "_" if clean in ("", ".", "..") else storable(clean)


def storable(text: str) -> str:
    r"""Return the text without what no database can hold.

    >>> storable("run\x00.fit")
    'run�.fit'
    """
    return text.replace("\0", "�").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _owner() -> Column[str]:
    return Column("athlete_id", String(32), nullable=False)


def _belongs_to(table: str, *columns: str, to: tuple[str, ...]) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["athlete_id", *columns], [f"{table}.{name}" for name in to])


athlete = Table(
    "athlete",
    metadata,
    _owner(),
    Column("name_key", Text, nullable=False),  # how names are compared: NFC, case folded
    Column("profile", Text, nullable=False),
    Column("added_at", Utc, nullable=False),
    PrimaryKeyConstraint("athlete_id"),
    UniqueConstraint("name_key"),
)

side_check = Table(
    "side_check",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("checked", Date, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

original = Table(
    "original",
    metadata,
    _owner(),
    Column("sha256", String(64), nullable=False),
    Column("name", FileName, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    PrimaryKeyConstraint("athlete_id", "sha256"),
    _belongs_to("athlete", to=("athlete_id",)),
)

run = Table(
    "run",
    metadata,
    _owner(),
    Column("run_id", String(32), nullable=False),
    Column("day", Date, nullable=False),  # the athlete's own, which the identifier names
    Column("start", Utc, nullable=False),
    Column("finish", Utc, nullable=False),
    Column("duration_s", Double, nullable=False),
    PrimaryKeyConstraint("athlete_id", "run_id"),
    _belongs_to("athlete", to=("athlete_id",)),
    Index(None, "athlete_id", "start"),
    Index(None, "athlete_id", "day"),
)

recording = Table(
    "recording",
    metadata,
    _owner(),
    Column("recording_id", String(32), nullable=False),
    Column("run_id", String(32), nullable=False),
    Column("rank", Integer, nullable=False),  # the smallest speaks for the run
    Column("part", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("start", Utc, nullable=False),
    Column("duration_s", Double, nullable=False),
    Column("format", Text, nullable=False),
    Column("manufacturer", Words),
    Column("product", Words),
    Column("n_records", BigInteger, nullable=False),
    Column("report", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "recording_id"),
    _belongs_to("run", "run_id", to=("athlete_id", "run_id")),
    Index(None, "athlete_id", "run_id"),
)

recording_original = Table(
    "recording_original",
    metadata,
    _owner(),
    Column("recording_id", String(32), nullable=False),
    Column("place", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    PrimaryKeyConstraint("athlete_id", "recording_id", "place"),
    _belongs_to("recording", "recording_id", to=("athlete_id", "recording_id")),
    _belongs_to("original", "sha256", to=("athlete_id", "sha256")),
)

run_tag = Table(
    "run_tag",
    metadata,
    _owner(),
    Column("run_id", String(32), nullable=False),
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    PrimaryKeyConstraint("athlete_id", "run_id", "name"),
    _belongs_to("run", "run_id", to=("athlete_id", "run_id")),
)

file_outcome = Table(
    "file_outcome",
    metadata,
    _owner(),
    Column("file_key", String(64), nullable=False),
    Column("name", Words, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("help", Words, nullable=False),
    Column("noted_at", Utc, nullable=False),
    PrimaryKeyConstraint("athlete_id", "file_key"),
    _belongs_to("athlete", to=("athlete_id",)),
)

test_result = Table(
    "test_result",
    metadata,
    _owner(),
    Column("test_id", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "test_id"),
    _belongs_to("athlete", to=("athlete_id",)),
)

plan = Table(
    "plan",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("made_at", Utc, nullable=False),
    Column("began", Date, nullable=False),  # the programme's first day, which may be long before the plan's
    Column("start", Date, nullable=False),
    Column("why", Words, nullable=False),
    Column("body", Text, nullable=False),
    Column("exported_at", Utc),  # when a calendar last took it
    Column("undone_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

calendar_change = Table(
    "calendar_change",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("plan_number", Integer),  # the plan that was made for it, and is taken back with it
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("added_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
    _belongs_to("plan", "plan_number", to=("athlete_id", "number")),
)

session_log = Table(
    "session_log",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("session", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("logged_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

return_state = Table(
    "return_state",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("log", Text),  # the session that led here, where one did
    Column("body", Text, nullable=False),
    Column("kept_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

run_log = Table(
    "run_log",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("run", Words, nullable=False),  # the kept run's name, empty while there is no file of it
    Column("rater", String(16), nullable=False),
    Column("name", Words, nullable=False),
    Column("body", Text, nullable=False),
    Column("logged_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

day_log = Table(
    "day_log",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("logged_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

review = Table(
    "review",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("week", Date, nullable=False),
    Column("plan_number", Integer),  # the plan that it led to; taken back with that one
    Column("body", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
    _belongs_to("plan", "plan_number", to=("athlete_id", "number")),
)

trial = Table(
    "trial",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("name", Words, nullable=False),  # the trial's own identifier; the newest row of it holds
    Column("body", Text, nullable=False),
    Column("kept_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

session_template = Table(
    "session_template",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("body", Text, nullable=False),
    Column("kept_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
)

calendar_feed = Table(
    "calendar_feed",
    metadata,
    _owner(),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("token_sha256", String(64), nullable=False),  # of the secret in the address, which itself is not kept
    Column("made_at", Utc, nullable=False),
    Column("removed_at", Utc),
    PrimaryKeyConstraint("athlete_id", "number"),
    _belongs_to("athlete", to=("athlete_id",)),
    Index(None, "token_sha256"),
)

watched_folder = Table(
    "watched_folder",
    metadata,
    _owner(),
    Column("path", Text, nullable=False),
    Column("since", Utc, nullable=False),
    PrimaryKeyConstraint("athlete_id"),
    _belongs_to("athlete", to=("athlete_id",)),
)

watched_file = Table(
    "watched_file",
    metadata,
    _owner(),
    Column("path_key", String(64), nullable=False),
    Column("name", FileName, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("changed_ns", BigInteger, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("text", Words, nullable=False),
    Column("help", Words, nullable=False),
    Column("noted_at", Utc, nullable=False),
    PrimaryKeyConstraint("athlete_id", "path_key"),
    _belongs_to("athlete", to=("athlete_id",)),
)

athlete_state = Table(
    "athlete_state",
    metadata,
    _owner(),
    Column("mark", String(32), nullable=False),  # another one after every change of any row of the athlete
    PrimaryKeyConstraint("athlete_id"),
    _belongs_to("athlete", to=("athlete_id",)),
)
