"""Which run a recording belongs to: one that is there, told by another device or export, or a new one."""

from collections.abc import Sequence, Set
from datetime import timedelta
from typing import TYPE_CHECKING

from evenstride.errors import EvenstrideError
from evenstride.judge.same_run import is_same_device, is_same_run, tell_the_same
from evenstride.measure.formats import read_members
from evenstride.model import Activity, Note, Original, Recording
from evenstride.service.analyze import runs_in
from evenstride.service.home import Home
from evenstride.service.intake import Common, in_zone, judge_originals
from evenstride.store import (
    add_recording,
    originals,
    originals_folder,
    read_original,
    remove_recording,
    runs_between,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from evenstride.store import KeptRecording, KeptRun

SEVERAL_DAYS = timedelta(days=2)


def runs_near(home: Home, connection: "Connection", recording: Recording) -> tuple["KeptRun", ...]:
    """Return the runs that a recording may be of, by their time."""
    report = recording.report
    end = report.start + timedelta(seconds=report.duration_s)
    return runs_between(connection, home.athlete_id, report.start - SEVERAL_DAYS, end)


def find_its_run(
    home: Home, near: Sequence["KeptRun"], recording: Recording
) -> tuple["KeptRun | None", tuple[Note, ...]]:
    """Return the run that a recording is of, if it is there, and what is to be said about a doubt.

    One device records one run at a time: another of the same kind is another person's, unless it wrote the same values.
    """
    device = recording.report.source.device
    others: list[Note] = []
    at_its_time = [run for run in near if _is_at_its_time(run, recording)]
    for run in sorted(at_its_time, key=lambda run: _apart_s(run, recording)):
        answers = [
            _tell_the_same(home, kept, recording)
            for kept in run.recordings
            if is_same_device(kept.device, device) and kept.originals != recording.originals
        ]
        if False in answers:
            others.append(_apart(run, recording))
        else:
            return run, (_undecided(run, recording),) if None in answers and True not in answers else ()
    return None, tuple(others)


def drop_poorer(home: Home, connection: "Connection", run: "KeptRun", recording: Recording, lost: Set[str]) -> None:
    """Take away what was read from some of these files before the others came, or from a file that is lost."""
    for kept in run.recordings:
        if set(kept.originals) < set(recording.originals) or lost & set(kept.originals):
            remove_recording(connection, home.athlete_id, kept.id)


def join_feet(home: Home, connection: "Connection", recording: Recording) -> None:
    """Where the left and the right pod's files came one after the other, read them as the one run they are."""
    if not any(note.code == "one_leg_only" for note in recording.report.notes):
        return
    for run in runs_near(home, connection, recording):
        alone = [
            one for one in run.recordings if one.format == recording.report.source.format and len(one.originals) == 1
        ]
        if not _is_at_its_time(run, recording) or len(alone) < 2:
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


def _is_at_its_time(run: "KeptRun", recording: Recording) -> bool:
    report = recording.report
    return any(is_same_run(kept.start, kept.duration_s, report.start, report.duration_s) for kept in run.recordings)


def _apart_s(run: "KeptRun", recording: Recording) -> float:
    """How far begin and end are from those of the nearest recording of a run."""
    report = recording.report
    starts = [(kept, abs((kept.start - report.start).total_seconds())) for kept in run.recordings]
    return min(start_s + abs(kept.duration_s - report.duration_s) for kept, start_s in starts)


def _tell_the_same(home: Home, kept: "KeptRecording", recording: Recording) -> bool | None:
    one = _activity(home, kept.originals, kept.part)
    other = _activity(home, recording.originals, recording.part)
    return None if one is None or other is None else tell_the_same(one, other)


def _activity(home: Home, shas: Sequence[str], part: int) -> Activity | None:
    """What a recording was read from, once more; None where it no longer gives it."""
    folder = originals_folder(home.store, home.athlete_id)
    try:
        found = read_members([(sha, read_original(folder, sha)) for sha in shas]).activities
    except EvenstrideError:
        return None
    runs = [run for one in found for run, _ in runs_in(one.activities)[0]]
    return in_zone(runs[part], home.profile.timezone) if part < len(runs) else None


def _apart(run: "KeptRun", recording: Recording) -> Note:
    text = (
        f"{recording.report.source.name} and the run {run.id} are of the same time, from two watches of one kind: heart"
        " rate or cadence differ from moment to moment. They are kept as two runs. If one of them is another person's,"
        ' leave it out of the season: evenstride run tag RUN exclude="not mine".'
    )
    return Note(code="same_time_apart", text=text)


def _undecided(run: "KeptRun", recording: Recording) -> Note:
    text = (
        f"{recording.report.source.name} and the run {run.id} are of the same time, from one kind of watch; neither"
        " heart rate nor cadence tells whether it was the same one. They are kept as one run with two recordings."
    )
    return Note(code="same_time_undecided", text=text)
