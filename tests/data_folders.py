"""Data folders that tests begin with, laid out as copies of what was made once."""

import shutil
from pathlib import Path

from evenstride.store.connection import DATABASE_NAME


def lay_out(schema: Path, data: Path) -> None:
    """Make a data folder in which a copy of a database file stands."""
    data.mkdir(mode=0o700)
    shutil.copyfile(schema, data / DATABASE_NAME)
