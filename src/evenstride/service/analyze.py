"""A run in, an honest verdict out."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from evenstride.batch import Crashed, map_on_all_cores
from evenstride.errors import EvenstrideError, InvalidRequest, NotARun, TooFewSamples, UnreadableInput
from evenstride.judge import disagreements, judge_run, one_way_turning, too_little
from evenstride.measure.formats import CsvMap, Found, Reading, read_csv, read_csv_map, read_members
from evenstride.measure.metrics import (
    is_said_to_run,
    leg_samples,
    looks_like_running,
    running_time,
    stretch_levels,
    stride_results,
    summary_levels,
)
from evenstride.model import METRICS, SOURCES, Activity, Dropped, Judged, LegSamples, Note, RunReport, Source

METHOD = "2026.11.3"
"""The version of everything between a file and what is said of its run: a number that moves asks for a new one."""
INPUT_BYTES_MAX = 1 << 30
"""One gibibyte: no run, and no archive of runs that fits a person's memory at once, is larger."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A file of which nothing could be said, and why."""

    name: str
    error: EvenstrideError


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """What became of the files: a report per run, a reason per failure, both in the order of the files."""

    reports: tuple[RunReport, ...] = ()
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How the person wants files read: activities that are no runs too; what the columns of a CSV are."""

    any_sport: bool = False
    csv_map: CsvMap | None = None


AS_USUAL = Asked()


@dataclass(frozen=True, kw_only=True)
class _Shard:
    """Files that are read together, by path."""

    paths: tuple[Path, ...]
    asked: Asked


def analyze_file(path: str | PathLike[str], *, any_sport: bool = False) -> RunReport:
    """Judge the run in one file: what ``evenstride analyze`` prints, as values.

    A file that holds several runs gives the longest, with a note; :func:`analyze_files` gives them all.

    Raises
    ------
    EvenstrideError
        With one clear sentence: nothing readable, another kind of file, another sport.
    """
    analysis = collect(each_analysis([Path(path)], Asked(any_sport=any_sport)))
    if not analysis.reports:
        raise analysis.failed[0].error
    longest = max(analysis.reports, key=lambda report: report.duration_s)
    if len(analysis.reports) == 1:
        return longest
    several = Note(
        code="several_runs",
        text=f"The file holds {len(analysis.reports)} runs; this is the longest, analyze_files gives all of them.",
    )
    return replace(longest, notes=(several, *longest.notes))


def analyze_files(
    paths: Sequence[str | PathLike[str]], *, any_sport: bool = False, jobs: int | None = None
) -> Analysis:
    """Judge every run in the files, on all cores when there are many; one bad file never stops the rest."""
    return collect(each_analysis([Path(path) for path in paths], Asked(any_sport=any_sport), jobs=jobs))


def load_csv_map(path: Path) -> CsvMap:
    """Read a column map from its TOML file."""
    try:
        return read_csv_map(read_bytes(path).decode("utf8"))
    except UnicodeDecodeError:
        raise InvalidRequest(
            f"{path.name} is not a text file.", help="A column map is TOML: docs/formats.md."
        ) from None


def each_analysis(paths: Sequence[Path], asked: Asked = AS_USUAL, *, jobs: int | None = None) -> Iterator[Analysis]:
    """Yield what became of each file as it is done, in order: for progress on long work."""
    shards = [_Shard(paths=group, asked=asked) for group in _read_together(paths)]
    for shard, answer in zip(shards, map_on_all_cores(_analyze_shard, shards, jobs=jobs), strict=True):
        if isinstance(answer, Crashed):
            error = UnreadableInput(
                "Reading this file ended the process.", help="Please report the file; the others are unaffected."
            )
            yield Analysis(failed=tuple(Failure(name=path.name, error=error) for path in shard.paths))
        else:
            yield answer


def collect(parts: Iterator[Analysis]) -> Analysis:
    """Join the parts into one analysis."""
    done = list(parts)
    return Analysis(
        reports=tuple(report for part in done for report in part.reports),
        failed=tuple(failure for part in done for failure in part.failed),
    )


def analyze_members(members: Sequence[tuple[str, bytes]], asked: Asked = AS_USUAL) -> Analysis:
    """Judge every run in files given as (name, bytes): the door for uploads and for bytes at hand."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in members}
    reading = read_members(members) if asked.csv_map is None else _read_mapped(members, asked.csv_map)
    failed = [Failure(name=name, error=error) for name, error in reading.failed]
    reports = []
    for found in reading.activities:
        runs, refused = runs_in(found.activities, any_sport=asked.any_sport)
        if refused is not None:
            failed.append(Failure(name=found.name, error=refused))
        for run, notes in runs:
            source = Source(
                name=found.name,
                sha256=_digest(found.origins, digests),
                format=run.format,
                device=run.device,
            )
            reports.append(judge_activity(run, source, notes))
    return Analysis(reports=tuple(reports), failed=tuple(failed))


