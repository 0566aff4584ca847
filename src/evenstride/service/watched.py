"""A folder of one's own that is looked at while evenstride serves: what appears in it is taken in, once.

A look changes nothing of a folder. A file is read when it has stopped growing: it is as it was at the look before. What
became of it is remembered by its place, size and time, so that it is read again only when it has changed.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evenstride.errors import InvalidRequest
from evenstride.model import FileOutcome
from evenstride.service.archive import Progress, importing
from evenstride.service.home import Home
from evenstride.store import (
    WatchedFile,
    WatchedFolder,
    file_key,
    note_watched,
    unwatch,
    watch,
    watched_files,
    watched_folders,
)

__all__ = ["Seen", "Watched", "folder_of", "look", "stop_watching", "watch_folder", "watched", "watched_folders"]

FILES_MAX = 20_000
"""So many files of a folder are looked at; a folder of more is hardly one of runs."""
AT_ONCE = 24
"""So many are taken in at one look, so that whoever stops evenstride never waits for long."""
Seen = Mapping[str, tuple[int, int]]
"""Key of a file's place → its size in bytes and when it changed, as they were at one look."""


@dataclass(frozen=True, kw_only=True)
class Watched:
    """The folder that is looked at, whether it is there now, and what became of its files, the latest first."""

    folder: WatchedFolder
    there: bool
    files: tuple[WatchedFile, ...]


def watch_folder(home: Home, text: str) -> Path:
    """Look at a folder from now on.

    Raises
    ------
    InvalidRequest
        No folder of this computer, or one that holds evenstride's own data.
    """
    said = text.strip().strip('"')
    folder = Path(said).expanduser() if said else Path()
    if not said or not folder.is_absolute():
        raise InvalidRequest("A folder is named from its beginning.", help="For example /home/ada/Runs or ~/Runs.")
    if not folder.is_dir():
        raise InvalidRequest(
            f"There is no folder {folder} on the computer that runs evenstride.", help="Make it first."
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        raise InvalidRequest(f"{folder} cannot be read.", help="Check its permissions.")
    own, data = folder.resolve(), home.store.data.resolve()
    if own == data or own in data.parents or data in own.parents:
        raise InvalidRequest(f"{folder} holds what evenstride keeps itself.", help="Choose a folder beside it.")
    watch(home.store, home.athlete_id, own, home.now)
    return own


def stop_watching(home: Home) -> None:
    """Look at no folder any more; what was taken in stays."""
    unwatch(home.store, home.athlete_id)


def folder_of(home: Home) -> WatchedFolder | None:
    """Return the athlete's folder."""
    return next((one for one in watched_folders(home.store) if one.athlete_id == home.athlete_id), None)


def watched(home: Home) -> Watched | None:
    """Return the athlete's folder and what became of its files; None where none is looked at."""
    folder = folder_of(home)
    if folder is None:
        return None
    files = tuple(watched_files(home.store, home.athlete_id).values())
    return Watched(folder=folder, there=folder.path.is_dir(), files=files)


def look(home: Home, folder: Path, before: Seen, *, stop: Callable[[], bool] = lambda: False) -> Seen:
    """Look at a folder once: take in what is new and has stopped growing; return what was seen, for the next look."""
    found = {file_key(path): (path, size, changed) for path, size, changed in _files(folder)}
    seen = {key: (size, changed) for key, (_, size, changed) in found.items()}
    known = watched_files(home.store, home.athlete_id)
    ready = [
        (key, path)
        for key, (path, size, changed) in found.items()
        if size and before.get(key) == (size, changed) and not _is_known(known.get(key), size, changed)
    ]
    if ready and not stop():
        _take_in(home, folder, dict(ready[:AT_ONCE]), seen, stop)
    return seen


def _is_known(one: WatchedFile | None, size: int, changed: int) -> bool:
    return one is not None and (one.size_bytes, one.changed_ns) == (size, changed)


def _take_in(home: Home, folder: Path, ready: Mapping[str, Path], seen: Seen, stop: Callable[[], bool]) -> None:
    """Take files in, and note what became of each; where it was stopped nothing is noted, and the next look goes on."""
    with importing(home, tuple(ready.values())) as (stands, steps):
        for _ in steps:
            if stop():
                return
    noted = []
    for key, path in ready.items():
        outcome, text, help_ = _outcome(path, stands)
        noted.append(
            WatchedFile(
                key=key,
                name=str(path.relative_to(folder)),
                size_bytes=seen[key][0],
                changed_ns=seen[key][1],
                outcome=outcome,
                text=text,
                help=help_,
                noted=home.now,
            )
        )
    note_watched(home.store, home.athlete_id, noted)


def _outcome(path: Path, stands: Progress) -> tuple[str, str, str]:
    """What became of one file; of an archive the first thing that failed is told."""
    for outcome, told in (("failed", stands.failed), ("skipped", stands.aside)):
        one = next((one for one in told if _is_of(one, path)), None)
        if one is not None:
            return outcome, one.text, one.help if "evenstride " not in one.help else ""
    return "kept", "", ""


def _is_of(outcome: FileOutcome, path: Path) -> bool:
    return outcome.name == path.name or outcome.name.startswith((f"{path.name}/", f"{path.name}:"))


def _files(folder: Path) -> Iterator[tuple[Path, int, int]]:
    """Every file below a folder with its size and time; hidden ones and links elsewhere are not looked at."""
    n = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(one for one in names if not one.startswith(".") and not one.endswith(_UNDER_WAY)):
            path = Path(place, name)
            try:
                state = path.lstat()
            except OSError:
                continue
            if not path.is_file() or path.is_symlink():
                continue
            n += 1
            if n > FILES_MAX:
                return
            yield path, state.st_size, state.st_mtime_ns


_UNDER_WAY: tuple[str, ...] = (".part", ".partial", ".crdownload", ".download", ".tmp")
"""How files are called while a browser or another program still writes them."""
