"""An import killed at random moments, taken up again, and compared with one that nothing disturbed.

Each moment has a store of its own: the import is started as a process of its own, killed with SIGKILL together with
its workers, then taken up by another process. What is then in the store is compared, document by document and original
by original. Most moments lie between the first save and the last, where a half-done import would show; to have many
saves of few runs, the import that is killed saves every few files.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sqlalchemy import func, select
from tests.postgresql import new_database, running_server

from evenstride.report.archive_document import stored_runs_document
from evenstride.report.fit_encoder import encode_activity
from evenstride.report.season_document import season_document
from evenstride.service.archive import PIECES_PER_SAVE, importing
from evenstride.service.home import Home, kept_runs, open_home
from evenstride.service.season import season_of
from evenstride.service.where import Where, find_where
from evenstride.simulate import RunRecipe, simulate_run
from evenstride.store import failures, originals, originals_folder, read_original
from evenstride.store.connection import reading
from evenstride.store.tables import run as kept_run
from validation.work import markdown, rng_of, write

MOMENTS = 50
RUNS = 90
FILES_PER_SAVE = 3
EARLY_EVERY = 5
"""Of so many moments one lies before the first save."""
LOOK_EVERY_S = 0.01
SAVING_OFTEN = (
    "import sys; from evenstride.cli import main; from evenstride.service import archive;"
    f" archive.PIECES_PER_SAVE = {FILES_PER_SAVE}; main()"
)


@dataclass(kw_only=True)
class Killed:
    """How many imports were killed while they worked, how far they were, and whether all ended the same."""

    moments: int = 0
    under_way: int = 0
    runs_safe: list[int] = field(default_factory=list)
    equal: int = 0

    def between(self, runs: int) -> int:
        """How many were killed between their first save and their last: some of the runs were safe, and not all."""
        return sum(0 < safe < runs for safe in self.runs_safe)


def write_runs(folder: Path, n: int, *, seed: int = 1) -> Path:
    """Write short runs, one of them damaged, one twice, into a folder."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    data = b""
    for i in range(n):
        start = RunRecipe().start.replace(day=1 + i % 28, month=1 + (i // 28) % 12, hour=6 + i % 3)
        run = simulate_run(RunRecipe(minutes=12, start=start, asymmetry_pct=3.0), rng=rng)
        data = encode_activity(run.activity)
        (folder / f"{i:04d}.fit").write_bytes(data)
    (folder / "again.fit").write_bytes(data)
    (folder / "broken.fit").write_bytes(data[:40])
    return folder


def start_import(where: Where, folder: Path) -> "subprocess.Popen[bytes]":
    """Start the command as a process group of its own; it saves more often than usual."""
    database = ["--database", where.database_url] if where.database_url else []
    command = [sys.executable, "-c", SAVING_OFTEN, "--data", str(where.data), *database]
    return subprocess.Popen(  # noqa: S603  our own command
        [*command, "--athlete", "ana", "import", str(folder), "--jobs", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def take_up(where: Where, folder: Path) -> None:
    """Import to the end what a killed import had begun."""
    with open_home(where, make=True) as home, importing(home, [folder], jobs=1) as (_, steps):
        for _ in steps:
            pass


def kill(process: "subprocess.Popen[bytes]") -> bool:
    """Kill the import and its workers at once; whether it was still at work."""
    at_work = process.poll() is None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return at_work


def content(where: Where) -> str:
    """Everything that the store knows, as text: runs, season, failures, originals byte for byte."""
    with open_home(where) as home:
        kept = originals(home.store, home.athlete_id)
        folder = originals_folder(home.store, home.athlete_id)
        season = season_of(home)
        told = {
            "runs": stored_runs_document(kept_runs(home)),
            "season": season_document(season),
            "failures": sorted(repr(one) for one in failures(home.store, home.athlete_id)),
            "originals": sorted((one.sha256, one.name, len(read_original(folder, one.sha256))) for one in kept),
        }
    return json.dumps(told, sort_keys=True, default=str)


def n_runs(home: Home) -> int:
    """How many runs are safe in the store at this moment."""
    with reading(home.store) as connection:
        own = select(func.count()).select_from(kept_run).where(kept_run.c.athlete_id == home.athlete_id)
        return int(connection.execute(own).scalar_one())


def saves_s(where: Where, folder: Path) -> tuple[float, float]:
    """Import everything; how long after the start the first runs were saved, and the last."""
    with open_home(where, make=True) as home:
        began = time.monotonic()
        process = start_import(where, folder)
        saved: dict[int, float] = {}
        working = True
        while working:
            working = process.poll() is None  # asked before the runs are counted, so that the last ones are
            saved.setdefault(n_runs(home), time.monotonic() - began)
            time.sleep(LOOK_EVERY_S)
    saved.pop(0, None)
    return min(saved.values()), max(saved.values())


def kill_at(where: Where, folder: Path, safe: int, wait_s: float) -> tuple[bool, int]:
    """Kill an import so long after so many runs were safe; whether it was at work, and how many were in the end."""
    with open_home(where, make=True) as home:
        process = start_import(where, folder)
        while process.poll() is None and n_runs(home) < safe:
            time.sleep(LOOK_EVERY_S)
        time.sleep(wait_s)
        return kill(process), n_runs(home)


def kill_after_start(where: Where, folder: Path, wait_s: float) -> tuple[bool, int]:
    """The same, so long after its start; the database may not have been made yet."""
    process = start_import(where, folder)
    time.sleep(wait_s)
    at_work = kill(process)
    with open_home(where, make=True) as home:
        return at_work, n_runs(home)


def kill_at_moments(
    fresh: Callable[[int], Where],
    folder: Path,
    moments: int,
    *,
    rng: np.random.Generator,
) -> Killed:
    """Kill an import at each of so many random moments; ``fresh`` gives an empty place each time.

    A moment is a number of runs that are safe, and a part of the time that it takes to save the next few; every fifth
    lies before the first save.
    """
    undisturbed = fresh(0)
    first_s, last_s = saves_s(undisturbed, folder)
    expected = content(undisturbed)
    with open_home(undisturbed) as home:
        runs = n_runs(home)
    save_s = (last_s - first_s) * FILES_PER_SAVE / runs
    killed = Killed()
    for moment in range(1, moments + 1):
        where = fresh(moment)
        if moment % EARLY_EVERY:
            until = int(rng.integers(1, runs - FILES_PER_SAVE))
            at_work, safe = kill_at(where, folder, until, rng.uniform(0.0, save_s))
        else:
            at_work, safe = kill_after_start(where, folder, rng.uniform(0.0, first_s))
        killed.moments += 1
        killed.under_way += at_work
        killed.runs_safe.append(safe)
        take_up(where, folder)
        killed.equal += content(where) == expected
    return killed


def places(root: Path, server: str | None) -> Callable[[int], Where]:
    """Where each import goes: a folder of its own, and on a server a database of its own."""

    def fresh(i: int) -> Where:
        url = None if server is None else new_database(server)
        return find_where(data=str(root / str(i)), database=url, athlete="ana", environment={})

    return fresh


def run() -> None:
    """Kill and compare on both databases, and write the table."""
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as temporary, running_server() as server:
        root = Path(temporary)
        folder = write_runs(root / "runs", RUNS)
        for name, database in (("SQLite", None), ("PostgreSQL", server)):
            fresh = places(root / name, database)
            killed = kill_at_moments(fresh, folder, MOMENTS, rng=rng_of(len(rows)))
            rows.append(_row(name, killed))
            print(" | ".join(rows[-1]), file=sys.stderr)
    intro = (
        f"{MOMENTS} imports of {RUNS + 2} files ({RUNS} runs, one of them twice, and a damaged file) with two workers,"
        f" saving every {FILES_PER_SAVE} files (usually every {PIECES_PER_SAVE}), each killed with SIGKILL (the command"
        " and its workers), then taken up again by another process. The moment is when so many runs are safe, drawn"
        f" evenly, and so far into the next save; every {EARLY_EVERY}th is drawn from the time before the first save."
        " *Between the saves*: some of the runs were safe at the kill, and not all. *Equal*: runs, season, failures and"
        " originals (byte for byte) are those of an undisturbed import."
    )
    header = (
        "database", "killed", "while at work", "runs safe at the kill (median, range)", "between the saves",
        "equal in the end",
    )  # fmt: skip
    write("killed", "An import killed at random moments", intro, [markdown(header, rows)])


def _row(name: str, killed: Killed) -> list[str]:
    safe = killed.runs_safe
    spread = f"{int(np.median(safe))} ({min(safe)} to {max(safe)})"
    return [name, str(killed.moments), str(killed.under_way), spread, str(killed.between(RUNS)),
            f"{killed.equal} of {killed.moments}"]  # fmt: skip