def named_failures(analysis: Analysis) -> list[tuple[str, str]]:
    """Each failure as (name, sentence): the reason and what would help."""
    return [(failure.name, f"{failure.error.text} {failure.error.help}".strip()) for failure in analysis.failed]


def judge_activity(activity: Activity, source: Source, notes: tuple[Note, ...] = ()) -> RunReport:
    """Judge one activity: every metric from every source, with all that is said beside it."""
    time = running_time(activity)
    samples = leg_samples(activity)
    judged = tuple(_judged(legs, activity) for legs in samples if len(legs.t_s))
    dropped = samples[0].dropped if judged and len(samples[0].t_s) else time.dropped()
    lost = sum(one.seconds for one in dropped)
    total = time.total_s
    notes += activity.notes + disagreements([one.estimate for one in judged])
    if not judged and not any(note.code == "one_leg_only" for note in notes):
        notes += (_no_sides(samples),)
    turning = one_way_turning(samples[0]) if samples else None
    notes += _warmed_up(judged)
    notes += _mostly_walking(dropped, total)
    return RunReport(
        source=source,
        sport=activity.sport,
        start=activity.start,
        duration_s=float(activity.t_s[-1] - activity.t_s[0]) if len(activity.t_s) else 0.0,
        distance_m=_distance_m(activity),
        n_records=len(activity.t_s),
        usable_share=round(max(0.0, 1.0 - lost / total), 4) if total else 0.0,
        dropped=dropped,
        summary=summary_levels(activity, time),
        stretches=stretch_levels(activity, time),
        tests=stride_results(activity),
        judged=judged,
        notes=notes + ((turning,) if turning else ()),
        losses=activity.losses,
        activity=activity,
    )


def _analyze_shard(shard: _Shard) -> Analysis:
    members: list[tuple[str, bytes]] = []
    failed: list[Failure] = []
    for path in shard.paths:
        try:
            members.append((_own_name(path, members), read_bytes(path)))
        except EvenstrideError as error:
            failed.append(Failure(name=path.name, error=error))
    analysis = analyze_members(members, shard.asked) if members else Analysis()
    return Analysis(reports=analysis.reports, failed=(*failed, *analysis.failed))


def _own_name(path: Path, members: Sequence[tuple[str, bytes]]) -> str:
    """The file's name; told apart by a number, not by its folder, which is nobody's business."""
    taken = {name for name, _ in members}
    name, count = path.name, 1
    while name in taken:
        count += 1
        name = f"{path.stem} ({count}){path.suffix}"
    return name


def _read_mapped(members: Sequence[tuple[str, bytes]], csv_map: CsvMap) -> Reading:
    found: list[Found] = []
    failed: list[tuple[str, EvenstrideError]] = []
    for name, data in members:
        try:
            found.append(Found(name=name, origins=(name,), activities=read_csv(data, csv_map)))
        except EvenstrideError as error:
            failed.append((name, error))
    return Reading(activities=tuple(found), failed=tuple(failed))


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, or say in one sentence why not."""
    try:
        if path.is_dir():
            raise InvalidRequest(
                f"{path.resolve().name} is a folder.", help="Name the files in it, for example folder/*.fit."
            )
        if path.stat().st_size > INPUT_BYTES_MAX:
            raise InvalidRequest(f"{path.name} is larger than 1 GiB.", help="Name the runs in it one by one.")
        return path.read_bytes()
    except FileNotFoundError:
        raise InvalidRequest(f"There is no file {path}.", help="Check the name and the folder.") from None
    except OSError as error:
        raise InvalidRequest(f"{path} cannot be read: {error.strerror}.", help="Check who may read it.") from None


def _read_together(paths: Sequence[Path]) -> list[tuple[Path, ...]]:
    """A pod's left and right files, and the parts of one Garmin activity, belong together; all else stands alone."""
    joint = [path for path in paths if {".csv", ".json"} & {suffix.lower() for suffix in path.suffixes}]
    groups: list[tuple[Path, ...]] = []
    for path in paths:
        if path not in joint:
            groups.append((path,))
        elif path == joint[0]:
            groups.append(tuple(joint))
    return groups


