"""One run in full: what each of its recordings says, what was said of it, and which runs lie beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from evenstride.errors import EvenstrideError, StoreDamaged, UnknownEntry
from evenstride.model import Original, RunLog, RunReport, StoredRun
from evenstride.service.hand_out import safe_name
from evenstride.service.home import Home, kept_run
from evenstride.service.recompute import run_in_full
from evenstride.service.run_list import FULL_MAX, KnownRuns
from evenstride.service.season import right_way_round
from evenstride.service.tags import read_tag
from evenstride.store import (
    original_files,
    originals_folder,
    read_original,
    recording_id,
    run_logs,
    runs_beside,
    side_checks,
    tag_run,
)

LEFT_OUT = "exclude"
LEFT_OUT_WORDS = "by hand"
"""What the tag holds where no reason was given."""


@dataclass(frozen=True, kw_only=True)
class RunInFull:
    """One run with the reports of its recordings, the first speaking for it.

    ``start`` is in the athlete's zone. ``trouble`` says why there are no traces where an original cannot be read; what
    was kept of it is still told.
    """

    run: StoredRun
    start: datetime
    reports: tuple[RunReport, ...]
    trouble: EvenstrideError | None = None

    @property
    def day(self) -> date:
        """The athlete's own day of it."""
        return date.fromisoformat(self.run.id[:10])


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside a run: the runs before and after it, its files, how it felt."""

    before: str | None
    after: str | None
    files: tuple[Original, ...]
    logs: tuple[RunLog, ...]


def run_told(home: Home, run_id: str, known: KnownRuns) -> RunInFull:
    """Return a run with its reports, read from the originals where that is possible, and remembered for a while.

    Raises
    ------
    UnknownEntry
        There is no such run.
    """
    run = kept_run(home, run_id)
    start = run.start.astimezone(ZoneInfo(home.profile.timezone))
    checks = side_checks(home.store, home.athlete_id)
    judged = tuple((recording_id(one.originals, one.part), one.method) for one in run.recordings)
    key, mark = (home.athlete_id, run.id), (judged, tuple(checks), home.profile.timezone)
    with known.guard:
        found = known.full.get(key)
    if found is not None and found[0] == mark:
        return RunInFull(run=run, start=start, reports=found[1])
    try:
        reports = run_in_full(home, run)
    except (StoreDamaged, UnknownEntry) as trouble:
        kept = tuple(right_way_round(one.report, checks) for one in run.recordings)
        return RunInFull(run=run, start=start, reports=kept, trouble=trouble)
    with known.guard:
        known.full[key] = (mark, reports)
        known.full.move_to_end(key)
        while len(known.full) > FULL_MAX:
            known.full.popitem(last=False)
    return RunInFull(run=run, start=start, reports=reports)


def beside(home: Home, run: StoredRun) -> Beside:
    """Return what stands beside a run."""
    before, after = runs_beside(home.store, home.athlete_id, run.id)
    shas = dict.fromkeys(sha for one in run.recordings for sha in one.originals)
    files = {one.sha256: one for one in original_files(home.store, home.athlete_id, shas)}
    logs = tuple(one.log for one in run_logs(home.store, home.athlete_id) if one.log.run == run.id)
    return Beside(before=before, after=after, files=tuple(files[sha] for sha in shas if sha in files), logs=logs)


def original_of(home: Home, run_id: str, sha256: str) -> tuple[str, bytes]:
    """Return one of a run's files as it came, with a name that every system takes.

    Raises
    ------
    UnknownEntry
        There is no such run, or the file is not one of its own.
    StoreDamaged
        The file is gone or was altered.
    """
    run = kept_run(home, run_id)
    if all(sha256 not in one.originals for one in run.recordings):
        raise UnknownEntry(f"This is no file of {run.id}.")
    [file] = original_files(home.store, home.athlete_id, [sha256])
    return safe_name(file.name, sha256), read_original(originals_folder(home.store, home.athlete_id), sha256)


def as_attachment(name: str) -> str:
    """Return the header by which a browser keeps a file under its own name.

    >>> as_attachment("Läufe.fit")
    "attachment; filename*=UTF-8''L%C3%A4ufe.fit"
    """
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def say_of_run(home: Home, run_id: str, said: dict[str, str]) -> None:
    """Keep what a runner says of a run, by the names of the tags; an empty value takes a tag away.

    Raises
    ------
    InvalidRequest
        A name or a value that cannot be: nothing is kept.
    UnknownEntry
        There is no such run.
    """
    tag_run(home.store, home.athlete_id, run_id, dict(read_tag(f"{name}={value}") for name, value in said.items()))


def leave_out(home: Home, run_id: str, reason: str = "") -> None:
    """Leave a run out of the season, with the reason as its tag; nothing of it is lost."""
    say_of_run(home, run_id, {LEFT_OUT: reason.strip() or LEFT_OUT_WORDS})


def take_back_in(home: Home, run_id: str) -> None:
    """Count a run again that was left out."""
    say_of_run(home, run_id, {LEFT_OUT: ""})
