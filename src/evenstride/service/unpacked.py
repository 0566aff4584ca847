"""How large an archive becomes, before anything is taken out of it."""

import mmap
import zipfile
from pathlib import Path

from evenstride.measure.formats.archive import refuse_too_many


def unpacked_bytes(path: Path) -> int:
    """Return how many bytes a zip file says that it holds; of any other file, its own size.

    What is taken out later stops at what was said. Archives within it, and gzip, have the limits of their reader.

    Raises
    ------
    TooLarge
        It has more entries than are looked at.
    """
    size = path.stat().st_size
    if not size or not zipfile.is_zipfile(path):
        return size
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        refuse_too_many(data)
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OverflowError):
        return size  # the reader says what is wrong with it, and rescues what it can
