"""Files exactly as they were given, by the digest of their content. No database is needed: workers may keep and read.

A folder belongs to one athlete. A file stands in it complete or not at all, under ``first two digits/sha256``.
"""

import os
import shutil
from contextlib import suppress
from hashlib import sha256 as digest_of
from pathlib import Path
from uuid import uuid4

from evenstride.errors import StoreDamaged, StoreUnavailable


def keep_original(folder: Path, content: bytes) -> str:
    """Keep the bytes and return their sha256; bytes that are there already are kept once, damaged ones replaced.

    When it returns, the file survives a power cut. Several processes may keep the same bytes at once.

    Raises
    ------
    StoreUnavailable
        The folder is not there, cannot be written, or the disk is full.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     read_original(Path(folder), keep_original(Path(folder), b"a run"))
    b'a run'
    """
    sha256 = digest_of(content).hexdigest()
    path = original_path(folder, sha256)
    try:
        if not has_original(folder, sha256):
            # Never the folder itself: an athlete who is erased meanwhile must not come back as files of nobody.
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _write(path, content)
    except FileNotFoundError:
        raise StoreUnavailable(
            f"The folder {folder} is missing: the athlete was erased, or this is not their data folder.",
            help="Name the data folder with --data. If its files were lost, make the folder again and import them.",
        ) from None
    except OSError as error:
        raise StoreUnavailable(
            f"A file could not be kept in {folder} ({error.strerror}).",
            help="Check the disk and the permissions of the data folder; what was kept before is not touched.",
        ) from None
    return sha256


def read_original(folder: Path, sha256: str) -> bytes:
    """Return the bytes that were kept.

    Raises
    ------
    StoreDamaged
        When the file is gone, or no longer has the content it was kept with.
    """
    path = original_path(folder, sha256)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreDamaged(
            f"A kept file cannot be read ({error.strerror}: {path}).",
            help="Import the file again, restore a backup, or name the data folder that belongs to this database.",
        ) from None
    if digest_of(content).hexdigest() != sha256:
        raise StoreDamaged(
            f"A kept file was altered or damaged on disk: {path}.", help="Import the file again, or restore a backup."
        )
    return content


def has_original(folder: Path, sha256: str) -> bool:
    """Tell whether the bytes of that digest are there, whole; every byte is read.

    >>> has_original(Path("no such folder"), "0" * 64)
    False
    """
    try:
        return digest_of(original_path(folder, sha256).read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def original_path(folder: Path, sha256: str) -> Path:
    """Return where the bytes of that digest stand."""
    return folder / sha256[:2] / sha256


def settle(temporary: Path, path: Path) -> None:
    """Give a file that was written completely its name, in one step that survives a power cut."""
    os.replace(temporary, path)
    with suppress(OSError):  # not every system lets a folder be synchronised
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove_dead(folder: Path, prefix: str) -> None:
    """Remove the temporary folders (``prefix`` + process identifier + ``-…``) that killed processes left behind."""
    for path in folder.glob(f"{prefix}*"):
        if not _is_alive(path.name.removeprefix(prefix).split("-")[0]):
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{uuid4().hex}.part")
    try:
        with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        settle(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
