"""The runs that are kept, newest first by month, each with its verdict; found by words, tag or verdict.

Five years are a thousand runs, and what is said of them is long: what is not shown is not read, and what was read once
is remembered until another method, another side check or another recording makes it something else.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from threading import Lock
from zoneinfo import ZoneInfo

from evenstride.errors import InvalidRequest
from evenstride.model import RunReport, SideCheck, StoredRun, SymmetryEstimate
from evenstride.report.terminal import device_words
from evenstride.report.words import answer
from evenstride.service.home import Home, speaking
from evenstride.service.season import right_way_round
from evenstride.store import RunEntry, find_runs, run_entries, side_checks

RUNS_A_PAGE = 30
"""A page shows whole months until it has so many runs."""
REMEMBERED_MAX = 20_000
FULL_MAX = 8
TONES = ("ordinary", "left", "right", "unclear", "none")
"""The verdicts to choose from, by the colour of their chip."""


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One run in the list. ``first`` is the estimate that its answer is about; None where legs cannot be compared."""

    id: str
    start: datetime
    duration_s: float
    distance_m: float | None
    chip: str
    tone: str
    text: str
    first: SymmetryEstimate | None
    devices: tuple[str, ...]
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Month:
    """The runs of one month that were asked for, the newest first."""

    first: date
    runs: tuple[RunLine, ...]


