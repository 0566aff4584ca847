"""Files written for a person: under safe names, readable by nobody else, never over anything that is there."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from evenstride.store import read_original

NAME_BYTES_MAX = 120
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str, digest: str) -> str:
    """Return a file name that every system takes and that leads nowhere else; the digest where nothing is left.

    >>> safe_name("../../etc/monday.fit", "9f"), safe_name("..", "9f2c"), safe_name("CON.fit", "9f2c")
    ('monday.fit', '9f2c', '9f2c-CON.fit')
    """
    own = re.split(r"[/\\]", name)[-1]
    own = "".join("_" if not sign.isprintable() or sign in '<>:"|?*' else sign for sign in own).strip(" .")
    while len(own.encode()) > NAME_BYTES_MAX:
        stem, dot, ending = own.rpartition(".")
        own = stem[:-1] + dot + ending if stem and len(ending) < NAME_BYTES_MAX // 2 else own[:-1]
    if not own:
        return digest
    return f"{digest[:8]}-{own}" if _DEVICE.match(own) else own


def write_originals(kept: Path, names: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Write kept files (sha256 → name) into a folder under their own names; a taken name gets a part of the digest."""
    make_folder(folder)
    written = []
    for sha, name in names.items():
        target = folder / safe_name(name, sha)
        if target.exists():
            target = folder / f"{target.stem}-{sha[:8]}{target.suffix}"
        write_private(target, read_original(kept, sha))
        written.append(target)
    return tuple(written)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that is there stays as it is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
