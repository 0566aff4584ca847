"""S2: is the runner warned where the interval is not to be trusted, and left alone where it is?"""

from validation.coverage import RUNS, by_cell, results
from validation.work import markdown, percent, write

ENOUGH = 4.0
"""Fewer effective samples than this: not enough data to compare."""

AT_ONE_HOUR = {60: 0.01, 120: 0.05, 240: 0.25}


def run() -> None:
    cells = results()
    flagged = {result.cell: float((result.n_effective < ENOUGH).mean()) for result in cells}
    wrong = {result.cell: float((~result.held & (result.n_effective >= ENOUGH)).mean()) for result in cells}
    rows = [["wrong and unflagged, worst cell (%)", percent(max(wrong.values())), "≤ 7"]]
    longest = 0
    for tau, limit in AT_ONE_HOUR.items():
        share = max(v for c, v in flagged.items() if c.minutes == 60 and longest < c.tau_s <= tau)
        rows.append([f"flagged at 60 min, τ ≤ {tau} s (%)", percent(share), f"≤ {100 * limit:.0f}"])
        longest = tau
    intro = f"{RUNS} runs a cell, those of `coverage`. Flagged: n* = (1.96·s/h)² below {ENOUGH:.0f}."
    write("flags", "Is the runner warned when a run tells too little? (S2)", intro, [
        markdown(["", "measured", "required"], rows),
        "## Flagged (% of runs)", by_cell({cell: percent(value) for cell, value in flagged.items()}),
        "## Wrong and unflagged (% of runs)", by_cell({cell: percent(value) for cell, value in wrong.items()}),
    ])  # fmt: skip
