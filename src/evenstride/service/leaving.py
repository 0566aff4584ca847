"""What leaves with a person: everything as files for other programs, everything as a backup, everything gone."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from evenstride.errors import InvalidRequest
from evenstride.service.export import Exported, export
from evenstride.service.hand_out import make_folder, safe_name
from evenstride.service.home import Home
from evenstride.service.today_file import forget
from evenstride.service.where import Where
from evenstride.store import Backup, Erased, backup, count_rows, erase
from evenstride.store.people import name_key
from evenstride.store.remembered import read_once

BACKUPS = "backups"


def export_zip(home: Home, folder: Path) -> tuple[Path, Exported]:
    """Write the athlete's export as one zip archive into a folder that is there."""
    name = f"evenstride-{safe_name(home.profile.name, 'athlete').replace(' ', '-')}-{home.today.isoformat()}"
    done = export(home, folder / name)
    archive = Path(shutil.make_archive(str(folder / name), "zip", root_dir=folder, base_dir=name))
    shutil.rmtree(folder / name, ignore_errors=True)
    return archive, done


def backup_name(home: Home) -> str:
    """Return what a backup of this moment is called."""
    return f"evenstride-backup-{home.now:%Y-%m-%d-%H%M}.zip"


def keep_backup(home: Home) -> Backup:
    """Write a backup of everybody into the folder for backups beside the data."""
    folder = home.store.data / BACKUPS
    make_folder(folder)
    return write_backup(home, folder)


def write_backup(home: Home, folder: Path) -> Backup:
    """Write a backup of everybody into a folder that is there."""
    return backup(home.store, folder / backup_name(home), home.now)


def what_is_kept(home: Home) -> Mapping[str, int]:
    """Return how many entries of each kind are kept of the athlete: what erasing takes away."""
    return read_once(
        home.store, home.athlete_id, "how much is kept",
        lambda connection: {name: n for name, n in count_rows(connection, home.athlete_id).items() if n},
    )  # fmt: skip


def erase_here(home: Home, where: Where, typed: str) -> Erased:
    """Remove everything of the athlete, for good, once their name was typed.

    Raises
    ------
    InvalidRequest
        Another name was typed; nothing is erased.
    """
    if name_key(typed) != name_key(home.profile.name):
        raise InvalidRequest("That is not the name, so nothing was erased.", help=f"Type {home.profile.name} to erase.")
    forget(where, home.athlete_id)  # first: it can be written again, and must not be left over
    return erase(home.store, home.athlete_id)
