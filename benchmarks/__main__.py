"""Run every benchmark and write ``benchmarks/results.md``: ratios measured in one run, medians of several.

Absolute times depend on the machine and are printed only for orientation; the ratios are the result.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import command_line, import_season, run_path, stats_speed

BENCHMARKS: Mapping[str, Callable[[], list[str]]] = {
    "File to verdict": run_path.run,
    "Whole process": command_line.run,
    "Interval and regression": stats_speed.run,
    "Import to season": import_season.run,
}

if __name__ == "__main__":
    lines = ["# Benchmarks", "", "Written by `make bench`.", ""]
    for title, run in BENCHMARKS.items():
        print(f"{title} …", file=sys.stderr)
        lines += [f"## {title}", "", *run(), ""]
    text = "\n".join(lines)
    print(text)
    Path(__file__).with_name("results.md").write_text(text, encoding="utf8")