@dataclass(frozen=True, kw_only=True)
class RunsAsked:
    """Which runs: of a ``tone``, with a tag (``shoe`` or ``shoe=blue``), whose words hold ``text``, before a month."""

    text: str = ""
    tag: str = ""
    tone: str = ""
    before: date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but time chooses."""
        return bool(self.text or self.tag or self.tone)


@dataclass(frozen=True, kw_only=True)
class RunsFound:
    """Months of runs; ``found`` of ``total`` are as asked (whatever their month), ``earlier`` is where to go on.

    ``tags`` are those that runs have, to choose from, as ``name=value``.
    """

    months: tuple[Month, ...]
    found: int
    total: int
    earlier: date | None
    tags: tuple[str, ...]


Fingerprint = tuple[object, ...]


@dataclass(kw_only=True)
class KnownRuns:
    """What was read of runs before: lines of the list, and a few runs in full."""

    lines: dict[tuple[str, str], tuple[Fingerprint, RunLine]] = field(default_factory=dict)
    full: "OrderedDict[tuple[str, str], tuple[Fingerprint, tuple[RunReport, ...]]]" = field(default_factory=OrderedDict)
    guard: Lock = field(default_factory=Lock)


def list_runs(home: Home, asked: RunsAsked, known: KnownRuns) -> RunsFound:
    """Return the runs that were asked for, as many months as fill a page.

    Raises
    ------
    InvalidRequest
        There is no such verdict.
    """
    if asked.tone and asked.tone not in TONES:
        raise InvalidRequest(f"There is no verdict {asked.tone}.", help=f"Choose one of {', '.join(TONES)}.")
    entries = run_entries(home.store, home.athlete_id)
    chosen = [one for one in entries if _has_tag(one, asked.tag) and _has_words(one, asked.text)]
    checks = side_checks(home.store, home.athlete_id)
    if asked.tone:
        lines = lines_of(home, chosen, checks, known)
        chosen = [one for one in chosen if one.id in lines and lines[one.id].tone == asked.tone]
    ahead = [one for one in chosen if asked.before is None or _month(one) < asked.before]
    shown: list[tuple[date, list[RunEntry]]] = []
    for first, group in groupby(ahead, key=_month):
        if sum(len(one) for _, one in shown) >= RUNS_A_PAGE:
            break
        shown.append((first, list(group)))
    n = sum(len(group) for _, group in shown)
    lines = lines_of(home, [one for _, group in shown for one in group], checks, known)
    return RunsFound(
        months=tuple(Month(first=first, runs=_there(lines, group)) for first, group in shown),
        found=len(chosen),
        total=len(entries),
        earlier=shown[-1][0] if n < len(ahead) else None,
        tags=tuple(sorted({f"{name}={value}" for one in entries for name, value in one.tags.items() if name in SHORT})),
    )


def _there(lines: Mapping[str, RunLine], group: Iterable[RunEntry]) -> tuple[RunLine, ...]:
    """The lines of the runs that are still there: one may have been taken away while the list was read."""
    return tuple(lines[one.id] for one in group if one.id in lines)


def know_lines(home: Home, known: KnownRuns) -> None:
    """Read every run of which the line is not known yet, so that no page has to."""
    lines_of(home, run_entries(home.store, home.athlete_id), side_checks(home.store, home.athlete_id), known)


SHORT = frozenset({"shoe", "surface", "kind", "treadmill", "exclude"})
"""Tags whose values are few, so that they are worth choosing from."""


def lines_of(
    home: Home, entries: Sequence[RunEntry], checks: Sequence[SideCheck], known: KnownRuns
) -> Mapping[str, RunLine]:
    """Return the line of each run, read anew only where it is not known as it stands."""
    marks = {one.id: (one.judged, tuple(checks), home.profile.timezone) for one in entries}
    with known.guard:
        kept = {one.id: known.lines.get((home.athlete_id, one.id)) for one in entries}
    lines = {id_: found[1] for id_, found in kept.items() if found and found[0] == marks[id_]}
    missing = marks.keys() - lines.keys()
    fresh = {run.id: run_line(home, speaking(run), checks) for run in find_runs(home.store, home.athlete_id, missing)}
    with known.guard:
        if len(known.lines) + len(fresh) > REMEMBERED_MAX:
            known.lines.clear()
        known.lines |= {(home.athlete_id, id_): (marks[id_], line) for id_, line in fresh.items()}
    lines |= fresh
    return {one.id: _tagged(lines[one.id], one.tags) for one in entries if one.id in lines}


def told_right(home: Home, run: StoredRun, checks: Sequence[SideCheck] | None = None) -> StoredRun:
    """Return a run with the legs of each recording the right way round, as side checks found its device to be."""
    known = side_checks(home.store, home.athlete_id) if checks is None else checks
    return replace(
        run, recordings=tuple(replace(one, report=right_way_round(one.report, known)) for one in run.recordings)
    )


def run_line(home: Home, run: StoredRun, checks: Sequence[SideCheck]) -> RunLine:
    """Return what the list says of one run, whose first recording speaks for it."""
    reports = [one.report for one in told_right(home, run, checks).recordings]
    first, said = reports[0], answer(reports[0])
    devices = (device_words(one.source.device) or one.source.format for one in reports)
    return RunLine(
        id=run.id, start=first.start.astimezone(ZoneInfo(home.profile.timezone)), duration_s=first.duration_s,
        distance_m=first.distance_m, chip=said.chip, tone=said.tone, text=said.text,
        first=first.estimates[0] if first.judged else None, devices=tuple(dict.fromkeys(devices)), tags=run.tags,
    )  # fmt: skip


def _tagged(line: RunLine, tags: Mapping[str, str]) -> RunLine:
    return line if line.tags == tags else replace(line, tags=tags)


def _month(entry: RunEntry) -> date:
    return entry.day.replace(day=1)


def _has_tag(entry: RunEntry, tag: str) -> bool:
    name, equals, value = tag.partition("=")
    return not tag or (name in entry.tags and (not equals or entry.tags[name] == value))


def _has_words(entry: RunEntry, text: str) -> bool:
    """Every word stands somewhere: in a device, a file's name, a tag, or the day as people write it."""
    words = text.casefold().split()
    return not words or _all_in(words, (f"{entry.day:%A %-d %B %Y} {entry.id}", *entry.words, *_tag_words(entry.tags)))


def _all_in(words: Sequence[str], places: Iterable[str]) -> bool:
    whole = "\n".join(places).replace("_", " ").casefold()
    return all(word in whole for word in words)


def _tag_words(tags: Mapping[str, str]) -> Iterable[str]:
    return (f"{name}={value} {name} {value}" for name, value in tags.items())
