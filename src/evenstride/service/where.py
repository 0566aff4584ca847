"""Where one person's data lie: the folder, the database, and whose they are."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evenstride.errors import InvalidRequest

_SCHEMES = ("sqlite", "postgresql", "postgres")


@dataclass(frozen=True, kw_only=True)
class Where:
    """The data folder, the database's address (None: SQLite in the folder), the athlete asked for (None: the only one).

    The address may hold a password, so it does not show when this is printed.
    """

    data: Path
    database_url: str | None = field(default=None, repr=False)
    athlete: str | None = None


def find_where(
    *,
    data: str | None = None,
    database: str | None = None,
    athlete: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Where:
    """Settle where the data lie: what was asked for, else the environment, else the system's place for user data.

    Raises
    ------
    InvalidRequest
        The database is no address of SQLite or PostgreSQL.

    Examples
    --------
    >>> find_where(data="/runs", environment={}).database_url is None
    True
    >>> find_where(data="/runs", database="postgresql://localhost/runs", environment={})
    Where(data=PosixPath('/runs'), athlete=None)
    """
    asked = data or environment.get("EVENSTRIDE_DATA")
    folder = (Path(asked).expanduser() if asked else _user_folder()).absolute()
    url = database or environment.get("EVENSTRIDE_DATABASE_URL") or None
    scheme, separator, _ = (url or "sqlite://").partition("://")
    if not separator or scheme.partition("+")[0] not in _SCHEMES:
        raise InvalidRequest(
            "The database is named by its address, for SQLite or PostgreSQL.",
            help="For example --database postgresql://localhost/evenstride; --data DIR alone uses SQLite there.",
        )
    return Where(data=folder, database_url=url, athlete=athlete)


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("evenstride", appauthor=False)
