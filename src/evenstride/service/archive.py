"""Runs into the store: imported from anywhere, kept once, the same run from several devices as one."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evenstride.batch import Crashed, map_on_all_cores
from evenstride.errors import InvalidRequest
from evenstride.judge.same_run import is_same_run
from evenstride.model import FileOutcome, Original, Outcome, Recording
from evenstride.service.home import Home
from evenstride.service.intake import Common, Piece, Taken, find_pieces, judge_originals, read_together, take_in
from evenstride.store import (
    add_recording,
    add_run,
    note_outcome,
    originals,
    originals_folder,
    read_original,
    remove_recording,
    runs_between,
    seen,
    writing,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from evenstride.store import KeptRun

PIECES_PER_SAVE = 32
"""So much is lost at most, and done again, when the import is killed."""
SEVERAL_DAYS = timedelta(days=2)


@dataclass(kw_only=True)
class Progress:
    """How an import stands: counted while it goes on. ``total`` groups of files are to be read."""

    total: int
    files: int = 0
    kept: int = 0
    duplicates: int = 0
    merged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failed: list[FileOutcome] = field(default_factory=list)
    runs_added: list[str] = field(default_factory=list)


@contextmanager
def importing(
    home: Home, paths: Sequence[Path], *, jobs: int | None = None
) -> Iterator[tuple[Progress, Iterator[int]]]:
    """Prepare an import: yield how it stands, and the steps that do it (each gives how many groups it took in).

    Whoever stops in between, or kills the process, loses nothing: the next import of the same paths goes on.
    """
    with _spool(home.store.data) as spool:
        found = list(find_pieces(paths, spool))
        groups = read_together(one for one in found if isinstance(one, Piece))
        stands = Progress(total=len(groups))
        unreadable = [one for one in found if isinstance(one, FileOutcome)]
        yield stands, _steps(home, groups, unreadable, stands, jobs)


def _steps(
    home: Home,
    groups: Sequence[tuple[Piece, ...]],
    unreadable: Sequence[FileOutcome],
    stands: Progress,
    jobs: int | None,
) -> Iterator[int]:
    known = dict(seen(home.store, home.athlete_id))
    common = Common(
        known=frozenset(key for key, outcome in known.items() if outcome != "failed"),
        originals=originals_folder(home.store, home.athlete_id),
        timezone=home.profile.timezone,
    )
    waiting: list[Taken] = []
    if unreadable:
        _save(home, [Taken(files=len(unreadable), outcomes=tuple(unreadable))], known, stands)
    answers = map_on_all_cores(partial(take_in, common), groups, jobs=jobs)
    for group, answer in zip(groups, answers, strict=True):
        waiting.append(_crashed(group) if isinstance(answer, Crashed) else answer)
        if len(waiting) >= PIECES_PER_SAVE:
            _save(home, waiting, known, stands)
            yield len(waiting)
            waiting = []
    _save(home, waiting, known, stands)
    yield len(waiting)


def _save(home: Home, taken: Sequence[Taken], known: dict[str, Outcome], stands: Progress) -> None:
    """Write what was read in one transaction: after it, this much is safe."""
    with writing(home.store, home.athlete_id) as connection:
        for one in taken:
            _count(one, stands)
            fresh = [outcome for outcome in one.outcomes if known.get(outcome.key, "failed") == "failed"]
            stands.duplicates += len(one.outcomes) - len(fresh)
            if any(outcome.outcome == "kept" for outcome in fresh):
                _keep(home, connection, one, stands)
            for outcome in fresh:
                note_outcome(connection, home.athlete_id, outcome, home.now)
                known[outcome.key] = outcome.outcome
                _count_outcome(outcome, stands)


def _keep(home: Home, connection: "Connection", taken: Taken, stands: Progress) -> None:
    by_sha = {one.sha256: one for one in taken.originals}
    for recording in taken.recordings:
        run_id = _run_of(home, connection, recording)
        if run_id is None:
            run_id = add_run(connection, home.athlete_id, _local_day(home, recording), recording)
            stands.runs_added.append(run_id)
            joined = False
        else:
            joined = True
        added = add_recording(
            connection, home.athlete_id, run_id, recording, [by_sha[sha] for sha in recording.originals]
        )
        if joined and added:
            stands.merged += 1
            _join_feet(home, connection, recording)


def _run_of(home: Home, connection: "Connection", recording: Recording) -> str | None:
    """The run that this recording tells of too, if it is kept already."""
    report = recording.report
    end = report.start + timedelta(seconds=report.duration_s)
    near = runs_between(connection, home.athlete_id, report.start - SEVERAL_DAYS, end)
    same = [run for run in near if _is_same(run, recording)]
    return same[0].id if same else None


def _is_same(run: "KeptRun", recording: Recording) -> bool:
    report = recording.report
    return any(is_same_run(kept.start, kept.duration_s, report.start, report.duration_s) for kept in run.recordings)


def _join_feet(home: Home, connection: "Connection", recording: Recording) -> None:
    """Where the left and the right pod's files came one after the other, read them as the one run they are."""
    if not any(note.code == "one_leg_only" for note in recording.report.notes):
        return
    report = recording.report
    end = report.start + timedelta(seconds=report.duration_s)
    for run in runs_between(connection, home.athlete_id, report.start - SEVERAL_DAYS, end):
        alone = [one for one in run.recordings if one.format == report.source.format and len(one.originals) == 1]
        if not _is_same(run, recording) or len(alone) < 2:
            continue
        together = _read_again(home, [one.originals[0] for one in alone], recording)
        if together is None:
            continue
        joint, files = together
        add_recording(connection, home.athlete_id, run.id, joint, files)
        for one in alone:
            remove_recording(connection, home.athlete_id, one.id)
        return


