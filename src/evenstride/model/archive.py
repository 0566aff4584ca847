"""What is kept of a person's files, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from evenstride.model.run import RunReport

Outcome = Literal["kept", "skipped", "failed"]
Became = Literal["new", "twin", "known", "aside", "failed"]


@dataclass(frozen=True, kw_only=True)
class Original:
    """One file as it was given, by its content: ``sha256`` of its bytes, its own name without folders."""

    sha256: str
    name: str
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One recording of a run: what one device or export says of it, judged by one version of the method.

    ``originals`` are the files that it was read from (two for a pair of pods), ``part`` its place among the activities
    in them. ``report`` carries neither trace nor activity: those are read again from the original where needed.
    """

    originals: tuple[str, ...]
    part: int
    report: RunReport
    method: str


@dataclass(frozen=True, kw_only=True)
class FileOutcome:
    """What became of one file of an import: ``kind``, ``text`` and ``help`` say why where it was not kept.

    ``key`` is the sha256 of the file's content, unpacked. Where it could not even be read, it is a digest of where the
    file lies, and empty where there is nothing of which to remember anything. Of what was passed over it is a digest of
    the content and the version of the method: another version looks again. Of a kept file ``text`` is the sha256 of its
    original, which differs from the key where the file came packed.
    """

    key: str
    name: str
    outcome: Outcome
    kind: str = ""
    text: str = ""
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class FileTold:
    """What one import says of one file: it gave a run that is ``new``, or is a ``twin`` of one that was there; it was
    ``known`` before; it is sound and no run (``aside``); it ``failed``. ``run`` names the first run that it tells of.
    """

    name: str
    became: Became
    run: str = ""
    kind: str = ""
    text: str = ""
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class StoredRun:
    """One run as it is kept: its recordings, the first being the one that speaks for it, and its tags."""

    id: str
    start: datetime
    duration_s: float
    recordings: tuple[Recording, ...]
    tags: Mapping[str, str] = field(default_factory=dict)
