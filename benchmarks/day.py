"""What a runner types every day, as whole processes on five years of runs: `today` from its small file, and without.

A thousand one-hour runs, one every other day, a programme of twelve weeks, a morning told each time.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.command_line import COMMAND, seconds_of
from benchmarks.import_season import make_folders
from evenstride.service.today_file import FOLDER

RUNS = 1000
ASKED = "≤ 0.5 s"
WEEK = ("--runs", "tue intervals 60 18:00, sun long 110 08:00", "--free", "wed 40, thu 40, fri 40")


def run() -> list[str]:
    """A row per command."""
    with tempfile.TemporaryDirectory() as place:
        folders = make_folders(Path(place), (RUNS,))
        data = Path(place, "data")
        own = [*COMMAND, "--data", str(data)]
        for arguments in (
            ("athlete", "add", "Ada", "--mass", "61", *WEEK, "--equipment", "dumbbell,low_box"),
            ("import", *map(str, folders)),
            ("plan", "make"),
        ):
            subprocess.run([*own, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        numpy = seconds_of([sys.executable, "-c", "import numpy"])
        rows = ["| command | seconds | over `import numpy` | asked |", "| --- | --- | --- | --- |"]

        def row(name: str, command: list[str], asked: str = "") -> None:
            seconds = seconds_of(command)
            rows.append(f"| {name} | {seconds:.2f} | {seconds / numpy:.1f} | {asked} |")

        row("`evenstride today`", [*own, "today"], ASKED)
        row("`evenstride today --json`", [*own, "today", "--json"], ASKED)
        row("`evenstride log day --sleep 7`, which writes the file again", [*own, "log", "day", "--sleep", "7"])
        shutil.rmtree(data / FOLDER)
        (data / FOLDER).write_text("in the way of the folder, so that each call has to ask the database")
        row("`evenstride today` without the file, from the database", [*own, "today"])
    return [*rows, "", f"{RUNS} one-hour runs over five and a half years, a plan of twelve weeks."]