def _read_again(home: Home, shas: Sequence[str], newest: Recording) -> tuple[Recording, tuple[Original, ...]] | None:
    """The recording that several kept files make together, if they make one."""
    named = {one.sha256: one for one in originals(home.store, home.athlete_id)}
    folder = originals_folder(home.store, home.athlete_id)
    newest_name = newest.report.source.name
    files = tuple(
        named.get(sha) or Original(sha256=sha, name=newest_name, size_bytes=len(read_original(folder, sha)))
        for sha in shas
    )
    common = Common(known=frozenset(), originals=folder, timezone=home.profile.timezone)
    recordings = judge_originals(common, [(one.sha256, one.name, read_original(folder, one.sha256)) for one in files])
    joint = [one for one in recordings if set(one.originals) == set(shas)]
    return (joint[0], files) if len(joint) == 1 else None


def _local_day(home: Home, recording: Recording) -> date:
    return recording.report.start.astimezone(ZoneInfo(home.profile.timezone)).date()


def _count(taken: Taken, stands: Progress) -> None:
    stands.files += taken.files
    stands.duplicates += taken.duplicates


def _count_outcome(outcome: FileOutcome, stands: Progress) -> None:
    if outcome.outcome == "kept":
        stands.kept += 1
    elif outcome.outcome == "skipped":
        stands.skipped[outcome.kind] += 1
    else:
        stands.failed.append(outcome)


def _crashed(pieces: Sequence[Piece]) -> Taken:
    outcomes = tuple(
        FileOutcome(
            key=f"crash:{piece.name}"[:64],
            name=piece.name,
            outcome="failed",
            kind="unreadable_input",
            text="Reading this file ended the process.",
            help="Please report the file; the others are unaffected.",
        )
        for piece in pieces
    )
    return Taken(files=len(pieces), outcomes=outcomes)


@contextmanager
def _spool(data: Path) -> Iterator[Path]:
    """A folder for archives found inside archives; what killed imports left behind goes too."""
    for old in data.glob("unpacked-*"):
        if not _is_alive(old.name.split("-")[1]):
            shutil.rmtree(old, ignore_errors=True)
    try:
        folder = Path(mkdtemp(prefix=f"unpacked-{os.getpid()}-", dir=data))
    except OSError as error:
        raise InvalidRequest(f"{data} cannot be written: {error.strerror}.", help="Choose another --data.") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
