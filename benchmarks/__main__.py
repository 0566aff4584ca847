"""Run every benchmark and write ``benchmarks/results.md``: ratios measured in one run, medians of several.

``python -m benchmarks day`` runs one (by its module's name) and leaves the other sections as they were printed.
Absolute times depend on the machine and are printed only for orientation; the ratios are the result.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import command_line, day, import_season, pages, run_path, stats_speed

BENCHMARKS: Mapping[str, Callable[[], list[str]]] = {
    "File to verdict": run_path.run,
    "Whole process": command_line.run,
    "Every day": day.run,
    "Interval and regression": stats_speed.run,
    "Import to season": import_season.run,
    "Pages of five years": pages.run,
}
RESULTS = Path(__file__).with_name("results.md")


def main(asked: list[str]) -> None:
    """Run those asked for, or all, and write the page."""
    before = dict(re.findall(r"^## (.+?)\n\n(.*?)\n(?=\n## |\Z)", RESULTS.read_text(encoding="utf8"), re.M | re.S))
    sections = {}
    for title, run in BENCHMARKS.items():
        if not asked or run.__module__.rpartition(".")[2] in asked:
            print(f"{title} …", file=sys.stderr)
            sections[title] = "\n".join(run())
        elif title in before:
            sections[title] = before[title]
    lines = ["# Benchmarks", "", "Written by `make bench`.", ""]
    for title, text in sections.items():
        lines += [f"## {title}", "", text, ""]
    print("\n".join(lines))
    RESULTS.write_text("\n".join(lines), encoding="utf8")


if __name__ == "__main__":
    main(sys.argv[1:])
