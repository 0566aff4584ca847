"""Runs into the store: imported from anywhere, kept once, the same run from several devices as one."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evenstride.batch import Crashed, map_on_all_cores
from evenstride.errors import InvalidRequest, UnreadableInput
from evenstride.model import FileOutcome, FileTold, Note, Recording
from evenstride.model.archive import Became
from evenstride.report.archive_document import ImportSummary
from evenstride.service.home import Home
from evenstride.service.intake import Common, Taken, take_in
from evenstride.service.merging import drop_poorer, find_its_run, join_feet, runs_near
from evenstride.service.pieces import Called, Piece, Spool, could_not, find_pieces, read_together
from evenstride.store import (
    add_recording,
    add_run,
    file_outcomes,
    forget_outcomes,
    has_original,
    note_outcome,
    originals_folder,
    recording_id,
    remove_dead,
    runs_of_originals,
    trials,
    writing,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

PIECES_PER_SAVE = 32
"""So much is lost at most, and done again, when the import is killed."""
_UNPACKED = "unpacked-"


@dataclass(kw_only=True)
class Progress:
    """How an import stands: counted while it goes on. ``total`` groups of files are to be read, ``read`` were.

    ``told`` has a line for each file once it is safe. ``aside`` is what is sound and no run, seen for the first time or
    again; ``notes`` tell of runs at the same time.
    """

    total: int
    read: int = 0
    files: int = 0
    kept: int = 0
    duplicates: int = 0
    merged: int = 0
    aside: list[FileOutcome] = field(default_factory=list)
    failed: list[FileOutcome] = field(default_factory=list)
    runs_added: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    told: list[FileTold] = field(default_factory=list)


def _never() -> bool:
    return False


@contextmanager
def importing(
    home: Home, paths: Sequence[Path | Called], *, jobs: int | None = None, stop: Callable[[], bool] = _never
) -> Iterator[tuple[Progress, Iterator[int]]]:
    """Prepare an import: yield how it stands, and the steps that do it (each gives how many groups it took in).

    Whoever stops in between, or kills the process, loses nothing: the next import of the same paths goes on. Once
    ``stop`` says so, no further file is begun, and what was read is saved.
    """
    with _spool(home.store.data) as spool:
        found = list(find_pieces(paths, Spool(folder=spool)))
        groups = read_together(replace(one, number=i) for i, one in enumerate(found) if isinstance(one, Piece))
        stands = Progress(total=len(groups))
        unread = [one for one in found if isinstance(one, FileOutcome)]
        yield stands, _steps(_Import(home=home, spool=spool, stands=stands, stop=stop), groups, unread, jobs)
    if stands.runs_added:
        _tell_trials(home)


def _tell_trials(home: Home) -> None:
    """Keep what the new runs are to a trial that is running."""
    if trials(home.store, home.athlete_id):
        from evenstride.service.trials import keep_told  # an import without a trial needs no season

        keep_told(home)


@dataclass(kw_only=True)
class _Import:
    """One import under way: ``known`` is the last word on every file, ``failed`` the keys of failures by name."""

    home: Home
    spool: Path
    stands: Progress
    stop: Callable[[], bool] = _never
    known: dict[str, FileOutcome] = field(init=False)
    failed: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.known = dict(file_outcomes(self.home.store, self.home.athlete_id))
        self.failed = {}
        for outcome in self.known.values():
            if outcome.outcome == "failed":
                self.failed.setdefault(outcome.name, set()).add(outcome.key)

    @property
    def originals(self) -> Path:
        return originals_folder(self.home.store, self.home.athlete_id)

    def common(self) -> Common:
        """What every worker needs to know of it."""
        known = self.known.values()
        return Common(
            known=frozenset(one.key for one in known if one.outcome == "skipped"),
            kept={one.key: _original_of(one) for one in known if one.outcome == "kept"},
            originals=self.originals,
            timezone=self.home.profile.timezone,
            claims=self.spool,
        )


def _original_of(kept: FileOutcome) -> str:
    return kept.text or kept.key


def summary_of(stands: Progress, *, seconds: float, stopped: bool = False) -> ImportSummary:
    """Return what an import did, in counts."""
    return ImportSummary(
        files=stands.files, kept=stands.kept, duplicates=stands.duplicates, merged=stands.merged,
        left_aside=tuple(stands.aside), failed=tuple(stands.failed), notes=tuple(stands.notes),
        runs_added=len(stands.runs_added), seconds=seconds, stopped=stopped,
    )  # fmt: skip


def _steps(
    this: _Import, groups: Sequence[tuple[Piece, ...]], unread: Sequence[FileOutcome], jobs: int | None
) -> Iterator[int]:
    waiting: list[Taken] = []
    if unread:
        _save(this, [Taken(files=len(unread), outcomes=tuple(unread))])
    answers = map_on_all_cores(partial(take_in, this.common()), groups, jobs=jobs)
    for group, answer in zip(groups, answers, strict=True):
        this.stands.read += 1
        waiting.append(_crashed(group) if isinstance(answer, Crashed) else answer)
        if len(waiting) >= PIECES_PER_SAVE:
            _save(this, waiting)
            yield len(waiting)
            waiting = []
        if this.stop():
            break
    _save(this, waiting)
    yield len(waiting)


def _save(this: _Import, taken: Sequence[Taken]) -> None:
    """Write what was read in one transaction: after it, this much is safe."""
    with writing(this.home.store, this.home.athlete_id) as connection:
        for one in taken:
            _count(one, this.stands)
            fresh, known = _told_apart(this, one.outcomes)
            _count_known(this, known)
            kept = [outcome for outcome in fresh if outcome.outcome == "kept"]
            belongs: _Belongs = {}
            if kept:
                lost = {_original_of(this.known[new.key]) for new in kept if _is_kept(this, new.key)}
                belongs = _keep(this, connection, one, lost)
            _tell(this, connection, one, (fresh, known), belongs)
            for outcome in one.outcomes:
                _forget_failures(this, connection, outcome)
            for outcome in fresh:
                _note(this, connection, outcome)


def _told_apart(this: _Import, outcomes: Sequence[FileOutcome]) -> tuple[list[FileOutcome], list[FileOutcome]]:
    """What is news, and what is known."""
    fresh: list[FileOutcome] = []
    known: list[FileOutcome] = []
    for outcome in outcomes:
        (fresh if _is_news(this, outcome) else known).append(outcome)
    return fresh, known


def _is_kept(this: _Import, key: str) -> bool:
    return key in this.known and this.known[key].outcome == "kept"


def _is_news(this: _Import, outcome: FileOutcome) -> bool:
    """Whether it says more than what is known: of a kept file, that its original was lost and here is another."""
    before = this.known.get(outcome.key)
    if before is None or before.outcome == "failed":
        return True
    if before.outcome == "skipped":
        return outcome.outcome != "skipped"
    if outcome.outcome != "kept" or outcome.text == before.text:
        return False
    return not has_original(this.originals, _original_of(before))


def _note(this: _Import, connection: "Connection", outcome: FileOutcome) -> None:
    _count_outcome(outcome, this.stands)
    if outcome.key:
        note_outcome(connection, this.home.athlete_id, outcome, this.home.now)
        this.known[outcome.key] = outcome


def _forget_failures(this: _Import, connection: "Connection", outcome: FileOutcome) -> None:
    """Of a file that failed in another import, the latest word counts; what comes out of an archive speaks for it."""
    names = (outcome.name, *map(str, PurePosixPath(outcome.name).parents))
    old = {key for name in names for key in this.failed.pop(name, ())} - {outcome.key}
    forget_outcomes(connection, this.home.athlete_id, sorted(old))
    for key in old:
        this.known.pop(key, None)


_Belongs = dict[str, tuple[Became, str]]
"""sha256 of an original → what its recording became, and of which run it is."""


def _tell(
    this: _Import, connection: "Connection", taken: Taken, seen: tuple[list[FileOutcome], list[FileOutcome]],
    belongs: _Belongs,
) -> None:  # fmt: skip
    """Add a line for each file. Of what is kept already the store knows the run."""
    fresh, known = seen
    before = [replace(this.known[one.key], name=one.name) for one in known]
    kept = {_original_of(one) for one in before if one.outcome == "kept"} - belongs.keys()
    runs = runs_of_originals(connection, this.home.athlete_id, kept) if kept else {}
    belongs = {**{sha: ("known", runs.get(sha, "")) for sha in kept}, **belongs}
    for one in (*fresh, *before):
        if one.outcome == "kept":
            became, run = belongs.get(_original_of(one), ("known", ""))
            this.stands.told.append(FileTold(name=one.name, became=became, run=run))
        else:
            became = "aside" if one.outcome == "skipped" else "failed"
            this.stands.told.append(FileTold(name=one.name, became=became, kind=one.kind, text=one.text, help=one.help))
    this.stands.told += [FileTold(name=name, became="known") for name in taken.twice]


def _keep(this: _Import, connection: "Connection", taken: Taken, lost: Set[str]) -> _Belongs:
    by_sha = {one.sha256: one for one in taken.originals}
    home = this.home
    belongs: _Belongs = {}
    for recording in taken.recordings:
        near = runs_near(home, connection, recording)
        own = recording_id(recording.originals, recording.part)
        there = next((run.id for run in near for kept in run.recordings if kept.id == own), None)
        if there is not None:
            belongs.update(dict.fromkeys(recording.originals, ("known", there)))
            continue
        same, doubts = find_its_run(home, near, recording)
        this.stands.notes += doubts
        if same is not None:
            run_id = same.id
        else:
            run_id = add_run(connection, home.athlete_id, _local_day(home, recording), recording)
            this.stands.runs_added.append(run_id)
        for sha in recording.originals:
            belongs.setdefault(sha, ("new" if same is None else "twin", run_id))
        files = [by_sha[sha] for sha in recording.originals]
        added = add_recording(connection, home.athlete_id, run_id, recording, files)
        if same is not None and added:
            this.stands.merged += 1
            drop_poorer(home, connection, same, recording, lost)
            join_feet(home, connection, recording)
    return belongs


def _local_day(home: Home, recording: Recording) -> date:
    return recording.report.start.astimezone(ZoneInfo(home.profile.timezone)).date()


def _count(taken: Taken, stands: Progress) -> None:
    stands.files += taken.files
    stands.duplicates += len(taken.twice)


def _count_known(this: _Import, outcomes: Sequence[FileOutcome]) -> None:
    """Count what there was nothing to do about; of what is left aside once more, with what was said the first time."""
    for outcome in outcomes:
        before = this.known[outcome.key]
        if before.outcome == "skipped":
            this.stands.aside.append(replace(before, name=outcome.name))
        else:
            this.stands.duplicates += 1


def _count_outcome(outcome: FileOutcome, stands: Progress) -> None:
    if outcome.outcome == "kept":
        stands.kept += 1
    elif outcome.outcome == "skipped":
        stands.aside.append(outcome)
    else:
        stands.failed.append(outcome)


def _crashed(pieces: Sequence[Piece]) -> Taken:
    error = UnreadableInput(
        "Reading this file ended the process.", help="Please report the file; the others are unaffected."
    )
    return Taken(files=len(pieces), outcomes=tuple(could_not(piece, error) for piece in pieces))


@contextmanager
def _spool(data: Path) -> Iterator[Path]:
    """A folder for archives found inside archives; what killed imports left behind goes too."""
    remove_dead(data, _UNPACKED)
    try:
        folder = Path(mkdtemp(prefix=f"{_UNPACKED}{os.getpid()}-", dir=data))
    except OSError as error:
        raise InvalidRequest(f"{data} cannot be written: {error.strerror}.", help="Choose another --data.") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
