"""Whole processes, from the shell's point of view, against an interpreter that imports numpy and nothing else."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evenstride.service.simulate import simulate_file
from evenstride.simulate import RunRecipe

COMMAND = [sys.executable, "-c", "from evenstride.cli import main; main()"]


def run() -> list[str]:
    """A row per command."""
    with tempfile.TemporaryDirectory() as folder:
        file = simulate_file(Path(folder, "run.fit"), RunRecipe(minutes=60, grade_sd_pct=1.0), seed=1).path
        page = Path(folder, "run.html")
        numpy = seconds_of([sys.executable, "-c", "import numpy"])
        rows = ["| command | seconds | over `import numpy` | asked |", "| --- | --- | --- | --- |"]
        for name, arguments, asked in (
            ("evenstride --help", ["--help"], "≤ 0.3 s"),
            ("evenstride analyze run.fit", ["analyze", str(file)], "≤ 1.0 s"),
            ("evenstride analyze run.fit --json", ["analyze", str(file), "--json"], "≤ 1.0 s"),
            ("evenstride analyze run.fit --html run.html", ["analyze", str(file), "--html", str(page)], "≤ 1.0 s"),
        ):
            seconds = seconds_of([*COMMAND, *arguments])
            rows.append(f"| `{name}` | {seconds:.2f} | {seconds / numpy:.1f} | {asked} |")
    return rows


def seconds_of(command: list[str], repeats: int = 7) -> float:
    """Return the median time of a whole process."""
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)
