"""Runs judged again from their originals: when the method has changed, and to see one run in full."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from evenstride.batch import Crashed, map_on_all_cores
from evenstride.errors import EvenstrideError, UnknownEntry
from evenstride.measure.formats import read_members
from evenstride.model import Recording, RunReport, Source, StoredRun
from evenstride.service.analyze import METHOD, judge_activity, runs_in
from evenstride.service.hand_out import write_originals
from evenstride.service.home import Home
from evenstride.service.intake import Common, in_zone, judge_originals
from evenstride.service.season import right_way_round
from evenstride.store import (
    originals,
    originals_folder,
    outdated,
    read_original,
    recording_id,
    replace_report,
    runs,
    side_checks,
    writing,
)

RECORDINGS_PER_SAVE = 32


@dataclass(frozen=True, kw_only=True)
class _Again:
    """Files that were read together, to be judged once more."""

    shas: tuple[str, ...]
    names: tuple[str, ...]


def count_outdated(home: Home) -> int:
    """How many recordings were judged by another version of the method."""
    return len(outdated(home.store, home.athlete_id, METHOD))


def each_recomputed(home: Home, *, jobs: int | None = None) -> Iterator[str]:
    """Judge again what another version of the method judged; yield the identifier of each recording as it is saved.

    What can no longer be read, or is no run to this version, keeps what was said of it.
    """
    names = {one.sha256: one.name for one in originals(home.store, home.athlete_id)}
    old = {one.id: one for one in outdated(home.store, home.athlete_id, METHOD)}
    reports = {recording_id(one.originals, one.part): one.report for run in runs(home.store, home.athlete_id)
               for one in run.recordings}  # fmt: skip
    left = {id_: reports[id_] for id_ in old}
    together = dict.fromkeys(one.originals for one in old.values())
    items = [_Again(shas=shas, names=tuple(names[sha] for sha in shas)) for shas in together]
    folder = originals_folder(home.store, home.athlete_id)
    common = Common(known=frozenset(), originals=folder, timezone=home.profile.timezone)
    waiting: list[Recording] = []
    for answer in map_on_all_cores(partial(_judge_again, common), items, jobs=jobs):
        waiting += () if isinstance(answer, Crashed) else answer
        if len(waiting) >= RECORDINGS_PER_SAVE:
            yield from _save(home, waiting, left)
            waiting = []
    yield from _save(home, waiting, left)
    yield from _stamp(home, dict(left))


def run_in_full(home: Home, run: StoredRun) -> tuple[RunReport, ...]:
    """Return every recording of a run as `evenstride analyze` tells it, read from its originals."""
    names = {one.sha256: one.name for one in originals(home.store, home.athlete_id)}
    folder = originals_folder(home.store, home.athlete_id)
    checks = side_checks(home.store, home.athlete_id)
    reports = []
    for recording in run.recordings:
        files = [(names[sha], read_original(folder, sha)) for sha in recording.originals]
        found = [runs_in(one.activities)[0] for one in read_members(files).activities]
        runs = [pair for some in found for pair in some]
        if recording.part >= len(runs):
            raise UnknownEntry(
                f"The file of {run.id} does not give this run any more.", help="evenstride season --recompute"
            )
        activity, notes = runs[recording.part]
        source: Source = recording.report.source
        report = judge_activity(in_zone(activity, home.profile.timezone), source, notes)
        reports.append(right_way_round(report, checks))
    return tuple(reports)


def hand_back(home: Home, run: StoredRun, folder: Path) -> tuple[Path, ...]:
    """Write the originals of a run, byte for byte as they came, into a folder; nothing there is overwritten."""
    names = {one.sha256: one.name for one in originals(home.store, home.athlete_id)}
    kept = originals_folder(home.store, home.athlete_id)
    shas = dict.fromkeys(sha for recording in run.recordings for sha in recording.originals)
    return write_originals(kept, {sha: names[sha] for sha in shas}, folder)


def _judge_again(common: Common, again: _Again) -> Sequence[Recording]:
    try:
        files = [
            (sha, name, read_original(common.originals, sha)) for sha, name in zip(again.shas, again.names, strict=True)
        ]
        return [replace(one, originals=again.shas) for one in judge_originals(common, files)]
    except EvenstrideError:
        return ()


def _save(home: Home, recordings: Sequence[Recording], waiting: dict[str, RunReport]) -> Iterator[str]:
    """Write new reports in the place of old ones; a part that no other version of the method saw is left to imports."""
    known = [one for one in recordings if recording_id(one.originals, one.part) in waiting]
    with writing(home.store, home.athlete_id) as connection:
        for one in known:
            id_ = recording_id(one.originals, one.part)
            replace_report(connection, home.athlete_id, id_, one.report, METHOD)
    for one in known:
        id_ = recording_id(one.originals, one.part)
        del waiting[id_]
        yield id_


def _stamp(home: Home, left: Mapping[str, RunReport]) -> Iterator[str]:
    with writing(home.store, home.athlete_id) as connection:
        for id_, report in left.items():
            replace_report(connection, home.athlete_id, id_, report, METHOD)
    yield from left
