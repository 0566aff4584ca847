"""Files that were sent: within their limits, in a folder of their own, under names of our own."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fastapi import UploadFile

from evenstride.errors import TooLarge
from evenstride.service.unpacked import unpacked_bytes
from evenstride.web.settings import MIB, WebSettings

ENDINGS = frozenset({".fit", ".gpx", ".tcx", ".json", ".csv", ".zip", ".gz"})
"""What a file may be called after; any other ending is left away, and the reader looks at the content."""
NAME_MAX = 120


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that was sent: where it lies now, and what it was called, to be shown and for nothing else."""

    path: Path
    name: str


@contextmanager
def spooled(files: Sequence[UploadFile], settings: WebSettings) -> Iterator[tuple[Upload, ...]]:
    """Lay the files of one request where an import can read them; they are gone afterwards.

    Raises
    ------
    TooLarge
        Too many, one too large, or an archive that would unpack to more than is taken in.
    """
    if len(files) > settings.upload_files_max:
        raise TooLarge(
            f"These are {len(files)} files, and {settings.upload_files_max} are taken in at once.",
            help="Send them in several parts, or as one zip archive.",
        )
    with TemporaryDirectory(prefix="evenstride-") as folder:
        yield tuple(_kept(file, Path(folder), n, settings) for n, file in enumerate(files))


def shown_name(name: str | None) -> str:
    """Return what a file was called, without folders and without signs that steer what shows it.

    >>> shown_name("../../etc/monday.fit"), shown_name("C:\\\\runs\\\\sunday.fit"), shown_name(None)
    ('monday.fit', 'sunday.fit', 'file')
    """
    bare = PurePosixPath((name or "").replace("\\", "/")).name
    return "".join(sign for sign in bare if sign.isprintable())[:NAME_MAX] or "file"


def _kept(file: UploadFile, folder: Path, number: int, settings: WebSettings) -> Upload:
    name = shown_name(file.filename)
    ending = PurePosixPath(name).suffix.lower()
    path = folder / f"{number:05d}{ending if ending in ENDINGS else ''}"
    with path.open("wb") as out:
        shutil.copyfileobj(file.file, out, MIB)
    _refuse_larger(name, path.stat().st_size, settings.upload_file_bytes_max)
    _refuse_larger(name, unpacked_bytes(path), settings.unpacked_bytes_max)
    return Upload(path=path, name=name)


def _refuse_larger(name: str, size_bytes: int, limit: int) -> None:
    if size_bytes > limit:
        raise TooLarge(f"{name} is larger than the {limit // MIB} MB that are taken in.", help="Send it in parts.")