def runs_in(
    activities: Sequence[Activity], *, any_sport: bool = False
) -> tuple[list[tuple[Activity, tuple[Note, ...]]], NotARun | None]:
    """The running ones with the notes that say so; or the refusal when there is none."""
    if any_sport:
        return [(activity, ()) for activity in activities], None
    runs: list[tuple[Activity, tuple[Note, ...]]] = []
    others: list[Activity] = []
    for activity in activities:
        said = is_said_to_run(activity.sport)
        if said or (said is None and looks_like_running(activity)):
            runs.append((activity, () if said else (_GUESSED,)))
        else:
            others.append(activity)
    if runs and others:
        named = ", ".join(dict.fromkeys(_sport_words(activity) for activity in others))
        note = Note(code="multisport", text=f"The file holds several sports; only the running is judged (not {named}).")
        runs = [(activity, (note, *notes)) for activity, notes in runs]
    if runs or not others:
        return runs, None
    return [], _refusal(others[0])


_GUESSED = Note(
    code="sport_guessed",
    text="The file names no sport; it moves as running does.",
)


def _refusal(activity: Activity) -> NotARun:
    if is_said_to_run(activity.sport) is False:
        text = f"This is {_sport_words(activity)}, not running."
    else:
        text = "The file names no sport of its own, and it does not move as running does."
    return NotARun(text, help="With --any-sport it is shown all the same; only what moves like running is judged.")


def _sport_words(activity: Activity) -> str:
    return (activity.sport or "an unnamed sport").replace("_", " ")


def _judged(legs: LegSamples, activity: Activity) -> Judged:
    try:
        return judge_run(legs, laps=activity.laps)
    except TooFewSamples as error:
        return too_little(legs, error)


def _no_sides(samples: tuple[LegSamples, ...]) -> Note:
    if samples and not _nothing_recorded(samples[0].dropped):
        return Note(code="not_while_running", text="The file has left and right, but none of it while running.")
    return Note(
        code="no_left_right_data",
        text="The file has no left and right. Most watches need a chest strap or a pod that measures running dynamics;"
        " foot pods on both shoes, tests per leg, motion sensors and video work without.",
    )


def _warmed_up(judged: tuple[Judged, ...]) -> tuple[Note, ...]:
    named = [one.estimate for one in judged if one.warmed_up]
    if not named:
        return ()
    which = ", ".join(f"{METRICS[one.metric].label} by {SOURCES.get(one.source, one.source)}" for one in named)
    text = f"The first minutes differed from the rest in {which}; the index is the settled run's, nothing was cut."
    return (Note(code="warmup_modelled", text=text),)


def _mostly_walking(dropped: tuple[Dropped, ...], total_s: float) -> tuple[Note, ...]:
    walked = sum(one.seconds for one in dropped if one.reason == "walking")
    if walked < 0.5 * total_s or not total_s:
        return ()
    text = f"Most of this was walking: {walked / 60:.0f} of {total_s / 60:.0f} minutes. Only the running is summed up."
    return (Note(code="mostly_walking", text=text),)


def _nothing_recorded(dropped: tuple[Dropped, ...]) -> bool:
    return all(one.reason in ("missing", "paused", "not_recorded") for one in dropped)


def _digest(origins: Sequence[str], digests: dict[str, str]) -> str:
    """The file's own digest; of files that belong together, the digest of their digests."""
    own = [digests[name] for name in origins]
    return own[0] if len(own) == 1 else hashlib.sha256("".join(own).encode()).hexdigest()


def _distance_m(activity: Activity) -> float | None:
    distance = activity.channels.get("distance_m")
    if distance is None:
        return None
    known = distance[distance == distance]
    return float(known.max() - known.min()) if len(known) else None
