"""From a folder of one-hour runs to the finished season, as whole processes on two cores.

Beside the absolute numbers stand ratios: to `evenstride analyze` of the same files, which keeps nothing and knows no
weeks, and to what the smallest number of runs would cost if cost grew in proportion. The files were just written, so
they are read from memory, not from the disk.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import numpy as np

from benchmarks.command_line import COMMAND
from evenstride.model import Activity, LegSeries
from evenstride.report.fit_encoder import encode_activity
from evenstride.simulate import RunRecipe, simulate_run

SIZES = (300, 1000, 3000)
HOURS = 60
"""So many different hours are simulated; every further run is one of them on another day with another index."""
FIRST = datetime(2008, 1, 7, 6, 30, tzinfo=UTC)
DAYS_BETWEEN = 2
RUN_TO_RUN_SD_PCT = 0.65
CORES = 2
SAMPLE_S = 0.1
SECONDS_ASKED, MEGABYTES_ASKED = 60, 500
COLUMNS = (
    "one-hour runs", "files, MB", "import, s", "season, s", "both, s", "processor, s", "s per 1 000",
    "over in proportion", "analyze, s", "over analyze", "import again, s", "peak memory, MB", "… resident sum, MB",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a command took: seconds on the clock, and the most memory that it and its workers held at one moment.

    ``processor_s`` is what all cores worked for it, which other work on the machine hardly changes. ``megabytes``
    counts a page that several processes share once, ``resident`` in each of them; both 0 where unknown.
    """

    seconds: float
    processor_s: float
    megabytes: float
    resident: float


def run(sizes: Sequence[int] = SIZES) -> list[str]:
    """A row per number of runs, then what is asked."""
    rows = [
        f"| {' | '.join(COLUMNS)} |",
        f"|{' --: |' * len(COLUMNS)}",
    ]
    with tempfile.TemporaryDirectory() as place, _on_two_cores():
        folders = make_folders(Path(place), sizes)
        least: float | None = None
        for i, n in enumerate(sizes):
            given = [str(folder) for folder in folders[: i + 1]]
            files = sorted(file for folder in folders[: i + 1] for file in folder.iterdir())
            data = ["--data", str(Path(place, f"data-{n}"))]
            kept = spent([*COMMAND, *data, "import", *given])
            season = spent([*COMMAND, *data, "season", "--json"])
            again = spent([*COMMAND, *data, "import", *given])
            analyze = spent([*COMMAND, "analyze", *map(str, files)])
            both = kept.seconds + season.seconds
            least = both / n if least is None else least
            size = sum(file.stat().st_size for file in files)
            rows.append(
                f"| {n} | {size / 1e6:.0f} | {kept.seconds:.1f} | {season.seconds:.1f} | {both:.1f}"
                f" | {kept.processor_s + season.processor_s:.1f}"
                f" | {1000 * both / n:.1f} | {both / n / least:.2f} | {analyze.seconds:.1f}"
                f" | {both / analyze.seconds:.2f} | {again.seconds:.1f} | {max(kept.megabytes, season.megabytes):.0f}"
                f" | {max(kept.resident, season.resident):.0f} |"
            )
    return [*rows, "", f"Asked for 3 000 runs on two cores: ≤ {SECONDS_ASKED} s and ≤ {MEGABYTES_ASKED} MB, linear."]


def make_folders(place: Path, sizes: Sequence[int] = SIZES) -> list[Path]:
    """Write as many runs as the largest size, in folders of which the first i + 1 together hold ``sizes[i]`` runs."""
    rng = np.random.default_rng(1)
    hours = simulated_hours(rng, min(HOURS, max(sizes)))
    folders = []
    for first, last in zip((0, *sizes), sizes, strict=False):
        folder = place / f"runs-{first}-{last}"
        folder.mkdir()
        for i in range(first, last):
            start = FIRST + timedelta(days=DAYS_BETWEEN * i, seconds=int(rng.integers(0, 7200)))
            shift_pct = 3.0 + RUN_TO_RUN_SD_PCT * float(rng.standard_normal())
            data = encode_activity(another_day(hours[i % len(hours)], start, shift_pct))
            (folder / f"{start:%Y-%m-%d}.fit").write_bytes(data)
        folders.append(folder)
    return folders


def simulated_hours(rng: np.random.Generator, n: int = HOURS) -> list[Activity]:
    """Simulate so many different hours of running."""
    recipe = RunRecipe(minutes=60, grade_sd_pct=1.0, warmup_pct=1.5, speed_effect_pct=-0.6, missing_share=0.004)
    return [simulate_run(recipe, rng=rng).activity for _ in range(n)]


def another_day(activity: Activity, start: datetime, shift_pct: float) -> Activity:
    """Return a run on another day, with its difference between the legs moved by so much."""

    def shifted(series: LegSeries) -> LegSeries:
        return replace(series, left=series.left - shift_pct / 400.0, right=series.right + shift_pct / 400.0)

    return replace(activity, start=start, legs=tuple(shifted(series) for series in activity.legs))


def spent(command: Sequence[str]) -> Spent:
    """Run the command to its end and measure it; raise with its own words when it fails."""
    peak = {"Pss": 0.0, "Rss": 0.0}
    done = Event()
    with tempfile.TemporaryFile() as told:
        worked = _processor_s()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
        watcher = Thread(target=_watch, args=(process.pid, peak, done))
        watcher.start()
        code = process.wait()
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
        if code:
            told.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {code}: {told.read().decode(errors='replace')[-500:]}")
    return Spent(seconds=seconds, processor_s=_processor_s() - worked, megabytes=peak["Pss"], resident=peak["Rss"])


def _processor_s() -> float:
    """What every child that has ended, and its own children, have worked so far."""
    ended = os.times()
    return ended.children_user + ended.children_system


def _watch(pid: int, peak: dict[str, float], done: Event) -> None:
    while not done.wait(SAMPLE_S):
        now = dict.fromkeys(peak, 0.0)
        for one in _tree(pid):
            for name, megabytes in _memory(one).items():
                now[name] += megabytes
        for name, megabytes in now.items():
            peak[name] = max(peak[name], megabytes)


def _tree(pid: int) -> list[int]:
    """The process and all that it has started, their children included."""
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        try:
            for children in Path(f"/proc/{found[-1]}/task").glob("*/children"):
                waiting += map(int, children.read_text().split())
        except OSError:  # it ended while it was looked at
            continue
    return found


def _memory(pid: int) -> dict[str, float]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split() for line in lines)
    return {words[0][:-1]: int(words[1]) / 1024.0 for words in pairs if words[0] in ("Pss:", "Rss:")}


@contextmanager
def _on_two_cores() -> Iterator[None]:
    """Everything started inside shares two cores, however many the machine has."""
    if sys.platform != "linux":
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:CORES])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
